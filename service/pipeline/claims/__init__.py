"""Claims: what can be checked, attributed or in the article's own voice, with polarity, certainty and worth."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from service.pipeline.annotations import Attribution, Claim, Document, Entity, Span, Value
from service.pipeline.attribution import AttributedStatement
from service.pipeline.claims.clauses import Marks
from service.pipeline.claims.detection import narrated_spans
from service.pipeline.claims.factuality import certainty, polarity
from service.pipeline.claims.lexicon import Knowledge, load
from service.pipeline.claims.predicates import find_predicate
from service.pipeline.claims.rendering import self_contained
from service.pipeline.claims.worthiness import check_worthiness

__all__ = ["Knowledge", "find_claims", "load"]

_NARRATED_RULE = "narrated-clause"
_NARRATED_SCORE = 0.9


def find_claims(
    document: Document,
    entities: Sequence[Entity],
    values: Sequence[Value],
    statements: Sequence[AttributedStatement],
    knowledge: Knowledge,
) -> tuple[Claim, ...]:
    """The claims of a document in text order: every attributed statement, and every narrated clause beside them."""
    if not document.tokens:
        return ()
    found: list[tuple[Span, AttributedStatement | None]] = [(statement.span, statement) for statement in statements]
    found += [(span, None) for span in narrated_spans(document, statements, knowledge)]
    found.sort(key=lambda entry: (entry[0].start, -entry[0].end, entry[1] is None))
    index = _Index(document, entities, values)
    return tuple(
        _claim(f"c{number}", span, statement, document, index, knowledge)
        for number, (span, statement) in enumerate(found, 1)
    )


class _Index:
    """Tokens, entity mentions and values by their place."""

    def __init__(self, document: Document, entities: Sequence[Entity], values: Sequence[Value]) -> None:
        self._document = document
        self._starts = [token.start for token in document.tokens]
        self._mentions = sorted(
            (
                (span.start, span.end, n)
                for n, entity in enumerate(entities)
                for span in entity.mentions + entity.references
            )
        )
        self._mention_starts = [start for start, _, _ in self._mentions]
        self._entities = entities
        self._values = sorted(values, key=lambda value: (value.span.start, value.span.end, value.id))
        self._value_starts = [value.span.start for value in self._values]

    def tokens(self, span: Span) -> tuple[int, int]:
        return bisect.bisect_left(self._starts, span.start), bisect.bisect_left(self._starts, span.end)

    def words(self, span: Span) -> list[str]:
        first, last = self.tokens(span)
        return [token.lower for token in self._document.tokens[first:last]]

    def entities(self, span: Span) -> list[Entity]:
        first = bisect.bisect_left(self._mention_starts, span.start)
        last = bisect.bisect_left(self._mention_starts, span.end)
        numbers = dict.fromkeys(n for _, end, n in self._mentions[first:last] if end <= span.end)
        return [self._entities[n] for n in numbers]

    def marks(self, span: Span, values: Sequence[Value], attribution: Attribution | None) -> Marks:
        """What is marked in ``span``, by the token at which it begins."""
        first = bisect.bisect_left(self._mention_starts, span.start)
        last = bisect.bisect_left(self._mention_starts, span.end)
        starts = self._starts
        named = {
            (bisect.bisect_left(starts, start), bisect.bisect_left(starts, end)): self._entities[n]
            for start, end, n in self._mentions[first:last]
            if end <= span.end
        }
        stated = {self.tokens(value.span): value for value in values}
        return Marks(
            {begin: (end, entity) for (begin, end), entity in named.items() if begin < end},
            {begin: (end, value) for (begin, end), value in stated.items() if begin < end},
            self._framed(span, attribution),
        )

    def _framed(self, span: Span, attribution: Attribution | None) -> tuple[int, int]:
        """The tokens of the reporting verb and its source that stand inside ``span``."""
        speaker = attribution.speaker.span if attribution and attribution.speaker else None
        cue = attribution.cue if attribution else None
        inner = [self.tokens(part) for part in (cue, speaker) if part is not None and span.contains(part)]
        if cue is None or not span.contains(cue):
            return 0, 0
        return min(first for first, _ in inner), max(last for _, last in inner)

    def values(self, span: Span) -> list[Value]:
        first = bisect.bisect_left(self._value_starts, span.start)
        last = bisect.bisect_left(self._value_starts, span.end)
        return [value for value in self._values[first:last] if value.span.end <= span.end]


def _claim(
    id_: str,
    span: Span,
    statement: AttributedStatement | None,
    document: Document,
    index: _Index,
    knowledge: Knowledge,
) -> Claim:
    words = index.words(span)
    inside, numbers = index.entities(span), index.values(span)
    frame = statement.frame if statement else ""
    attribution = statement.attribution if statement else None
    direct = statement is not None and statement.form == "direct"
    pole = polarity(words, knowledge, frame, direct)
    sure = certainty(words, knowledge, frame)
    speaker = attribution.speaker if attribution else None
    source_words = index.words(speaker.span) if speaker and speaker.span else []
    predicate, arguments = find_predicate(
        document, index.tokens(span), index.marks(span, numbers, attribution), knowledge
    )
    return Claim(
        id=id_,
        span=span,
        form=statement.form if statement else "narrated",
        attribution=attribution,
        entities=tuple(entity.id for entity in inside),
        values=tuple(value.id for value in numbers),
        polarity=pole,
        certainty=sure,
        check_worthiness=check_worthiness(words, inside, numbers, attribution, pole, sure, source_words, knowledge),
        score=statement.score if statement else _NARRATED_SCORE,
        rule=statement.rule if statement else _NARRATED_RULE,
        text=self_contained(document, span, inside, numbers, knowledge, statement),
        predicate=predicate,
        arguments=arguments,
    )
