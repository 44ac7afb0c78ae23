"""Values read from sentences, case by case, from data."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from service.pipeline.annotations import Article, Document, Sentence, Value
from service.pipeline.values import find_values, load

SPECS = Path(__file__).parents[2] / "specs" / "id"


def document(text: str, published_at: datetime | None) -> Document:
    """A document whose lines are sentences; a blank line ends a paragraph."""
    sentences, start, paragraph = [], 0, 0
    for line in text.split("\n"):
        if line:
            sentences.append(Sentence(start, start + len(line), 0, 0, paragraph))
        else:
            paragraph += 1
        start += len(line) + 1
    return Document(Article("a", text, published_at=published_at), "id", 1.0, sentences=tuple(sentences))


def number(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}".rstrip("0").rstrip(".")


def meaning(value: Value) -> str:
    """The value in the notation of the specifications."""
    if value.kind in {"date", "time"}:
        return str(value.from_) if value.from_ == value.to else f"{value.from_}/{value.to}"
    about = "~" if value.approximate else ""
    if value.low == value.high:
        return about + number(value.low)
    return f"{about}{number(value.low)}..{number(value.high)}"


def cases() -> list[Any]:
    rows = []
    for path in sorted(SPECS.glob("values_*.yaml")):
        spec = yaml.safe_load(path.read_text(encoding="utf-8"))
        for row in spec["cases"]:
            rows.append(
                pytest.param(row, row.get("published", spec["published"]), id=f"{path.stem}: {row['text'][:60]}")
            )
    return rows


CASES = cases()


def test_values_has_cases_in_plenty() -> None:
    assert len(CASES) >= 400
    assert len({(case.values[0]["text"], str(case.values[1])) for case in CASES}) == len(CASES)
    assert sum(not case.values[0]["values"] for case in CASES) >= 100


@pytest.mark.parametrize(("row", "published"), CASES)
def test_values_are_read_as_specified(row: dict[str, Any], published: datetime | None) -> None:
    found = find_values(document(row["text"], published), load("id"))
    expected = [entry + [None] * (4 - len(entry)) for entry in row["values"]]
    surfaces = [(row["text"][v.span.start : v.span.end], meaning(v)) for v in found]
    assert surfaces == [(words, sense if isinstance(sense, str) else number(sense)) for words, sense, _, _ in expected]
    for value, (_, _, unit, kind) in zip(found, expected, strict=True):
        assert unit is None or value.unit == unit
        assert kind is None or value.kind == kind


@pytest.mark.parametrize(
    ("dateline", "days"),
    [("Jakarta, 14 Juli 2025 –", ["2025-07-14"]), ("JAKARTA, Senin (14/7) –", []), ("Jakarta, Pukul 10 –", [])],
)
def test_a_dateline_tells_the_day_that_it_writes_out(dateline: str, days: list[str]) -> None:
    text = f"{dateline} Sebanyak 12 orang hadir."
    start = len(dateline) + 1
    sentences = (Sentence(0, len(dateline), 0, 0, 0, "dateline"), Sentence(start, len(text), 0, 0, 0))
    article = Article("a", text, published_at=datetime.fromisoformat("2025-07-15T10:00:00+07:00"))
    found = find_values(Document(article, "id", 1.0, sentences=sentences), load("id"))
    assert [value.from_ for value in found if value.kind == "date"] == days
    assert [value.low for value in found if value.kind == "quantity"] == [12]
