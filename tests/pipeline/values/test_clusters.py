"""Values against the gold of the development clusters, by the rule of their scorer."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from service.pipeline import document, values
from service.pipeline.annotations import Article, Value

CLUSTERS = Path(__file__).parents[3].parent / "shared" / "evaluation" / "clusters"
FOLDERS = sorted(path for path in CLUSTERS.glob("*") if (path / "cluster.json").is_file())
FLOOR = 0.97


def same_moment(gold: str, given: str | None) -> bool:
    return given is not None and gold[:10] == given[:10]


def same_value(gold: dict[str, Any], value: Value) -> bool:
    if gold["kind"] == "date":
        return value.kind in {"date", "time"} and all(
            same_moment(gold[key], moment) for key, moment in (("from", value.from_), ("to", value.to))
        )
    pairs = ((gold.get("low"), value.low), (gold.get("high"), value.high))
    return value.kind not in {"date", "time"} and all(
        (a is None and b is None) or (a is not None and b is not None and abs(a - b) <= 1e-6 * max(1, abs(a), abs(b)))
        for a, b in pairs
    )


def scores(folder: Path) -> tuple[int, int, int]:
    """How many values are right, given, and in the gold."""
    cluster = json.loads((folder / "cluster.json").read_text(encoding="utf-8"))
    right = given = 0
    for row in cluster["articles"]:
        text = (folder / "articles" / f"{row['id']}.txt").read_text(encoding="utf-8")
        published = datetime.fromisoformat(row["published_at"])
        article = document.read(Article(row["id"], text, published_at=published), document.load("id"))
        found = list(values.find_values(article, values.load("id")))
        given += len(found)
        for gold in (g for g in cluster["values"] if g["article"] == row["id"]):
            start = -1
            for _ in range(gold.get("nth", 1)):
                start = text.index(gold["text"], start + 1)
            end = start + len(gold["text"])
            hit = next((v for v in found if v.span.start < end and start < v.span.end and same_value(gold, v)), None)
            if hit:
                found.remove(hit)
                right += 1
    return right, given, len(cluster["values"])


@pytest.mark.skipif(not FOLDERS, reason="the development clusters are not beside the repository")
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_values_of_the_development_clusters_keep_their_floor(folder: Path) -> None:
    right, given, gold = scores(folder)
    f1 = 2 * right / (given + gold)
    assert f1 >= FLOOR, f"F1 {f1:.3f}: {right} right of {given} given, {gold} in gold"
