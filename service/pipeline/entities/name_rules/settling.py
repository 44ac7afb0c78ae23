"""The contract's types of the encoder's names: by lists, by the generic word in a name, by the word before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from service.pipeline.annotations import Sentence
from service.pipeline.entities.name_rules.spans import NameSpan, NameText
from service.pipeline.entities.name_rules.types import (
    COARSE,
    EVENT,
    FAC,
    GPE,
    LAW,
    LOC,
    ORG,
    PERSON,
    PRODUCT,
    TypeKnowledge,
)

# teams by the age of their players
_AGE_CLASS = re.compile(r"u-?\d{2}$")


def settle_types(text: NameText, sentence: Sentence) -> None:
    """Every name gets its type of the contract."""
    for name in text.inside(sentence):
        if name.type in COARSE and _place_alone(text, name):
            text.swap(name, replace(name, type=GPE, rule="closed-list"))
        elif name.type in COARSE:
            kind, rule = _settled(name.type, text.words, text.lowers, name.first, name.last, text.known)
            text.swap(name, replace(name, type=kind, rule=rule if name.rule == "encoder" else name.rule))


def _place_alone(text: NameText, name: NameSpan) -> bool:
    """Whether a single word that the encoder takes for a person is a listed place and never a first name, or is told to
    be where somebody comes from; there a listed place is no body either."""
    if name.type == "LOC" or name.last - name.first > 1:
        return False
    listed = text.known.listed(text.words[name.first : name.last], text.lowers[name.first : name.last])
    if name.first and text.lowers[name.first - 1] in text.known.origins:
        counts = text.lexicon.counts(text.lowers[name.first])
        return name.type == "PER" or listed == GPE or (listed is None and max(counts[4:6]) > max(counts[:4]))
    if name.type == "ORG":
        return False
    counts = text.lexicon.counts(text.lowers[name.first])
    return listed == GPE and counts[0] + counts[1] == 0


def _settled(
    coarse: str, words: Sequence[str], lowers: Sequence[str], first: int, last: int, known: TypeKnowledge
) -> tuple[str, str]:
    """(type, rule) of the name at ``first:last`` that the encoder calls ``coarse`` (PER, ORG or LOC)."""
    inside = lowers[first:last]
    listed = known.listed(words[first:last], inside)
    if listed and not (coarse == "PER" and listed in (GPE, LOC, FAC)):
        return listed, "closed-list"
    several = last - first > 1
    head = known.head(inside) if several else None
    if coarse == "PER":
        if head == PRODUCT and words[first].isupper():
            return PRODUCT, "head"
        if head == ORG:
            return ORG, "head"
        if head == FAC and words[first].isupper():
            return FAC, "head"
        if several and head is None and known.tails.get(inside[-1]) == ORG:
            return ORG, "tail"
        cue = known.cue(lowers, first) if first and not words[first - 1][0].isupper() else None
        return (ORG, "cue") if cue == ORG else (PERSON, "encoder")
    if head in (EVENT, LAW) or (head == PRODUCT and (words[first].isupper() or coarse == "LOC")):
        return head, "head"
    tail = known.tails.get(inside[-1]) if several else None
    if tail and (head is None or (tail == EVENT and head in (GPE, LOC))):
        return tail, "tail"
    cue = known.cue(lowers, first) if first and not words[first - 1][0].isupper() else None
    if not several and coarse == "LOC" and known.heads.get(tuple(inside)) == ORG:
        return ORG, "head"
    if coarse == "ORG":
        if head == FAC:
            return FAC, "head"
        numbered = several and any(map(str.isdigit, inside[-1])) and not _AGE_CLASS.match(inside[-1])
        if head is None and (cue == PRODUCT or numbered):
            return PRODUCT, "cue" if cue == PRODUCT else "model-number"
        return ORG, "encoder"
    if head:
        return head, "head"
    return (cue, "cue") if cue else (GPE, "encoder")


def leave_generic(text: NameText, sentence: Sentence) -> None:
    """A noun before a country makes no name with it ("Pasukan Korea Utara")."""
    for name in text.inside(sentence):
        for size in (2, 1):
            first = name.first + size
            if first >= name.last or tuple(text.lowers[name.first : first]) not in text.known.generic:
                continue
            kind = text.known.listed(text.words[first : name.last], text.lowers[first : name.last])
            if kind is not None:
                text.swap(name, NameSpan(first, name.last, kind, name.score, "generic-before-name"))
            break
