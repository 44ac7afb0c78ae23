"""Articles with their names marked: ``{form|TYPE}`` is a recognised name, ``<form>`` the words that are asked for."""

import re
from dataclasses import dataclass

from service.pipeline import document
from service.pipeline.annotations import Article, Document, Entity, Span
from service.pipeline.entities import knowledge, resolve
from service.pipeline.entities.recognition import Recognition

KNOWLEDGE = knowledge.load("id")
_READING = document.load("id")
_MARKS = re.compile(r"\{|\|([A-Z]+)\}|<|>")


@dataclass(frozen=True)
class Marked:
    """A document, its names and entities, and the span that was asked for."""

    document: Document
    names: tuple[Recognition, ...]
    entities: tuple[Entity, ...]
    asked: Span | None

    @property
    def canonical(self) -> list[str]:
        """The canonical name of each marked name, in order."""
        by_start = {span.start: entity.name for entity in self.entities for span in entity.mentions}
        return [by_start[name.start] for name in self.names]


def read(marked: str, article: str = "a") -> Marked:
    """The document and entities of a marked text."""
    pieces, names, position = [], [], 0
    length, start, opened, asked = 0, 0, 0, None
    for mark in _MARKS.finditer(marked):
        pieces.append(marked[position : mark.start()])
        length += mark.start() - position
        position = mark.end()
        if mark.group() == "{":
            start = length
        elif mark.group() == "<":
            opened = length
        elif mark.group() == ">":
            asked = Span(opened, length)
        else:
            names.append(Recognition(start, length, mark.group(1), 1.0, "marked"))
    text = "".join([*pieces, marked[position:]])
    seen = document.read(Article(article, text, language="id"), _READING)
    return Marked(seen, tuple(names), resolve(seen, names, KNOWLEDGE), asked)
