"""What the commands that train scorers of pairs share: options, clusters and cases to learn from, and the fit.

``training.alignment`` learns of pairs of numbers and ``training.events`` of pairs of events, from the same material.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import numpy
import yaml

from evaluation.gold import Gold, read
from service import pipeline
from service.pipeline.alignment import scorer, workspace
from service.pipeline.alignment.workspace import Workspace
from service.pipeline.annotations import Analysis, Article
from service.pipeline.conflicts import Knowledge

WIB = timezone(timedelta(hours=7))
STEPS = 30
TINY = 1e-6


@dataclass(frozen=True, slots=True)
class Material:
    """Clusters with gold, and by their names what was found in their articles."""

    resources: pipeline.Resources
    golds: tuple[Gold, ...]
    analyses: Mapping[str, Sequence[Analysis]]


def make_parser(description: str, out: Path) -> argparse.ArgumentParser:
    """The options that both commands take; ``out`` is where the weights are written unless told otherwise."""
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of clusters with gold")
    parser.add_argument("--clusters", nargs="*", type=Path, default=[], help="further clusters")
    parser.add_argument("--cases", type=Path, default=Path("tests/specs/id"))
    parser.add_argument("--out", type=Path, default=out)
    parser.add_argument("--leave-out", action="store_true", help="measure each cluster without having seen it")
    return parser


def read_clusters(options: argparse.Namespace) -> Material:
    """The clusters that ``options`` name, analysed."""
    resources = pipeline.load("id")
    folders = [folder for folder in [*sorted(options.data.iterdir()), *options.clusters] if folder.is_dir()]
    golds = tuple(read(folder) for folder in folders)
    return Material(resources, golds, {gold.name: pipeline.analyze(gold.articles, resources) for gold in golds})


def read_cases(
    folder: Path, patterns: Sequence[str], resources: pipeline.Resources
) -> Iterator[tuple[Mapping[str, Any], tuple[Workspace, ...]]]:
    """The cases of the specifications whose files are named like ``patterns``, each with its stories."""
    for pattern in patterns:
        for file in sorted(folder.glob(pattern)):
            for case in yaml.safe_load(file.read_text(encoding="utf-8"))["cases"]:
                articles = [_article_of(key, case) for key in ("a", "b", "c") if key in case]
                yield case, stories(pipeline.analyze(articles, resources), resources.conflicts)


def _article_of(key: str, case: Mapping[str, Any]) -> Article:
    published = datetime(2026, 3, case.get(f"p{key}", 10), 18, tzinfo=WIB)
    return Article(key, case[key], source=key, language="id", published_at=published)


def stories(analyses: Sequence[Analysis], knowledge: Knowledge) -> tuple[Workspace, ...]:
    """What is compared of articles, story by story."""
    return workspace.prepare(
        analyses, knowledge.lexicon, knowledge.containment, knowledge.countries, knowledge.familiar
    )


def climb(
    rows: numpy.ndarray,
    labels: numpy.ndarray,
    shares: numpy.ndarray,
    prior: numpy.ndarray,
    weights: numpy.ndarray,
    spread: float | numpy.ndarray,
) -> numpy.ndarray:
    """Newton's method with halved steps on the negative log posterior; ``spread`` is that of the Gaussian prior."""

    def loss(candidate: numpy.ndarray) -> float:
        logits = rows @ candidate
        likelihood = shares * (numpy.logaddexp(0, logits) - labels * logits)
        return float(likelihood.sum() + ((candidate - prior) ** 2 / (2 * numpy.square(spread))).sum())

    for _ in range(STEPS):
        chances = 1 / (1 + numpy.exp(-numpy.clip(rows @ weights, -30, 30)))
        gradient = rows.T @ (shares * (chances - labels)) + (weights - prior) / numpy.square(spread)
        curvature = (rows * (shares * chances * (1 - chances))[:, None]).T @ rows + numpy.eye(
            len(prior)
        ) / numpy.square(spread)
        step = numpy.linalg.solve(curvature, gradient)
        known = loss(weights)
        while loss(weights - step) > known and numpy.abs(step).max() > TINY:
            step = step / 2
        weights = weights - step
        if numpy.abs(step).max() <= TINY:
            break
    return weights


def write(model: scorer.Scorer, file: Path) -> None:
    """Keep a scorer as the service reads it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    document = {"bias": model.bias, "accepted": model.accepted, "within": model.within, "weights": model.weights}
    file.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
