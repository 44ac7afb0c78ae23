"""How names are compared and written: case, accents, punctuation and spelling put aside.

``fold`` decides when two strings are one name, ``sound`` when two words of a name are spellings of each other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

import msgspec

from service.languages import loader

_APOSTROPHES = re.compile(r"['’‘ʼ`´]")
_NOT_WORD = re.compile(r"[^\w]+|_+")
_BRACKETED = re.compile(r"\s*\([^()]{0,80}\)")
_VOWELS = re.compile(r"[aeiouy]")


class NameData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``names.yaml``. All words are case-folded but for the values of ``law_words``, ``event_words``
    and the names in ``other_names``."""

    particles: frozenset[str]
    honorifics: frozenset[str]
    addresses: frozenset[str]
    spellings: tuple[tuple[str, str], ...]
    first_parts: frozenset[str]
    equal_parts: tuple[tuple[str, ...], ...]
    ordinals: dict[str, str]
    law_words: dict[str, str]
    event_words: dict[str, str]
    other_names: dict[str, tuple[str, ...]]
    lower_words: frozenset[str]
    capitals: frozenset[str]
    also_called: frozenset[str]
    alternatives: frozenset[str]

    def __post_init__(self) -> None:
        loader.require_distinct((part for row in self.equal_parts for part in row), "names equal_parts")


def fold(name: str) -> str:
    """``name`` without case, accents and punctuation, its words one space apart: ``Kim Jong-un`` -> ``kim jong un``."""
    if name.isascii():
        lower = name.lower()
        if lower.replace(" ", "").isalnum():
            return " ".join(lower.split())
    else:
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", _APOSTROPHES.sub("", name).casefold()).strip()


def without_brackets(name: str) -> str:
    """``name`` without what stands in brackets in it, its white space made single spaces."""
    return " ".join((_BRACKETED.sub("", name) if "(" in name else name).split())


@dataclass(frozen=True, slots=True)
class Spelling:
    """Compares words of names that are written in more than one way."""

    replacements: tuple[tuple[str, str], ...]
    equal: Mapping[str, str]

    def sound(self, part: str) -> str:
        """A key that spellings of one word share: double letters made single, then the replacements in order."""
        part = self.equal.get(part, part)
        if len(part) < 3:
            return part
        for old, new in self.replacements:
            if old in part:
                part = part.replace(old, new)
        return "".join(c for i, c in enumerate(part) if i == 0 or c != part[i - 1])

    def sounds(self, parts: Iterable[str]) -> tuple[str, ...]:
        """The sounds of the words of a name."""
        return tuple(self.sound(part) for part in parts)


def spelling(data: NameData) -> Spelling:
    """The comparison that ``data`` describes."""
    return Spelling(data.spellings, {part: row[0] for row in data.equal_parts for part in row})


def person_parts(name: str, honorifics: Set[str]) -> tuple[str, ...]:
    """The folded words of a person's name; forms of address in front are dropped where a name is left."""
    parts = fold(without_brackets(name)).split()
    while len(parts) > 1 and parts[0] in honorifics:
        del parts[0]
    return tuple(parts)


def without_address(name: str, addresses: Set[str]) -> str:
    """A person's name without the forms of address and degrees in front, where a name is left."""
    words = name.split(" ")
    while len(words) > 1 and fold(words[0]) in addresses:
        del words[0]
    return " ".join(words)


def is_part_of(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether the words of ``short`` stand in ``full`` in this order; an initial stands for any word it opens.

    Both are sequences of sounds. At least one word of ``short`` must be more than an initial.
    """
    initialled = any(len(part) == 1 for part in short)
    longest = len(full) if initialled and tuple(short) != tuple(full) else len(full) - 1
    if len(short) > longest or all(len(part) == 1 for part in short):
        return False
    position = 0
    for part in short:
        while position < len(full) and not (full[position] == part or (len(part) == 1 and full[position][0] == part)):
            position += 1
        if position == len(full):
            return False
        position += 1
    return True


def is_abbreviation(short: str, long: str, generic: Set[str]) -> bool:
    """Whether folded ``short`` can abbreviate folded ``long``: its letters stand in ``long`` in this order, the first
    of them at the start of the first word, or of the second where the first is in ``generic``.

    After Schwartz and Hearst (2003), who read brackets the same way. ``short`` has one word, ``long`` two or more.
    """
    letters = short.replace(" ", "")
    words = long.split()
    if len(words) < 2 or not letters or len(short.split()) > 2 or len(letters) >= len(long.replace(" ", "")):
        return False
    for first in (0, 1) if words[0] in generic else (0,):
        text = " ".join(words[first:])
        if text[0] != letters[0]:
            continue
        position = -1
        for letter in letters:
            position = text.find(letter, position + 1)
            if position < 0:
                break
        else:
            return True
    return False


def initials(words: Iterable[str], skipped: Set[str]) -> str:
    """The first letters of the folded words that are not in ``skipped``."""
    return "".join(word[0] for word in words if word not in skipped)


def in_title_case(name: str, lower_words: Set[str], capitals: Set[str], short_forms: Set[str] = frozenset()) -> str:
    """``name``, which is set in capitals, as it is written in a sentence; a host name is put in lower case.

    Words in ``capitals``, ``short_forms`` of bodies and what nobody can pronounce stay as they are.
    """
    words = []
    for number, word in enumerate(name.split(" ")):
        plain = word.casefold()
        spelt = plain.isalpha() and len(plain) > 1 and not _VOWELS.search(plain)
        if plain in capitals or plain in short_forms or spelt:
            words.append(word)
        elif "." in plain.strip(".") or (number and plain in lower_words):
            words.append(plain)
        else:
            words.append("-".join(part[:1].upper() + part[1:] for part in plain.split("-")))
    return " ".join(words)
