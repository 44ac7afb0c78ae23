"""How the entities, values and attributions of an analysis are held against the gold of its cluster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from evaluation.gold import Gold
from evaluation.metrics import Counts, fold, intersection_over_union, same_name
from service.pipeline.annotations import Analysis, Attribution, Document, Span, Value

_TYPES = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "EVENT", "LAW", "PRODUCT", "NORP"})
# Regions and places are told apart by convention, not by fact: they count as one type.
_MERGED_TYPES = {"LOC": "GPE"}
_LEAST_SHARE = 0.5


def compare_entities(gold: Gold, analyses: Sequence[Analysis]) -> tuple[Counts, Counts]:
    """Mentions with the same span and type; and, of those, the ones whose canonical name is right.

    Types that the gold does not annotate are left out.
    """
    wanted = {(*place, _MERGED_TYPES.get(kind, kind)): name for place, kind, name in gold.entities}
    given: dict[tuple[str, int, int, str], str] = {}
    for analysis in analyses:
        for entity in analysis.entities:
            if entity.type not in _TYPES:
                continue
            kind = _MERGED_TYPES.get(entity.type, entity.type)
            for mention in entity.mentions:
                given[analysis.document.article.id, mention.start, mention.end, kind] = entity.name
    both = wanted.keys() & given.keys()
    named = sum(fold(wanted[key]) == fold(given[key]) for key in both)
    return Counts(len(both), len(given), len(wanted)), Counts(named, len(both), len(both))


def compare_values(gold: Gold, analyses: Sequence[Analysis]) -> Counts:
    """Values whose spans overlap and that state the same interval or the same time."""
    given = [(a.document.article.id, v) for a in analyses for v in a.values]
    used: set[int] = set()
    for (article, start, end), wanted in gold.values:
        span = Span(start, end)
        for index, (where, value) in enumerate(given):
            if index not in used and where == article and value.span.overlaps(span) and _same_value(wanted, value):
                used.add(index)
                break
    return Counts(len(used), len(given), len(gold.values))


def compare_attributions(gold: Gold, analyses: Sequence[Analysis]) -> tuple[Counts, dict[str, Counts]]:
    """Contents that overlap by half (intersection over union) with the right speaker; over all, and recall by form.

    Each piece of gold takes the content that overlaps it most. Where the gold names nobody, neither may the claim.
    """
    given = [
        (analysis.document.article.id, claim.span, _names(claim.attribution, analysis.document))
        for analysis in analyses
        for claim in analysis.claims
        if claim.attribution
    ]
    used: set[int] = set()
    by_form: dict[str, Counts] = {}
    for (article, start, end), form, names in gold.attributions:
        best: tuple[float, int] | None = None
        for index, (where, span, said_by) in enumerate(given):
            if index in used or where != article:
                continue
            right = any(same_name(w, n) for w in names for n in said_by) if names else not said_by
            share = intersection_over_union((start, end), (span.start, span.end))
            if right and share >= _LEAST_SHARE and (best is None or share > best[0]):
                best = (share, index)
        if best:
            used.add(best[1])
        by_form[form] = by_form.get(form, Counts()) + Counts(int(best is not None), 0, 1)
    return Counts(len(used), len(given), len(gold.attributions)), by_form


def _names(attribution: Attribution, document: Document) -> tuple[str, ...]:
    """What the source is called: by its canonical name, and as written."""
    speaker = attribution.speaker
    if speaker is None:
        return ()
    written = document.text_of(speaker.span) if speaker.span else None
    return tuple(name for name in (speaker.name, written) if name)


def _same_value(wanted: Mapping[str, object], value: Value) -> bool:
    temporal = value.kind in {"date", "time"}
    if (wanted["kind"] == "date") != temporal:
        return False
    if temporal:
        return _same_moment(wanted.get("from"), value.from_) and _same_moment(wanted.get("to"), value.to)
    return _near(wanted.get("low"), value.low) and _near(wanted.get("high"), value.high)


def _near(one: object, other: float | None) -> bool:
    if not isinstance(one, int | float) or other is None:
        return one is None and other is None
    return abs(one - other) <= 1e-6 * max(1.0, abs(one), abs(other))


def _same_moment(one: object, other: str | None) -> bool:
    """Instants where both have a clock time (naive ones by the clock), days where one has none."""
    if not isinstance(one, str) or not other:
        return not one and not other
    if "T" in one and "T" in other:
        first, second = datetime.fromisoformat(one), datetime.fromisoformat(other)
        if (first.tzinfo is None) != (second.tzinfo is None):
            first, second = first.replace(tzinfo=None), second.replace(tzinfo=None)
        return first == second
    return one[:10] == other[:10]
