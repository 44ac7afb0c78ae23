"""Rows of the attribution specs: a text, the names in it, and what is to be found said by whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from service.pipeline import attribution, document
from service.pipeline.annotations import Article, Document, Entity, Span

FOLDER = Path(__file__).parents[2] / "specs" / "id" / "attribution"


def rows() -> Iterator[tuple[str, Mapping[str, Any]]]:
    for file in sorted(FOLDER.glob("*.yaml")):
        for number, row in enumerate(yaml.safe_load(file.read_text(encoding="utf-8")), 1):
            yield f"{file.stem}-{number}", row


def read(text: str) -> Document:
    return document.read(Article("a", text, language="id"), document.load("id"))


def entities(text: str, names: Mapping[str, Sequence[str]]) -> tuple[Entity, ...]:
    """An entity for each name; "canonical|other form" gives one entity all the forms."""
    found = []
    forms = [(kind, entry.split("|")) for kind, entries in names.items() for entry in entries]
    taken: list[Span] = []
    for kind, spellings in sorted(forms, key=lambda form: -len(form[1][0])):
        mentions: list[Span] = []
        for spelling in sorted(spellings, key=len, reverse=True):
            start = text.find(spelling)
            while start >= 0:
                span = Span(start, start + len(spelling))
                if not any(span.overlaps(other) for other in taken):
                    mentions.append(span)
                    taken.append(span)
                start = text.find(spelling, start + 1)
        if not mentions:
            raise ValueError(f"no {spellings} in {text!r}")
        found.append(Entity(f"e{len(found)}", kind, spellings[0], tuple(sorted(mentions))))
    return tuple(found)


def find(row: Mapping[str, Any]) -> tuple[attribution.AttributedStatement, ...]:
    read_ = read(row["text"])
    return attribution.find_attributions(read_, entities(row["text"], row.get("names", {})), attribution.load("id"))
