"""Numerals, in digits and in words, as intervals.

``1.250`` is a thousand and a quarter of one, ``1,5`` one and a half; ``dua setengah juta``, ``puluhan ribu``,
``2.000-an``. A numeral whose size is vague spans its magnitude. Ordinals and Roman numerals are no numerals here.
"""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from service.pipeline.values.data import Numerals
from service.pipeline.values.knowledge import Knowledge
from service.pipeline.values.lexing import NUMBER, WORD, Lexeme

LONGEST = 24
"""Characters beyond which a row of digits and separators is no number."""
LONGEST_PLAIN = 12
"""Digits beyond which a row of digits names something (an account, a person's number) and counts nothing."""
MOST_SCALES = 2
"""The most scale words behind one numeral: "ribu triliun"."""


class Numeral(msgspec.Struct, frozen=True, gc=False):
    """A numeral, lexemes ``first`` up to ``last``: from ``low`` to ``high``.

    ``digits`` says that it is written in digits, ``scaled`` that it ends in a scale word, ``vague`` that only its
    magnitude is told, ``plain`` that it is a whole number in digits without separators.
    """

    first: int
    last: int
    low: float
    high: float
    approximate: bool = False
    digits: bool = False
    scaled: bool = False
    vague: bool = False
    plain: bool = False

    def times(self, factor: float) -> Numeral:
        """The numeral, multiplied."""
        return replace(self, low=tidy(self.low * factor), high=tidy(self.high * factor), scaled=True)


def tidy(number: float) -> float:
    """The number without the dust of binary fractions: 2.3 million is whole."""
    rounded = round(number, 6)
    nearest = round(rounded)
    return float(nearest) if abs(rounded - nearest) < 1e-6 * max(1.0, abs(rounded)) * 1e-3 else rounded


def read_digits(text: str) -> float | None:
    """The value of a number in digits as Indonesian writes it, or None where the groups make none."""
    if len(text) > LONGEST or (len(text) > LONGEST_PLAIN and text.isdecimal()):
        return None
    whole, comma, fraction = text.partition(",")
    if "," in fraction or "." in fraction:
        return _read_foreign(text)
    groups = whole.split(".")
    if len(groups) > 1:
        if all(len(group) == 3 for group in groups[1:]) and 1 <= len(groups[0]) <= 3 and groups[0] != "0":
            return float("".join(groups) + ("." + fraction if comma else ""))
        if len(groups) == 2 and not comma and (len(groups[1]) != 3 or groups[0] == "0"):
            return float(f"{groups[0]}.{groups[1]}")
        return None
    return float(f"{whole}.{fraction}" if comma else whole)


def is_grouped(text: str) -> bool:
    """Whether digits are written as only amounts are: with thousands set apart, or decimals behind a comma."""
    whole, comma, fraction = text.partition(",")
    groups = whole.split(".")
    return bool(comma and fraction) or (len(groups) > 1 and all(len(group) == 3 for group in groups[1:]))


def _read_foreign(text: str) -> float | None:
    """English grouping, told by its shape: ``1,250,000`` or ``1,250,000.50``."""
    whole, _, fraction = text.partition(".")
    groups = whole.split(",")
    if len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:]) and fraction.isdigit() | (not fraction):
        return float("".join(groups) + "." + (fraction or "0"))
    return None


def read_numeral(lexemes: list[Lexeme], i: int, knowledge: Knowledge, money: bool = False) -> Numeral | None:
    """The longest numeral that begins at lexeme ``i``; ``money`` allows the one-letter scales."""
    data = knowledge.numerals
    if i >= len(lexemes):
        return None
    negative = _is_minus(lexemes, i, data)
    if negative:
        i += 1
    found = _in_digits(lexemes, i, data) if lexemes[i].kind == NUMBER else _in_words(lexemes, i, data)
    if found is None:
        return None
    found = _restated(lexemes, _scale(lexemes, found, data, money), data)
    if negative:
        return replace(found, first=i - 1, low=-found.high, high=-found.low)
    return found


def _is_minus(lexemes: list[Lexeme], i: int, data: Numerals) -> bool:
    """Whether a minus stands at ``i``: a word, or a sign that sticks to the number behind it and to nothing before."""
    if lexemes[i].lower not in data.minus or i + 1 >= len(lexemes) or lexemes[i + 1].kind != NUMBER:
        return False
    return lexemes[i].kind == WORD or (lexemes[i + 1].glued and not lexemes[i].glued)


def _restated(lexemes: list[Lexeme], found: Numeral, data: Numerals) -> Numeral:
    """The numeral with the same number in words in brackets behind it: ``3 (tiga)``."""
    if not found.digits or found.last + 2 >= len(lexemes) or lexemes[found.last].text != "(":
        return found
    words = _in_words(lexemes, found.last + 1, data)
    if words is None or words.low != found.low or words.last >= len(lexemes) or lexemes[words.last].text != ")":
        return found
    return replace(found, last=words.last + 1)


def _in_digits(lexemes: list[Lexeme], i: int, data: Numerals) -> Numeral | None:
    number = lexemes[i]
    value = read_digits(number.text)
    if value is None or (len(number.text) > 1 and number.text[0] == "0" and number.text[1].isdigit()):
        return None
    last, blurred = i + 1, False
    if _suffix(lexemes, last, data):
        last, blurred = last + 2, True
    plain = number.text.isdigit()
    return Numeral(i, last, value, value, approximate=blurred, digits=True, plain=plain)


def _suffix(lexemes: list[Lexeme], i: int, data: Numerals) -> bool:
    """Whether the glued ending of ``2.000-an`` stands at ``i``."""
    return (
        i + 1 < len(lexemes)
        and lexemes[i].text == "-"
        and lexemes[i].glued
        and lexemes[i + 1].glued
        and lexemes[i + 1].lower == data.blur_suffix
    )


def _in_words(lexemes: list[Lexeme], i: int, data: Numerals) -> Numeral | None:
    word = lexemes[i].lower
    if word in data.vague:
        magnitude = data.vague[word]
        return Numeral(i, i + 1, magnitude.low, magnitude.high, vague=True)
    if word in data.about:
        return Numeral(i, i + 1, data.about[word], data.about[word], approximate=True, scaled=True)
    if word in data.fractions:
        return Numeral(i, i + 1, data.fractions[word], data.fractions[word])
    if word not in data.digits and word not in data.fixed and word not in data.one_of_scale:
        return None
    end, value = _cardinal(lexemes, i, data)
    if end == i:
        return None
    following = lexemes[end].lower if end < len(lexemes) else ""
    if following in data.denominators:
        return Numeral(i, end + 1, value / data.denominators[following], value / data.denominators[following])
    if following == data.half:
        return Numeral(i, end + 1, value + 0.5, value + 0.5)
    if following == data.point:
        after, decimals = _decimals(lexemes, end + 1, data)
        if decimals:
            value = float(f"{int(value)}.{decimals}")
            return Numeral(i, after, value, value)
    return Numeral(i, end, value, value, scaled=value >= 1000)


def _decimals(lexemes: list[Lexeme], i: int, data: Numerals) -> tuple[int, str]:
    """The digits spelled out one by one behind ``koma``."""
    read = ""
    while i < len(lexemes) and lexemes[i].lower in data.digits and len(read) < LONGEST_PLAIN:
        read += str(data.digits[lexemes[i].lower])
        i += 1
    return i, read


def _cardinal(lexemes: list[Lexeme], i: int, data: Numerals) -> tuple[int, float]:
    """The place after the cardinal in words at ``i``, and its value; scales of a thousand and more included."""
    total = 0.0
    ceiling = float("inf")
    start = i
    while i < len(lexemes):
        word = lexemes[i].lower
        if word in data.one_of_scale and i >= start and data.one_of_scale[word] < ceiling:
            ceiling = data.one_of_scale[word]
            total += ceiling
            i += 1
            continue
        end, group = _below_thousand(lexemes, i, data)
        if end == i:
            break
        scale = data.scales.get(lexemes[end].lower) if end < len(lexemes) else None
        factor = 1 if scale is None else scale
        if factor >= ceiling:
            break
        total += group * factor
        ceiling = factor
        i = end + (scale is not None)
        if scale is None:
            break
    return i, total


def _below_thousand(lexemes: list[Lexeme], i: int, data: Numerals) -> tuple[int, float]:
    total, ceiling = 0.0, 1000
    while i < len(lexemes):
        word = lexemes[i].lower
        following = lexemes[i + 1].lower if i + 1 < len(lexemes) else ""
        if word in data.fixed:
            value, step, size = data.fixed[word], 1, 100 if data.fixed[word] == 100 else 1
        elif word not in data.digits:
            break
        elif following == data.teen:
            value, step, size = data.digits[word] + 10, 2, 1
        elif following in data.small:
            value, step, size = data.digits[word] * data.small[following], 2, data.small[following]
        else:
            value, step, size = data.digits[word], 1, 1
        if size >= ceiling:
            break
        total, ceiling, i = total + value, size, i + step
    return i, total


def _scale(lexemes: list[Lexeme], found: Numeral, data: Numerals, money: bool) -> Numeral:
    """The numeral with the scale words that follow it: ``2,5 juta``, ``puluhan ribu``, ``300-an juta``."""
    for _ in range(MOST_SCALES):
        if found.last >= len(lexemes):
            break
        following = lexemes[found.last]
        factor = data.scales.get(following.lower) if following.kind == WORD else None
        if factor is None and money:
            factor = data.money_scales.get(following.text)
        if factor is not None:
            vague, low, high = found.vague, found.low * factor, found.high * factor
            if vague:
                high += factor - 1
            found = replace(found.times(factor), low=tidy(low), high=tidy(high), last=found.last + 1)
            continue
        blur = data.blurring.get(following.lower)
        if blur is not None and not found.vague:
            return replace(found.times(blur), last=found.last + 1, approximate=True)
        if found.scaled and _suffix(lexemes, found.last, data):
            return replace(found, last=found.last + 2, approximate=True)
        break
    return found
