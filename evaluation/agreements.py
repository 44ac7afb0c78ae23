"""``python -m evaluation.agreements CLUSTER...``: the agreements of a request, held against those of the gold.

A gold agreement is found where one reported agreement overlaps its evidence in two articles or more. The gold lists
the important ones only, so that precision cannot be read off it: ``--list`` prints all that was reported, for reading.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.gold import Gold, Place, locate, read
from service import pipeline
from service.pipeline.annotations import Agreement, CrossCheck


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one cluster yields: ``matches`` maps the id of each gold agreement to the reported one that finds it."""

    cluster: str
    matches: dict[str, Agreement | None]
    reported: tuple[Agreement, ...]
    seconds: float

    @property
    def found(self) -> int:
        """How many agreements of the gold were found."""
        return sum(match is not None for match in self.matches.values())


def wanted(gold: Gold) -> dict[str, tuple[Place, ...]]:
    """The places of the evidence of each agreement in the gold, by its id."""
    texts = {article.id: article.text for article in gold.articles}
    return {
        item["id"]: tuple(locate(texts, e["article"], e["text"], e.get("nth", 1)) for e in item["evidence"])
        for item in gold.raw.get("agreements", ())
    }


def covered(agreement: Agreement, places: Sequence[Place]) -> int:
    """In how many articles the evidence of ``agreement`` overlaps one of ``places``."""
    return len(
        {
            article
            for article, start, end in places
            for e in agreement.evidence
            if e.article_id == article and e.span.start < end and start < e.span.end
        }
    )


def compare(gold: Gold, checked: CrossCheck, seconds: float = 0.0) -> Outcome:
    """Which agreements of the gold ``checked`` holds; of several that cover one, the one that covers most."""
    matches: dict[str, Agreement | None] = {}
    for name, places in wanted(gold).items():
        best = max(checked.agreements, key=lambda agreement: covered(agreement, places), default=None)
        matches[name] = best if best is not None and covered(best, places) > 1 else None
    return Outcome(gold.name, matches, checked.agreements, seconds)


def measure(folder: Path, resources: pipeline.Resources) -> tuple[Gold, Outcome]:
    """The outcome of the cluster in ``folder``, with the CPU seconds that cross-checking took."""
    gold = read(folder)
    analyses = pipeline.analyze(gold.articles, resources)
    began = time.process_time()
    checked = pipeline.cross_check(analyses, resources)
    return gold, compare(gold, checked, time.process_time() - began)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print how many agreements of each cluster's gold were found, and how many were reported."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("clusters", nargs="+", type=Path)
    parser.add_argument("--list", action="store_true", help="list what was reported and what was missed")
    options = parser.parse_args(arguments)
    resources = pipeline.load()
    found = total = reported = 0
    for folder in options.clusters:
        gold, outcome = measure(folder, resources)
        print(f"{outcome.cluster}: {outcome.found} of {len(outcome.matches)} found, {len(outcome.reported)} reported")
        found, total, reported = found + outcome.found, total + len(outcome.matches), reported + len(outcome.reported)
        if options.list:
            list_outcome(gold, outcome)
    print(f"all: {found} of {total} found ({found / total if total else 0:.2f}), {reported} reported")
    return 0


def list_outcome(gold: Gold, outcome: Outcome) -> None:
    """Print what was missed, and each reported agreement with its evidence; ``+`` marks those that the gold has."""
    texts = {article.id: article.text for article in gold.articles}
    print("  missed:", ", ".join(name for name, match in outcome.matches.items() if match is None) or "none")
    known = {id(match): name for name, match in outcome.matches.items() if match is not None}
    for agreement in outcome.reported:
        mark = f"+ {known[id(agreement)]}:" if id(agreement) in known else "-"
        counts = f"{agreement.independent_sources} of {len(agreement.sources)} sources"
        print(f"  {mark} {agreement.topic} = {agreement.value} ({counts}: {', '.join(agreement.origins)})")
        for reason in agreement.reasons:
            print(f"      {reason}")
        for e in agreement.evidence:
            words = " ".join(texts[e.article_id][e.span.start : e.span.end].split())
            print(f"      {e.article_id}: {words}")


if __name__ == "__main__":
    sys.exit(main())
