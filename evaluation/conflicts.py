"""How the conflicts of a request are held against the gold of its cluster, over all and by rule.

A gold conflict is found when one of its opposed pairs of evidence is covered by an opposed pair of a reported conflict
(spans overlap). Precision is the share of reported opposed pairs that the gold opposes too, each report weighing one.
A trap is tripped when a reported pair covers two of its places.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evaluation.gold import Gold, Place, oracle, read
from evaluation.metrics import harmonic_mean
from service import pipeline
from service.pipeline import conflicts as stage
from service.pipeline import document
from service.pipeline.annotations import Conflict, CrossCheck

Pair = tuple[Place, Place]


@dataclass(slots=True)
class Tally:
    """Counts over clusters; ``by_rule`` maps a rule to the right and the reported share."""

    found: int = 0
    gold: int = 0
    right: float = 0.0
    reported: float = 0.0
    tripped: int = 0
    traps: int = 0
    same_type: int = 0
    same_status: int = 0
    by_rule: dict[str, list[float]] = field(default_factory=lambda: defaultdict(lambda: [0.0, 0.0]))

    def add(self, other: Tally) -> None:
        """Add the counts of another cluster."""
        for name in ("found", "gold", "right", "reported", "tripped", "traps", "same_type", "same_status"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for rule, (right, reported) in other.by_rule.items():
            self.by_rule[rule][0] += right
            self.by_rule[rule][1] += reported

    def __str__(self) -> str:
        precision = self.right / self.reported if self.reported else 0.0
        recall = self.found / self.gold if self.gold else 0.0
        return (
            f"F1 {harmonic_mean(precision, recall):.3f}  P {precision:.3f} ({self.right:.1f} of {self.reported:.0f})  "
            f"R {recall:.3f} ({self.found} of {self.gold})  type {self.same_type}  status {self.same_status}  "
            f"traps {self.tripped} of {self.traps}"
        )


def opposed(positions: Sequence[Sequence[Place]]) -> Iterator[Pair]:
    """All pairs of places that stand in different positions."""
    for one, other in itertools.combinations(positions, 2):
        yield from itertools.product(one, other)


def covers(pair: Pair, gold: Pair) -> bool:
    """Whether the two places of ``pair`` overlap the two of ``gold``, in either order."""

    def hit(one: Place, other: Place) -> bool:
        return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]

    (a, b), (x, y) = pair, gold
    return (hit(a, x) and hit(b, y)) or (hit(a, y) and hit(b, x))


def places(conflict: Conflict) -> list[list[Place]]:
    """The places of a reported conflict's positions."""
    return [[(e.article_id, e.span.start, e.span.end) for e in p.evidence] for p in conflict.positions]


def compare(gold: Gold, reported: Sequence[Conflict], verbose: bool = False) -> Tally:
    """The tally of one cluster."""
    tally = Tally(gold=sum(c.status != "translation" for c in gold.conflicts), traps=len(gold.traps))
    wanted = [(c, list(opposed(c.positions))) for c in gold.conflicts]
    given = [(c, list(opposed(places(c)))) for c in reported]
    for conflict, pairs in wanted:
        if conflict.status == "translation":
            continue
        matches = [c for c, own in given if any(covers(p, g) for p in own for g in pairs)]
        tally.found += bool(matches)
        tally.same_type += any(m.type == conflict.type for m in matches)
        tally.same_status += any(m.status == conflict.status for m in matches)
        if verbose and not matches:
            print(f"    missed: {conflict.id} ({conflict.type})")
    texts = {article.id: article.text for article in gold.articles}
    for report, own in given:
        judged = [any(covers(p, g) for _, pairs in wanted for g in pairs) for p in own]
        share = sum(judged) / len(judged) if judged else 0.0
        tally.right += share
        tally.reported += 1
        tally.by_rule[report.rule][0] += share
        tally.by_rule[report.rule][1] += 1
        if verbose:
            _print_report(report, share, texts)
    for name, spots in gold.traps:
        if any(covers(p, t) for _, own in given for p in own for t in itertools.combinations(spots, 2)):
            tally.tripped += 1
            if verbose:
                print(f"    tripped: {name}")
    return tally


def _print_report(report: Conflict, share: float, texts: dict[str, str]) -> None:
    mark = "ok " if share == 1 else "***"
    kind = f"{report.type}/{report.status} {report.score:.2f}"
    print(f"  {mark} {share:.2f} [{kind}] {report.rule}: {report.topic}")
    for position in report.positions:
        for evidence in position.evidence:
            words = " ".join(texts[evidence.article_id][evidence.span.start : evidence.span.end].split())
            print(f"        {position.value!r}  {evidence.article_id}: {words}")


def check_with_oracle(gold: Gold) -> CrossCheck:
    """What the conflict stage says when the earlier stages are as right as the gold."""
    return stage.cross_check(oracle(gold, document.load("id")), stage.load("id"))


def check_whole(gold: Gold) -> CrossCheck:
    """What the whole pipeline says of the cluster's articles."""
    resources = pipeline.load("id")
    return pipeline.cross_check(pipeline.analyze(gold.articles, resources), resources)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of the clusters given, with the gold's annotation (``--oracle``) or the pipeline's own."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("clusters", nargs="+", type=Path)
    parser.add_argument("--oracle", action="store_true", help="take entities, values and attributions from the gold")
    parser.add_argument("-v", "--verbose", action="store_true", help="list reports, misses and traps")
    options = parser.parse_args(arguments)
    total = Tally()
    for folder in options.clusters:
        gold = read(folder)
        began = time.process_time()
        checked = check_with_oracle(gold) if options.oracle else check_whole(gold)
        seconds = time.process_time() - began
        print(f"{gold.name} ({seconds * 1000:.0f} CPU ms)")
        tally = compare(gold, checked.conflicts, options.verbose)
        print(f"  {tally}")
        total.add(tally)
    print(f"all: {total}")
    for rule, (right, reported) in sorted(total.by_rule.items()):
        print(f"  {rule:<28} {right:5.1f} of {reported:.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
