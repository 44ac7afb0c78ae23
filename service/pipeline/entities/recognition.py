"""Names in a document: the encoder's names with their types, closed lists, and what one mention tells of another.

``tag`` gives the Universal POS tags and the names in one pass of the encoder, ``tag_all`` those of several documents.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from service.pipeline.annotations import Document, Sentence
from service.pipeline.entities import encoder, labelling, lexicon
from service.pipeline.entities.name_rules import (
    addressed,
    bodies,
    boundaries,
    evidence,
    firms,
    headed,
    joins,
    likely,
    lists,
    marks,
    openers,
    outlets,
    pairs,
    presented,
    relays,
    repeats,
    series,
    short_forms,
    spans,
)
from service.pipeline.entities.name_rules import offices as name_offices
from service.pipeline.entities.name_rules import types as name_types
from service.pipeline.entities.offices import knowledge as office_knowledge

MODELS = Path(__file__).resolve().parents[3] / "models"


class Recognition(msgspec.Struct, frozen=True, gc=False):
    """A name: code points ``start:end``, a type of the contract, a score between 0 and 1, and what found it."""

    start: int
    end: int
    type: str
    score: float
    rule: str


@dataclass(frozen=True)
class Model:
    """The encoder and the knowledge of one language."""

    encoder: encoder.Encoder
    types: name_types.TypeKnowledge
    offices: office_knowledge.OfficeKnowledge


@functools.cache
def load(code: str) -> Model:
    """The model of language ``code``, read once a process; raises OSError or LanguageDataError where it is missing."""
    words = lexicon.load(MODELS / "names")
    types = name_types.load(code)
    offices = office_knowledge.load(code, types.heads, MODELS / "names" / "person_words.npy")
    return Model(encoder.load(MODELS / "encoder", words), types, offices)


def recognize(document: Document, model: Model) -> tuple[Recognition, ...]:
    """The names of ``document``, by position, not overlapping."""
    return tag(document, model)[1]


def tag(document: Document, model: Model) -> tuple[Document, tuple[Recognition, ...]]:
    """``document`` with Universal POS tags, and its names by position, not overlapping."""
    return next(tag_all([document], model))


def tag_all(documents: Sequence[Document], model: Model) -> Iterator[tuple[Document, tuple[Recognition, ...]]]:
    """The same for each of ``documents``, in their order, as they are asked for."""
    for together in labelling.passes(documents):
        split = [pairs.split_pairs(document, model.types, model.offices) for document in together]
        labels = labelling.label([finer for finer, _ in split], model.encoder)
        for document, (finer, origins), told in zip(together, split, labels, strict=True):
            if not document.tokens:
                yield document, ()
                continue
            names = resolve(dataclasses.replace(finer, tags=told.tags), told.names, model, told.chances)
            coarse = [""] * len(document.tokens)
            for tag_, origin in zip(reversed(told.tags), reversed(origins), strict=True):
                coarse[origin] = tag_
            yield dataclasses.replace(document, tags=tuple(coarse)), names


def resolve(
    document: Document,
    found: Sequence[spans.NameSpan],
    model: Model,
    chances: Sequence[Sequence[float]] | None = None,
) -> tuple[Recognition, ...]:
    """The encoder's names ``found`` in ``document``, mended, completed and typed by the rules, in their order.

    ``chances`` are the encoder's that a token lies in the name of a person, body or place, one row a token.
    """
    text = spans.NameText(document, found, model.encoder.lexicon, model.types)
    text.chances = chances
    for sentence in document.sentences:
        boundaries.mend(text, sentence)
        lists.add_listed(text, sentence)
        marks.mend(text, sentence)
        joins.extend_heads(text, sentence)
        joins.join_numbered_units(text, sentence)
        joins.extend_numbered(text, sentence)
        joins.extend_units(text, sentence)
        joins.join_enumerations(text, sentence)
        headed.add_headed(text, sentence)
        headed.add_firms(text, sentence)
        headed.add_programmes(text, sentence)
        headed.add_models(text, sentence)
        headed.add_tailed(text, sentence)
        addressed.add_ranked(text, sentence)
        addressed.add_addressed(text, sentence)
        outlets.add_hosts(text, sentence)
        short_forms.add_short_forms(text, sentence)
        joins.join_units(text, sentence)
        joins.join_facilities(text, sentence)
        joins.join_openers(text, sentence)
        joins.join_bracketed(text, sentence)
        joins.join_missions(text, sentence)
        # once more behind the names that were joined ("Otoritas … Arab Saudi (GACA)")
        short_forms.add_short_forms(text, sentence)
        series.agree(text, sentence)
        lists.mark_peoples(text, sentence)
        lists.drop_currencies(text, sentence)
        evidence.weigh(text, sentence)
        outlets.add_source(text, sentence)
        if sentence.role == "dateline":
            outlets.read_dateline(text, sentence)
    bodies.complete(text, model.offices)
    short_forms.add_initials(text)
    openers.drop_openers(text, model.offices)
    firms.extend_firms(text, model.offices)
    firms.join_traded(text, model.offices)
    presented.add_presented(text, model.offices)
    name_offices.resolve_offices(text, model.offices)
    relays.mark_outlets(text, model.offices)
    bodies.settle(text, model.offices)
    likely.settle(text, model.offices)
    repeats.repeat(text)
    for sentence in document.sentences:
        if text.inside(sentence):
            _settle(text, sentence)
    tokens = document.tokens
    return tuple(
        Recognition(tokens[n.first].start, tokens[n.last - 1].end, n.type, round(n.score, 3), n.rule)
        for n in text.names()
    )


def _settle(text: spans.NameText, sentence: Sentence) -> None:
    """The rules that look at the names of ``sentence`` once more when those of the document are known."""
    joins.extend_heads(text, sentence)
    joins.join_units(text, sentence)
    lists.drop_currencies(text, sentence)
    evidence.drop_ranks(text, sentence)
    marks.leave_degrees(text, sentence)
    marks.leave_letters(text, sentence)
    if text.case(sentence) == spans.MIXED:
        joins.join_parts(text, sentence)
    boundaries.drop_common(text, sentence)
