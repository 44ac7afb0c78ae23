"""Who and what is named: recognition, then entities with canonical names, identifiers and references."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.pipeline.annotations import Analysis, Document, Entity
from service.pipeline.entities import knowledge as name_knowledge
from service.pipeline.entities import recognition, unification
from service.pipeline.entities.coreference import with_references
from service.pipeline.entities.recognition import Recognition
from service.pipeline.entities.resolution import resolve_names


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The model that finds names, and what is known of names in general."""

    model: recognition.Model | None
    names: name_knowledge.Knowledge


@functools.cache
def load(code: str) -> Knowledge:
    """The model and the knowledge of language ``code``; raises where a file is missing or wrong."""
    return Knowledge(recognition.load(code), name_knowledge.load(code))


def find_entities(document: Document, knowledge: Knowledge) -> tuple[Document, tuple[Entity, ...]]:
    """``document`` with part-of-speech tags, and its entities in the order of their first mention."""
    return next(find_all([document], knowledge))


def find_all(documents: Sequence[Document], knowledge: Knowledge) -> Iterator[tuple[Document, tuple[Entity, ...]]]:
    """The same for each of ``documents``, in their order, as they are asked for; together they cost less."""
    if knowledge.model is None:
        yield from ((document, ()) for document in documents)
        return
    for tagged, names in recognition.tag_all(documents, knowledge.model):
        yield tagged, resolve(tagged, names, knowledge.names)


def resolve(
    document: Document, names: Sequence[Recognition], knowledge: name_knowledge.Knowledge
) -> tuple[Entity, ...]:
    """The entities that ``names`` (by position, not overlapping) are mentions of, with their references."""
    return with_references(document, resolve_names(document, names, knowledge), knowledge)


def unify_names(analyses: Sequence[Analysis], knowledge: Knowledge) -> tuple[Analysis, ...]:
    """``analyses`` with canonical names that agree across the articles."""
    return unification.unify_names(analyses, knowledge.names)
