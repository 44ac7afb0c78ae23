"""Text to Document: language, paragraphs, boilerplate, dateline, sentences, tokens."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from service.languages import loader
from service.pipeline.annotations import Article, Document, Sentence, Span, Token
from service.pipeline.document import language, layout
from service.pipeline.document.sentences import sentence_bounds
from service.pipeline.document.tokens import tokenize

UNSUPPORTED_LANGUAGE = "unsupported_language"
NO_CONTENT = "no_content"

# A place and an outlet, or either, in front of a dash: "DEMAK, HARIAN NUSA –", "Jakarta (Mandala) -", "KLIKWARTAKU —".
_DATELINE = re.compile(
    r"(?P<origin>[^-–—.?!:;\"“”\n]{2,40}(?:[.-][^-–—?!:;\"“”\n]{1,40})?)\s*(?:\s--?|[–—])\s+(?=[\"“‘'(\w])"
)
_DATELINE_WORDS = 9
_DATELINE_LINES = 3
_BODY_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What reading needs: the language's layout data and the profiles of all languages."""

    code: str
    layout: layout.Layout
    profiles: language.Profiles


@functools.cache
def load(code: str) -> Knowledge:
    """The reading knowledge of language ``code``."""
    return Knowledge(code, loader.load(code, "document", layout.Layout), language.load())


def read(article: Article, knowledge: Knowledge) -> Document:
    """Read ``article``. The document carries a ``problem`` and no tokens where its language is not the knowledge's,
    or where nothing is left beside boilerplate. A declared ``article.language`` is trusted.
    """
    code, score = language.identify(article.text, knowledge.profiles)
    if article.language:
        code, score = article.language, 1.0
    if code.split("-")[0] != knowledge.code:
        return Document(article, code, score, problem=UNSUPPORTED_LANGUAGE)
    lines = layout.paragraphs(article.text, knowledge.layout)
    boilerplate = layout.find_boilerplate(lines, knowledge.layout)
    tokens, sentences = _segment(article.text, lines, boilerplate, knowledge)
    return Document(
        article,
        code,
        score,
        tuple(tokens),
        tuple(sentences),
        tuple(boilerplate),
        problem=None if tokens else NO_CONTENT,
    )


def _segment(
    text: str, lines: list[layout.Paragraph], boilerplate: list[Span], knowledge: Knowledge
) -> tuple[list[Token], list[Sentence]]:
    ends = {span.end: span.start for span in boilerplate}
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    bodies = 0
    # where no line ends as a sentence does, nothing tells a headline
    headlines = any(line.complete for line in lines)
    for number, line in enumerate(lines):
        start, end = line.span.start, ends.get(line.span.end, line.span.end)
        if end <= start:
            continue
        role = "headline" if headlines and not line.complete and end == line.span.end else "body"
        if role == "body" or len(line.text) > _BODY_LENGTH:
            dateline_end = _dateline_end(text, start, end) if bodies < _DATELINE_LINES else start
            bodies += 1
            if dateline_end > start:
                role, bodies = "body", _DATELINE_LINES
                found = tokenize(text, start, dateline_end)
                sentences.append(_sentence(found, 0, len(found), len(tokens), number, "dateline"))
                tokens += found
                start = dateline_end
        found = tokenize(text, start, end)
        for first, last in sentence_bounds(found, knowledge.layout.abbreviations):
            sentences.append(_sentence(found, first, last, len(tokens), number, role))
        tokens += found
    return tokens, sentences


def _sentence(found: list[Token], first: int, last: int, offset: int, paragraph: int, role: str) -> Sentence:
    return Sentence(found[first].start, found[last - 1].end, offset + first, offset + last, paragraph, role)


def _dateline_end(text: str, start: int, end: int) -> int:
    """Where the dateline that opens ``text[start:end]`` ends, its dash included; ``start`` where there is none.

    Every word of a dateline opens with a capital or is a host name, and a body follows.
    """
    match = _DATELINE.match(text, start, min(end, start + 120))
    if not match or end - match.end() < _BODY_LENGTH:
        return start
    words = re.findall(r"[\w.]+", match.group("origin"))
    if (
        not words
        or len(words) > _DATELINE_WORDS
        or not all(w[0].isupper() or "." in w or w[0].isdigit() for w in words)
    ):
        return start
    return match.end()
