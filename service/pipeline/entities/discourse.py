"""A document with its names in place: what titles and coreference look things up in.

``observe`` is called once for a document and its entities; the functions that take a ``Discourse`` share it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from service.pipeline.annotations import Document, Entity, Sentence, Span

_OPENING = frozenset("“«„")
# marks that close, and in some house styles open as well
_TURNING = frozenset('”»"')


class Mention(msgspec.Struct, frozen=True):
    """An entity at tokens ``first:last``; ``named`` tells names from references."""

    entity: Entity
    first: int
    last: int
    named: bool


@dataclass(frozen=True, slots=True)
class Discourse:
    """``mentions`` are the names by position, ``named`` those of each entity by its id, ``at`` the name that covers a
    token. ``quoted`` tells for each token whether it lies in a quotation, ``sentence_of`` its sentence's number."""

    document: Document
    entities: tuple[Entity, ...]
    starts: Sequence[int]
    mentions: tuple[Mention, ...]
    named: Mapping[str, Sequence[Mention]]
    at: Mapping[int, Mention]
    quoted: Sequence[bool]
    sentence_of: Sequence[int]
    # the titles of mentions, as they are found: several stages ask for them
    titles: dict[tuple[int, str], tuple[int, int] | None] = field(default_factory=dict)

    def tokens_in(self, span: Span) -> tuple[int, int]:
        """The half-open range of the tokens that overlap ``span``; empty where none does."""
        tokens = self.document.tokens
        first = max(0, bisect_right(self.starts, span.start) - 1)
        while first < len(tokens) and tokens[first].end <= span.start:
            first += 1
        last = first
        while last < len(tokens) and tokens[last].start < span.end:
            last += 1
        return first, last

    def sentence(self, token: int) -> Sentence:
        """The sentence that token ``token`` stands in."""
        return self.document.sentences[self.sentence_of[token]]


def observe(document: Document, entities: Sequence[Entity]) -> Discourse:
    """``document`` with its names in place; mentions that no token covers are left out."""
    tokens = document.tokens
    starts = [token.start for token in tokens]
    sentence_of = [0] * len(tokens)
    for number, sentence in enumerate(document.sentences):
        sentence_of[sentence.first : sentence.last] = [number] * (sentence.last - sentence.first)
    discourse = Discourse(document, tuple(entities), starts, (), {}, {}, _quoted(document), sentence_of)
    mentions = []
    for entity in entities:
        for span in entity.mentions:
            first, last = discourse.tokens_in(span)
            if first < last:
                mentions.append(Mention(entity, first, last, True))
    mentions.sort(key=lambda mention: mention.first)
    named: dict[str, list[Mention]] = {}
    for mention in mentions:
        named.setdefault(mention.entity.id, []).append(mention)
    at = {token: mention for mention in mentions for token in range(mention.first, mention.last)}
    return Discourse(document, tuple(entities), starts, tuple(mentions), named, at, discourse.quoted, sentence_of)


def _quoted(document: Document) -> list[bool]:
    """Which tokens lie between quotation marks, the marks included; a quotation ends with its paragraph."""
    quoted = [False] * len(document.tokens)
    inside, paragraph = False, -1
    for sentence in document.sentences:
        if sentence.paragraph != paragraph:
            inside, paragraph = False, sentence.paragraph
        for index in range(sentence.first, sentence.last):
            text = document.tokens[index].text
            if text in _OPENING:
                inside = True
            elif text in _TURNING:
                inside = not inside
                quoted[index] = True
                continue
            quoted[index] = inside
    return quoted
