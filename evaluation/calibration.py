"""``python -m evaluation.calibration CLUSTER...``: how often conflicts of a score are right.

A reported conflict is right as far as its opposed pairs of evidence are opposed in the gold. The scores are
probabilities: in each band the mean score should be near the share that is right. Clusters that rules were made from
flatter; the held-out ones do not.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from evaluation.conflicts import covers, opposed, places
from evaluation.gold import Gold, read
from service import pipeline
from service.pipeline.annotations import Conflict

BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 1.0)


def judge(gold: Gold, reported: Sequence[Conflict]) -> list[tuple[float, float]]:
    """The score of each reported conflict with the share of its opposed pairs that the gold opposes too."""
    wanted = [pair for conflict in gold.conflicts for pair in opposed(conflict.positions)]
    judged = []
    for conflict in reported:
        own = list(opposed(places(conflict)))
        right = sum(any(covers(pair, known) for known in wanted) for pair in own)
        judged.append((conflict.score, right / len(own)))
    return judged


def bands(judged: Sequence[tuple[float, float]]) -> list[tuple[float, float, int, float, float]]:
    """For each band that holds any: its bounds, how many, the mean score, and the share that is right."""
    found = []
    for low, high in pairwise(BANDS):
        inside = [(score, right) for score, right in judged if low < score <= high]
        if inside:
            count = len(inside)
            found.append((low, high, count, sum(s for s, _ in inside) / count, sum(r for _, r in inside) / count))
    return found


def brier(judged: Sequence[tuple[float, float]]) -> float:
    """The mean squared difference between score and outcome (Brier 1950); 0 where there is nothing to judge."""
    return sum((score - right) ** 2 for score, right in judged) / len(judged) if judged else 0.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the reliability table of the clusters given."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("clusters", nargs="+", type=Path)
    options = parser.parse_args(arguments)
    resources = pipeline.load()
    judged: list[tuple[float, float]] = []
    for folder in options.clusters:
        gold = read(folder)
        judged += judge(gold, pipeline.cross_check(pipeline.analyze(gold.articles, resources), resources).conflicts)
    print("score         number   mean score   right")
    for low, high, count, mean, right in bands(judged):
        print(f"{low:.2f} to {high:.2f} {count:>9} {mean:>12.2f} {right:>7.2f}")
    print(f"all {len(judged):>16} conflicts, Brier score {brier(judged):.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
