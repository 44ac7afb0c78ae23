"""What several articles state alike: one figure of one thing, one event on one day or in one place, one proposition.

Clauses are compared by what they hold: concepts, names, places, days, figures and negation, each weighed by how few of
the story's clauses hold it. Candidates share a telling feature, with bounded postings, so that work stays near-linear.
Figures that were aligned as answers to one question agree as well. Does not tell that two different words mean one
thing unless they are of one concept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

import msgspec

from service.pipeline.alignment.candidates import pairs
from service.pipeline.alignment.events import Event
from service.pipeline.alignment.grouping import groups
from service.pipeline.alignment.times import are_apart, days_of
from service.pipeline.alignment.workspace import Workspace
from service.pipeline.conflicts.agreements.figures import agreeing_figures
from service.pipeline.conflicts.agreements.propositions import (
    TELLING,
    Proposition,
    is_limit,
    keys_of,
    read_propositions,
)
from service.pipeline.conflicts.findings import Finding, Statement
from service.pipeline.conflicts.intervals import meet

SHARED = 1.5
COVERED = 0.6
ALIKE = 0.7
ON_ONE_DAY = (0.95, 0.4)
NEARLY_ALL = (1.2, 0.8)
IN_ONE_PLACE = (1.3, 0.45)
REPEATED = 0.75
BOTH_DENIED = (0.4, 0.75)
NEAREST = 20
_LEAST = tuple(map(min, zip((SHARED, COVERED), ON_ONE_DAY, NEARLY_ALL, IN_ONE_PLACE, BOTH_DENIED, strict=True)))
_BESIDE = 2
_MONTH = 31


def find_agreements(workspace: Workspace, aligned: Sequence[Finding]) -> list[Finding]:
    """The agreements of one story; ``aligned`` holds the figures that answer one question alike."""
    return [*agreeing_figures(workspace, aligned), *_propositions(workspace)]


def _propositions(workspace: Workspace) -> list[Finding]:
    found = read_propositions(workspace)
    keys = [keys_of(proposition) for proposition in found]
    links: dict[tuple[int, int], Verdict] = {}
    for first, second in pairs(keys, NEAREST):
        one, other = found[first], found[second]
        if one.event.reading is not other.event.reading and one.sign == other.sign:
            verdict = _judge(one, other, workspace)
            if verdict is not None:
                links[first, second] = verdict
    findings = []
    for members, inside in groups(len(found), links):
        own = _of_one_day([found[index] for index in members])
        if len({p.event.reading.order for p in own}) > 1:
            findings.append(
                _proposition_finding(own, max((links[pair] for pair in inside), key=lambda verdict: verdict.score))
            )
    return findings


class Verdict(msgspec.Struct, frozen=True):
    """What two propositions share: ``kind`` date, place or proposition; ``matter`` is the predicate that both have."""

    kind: str
    matter: str
    score: float
    reasons: tuple[str, ...]


def _judge(one: Proposition, other: Proposition, workspace: Workspace) -> Verdict | None:
    """What two propositions share; None where it is too little, where their days differ, or where figures differ and
    they have no day in common."""
    theirs = other.features
    shared = {f: min(w, theirs[f]) for f, w in one.features.items() if f in theirs}
    weight = sum(shared.values())
    smaller = min(one.weight, other.weight)
    covered = weight / smaller if smaller else 0.0
    # most pairs share less than the most lenient of the ways below asks for
    if weight < _LEAST[0] or covered < _LEAST[1]:
        return None
    if are_apart(one.day, other.day) or _same_words_of_others(one, other):
        return None
    predicates = [
        concept
        for concept in sorted(one.predicates.keys() & other.predicates.keys())
        if not one.sign
        or (one.predicates[concept].polarity == "affirmed") == (other.predicates[concept].polarity == "affirmed")
    ]
    matter = max(predicates, key=lambda c: (one.predicates[c].term.verb, shared.get(c, 0.0), c), default="")
    kind, least = "proposition", (SHARED, COVERED if matter else ALIKE)
    if matter and _same_day(_dated(one, matter), _dated(other, matter), workspace):
        kind, least = "date", ON_ONE_DAY
    elif matter and _same_place(one.predicates[matter], other.predicates[matter], workspace):
        kind, least = "place", IN_ONE_PLACE
    elif matter and not one.sign and _is_grave(matter, workspace):
        least = BOTH_DENIED
    elif matter and covered >= NEARLY_ALL[1]:
        least = NEARLY_ALL
    telling = sum("|" not in feature and value >= TELLING for feature, value in shared.items())
    if weight < least[0] or covered < least[1] or not (matter or telling > 1):
        return None
    if kind != "date" and _count_otherwise(one, other):
        return None
    names = tuple(f"name:{f.partition('|')[2]}" for f in sorted(shared) if f.startswith("name|"))
    things = tuple(f"thing:{f}" for f in sorted(shared) if "|" not in f and f != matter)
    return Verdict(kind, matter, min(0.99, 0.5 * covered + 0.15 * weight), names + things)


def _count_otherwise(one: Proposition, other: Proposition) -> bool:
    """Whether the two give figures of one thing that do not go together."""
    return any(
        not meet(figure, theirs)
        for head, figure in one.counts.items()
        for own, theirs in other.counts.items()
        if head == own
        or (not head.startswith("#") and not own.startswith("#") and len(one.counts) == len(other.counts) == 1)
    )


def _same_words_of_others(one: Proposition, other: Proposition) -> bool:
    """Whether two speakers are quoted with the same words: a question of who said it, and no agreement."""
    first, second = one.event.claim, other.event.claim
    if first is None or second is None or not {first.form, second.form} & {"direct", "mixed"}:
        return False
    speakers = {c.attribution.speaker.name for c in (first, second) if c.attribution and c.attribution.speaker}
    words, others = _words(one.event), _words(other.event)
    return len(speakers) > 1 and len(words & others) >= REPEATED * min(len(words), len(others))


def _words(event: Event) -> frozenset[str]:
    """The words of the event's clause that are said, not those that tell who says them."""
    reading, clause = event.reading, event.clause
    said = (index for index in range(clause.first, clause.last) if reading.claim_at[index] is event.claim)
    return frozenset(reading.words[index] for index in said if reading.words[index][0].isalnum())


def _is_grave(concept: str, workspace: Workspace) -> bool:
    """Whether lives or liberty are at stake, so that a bare denial ("nobody died") is of what all speak of."""
    known = workspace.background.lexicon.concepts.get(concept)
    return known is not None and known.grave


def _dated(proposition: Proposition, matter: str) -> Event:
    """The event of ``matter``; without a day of its own the one right beside it, which may only carry it ("menggelar
    unjuk rasa")."""
    event, main = proposition.predicates[matter], proposition.event
    beside = abs(event.term.index - main.term.index) <= _BESIDE
    return main if event.day is None and beside else event


def _same_day(one: Event, other: Event, workspace: Workspace) -> bool:
    """Whether both predicates are dated, to the same days, a month at most."""
    if one.day is None or other.day is None or is_limit(one, workspace) or is_limit(other, workspace):
        return False
    first, second = days_of(one.day.value), days_of(other.day.value)
    if first is None or first != second:
        return False
    return (date.fromisoformat(first[1]) - date.fromisoformat(first[0])).days <= _MONTH


def _same_place(one: Event, other: Event, workspace: Workspace) -> bool:
    places = workspace.background.places
    return any(places.same(a.name, b.name) for a in one.places for b in other.places)


def _of_one_day(propositions: Sequence[Proposition]) -> list[Proposition]:
    """The propositions without those that name another day than most."""
    days = Counter(p.day for p in propositions if p.day is not None)
    if len(days) < 2:
        return list(propositions)
    most = min(days, key=lambda day: (-days[day], day))
    return [p for p in propositions if not are_apart(p.day, most)]


def _proposition_finding(propositions: Sequence[Proposition], verdict: Verdict) -> Finding:
    events = [p.predicates.get(verdict.matter, p.event) for p in propositions]
    statements = tuple(_statement(event, verdict.kind) for event in events)
    return Finding(
        verdict.kind,
        "agreement",
        f"same-{verdict.kind}",
        verdict.score,
        verdict.matter,
        events[0].word if verdict.matter else "",
        (statements,),
        verdict.reasons,
    )


def _statement(event: Event, kind: str) -> Statement:
    text = event.reading.document.text_of(event.evidence)
    days = days_of(event.day.value) if event.day is not None else None
    if kind == "date" and days is not None:
        text = days[0]
    if kind == "place" and event.places:
        text = event.places[0].name
    return Statement(event.reading, event.evidence, text, event.claim, about=event)
