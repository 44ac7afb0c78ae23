"""An analysed article made ready for comparison: what its tokens mean and which name or value they are part of."""

from __future__ import annotations

import bisect
import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import msgspec

from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.annotations import Analysis, Claim, Document, Entity, Sentence, Span, Value

Cover = Callable[[Span], tuple[int, int]]
_WORD = 2
_TITLE = 4


class Mention(msgspec.Struct, frozen=True, gc=False):
    """A name as it stands in the text: tokens ``first:last``, the canonical name and the entity's type."""

    first: int
    last: int
    name: str
    type: str


_beginning = operator.attrgetter("first")
_token_start, _token_end = operator.attrgetter("start"), operator.attrgetter("end")


class Amount(msgspec.Struct, frozen=True):
    """A value as it stands in the text: tokens ``first:last``."""

    first: int
    last: int
    value: Value


@dataclass(frozen=True, slots=True)
class Reading:
    """One article's tokens with all that was found in them.

    ``concepts`` holds one concept a token, empty for marks, function words, names and values; ``mention_at`` and
    ``amount_at`` say which name or value a token belongs to; ``claim_at`` the innermost attributed claim, ``frame``
    whether it only says who speaks. ``kinds`` holds the type of each name as it is mentioned first, ``bodies`` those
    names that are of bodies, ``people`` those that are mentioned as people.
    """

    order: int
    analysis: Analysis
    words: tuple[str, ...]
    concepts: tuple[str, ...]
    mentions: tuple[Mention, ...]
    amounts: tuple[Amount, ...]
    mention_at: tuple[Mention | None, ...]
    amount_at: tuple[Amount | None, ...]
    claim_at: tuple[Claim | None, ...]
    frame: tuple[bool, ...]
    phrases: frozenset[int]
    affiliations: Mapping[str, frozenset[str]]
    kinds: Mapping[str, str]
    bodies: frozenset[str]
    people: frozenset[str]

    @property
    def document(self) -> Document:
        """The article as read."""
        return self.analysis.document

    def tokens_in(self, span: Span) -> tuple[int, int]:
        """The tokens ``first:last`` that lie in ``span``, wholly or in part."""
        tokens = self.analysis.document.tokens
        first = bisect.bisect_right(tokens, span.start, key=_token_end)
        return first, bisect.bisect_left(tokens, span.end, key=_token_start)

    def span(self, first: int, last: int) -> Span:
        """The span of tokens ``first:last``."""
        tokens = self.analysis.document.tokens
        return Span(tokens[first].start, tokens[last - 1].end)

    def mentions_in(self, first: int, last: int) -> tuple[Mention, ...]:
        """The names that begin in tokens ``first:last``."""
        low = bisect.bisect_left(self.mentions, first, key=_beginning)
        return self.mentions[low : bisect.bisect_left(self.mentions, last, low, key=_beginning)]

    def is_verb(self, index: int, lexicon: Lexicon) -> bool:
        """Whether the token at ``index`` is, or may well be, the predicate of its clause."""
        concept = self.concepts[index]
        if index in self.phrases:
            return lexicon.kind(concept) in ("status", "event")
        if not concept or self.words[index] in lexicon.light or self.words[index] in lexicon.preposition:
            return False
        tags = self.analysis.document.tags
        kind = lexicon.kind(concept)
        if kind == "thing":
            return False
        if kind == "measure":
            return bool(tags) and tags[index] == "VERB"
        if index > 0 and self.words[index - 1] in lexicon.scopes.agents and kind is None:
            return True
        if tags:
            if kind is None:
                return tags[index] == "VERB" and not lexicon.is_root(self.words[index])
            if tags[index] == "VERB":
                return True
            if tags[index] in {"ADJ", "X"}:
                return True
        return lexicon.looks_like_verb(self.words[index], concept)


def read(order: int, analysis: Analysis, lexicon: Lexicon) -> Reading:
    """Make ``analysis``, the article number ``order`` of the request, ready for comparison."""
    document = analysis.document
    starts = [token.start for token in document.tokens]
    ends = [token.end for token in document.tokens]
    count = len(starts)

    def cover(span: Span) -> tuple[int, int]:
        return bisect.bisect_right(ends, span.start), bisect.bisect_left(starts, span.end)

    mention_at: list[Mention | None] = [None] * count
    mentions = _mentions(analysis.entities, cover, mention_at)
    amount_at: list[Amount | None] = [None] * count
    amounts = []
    for value in analysis.values:
        first, last = cover(value.span)
        if first < last:
            amount = Amount(first, last, value)
            amounts.append(amount)
            amount_at[first:last] = [amount] * (last - first)
    words = [token.lower for token in document.tokens]
    claim_at, frame = _claims(analysis.claims, cover, count)
    named: list[object | None] = list(mention_at)
    types = {entity.name: entity.type for entity in analysis.entities}
    concepts, phrases = _concepts(words, named, lexicon, document.sentences)
    return Reading(
        order,
        analysis,
        tuple(words),
        tuple(concepts),
        tuple(mentions),
        tuple(sorted(amounts, key=lambda amount: (amount.first, amount.last))),
        tuple(mention_at),
        tuple(amount_at),
        tuple(claim_at),
        tuple(frame),
        frozenset(phrases),
        _affiliations(mentions, words),
        {mention.name: mention.type for mention in reversed(mentions)},
        frozenset(name for name, kind in types.items() if kind == "ORG"),
        frozenset(mention.name for mention in mentions if mention.type == "PERSON"),
    )


def _mentions(entities: Iterable[Entity], cover: Cover, mention_at: list[Mention | None]) -> list[Mention]:
    found = []
    for entity in entities:
        for span in (*entity.mentions, *entity.references):
            first, last = cover(span)
            if first < last:
                found.append(Mention(first, last, entity.name, entity.type))
    # an inner name (a country in an office's name) gives way to the outer one
    found.sort(key=lambda mention: (mention.first, -mention.last))
    kept: list[Mention] = []
    for mention in found:
        if kept and mention.first < kept[-1].last:
            continue
        kept.append(mention)
        mention_at[mention.first : mention.last] = [mention] * (mention.last - mention.first)
    return kept


def _claims(claims: Iterable[Claim], cover: Cover, count: int) -> tuple[list[Claim | None], list[bool]]:
    claim_at: list[Claim | None] = [None] * count
    frame = [False] * count
    attributed = [claim for claim in claims if claim.attribution]
    for claim in sorted(attributed, key=lambda claim: claim.span.start - claim.span.end):
        first, last = cover(claim.span)
        claim_at[first:last] = [claim] * (last - first)
    for claim in attributed:
        assert claim.attribution is not None
        speaker = claim.attribution.speaker
        for span in (claim.attribution.cue, speaker.span if speaker else None):
            if span is not None:
                first, last = cover(span)
                frame[first:last] = [True] * (last - first)
    return claim_at, frame


def _concepts(
    words: list[str], named: list[object | None], lexicon: Lexicon, sentences: Iterable[Sentence]
) -> tuple[list[str], set[int]]:
    concepts = [""] * len(words)
    phrases: set[int] = set()
    for sentence in sentences:
        index = sentence.first
        while index < sentence.last:
            if named[index] is not None:
                index += 1
                continue
            phrase = lexicon.phrases.match(words, index)
            if phrase:
                concepts[index] = phrase[1]
                phrases.add(index)
                index += phrase[0]
                continue
            word = words[index]
            if word[0].isalpha() and len(word) >= _WORD:
                concepts[index] = lexicon.concept(word)
            index += 1
    return concepts, phrases


def _affiliations(mentions: Iterable[Mention], words: list[str]) -> dict[str, frozenset[str]]:
    """For each person the names of the bodies and countries that stand right in front of the name, or in a bracket or
    a comma of it."""
    found: dict[str, set[str]] = {}
    last: Mention | None = None
    for mention in mentions:
        if mention.type == "PERSON" and last is not None and last.type in {"ORG", "GPE"}:
            between = words[last.last : mention.first]
            if len(between) <= _TITLE and not any(word in '.;:"“”' for word in between):
                found.setdefault(mention.name, set()).add(last.name)
        last = mention
    return {name: frozenset(bodies) for name, bodies in found.items()}
