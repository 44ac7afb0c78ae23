"""Quotations: one speaker's utterance in two wordings, and one wording given to two speakers.

Two quoted sentences of one speaker that share most of their words are taken for one utterance. What differs decides: a
negation, a number, or content words that do not mean the same, make a contradiction; other words for the same make
``wording``; a mere cut makes nothing. A sentence that two articles give nearly word for word to two speakers is a
conflict of attribution. Does not tell whether a speaker said two like things on two occasions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from service.pipeline.alignment.candidates import pairs
from service.pipeline.alignment.grouping import components
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.utterances import Utterance, align, harmonize, likeness, utterances
from service.pipeline.alignment.workspace import Workspace
from service.pipeline.conflicts.findings import Finding, Statement

SAME_UTTERANCE = 0.6
SAME_WORDS = 0.75
COVERED = 0.75
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Variation:
    """How two utterances relate: the kind of conflict, its status, the rule that judged, and their likeness."""

    type: str
    status: str
    rule: str
    score: float


def compare(workspace: Workspace) -> list[Finding]:
    """Conflicts of wording and of attribution among the quotations."""
    lexicon = workspace.background.lexicon
    found = utterances(workspace.readings, lexicon)
    keys = [sorted(set(u.concepts)) for u in found]
    variations: dict[tuple[int, int], Variation] = {}
    for first, second in pairs(keys, [u.reading.order for u in found], workspace.linked):
        one, other = found[first], found[second]
        if one.reading is not other.reading:
            variation = judge(one, other, lexicon)
            if variation is not None:
                variations[first, second] = variation
    findings = []
    for kind in ("quote", "attribution"):
        links = [pair for pair, variation in variations.items() if variation.type == kind]
        for members in components(len(found), links):
            inside = [variations[pair] for pair in links if pair[0] in members]
            findings.append(_finding(found, sorted(members), inside))
    return findings


def judge(one: Utterance, other: Utterance, lexicon: Lexicon) -> Variation | None:
    """How two utterances of different articles relate; None where nothing speaks for a conflict."""
    if min(len(one.concepts), len(other.concepts)) < FEWEST or one.speaker is None or other.speaker is None:
        return None
    aligned = align(one, other)
    words = aligned.likeness
    if not _same_speaker(one, other):
        shared = len(set(one.words) & set(other.words)) / min(len(set(one.words)), len(set(other.words)))
        alike = words >= SAME_WORDS or shared >= 0.9 and words >= 0.6
        if alike and one.quoted and other.quoted and not _relayed(one, other):
            return Variation("attribution", "contradiction", "quote-speaker", max(words, shared))
        return None
    if one.words == other.words or not (one.quoted and other.quoted):
        return None
    if aligned.coverage >= COVERED and aligned.negations[0] % 2 != aligned.negations[1] % 2:
        return Variation("quote", "contradiction", "quote-negation", max(words, aligned.coverage))
    meanings = likeness(one.concepts, harmonize(one, other, lexicon))
    if max(words, meanings) < SAME_UTTERANCE:
        return None
    return _difference(one, other, max(words, meanings), lexicon)


def _same_speaker(one: Utterance, other: Utterance) -> bool:
    first, second = (set((u.speaker or "").lower().split()) for u in (one, other))
    return bool(first and second) and (first <= second or second <= first)


def _relayed(one: Utterance, other: Utterance) -> bool:
    """Whether one article's speaker only relays, or speaks for, the other's."""
    if one.speakers & other.speakers:
        return True
    for utterance, rival in ((one, other), (other, one)):
        attribution = utterance.claim.attribution
        related = {source.name for source in attribution.via} if attribution else set()
        if attribution and attribution.speaker and attribution.speaker.affiliation:
            related.add(attribution.speaker.affiliation)
        if utterance.speaker:
            related |= utterance.reading.affiliations.get(utterance.speaker, frozenset())
        if rival.speaker in related:
            return True
    return False


def _difference(one: Utterance, other: Utterance, score: float, lexicon: Lexicon) -> Variation | None:
    """What the differing words make of two versions of one utterance."""
    if _numbers(one.words) != _numbers(other.words) and _numbers(one.words) and _numbers(other.words):
        return Variation("quote", "contradiction", "quote-number", score)
    mapped = harmonize(one, other, lexicon)
    for tag, a, b, c, d in SequenceMatcher(None, one.concepts, mapped, autojunk=False).get_opcodes():
        if tag == "replace" and set(one.concepts[a:b]).isdisjoint(mapped) and set(mapped[c:d]).isdisjoint(one.concepts):
            return Variation("quote", "contradiction", "quote-words", score)
    if _is_cut(one.words, other.words) or _is_cut(other.words, one.words):
        return None
    return Variation("quote", "wording", "quote-wording", score)


def _numbers(words: Sequence[str]) -> list[str]:
    return sorted(word for word in words if word[0].isdigit())


def _is_cut(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether ``short`` is ``long`` with words left out."""
    rest = iter(long)
    return all(word in rest for word in short)


def _finding(found: Sequence[Utterance], members: Sequence[int], inside: Sequence[Variation]) -> Finding:
    leading = max(inside, key=lambda v: (v.status == "contradiction", v.score, v.rule))
    versions: dict[tuple[str, ...], list[Utterance]] = {}
    for index in members:
        utterance = found[index]
        version = (utterance.speaker or "",) if leading.type == "attribution" else utterance.concepts
        versions.setdefault(version, []).append(utterance)
    speakers = dict.fromkeys(found[index].speaker or "" for index in members)
    return Finding(
        leading.type,
        leading.status,
        leading.rule,
        min(0.99, leading.score),
        "quote",
        "",
        tuple(tuple(_statement(u, leading.type) for u in own) for own in versions.values()),
        tuple(f"speaker:{speaker}" for speaker in speakers),
    )


def _statement(utterance: Utterance, kind: str) -> Statement:
    text = utterance.speaker or "" if kind == "attribution" else utterance.reading.document.text_of(utterance.span)
    return Statement(utterance.reading, utterance.span, text, utterance.claim)
