"""Names in a row: what the first of them is told to be, all are ("kota Salatiga, Boyolali, dan Klaten").

The noun in front is in lower case and of a place; each item is a run of capitals. A row with a person
in it, or with a name that a list knows to be of another kind, is left as it is: the noun was told of the first alone.
"""

from __future__ import annotations

from service.pipeline.annotations import Sentence
from service.pipeline.entities.name_rules.spans import NameSpan, NameText
from service.pipeline.entities.name_rules.types import GPE, LOC, PERSON

_FEW = 3
_LONGEST = 3
# the encoder's kinds and those of the rules that a row may set right
_UNSURE = frozenset({"PER", "ORG", "LOC", PERSON, GPE})


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
    if _is_titled(text, first, last) or any(_is_person(text, owner) for owner in owners):
        return False
    return all(o.first >= first and o.last <= last and o.type in _UNSURE | {kind} for o in owners)


def _is_titled(text: NameText, first: int, last: int) -> bool:
    """Whether the words open with a title, alone or before a name."""
    return any(tuple(text.lowers[first:end]) in text.known.titles for end in range(first + 1, last + 1))


def _is_person(text: NameText, name: NameSpan) -> bool:
    """Whether a person's name has several parts, or one that more persons bear than places; what no list knows the
    encoder takes for a person all too often."""
    if name.type not in ("PER", PERSON):
        return False
    persons, places = (sum(text.lexicon.counts(text.lowers[name.first])[i] for i in pair) for pair in ((0, 1), (4, 5)))
    return name.last - name.first > 1 or persons > places
