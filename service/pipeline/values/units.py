"""Units of measure and currencies beside a number, and the base in which values of one dimension compare."""

from __future__ import annotations

import msgspec

from service.pipeline.values.data import Currency, MeasureUnit
from service.pipeline.values.knowledge import Knowledge
from service.pipeline.values.lexing import WORD, Lexeme


class Unit(msgspec.Struct, frozen=True, gc=False):
    """What a number is of: lexemes up to ``last``; ``base`` = (value + ``offset``) × ``factor``.

    ``kind`` is the kind of value that it makes: measure, duration, percent or money.
    """

    last: int
    kind: str
    base: str
    factor: float
    offset: float = 0.0


def read_unit(lexemes: list[Lexeme], i: int, knowledge: Knowledge) -> Unit | None:
    """The unit, percent sign or name of a currency at ``i``: ``meter kubik per detik``, ``km/jam``, ``persen``."""
    if i >= len(lexemes):
        return None
    percent = knowledge.percent.match(lexemes, i)
    if percent:
        return Unit(percent[0], "percent", "percent", 1.0)
    money = knowledge.currency_names.match(lexemes, i)
    if money:
        return Unit(money[0], "money", money[1].code, 1.0)
    found = knowledge.exact_units.match(lexemes, i) or knowledge.units.match(lexemes, i)
    if found is None or (lexemes[i].capitalised and not lexemes[i].glued and _names(lexemes, i, found[1])):
        return None
    simple = _simple(lexemes, i, found[0], found[1], knowledge)
    return _rate(lexemes, simple, knowledge)


def _names(lexemes: list[Lexeme], i: int, unit: MeasureUnit) -> bool:
    """Whether a capitalised unit is part of a name rather than a headline's unit: one with a capital beside it."""
    return not unit.exact and i > 0 and lexemes[i - 1].capitalised and len(lexemes[i].text) > 2


def _simple(lexemes: list[Lexeme], i: int, last: int, unit: MeasureUnit, knowledge: Knowledge) -> Unit:
    following = lexemes[last].lower if last < len(lexemes) else ""
    if unit.derived and following in {knowledge.squared, knowledge.cubed}:
        power = 2 if following == knowledge.squared else 3
        return Unit(last + 1, "measure", f"{unit.base}{power}", unit.factor**power)
    kind = "duration" if unit.base in knowledge.time_bases else "measure"
    return Unit(last, kind, unit.base, unit.factor, unit.offset)


def _rate(lexemes: list[Lexeme], unit: Unit, knowledge: Knowledge) -> Unit:
    """The unit with the unit it is told per, as in ``liter per detik``."""
    if unit.last + 1 >= len(lexemes) or lexemes[unit.last].lower not in knowledge.per:
        return unit
    below = knowledge.units.match(lexemes, unit.last + 1)
    if below is None or unit.kind != "measure":
        return unit
    divisor = _simple(lexemes, unit.last + 1, below[0], below[1], knowledge)
    return Unit(divisor.last, "measure", f"{unit.base}/{divisor.base}", unit.factor / divisor.factor)


def sign_at(lexemes: list[Lexeme], i: int, knowledge: Knowledge) -> tuple[int, Unit, str] | None:
    """The currency or unit written before a number at ``i``: the place after it, what it is, and its words."""
    if i >= len(lexemes):
        return None
    lexeme = lexemes[i]
    if lexeme.kind == "prefix":
        money: Currency | None = knowledge.currency_signs.get(lexeme.text)
        if money:
            return i + 1, Unit(i + 1, "money", money.code, 1.0), lexeme.text
        unit = knowledge.unit_signs[lexeme.text]
        return i + 1, Unit(i + 1, "measure", unit.base, unit.factor, unit.offset), lexeme.text
    if lexeme.kind == WORD and lexeme.text in knowledge.currency_signs:
        return i + 1, Unit(i + 1, "money", knowledge.currency_signs[lexeme.text].code, 1.0), lexeme.text
    leading = knowledge.leading_units.match(lexemes, i)
    if leading is None:
        return None
    after = leading[0]
    if after + 2 < len(lexemes) and lexemes[after].text == "(" and lexemes[after + 2].text == ")":
        after += 3
    elif after < len(lexemes) and lexemes[after].text in knowledge.unit_signs:
        after += 1
    return after, Unit(after, "measure", leading[1].base, leading[1].factor, leading[1].offset), lexeme.text
