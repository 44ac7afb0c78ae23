"""One event with two causes: what one article gives as the cause, another rules out, or gives something else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from service.pipeline.alignment.background import Background
from service.pipeline.alignment.candidates import pairs
from service.pipeline.alignment.clauses import Term
from service.pipeline.alignment.grouping import groups
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.relations.cause_words import Knowledge
from service.pipeline.alignment.relations.causes import Cause, causes
from service.pipeline.alignment.relations.moments import Moment
from service.pipeline.alignment.workspace import Workspace
from service.pipeline.conflicts.findings import Finding, Statement

SAME = 0.4
EVENT, THING, NAME, STORY, APART = 0.35, 0.2, 0.2, 0.45, 0.25
_SHARE = 0.34
_LEAD = 3
_MATTERS = 4
_STORY = "@story"
Family = tuple[frozenset[str], ...]
Families = Sequence[Family]


def compare(workspace: Workspace, known: Knowledge) -> list[Finding]:
    """Events of one story for which the articles give causes that share nothing, or deny each other's."""
    lexicon = workspace.background.lexicon
    families = [
        tuple(frozenset(map(lexicon.concept, words)) for words in (family.broad, family.narrow, family.unless))
        for family in known.families
    ]
    harms = frozenset(map(lexicon.concept, known.harms))
    found = [cause for own in workspace.clauses for cause in causes(own, lexicon, known)]
    matters = _matters(workspace)
    keys = [[*sorted(c.effect.concepts), *([_STORY] if _is_of_story(c, matters) else [])] for c in found]
    links: dict[tuple[int, int], float] = {}
    for first, second in pairs(keys):
        one, other = found[first], found[second]
        if one.clause.reading is other.clause.reading or not _exclude(one, other, families, workspace.background):
            continue
        if not one.denied and not other.denied and _is_chained(one, other, matters, harms):
            continue
        score = _score(one, other, matters, workspace)
        if score >= SAME:
            links[first, second] = score
    return [
        _finding([found[i] for i in members], max(links[pair] for pair in inside), families, workspace.background)
        for members, inside in groups(len(found), links)
    ]


def _matters(workspace: Workspace) -> frozenset[str]:
    """The events that the story is about: those that most articles open with."""
    lexicon = workspace.background.lexicon
    count: Counter[str] = Counter()
    for own in workspace.clauses:
        lead = [clause for clause in own if clause.sentence in own[0].reading.document.sentences[:_LEAD]]
        count.update({t.concept for c in lead for t in c.terms if _is_event(t, lexicon)})
    half = len(workspace.readings) / 2
    ranked = sorted((c for c, n in count.items() if n >= half and n > 1), key=lambda c: (-count[c], c))
    return frozenset(ranked[:_MATTERS])


def _is_event(term: Term, lexicon: Lexicon) -> bool:
    kind = lexicon.kind(term.concept)
    return kind in ("event", "status") or (kind is None and term.verb and term.concept not in lexicon.common)


def _is_of_story(cause: Cause, matters: frozenset[str]) -> bool:
    if cause.effect.empty:
        return bool(cause.content - matters)
    return bool(cause.effect.predicates & matters) and not cause.content & matters


def _is_chained(one: Cause, other: Cause, matters: frozenset[str], harms: frozenset[str]) -> bool:
    """Whether two causes of harm may be links of one chain: the story's own event is one of them, or many come to harm,
    whom one event kills in more than one way."""
    if not one.effect.predicates & other.effect.predicates & harms:
        return False
    return bool((one.content | other.content) & matters) or _is_of_many(one) or _is_of_many(other)


def _is_of_many(cause: Cause) -> bool:
    """Whether the sentence counts more than one of those whom the effect befalls."""
    first, last = cause.clause.sentence.first, cause.clause.sentence.last
    amounts = (a.value for a in cause.clause.reading.amounts if first <= a.first < last)
    return any(value.kind == "quantity" and (value.high is None or value.high > 1) for value in amounts)


def _score(one: Cause, other: Cause, matters: frozenset[str], workspace: Workspace) -> float:
    """How surely the two speak of one effect."""
    weigh = workspace.background.weight
    score = max((EVENT * weigh(p) for p in one.effect.predicates & other.effect.predicates), default=0.0)
    score += sum(THING * weigh(c) for c in sorted(one.effect.concepts & other.effect.concepts))
    score += NAME * len(one.effect.names & other.effect.names)
    first, second = _people(one), _people(other)
    if first and second and not first & second:
        return 0.0
    if _apart(one.effect, other.effect):
        return score - APART
    alike = one.effect.empty or other.effect.empty or bool(one.effect.predicates & other.effect.predicates)
    return score + STORY * (alike and _is_of_story(one, matters) and _is_of_story(other, matters))


def _people(cause: Cause) -> frozenset[str]:
    """The people whom the effect befalls."""
    return cause.effect.names & cause.clause.reading.people


def _apart(one: Moment, other: Moment) -> bool:
    """Whether two effects tell of two things: both have more than the event, and share nothing of it."""
    first, second = (own.concepts - own.predicates | own.names for own in (one, other))
    return bool(first and second) and not first & second


def _exclude(one: Cause, other: Cause, families: Families, background: Background) -> bool:
    """Whether one is ruled out by the other, or both are given and have little in common."""
    shared = _weight(one.content & other.content, background)
    part = shared / (min(_weight(own.content, background) for own in (one, other)) or 1.0)
    if one.denied != other.denied:
        return part >= _SHARE
    if part >= _SHARE or one.denied or one.motive != other.motive:
        return False
    return not any(_is_of(one, other, family) or _is_of(other, one, family) for family in families)


def _is_of(whole: Cause, part: Cause, family: Family) -> bool:
    """Whether a cause told as a whole holds one told in particular ("serangan", "roket")."""
    broad, narrow, unless = family
    return bool(whole.content & broad and part.content & (broad | narrow)) and not whole.content & unless


def _weight(concepts: Iterable[str], background: Background) -> float:
    return sum(background.weight(concept) for concept in sorted(concepts))


def _finding(members: list[Cause], score: float, families: Families, background: Background) -> Finding:
    positions: list[list[Cause]] = []
    for cause in members:
        for own in positions:
            if not any(_exclude(cause, known, families, background) for known in own):
                own.append(cause)
                break
        else:
            positions.append([cause])
    effects = [(p, c) for c in members for p in sorted(c.effect.predicates)]
    matter = Counter(p for p, _ in effects).most_common(1)[0][0] if effects else ""
    word = _word(next(c for p, c in effects if p == matter), matter) if matter else ""
    return Finding(
        "other",
        "contradiction",
        "cause-excluded",
        min(0.95, 0.3 + score / 2),
        matter,
        word,
        tuple(tuple(_statement(cause) for cause in own) for own in positions),
        (f"predicate:{matter}",) if matter else (),
    )


def _word(cause: Cause, matter: str) -> str:
    """How the article puts the effect."""
    reading = cause.clause.reading
    for index in range(cause.clause.sentence.first, cause.clause.sentence.last):
        if reading.concepts[index] == matter:
            return reading.document.tokens[index].text.lower()
    return ""


def _statement(cause: Cause) -> Statement:
    reading = cause.clause.reading
    return Statement(reading, cause.evidence, reading.document.text_of(cause.evidence), cause.claim)
