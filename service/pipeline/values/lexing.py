"""Sentences cut into lexemes: numbers, words, signs, with what the grammar of values needs to know of each.

The document's own tokens serve names and syntax; a grammar of numbers wants ``Rp3,1`` cut before the digit, ``40–60``
cut at the dash and ``F-16`` left whole, whatever a tokenizer does. Phrases of the language data are cut the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

import msgspec

Payload = TypeVar("Payload")

NUMBER = "number"
WORD = "word"
SIGN = "sign"
PREFIX = "prefix"
TIMES = "times"
OTHER = "other"


class Lexeme(msgspec.Struct, frozen=True, gc=False):
    """A piece of text, code points ``start`` to ``end`` of the article; ``glued`` says that no space precedes it."""

    start: int
    end: int
    text: str
    lower: str
    kind: str
    glued: bool

    @property
    def capitalised(self) -> bool:
        """Whether the lexeme is a word that begins with a capital."""
        return self.kind == WORD and self.text[0].isupper()


class Lexer:
    """Cuts text into lexemes.

    ``prefixes`` are signs of currency and the like that may be glued to a number, ``times`` the crosses between two
    numbers; a word with hyphens is cut there if all its pieces are among ``parts`` ("Senin-Rabu", "dua-tiga").
    """

    def __init__(self, prefixes: Iterable[str], times: Iterable[str], parts: Iterable[str] = ()) -> None:
        self._parts = frozenset(parts)
        signs = "|".join(re.escape(p) for p in sorted(set(prefixes), key=lambda p: (-len(p), p)))
        openers = "".join(sorted({re.escape(p[0]) for p in prefixes}))
        crosses = "".join(sorted(set(times)))
        self._pattern = re.compile(
            # space is passed in one step; few places open with a letter of a sign, and there are many signs to try
            r"\s*+(?:"
            rf"(?P<prefix>(?=[{openers}])(?<![\w$])(?:{signs})(?=[ \u00a0]?[0-9]))"
            r"|(?P<number>[0-9]+(?:[.,][0-9]+)*)"
            rf"|(?P<times>(?:(?<=[0-9])|(?<=[0-9][ \u00a0]))[{re.escape(crosses)}](?=[ \u00a0]?[0-9]))"
            r"|(?P<other>https?://\S+|www\.\S+)"
            r"|(?P<word>[^\W\d_]\w*(?:[-'’][^\W\d_]\w*|-[0-9]\w*)*)"
            r"|(?P<sign>\S))"
        )

    def lex(self, text: str, start: int = 0, end: int | None = None) -> list[Lexeme]:
        """The lexemes of ``text[start:end]``, in order."""
        last = start
        lexemes: list[Lexeme] = []
        # at the end, space without a lexeme behind it would be gone through from each of its characters
        end = start + len(text[start:end].rstrip())
        for match in self._pattern.finditer(text, start, end):
            kind = match.lastgroup or SIGN
            first, after = match.span(kind)
            piece = match[kind]
            lexeme = Lexeme(first, after, piece, piece.lower(), kind, first == last)
            last = after
            if "-" in piece and lexeme.kind == WORD and self._is_range(lexeme.lower.split("-")):
                lexemes.extend(_cut(lexeme))
            else:
                lexemes.append(lexeme)
        return lexemes

    def _is_range(self, pieces: list[str]) -> bool:
        return pieces[0] in self._parts and all(piece in self._parts or piece.isdecimal() for piece in pieces)

    def key(self, phrase: str) -> tuple[str, ...]:
        """The lower-case lexemes of a phrase."""
        return tuple(lexeme.lower for lexeme in self.lex(phrase))


def _cut(word: Lexeme) -> Iterable[Lexeme]:
    """The pieces of a word with hyphens, and the hyphens."""
    start, glued = word.start, word.glued
    for place, piece in enumerate(word.text.split("-")):
        if place:
            yield Lexeme(start, start + 1, "-", "-", SIGN, True)
            start, glued = start + 1, True
        kind = NUMBER if piece.isdecimal() else WORD
        yield Lexeme(start, start + len(piece), piece, piece.lower(), kind, glued)
        start += len(piece)


def words_of(lexemes: list[Lexeme], first: int, last: int) -> str:
    """The text of lexemes ``first`` up to ``last``, with one space where there is any."""
    return "".join(x.text if x.glued else f" {x.text}" for x in lexemes[first:last]).strip()


class Phrases(Generic[Payload]):
    """Phrases, each with what it means, looked up at a place in a row of lexemes, the longest first."""

    def __init__(self, lexer: Lexer, entries: Mapping[str, Payload], exact: bool = False) -> None:
        table: dict[str, list[tuple[tuple[str, ...], Payload]]] = {}
        self.exact = exact
        for phrase, payload in entries.items():
            key = tuple(x.text for x in lexer.lex(phrase)) if exact else lexer.key(phrase)
            table.setdefault(key[0], []).append((key[1:], payload))
        self.table = {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in table.items()}

    def match(self, lexemes: list[Lexeme], i: int) -> tuple[int, Payload] | None:
        """The place after the phrase at ``i`` and its meaning, or None."""
        if i >= len(lexemes):
            return None
        rows = self.table.get(lexemes[i].text if self.exact else lexemes[i].lower)
        if rows is None:
            return None
        for rest, payload in rows:
            j = i + 1
            for word in rest:
                if j >= len(lexemes) or (lexemes[j].text if self.exact else lexemes[j].lower) != word:
                    break
                j += 1
            else:
                return j, payload
        return None
