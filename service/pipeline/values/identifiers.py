"""Numbers that name instead of counting: articles of law, house and telephone numbers, scores, models, idioms."""

from __future__ import annotations

from service.pipeline.values.counted import read_counted
from service.pipeline.values.knowledge import Knowledge
from service.pipeline.values.lexing import NUMBER, WORD, Lexeme
from service.pipeline.values.numerals import read_digits, read_numeral
from service.pipeline.values.temporal import DateReader
from service.pipeline.values.units import read_unit

CHAINS = frozenset("-–—/:+.x")
SIGNS = frozenset(".:#-")


def skip_identifier(lexemes: list[Lexeme], i: int, dates: DateReader, knowledge: Knowledge) -> int | None:
    """The place after the idiom or the named number that begins at ``i``, or None where there is none."""
    idiom = knowledge.idioms.match(lexemes, i)
    if idiom:
        return idiom[0]
    strong = knowledge.strong.match(lexemes, i)
    if strong:
        return _skip_numbers(lexemes, strong[0], knowledge)
    weak = knowledge.weak.match(lexemes, i)
    named = weak is not None and (lexemes[i].capitalised or not dates.read(weak[0]))
    if weak and named and not _counts(lexemes, weak[0], knowledge):
        return _skip_numbers(lexemes, weak[0], knowledge)
    return None


def _counts(lexemes: list[Lexeme], i: int, knowledge: Knowledge) -> bool:
    """Whether the number at ``i`` surely counts or measures something."""
    numeral = read_numeral(lexemes, i, knowledge)
    if numeral is None:
        return False
    if read_unit(lexemes, numeral.last, knowledge):
        return True
    joint = knowledge.ranges.match(lexemes, numeral.last)
    other = read_numeral(lexemes, joint[0], knowledge) if joint else None
    if other is not None and read_unit(lexemes, other.last, knowledge):
        return True
    counted = read_counted(lexemes, numeral.last, knowledge)
    return counted is not None and counted.known


def _number_at(lexemes: list[Lexeme], i: int, knowledge: Knowledge) -> int | None:
    """The place after the number at ``i``, in digits or in one word, bare or in brackets."""
    if i >= len(lexemes):
        return None
    if lexemes[i].text == "(":
        closed = i + 2 < len(lexemes) and lexemes[i + 1].kind == NUMBER and lexemes[i + 2].text == ")"
        return i + 3 if closed else None
    if lexemes[i].kind == NUMBER:
        while i + 2 < len(lexemes) and lexemes[i + 1].text in CHAINS and lexemes[i + 2].glued:
            i += 2
        return i + 1
    numeral = read_numeral(lexemes, i, knowledge)
    return None if numeral is None or numeral.vague else numeral.last


def _skip_numbers(lexemes: list[Lexeme], i: int, knowledge: Knowledge) -> int | None:
    """Past the numbers of a name that are joined to each other: ``Pasal 2 dan 3``, ``Nomor 31 Tahun 1999``."""
    while i < len(lexemes) and lexemes[i].text in SIGNS:
        i += 1
    last = _number_at(lexemes, i, knowledge)
    while last is not None and last < len(lexemes):
        place = last
        if lexemes[place].text == "," and place + 2 < len(lexemes) and lexemes[place + 2].text in {",", "-"}:
            place += 1
        while place < len(lexemes) and place - last < 3 and lexemes[place].lower in knowledge.joints:
            place += 1
        if place == last and lexemes[place].text != "(":
            break
        following = _number_at(lexemes, place, knowledge)
        if following is None or _counts(lexemes, place, knowledge):
            break
        last = following
    return last


def skip_chain(lexemes: list[Lexeme], i: int) -> int | None:
    """The place after a chain of numbers that is no range: scores, telephone numbers, ``12/2020``, versions."""
    last = i
    while last + 2 < len(lexemes) and lexemes[last + 1].text in CHAINS and lexemes[last + 1].glued:
        if lexemes[last + 2].kind != NUMBER or not lexemes[last + 2].glued:
            break
        last += 2
    if last > i:
        return last + 1
    text = lexemes[i].text
    led = len(text) > 1 and text[0] == "0" and text[1].isdigit()
    return i + 1 if led or read_digits(text) is None else None


def names(lexemes: list[Lexeme], i: int, knowledge: Knowledge) -> bool:
    """Whether the digits at ``i`` belong to a name that stands before them: ``Boeing 737``, ``SMP Negeri 1``."""
    if i == 0:
        return False
    before = lexemes[i - 1]
    if before.text in {"#", "@"}:
        return True
    if before.kind != WORD or not before.capitalised or before.lower in knowledge.not_names:
        return False
    return i > 1 and (lexemes[i - 2].kind == WORD or lexemes[i - 2].kind == NUMBER)


def glued_to_letters(lexemes: list[Lexeme], i: int) -> bool:
    """Whether letters stick to the number at ``i`` that make it a name: ``5G``, ``3D``."""
    after = i + 1
    return after < len(lexemes) and lexemes[after].kind == WORD and lexemes[after].glued
