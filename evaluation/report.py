"""Gold clusters scored, the figures printed with their signature and held against their floors.

entities      F1 of mentions: exact span and type (LOC counts as GPE); ``names``: share of those with the right name
values        F1: overlapping span, same interval or same time
attributions  F1: contents that share half of their length, right speaker; recall by form
conflicts     R: share of the gold conflicts found (status translation aside); P: share of the reported pairs of
              opposed evidence that the gold opposes too; ``type``, ``status``: share of the found with the right
              one; ``traps``: pairs reported that look like conflicts and are not
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evaluation import conflicts, floors, gold, signature
from evaluation.annotations import compare_attributions, compare_entities, compare_values
from evaluation.metrics import Counts, harmonic_mean
from service import pipeline

KEPT = frozenset({"entities_f1", "names", "values_f1", "attributions_f1", "conflicts_f1", "traps_tripped"})
"""The figures that floors are kept for: of precision and recall, which trade against each other, their mean alone."""
_NONE = Counts()


@dataclass(slots=True)
class Score:
    """The counts of one cluster, or of several added up."""

    entities: Counts = _NONE
    names: Counts = _NONE
    values: Counts = _NONE
    attributions: Counts = _NONE
    by_form: dict[str, Counts] = field(default_factory=dict)
    conflicts: conflicts.Tally = field(default_factory=conflicts.Tally)

    def add(self, other: Score) -> None:
        """Add the counts of ``other``."""
        self.entities += other.entities
        self.names += other.names
        self.values += other.values
        self.attributions += other.attributions
        for form, counts in other.by_form.items():
            self.by_form[form] = self.by_form.get(form, Counts()) + counts
        self.conflicts.add(other.conflicts)

    def figures(self) -> dict[str, float]:
        """Each figure by its name; shares from 0 to 1, counts of traps."""
        tally = self.conflicts
        recall = tally.found / tally.gold if tally.gold else 0.0
        precision = tally.right / tally.reported if tally.reported else 0.0
        return {
            "entities_f1": self.entities.f1,
            "names": self.names.recall,
            "values_f1": self.values.f1,
            "attributions_f1": self.attributions.f1,
            "conflicts_f1": harmonic_mean(precision, recall),
            "conflicts_p": precision,
            "conflicts_r": recall,
            "type": tally.same_type / max(1, tally.found),
            "status": tally.same_status / max(1, tally.found),
            "traps_tripped": tally.tripped,
            "traps": tally.traps,
            **{f"attributions_{form}_r": counts.recall for form, counts in sorted(self.by_form.items())},
        }


def evaluate_clusters(folders: Sequence[Path], as_json: bool, floors_file: Path | None, raise_floors: bool) -> bool:
    """Score the clusters in ``folders`` and print the figures; False where one is below its floor.

    Figures are printed as a table, or as JSON. With ``raise_floors`` the floors are moved up to the figures instead.
    """
    resources = pipeline.load()
    scores = {(cluster := gold.read(folder)).name: score(cluster, resources) for folder in folders}
    total = Score()
    for one in scores.values():
        total.add(one)
    figures = {name: one.figures() for name, one in scores.items()}
    signed = signature.sign(folders)
    if as_json:
        print(json.dumps({"signature": signed, "clusters": figures, "all": total.figures()}, indent=1))
    else:
        _print_scores({**scores, f"all {len(scores)}": total}, signed)
    if floors_file is None:
        return True
    kept = floors.read(floors_file) if floors_file.exists() else {}
    if raise_floors:
        floors.write(floors_file, floors.raise_floors(figures, kept, KEPT))
        return True
    drops = list(floors.find_drops(figures, kept))
    for drop in drops:
        print(f"below its floor: {drop}")
    return not drops


def score(cluster: gold.Gold, resources: pipeline.Resources) -> Score:
    """The counts of what the pipeline makes of the articles of ``cluster``, held against its gold."""
    analyses = pipeline.analyze(cluster.articles, resources)
    entities, names = compare_entities(cluster, analyses)
    attributions, by_form = compare_attributions(cluster, analyses)
    found = conflicts.compare(cluster, pipeline.cross_check(analyses, resources).conflicts)
    return Score(entities, names, compare_values(cluster, analyses), attributions, by_form, found)


def _print_scores(scores: Mapping[str, Score], signed: Mapping[str, str]) -> None:
    for name, one in scores.items():
        print(name)
        for part in ("entities", "values", "attributions"):
            print(f"  {part:<14}{_describe(getattr(one, part))}")
        forms = (f"{form} {counts.hits} of {counts.gold}" for form, counts in sorted(one.by_form.items()))
        print(f"  {'  by form':<14}{', '.join(forms)}")
        print(f"  {'names':<14}{one.names.hits} of {one.names.gold} matched mentions carry the right canonical name")
        print(f"  {'conflicts':<14}{one.conflicts}")
    print("signature  " + "  ".join(f"{part}:{value}" for part, value in signed.items()))


def _describe(counts: Counts) -> str:
    return (
        f"F1 {counts.f1:.3f}  P {counts.precision:.3f}  R {counts.recall:.3f}  "
        f"({counts.hits} right of {counts.predicted} given, {counts.gold} in gold)"
    )
