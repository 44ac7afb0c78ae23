"""A claim made self-contained: pronouns and short names replaced by full names, relative dates followed by the day.

After the decontextualization of Choi et al. (2021), restricted to replacements that the annotations make sure of;
everything else stays as written. What is unsaid altogether (places, other participants) is not added.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.pipeline.annotations import Document, Entity, Span, Value
from service.pipeline.attribution import AttributedStatement
from service.pipeline.claims.lexicon import Knowledge

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_YEAR = re.compile(r"\d{4}")
_OPENS_WITH_CASE = frozenset({"assert", "promise", "estimate", "attitude"})


def self_contained(
    document: Document,
    span: Span,
    entities: Sequence[Entity],
    values: Sequence[Value],
    knowledge: Knowledge,
    statement: AttributedStatement | None = None,
) -> str | None:
    """The text of ``span`` with its references resolved; None where nothing in it needs that.

    ``entities`` are those that the span mentions, ``values`` those in it. In the content of a promise or an
    admission without a subject ("berjanji mengirim …") the speaker is put in front.
    """
    replacements = [*_names(document, span, entities), *_days(document, span, values, knowledge)]
    text = _apply(document.text, span, replacements)
    speaker = statement.attribution.speaker if statement is not None else None
    if statement is not None and speaker is not None and speaker.name and _lacks_subject(document, statement):
        text = f"{speaker.name} {text}"
    return text if text != document.text[span.start : span.end] else None


def _names(document: Document, span: Span, entities: Sequence[Entity]) -> list[tuple[Span, str]]:
    found: list[tuple[Span, str]] = []
    for entity in entities:
        for reference in entity.references:
            if span.contains(reference):
                joined = reference.start > 0 and document.text[reference.start - 1].isalnum()
                found.append((reference, f" {entity.name}" if joined else entity.name))
        if entity.type != "PERSON":
            continue
        for mention in entity.mentions:
            if span.contains(mention):
                written = document.text[mention.start : mention.end]
                if written != entity.name and set(written.split()) < set(entity.name.split()):
                    found.append((mention, entity.name))
    return found


def _days(document: Document, span: Span, values: Sequence[Value], knowledge: Knowledge) -> list[tuple[Span, str]]:
    found: list[tuple[Span, str]] = []
    for value in values:
        if value.kind != "date" or not value.from_ or not value.to or not span.contains(value.span):
            continue
        written = document.text[value.span.start : value.span.end]
        if _YEAR.search(written):
            continue
        first, last = _written_out(value.from_, knowledge), _written_out(value.to, knowledge)
        if first and last:
            shown = first if first == last else f"{first}–{last}"
            found.append((Span(value.span.end, value.span.end), f" [{shown}]"))
    return found


def _written_out(moment: str, knowledge: Knowledge) -> str | None:
    match = _DAY.match(moment)
    if not match or not 1 <= int(match[2]) <= 12:
        return None
    return f"{int(match[3])} {knowledge.data.months[int(match[2]) - 1]} {match[1]}"


def _apply(text: str, span: Span, replacements: Sequence[tuple[Span, str]]) -> str:
    parts: list[str] = []
    at = span.start
    for where, new in sorted(replacements):
        if where.start < at:
            continue
        parts += [text[at : where.start], new]
        at = where.end
    parts.append(text[at : span.end])
    return "".join(parts)


def _lacks_subject(document: Document, statement: AttributedStatement) -> bool:
    """Whether the content opens right behind the verb with a verb of its own."""
    cue = statement.attribution.cue
    if (
        statement.form == "direct"
        or statement.frame not in _OPENS_WITH_CASE
        or cue is None
        or cue.end > statement.span.start
    ):
        return False
    if document.text[cue.end : statement.span.start].strip():
        return False
    first = next((i for i, token in enumerate(document.tokens) if token.start == statement.span.start), None)
    return first is not None and bool(document.tags) and document.tags[first] in {"VERB", "AUX"}
