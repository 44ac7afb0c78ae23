"""What is said: one utterance that two articles report in different words, and one statement given to two speakers.

``compare_utterances`` covers

* quote drift (kind ``quote``): attributed claims of one source, direct, mixed or indirect, that share so much that they
  report one utterance; ``contradiction`` where a negation, an opposite, a condition, a member of a list, a scale, a
  number, a name or the predicate changed, ``wording`` where only synonyms did. The same words are no finding;
* attribution (kind ``attribution``): the same quotation, or the same promise, given to two sources that cannot be one.

Positions hold the segments (sentences or opposed clauses) that differ, not whole paragraphs. Claims of one article are
never held against each other, and claims without a speaker not at all. Candidates come from inverted indexes over
the rarest words of a speaker and over neighbouring words, with bounded postings, so work grows near-linearly.
Does not compare dates, and leaves counts in reported speech to the comparison of quantities.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from service.pipeline.annotations import Analysis, Evidence, Span
from service.pipeline.conflicts import utterance_language
from service.pipeline.conflicts.utterance_candidates import Candidates, Node
from service.pipeline.conflicts.utterance_differences import CONTRADICTION, Comparison, Difference, difference
from service.pipeline.conflicts.utterance_language import Knowledge
from service.pipeline.conflicts.utterance_misattribution import misattribution
from service.pipeline.conflicts.utterance_reading import Signature, Utterance, read_utterances
from service.pipeline.conflicts.utterance_similarity import Overlap, Weights, overlap
from service.pipeline.conflicts.utterance_speakers import Sources
from service.pipeline.conflicts.utterance_units import CONTENT

__all__ = ["Finding", "Knowledge", "Position", "compare_utterances", "load"]

load = utterance_language.load
_OCCASION_DAYS = 4.0
_VALUE_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Position:
    """One version, in short, and the words that give it."""

    value: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Reports that do not go together. ``kind``: quote or attribution; ``status``: contradiction or wording."""

    kind: str
    status: str
    rule: str
    score: float
    reasons: tuple[str, ...]
    positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class _Link:
    """Two segments that were judged: utterance and segment numbers on either side."""

    left: Node
    right: Node
    difference: Difference
    overlap: Overlap


def compare_utterances(analyses: Sequence[Analysis], knowledge: Knowledge) -> tuple[Finding, ...]:
    """The quote and attribution findings of ``analyses``, the articles of one request, in the order of the articles."""
    utterances = read_utterances(analyses, knowledge)
    sources = Sources(analyses, utterances, knowledge)
    weights = Weights(utterances, knowledge)
    candidates = Candidates(utterances, weights, knowledge)
    said = _said(utterances)
    drifts = _drifts(utterances, candidates.restated(sources), said, sources, weights, knowledge)
    return (
        *_merge(utterances, drifts),
        *_misattributions(utterances, candidates.repeated(), said, sources, weights, knowledge),
    )


def _said(utterances: Sequence[Utterance]) -> Mapping[tuple[str, Signature], Set[int]]:
    """The articles in which each source says each thing."""
    said: dict[tuple[str, Signature], set[int]] = {}
    for utterance in utterances:
        for segment in utterance.segments:
            said.setdefault((utterance.source, segment.signature), set()).add(utterance.order)
    return said


def _drifts(
    utterances: Sequence[Utterance],
    candidates: Sequence[tuple[Node, Node]],
    said: Mapping[tuple[str, Signature], Set[int]],
    sources: Sources,
    weights: Weights,
    knowledge: Knowledge,
) -> list[_Link]:
    links = []
    for a, b in candidates:
        one, other = utterances[a[0]], utterances[b[0]]
        left, right = one.segments[a[1]], other.segments[b[1]]
        # an article that has the other's version as well tells of two utterances
        if other.order in said[one.source, left.signature] or one.order in said[other.source, right.signature]:
            continue
        days = _days_between(one, other)
        found = overlap(left, right, weights, knowledge)
        apart = days is not None and days > _OCCASION_DAYS
        if (apart or not sources.of(one).named) and not _verbatim(found):
            continue
        setting = bool(one.occasions & other.occasions and one.days & other.days)
        changed = difference(Comparison(found, knowledge, days, setting, _single(one) and _single(other)))
        if changed is not None:
            links.append(_Link(a, b, changed, found))
    return links


def _single(utterance: Utterance) -> bool:
    """Whether the utterance is a quotation of one sentence."""
    return len(utterance.segments) == 1 and utterance.claim.form == "direct"


def _verbatim(found: Overlap) -> bool:
    return found.one.quoted and found.other.quoted and found.run >= 5 and min(found.coverage) >= 0.6


def _days_between(one: Utterance, other: Utterance) -> float | None:
    first, second = one.analysis.document.article.published_at, other.analysis.document.article.published_at
    if first is None or second is None or (first.tzinfo is None) != (second.tzinfo is None):
        return None
    return abs((first - second).total_seconds()) / 86_400


def _merge(utterances: Sequence[Utterance], links: Sequence[_Link]) -> list[Finding]:
    """One finding for each set of segments that all differ from one another; segments that only word it
    differently stand in one position."""
    groups = _Groups()
    for link in links:
        if link.difference.status != CONTRADICTION:
            groups.join(link.left, link.right)
    opposed: dict[tuple[Node, Node], _Link] = {}
    for link in links:
        left, right = groups.find(link.left), groups.find(link.right)
        if link.difference.status == CONTRADICTION and left != right:
            key = (min(left, right), max(left, right))
            if key not in opposed or opposed[key].difference.score < link.difference.score:
                opposed[key] = link
    findings = [_finding(utterances, clique, opposed, links, groups) for clique in _cliques(opposed)]
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
    opposed: dict[tuple[Node, Node], _Link],
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
    opposed: dict[tuple[Node, Node], _Link],
    links: Sequence[_Link],
    groups: _Groups,
) -> Finding:
    inner = [opposed[a, b] for index, a in enumerate(clique) for b in clique[index + 1 :]]
    best = max(inner, key=lambda link: link.difference.score)
    positions = []
    for group in clique:
        nodes = {node for link in links for node in (link.left, link.right) if groups.find(node) == group}
        shown = next(link for link in inner if groups.find(link.left) == group or groups.find(link.right) == group)
        value = _value(utterances, shown, groups.find(shown.left) == group)
        positions.append(Position(value, tuple(_evidence(utterances, node) for node in sorted(nodes))))
    rule, score = best.difference.rule, best.difference.score
    return Finding("quote", CONTRADICTION, rule, score, _reasons(best), tuple(positions))


def _wording(utterances: Sequence[Utterance], link: _Link) -> Finding:
    positions = tuple(
        Position(_value(utterances, link, left), (_evidence(utterances, node, _words(utterances, link, left)),))
        for node, left in ((link.left, True), (link.right, False))
    )
    changed = link.difference
    return Finding("quote", changed.status, changed.rule, changed.score, _reasons(link), positions)


def _reasons(link: _Link) -> tuple[str, ...]:
    found = link.overlap
    return (
        "same-speaker",
        f"shared-words:{sum(1 for p in found.pairs if p.relation != 'opposite')}",
        f"verbatim-run:{found.run}",
        link.difference.rule,
    )


def _words(utterances: Sequence[Utterance], link: _Link, left: bool) -> Span:
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


def _value(utterances: Sequence[Utterance], link: _Link, left: bool) -> str:
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


def _evidence(utterances: Sequence[Utterance], node: Node, span: Span | None = None) -> Evidence:
    utterance = utterances[node[0]]
    return _evidence_of(utterance, span or utterance.segments[node[1]].span)


def _evidence_of(utterance: Utterance, span: Span) -> Evidence:
    attribution = utterance.claim.attribution
    speaker = attribution.speaker if attribution else None
    return Evidence(utterance.analysis.document.article.id, span, utterance.claim.id, speaker)


def _misattributions(
    utterances: Sequence[Utterance],
    candidates: Sequence[tuple[Node, Node]],
    said: Mapping[tuple[str, Signature], Set[int]],
    sources: Sources,
    weights: Weights,
    knowledge: Knowledge,
) -> list[Finding]:
    best: dict[tuple[int, int], tuple[float, str, Node, Node]] = {}
    for a, b in candidates:
        one, other = utterances[a[0]], utterances[b[0]]
        left, right = one.segments[a[1]], other.segments[b[1]]
        if sources.may_be_one(one, other):
            continue
        # an article that gives the words to both does not contradict the other
        if other.order in said[one.source, left.signature] or one.order in said[other.source, right.signature]:
            continue
        judged = misattribution(one, other, overlap(left, right, weights, knowledge), knowledge)
        if judged is not None and ((a[0], b[0]) not in best or best[a[0], b[0]][0] < judged[1]):
            best[a[0], b[0]] = (judged[1], judged[0], a, b)
    findings = []
    for score, rule, a, b in best.values():
        positions = tuple(
            Position(_speaker_name(utterances[node[0]]), (_evidence(utterances, node),)) for node in (a, b)
        )
        findings.append(Finding("attribution", CONTRADICTION, rule, score, ("same-words", rule), positions))
    return findings


def _speaker_name(utterance: Utterance) -> str:
    attribution = utterance.claim.attribution
    speaker = attribution.speaker if attribution else None
    if speaker is None:
        return ""
    return speaker.name or (utterance.analysis.document.text_of(speaker.span) if speaker.span else "")
