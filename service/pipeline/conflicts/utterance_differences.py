"""What changed between two reports of one utterance: rules, in the order in which an editor would mind.

Each rule looks at aligned segments of two utterances of one speaker and names the units that differ. Where at least one
report is not in quotation marks the speaker's words may have been retold, so that only the change of a negation, of an
opposite or of a scale counts, and more must be shared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from service.pipeline.conflicts.utterance_language import Knowledge
from service.pipeline.conflicts.utterance_reading import Segment
from service.pipeline.conflicts.utterance_similarity import EQUAL, OPPOSITE, SYNONYM, Overlap, Pair
from service.pipeline.conflicts.utterance_units import CONTENT, NAME, NUMBER, SCALE, Unit

CONTRADICTION, WORDING = "contradiction", "wording"


@dataclass(frozen=True, slots=True)
class Difference:
    """The units, by index, that differ, and the rule that says so. ``parts`` may be empty on one side."""

    status: str
    rule: str
    score: float
    left: tuple[int, ...]
    right: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """An overlap with what the rules ask of it. ``days`` lie between the two articles; None where unknown.
    ``setting``: both state one kind of occasion and one day; ``single``: both are quotations of one sentence."""

    overlap: Overlap
    knowledge: Knowledge
    days: float | None
    setting: bool = False
    single: bool = False

    @property
    def both_quoted(self) -> bool:
        """Whether either segment has words in quotation marks."""
        return self.overlap.one.quoted and self.overlap.other.quoted

    @property
    def content_pairs(self) -> list[Pair]:
        """The pairs of content words that tell something."""
        units = self.overlap.one.units
        return [
            p
            for p in self.overlap.pairs
            if p.relation != OPPOSITE
            and units[p.left].kind == CONTENT
            and units[p.left].key not in self.knowledge.light
        ]

    def shares(self, shared: float, most: float, least: float, run: int = 0) -> bool:
        """Whether enough is shared: in weight, in coverage of the segments (the higher, the lower), and verbatim."""
        high, low = max(self.overlap.coverage), min(self.overlap.coverage)
        return self.overlap.shared >= shared and high >= most and low >= least and self.overlap.run >= run

    def gaps(self) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
        """Unmatched units of either side that stand between the same matched neighbours."""
        lonely_left, lonely_right = (set(side) for side in self.overlap.unmatched)
        i = j = 0
        ends = Pair(len(self.overlap.one.units), len(self.overlap.other.units), EQUAL, True)
        for pair in (*(p for p in self.overlap.pairs if p.ordered), ends):
            left = tuple(k for k in range(i, pair.left) if k in lonely_left)
            right = tuple(k for k in range(j, pair.right) if k in lonely_right)
            if left and right:
                yield left, right
            i, j = pair.left + 1, pair.right + 1


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
        nearly = comparison.overlap.likeness >= 0.7 or min(comparison.overlap.coverage) >= 0.99
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
        if mine and theirs:
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
            return Difference(CONTRADICTION, "opposite-word", 0.85, (pair.left,), (pair.right,))
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
        return Difference(CONTRADICTION, "scale-changed", 0.75, (i,), (j,))
    left, right = comparison.overlap.unmatched
    one, other = comparison.overlap.one.units, comparison.overlap.other.units
    lone_left = tuple(i for i in left if one[i].key in comparison.knowledge.lone)
    lone_right = tuple(j for j in right if other[j].key in comparison.knowledge.lone)
    if bool(lone_left) != bool(lone_right):
        return Difference(CONTRADICTION, "certainty-changed", 0.7, lone_left, lone_right)
    return None


def condition_changed(comparison: Comparison) -> Difference | None:
    """One report binds to a condition what the other says without one."""
    one, other = comparison.overlap.one, comparison.overlap.other
    if one.conditional == other.conditional or not comparison.both_quoted or not comparison.shares(1.5, 0.5, 0.3):
        return None
    quoted = [p for p in comparison.content_pairs if one.units[p.left].quoted and other.units[p.right].quoted]
    if len(quoted) < 2:
        return None
    left = tuple(i for i, unit in enumerate(one.units) if unit.kind == "condition")
    right = tuple(j for j, unit in enumerate(other.units) if unit.kind == "condition")
    return Difference(CONTRADICTION, "condition-changed", 0.75, left, right)


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
            return Difference(CONTRADICTION, "enumeration-changed", 0.75, added, dropped)
    return None


def number_changed(comparison: Comparison) -> Difference | None:
    """Another number in otherwise the same words, on the same day."""
    if not comparison.both_quoted or not comparison.shares(2.0, 0.7, 0.6, run=3) or (comparison.days or 0.0) > 1.5:
        return None
    return _one_for_one(comparison, NUMBER, "number-changed", 0.7)


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
    if not verbatim and not (comparison.shares(2.3, 0.6, 0.5, run=2) and len(comparison.content_pairs) >= 3):
        return None
    for left, right in comparison.gaps():
        if len(left) > 2 or len(right) > 2:
            return None
        lone = verbatim and len(left) == len(right) == 1
        for i in left:
            for j in right:
                a, b = overlap.one.units[i], overlap.other.units[j]
                verbs = (a.verb and b.verb) or (lone and (a.verb or b.verb))
                if a.kind == b.kind == CONTENT and verbs and a.quoted and b.quoted:
                    return Difference(CONTRADICTION, "verb-replaced", 0.75, left, right)
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
        return Difference(CONTRADICTION, "word-replaced", 0.6, left, right)
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


def _same_subject(one: Segment, other: Segment) -> bool:
    """Whether both begin with the same two words, and those hold the first content word and nothing more."""
    return one.words[:2] == other.words[:2] and one.units[0].kind == other.units[0].kind == CONTENT


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
    retold,
)
