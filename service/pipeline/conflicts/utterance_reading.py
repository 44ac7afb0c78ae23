"""Attributed claims as utterances: sentences of units (content words, names, numbers) with what bears on each.

Function words are left out, negations are noted on the unit that they negate, dates and clock times count for nothing
(they are compared elsewhere). Does not resolve pronouns, nor who a ``we`` is.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service.pipeline.annotations import Analysis, Claim, Span, Speaker, Token, Value
from service.pipeline.attribution.quotations import DOUBLE
from service.pipeline.conflicts.utterance_language import Knowledge
from service.pipeline.entities.names import fold

_STRONG_STOPS = frozenset({".", "!", "?", ";", ":", "…", "...", "—", "–"})
_REACH = 4
_MAXIMUM_TOKENS = 80
_TEMPORAL = frozenset({"date", "time"})
Signature = tuple[tuple[str, bool], ...]
CONTENT, NAME, NUMBER, SCALE, CONDITION = "content", "name", "number", "scale", "condition"


@dataclass(frozen=True, slots=True)
class Unit:
    """A content word, name, number, scale word or condition. ``key`` is what makes two units the same: root, folded
    name, interval or class. ``token`` is its place in the document; ``enumeration`` numbers the list it is a member
    of (-1: none)."""

    kind: str
    key: str
    token: int
    last: int
    negated: bool = False
    delayed: bool = False
    quoted: bool = False
    verb: bool = False
    enumeration: int = -1
    label: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence, or a clause that stands against another, of an utterance. ``words`` are its lower-case words;
    ``quoted`` tells whether any of it stands in quotation marks; ``signature`` is
    what it says, whatever its function words."""

    units: tuple[Unit, ...]
    words: tuple[str, ...]
    span: Span
    quoted: bool
    conditional: bool
    signature: Signature


@dataclass(frozen=True, slots=True)
class Utterance:
    """An attributed claim of article number ``order``. ``source`` is the folded name of who said it; ``occasions`` and
    ``days`` say when it was said, by the words and dates of its sentences outside the claim."""

    order: int
    analysis: Analysis
    claim: Claim
    source: str
    segments: tuple[Segment, ...]
    occasions: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Marks:
    """What the tokens of a document belong to."""

    starts: Sequence[int]
    sentences: Sequence[int]
    names: Mapping[int, tuple[int, str, str]]
    values: Mapping[int, tuple[int, Value]]


def read_utterances(analyses: Sequence[Analysis], knowledge: Knowledge) -> list[Utterance]:
    """The attributed claims of all articles, in their order."""
    people = _people(analyses)
    found = []
    for order, analysis in enumerate(analyses):
        if not analysis.document.tokens or not any(claim.attribution for claim in analysis.claims):
            continue
        marks = _mark(analysis)
        for claim in analysis.claims:
            if claim.attribution is None or claim.attribution.speaker is None:
                continue
            segments = _segments(analysis, claim, marks, knowledge)
            if segments:
                source = _source(name_of(analysis, claim.attribution.speaker), people, knowledge)
                setting = _setting(analysis, claim, marks, knowledge)
                found.append(Utterance(order, analysis, claim, source, segments, *setting))
    return found


def _people(analyses: Sequence[Analysis]) -> Mapping[str, tuple[str, ...]]:
    """The folded names, of two words or more, of the people of all articles, by their last word."""
    names = {fold(e.name) for analysis in analyses for e in analysis.entities if e.type == "PERSON"}
    found: dict[str, tuple[str, ...]] = {}
    for name in sorted(names):
        if " " in name:
            last = name.rsplit(" ", 1)[1]
            found[last] = (*found.get(last, ()), name)
    return found


def _source(name: str, people: Mapping[str, tuple[str, ...]], knowledge: Knowledge) -> str:
    """``name`` folded, doubled words made single (``negara-negara``); a person's name alone where titles precede it."""
    words = [word for word, _ in itertools.groupby(fold(name).split())]
    folded = " ".join(words)
    if words and knowledge.words.conjunctions.isdisjoint(words):
        for person in people.get(words[-1], ()):
            if folded.endswith(f" {person}"):
                return person
    return folded


def name_of(analysis: Analysis, speaker: Speaker) -> str:
    """The speaker's canonical name, else the phrase as written."""
    if speaker.name:
        return speaker.name
    return analysis.document.text_of(speaker.span) if speaker.span else ""


def _setting(
    analysis: Analysis, claim: Claim, marks: _Marks, knowledge: Knowledge
) -> tuple[frozenset[str], frozenset[str]]:
    """The kinds of occasion and the days that the sentences of ``claim`` name outside of it."""
    document = analysis.document
    cue = claim.attribution.cue if claim.attribution else None
    reach = Span(min(claim.span.start, cue.start), max(claim.span.end, cue.end)) if cue else claim.span
    occasions: set[str] = set()
    days: set[str] = set()
    first = bisect.bisect_right(marks.sentences, reach.start) - 1
    for sentence in document.sentences[max(0, first) :]:
        if sentence.start >= reach.end:
            break
        words = [token.lower for token in document.tokens_of(sentence)]
        for index in range(len(words)):
            token = sentence.first + index
            if claim.span.start <= document.tokens[token].start < claim.span.end:
                continue
            occasion = knowledge.occasions.match(words, index)
            if occasion:
                occasions.add(occasion[1])
            if token in marks.values and marks.values[token][1].from_:
                days.add(str(marks.values[token][1].from_)[:10])
    return frozenset(occasions), frozenset(days)


def _mark(analysis: Analysis) -> _Marks:
    starts = [token.start for token in analysis.document.tokens]
    names: dict[int, tuple[int, str, str]] = {}
    for entity in analysis.entities:
        for mention in entity.mentions:
            first, last = _range(starts, mention)
            if first < last:
                names[first] = (last, entity.name, entity.type)
    values: dict[int, tuple[int, Value]] = {}
    for value in analysis.values:
        first, last = _range(starts, value.span)
        if first < last:
            values[first] = (last, value)
    return _Marks(starts, [sentence.start for sentence in analysis.document.sentences], names, values)


def _range(starts: Sequence[int], span: Span) -> tuple[int, int]:
    return bisect.bisect_left(starts, span.start), bisect.bisect_left(starts, span.end)


def _segments(analysis: Analysis, claim: Claim, marks: _Marks, knowledge: Knowledge) -> tuple[Segment, ...]:
    tokens = analysis.document.tokens
    first, last = _range(marks.starts, claim.span)
    quoted = _quoted(tokens, first, last, claim)
    bounds = [first]
    for i in range(first + 1, last):
        opens = tokens[i].lower in knowledge.words.clause_openers and tokens[i - 1].text == ","
        if tokens[i - 1].text in _STRONG_STOPS or opens or i - bounds[-1] >= _MAXIMUM_TOKENS:
            bounds.append(i)
    bounds.append(last)
    found = []
    for start, end in itertools.pairwise(bounds):
        segment = _segment(analysis, start, end, quoted, first, marks, knowledge)
        if segment is not None:
            found.append(segment)
    return tuple(found)


def _quoted(tokens: Sequence[Token], first: int, last: int, claim: Claim) -> list[bool]:
    """Whether each token of the claim stands in quotation marks; all of a direct quotation's do."""
    inside = claim.form == "direct"
    found = []
    for token in tokens[first:last]:
        if token.text in DOUBLE and claim.form != "direct":
            inside = not inside
        found.append(inside)
    return found


def _segment(
    analysis: Analysis,
    first: int,
    last: int,
    quoted: Sequence[bool],
    offset: int,
    marks: _Marks,
    knowledge: Knowledge,
) -> Segment | None:
    tokens = analysis.document.tokens
    words = [token.lower for token in tokens[first:last]]
    units: list[Unit] = []
    negated = delayed = False
    since = 0
    i = first
    while i < last:
        word, relative = words[i - first], i - first
        pseudo = knowledge.pseudo_negations.match(words, relative)
        if pseudo:
            i += pseudo[0]
            continue
        if word in knowledge.words.negators:
            delayed = word in knowledge.words.delaying and (delayed or not negated)
            negated, since = True, i
            i += 1
            continue
        unit, end = _unit(analysis, i, last, words, relative, marks, knowledge)
        if unit is not None:
            applies = negated and unit.kind == CONTENT and i - since <= _REACH
            units.append(
                Unit(
                    unit.kind,
                    unit.key,
                    unit.token,
                    unit.last,
                    applies,
                    applies and delayed,
                    quoted[i - offset],
                    unit.verb,
                    label=unit.label,
                )
            )
            if unit.kind == CONTENT:
                negated = delayed = False
        i = end
    if not units:
        return None
    span = _span(tokens, first, last)
    return Segment(
        _enumerations(units, words, first, knowledge),
        tuple(w for w in words if w[0].isalnum()),
        span,
        any(unit.quoted for unit in units),
        any(unit.kind == CONDITION for unit in units),
        tuple((unit.key, unit.negated) for unit in units),
    )


def _span(tokens: Sequence[Token], first: int, last: int) -> Span:
    """The span of tokens ``first:last`` without the marks at its ends."""
    while last - 1 > first and not tokens[last - 1].text[0].isalnum():
        last -= 1
    while first < last - 1 and not tokens[first].text[0].isalnum():
        first += 1
    return Span(tokens[first].start, tokens[last - 1].end)


def _unit(
    analysis: Analysis, i: int, last: int, words: Sequence[str], relative: int, marks: _Marks, knowledge: Knowledge
) -> tuple[Unit | None, int]:
    """The unit that begins at token ``i``, and the token behind it; None for what carries nothing."""
    word = words[relative]
    if i in marks.values:
        end, value = marks.values[i]
        if value.kind in _TEMPORAL:
            return None, end
        if value.low is not None or value.high is not None:
            number = Unit(NUMBER, f"{value.low}–{value.high}", i, i + 1, label=value.kind)
            return number, _behind_number(value, i, end, marks)
    if i in marks.names:
        end, name, kind = marks.names[i]
        return Unit(NAME, name.casefold(), i, end, label=kind), min(end, last)
    scale = knowledge.scales.match(words, relative)
    if scale:
        return Unit(SCALE, scale[1], i, i + scale[0]), i + scale[0]
    if word in knowledge.words.conditions:
        return Unit(CONDITION, CONDITION, i, i + 1), i + 1
    if not word[0].isalnum() or word in knowledge.words.function or word in knowledge.words.conjunctions:
        return None, i + 1
    if word[0].isdigit():
        return Unit(NUMBER, word, i, i + 1), i + 1
    return Unit(CONTENT, knowledge.root(word), i, i + 1, verb=_is_verb(analysis, i, words, relative, knowledge)), i + 1


def _behind_number(value: Value, first: int, end: int, marks: _Marks) -> int:
    """The token behind the numeral; what is counted is read as a word of its own."""
    if value.number is not None:
        return max(first + 1, min(end, _range(marks.starts, value.number)[1]))
    return max(first + 1, end - len((value.unit or "").split()))


def _is_verb(analysis: Analysis, i: int, words: Sequence[str], relative: int, knowledge: Knowledge) -> bool:
    tags = analysis.document.tags
    if tags:
        return tags[i] == "VERB"
    word = words[relative]
    before = words[relative - 1] if relative else ""
    prefixed = word.startswith(knowledge.words.verb_prefixes) and knowledge.root(word) != word
    return prefixed or before in knowledge.words.agents


def _enumerations(units: Sequence[Unit], words: Sequence[str], first: int, knowledge: Knowledge) -> tuple[Unit, ...]:
    """``units`` with the members of lists (``A, B, dan C``) numbered: single words between commas and a conjunction."""
    number = 0
    found = list(units)
    at = {unit.token: index for index, unit in enumerate(found)}
    for position, word in enumerate(words):
        if word not in knowledge.words.conjunctions:
            continue
        members = _members(at, words, position, first)
        if len(members) >= 2:
            for index in members:
                unit = found[index]
                found[index] = Unit(
                    unit.kind,
                    unit.key,
                    unit.token,
                    unit.last,
                    unit.negated,
                    unit.delayed,
                    unit.quoted,
                    unit.verb,
                    number,
                    unit.label,
                )
            number += 1
    return tuple(found)


def _members(at: Mapping[int, int], words: Sequence[str], position: int, first: int) -> list[int]:
    """The units of the list whose last member follows the conjunction at ``position``."""
    members = []
    if first + position + 1 in at:
        members.append(at[first + position + 1])
    i = position - 1
    if i >= 0 and words[i] == ",":
        i -= 1
    while i >= 0 and first + i in at:
        members.append(at[first + i])
        if i < 1 or words[i - 1] != ",":
            break
        i -= 2
    return sorted(members)
