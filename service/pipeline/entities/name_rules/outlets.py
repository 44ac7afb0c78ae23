"""Outlets: the one that publishes, those that are named as hosts, and the one in a dateline beside its place."""

from __future__ import annotations

from service.pipeline.annotations import Sentence
from service.pipeline.entities.name_rules.spans import NameText
from service.pipeline.entities.name_rules.types import GPE, LOC, ORG

_OUTLET = -1
_SURELY_PLACE = 10
_SHORTEST_SOURCE = 5


def add_source(text: NameText, sentence: Sentence) -> None:
    """The outlet that publishes the article, where the article names it ("kepada Suara Lereng")."""
    source, stem = text.source, text.source_stem
    if len(stem) < _SHORTEST_SOURCE or not text.holds(sentence, text.source_openers):
        return
    for index in range(sentence.first, sentence.last):
        if text.lowers[index] not in text.source_openers:
            continue
        for size in (1, 2, 3):
            joined = "".join(text.lowers[index : index + size])
            whole = joined in (stem, source) or (
                size > 1 and len(joined) >= _SHORTEST_SOURCE and stem.startswith(joined)
            )
            named = text.upper[index] or (size == 1 and not text.lexicon.counts(joined)[6])
            if whole and named and index + size <= sentence.last:
                text.put(index, index + size, ORG, 0.9, "source")
                break


def add_hosts(text: NameText, sentence: Sentence) -> None:
    """Host names are outlets ("KOMPAS.com")."""
    for index in range(sentence.first, sentence.last):
        word = text.words[index]
        if "." not in word:
            continue
        account = index > sentence.first and text.words[index - 1] == "@"
        if account or "." not in word[1:-2] or "://" in word or not word[0].isalpha():
            continue
        stem, _, domain = word.rpartition(".")
        owner = text.at(index)
        alone = owner is None or owner.last - owner.first == 1
        if (
            alone
            and len(stem) > 2
            and domain.isalpha()
            and 2 <= len(domain) <= 8
            and max(map(len, stem.split("."))) > 2
        ):
            text.put(index, index + 1, ORG, 0.9, "host-name")


def read_dateline(text: NameText, sentence: Sentence) -> None:
    """A dateline is a place, an outlet, or both: host names and the article's source are the outlet."""
    parts: list[tuple[int, int]] = []
    start = sentence.first
    for index in range(sentence.first, sentence.last + 1):
        if index == sentence.last or not text.words[index][0].isalnum():
            if index > start:
                parts.append((start, index))
            start = index + 1
    likely = [_place_score(text, first, last) for first, last in parts]
    for (first, last), score in zip(parts, likely, strict=True):
        if not text.upper[first] and "." not in text.words[first]:
            continue
        # alone, an outlet is as likely as a place that no list holds
        best = score == max(likely) and (len(parts) > 1 or score >= _SURELY_PLACE)
        text.put(first, last, GPE if best and score > _OUTLET else ORG, 0.9, "dateline")


def _place_score(text: NameText, first: int, last: int) -> int:
    """How surely a part of a dateline is a place: listed, an outlet, else what the lexicon tells."""
    words, lowers = text.words[first:last], text.lowers[first:last]
    source = text.source
    listed = text.known.listed(words, lowers, loose=True)
    if "." in words[0] or source.startswith(" ".join(lowers)) or listed == ORG:
        return _OUTLET
    if listed in (GPE, LOC):
        return 99
    counts = [text.lexicon.counts(lower) for lower in lowers]
    return max(0, sum(c[4] + c[5] - c[2] - c[3] - c[6] for c in counts))
