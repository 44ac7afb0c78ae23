"""What changed between two reports of one utterance: rules, in the order in which an editor would mind.

Each rule looks at aligned segments of two utterances of one source and names the units that differ. Where at least one
report is not in quotation marks the speaker's words may have been retold, so that only the change of a negation or of
an opposite counts, and more must be shared.
"""

from __future__ import annotations

from collections.abc import Callable

from service.pipeline.conflicts.utterances.comparison import CONTRADICTION, WORDING, Comparison, Difference
from service.pipeline.conflicts.utterances.reading import Segment
from service.pipeline.conflicts.utterances.replacements import (
    frame_kept,
    name_changed,
    number_changed,
    same_occasion,
    verb_replaced,
    word_replaced,
)
from service.pipeline.conflicts.utterances.similarity import OPPOSITE, SYNONYM, Pair
from service.pipeline.conflicts.utterances.units import CONDITION, CONTENT, NAME, NUMBER, SCALE, Unit

_KEPT = 0.6


Rule = Callable[[Comparison], Difference | None]


def difference(comparison: Comparison) -> Difference | None:
    """The first rule's finding; None where the two do not speak of one thing, or say the same."""
    for rule in RULES:
        found = rule(comparison)
        if found is not None:
            return found
    return None


def _close(comparison: Comparison, pair: Pair) -> bool:
    """Whether the two are surely one utterance, judged by what must stay when a word of it turns round."""
    if comparison.overlap.one.units[pair.left].quoted and comparison.overlap.other.units[pair.right].quoted:
        found, least = comparison.overlap, min(comparison.overlap.coverage)
        nearly = found.likeness >= 0.7 or least >= 0.99
        nearly = nearly or (comparison.near and found.likeness >= 0.6 and (least >= 0.75 or found.run >= 3))
        return (nearly and bool(comparison.content_pairs)) or comparison.shares(1.2, 0.6, 0.35, run=2)
    return comparison.shares(2.0, 0.75, 0.5, run=2)


def negation_changed(comparison: Comparison) -> Difference | None:
    """One report negates what the other affirms; "before" against "after" undoes a negation."""
    one, other = comparison.overlap.one.units, comparison.overlap.other.units
    if _other_matter(comparison):
        return None
    for pair in _turned(comparison):
        a, b = one[pair.left], other[pair.right]
        if ((a.delayed or b.delayed) and not comparison.setting) or not _close(comparison, pair):
            continue
        if _also(comparison.overlap.one, a, b.negated) or _also(comparison.overlap.other, b, a.negated):
            continue
        if any(name == "order" for name, _, _ in _turned_scales(comparison)) and not _rest_differs(comparison):
            continue
        return Difference(CONTRADICTION, "negation-changed", 0.9, (pair.left,), (pair.right,))
    return None


def _other_matter(comparison: Comparison) -> bool:
    """Whether a word gave way to another in the same place, so that what turned round is said of something else."""
    one, other = comparison.overlap.one.units, comparison.overlap.other.units
    light = comparison.knowledge.light
    for left, right in comparison.gaps():
        mine = [one[i] for i in left if one[i].kind in (CONTENT, NAME) and one[i].key not in light]
        theirs = [other[j] for j in right if other[j].kind in (CONTENT, NAME) and other[j].key not in light]
        numbers = any(one[i].kind == NUMBER for i in left) and any(other[j].kind == NUMBER for j in right)
        if numbers or (mine and theirs):
            return True
    return False


def _turned(comparison: Comparison) -> list[Pair]:
    """The pairs of one content word that only one side negates."""
    one, other = comparison.overlap.one.units, comparison.overlap.other.units
    return [
        pair
        for pair in comparison.overlap.pairs
        if pair.relation != OPPOSITE
        and one[pair.left].kind == CONTENT
        and one[pair.left].negated != other[pair.right].negated
    ]


def _also(segment: Segment, unit: Unit, negated: bool) -> bool:
    """Whether the segment has the word of ``unit`` the other way round as well."""
    return any(u is not unit and u.key == unit.key and u.negated == negated for u in segment.units)


def _rest_differs(comparison: Comparison) -> bool:
    left, right = comparison.overlap.unmatched
    one, other = comparison.overlap.one.units, comparison.overlap.other.units
    return any(one[i].kind == NUMBER for i in left) or any(other[j].kind == NUMBER for j in right)


def opposite_word(comparison: Comparison) -> Difference | None:
    """A word gave way to its opposite, neither or both negated."""
    one, other = comparison.overlap.one.units, comparison.overlap.other.units
    if _other_matter(comparison):
        return None
    for pair in comparison.overlap.pairs:
        a, b = one[pair.left], other[pair.right]
        same_sense = a.negated == b.negated and not (a.delayed or b.delayed)
        if pair.relation == OPPOSITE and same_sense and _close(comparison, pair):
            return Difference(CONTRADICTION, "opposite-word", 0.8, (pair.left,), (pair.right,))
    return None


def _turned_scales(comparison: Comparison) -> list[tuple[str, int, int]]:
    """Scales on which the two use words of different classes, with the units."""
    one, other = comparison.overlap.one.units, comparison.overlap.other.units
    left, right = comparison.overlap.unmatched
    found = []
    for i in left:
        for j in right:
            if one[i].kind == other[j].kind == SCALE:
                scale, mine = one[i].key.split(":")
                theirs, their = other[j].key.split(":")
                if scale == theirs and mine != their:
                    found.append((scale, i, j))
    return found


def scale_changed(comparison: Comparison) -> Difference | None:
    """``some`` became ``all``, ``may`` became ``must``, or a ``perhaps`` was added or dropped."""
    if not comparison.both_quoted or not comparison.shares(1.8, 0.8, 0.6, run=2) or len(comparison.content_pairs) < 2:
        return None
    for name, i, j in _turned_scales(comparison):
        if (name == "order" and _turned(comparison)) or (name == "time" and not comparison.setting):
            continue
        return Difference(CONTRADICTION, "scale-changed", 0.65, (i,), (j,))
    left, right = comparison.overlap.unmatched
    one, other = comparison.overlap.one.units, comparison.overlap.other.units
    lone_left = tuple(i for i in left if one[i].key in comparison.knowledge.lone)
    lone_right = tuple(j for j in right if other[j].key in comparison.knowledge.lone)
    if bool(lone_left) != bool(lone_right):
        return Difference(CONTRADICTION, "certainty-changed", 0.55, lone_left, lone_right)
    return None


def condition_changed(comparison: Comparison) -> Difference | None:
    """One report binds to a condition what the other says without one."""
    one, other = comparison.overlap.one, comparison.overlap.other
    if one.conditional == other.conditional or not comparison.both_quoted or not comparison.shares(1.5, 0.5, 0.3):
        return None
    bound = one if one.conditional else other
    matched = [p.left if one.conditional else p.right for p in comparison.content_pairs]
    condition = bound.condition
    stated = [i for i, unit in enumerate(bound.units) if unit.kind == CONTENT and unit.token not in condition]
    kept = [i for i in stated if i in matched and bound.units[i].quoted]
    free = comparison.overlap.coverage[1 if one.conditional else 0]
    added = any(
        unit.kind == CONTENT and unit.token in condition and i not in matched for i, unit in enumerate(bound.units)
    )
    if len(kept) < 2 or len(kept) < _KEPT * len(stated) or free < _KEPT or not added:
        return None
    opener = tuple(i for i, unit in enumerate(bound.units) if unit.kind == CONDITION)
    sides = (opener, ()) if one.conditional else ((), opener)
    return Difference(CONTRADICTION, "condition-changed", 0.65, *sides)


def enumeration_changed(comparison: Comparison) -> Difference | None:
    """A member of a list was added, dropped or replaced, both lists in quotation marks."""
    if not comparison.both_quoted or not comparison.shares(1.5, 0.6, 0.3):
        return None
    one, other = comparison.overlap.one.units, comparison.overlap.other.units
    matched: dict[tuple[int, int], int] = {}
    for pair in comparison.overlap.pairs:
        lists = one[pair.left].enumeration, other[pair.right].enumeration
        if min(lists) >= 0 and one[pair.left].quoted and other[pair.right].quoted and pair.relation != OPPOSITE:
            matched[lists] = matched.get(lists, 0) + 1
    left, right = comparison.overlap.unmatched
    for (mine, theirs), count in sorted(matched.items()):
        added = tuple(i for i in left if one[i].enumeration == mine and one[i].quoted)
        dropped = tuple(j for j in right if other[j].enumeration == theirs and other[j].quoted)
        if count >= 2 and (added or dropped):
            return Difference(CONTRADICTION, "enumeration-changed", 0.7, added, dropped)
    return None


def retold(comparison: Comparison) -> Difference | None:
    """The same in other words: synonyms, or the negation of an opposite, in a quotation."""
    one, other = comparison.overlap.one.units, comparison.overlap.other.units
    if not comparison.shares(1.8, 0.7, 0.5) or len(comparison.content_pairs) < 3:
        return None
    swapped = [
        pair
        for pair in comparison.overlap.pairs
        if (one[pair.left].quoted or other[pair.right].quoted)
        and (
            (pair.relation == SYNONYM and one[pair.left].negated == other[pair.right].negated)
            or (pair.relation == OPPOSITE and one[pair.left].negated != other[pair.right].negated)
        )
    ]
    if not swapped:
        return None
    return Difference(WORDING, "retold", 0.6, tuple(p.left for p in swapped), tuple(p.right for p in swapped))


RULES: tuple[Rule, ...] = (
    negation_changed,
    opposite_word,
    condition_changed,
    enumeration_changed,
    scale_changed,
    number_changed,
    name_changed,
    verb_replaced,
    word_replaced,
    same_occasion,
    frame_kept,
    retold,
)
