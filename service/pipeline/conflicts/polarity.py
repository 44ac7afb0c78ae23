"""Affirmed against negated or denied: the same predicate of the same participants, once with "not".

Denials ("membantah …"), negated predicates and absent things ("tidak ada sirene") are put against clauses that affirm
the predicate, or in which the absent thing takes part. Not mentioning is not denying.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from service.pipeline.alignment.background import Background
from service.pipeline.alignment.events import Event, same_sentence
from service.pipeline.alignment.events.evidence import Comparison, said_of, speaker
from service.pipeline.alignment.events.matching import match_events, other_period, shared_names
from service.pipeline.alignment.events.negation_evidence import TELLING, is_obligation, is_other_kind, is_timeless
from service.pipeline.alignment.events.negation_vetoes import are_two_matters, contrasted
from service.pipeline.alignment.times import days_of
from service.pipeline.alignment.workspace import Workspace
from service.pipeline.conflicts import event_pairs
from service.pipeline.conflicts.findings import Finding, Statement

APART = 30
COVERAGE = 0.2
MISSED = 0.3
OUTRIGHT = 0.35
DENIED = 0.2
TRANSFER = 0.1


def compare(workspace: Workspace) -> list[Finding]:
    """The negations and denials that something in the articles affirms."""
    events, compared = comparisons(workspace)
    scores = event_pairs.score(compared, workspace.background)
    return [
        _finding(members, score, reasons)
        for members, score, reasons in event_pairs.matters(events, scores, workspace.background)
        if len({event.polarity == "affirmed" for event in members}) > 1
    ]


def comparisons(workspace: Workspace) -> tuple[list[Event], list[tuple[event_pairs.Pair, Comparison]]]:
    """The events, and those of them of which one is affirmed and the other is not."""
    real = [event for event in workspace.events if not event.unreal]
    idle = contrasted(real)
    events = [event for number, event in enumerate(real) if number not in idle]
    denied = {(e.reading.order, e.sentence.first, e.concept) for e in events if e.polarity != "affirmed"}

    def rule(one: Event, other: Event) -> Comparison | None:
        if _same_claim(one, other):
            return None
        negative, positive = (other, one) if one.polarity == "affirmed" else (one, other)
        if _only_speaks_of(negative, positive) or _is_of_others(negative, positive, workspace.background):
            return None
        told = (positive.reading.order, positive.sentence.first, negative.concept)
        if positive.concept != negative.concept and told in denied:
            # the other sentence says the same no
            return None
        if _is_long_apart(negative, positive) or are_two_matters(negative, positive, workspace.background):
            return None
        return Comparison(negative, positive, "polarity", _hand(negative, positive, workspace.background))

    sides = [event.polarity == "affirmed" for event in events]
    return events, list(event_pairs.comparisons(events, workspace, rule, sides=sides))


def _hand(negative: Event, positive: Event, background: Background) -> float | None:
    """The score by rules; None where they do not apply."""
    if background.lexicon.are_converses(negative.concept, positive.concept):
        return _of_transfer(negative, positive, background)
    if negative.concept != positive.concept and not (negative.absent and negative.concept in positive.things):
        return None
    if positive.concept in positive.topics or (positive.repeated and not is_timeless(negative)):
        return 0.0
    if negative.future != positive.future and not is_timeless(negative):
        return 0.0
    return _score(negative, positive, background)


def _of_transfer(negative: Event, positive: Event, background: Background) -> float | None:
    """How surely two sides of a transfer are of one: what is transferred is the same, and the two are not told of one
    party, which may give one thing and get another."""
    lexicon = background.lexicon
    shared = sum(map(background.weight, sorted(negative.things & positive.things)))
    first, second = said_of(negative), said_of(positive)
    if shared < TELLING or (first and second and shared_names({first}, {second}, lexicon)):
        return None
    # what has not come yet may be sent later
    if negative.pending and _day(positive) > _day(negative):
        return 0.0
    if other_period(negative, positive) or (positive.future and not is_timeless(negative)):
        return 0.0
    named = len(shared_names(negative.names - negative.sites, positive.names - positive.sites, lexicon))
    return TRANSFER + 0.25 * shared + 0.2 * min(named, 2) + (COVERAGE if is_timeless(negative) else 0.0)


def _only_speaks_of(negative: Event, positive: Event) -> bool:
    """Whether the deed that is negated stands in the other clause as what a case or a suspicion is of."""
    return negative.term.verb and negative.polarity == "negated" and negative.concept in positive.topics


def _is_of_others(negative: Event, positive: Event, background: Background) -> bool:
    """Whether one deed is negated of somebody and affirmed of somebody else, whom neither report names beside."""
    if negative.polarity != "negated" or negative.absent or negative.concept != positive.concept:
        return False
    if not (negative.persons and positive.persons):
        return False
    first = negative.names | negative.context | negative.around
    second = positive.names | positive.context | positive.around
    lexicon = background.lexicon
    return not (shared_names(negative.persons, second, lexicon) or shared_names(positive.persons, first, lexicon))


def _is_long_apart(negative: Event, positive: Event) -> bool:
    """Whether both state days, that lie months apart, and what is negated is not negated for all times."""
    if is_timeless(negative) or negative.day is None or positive.day is None:
        return False
    first, second = days_of(negative.day.value), days_of(positive.day.value)
    if first is None or second is None:
        return False
    later, earlier = max(first[0], second[0]), min(first[1], second[1])
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days > APART


def _same_claim(one: Event, other: Event) -> bool:
    return same_sentence(one, other) or (
        one.reading is other.reading
        and one.claim is not None
        and (one.claim is other.claim or speaker(one) == speaker(other) != "")
    )


def _score(negative: Event, positive: Event, background: Background) -> float:
    """How surely ``positive`` affirms what ``negative`` negates; covering all that is negated counts."""
    if negative.absent and negative.concept != positive.concept:
        if is_obligation(positive, background.lexicon) or is_other_kind(negative, positive, background.lexicon):
            return 0.0
        things = negative.things & positive.things
        return 0.6 * background.weight(negative.concept) + 0.2 * sum(background.weight(t) for t in sorted(things))
    verdict = match_events(negative, positive, background)
    if verdict.veto is not None:
        return 0.0
    if _misses_target(negative, positive, background):
        return 0.0
    if negative.persons and not shared_names(negative.persons, positive.names, background.lexicon):
        return verdict.score - MISSED
    telling = _telling(negative, background)
    outright = negative.polarity == "denied" or negative.absent or negative.universal
    if not telling and outright and negative.concept.startswith("@") and not (negative.persons and positive.persons):
        return verdict.score + OUTRIGHT
    covered = (bool(telling) and telling <= positive.things) or negative.target in positive.things
    met = negative.target is None or negative.target in positive.things or bool(telling & positive.things)
    denied = DENIED if negative.polarity == "denied" and met else 0.0
    return verdict.score + denied + (COVERAGE if covered else 0.0)


def _telling(negative: Event, background: Background) -> set[str]:
    """The things that what is negated is told of: not those that only carry it, and nothing that another verb tells."""
    lexicon, words = background.lexicon, negative.reading.words
    idle = {
        term.concept
        for term in negative.clause.terms
        if (term.verb and lexicon.kind(term.concept) is None) or words[term.index] in lexicon.scopes.carriers
    }
    return {thing for thing in negative.things - idle if background.weight(thing) >= TELLING}


def _misses_target(negative: Event, positive: Event, background: Background) -> bool:
    """Whether what is negated is of another thing than what is affirmed ("no arms sent", "soldiers sent")."""
    target = negative.target
    if target is None or target in positive.things:
        return False
    if negative.word in background.lexicon.scopes.support_verbs and positive.target is not None:
        return target != positive.target
    if background.lexicon.kind(target) != "thing":
        return False
    return not background.lexicon.is_generic(target)


def _finding(events: Sequence[Event], score: float, reasons: tuple[str, ...]) -> Finding:
    affirmed = [event for event in events if event.polarity == "affirmed"]
    negated = [event for event in events if event.polarity != "affirmed"]
    pending = all(event.pending for event in negated)
    later = min(map(_moment, affirmed)) > max(map(_moment, negated))
    return Finding(
        "polarity",
        "update" if pending and later else "contradiction",
        f"polarity-{'absent' if negated[0].absent else negated[0].polarity}",
        min(0.99, score),
        negated[0].concept,
        negated[0].word,
        (_statements(affirmed), _statements(negated)),
        reasons,
    )


def _moment(event: Event) -> float:
    """When the article that tells of the event appeared, in seconds; 0 where that is not known."""
    published = event.reading.document.article.published_at
    return published.timestamp() if published else 0.0


def _day(event: Event) -> str:
    published = event.reading.document.article.published_at
    return published.date().isoformat() if published else ""


def _statements(events: Sequence[Event]) -> tuple[Statement, ...]:
    """One statement a clause."""
    found: dict[tuple[int, int], Statement] = {}
    for event in events:
        text = event.reading.document.text_of(event.evidence)
        statement = Statement(event.reading, event.evidence, text, event.claim, about=event)
        found.setdefault((event.reading.order, event.clause.number), statement)
    return tuple(found.values())
