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
from datetime import timedelta

from service.pipeline.annotations import Analysis
from service.pipeline.conflicts.utterances import language
from service.pipeline.conflicts.utterances.candidates import Candidates, Node
from service.pipeline.conflicts.utterances.comparison import CONTRADICTION, Comparison
from service.pipeline.conflicts.utterances.differences import difference
from service.pipeline.conflicts.utterances.findings import Finding, Link, Position, evidence_for, merge
from service.pipeline.conflicts.utterances.language import Knowledge
from service.pipeline.conflicts.utterances.misattribution import may_be_same, misattribution
from service.pipeline.conflicts.utterances.reading import Segment, Signature, Utterance, read_utterances
from service.pipeline.conflicts.utterances.similarity import Overlap, Weights, longest_run, overlap
from service.pipeline.conflicts.utterances.speakers import Sources

__all__ = ["Finding", "Knowledge", "Position", "compare_utterances", "load"]

load = language.load
_OCCASION_DAYS = 4.0
_SAME_DAY = 1.5


def compare_utterances(analyses: Sequence[Analysis], knowledge: Knowledge) -> tuple[Finding, ...]:
    """The quote and attribution findings of ``analyses``, the articles of one request, in the order of the articles."""
    utterances = read_utterances(analyses, knowledge)
    sources = Sources(analyses, utterances, knowledge)
    weights = Weights(utterances, knowledge)
    candidates = Candidates(utterances, weights, knowledge)
    said = _said(utterances)
    drifts = _drifts(utterances, candidates.restated(sources), said, sources, weights, knowledge)
    return (
        *merge(utterances, drifts),
        *_misattributions(utterances, candidates.repeated(), said, sources, weights, knowledge),
    )


def _said(utterances: Sequence[Utterance]) -> Mapping[tuple[str, Signature], Set[int]]:
    """The articles in which each source says each thing."""
    said: dict[tuple[str, Signature], set[int]] = {}
    for utterance in utterances:
        for segment in utterance.segments:
            said.setdefault((utterance.source, segment.signature), set()).add(utterance.order)
    return said


def _is_told_beside(
    one: tuple[Utterance, Segment], other: tuple[Utterance, Segment], said: Mapping[tuple[str, Signature], Set[int]]
) -> bool:
    """Whether the article of one of the two has what the other one's source says there as well."""
    return any(
        rival.order in said[utterance.source, segment.signature]
        for (utterance, segment), (rival, _) in ((one, other), (other, one))
    )


def _drifts(
    utterances: Sequence[Utterance],
    candidates: Sequence[tuple[Node, Node]],
    said: Mapping[tuple[str, Signature], Set[int]],
    sources: Sources,
    weights: Weights,
    knowledge: Knowledge,
) -> list[Link]:
    links = []
    for a, b in candidates:
        one, other = utterances[a[0]], utterances[b[0]]
        left, right = one.segments[a[1]], other.segments[b[1]]
        # an article that has the other's version as well tells of two utterances
        if _is_told_beside((one, left), (other, right), said):
            continue
        days = _days_between(one, other)
        found = overlap(left, right, weights, knowledge)
        one_day = bool(_days_of(one) & _days_of(other)) if one.days or other.days else False
        apart = days is not None and days > _OCCASION_DAYS and not one_day
        if (apart or not sources.of(one).named) and not _verbatim(found):
            continue
        placed = bool(one.occasions & other.occasions) or not (one.occasions and other.occasions)
        setting = placed and bool(one.days & other.days)
        near = one_day or (days is not None and days <= _SAME_DAY and not (one.days and other.days))
        changed = difference(Comparison(found, knowledge, days, setting, _single(one) and _single(other), near))
        if changed is not None:
            links.append(Link(a, b, changed, found))
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


def _days_of(utterance: Utterance) -> Set[str]:
    """The days on which it was said, as ISO dates: those stated, else that of the report and the one before."""
    published = utterance.analysis.document.article.published_at
    if utterance.days or published is None:
        return utterance.days
    return {(published.date() - timedelta(days=back)).isoformat() for back in (0, 1)}


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
        if _is_told_beside((one, left), (other, right), said):
            continue
        if not may_be_same(left, right, longest_run(left.words, right.words)):
            continue
        judged = misattribution(one, other, overlap(left, right, weights, knowledge), knowledge)
        if judged is not None and ((a[0], b[0]) not in best or best[a[0], b[0]][0] < judged[1]):
            best[a[0], b[0]] = (judged[1], judged[0], a, b)
    findings = []
    for score, rule, a, b in best.values():
        positions = tuple(
            Position(_speaker_name(utterances[node[0]]), (evidence_for(utterances, node),)) for node in (a, b)
        )
        findings.append(Finding("attribution", CONTRADICTION, rule, score, ("same-words", rule), positions))
    return findings


def _speaker_name(utterance: Utterance) -> str:
    attribution = utterance.claim.attribution
    speaker = attribution.speaker if attribution else None
    if speaker is None:
        return ""
    return speaker.name or (utterance.analysis.document.text_of(speaker.span) if speaker.span else "")
