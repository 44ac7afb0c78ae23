"""Which statements to compare at all: those that share a key, found through an inverted index.

Work stays near-linear: within a bucket of more than ``BUCKET`` statements each is compared with its ``BUCKET`` nearest
followers only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

BUCKET = 60


def pairs(
    keys: Sequence[Sequence[str]], articles: Sequence[int], linked: Set[tuple[int, int]], nearest: int = BUCKET
) -> Iterator[tuple[int, int]]:
    """Index pairs of statements that share a key and whose articles are ``linked`` or the same; each once, in order.

    ``keys`` and ``articles`` hold each statement's keys and the number of its article; ``nearest`` bounds with how many
    followers under a key each is compared.
    """
    index: dict[str, list[int]] = {}
    for number, own in enumerate(keys):
        for key in own:
            index.setdefault(key, []).append(number)
    seen: set[tuple[int, int]] = set()
    for key in sorted(index):
        members = index[key]
        for position, first in enumerate(members):
            for second in members[position + 1 : position + 1 + nearest]:
                couple = (articles[first], articles[second])
                if couple[0] == couple[1] or (min(couple), max(couple)) in linked:
                    seen.add((first, second))
    yield from sorted(seen)
