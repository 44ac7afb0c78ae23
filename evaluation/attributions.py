"""Who said what, measured on gold clusters: by form and by rule, and how far a score can be trusted.

``python -m evaluation.attributions CLUSTER...`` prints, once with the gold's entities and once with those of the
pipeline: precision, recall and F1 (contents that share half of their length, right speaker, as the evaluation set's
scorer counts them) over all and recall by form; precision by rule; and the reliability table: of the statements with
a score in a band, the share that is right.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evaluation import gold, signature
from evaluation.metrics import Counts, intersection_over_union, same_name
from service import pipeline
from service.pipeline import attribution
from service.pipeline.annotations import Analysis
from service.pipeline.attribution import AttributedStatement

BANDS = (0.0, 0.7, 0.8, 0.9, 0.95, 1.01)
"""The bounds of the bands of the reliability table."""
_OVERLAP = 0.5


@dataclass(slots=True)
class Tally:
    """Counts over all, by form (recall only), by rule and by band of score (precision only)."""

    all: Counts = field(default_factory=Counts)
    by_form: dict[str, Counts] = field(default_factory=dict)
    by_rule: dict[str, Counts] = field(default_factory=dict)
    by_band: dict[str, Counts] = field(default_factory=dict)

    def count_gold(self, form: str, hit: bool) -> None:
        """Count one gold statement of ``form``, found or not."""
        self.all += Counts(int(hit), 0, 1)
        self.by_form[form] = self.by_form.get(form, Counts()) + Counts(int(hit), 0, 1)

    def count_given(self, statement: AttributedStatement, hit: bool) -> None:
        """Count one statement that was found, right or not."""
        self.all += Counts(0, 1, 0)
        for table, key in ((self.by_rule, statement.rule), (self.by_band, band(statement.score))):
            table[key] = table.get(key, Counts()) + Counts(int(hit), 1, 0)


def band(score: float) -> str:
    """The band of the reliability table that ``score`` falls in."""
    low = max(bound for bound in BANDS if bound <= score)
    high = min(bound for bound in BANDS if bound > score)
    return f"{low:.2f}–{min(high, 1.0):.2f}"


def measure(cluster: gold.Gold, analyses: Sequence[Analysis], knowledge: attribution.Knowledge, tally: Tally) -> None:
    """Add to ``tally`` what the statements found in ``analyses`` count against the gold of ``cluster``."""
    for analysis in analyses:
        document = analysis.document
        given = attribution.find_attributions(document, analysis.entities, knowledge)
        used: set[int] = set()
        for (article, start, end), form, names in cluster.attributions:
            if article != document.article.id:
                continue
            best = max(_candidates(document.text, given, used, (start, end), names), default=None)
            if best is not None:
                used.add(-best[1])
            tally.count_gold(form, best is not None)
        for number, statement in enumerate(given):
            tally.count_given(statement, number in used)


def _candidates(
    text: str, given: Sequence[AttributedStatement], used: set[int], place: tuple[int, int], names: Sequence[str]
) -> Iterator[tuple[float, int]]:
    """Overlap and negated number of each unused statement that agrees with a gold one at ``place`` by ``names``."""
    for number, statement in enumerate(given):
        speaker = statement.attribution.speaker
        said = (
            []
            if speaker is None
            else [speaker.name, text[speaker.span.start : speaker.span.end] if speaker.span else None]
        )
        said = [name for name in said if name]
        right = any(same_name(wanted, name) for wanted in names for name in said) if names else not said
        share = intersection_over_union(place, (statement.span.start, statement.span.end))
        if number not in used and right and share >= _OVERLAP:
            yield share, -number


def _print(title: str, tally: Tally) -> None:
    one = tally.all
    figures = f"F1 {one.f1:.3f}  P {one.precision:.3f}  R {one.recall:.3f}"
    print(f"{title}: {figures}  ({one.hits} of {one.predicted} given, {one.gold} in gold)")
    for form, counts in sorted(tally.by_form.items()):
        print(f"  {form:<10} recall {counts.recall:.3f}  ({counts.hits} of {counts.gold})")
    for name, table in (("rule", tally.by_rule), ("score", tally.by_band)):
        for key, counts in sorted(table.items()):
            print(f"  {name} {key:<32} {counts.precision:.3f}  ({counts.hits} of {counts.predicted})")


def main() -> None:
    """Print the tables of the clusters named on the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("clusters", nargs="+", type=Path)
    folders = parser.parse_args().clusters
    resources = pipeline.load()
    with_gold, with_found = Tally(), Tally()
    for folder in folders:
        cluster = gold.read(folder)
        here, there = Tally(), Tally()
        known = gold.oracle(cluster, resources.document)
        found = pipeline.analyze(cluster.articles, resources, "entities")
        for analyses, own, total in ((known, here, with_gold), (found, there, with_found)):
            measure(cluster, analyses, resources.attribution, own)
            measure(cluster, analyses, resources.attribution, total)
        print(f"{cluster.name:<28} gold entities F1 {here.all.f1:.3f}   found entities F1 {there.all.f1:.3f}")
    _print("with gold entities", with_gold)
    _print("with found entities", with_found)
    print("signature  " + "  ".join(f"{part}:{value}" for part, value in signature.sign(folders).items()))


if __name__ == "__main__":
    main()
