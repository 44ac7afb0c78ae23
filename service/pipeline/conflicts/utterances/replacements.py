"""One word for another in otherwise the same words: rules for numbers, names, predicates and what a sentence ends in.

Only words in quotation marks count: reported speech is retold, and its verbs are the reporter's.
"""

from __future__ import annotations

from collections.abc import Sequence

from service.pipeline.conflicts.intervals import interval_of, meet
from service.pipeline.conflicts.utterances.comparison import CONTRADICTION, Comparison, Difference
from service.pipeline.conflicts.utterances.reading import Segment
from service.pipeline.conflicts.utterances.similarity import EQUAL
from service.pipeline.conflicts.utterances.units import CONTENT, NAME, NUMBER, SCALE


def number_changed(comparison: Comparison) -> Difference | None:
    """Another number in otherwise the same words, on the same day."""
    if not comparison.both_quoted or not comparison.shares(2.0, 0.7, 0.6, run=3) or (comparison.days or 0.0) > 1.5:
        return None
    found = _one_for_one(comparison, NUMBER, "number-changed", 0.7)
    if found is None:
        return None
    one = comparison.overlap.one.units[found.left[0]].value
    other = comparison.overlap.other.units[found.right[0]].value
    return None if one and other and meet(interval_of(one), interval_of(other)) else found


def name_changed(comparison: Comparison) -> Difference | None:
    """Another name in otherwise the same words."""
    if not comparison.both_quoted or not comparison.shares(2.0, 0.7, 0.6, run=3):
        return None
    return _one_for_one(comparison, NAME, "name-changed", 0.65)


def _one_for_one(comparison: Comparison, kind: str, rule: str, score: float) -> Difference | None:
    one, other = comparison.overlap.one.units, comparison.overlap.other.units
    found = None
    for left, right in comparison.gaps():
        if len(left) != 1 or len(right) != 1:
            return None
        a, b = one[left[0]], other[right[0]]
        if not (a.quoted and b.quoted) or a.kind != kind or b.kind != kind or a.label != b.label or found is not None:
            return None
        found = Difference(CONTRADICTION, rule, score, left, right)
    return found


def verb_replaced(comparison: Comparison) -> Difference | None:
    """Another predicate in otherwise the same words."""
    overlap = comparison.overlap
    if not comparison.both_quoted or not comparison.content_pairs:
        return None
    verbatim = overlap.run >= 3 and overlap.likeness >= 0.7 and len(overlap.one.words) >= 4
    alike = overlap.likeness >= 0.6 and comparison.shares(2.3, 0.6, 0.5, run=2) and len(comparison.content_pairs) >= 3
    gaps = list(comparison.gaps())
    if not verbatim and not (alike and len(gaps) == 1):
        return None
    for left, right in gaps:
        if len(left) > 2 or len(right) > 2:
            return None
        lone = verbatim and len(left) == len(right) == 1
        for i in left:
            for j in right:
                a, b = overlap.one.units[i], overlap.other.units[j]
                verbs = (a.verb and b.verb) or (lone and (a.verb or b.verb))
                if a.kind == b.kind == CONTENT and verbs and a.quoted and b.quoted:
                    return Difference(CONTRADICTION, "verb-replaced", 0.65, left, right)
    return None


def word_replaced(comparison: Comparison) -> Difference | None:
    """Another word at the end, where what is new stands, in otherwise the same words."""
    overlap = comparison.overlap
    one, other = overlap.one.units, overlap.other.units
    if overlap.likeness < 0.7 or overlap.run < 4 or len(comparison.content_pairs) < 2:
        return None
    gaps = list(comparison.gaps())
    if len(gaps) != 1:
        return None
    left, right = gaps[0]
    ends = left[-1] == len(one) - 1 and right[-1] == len(other) - 1
    new = [*(one[i] for i in left), *(other[j] for j in right)]
    if ends and len(left) <= 2 and len(right) <= 2 and all(unit.kind == CONTENT and unit.quoted for unit in new):
        return Difference(CONTRADICTION, "word-replaced", 0.5, left, right)
    return None


def same_occasion(comparison: Comparison) -> Difference | None:
    """On one stated occasion, something else is said of the same subject, in the speaker's own words."""
    one, other = comparison.overlap.one, comparison.overlap.other
    first = {pair.left: pair.right for pair in comparison.overlap.pairs if pair.relation == EQUAL}
    if not (comparison.setting and comparison.single) or first.get(0) != 0 or not _same_subject(one, other):
        return None
    if len(one.units) < 2 or len(other.units) < 2 or 1 in first:
        return None
    a, b = (next((u for u in side.units[1:] if u.kind != SCALE), side.units[0]) for side in (one, other))
    if a.verb and b.verb and not a.negated and not b.negated:
        return Difference(CONTRADICTION, "same-occasion", 0.5, (1,), (1,))
    return None


def frame_kept(comparison: Comparison) -> Difference | None:
    """The same opening, or opening and ending, and something else in their place: "harga itu kami bayar dua kali"
    against "harga itu kami bayar sekaligus"."""
    overlap = comparison.overlap
    if not comparison.both_quoted:
        return None
    first, second = overlap.one.words, overlap.other.words
    shortest = min(len(first), len(second))
    opening = _shared_start(first, second)
    ending = min(_shared_start(first[::-1], second[::-1]), shortest - opening)
    telling = len(comparison.content_pairs) + sum(overlap.one.units[p.left].kind == NAME for p in overlap.pairs)
    sure = (opening >= 4 and telling >= 2) or (opening >= 3 and ending >= 2 and telling >= 3)
    likely = opening >= 3 and telling >= 1 and 2 * (opening + ending) >= shortest
    if not sure and not (likely and comparison.near):
        return None
    sides = (overlap.one.units, overlap.other.units)
    left, right = (
        tuple(i for i in side if units[i].kind in (CONTENT, NAME, NUMBER) and units[i].quoted)
        for side, units in zip(overlap.unmatched, sides, strict=True)
    )
    if comparison.is_respelt(left, right):
        return None
    # counts grow from day to day: another number is the matter of its own rule
    counted = all(any(units[i].kind == NUMBER for i in side) for side, units in zip((left, right), sides, strict=True))
    return Difference(CONTRADICTION, "frame-kept", 0.55, left, right) if left and right and not counted else None


def _shared_start(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words two sequences begin with in common."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _same_subject(one: Segment, other: Segment) -> bool:
    """Whether both begin with the same two words, and those hold the first content word and nothing more."""
    return one.words[:2] == other.words[:2] and one.units[0].kind == other.units[0].kind == CONTENT
