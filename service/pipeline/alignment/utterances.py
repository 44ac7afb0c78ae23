"""What speakers are quoted with, made comparable sentence by sentence: words, meanings, who said it.

Two utterances are likened by the words that stand in both in the same order, words of one sense counting as one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.reading import Reading
from service.pipeline.annotations import Claim, Span

_ENDS = frozenset(".?!…;")
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Utterance:
    """One sentence of an attributed claim. ``words`` are its lower-case words, ``content`` those that carry meaning,
    ``concepts`` what these mean; ``negators`` the places of negations among the words."""

    reading: Reading
    claim: Claim
    span: Span
    words: tuple[str, ...]
    content: tuple[str, ...]
    concepts: tuple[str, ...]
    speaker: str | None
    speakers: frozenset[str]
    negators: frozenset[int]

    @property
    def quoted(self) -> bool:
        return self.claim.form in ("direct", "mixed")


def utterances(readings: Sequence[Reading], lexicon: Lexicon) -> list[Utterance]:
    """The sentences of the attributed claims of all articles, in order."""
    found = []
    for reading in readings:
        for claim in reading.analysis.claims:
            if claim.attribution is not None and not claim.attribution.anonymous:
                for first, last in _sentences(reading, claim):
                    utterance = _utterance(reading, claim, first, last, lexicon)
                    if utterance is not None:
                        found.append(utterance)
    return found


def _sentences(reading: Reading, claim: Claim) -> Iterator[tuple[int, int]]:
    """Token ranges of the claim between marks that end a sentence."""
    first = None
    for index, token in enumerate(reading.document.tokens):
        if token.start < claim.span.start:
            continue
        if token.end > claim.span.end:
            break
        if first is None:
            first = index
        if token.text in _ENDS:
            yield first, index + 1
            first = None
    else:
        index = len(reading.document.tokens)
    if first is not None and first < index:
        yield first, index


def _utterance(reading: Reading, claim: Claim, first: int, last: int, lexicon: Lexicon) -> Utterance | None:
    inside = [i for i in range(first, last) if reading.words[i][0].isalnum() and not reading.frame[i]][:_LONGEST]
    content = [i for i in inside if reading.words[i] not in lexicon.light]
    if not content:
        return None
    speaker = claim.attribution.speaker if claim.attribution else None
    return Utterance(
        reading,
        claim,
        reading.span(inside[0], inside[-1] + 1),
        tuple(reading.words[i] for i in inside),
        tuple(reading.words[i] for i in content),
        tuple(_meaning(reading, i, lexicon) for i in content),
        speaker.name if speaker else None,
        _speakers(reading, reading.span(first, last)),
        frozenset(place for place, i in enumerate(inside) if reading.words[i] in lexicon.negators),
    )


def _speakers(reading: Reading, span: Span) -> frozenset[str]:
    """All to whom the article gives these words: nested statements have several sources."""
    names: set[str] = set()
    for claim in reading.analysis.claims:
        if claim.attribution and claim.span.overlaps(span):
            sources = (claim.attribution.speaker, *claim.attribution.via)
            names |= {source.name for source in sources if source is not None and source.name}
    return frozenset(names)


def _meaning(reading: Reading, index: int, lexicon: Lexicon) -> str:
    mention = reading.mention_at[index]
    return mention.name if mention is not None else reading.concepts[index] or reading.words[index]


def harmonize(one: Utterance, other: Utterance, lexicon: Lexicon) -> tuple[str, ...]:
    """The concepts of ``other`` with those that are synonyms of concepts of ``one`` replaced by these."""
    missing = [i for i, concept in enumerate(one.concepts) if concept not in other.concepts]
    result = []
    for word, concept in zip(other.content, other.concepts, strict=True):
        match = None
        if concept not in one.concepts:
            match = next((i for i in missing if lexicon.synonymous(one.content[i], word)), None)
        if match is not None:
            missing.remove(match)
        result.append(one.concepts[match] if match is not None else concept)
    return tuple(result)


@dataclass(frozen=True, slots=True)
class Alignment:
    """How the words of two utterances match: ``likeness`` over both, ``coverage`` of the shorter, and how many
    negations stand in each within the aligned stretch."""

    likeness: float
    coverage: float
    negations: tuple[int, int]


def align(one: Utterance, other: Utterance) -> Alignment:
    """Align two utterances word by word, in order (Ratcliff and Obershelp)."""
    matcher = SequenceMatcher(None, one.words, other.words, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    matched = sum(block.size for block in blocks)
    if not blocks:
        return Alignment(0.0, 0.0, (0, 0))
    ranges = (
        range(blocks[0].a, blocks[-1].a + blocks[-1].size),
        range(blocks[0].b, blocks[-1].b + blocks[-1].size),
    )
    negations = (sum(i in ranges[0] for i in one.negators), sum(i in ranges[1] for i in other.negators))
    return Alignment(matcher.ratio(), matched / min(len(one.words), len(other.words)), negations)


def likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """Share of the words that stand in both in the same order (Ratcliff and Obershelp), from 0 to 1."""
    if not one or not other:
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
