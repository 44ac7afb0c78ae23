"""A pipeline for tests of the HTTP layer: it finds words by their form, and fills every member of the contract.

What it says is of no use to an editor; the real pipeline has tests of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.api.state import Depth
from service.pipeline.annotations import (
    Agreement,
    Analysis,
    Article,
    Attribution,
    Claim,
    Conflict,
    CrossCheck,
    Document,
    Entity,
    Evidence,
    NearMiss,
    Position,
    Sentence,
    Span,
    Speaker,
    Value,
)
from service.pipeline.progress import Progress

EXPLANATIONS = {"id": "Angkanya berbeda.", "en": "The numbers differ."}


class WordPipeline:
    """Capitalised words are entities, digits are values, sentences are claims; numbers of two articles conflict."""

    def __init__(self) -> None:
        self.depths: list[str] = []
        self.languages: list[str] = []

    def analyze(self, articles: Sequence[Article], depth: Depth, progress: Progress) -> tuple[Analysis, ...]:
        progress.enter("words")
        self.depths.append(depth)
        return tuple(_analyze(article, depth) for article in articles)

    def cross_check(self, analyses: Sequence[Analysis], language: str, progress: Progress) -> CrossCheck:
        self.languages.append(language)
        evidence = [
            Evidence(
                analysis.document.article.id,
                value.span,
                claim_id=next((claim.id for claim in analysis.claims if value.id in claim.values), None),
                speaker=Speaker(name="Endro Wasito"),
                as_of="2025-11-03",
            )
            for analysis in analyses
            for value in analysis.values[:1]
        ]
        if len(evidence) < 2:
            return CrossCheck()
        first, second = evidence[:2]
        positions = tuple(
            Position(str(number), (item.article_id,), (item,)) for number, item in enumerate(evidence, start=1)
        )
        explanation = EXPLANATIONS[language]
        return CrossCheck(
            (
                Conflict(
                    "c1", "quantity", "contradiction", "rumah", positions, "high", 0.91234567, "first_numbers",
                    explanation, "Berapa?", ("same_unit",),
                ),
            ),
            (Agreement("a1", "warga", "40", (first, second), ("a", "b"), 1, ("BPBD",), ("same_speaker",)),),
            (NearMiss("warga", (first, second), "same_number", explanation),),
        )  # fmt: skip


def _analyze(article: Article, depth: Depth) -> Analysis:
    text = article.text
    words = list(re.finditer(r"[^\W\d_]{3,}", text))[:50]
    if not words:
        return Analysis(Document(article, "und", 0.25, problem="no_content"))
    bounds = [match.span() for match in re.finditer(r"[^.\n]*[^.\s][^.\n]*", text)][:50]
    sentences = tuple(Sentence(start, end, 0, 0, number) for number, (start, end) in enumerate(bounds))
    promotion = tuple(Span(*match.span()) for match in re.finditer(r"Baca juga:[^\n]*", text))
    document = Document(article, article.language or "id", 0.987654321, (), sentences, promotion)
    entities = tuple(
        Entity(
            f"e{number}", "PERSON", match.group(), (Span(*match.span()),), (Span(*match.span()),),
            {"b": "2", "a": "1"}, 0.5, "capital_letter",
        )
        for number, match in enumerate(match for match in words if match.group()[0].isupper())
    )  # fmt: skip
    if depth == "entities":
        return Analysis(document, entities)
    values = tuple(
        Value(
            f"v{number}", "quantity", Span(*match.span()), float(match.group()), None, "rumah", True,
            base="rumah", base_low=float(match.group()), grain="day", from_="2025-11-03", to="2025-11-03",
            rule="digits",
        )
        for number, match in enumerate(re.finditer(r"[0-9]{1,9}", text))
    )  # fmt: skip
    cue = Span(*words[0].span())
    speaker = Speaker("Endro Wasito", cue, "e0", "Kepala", "BPBD")
    claims = tuple(
        Claim(
            f"k{number}", Span(start, end), "indirect" if number % 2 else "narrated",
            Attribution(speaker if number % 4 == 1 else None, cue if number % 3 else None, (speaker,))
            if number % 2 else None,
            (), tuple(value.id for value in values if start <= value.span.start < end),
            "affirmed", "asserted", 0.5, 1.0, "sentence", text=None if number else "Utuh.",
        )
        for number, (start, end) in enumerate(bounds)
    )  # fmt: skip
    return Analysis(document, entities, values, claims)
