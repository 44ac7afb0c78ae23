"""Connected groups of things that were found to belong together."""

from __future__ import annotations

from collections.abc import Iterable

Link = tuple[int, int]


def components(count: int, links: Iterable[Link]) -> list[set[int]]:
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


def groups(count: int, links: Iterable[Link]) -> list[tuple[list[int], list[Link]]]:
    """The components of the graph, each as its sorted members and its own links in their order."""
    given = list(links)
    found = components(count, given)
    owner = {node: number for number, members in enumerate(found) for node in members}
    own: list[list[Link]] = [[] for _ in found]
    for link in given:
        own[owner[link[0]]].append(link)
    return [(sorted(members), links_of) for members, links_of in zip(found, own, strict=True)]
