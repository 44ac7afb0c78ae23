"""What several articles state alike: one figure of one thing, one event on one day or in one place, one proposition.

Clauses are compared by what they hold: concepts, names, places, days, figures and negation, each weighed by how few of
the story's clauses hold it. Candidates share a telling feature, with bounded postings, so that work stays near-linear.
Figures that were aligned as answers to one question agree as well. Does not tell that two different words mean one
thing unless they are of one concept.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from service.pipeline.alignment.candidates import pairs
from service.pipeline.alignment.events import Event
from service.pipeline.alignment.grouping import groups
from service.pipeline.alignment.matching import objection
from service.pipeline.alignment.noun_phrases import MEASURES
from service.pipeline.alignment.propositions import Quantity
from service.pipeline.alignment.times import days_of
from service.pipeline.alignment.workspace import Workspace
from service.pipeline.conflicts.findings import Finding, Statement
from service.pipeline.conflicts.intervals import Interval, interval_of, meet

FIGURE = 0.5
SURE = 0.5
TELLING_FIGURE = 0.3
SHARED = 1.5
COVERED = 0.6
ALIKE = 0.7
ON_ONE_DAY = (0.95, 0.4)
NEARLY_ALL = (1.2, 0.8)
IN_ONE_PLACE = (1.3, 0.45)
REPEATED = 0.75
BOTH_DENIED = (0.4, 0.75)
TELLING = 0.35
KEYS = 7
NEAREST = 20
CLAUSES = 60
_OTHER = frozenset({"other-unit", "other-thing", "other-grade", "negated", "retracted"})
_APART = frozenset({"other-place", "other-period", "other-kind", "other-status", "other-party"})
# what two articles may say of one figure without counting other things
_PUT_OTHERWISE = frozenset({"other-period", "other-status"})
_FEW = 12
_COUNTED = (0.1, 0.3, 0.5)
_EXACT = (0.2, 0.5, 0.6)
_WIDE = 2.0
_BESIDE = 2
_MONTH = 31


@dataclass(frozen=True, slots=True)
class Proposition:
    """A clause by its features, each with its weight.

    ``event`` is its main predicate, ``predicates`` holds all by their concepts; ``sign``: affirmed or not; ``day``:
    when it happened; ``counts``: its figures by what they count.
    """

    event: Event
    predicates: Mapping[str, Event]
    features: Mapping[str, float]
    sign: bool
    day: tuple[str, str] | None
    counts: Mapping[str, Interval]


def find_agreements(workspace: Workspace, aligned: Sequence[Finding]) -> list[Finding]:
    """The agreements of one story; ``aligned`` holds the figures that answer one question alike."""
    return [*_figures(workspace, aligned), *_propositions(workspace)]


def _figures(workspace: Workspace, aligned: Sequence[Finding]) -> list[Finding]:
    found = workspace.quantities
    number = {id(quantity): index for index, quantity in enumerate(found)}
    links: dict[tuple[int, int], float] = {}
    doubted = {(e.reading.order, e.clause.number) for e in workspace.events if e.unreal or e.polarity == "denied"}
    base: dict[int, Finding] = {}
    for finding in aligned:
        figures = [
            number[id(s.about)]
            for s in finding.positions[0]
            if isinstance(s.about, Quantity) and _is_exact(s.about) and not _is_doubted(s.about, doubted)
        ]
        for earlier, later in itertools.pairwise(figures):
            links[earlier, later] = finding.score
        for figure in figures:
            base[figure] = finding
    keys = [_value_keys(quantity) for quantity in found]
    for first, second in pairs(keys, NEAREST):
        one, other = found[first], found[second]
        stated = not _is_doubted(one, doubted) and not _is_doubted(other, doubted)
        if stated and one.reading is not other.reading and (first, second) not in links:
            score = _likeness(one, other, workspace)
            if score >= FIGURE:
                links[first, second] = score
    findings = []
    for members, inside in groups(len(found), links):
        own = [found[index] for index in members]
        if len({q.reading.order for q in own}) > 1:
            known = next((base[index] for index in members if index in base), None)
            findings.append(_figure_finding(own, known, max(links[pair] for pair in inside)))
    return findings


def _is_exact(quantity: Quantity) -> bool:
    """Whether the figure says enough to agree with: a number, or bounds that are not far apart."""
    interval = interval_of(quantity.value)
    return math.isfinite(interval.low) and interval.high <= _WIDE * interval.low


def _is_doubted(quantity: Quantity, doubted: Set[tuple[int, int]]) -> bool:
    """Whether the figure stands in a clause that is denied, asked or only supposed."""
    return (quantity.reading.order, quantity.clause.number) in doubted


def _value_keys(quantity: Quantity) -> list[str]:
    """The figure itself, where it is one number."""
    value, interval = quantity.value, interval_of(quantity.value)
    if interval.point is None or (value.kind == "duration" and interval.point < 1):
        return []
    return [f"{value.kind}|{value.base or ''}|{interval.point:.9g}"]


def _likeness(one: Quantity, other: Quantity, workspace: Workspace) -> float:
    """How surely two equal figures are of one thing."""
    background = workspace.background
    lexicon = background.lexicon
    surprise = score = _surprise(one)
    if one.head == other.head and one.value.kind not in MEASURES and not lexicon.is_generic(one.head):
        score += 0.25
    elif one.head in other.context or other.head in one.context:
        score += 0.2
    if one.foci & other.foci:
        score += 0.25
    shared = (one.context & other.context) | (one.modifiers & other.modifiers)
    score += min(0.35, 0.15 * sum(background.weight(concept) for concept in sorted(shared - {one.head})))
    if (one.parties | one.names) & (other.parties | other.names):
        score += 0.15
    if score < FIGURE:
        return score
    veto = objection(one, other, background)
    sure = surprise >= SURE
    if veto in _OTHER or (not sure and (veto in _APART or (one.part is None) != (other.part is None))):
        alike = one.head == other.head and not lexicon.is_generic(one.head) and surprise >= TELLING_FIGURE
        return score if alike and veto in _PUT_OTHERWISE else 0.0
    return score


def _surprise(quantity: Quantity) -> float:
    """How unlikely it is that two figures are equal by chance: many digits tell much, small counts nothing."""
    value, interval = quantity.value, interval_of(quantity.value)
    low = abs(value.low if value.low is not None else interval.low)
    digits = len(f"{low:.4f}".replace(".", "").strip("0"))
    if value.kind == "duration" or (value.kind == "quantity" and low <= _FEW):
        return 0.0
    scale = _EXACT if value.kind in MEASURES else _COUNTED
    return scale[min(digits, 3) - 1] if digits else 0.0


def _figure_finding(quantities: Sequence[Quantity], known: Finding | None, score: float) -> Finding:
    statements = tuple(
        Statement(q.reading, q.evidence, q.reading.document.text_of(q.value.span), q.claim, q.as_of, q)
        for q in quantities
    )
    first = quantities[0]
    word = first.value.unit or ""
    matter = known.matter if known else first.focus.concept if first.focus else first.head
    reasons = known.reasons if known else ()
    rule = f"same-{'count' if first.value.kind not in MEASURES else first.value.kind}"
    return Finding("quantity", "agreement", rule, min(0.99, score), matter, word, (statements,), reasons)


def _propositions(workspace: Workspace) -> list[Finding]:
    found = _read(workspace)
    keys = [_keys(proposition) for proposition in found]
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


def _keys(proposition: Proposition) -> list[str]:
    """What another proposition must share with this one: one of its most telling features, or the predicate and sign
    of a denial."""
    ranked = sorted(proposition.features.items(), key=lambda feature: (-feature[1], feature[0]))
    keys = [feature for feature, weight in ranked[:KEYS] if weight >= TELLING]
    return keys if proposition.sign else [*keys, *(f"not|{concept}" for concept in sorted(proposition.predicates))]


def _read(workspace: Workspace) -> list[Proposition]:
    """The propositions of the story, one a clause."""
    by_clause: dict[tuple[int, int], list[Event]] = {}
    for event in workspace.events:
        if not event.unreal and not _is_setting(event, workspace):
            by_clause.setdefault((event.reading.order, event.clause.number), []).append(event)
    figures: dict[tuple[int, int], dict[str, Interval]] = {}
    for quantity in workspace.quantities:
        own = figures.setdefault((quantity.reading.order, quantity.clause.number), {})
        own.setdefault(quantity.head, interval_of(quantity.value))
    features = {key: _features(events, workspace) for key, events in by_clause.items()}
    held = Counter(feature for own_features in features.values() for feature in own_features)
    total = math.log(max(len(features), CLAUSES))
    absent = {(e.reading.order, e.clause.sentence.first) for e in workspace.events if e.absent}
    found = []
    for key, events in sorted(by_clause.items()):
        main = min(events, key=_rank)
        days = days_of(main.day.value) if main.day is not None and not _is_limit(main, workspace) else None
        weighed = {f: base * (1 - math.log(held[f]) / total) for f, base in sorted(features[key].items())}
        predicates = {event.concept: event for event in events}
        # what a sentence says of something that is not there is not affirmed either
        sign = main.polarity == "affirmed" and (main.reading.order, main.clause.sentence.first) not in absent
        found.append(Proposition(main, predicates, weighed, sign, days, figures.get(key, {})))
    return found


def _rank(event: Event) -> tuple[bool, bool, bool, int]:
    """Negated events first, then those with a day, then verbs, then the first in the clause."""
    return event.polarity == "affirmed", event.day is None, not event.term.verb, event.term.index


def _is_setting(event: Event, workspace: Workspace) -> bool:
    """Whether the event is only where or when somebody spoke ("jumpa pers")."""
    words = list(event.reading.words[event.term.index : event.term.index + 2])
    return " ".join(words) in workspace.background.lexicon.scopes.reported_day


def _is_limit(event: Event, workspace: Workspace) -> bool:
    """Whether the day is one until which, or as of which, something holds."""
    assert event.day is not None
    first = event.day.first
    words = event.reading.words[max(event.clause.first, first - 2) : first]
    return workspace.background.lexicon.sequences.as_of.within(words)


def _features(events: Sequence[Event], workspace: Workspace) -> dict[str, float]:
    """The concepts, names and days of a clause, each with how telling it is by itself."""
    background = workspace.background
    found: dict[str, float] = {}
    for event in events:
        for concept in sorted(event.things | {event.concept}):
            found[concept] = background.weight(concept)
        days = days_of(event.day.value) if event.day is not None else None
        if days is not None:
            found[f"day|{days[0]}|{days[1]}"] = 0.9
    for mention in events[0].clause.mentions:
        found[f"name|{mention.name}"] = 0.4 if background.places.is_country(mention.name) else 0.9
    return found


@dataclass(frozen=True, slots=True)
class Verdict:
    """What two propositions share: ``kind`` date, place or proposition; ``matter`` is the predicate that both have."""

    kind: str
    matter: str
    score: float
    reasons: tuple[str, ...]


def _judge(one: Proposition, other: Proposition, workspace: Workspace) -> Verdict | None:
    """What two propositions share; None where it is too little, where their days differ, or where figures differ and
    they have no day in common."""
    if _are_days_apart(one, other) or _same_words_of_others(one, other):
        return None
    shared = {f: min(w, other.features[f]) for f, w in one.features.items() if f in other.features}
    weight = sum(shared.values())
    smaller = min(sum(one.features.values()), sum(other.features.values()))
    covered = weight / smaller if smaller else 0.0
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


def _are_days_apart(one: Proposition, other: Proposition) -> bool:
    """Whether the two name days that do not go together."""
    return bool(one.day and other.day and (one.day[0] > other.day[1] or other.day[0] > one.day[1]))


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
    if one.day is None or other.day is None or _is_limit(one, workspace) or _is_limit(other, workspace):
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
    return [p for p in propositions if p.day is None or (p.day[0] <= most[1] and most[0] <= p.day[1])]


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
