"""Connected groups of things that were found to belong together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

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


def agglomerate(count: int, scores: Mapping[Link, float], accepted: float) -> list[list[int]]:
    """Groups of two nodes or more that belong together on average, each sorted, by their least member.

    Links of ``accepted`` or more are followed from the strongest down; two groups join where the scored links between
    them reach ``accepted`` on average, so that one strong link does not draw in what the rest of a group speaks
    against. ``scores`` holds pairs of nodes, the smaller first.
    """
    owner = list(range(count))
    members = {node: [node] for node in range(count)}
    # by group: the sum and the number of the scored links to each other group; the smaller group is poured into the
    # larger, so that a node moves no more than log n times
    between: dict[int, dict[int, tuple[float, int]]] = {node: {} for node in range(count)}
    for (one, other), score in sorted(scores.items()):
        between[one][other] = between[other][one] = (score, 1)
    strong = sorted(
        (link for link, score in scores.items() if score >= accepted), key=lambda link: (-scores[link], link)
    )
    for one, other in strong:
        small, large = sorted((owner[one], owner[other]), key=lambda group: (len(between[group]), group))
        if small == large:
            continue
        total, links = between[large][small]
        if total / links < accepted:
            continue
        for node in members.pop(small):
            owner[node] = large
            members[large].append(node)
        del between[large][small]
        for third, (score, number) in between.pop(small).items():
            if third != large:
                known, others = between[large].get(third, (0.0, 0))
                between[large][third] = between[third][large] = (known + score, others + number)
                del between[third][small]
    return sorted(sorted(own) for own in members.values() if len(own) > 1)


def surest(grouped: Sequence[Sequence[int]], scores: Mapping[Link, float]) -> list[Link]:
    """The link with the highest score within each group, the last of those alike; every group must hold one."""
    owner = {node: number for number, members in enumerate(grouped) for node in members}
    best: dict[int, Link] = {}
    for link in scores:
        number = owner.get(link[0])
        if number is not None and number == owner.get(link[1]):
            best[number] = max(best.get(number, link), link, key=lambda one: (scores[one], one))
    return [best[number] for number in range(len(grouped))]
