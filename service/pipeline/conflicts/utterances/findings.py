"""From judged pairs of segments to findings: versions in positions, with the words that stand for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from service.pipeline.annotations import Evidence, Span
from service.pipeline.conflicts.utterances.candidates import Node
from service.pipeline.conflicts.utterances.comparison import CONTRADICTION, Difference
from service.pipeline.conflicts.utterances.reading import Utterance
from service.pipeline.conflicts.utterances.similarity import Overlap
from service.pipeline.conflicts.utterances.units import CONTENT

_VALUE_LENGTH = 80


class Position(msgspec.Struct, frozen=True):
    """One version, in short, and the words that give it."""

    value: str
    evidence: tuple[Evidence, ...]


class Finding(msgspec.Struct, frozen=True):
    """Reports that do not go together. ``kind``: quote or attribution; ``status``: contradiction or wording."""

    kind: str
    status: str
    rule: str
    score: float
    reasons: tuple[str, ...]
    positions: tuple[Position, ...]


class Link(msgspec.Struct, frozen=True):
    """Two segments that were judged: utterance and segment numbers on either side."""

    left: Node
    right: Node
    difference: Difference
    overlap: Overlap


def merge(utterances: Sequence[Utterance], links: Sequence[Link]) -> list[Finding]:
    """One finding for each set of segments that all differ from one another; segments that only word it
    differently stand in one position."""
    groups = _Groups()
    for link in links:
        if link.difference.status != CONTRADICTION:
            groups.join(link.left, link.right)
    opposed: dict[tuple[Node, Node], Link] = {}
    for link in links:
        left, right = groups.find(link.left), groups.find(link.right)
        if link.difference.status == CONTRADICTION and left != right:
            key = (min(left, right), max(left, right))
            if key not in opposed or opposed[key].difference.score < link.difference.score:
                opposed[key] = link
    members: dict[Node, set[Node]] = {}
    for link in links:
        for node in (link.left, link.right):
            members.setdefault(groups.find(node), set()).add(node)
    findings = [_finding(utterances, clique, opposed, members, groups) for clique in _cliques(opposed)]
    for link in links:
        if link.difference.status != CONTRADICTION:
            findings.append(_wording(utterances, link))
    return findings


class _Groups:
    """Union-find over segments."""

    def __init__(self) -> None:
        self._parent: dict[Node, Node] = {}

    def find(self, node: Node) -> Node:
        while (parent := self._parent.get(node, node)) != node:
            self._parent[node] = self._parent.get(parent, parent)
            node = parent
        return node

    def join(self, one: Node, other: Node) -> None:
        first, second = self.find(one), self.find(other)
        self._parent[max(first, second)] = min(first, second)


def _cliques(
    opposed: dict[tuple[Node, Node], Link],
) -> list[list[Node]]:
    """Sets of groups every two of which are opposed, greedily from the best link on; each link is used once."""
    neighbours: dict[Node, set[Node]] = {}
    for one, other in opposed:
        neighbours.setdefault(one, set()).add(other)
        neighbours.setdefault(other, set()).add(one)
    used: set[tuple[Node, Node]] = set()
    found = []
    for one, other in sorted(opposed, key=lambda key: (-opposed[key].difference.score, key)):
        if (one, other) in used:
            continue
        clique = [one, other]
        for node in sorted(neighbours[one] & neighbours[other]):
            if all(node in neighbours[member] for member in clique):
                clique.append(node)
        clique.sort()
        used |= {(a, b) for index, a in enumerate(clique) for b in clique[index + 1 :]}
        found.append(clique)
    return sorted(found)


def _finding(
    utterances: Sequence[Utterance],
    clique: Sequence[Node],
    opposed: dict[tuple[Node, Node], Link],
    members: Mapping[Node, set[Node]],
    groups: _Groups,
) -> Finding:
    inner = [opposed[a, b] for index, a in enumerate(clique) for b in clique[index + 1 :]]
    best = max(inner, key=lambda link: link.difference.score)
    positions = []
    for group in clique:
        shown = next(link for link in inner if groups.find(link.left) == group or groups.find(link.right) == group)
        value = _value(utterances, shown, groups.find(shown.left) == group)
        positions.append(Position(value, tuple(evidence_for(utterances, node) for node in sorted(members[group]))))
    rule, score = best.difference.rule, best.difference.score
    return Finding("quote", CONTRADICTION, rule, score, _reasons(best), tuple(positions))


def _wording(utterances: Sequence[Utterance], link: Link) -> Finding:
    positions = tuple(
        Position(_value(utterances, link, left), (evidence_for(utterances, node, _words(utterances, link, left)),))
        for node, left in ((link.left, True), (link.right, False))
    )
    changed = link.difference
    return Finding("quote", changed.status, changed.rule, changed.score, _reasons(link), positions)


def _reasons(link: Link) -> tuple[str, ...]:
    found = link.overlap
    return (
        "same-speaker",
        f"shared-words:{sum(1 for p in found.pairs if p.relation != 'opposite')}",
        f"verbatim-run:{found.run}",
        link.difference.rule,
    )


def _words(utterances: Sequence[Utterance], link: Link, left: bool) -> Span:
    """The words that differ, with the content words beside them that stand in the same quotation."""
    number, index = link.left if left else link.right
    units = utterances[number].segments[index].units
    differing = link.difference.left if left else link.difference.right
    first, last = min(differing), max(differing)
    if first > 0 and units[first - 1].kind == CONTENT and units[first - 1].quoted == units[first].quoted:
        first -= 1
    if last + 1 < len(units) and units[last + 1].kind == CONTENT and units[last + 1].quoted == units[last].quoted:
        last += 1
    tokens = utterances[number].analysis.document.tokens
    return Span(tokens[units[first].token].start, tokens[units[last].last - 1].end)


def _value(utterances: Sequence[Utterance], link: Link, left: bool) -> str:
    """The words that differ, with the units on either side of them."""
    number, index = link.left if left else link.right
    segment = utterances[number].segments[index]
    units = link.difference.left if left else link.difference.right
    document = utterances[number].analysis.document
    if not units:
        return _short(document.text_of(segment.span))
    first = segment.units[max(0, min(units) - 1)].token
    last = segment.units[min(len(segment.units) - 1, max(units) + 1)].last
    start = segment.span.start if min(units) <= 1 else document.tokens[first].start
    return _short(document.text[start : document.tokens[last - 1].end])


def _short(text: str) -> str:
    text = " ".join(text.split())
    if len(text) <= _VALUE_LENGTH:
        return text
    return text[:_VALUE_LENGTH].rsplit(" ", 1)[0] + " …"


def evidence_for(utterances: Sequence[Utterance], node: Node, span: Span | None = None) -> Evidence:
    """The evidence that a segment gives: its words, or those of ``span`` alone."""
    utterance = utterances[node[0]]
    return _evidence_of(utterance, span or utterance.segments[node[1]].span)


def _evidence_of(utterance: Utterance, span: Span) -> Evidence:
    attribution = utterance.claim.attribution
    speaker = attribution.speaker if attribution else None
    return Evidence(utterance.analysis.document.article.id, span, utterance.claim.id, speaker)
