"""One event in two places: the same predicate of the same participants where the places exclude each other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from service.pipeline.alignment.events import Event
from service.pipeline.alignment.events.evidence import Comparison
from service.pipeline.alignment.events.matching import match_events
from service.pipeline.alignment.places import SMALL, Places
from service.pipeline.alignment.reading import Mention, Reading
from service.pipeline.alignment.times import days_of
from service.pipeline.alignment.workspace import Workspace
from service.pipeline.conflicts import dates, event_pairs, occasions
from service.pipeline.conflicts.findings import Finding

_BUILDINGS = frozenset({"FAC", "ORG"})
# levels of what has no walls: things happen in buildings that stand there
_OPEN = frozenset(
    {
        "road",
        "toll-road",
        "bridge",
        "junction",
        "river",
        "island",
        "mountain",
        "village",
        "district",
        "regency",
        "province",
    }
)


def compare(workspace: Workspace) -> list[Finding]:
    """Events that are placed in two places of which neither lies in the other."""
    places = workspace.background.places
    events, compared = comparisons(workspace)
    scores = event_pairs.score(compared, workspace.background)
    findings = []
    for members, score, reasons in event_pairs.matters(events, scores, workspace.background):
        positions = _positions(members, places)
        if len(positions) > 1:
            findings.append(event_pairs.finding("place", positions, _place, score, reasons))
    return findings


def comparisons(workspace: Workspace) -> tuple[list[Event], list[tuple[event_pairs.Pair, Comparison]]]:
    """The events with a place, and those of them whose places exclude each other."""
    events = [e for e in workspace.events if (e.places or e.origins) and e.polarity == "affirmed" and not e.unreal]
    events = [event for event in events if not event_pairs.is_of_reporting(event, workspace.background)]

    def rule(one: Event, other: Event) -> Comparison | None:
        if not exclude(one, other, workspace.background.places):
            return None
        hand = _hand(one, other, workspace)
        if event_pairs.is_refused(one, other, hand) or _is_anywhere(one, other, workspace):
            return None
        if any(_is_scattered(event, workspace) for event in (one, other)) or _are_of_others(one, other, workspace):
            return None
        if occasions.are_of_nothing_common(one, other, workspace.background):
            return None
        return Comparison(one, other, "place", hand)

    return events, list(event_pairs.comparisons(events, workspace, rule))


def _is_anywhere(one: Event, other: Event, workspace: Workspace) -> bool:
    """Whether what both tell of is known to happen in many places at a time."""
    known = workspace.background.lexicon.concepts.get(one.concept)
    return one.concept == other.concept and known is not None and not (known.once or known.local)


def _is_scattered(event: Event, workspace: Workspace) -> bool:
    """Whether the clause tells of one place beside others ("longsor juga terjadi di …", "salah satunya di …")."""
    words, clause = event.reading.words, event.clause
    scopes, sequences = workspace.background.lexicon.scopes, workspace.background.lexicon.sequences
    near = words[max(clause.first, event.term.index - 2) : event.term.index + 3]
    return any(word in scopes.besides for word in near) or sequences.scattered.within(clause.words())


def _are_of_others(one: Event, other: Event, workspace: Workspace) -> bool:
    """Whether the two tell what has become of groups of people or things that differ in number: each of them may have
    its own place."""
    for event in (one, other):
        known = workspace.background.lexicon.concepts.get(event.concept)
        if known is None or known.kind != "status" or known.local:
            return False
    first, second = _counts(one), _counts(other)
    return bool(first and second) and not (one.persons & other.persons) and not first & second


def _counts(event: Event) -> set[tuple[float | None, float | None]]:
    amounts = (amount for amount in event.clause.amounts if amount.value.kind == "quantity" and amount.value.unit)
    return {(amount.value.low, amount.value.high) for amount in amounts}


def _hand(one: Event, other: Event, workspace: Workspace) -> float | None:
    """The score by rules; None where they do not apply."""
    if one.concept != other.concept or not _is_placed(one, workspace) or not _is_placed(other, workspace):
        return None
    score = match_events(one, other, workspace.background, placed=True).score
    return 0.0 if _is_of_other_days(one, other, score) else score


def _is_of_other_days(one: Event, other: Event, score: float) -> bool:
    """Whether the two are dated to times that do not meet: two occasions, but for one night where all else fits."""
    if one.day is None or other.day is None:
        return False
    first, second = days_of(one.day.value), days_of(other.day.value)
    if first is None or second is None or (first[0] <= second[1] and second[0] <= first[1]):
        return False
    apart = abs((date.fromisoformat(first[0]) - date.fromisoformat(second[0])).days)
    return apart > dates.OVERNIGHT or score < dates.SURE


def _is_placed(event: Event, workspace: Workspace) -> bool:
    known = workspace.background.lexicon.concepts.get(event.concept)
    return (
        bool(event.places)
        and known is not None
        and (known.once or known.local)
        and event.polarity == "affirmed"
        and not event.unreal
    )


def exclude(one: Event, other: Event, places: Places) -> bool:
    """Whether no place of one event can be a place of the other, or of its origins, as far as is known."""
    return any(
        _differ(first, second, (one.reading, other.reading), places)
        for first, second in ((one.places, other.places), (one.origins, other.origins))
    )


def _differ(
    one: Sequence[Mention], other: Sequence[Mention], readings: tuple[Reading, Reading], places: Places
) -> bool:
    couples = [(a, b) for a in one for b in other]
    if not couples or any(places.related(a.name, b.name) for a, b in couples[:1]):
        return False
    if any(places.exclude(a.name, b.name) for a, b in couples):
        return True
    if any(places.related(a.name, b.name) for a, b in couples):
        return False
    first, second = one[0], other[0]
    if all(_is_building(mention, places) for mention in (first, second)):
        # two buildings of which nothing else is known
        return not _share_word(first.name, second.name) and not _is_part_of(first.name, second.name, places)
    return any(
        _is_far(a.name, b.name, reading, places)
        for a, b, reading in ((first, second, readings[0]), (second, first, readings[1]))
    )


def _is_far(small: str, large: str, reading: Reading, places: Places) -> bool:
    """Whether the article of a village or district names nowhere the ``large`` place that the data knows: who tells of
    a small place tells of the regency that it lies in."""
    known = places.level(small) in SMALL and places.is_listed(large)
    return known and not any(places.related(mention.name, large) for mention in reading.mentions)


def _is_building(mention: Mention, places: Places) -> bool:
    return mention.type in _BUILDINGS and places.level(mention.name) not in _OPEN


def _is_part_of(one: str, other: str, places: Places) -> bool:
    """Whether one name may be that of a part of the other ("Blok C Lapas Kelas I", "Lapas Waru")."""
    return any(
        (kind := places.kind_inside(a)) is not None and kind == places.level(b) for a, b in ((one, other), (other, one))
    )


def _share_word(one: str, other: str) -> bool:
    return bool(set(one.lower().split()) & set(other.lower().split()))


def _positions(events: list[Event], places: Places) -> list[list[Event]]:
    """Events by place; one that excludes no position, or more than all but one, stands in none."""
    # many events name the same places: one of each stands for all of them
    alike: dict[tuple[str, ...], list[Event]] = {}
    for event in events:
        alike.setdefault(_names(event), []).append(event)
    kinds = [own[0] for own in alike.values()]
    positions: list[list[Event]] = []
    for event in kinds:
        if not any(exclude(event, other, places) for other in kinds):
            continue
        fitting = [p for p in positions if not any(exclude(event, member, places) for member in p)]
        if fitting:
            fitting[0].append(event)
        else:
            positions.append([event])
    opposed = [
        p for p in positions if any(exclude(a, b, places) for q in positions if q is not p for a in p for b in q)
    ]
    return [[event for kind in p for event in alike[_names(kind)]] for p in opposed]


def _names(event: Event) -> tuple[str, ...]:
    """The names of where the event is or goes to, and of where it comes from."""
    return tuple(mention.name for mention in (*event.places, *event.origins))


def _place(event: Event) -> str:
    return _names(event)[0]
