"""Train the scorer of pairs of events: ``python -m training.events --data ../shared/evaluation/clusters``.

A logistic regression over named evidence (``service.pipeline.alignment.events.evidence``), fitted as that of pairs of
numbers is (``training.alignment``). What a gold conflict opposes is a bag (Dietterich et al. 1997): of the compared
pairs that lie in its evidence the likeliest is positive, and so are others that the model takes for it; pairs in the
evidence of a conflict of another type are left out, and all others are negative. A case of the specifications is a bag
of each kind. ``--leave-out`` measures each cluster with weights that have not seen it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy

from evaluation.conflicts import Tally, compare, covers, opposed
from evaluation.gold import Gold
from service import pipeline
from service.pipeline.alignment import scorer
from service.pipeline.alignment.events.evidence import KINDS, Comparison, features
from service.pipeline.alignment.workspace import Workspace
from service.pipeline.annotations import Analysis
from service.pipeline.conflicts import dates, places, polarity, states
from training.material import climb, make_parser, read_cases, read_clusters, stories, write

MODULES = {"date": dates, "place": places, "polarity": polarity, "state": states}
# the types under which the gold may have what a kind finds
TYPES = {
    "date": {"date", "sequence"}, "place": {"place"}, "polarity": {"polarity", "other", "quote"},
    "state": {"polarity", "other"},
}  # fmt: skip
# what an editor would expect, in logits; a kind differs from the others by as little as the data show
PRIOR = {
    "bias": -5.0, "hand": 1.5, "hand_accepts": 2.0, "hand_refuses": -2.5, "recurring": -1.2, "subject_same": 0.5,
    "predicate_known": 1.2, "predicate_root": 0.8, "predicate_crossed": 0.5, "predicate_differs": -0.8, "once": 0.6,
    "nominal": -0.2, "persons": 1.0, "names": 0.8, "countries": 0.3, "names_around": 0.3, "names_apart": -0.8,
    "persons_apart": -1.5, "person_one": -0.3, "site_same": 0.4, "site_other": -0.8, "places_exclude": 0.5,
    "places_differ": 0.0, "places_unknown": -0.5, "things": 0.6, "cover_smaller": 0.8, "cover_larger": 1.0,
    "target_same": 0.5, "target_differs": -0.5, "other_patient": -1.0, "number_same": 0.5, "near": 2.0,
    "near_wide": 1.0, "leads": 0.5, "meaning": 0.5, "clause_meaning": 1.0, "predicate_near": 0.8, "nearest_one": 0.3,
    "nearest_both": 1.2, "days_near": 0.8, "days_far": -1.0, "told_before": -1.5, "days_coarse": -0.8,
    "day_same": 0.5, "day_other": -0.8, "other_period": -1.5, "future_differs": -0.7, "repeated": -0.8,
    "within": -0.8, "speaker_same": -0.5, "speakers_differ": 0.5, "bare": 0.3, "denied": 0.3, "absent": 0.0,
    "pending": 0.0, "never": 0.2, "covered": 0.5, "untold": -0.3, "predicate_converse": 0.8, "object_met": 0.8,
    "patient_same": 0.5, "absent_met": 0.6, "timeless_met": 0.4, "universal": 0.3, "topic": -0.8, "echo": 0.5,
    "obligation": -1.0, "told_once": 0.6, "predicate_other": -0.8, "said_of_same": 0.5, "said_of_other": -1.2,
    "other_kind": -0.8, "reply": 0.6, "subject_differs": -0.2, "absolute_met": 0.8, "all_met": 0.6,
    "covered_around": 0.6, "leading": 0.5,
    "standing": 0.5, "standing_best": 0.5, "denied_best": 0.5, "none_best": 0.5,
}  # fmt: skip
WIDTHS = {"bias": 3.0, "hand_refuses": 0.2}
SPREAD = 0.5
KIND_SPREAD = 0.25
ROUNDS = 5
EXTRA = 0.3
CASE = 5.0


@dataclass(slots=True)
class Bag:
    """Compared pairs: ``rows`` of features; ``positive`` where at least one is of one matter."""

    rows: list[dict[str, float]]
    positive: bool
    share: float = 1.0


def compared(story: Workspace) -> Iterator[Comparison]:
    """All pairs of events of a story that are scored."""
    for module in MODULES.values():
        for _, comparison in module.comparisons(story)[1]:
            yield comparison


def bags_of(gold: Gold, analyses: Sequence[Analysis], knowledge: object) -> list[Bag]:
    """The bags of a cluster: one for each conflict and kind, and one of all that is none."""
    wanted = [(conflict, list(opposed(conflict.positions))) for conflict in gold.conflicts]
    bags: dict[tuple[str, str], Bag] = {}
    rest = Bag([], False)
    for story in stories(analyses, knowledge):
        for comparison in compared(story):
            one, other = comparison.one, comparison.other
            spots = tuple((e.reading.document.article.id, e.evidence.start, e.evidence.end) for e in (one, other))
            hit = [c for c, pairs in wanted if any(covers(spots, pair) for pair in pairs)]
            fitting = [conflict for conflict in hit if conflict.type in TYPES[comparison.kind]]
            row = features(comparison, story.background)
            if fitting:
                bags.setdefault((fitting[0].id, comparison.kind), Bag([], True)).rows.append(row)
            elif not hit:
                rest.rows.append(row)
    return [*bags.values(), rest]


def bags_of_cases(folder: Path, resources: pipeline.Resources) -> list[Bag]:
    """The bags of the specifications of conflicts: of each case one a kind."""
    found = []
    for case, told in read_cases(folder, ("conflicts_*.yaml",), resources):
        rows: dict[str, list[dict[str, float]]] = {kind: [] for kind in KINDS}
        for story in told:
            for comparison in compared(story):
                rows[comparison.kind].append(features(comparison, story.background))
        expected = {entry.split()[0] for entry in case["expect"].split(" + ")} - {"none"}
        for kind, own in rows.items():
            fitting = bool(expected & TYPES[kind])
            if own and (fitting or not expected):
                found.append(Bag(own, fitting, CASE))
    return found


class Trainer:
    """Fits weights for all features that occur in the bags."""

    def __init__(self, bags: Sequence[Bag]) -> None:
        occurring = {name for bag in bags for row in bag.rows for name in row}
        self.names = ["bias", *sorted(occurring)]
        self.index = {name: number for number, name in enumerate(self.names)}
        self.prior = numpy.array([PRIOR.get(name, 0.0) for name in self.names])
        self.spreads = numpy.array([WIDTHS.get(name, KIND_SPREAD if "." in name else SPREAD) for name in self.names])

    def matrix(self, bag: Bag) -> numpy.ndarray:
        """The rows of a bag as an array, rows x features."""
        rows = numpy.zeros((len(bag.rows), len(self.names)))
        rows[:, 0] = 1.0
        for number, row in enumerate(bag.rows):
            for name, value in row.items():
                if name in self.index:
                    rows[number, self.index[name]] = value
        return rows

    def fit(self, bags: Sequence[Bag]) -> numpy.ndarray:
        """The weights of greatest posterior; which rows of a bag are positive is set anew in each round."""
        known = [(bag, self.matrix(bag)) for bag in bags if bag.rows]
        weights = self.prior.copy()
        for _ in range(ROUNDS):
            rows, labels, shares = [], [], []
            for bag, matrix in known:
                logits = matrix @ weights
                order = numpy.argsort(-logits)
                if not bag.positive:
                    rows.append(matrix)
                    labels.append(numpy.zeros(len(matrix)))
                    shares.append(numpy.full(len(matrix), bag.share))
                    continue
                chosen = [i for rank, i in enumerate(order) if rank == 0 or logits[i] > 0]
                rows.append(matrix[chosen])
                labels.append(numpy.ones(len(chosen)))
                shares.append(numpy.array([bag.share] + [bag.share * EXTRA] * (len(chosen) - 1)))
            weights = climb(
                numpy.concatenate(rows),
                numpy.concatenate(labels),
                numpy.concatenate(shares),
                self.prior,
                weights,
                self.spreads,
            )
        return weights

    def model(self, weights: numpy.ndarray, accepted: float) -> scorer.Scorer:
        """The scorer with ``weights``, rounded."""
        named = {name: round(float(value), 3) for name, value in zip(self.names, weights, strict=True)}
        bias = named.pop("bias")
        return scorer.Scorer(bias, accepted, accepted, {name: value for name, value in named.items() if value})


def judged(gold: Gold, analyses: Sequence[Analysis], resources: pipeline.Resources, model: scorer.Scorer) -> Tally:
    """How all conflicts found with ``model`` are held against the gold's."""
    known = scorer.load
    scorer.load = lambda path=scorer.WEIGHTS: model if path == scorer.EVENTS else known(path)  # type: ignore[assignment]
    try:
        return compare(gold, pipeline.cross_check(analyses, resources).conflicts)
    finally:
        scorer.load = known  # type: ignore[assignment]


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, measure and write the weights."""
    parser = make_parser(__doc__ or "", scorer.EVENTS)
    parser.add_argument("--accepted", type=float, nargs="+", default=[0.5], help="the first is kept; all are measured")
    options = parser.parse_args(arguments)
    material = read_clusters(options)
    resources, golds, analyses = material.resources, material.golds, material.analyses
    clusters = {gold.name: bags_of(gold, analyses[gold.name], resources.conflicts) for gold in golds}
    cases = bags_of_cases(options.cases, resources)
    trainer = Trainer([bag for bags in clusters.values() for bag in bags] + cases)
    print(f"{sum(len(bag.rows) for bags in clusters.values() for bag in bags)} pairs, {len(cases)} bags of cases")
    if options.leave_out:
        totals = {accepted: Tally() for accepted in options.accepted}
        for gold in golds:
            rest = [bag for name, bags in clusters.items() if name != gold.name for bag in bags]
            weights = trainer.fit(rest + cases)
            for accepted, total in totals.items():
                tally = judged(gold, analyses[gold.name], resources, trainer.model(weights, accepted))
                total.add(tally)
                if accepted == options.accepted[0]:
                    print(f"  {gold.name:<26} {tally}")
        for accepted, total in totals.items():
            print(f"accepted {accepted}: {total}")
            for rule, (right, reported) in sorted(total.by_rule.items()):
                print(f"    {rule:<28} {right:5.1f} of {reported:.0f}")
    weights = trainer.fit([bag for bags in clusters.values() for bag in bags] + cases)
    model = trainer.model(weights, options.accepted[0])
    write(model, options.out)
    for name, value in sorted(model.weights.items(), key=lambda item: -abs(item[1]))[:60]:
        print(f"  {name:<32} {value:6.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
