"""Names in a row: what the first of them is told to be, all are ("kota Wamena, Tolikara, Elelim, dan Kobagma").

The noun in front may be in lower case, of a place or a building; each item is a run of capitals. A row with a person
whom a title presents, or with a name that a list knows to be of another kind, is left as it is.
"""

from __future__ import annotations

from service.pipeline.annotations import Sentence
from service.pipeline.entities.name_rules.spans import NameText
from service.pipeline.entities.name_rules.types import GPE, LOC

_FEW = 3
_LONGEST = 3
# the encoder's kinds and those of the rules that a row may set right
_UNSURE = frozenset({"PER", "ORG", "LOC", "PERSON", GPE})


def agree(text: NameText, sentence: Sentence) -> None:
    """Give the items of an announced row of three or more places one type."""
    for index in range(sentence.first, sentence.last - 1):
        kind = text.known.cues.get((text.lowers[index],)) if not text.upper[index] else None
        if kind not in (GPE, LOC) or not text.upper[index + 1]:
            continue
        row = _row(text, sentence, index + 1)
        if len(row) < _FEW or not all(_may_be(text, first, last, kind) for first, last in row):
            continue
        for first, last in row:
            text.put(first, last, kind, 0.7, "series")


def _row(text: NameText, sentence: Sentence, index: int) -> list[tuple[int, int]]:
    """The runs of capitals from ``index`` on that commas part, up to the one behind the conjunction; none where the row
    does not end with that."""
    row: list[tuple[int, int]] = []
    closing = False
    while index < sentence.last:
        last = index
        while last < min(sentence.last, index + _LONGEST) and text.upper[last]:
            last += 1
        if last == index:
            return []
        row.append((index, last))
        if closing:
            return row
        if last < sentence.last and text.words[last] == ",":
            last += 1
        if last < sentence.last and text.lowers[last] in text.known.conjunctions:
            closing = True
            last += 1
        elif text.words[last - 1] != ",":
            return []
        index = last
    return []


def _may_be(text: NameText, first: int, last: int, kind: str) -> bool:
    """Whether nothing but the encoder says that the words are a name of another kind than ``kind``."""
    listed = text.known.listed(text.words[first:last], text.lowers[first:last])
    if listed is not None and listed not in (GPE, LOC):
        return False
    owners = {owner for owner in (text.at(i) for i in range(first, last)) if owner is not None}
    return all(o.first >= first and o.last <= last and o.type in _UNSURE | {kind} for o in owners)
