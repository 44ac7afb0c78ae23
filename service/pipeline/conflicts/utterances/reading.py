"""Attributed claims as utterances: who said what, cut into sentences and opposed clauses, and on which occasion.

Does not resolve pronouns, nor who a ``we`` is.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Mapping, Sequence

import msgspec

from service.pipeline.annotations import Analysis, Claim, Span, Speaker, Token
from service.pipeline.attribution.quotations import DOUBLE
from service.pipeline.conflicts.utterances.language import Knowledge
from service.pipeline.conflicts.utterances.units import CONDITION, Marks, Unit, mark, read_units
from service.pipeline.entities.names import fold

_STOPS = frozenset({".", "!", "?", ";", ":", "…", "...", "—", "–"})
_MAXIMUM_TOKENS = 80

Signature = tuple[tuple[str, bool], ...]
"""The keys of the units of a segment, and whether each is negated."""


class Segment(msgspec.Struct, frozen=True):
    """A sentence, or a clause that stands against another, of an utterance.

    ``words`` are its lower-case words; ``quoted`` tells whether any of it stands in quotation marks; ``condition``
    holds the tokens of a condition; ``signature`` is what it says, whatever its function words. Sentences of more than
    80 tokens are cut there, so that comparing two segments takes bounded time.
    """

    units: tuple[Unit, ...]
    words: tuple[str, ...]
    span: Span
    quoted: bool
    condition: range
    signature: Signature

    @property
    def conditional(self) -> bool:
        """Whether it holds a condition."""
        return len(self.condition) > 0


class Utterance(msgspec.Struct, frozen=True):
    """An attributed claim of article number ``order``. ``source`` is the folded name of who said it; ``occasions`` and
    ``days`` say when it was said, by the words and dates of its sentences outside the claim."""

    order: int
    analysis: Analysis
    claim: Claim
    source: str
    segments: tuple[Segment, ...]
    occasions: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()


def read_utterances(analyses: Sequence[Analysis], knowledge: Knowledge) -> list[Utterance]:
    """The claims with a speaker of all articles, in their order."""
    people = _people(analyses)
    found = []
    for order, analysis in enumerate(analyses):
        if not analysis.document.tokens or not any(claim.attribution for claim in analysis.claims):
            continue
        marks = mark(analysis)
        for claim in analysis.claims:
            if claim.attribution is None or claim.attribution.speaker is None:
                continue
            segments = _segments(analysis, claim, marks, knowledge)
            if segments:
                source = _source(name_of(analysis, claim.attribution.speaker), people, knowledge)
                setting = _setting(analysis, claim, marks, knowledge)
                found.append(Utterance(order, analysis, claim, source, segments, *setting))
    return found


def name_of(analysis: Analysis, speaker: Speaker) -> str:
    """The speaker's canonical name, else the phrase as written."""
    if speaker.name:
        return speaker.name
    return analysis.document.text_of(speaker.span) if speaker.span else ""


def _people(analyses: Sequence[Analysis]) -> Mapping[str, tuple[str, ...]]:
    """The folded names, of two words or more, of the people of all articles, by their first and last words."""
    names = {fold(e.name) for analysis in analyses for e in analysis.entities if e.type == "PERSON"}
    found: dict[str, tuple[str, ...]] = {}
    for name in sorted(names):
        if " " in name:
            for word in dict.fromkeys((name.split(" ", 1)[0], name.rsplit(" ", 1)[1])):
                found[word] = (*found.get(word, ()), name)
    return found


def _source(name: str, people: Mapping[str, tuple[str, ...]], knowledge: Knowledge) -> str:
    """``name`` folded, doubled words made single (``negara-negara``); a person's name alone where titles precede it.

    A single word stands for the one person of any article whose name opens with it ("Yusran" for "Yusran Tamrin").
    """
    words = [word for word, _ in itertools.groupby(fold(name).split())]
    folded = " ".join(words)
    if len(words) == 1:
        full = [person for person in people.get(folded, ()) if person.startswith(f"{folded} ")]
        return full[0] if len(full) == 1 else folded
    if words and knowledge.words.conjunctions.isdisjoint(words):
        for person in people.get(words[-1], ()):
            if folded.endswith(f" {person}"):
                return person
    return folded


def _setting(
    analysis: Analysis, claim: Claim, marks: Marks, knowledge: Knowledge
) -> tuple[frozenset[str], frozenset[str]]:
    """The kinds of occasion and the days that the sentences of ``claim`` and of its cue name outside of it."""
    document = analysis.document
    cue = claim.attribution.cue if claim.attribution else None
    reach = Span(min(claim.span.start, cue.start), max(claim.span.end, cue.end)) if cue else claim.span
    occasions: set[str] = set()
    days: set[str] = set()
    number = max(0, bisect.bisect_right(marks.sentences, reach.start) - 1)
    while number < len(document.sentences) and document.sentences[number].start < reach.end:
        sentence = document.sentences[number]
        words = [token.lower for token in document.tokens_of(sentence)]
        spots = frozenset(knowledge.occasions.spots(words))
        for index in range(len(words)):
            token = sentence.first + index
            if claim.span.start <= document.tokens[token].start < claim.span.end:
                continue
            occasion = knowledge.occasions.match(words, index) if index in spots else None
            if occasion:
                occasions.add(occasion[1])
            if token in marks.values and (day := marks.values[token][1].from_):
                days.add(day[:10])
        number += 1
    return frozenset(occasions), frozenset(days)


def _segments(analysis: Analysis, claim: Claim, marks: Marks, knowledge: Knowledge) -> tuple[Segment, ...]:
    tokens = analysis.document.tokens
    first, last = marks.tokens(claim.span)
    quoted = _quoted(tokens, first, last, claim)
    bounds = [first]
    for i in range(first + 1, last):
        opens = tokens[i].lower in knowledge.words.clause_openers and tokens[i - 1].text == ","
        if tokens[i - 1].text in _STOPS or opens or i - bounds[-1] >= _MAXIMUM_TOKENS:
            bounds.append(i)
    bounds.append(last)
    found = []
    for start, end in itertools.pairwise(bounds):
        units = read_units(analysis, start, end, quoted[start - first : end - first], marks, knowledge)
        if units:
            found.append(_segment(tokens, start, end, units))
    return tuple(found)


def _segment(tokens: Sequence[Token], first: int, last: int, units: tuple[Unit, ...]) -> Segment:
    return Segment(
        units,
        tuple(token.lower for token in tokens[first:last] if token.text[0].isalnum()),
        _span(tokens, first, last),
        any(unit.quoted for unit in units),
        _condition(tokens, last, units),
        tuple((unit.key, unit.negated) for unit in units),
    )


def _condition(tokens: Sequence[Token], last: int, units: Sequence[Unit]) -> range:
    """The tokens from the first conditional word to the comma behind it, or to the end."""
    first = next((unit.token for unit in units if unit.kind == CONDITION), last)
    end = next((i for i in range(first, last) if tokens[i].text == ","), last)
    return range(first, end)


def _quoted(tokens: Sequence[Token], first: int, last: int, claim: Claim) -> list[bool]:
    """Whether each token of the claim stands in quotation marks; all of a direct quotation's do."""
    inside = claim.form == "direct"
    found = []
    for token in tokens[first:last]:
        if token.text in DOUBLE and claim.form != "direct":
            inside = not inside
        found.append(inside)
    return found


def _span(tokens: Sequence[Token], first: int, last: int) -> Span:
    """The span of tokens ``first:last`` without the marks at its ends."""
    while last - 1 > first and not tokens[last - 1].text[0].isalnum():
        last -= 1
    while first < last - 1 and not tokens[first].text[0].isalnum():
        first += 1
    return Span(tokens[first].start, tokens[last - 1].end)
