"""One mention tells of another: a name is found again in its document, in whole or by a person's single name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from service.pipeline.annotations import Sentence
from service.pipeline.entities.name_spans import NameText
from service.pipeline.entities.name_types import NORP, PERSON

_SHORTEST = 3
# the least summed score that lets a name be found again
_SURE = 0.6
_OWN_RULES = frozenset({"dateline", "people"})


@dataclass(frozen=True)
class _Seen:
    """Types by case-folded words; the names that are sure enough to be found again, and their lengths, longest first,
    by their first word; single words of persons' names."""

    types: dict[tuple[str, ...], str]
    sure: frozenset[tuple[str, ...]]
    sizes: dict[str, list[int]]
    parts: frozenset[str]


def repeat(text: NameText) -> None:
    """Make one surface one type over the document, then find names again where they were missed."""
    seen = _collect(text)
    _settle(text, seen)
    for sentence in text.document.sentences:
        index = sentence.first
        while index < sentence.last:
            index += _found_at(text, sentence, index, seen) or 1


def _collect(text: NameText) -> _Seen:
    votes: dict[tuple[str, ...], Counter[str]] = {}
    for name in text.names():
        votes.setdefault(text.key(name), Counter())[name.type] += name.score  # type: ignore[assignment]
    types: dict[tuple[str, ...], str] = {}
    sure: set[tuple[str, ...]] = set()
    sizes: dict[str, set[int]] = {}
    parts: set[str] = set()
    for key, count in votes.items():
        kind, weight = max(count.items(), key=lambda item: (item[1], item[0]))
        types[key] = kind
        if kind == PERSON and len(key) > 1:
            parts.update(word for word in key if len(word) >= _SHORTEST and word.isalpha())
        if weight > _SURE and kind != NORP:
            sure.add(key)
            sizes.setdefault(key[0], set()).add(len(key))
    ordered = {first: sorted(lengths, reverse=True) for first, lengths in sizes.items()}
    return _Seen(types, frozenset(sure), ordered, frozenset(parts))


def _settle(text: NameText, seen: _Seen) -> None:
    """A word of a person's name is the person, unless a closed list holds it."""
    for name in text.names():
        if name.rule in _OWN_RULES:
            continue
        key = text.key(name)
        kind = seen.types[key]
        if len(key) == 1 and key[0] in seen.parts and key not in text.known.names:
            kind = PERSON
        if kind != name.type:
            text.swap(name, replace(name, type=kind, rule="same-name"))


def _found_at(text: NameText, sentence: Sentence, index: int, seen: _Seen) -> int:
    owner = text.at(index)
    if not text.upper[index] or (owner is not None and owner.first != index):
        return 0
    lower = text.lowers[index]
    for size in seen.sizes.get(lower, ()):
        last = index + size
        if owner is not None and last <= owner.last:
            return owner.last - index
        key = tuple(text.lowers[index:last])
        if last > sentence.last or key not in seen.sure or not text.upper[last - 1]:
            continue
        if size == 1 and (len(lower) < _SHORTEST or text.common(index)):
            continue
        _clear(text, last)
        if text.put(index, last, seen.types[key], 0.7, "same-name"):
            return size
    if owner is not None:
        return owner.last - index
    if lower in seen.parts and not text.common(index) and (lower,) not in text.known.names:
        text.put(index, index + 1, PERSON, 0.7, "part-of-name")
        return 1
    return 0


def _clear(text: NameText, last: int) -> None:
    """A name that runs over ``last``, where a known name ends, begins there ("BBWS Bengawan Solo Hadi Wiyono")."""
    across = text.at(last - 1)
    if across is not None and across.last > last:
        text.swap(across, replace(across, first=last))
