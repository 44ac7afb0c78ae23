"""One event at two times: the same predicate of the same participants with days or clock times that do not meet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

import msgspec

from service.pipeline.alignment.clocks import Clock, Part, is_elsewhere, part_of
from service.pipeline.alignment.events import Event
from service.pipeline.alignment.events.evidence import Comparison, speaker
from service.pipeline.alignment.events.matching import match_events
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.times import days_of
from service.pipeline.alignment.workspace import Workspace
from service.pipeline.conflicts import event_pairs, occasions
from service.pipeline.conflicts.findings import Finding

APART = 3
# what a report tells before midnight another one may set on the next day
OVERNIGHT = 1
FORTNIGHT = 14
SURE = 0.65
SOLE = 0.2
SOLE_EVENT = 0.15
_MONTH = 27
_YEAR = 366
# minutes that two clock times of one moment may lie apart
EXACTLY = 5
ROUGHLY = 30


class When(msgspec.Struct, frozen=True):
    """First and last day that an event is given, where it is, and its clock time and part of the day, where it has
    them; ``elsewhere``: the day is that of a place in another zone."""

    days: tuple[str, str] | None
    clock: Clock | None
    part: Part | None = None
    elsewhere: bool = False

    def meets(self, other: When) -> bool:
        """Whether both may be one time; a clock time tells nothing of times that are days."""
        if self.days is not None and other.days is not None and not _meet(self.days, other.days):
            return self.elsewhere != other.elsewhere and _apart(self.days, other.days) <= OVERNIGHT
        if self.clock is None or other.clock is None:
            return self.elsewhere != other.elsewhere or not self._parted(other)
        if self.clock.until != other.clock.until:
            return True
        loose = self.clock.approximate or other.clock.approximate
        return self.clock.apart(other.clock) <= (ROUGHLY if loose else EXACTLY)

    def _parted(self, other: When) -> bool:
        """Whether one day is told in parts of it that lie apart, or a clock time that is in none of the other's."""
        if self.days is None or other.days is None:
            return False
        if self.part is not None and other.part is not None:
            return self.part.apart(other.part)
        for part, clock in ((self.part, other.clock), (other.part, self.clock)):
            if part is not None and clock is not None:
                return not part.holds(clock)
        return False

    def comparable(self, other: When) -> bool:
        """Whether both have a day, or both a clock time."""
        return bool((self.days and other.days) or (self.clock and other.clock))


def compare(workspace: Workspace) -> list[Finding]:
    """Events that happen once and are given two times."""
    lexicon = workspace.background.lexicon
    events, compared = comparisons(workspace)
    scores = event_pairs.score(compared, workspace.background)
    findings = []
    for members, score, reasons in event_pairs.matters(events, scores, workspace.background):
        positions = _positions(members, lexicon)
        # one voice that gives two days in one report tells of two events
        if len(positions) > 1 and len({(event.reading.order, speaker(event)) for event in members}) > 1:
            value = partial(_value, one_day=_is_one_day(members), lexicon=lexicon)
            findings.append(event_pairs.finding("date", positions, value, score, reasons))
    return findings


def comparisons(workspace: Workspace) -> tuple[list[Event], list[tuple[event_pairs.Pair, Comparison]]]:
    """The events with a time, and those of them whose times do not meet."""
    events = [e for e in workspace.events if _is_timed(e) and e.polarity == "affirmed" and not e.unreal]
    # what is only spoken of ("rapat terkait kasus penembakan") was not on the day that it is spoken of
    events = [event for event in events if event.concept not in event.topics]
    events = [event for event in events if not event_pairs.is_of_reporting(event, workspace.background)]
    days: dict[tuple[int, str], set[tuple[str, str]]] = {}
    for event in events:
        stated = _days(event)
        if stated is not None:
            days.setdefault((event.reading.order, event.concept), set()).add(stated)

    lexicon = workspace.background.lexicon

    times = {id(event): _when(event, lexicon) for event in events}
    told: dict[tuple[int, str, str], list[When]] = {}
    for event in events:
        told.setdefault(_occasion(event), []).append(times[id(event)])

    def is_former(event: Event) -> bool:
        return lexicon.sequences.former.within(event.clause.before(event.term.index))

    def is_met(event: Event, when: When) -> bool:
        """Whether the voice that tells of ``event`` tells of another one like it at the time ``when``."""
        return any(own.days and when.days and own.meets(when) for own in told[_occasion(event)])

    def rule(one: Event, other: Event) -> Comparison | None:
        first, second = times[id(one)], times[id(other)]
        if not first.comparable(second) or first.meets(second) or is_former(one) != is_former(other):
            return None
        if is_met(one, second) or is_met(other, first):
            return None
        if occasions.are_two(one, other, workspace.background):
            return None
        hand = _hand(one, other, days, workspace)
        if event_pairs.is_refused(one, other, hand):
            return None
        return Comparison(one, other, "date", hand)

    return events, list(event_pairs.comparisons(events, workspace, rule))


def _occasion(event: Event) -> tuple[int, str, str]:
    """Which article and which voice in it tells of what."""
    return event.reading.order, event.concept, speaker(event)


def _is_timed(event: Event) -> bool:
    stated = _days(event)
    return (stated is not None and _length(stated) <= _YEAR) or (stated is None and event.clock is not None)


def _when(event: Event, lexicon: Lexicon) -> When:
    """What an event is given as its time, without a part of the day where a clock time tells it better."""
    reading, amount = event.reading, event.day
    if amount is None:
        return When(None, event.clock)
    part = part_of(reading, amount.first, amount.last, lexicon) if event.clock is None else None
    stretch = max(amount.last, event.clock.index + 1 if event.clock is not None else 0)
    return When(_days(event), event.clock, part, is_elsewhere(reading, stretch, event.sentence.last, lexicon))


def _hand(
    one: Event, other: Event, days: Mapping[tuple[int, str], set[tuple[str, str]]], workspace: Workspace
) -> float | None:
    """The score by rules, which look at days; None where they do not apply."""
    first, second = _days(one), _days(other)
    if first is None or second is None or _meet(first, second):
        return None
    if _concept(one, workspace) != _concept(other, workspace):
        return None
    if not _is_dated(one, workspace) or not _is_dated(other, workspace):
        return None
    if _ends(one, workspace) != _ends(other, workspace):
        return 0.0
    score = match_events(one, other, workspace.background, dated=True).score
    if score >= SOLE_EVENT and _is_sole(one, days) and _is_sole(other, days):
        score += SOLE
    return 0.0 if _of_other_events(one, other, score) else score


def _is_sole(event: Event, days: Mapping[tuple[int, str], set[tuple[str, str]]]) -> bool:
    """Whether the article gives such an event one day only."""
    return len(days[event.reading.order, event.concept]) == 1


def _of_other_events(one: Event, other: Event, score: float) -> bool:
    """Whether the days lie more than a few days apart and nobody named is in both, nor much else: another event."""
    stated, rival = _days(one), _days(other)
    assert stated is not None
    assert rival is not None
    apart = abs((date.fromisoformat(stated[0]) - date.fromisoformat(rival[0])).days)
    if _is_told_before(one, other) or _is_told_before(other, one):
        return apart > OVERNIGHT or score < SURE
    if APART < apart <= FORTNIGHT and score >= SURE:
        return False
    coarse = min(_length(stated), _length(rival)) >= _MONTH
    return apart > APART and not one.persons & other.persons and not (coarse and one.names & other.names)


def _is_told_before(one: Event, other: Event) -> bool:
    """Whether the report of one had appeared, as of what has happened, before the day that the other gives."""
    published = one.reading.document.article.published_at
    stated, rival = _days(one), _days(other)
    if published is None or stated is None or rival is None:
        return False
    planned = one.future or other.future or stated[1] > published.date().isoformat()
    return not planned and published.date().isoformat() < rival[0]


def _length(stated: tuple[str, str]) -> int:
    return (date.fromisoformat(stated[1]) - date.fromisoformat(stated[0])).days


def _is_dated(event: Event, workspace: Workspace) -> bool:
    lexicon = workspace.background.lexicon
    known = lexicon.concepts.get(event.concept)
    if event.day is None or event.polarity != "affirmed" or event.unreal or event.repeated:
        return False
    if known is None:
        return event.term.verb and bool(event.own) and lexicon.stem(event.word) != event.word
    return known.once or event.concept in lexicon.postponed


def _ends(event: Event, workspace: Workspace) -> bool:
    """Whether the clause is about the end of what the predicate stands for, or undoes it."""
    lexicon = workspace.background.lexicon
    return any(lexicon.stem(word) in lexicon.scopes.endings for word in event.clause.before(event.term.index))


def _concept(event: Event, workspace: Workspace) -> str:
    """What is dated; an event put off to a day is dated as the event itself."""
    return workspace.background.lexicon.postponed.get(event.concept, event.concept)


def _apart(one: tuple[str, str], other: tuple[str, str]) -> int:
    """Days between two stretches of days that do not meet."""
    first, second = sorted((one, other))
    return (date.fromisoformat(second[0]) - date.fromisoformat(first[1])).days


def _meet(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _days(event: Event) -> tuple[str, str] | None:
    return days_of(event.day.value) if event.day is not None else None


def _is_one_day(events: Sequence[Event]) -> bool:
    """Whether all events with a day are given one and the same."""
    return len({_days(event) for event in events} - {None}) == 1


def _positions(events: Sequence[Event], lexicon: Lexicon) -> list[list[Event]]:
    """Events by the times that they are given; one that meets all of a position stands in it."""
    positions: list[list[Event]] = []
    for event in sorted(events, key=lambda event: (_days(event) or ("", ""), event.clock is None)):
        for members in positions:
            if all(_when(event, lexicon).meets(_when(member, lexicon)) for member in members):
                members.append(event)
                break
        else:
            positions.append([event])
    return positions


def _value(event: Event, one_day: bool, lexicon: Lexicon) -> str:
    """The ISO day; with ``one_day``, where it is the same for all, with the clock time, or the part of the day behind a
    space. The clock time alone where no day is given."""
    stated = _days(event)
    if stated is None:
        return event.clock.written if event.clock is not None else ""
    if not one_day or stated[0] != stated[1]:
        return stated[0]
    if event.clock is not None:
        return f"{stated[0]}T{event.clock.written}"
    part = _when(event, lexicon).part
    return f"{stated[0]} {part.word}" if part is not None else stated[0]
