"""Which statements to compare at all: those that share a key, found through an inverted index.

Work stays near-linear: within a bucket of more than ``BUCKET`` statements each is compared with its ``BUCKET`` nearest
followers only.
"""

from __future__ import annotations

from collections.abc import Sequence

BUCKET = 24


def pairs(keys: Sequence[Sequence[str]], nearest: int = BUCKET) -> list[tuple[int, int]]:
    """Index pairs of a story's statements that share a key; each once, in order.

    ``keys`` holds each statement's keys; ``nearest`` bounds with how many followers under a key each is compared.
    """
    index: dict[str, list[int]] = {}
    for number, own in enumerate(keys):
        for key in own:
            index.setdefault(key, []).append(number)
    # a pair as one number: numbers are far cheaper to keep apart and to sort
    seen: set[int] = set()
    count = len(keys)
    for members in index.values():
        for position, first in enumerate(members, 1):
            base = first * count
            seen.update([base + second for second in members[position : position + nearest]])
    return [divmod(pair, count) for pair in sorted(seen)]
