"""Two aligned segments of utterances of one source, and what the rules that judge them ask of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from service.pipeline.conflicts.utterances.language import Knowledge
from service.pipeline.conflicts.utterances.similarity import EQUAL, OPPOSITE, Overlap, Pair
from service.pipeline.conflicts.utterances.units import CONTENT

LEAST = 6
CONTRADICTION, WORDING = "contradiction", "wording"


class Difference(msgspec.Struct, frozen=True, gc=False):
    """The units, by index, that differ, and the rule that says so. ``parts`` may be empty on one side."""

    status: str
    rule: str
    score: float
    left: tuple[int, ...]
    right: tuple[int, ...]


class Comparison(msgspec.Struct, frozen=True):
    """An overlap with what the rules ask of it. ``days`` lie between the two articles; None where unknown.
    ``setting``: both state one kind of occasion and one day; ``single``: both are quotations of one sentence;
    ``near``: both were said, as far as is known, on one day."""

    overlap: Overlap
    knowledge: Knowledge
    days: float | None
    setting: bool = False
    single: bool = False
    near: bool = False

    @property
    def both_quoted(self) -> bool:
        """Whether both segments have words in quotation marks."""
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
        """Unmatched units of either side that stand between the same matched neighbours, other than one word spelt in
        two ways."""
        lonely_left, lonely_right = (set(side) for side in self.overlap.unmatched)
        i = j = 0
        ends = Pair(len(self.overlap.one.units), len(self.overlap.other.units), EQUAL, True)
        for pair in (*(p for p in self.overlap.pairs if p.ordered), ends):
            left = tuple(k for k in range(i, pair.left) if k in lonely_left)
            right = tuple(k for k in range(j, pair.right) if k in lonely_right)
            if left and right and not self.is_respelt(left, right):
                yield left, right
            i, j = pair.left + 1, pair.right + 1

    def is_respelt(self, left: Sequence[int], right: Sequence[int]) -> bool:
        """Whether either side is one word, and the two differ by a letter where one of them is no word of the language
        ("settingan", "setingan")."""
        if len(left) != 1 or len(right) != 1:
            return False
        one, other = self.overlap.one.units[left[0]], self.overlap.other.units[right[0]]
        if not one.kind == other.kind == CONTENT or not _differ_by_a_letter(one.surface, other.surface):
            return False
        return not (self.knowledge.is_known(one.surface) and self.knowledge.is_known(other.surface))


def _differ_by_a_letter(one: str, other: str) -> bool:
    """Whether one letter put in, left out or replaced makes two longer words equal."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < LEAST or len(longer) - len(shorter) > 1 or shorter == longer:
        return False
    start = next((i for i, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    rest = longer[start + 1 :]
    return rest == (shorter[start:] if len(longer) > len(shorter) else shorter[start + 1 :])
