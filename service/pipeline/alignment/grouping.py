"""Connected groups of things that were found to belong together."""

from __future__ import annotations

from collections.abc import Iterable


def components(count: int, links: Iterable[tuple[int, int]]) -> list[set[int]]:
    """The connected components with two members or more of the graph on ``0 … count - 1``, by their least member."""
    leader = list(range(count))

    def find(node: int) -> int:
        while leader[node] != node:
            leader[node] = leader[leader[node]]
            node = leader[node]
        return node

    for one, other in links:
        first, second = find(one), find(other)
        leader[max(first, second)] = min(first, second)
    groups: dict[int, set[int]] = {}
    for node in range(count):
        groups.setdefault(find(node), set()).add(node)
    return [members for _, members in sorted(groups.items()) if len(members) > 1]
