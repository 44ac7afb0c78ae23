from __future__ import annotations

import random
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from service import pipeline
from service.pipeline import claims
from service.pipeline.annotations import Analysis, Article
from service.pipeline.claims import _Index
from service.pipeline.claims.predicates import find_predicate

ROWS = yaml.safe_load((Path(__file__).parents[2] / "specs" / "id" / "predicates.yaml").read_text(encoding="utf-8"))
PIECES = (
    [word for row in ROWS for word in row["text"].split()] + list('",;:()–“”?.') + ["yang", "oleh", "di", "10%", "\n\n"]
)


def analyze(text: str) -> Analysis:
    (analysis,) = pipeline.analyze(
        [Article("a", text, language="id", published_at=datetime(2025, 5, 7, tzinfo=UTC))], pipeline.load("id")
    )
    return analysis


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"])
def test_predicates_and_arguments(row: Mapping[str, Any]) -> None:
    text = row["text"]
    claim = analyze(text).claims[0]
    predicate = claim.predicate
    found = predicate and [text[predicate.span.start : predicate.span.end], predicate.root, predicate.voice or ""]
    assert found == row["predicate"]
    assert [[a.role, text[a.span.start : a.span.end]] for a in claim.arguments] == row["arguments"]


def test_arguments_name_the_entities_and_values_that_they_are() -> None:
    analysis = analyze("Indonesia mengirim 300 prajurit ke Lebanon pada Mei 2025.")
    agent, patient, destination, moment = analysis.claims[0].arguments
    names = {entity.id: entity.name for entity in analysis.entities}
    kinds = {value.id: value.kind for value in analysis.values}
    assert [names.get(a.entity_id or "") for a in (agent, patient, destination)] == ["Indonesia", None, "Lebanon"]
    assert [kinds.get(a.value_id or "") for a in (agent, patient, moment)] == [None, "quantity", "date"]


def test_a_document_without_tags_has_no_predicates() -> None:
    analysis = analyze("Polisi menangkap dua pencuri motor di Bandung.")
    bare = replace(analysis.document, tags=())
    knowledge = claims.load("id")
    (claim,) = claims.find_claims(bare, analysis.entities, analysis.values, (), knowledge)
    assert claim.predicate is None
    assert claim.arguments == ()


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_written_arguments_lie_in_their_claims(seed: int) -> None:
    chosen = random.Random(seed)
    text = " ".join(chosen.choice(PIECES) for _ in range(400)) + "."
    for claim in analyze(text).claims:
        assert claim.predicate is None or claim.span.contains(claim.predicate.span)
        assert claim.predicate is not None or not claim.arguments
        for argument in claim.arguments:
            assert claim.span.contains(argument.span)
            assert argument.span.start < argument.span.end
            assert claim.predicate is not None
            assert not argument.span.overlaps(claim.predicate.span)


def test_long_clauses_are_read_in_time_that_grows_with_them() -> None:
    knowledge = claims.load("id")

    def cost(size: int) -> float:
        analysis = analyze("Warga " + "yang menolak proyek di Bandung itu " * size + "pulang.")
        document, index = analysis.document, _Index(analysis.document, analysis.entities, analysis.values)
        marks = index.marks(analysis.claims[0].span, (), None)
        started = time.process_time()
        find_predicate(document, (0, len(document.tokens)), marks, knowledge)
        return time.process_time() - started

    assert cost(800) < 0.01 + 12 * max(cost(200), 0.001)
