"""Contradictions on pairs of sentences that others judged: IndoNLI (Mahendra et al. 2021).

Premise and hypothesis are taken for two reports on one story. What is reported as a conflict should carry the label
``c``; what is entailed or neutral should yield nothing. Only contradictions of the kinds that are looked for can be
found, so recall says little; precision and the reliability of the scores do.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from service import pipeline
from service.pipeline import conflicts
from service.pipeline.alignment import clauses, reading, workspace
from service.pipeline.alignment.places import Places
from service.pipeline.annotations import Article
from service.pipeline.conflicts import verdicts

_WHEN = datetime(2020, 1, 1, tzinfo=UTC)
_BANDS = (0.0, 0.8, 0.825, 0.85, 0.875, 0.9, 1.0)


def judge(premise: str, hypothesis: str, resources: pipeline.Resources) -> list[tuple[str, float]]:
    """Rule and score of each conflict between the two sentences."""
    articles = [
        Article(name, text, source=name, published_at=_WHEN, language="id")
        for name, text in (("premise", premise), ("hypothesis", hypothesis))
    ]
    known = resources.conflicts
    analyses = pipeline.analyze(articles, resources)
    readings = tuple(reading.read(order, analysis, known.lexicon) for order, analysis in enumerate(analyses))
    split = tuple(clauses.split(own, known.lexicon) for own in readings)
    places = Places(known.containment, known.countries).learning_from(readings)
    story = workspace.of_story(readings, split, known.lexicon, places)
    findings, _ = conflicts.compare_story(story, known)
    across = [f for f in findings if len({s.reading.order for position in f.positions for s in position}) > 1]
    return [(finding.rule, verdicts.calibrate(finding)) for finding in across]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print precision by rule and by band of score on a sample of the pairs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder that holds nli/indonli.dev.jsonl")
    parser.add_argument("--part", default="dev", choices=("dev", "train"))
    parser.add_argument("--pairs", type=int, default=2000)
    options = parser.parse_args(arguments)
    lines = (options.data / "nli" / f"indonli.{options.part}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    random.Random(0).shuffle(rows)
    resources = pipeline.load("id")
    by_rule: Counter[tuple[str, bool]] = Counter()
    by_band: Counter[tuple[float, bool]] = Counter()
    flagged: Counter[tuple[str, bool]] = Counter()
    for row in rows[: options.pairs]:
        found = judge(row["premise"], row["hypothesis"], resources)
        right = row["label"] == "c"
        flagged[row["label"], bool(found)] += 1
        for rule, score in found:
            by_rule[rule, right] += 1
            by_band[max(band for band in _BANDS if band <= score), right] += 1
    hits = flagged["c", True]
    reported = hits + flagged["e", True] + flagged["n", True]
    print(f"{sum(flagged.values())} pairs, {reported} reported: P {hits / max(1, reported):.3f}", end="  ")
    print(f"R {hits / max(1, hits + flagged['c', False]):.3f}")
    for title, table in (("rule", by_rule), ("score from", by_band)):
        print(f"{title:<24} right  reported")
        for key in sorted({key for key, _ in table}):
            total = table[key, True] + table[key, False]
            print(f"  {key!s:<22} {table[key, True] / total:.2f}   {total}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
