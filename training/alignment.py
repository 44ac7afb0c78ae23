"""Train the scorer of pairs of numbers: ``python -m training.alignment --data ../shared/evaluation/clusters``.

A logistic regression over named evidence (``service.pipeline.alignment.quantities.evidence``), fitted with a Gaussian
prior around weights set by hand (maximum a posteriori), so that what the data do not show keeps its sense. Positive are
pairs of numbers that the gold of a cluster opposes; negative all others that were compared and cannot both hold. The
cases of the specifications are bags: where a case has a conflict of quantities its likeliest pair is positive,
elsewhere all are negative. ``--leave-out`` measures each cluster with weights that have not seen it.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy

from evaluation.conflicts import Tally, compare, opposed
from evaluation.gold import Gold
from service import pipeline
from service.pipeline.alignment import scorer
from service.pipeline.alignment.quantities.evidence import features
from service.pipeline.alignment.quantities.propositions import Quantity
from service.pipeline.alignment.quantities.vetoes import HARD
from service.pipeline.alignment.workspace import Workspace
from service.pipeline.annotations import Analysis, CrossCheck
from service.pipeline.conflicts import Knowledge
from service.pipeline.conflicts.intervals import interval_of, meet
from service.pipeline.conflicts.quantity_pairs import candidates, exchange_rates, same_money
from training.material import climb, make_parser, read_cases, read_clusters, stories, write

SPREAD = 0.6
ROUNDS = 6
# how much a pair of a case weighs: it shows one thing that a cluster shows many times over
CASE = 4.0
# the label of a pair that no one judged
UNKNOWN = -1.0
# what an editor would expect, in logits
PRIOR = {
    "bias": -2.2,
    "status_same": 2.6, "status_joint": 1.2, "status_near": 0.4, "status_one": -0.6, "status_differs": -0.5,
    "focus_same": 2.0, "foci_shared": 1.0, "focus_differs": -0.8,
    "head_same": 1.2, "thing_same": 0.6, "head_akin": 0.2, "head_one": 0.0, "head_generic": 0.0,
    "kind_shared": 0.8, "sole": 1.2, "part": 0.0,
    "attribute_same": 2.4, "attribute_shared": 1.4, "predicate_shared": 1.0, "attribute_one": -0.3,
    "attribute_none": -0.3, "attribute_differs": -0.8, "object_shared": 0.8, "object_one": -0.2,
    "sole_measure": 0.6, "rate_one": -0.6, "rate_same": 0.4, "part_measure": 0.0,
    "context": 0.7, "around": 0.3, "crossed": 0.3, "names": 0.5, "names_apart": -0.4,
    "nearest_same": 0.5, "nearest_apart": -0.8,
    "near": 1.0, "near_wide": 0.5, "leads": 0.4, "nearest_one": 0.3, "nearest_both": 0.6,
    "meaning": 0.8, "clause_meaning": 1.0,
    "focus_near": 0.8, "unit_near": 0.8,
    "place_same": 0.4, "place_related": 0.1, "period_one": -0.3, "period_same": 0.3,
    "confirmed": -1.0, "confirmed_small": -0.4,
    "open": 0.0, "nought": -1.5, "ratio": -2.0, "digits": 0.8, "within": -2.5, "voices": 1.0,
    "kind_quantity": 0.0, "kind_money": 0.0, "kind_percent": 0.0, "kind_measure": 0.0, "kind_duration": -1.0,
    "veto_other_status": -3.5, "veto_other_grade": -3.0, "veto_other_period": -3.5, "veto_other_place": -3.5,
    "veto_inner_place": -3.0, "veto_other_kind": -2.5, "veto_other_object": -2.0, "veto_contrasted": -2.5,
    "veto_other_attribute": -2.0, "veto_other_parties": -1.8, "veto_unknown_status": -1.5, "veto_unknown_kind": -1.0,
    "veto_plan": -1.2, "veto_other_occasion": -3.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bag:
    """Pairs of numbers that were judged together: ``labels`` where each is known, else whether any is positive.

    ``choices``: the rows of which one is positive, where the words that the gold opposes hold several numbers.
    """

    name: str
    rows: numpy.ndarray
    labels: numpy.ndarray | None
    any_positive: bool = False
    choices: tuple[tuple[int, ...], ...] = ()


def compared(story: Workspace) -> Iterator[tuple[Quantity, Quantity]]:
    """The pairs of numbers of a story that are scored and cannot both hold."""
    found = story.quantities
    rates = exchange_rates(story)
    for first, second in candidates(story):
        one, other = found[first], found[second]
        if not same_money(one, other, rates) or any(veto(one, other, story.background) for veto in HARD):
            continue
        if one.reading is other.reading and one.clause.sentence == other.clause.sentence:
            continue
        if not meet(interval_of(one.value, rates), interval_of(other.value, rates)):
            yield one, other


def vector(one: Quantity, other: Quantity, story: Workspace) -> list[float]:
    found = features(one, other, story.background)
    return [1.0 if name == "bias" else found.get(name, 0.0) for name in PRIOR]


def bag_of(gold: Gold, analyses: Sequence[Analysis], knowledge: Knowledge) -> Bag:
    """All compared pairs of a cluster with their labels."""
    wanted = [pair for conflict in gold.conflicts for pair in opposed(conflict.positions)]
    rows: list[list[float]] = []
    labels = []
    choices: dict[Any, list[int]] = defaultdict(list)
    for story in stories(analyses, knowledge):
        for one, other in compared(story):
            spots = [(q.reading.document.article.id, q.value.span.start, q.value.span.end) for q in (one, other)]
            hit = [pair for pair in wanted if _hits(spots, pair)]
            for pair in hit:
                choices[pair].append(len(rows))
            rows.append(vector(one, other, story))
            labels.append(bool(hit))
    several = tuple(sorted({tuple(own) for own in choices.values() if len(own) > 1}))
    known = numpy.array(rows, float).reshape(-1, len(PRIOR))
    return Bag(gold.name, known, numpy.array(labels, float), choices=several)


def _hits(spots: Sequence[tuple[str, int, int]], pair: tuple[tuple[str, int, int], tuple[str, int, int]]) -> bool:
    def inside(one: tuple[str, int, int], other: tuple[str, int, int]) -> bool:
        return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]

    (a, b), (x, y) = spots, pair
    return (inside(a, x) and inside(b, y)) or (inside(a, y) and inside(b, x))


def bags_of_cases(folder: Path, resources: pipeline.Resources) -> list[Bag]:
    """One bag a case of the specifications of conflicts."""
    found = []
    for case, told in read_cases(folder, ("*_conflicts.yaml", "conflicts_*.yaml"), resources):
        rows = [vector(one, other, story) for story in told for one, other in compared(story)]
        if rows:
            positive = "quantity" in case["expect"] and "xfail" not in case
            found.append(Bag(case["id"], numpy.array(rows, float), None, positive))
    return found


def fit(bags: Sequence[Bag], spread: float = SPREAD) -> numpy.ndarray:
    """The weights of greatest posterior, by Newton's method; labels of bags are set anew in each round."""
    prior = numpy.array(list(PRIOR.values()))
    weights = prior.copy()
    for _ in range(ROUNDS):
        rows = numpy.concatenate([bag.rows for bag in bags])
        labels = numpy.concatenate([_labels(bag, weights) for bag in bags])
        shares = numpy.concatenate([numpy.full(len(bag.rows), 1.0 if bag.labels is not None else CASE) for bag in bags])
        shares[labels == UNKNOWN] = 0.0
        weights = climb(rows, labels, shares, prior, weights, spread)
    return weights


def _labels(bag: Bag, weights: numpy.ndarray) -> numpy.ndarray:
    if bag.labels is not None:
        labels = bag.labels.copy()
        for choice in bag.choices:
            labels[list(choice)] = UNKNOWN
        for choice in bag.choices:
            labels[max(choice, key=lambda row: float(bag.rows[row] @ weights))] = 1.0
        return labels
    labels = numpy.zeros(len(bag.rows))
    if bag.any_positive:
        labels[int(numpy.argmax(bag.rows @ weights))] = 1.0
    return labels


def scorer_of(weights: numpy.ndarray, accepted: float, within: float) -> scorer.Scorer:
    named = {name: round(float(value), 3) for name, value in zip(PRIOR, weights, strict=True)}
    bias = named.pop("bias")
    return scorer.Scorer(bias, accepted, within, named)


def judged(gold: Gold, analyses: Sequence[Analysis], resources: pipeline.Resources, model: scorer.Scorer) -> Tally:
    """How the conflicts of quantities that ``model`` finds are held against the gold's."""
    scorer.load = lambda path=scorer.WEIGHTS: model  # type: ignore[assignment]
    checked: CrossCheck = pipeline.cross_check(analyses, resources)
    reports = [conflict for conflict in checked.conflicts if conflict.type == "quantity"]
    wanted = [conflict for conflict in gold.conflicts if conflict.type == "quantity"]
    # a report of another matter is wrong, one that the gold has under another type is not
    tally = compare(replace(gold, conflicts=tuple(wanted)), reports)
    whole = compare(gold, reports)
    tally.right, tally.tripped = whole.right, whole.tripped
    return tally


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, measure and write the weights."""
    parser = make_parser(__doc__ or "", scorer.WEIGHTS)
    parser.add_argument("--accepted", type=float, default=0.45)
    parser.add_argument("--within", type=float, default=0.7)
    parser.add_argument("--spread", type=float, default=SPREAD)
    options = parser.parse_args(arguments)
    material = read_clusters(options)
    resources, golds, analyses = material.resources, material.golds, material.analyses
    clusters = [bag_of(gold, analyses[gold.name], resources.conflicts) for gold in golds]
    cases = bags_of_cases(options.cases, resources)
    positive = int(sum(bag.labels.sum() for bag in clusters if bag.labels is not None))
    count = sum(len(bag.rows) for bag in clusters)
    print(f"{count} pairs of {len(clusters)} clusters, {positive} positive; {len(cases)} cases")
    if options.leave_out:
        for name, spread in (("by hand", 1e-3), ("learned", options.spread)):
            total = Tally()
            for gold in golds:
                rest = [bag for bag in clusters if bag.name != gold.name] + cases
                model = scorer_of(fit(rest, spread), options.accepted, options.within)
                tally = judged(gold, analyses[gold.name], resources, model)
                print(f"  {gold.name:<26} {tally}")
                total.add(tally)
            print(f"{name}: {total}")
    weights = fit(clusters + cases, options.spread)
    model = scorer_of(weights, options.accepted, options.within)
    write(model, options.out)
    _print_weights(weights)
    return 0


def _print_weights(weights: Iterable[float]) -> None:
    for (name, prior), value in zip(PRIOR.items(), weights, strict=True):
        print(f"  {name:<24} {prior:6.2f} -> {value:6.2f}")


if __name__ == "__main__":
    sys.exit(main())
