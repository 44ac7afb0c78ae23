"""Counts, sums, shares and measures: numeral, hedge, range, and what is counted or measured, as one interval."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from service.pipeline.values.counted import read_counted
from service.pipeline.values.knowledge import Knowledge
from service.pipeline.values.lexing import NUMBER, TIMES, WORD, Lexeme, words_of
from service.pipeline.values.numerals import Numeral, read_numeral, tidy
from service.pipeline.values.units import Unit, read_unit, sign_at


class Quantity(msgspec.Struct, frozen=True, gc=False):
    """A quantity as read, lexemes ``first`` up to ``last``; ``numeral`` are the lexemes of the number itself.

    ``base`` is None for counts. ``bare`` says that nothing tells what is counted, ``known`` that something surely does.
    """

    first: int
    last: int
    low: float | None
    high: float | None
    numeral: tuple[int, int]
    kind: str = "quantity"
    unit: str | None = None
    approximate: bool = False
    measure: Unit | None = None
    bare: bool = False
    known: bool = False
    scaled: bool = False
    rule: str = "count"


def read_quantity(lexemes: list[Lexeme], i: int, knowledge: Knowledge) -> Quantity | None:
    """The quantity that begins at ``i``, with its hedges, or None."""
    start = i
    bounds: list[str] = []
    while len(bounds) < 3:
        opened = knowledge.between.match(lexemes, i)
        if opened:
            found = _read_between(lexemes, opened[0], knowledge)
            about = "about" in bounds
            return found and replace(found, first=start, approximate=found.approximate or about)
        hedge = knowledge.hedges.match(lexemes, i)
        if hedge is None:
            break
        if not _arrives(lexemes, i, knowledge):
            bounds.append(hedge[1])
        i = hedge[0]
    found = read_range(lexemes, i, knowledge)
    if found is None:
        return None
    found = _read_tolerance(lexemes, _read_compound(lexemes, found, knowledge), knowledge)
    found = _widen(found, bounds, start)
    return _read_trailing(lexemes, found, knowledge) if not bounds or set(bounds) == {"about"} else found


def _read_compound(lexemes: list[Lexeme], found: Quantity, knowledge: Knowledge) -> Quantity:
    """A duration with the smaller unit behind it, in the larger one: ``4 tahun 6 bulan`` is four and a half years."""
    if found.kind != "duration" or found.measure is None or found.low is None or found.low != found.high:
        return found
    joined = found.last < len(lexemes) and lexemes[found.last].kind == NUMBER
    rest = _read_one(lexemes, found.last, knowledge) if joined else None
    if rest is None or rest.kind != "duration" or rest.measure is None or rest.low is None or rest.low != rest.high:
        return found
    share = rest.low * rest.measure.factor / found.measure.factor
    if rest.measure.base != found.measure.base or rest.measure.factor >= found.measure.factor or share >= 1:
        return found
    whole = tidy(found.low + share)
    return replace(found, last=rest.last, low=whole, high=whole, numeral=(found.numeral[0], rest.numeral[1]))


def _read_tolerance(lexemes: list[Lexeme], found: Quantity, knowledge: Knowledge) -> Quantity:
    """The quantity with what it may miss its number by: ``4 persen plus minus 1 persen``, ``3,5±1 persen``."""
    joint = knowledge.tolerances.match(lexemes, found.last)
    margin = _read_one(lexemes, joint[0], knowledge) if joint else None
    if margin is None or margin.low is None or margin.low != margin.high or found.low is None or found.high is None:
        return found
    same = found.measure is not None and margin.measure is not None and found.measure.base == margin.measure.base
    if not (found.bare or margin.bare or same or found.unit == margin.unit):
        return found
    width = margin.low
    if same and found.measure and margin.measure:
        width = tidy(width * margin.measure.factor / found.measure.factor)
    merged = margin if found.bare and not margin.bare else found
    return replace(
        merged,
        first=found.first,
        last=margin.last,
        low=tidy(found.low - width),
        high=tidy(found.high + width),
        numeral=(found.numeral[0], margin.numeral[1]),
        rule="range-tolerance",
    )


def _arrives(lexemes: list[Lexeme], i: int, knowledge: Knowledge) -> bool:
    """Whether the hedge at ``i`` names the place that a movement reaches."""
    return i > 0 and lexemes[i].lower in knowledge.arrival_hedges and lexemes[i - 1].lower in knowledge.arrival_verbs


def _widen(found: Quantity, bounds: list[str], start: int) -> Quantity:
    """The quantity under its hedges: the last one that opens an end decides which."""
    approximate = found.approximate or "about" in bounds
    opening = [bound for bound in bounds if bound != "about"]
    low, high = found.low, found.high
    if opening:
        # a range keeps its upper end ("lebih dari 2 juta hingga 6 juta jiwa")
        low, high = (
            (low, high if low != high and found.rule == "range" else None) if opening[-1] == "least" else (None, high)
        )
    rule = f"{found.rule}-{opening[-1]}" if opening else found.rule
    return replace(found, first=start, low=low, high=high, approximate=approximate, rule=rule)


def _read_trailing(lexemes: list[Lexeme], found: Quantity, knowledge: Knowledge) -> Quantity:
    """The quantity with a hedge behind it: ``100 orang lebih``, ``17 tahun ke atas``; not "5 persen lebih tinggi"."""
    trailing = knowledge.trailing.match(lexemes, found.last)
    if trailing is None or found.bare:
        return found
    last, bound = trailing
    hedge = knowledge.hedges.match(lexemes, found.last)
    if hedge and (hedge[0] > last or read_numeral(lexemes, hedge[0], knowledge)):
        return found
    compared = last < len(lexemes) and lexemes[last].kind == WORD and lexemes[last].lower not in knowledge.stops
    if (hedge and compared) or (last < len(lexemes) and lexemes[last].lower in knowledge.comparable):
        return found
    if bound == "about":
        return replace(found, last=last, approximate=True)
    low, high = (found.low, None) if bound == "least" else (None, found.high)
    return replace(found, last=last, low=low, high=high, rule=f"{found.rule}-{bound}")


def _read_between(lexemes: list[Lexeme], i: int, knowledge: Knowledge) -> Quantity | None:
    """``antara 5 dan 7 orang``."""
    first = _read_one(lexemes, i, knowledge)
    if first is None:
        return None
    joint = knowledge.pairing.match(lexemes, first.last)
    second = _read_one(lexemes, joint[0], knowledge) if joint else None
    return _join(first, second, "range") if second else None


def read_range(lexemes: list[Lexeme], i: int, knowledge: Knowledge) -> Quantity | None:
    """A quantity or a range of two at ``i``, without hedges."""
    first = _read_one(lexemes, i, knowledge)
    if first is None:
        return None
    joint = knowledge.ranges.match(lexemes, first.last)
    if joint is None and first.bare and first.last < len(lexemes):
        alternative = lexemes[first.last].lower in knowledge.alternatives
        joint = (first.last + 1, True) if alternative else None
    if joint is None:
        return first
    second = _read_one(lexemes, joint[0], knowledge)
    return (second and _join(first, second, "range")) or first


def _join(first: Quantity, second: Quantity, rule: str) -> Quantity | None:
    """The range from ``first`` to ``second``, or None where they make none."""
    if first.low is None or second.high is None or (second.bare and not first.bare and first.kind != "money"):
        return None
    low = first.low
    same = first.measure is not None and second.measure is not None and first.measure.base == second.measure.base
    alike = same or (first.measure is None and second.measure is None and first.unit == second.unit)
    continued = first.kind == "money" and second.measure is None
    if not (first.bare or alike or continued):
        return None
    if first.bare or first.kind == "money":
        low = _scaled_alike(first, second, low)
    if same and first.measure and second.measure and first.measure.offset == second.measure.offset:
        low = tidy(low * first.measure.factor / second.measure.factor)
    if low >= second.high:
        return None
    merged = second if second.measure is not None or first.measure is None else first
    return replace(
        merged,
        first=first.first,
        last=second.last,
        low=low,
        high=second.high,
        approximate=first.approximate or second.approximate,
        numeral=(first.numeral[0], second.numeral[1]),
        bare=second.bare and first.measure is None,
        rule=rule,
    )


def _scaled_alike(first: Quantity, second: Quantity, low: float) -> float:
    """The lower end with the scale of the upper one, where only that tells one: ``2-3 juta``."""
    if second.high is None or low >= 1000 or not second.scaled or first.scaled:
        return low
    scale = next((factor for factor in (1e12, 1e9, 1e6, 1e3) if second.high >= factor), 1.0)
    return low * scale


def _read_one(lexemes: list[Lexeme], i: int, knowledge: Knowledge) -> Quantity | None:
    """One number with what it is of: ``Rp 2,5 miliar``, ``M 5,6``, ``2x24 jam``, ``seorang staf``."""
    if i >= len(lexemes):
        return None
    sign = sign_at(lexemes, i, knowledge)
    if sign:
        return _read_signed(lexemes, i, sign, knowledge)
    if lexemes[i].lower in knowledge.one_of or lexemes[i].lower in knowledge.one_unit:
        return _read_single(lexemes, i, knowledge)
    numeral = read_numeral(lexemes, i, knowledge)
    if numeral is None:
        return None
    numeral = _multiply(lexemes, numeral, knowledge)
    return _read_object(lexemes, numeral, knowledge)


def _multiply(lexemes: list[Lexeme], numeral: Numeral, knowledge: Knowledge) -> Numeral:
    """``2x24`` as 48."""
    if numeral.last < len(lexemes) and lexemes[numeral.last].kind == TIMES:
        second = read_numeral(lexemes, numeral.last + 1, knowledge)
        if second is not None and second.low == second.high:
            return replace(numeral.times(second.low), last=second.last)
    return numeral


def _plain(numeral: Numeral) -> Quantity:
    """The numeral as a quantity of nothing yet."""
    return Quantity(
        numeral.first,
        numeral.last,
        numeral.low,
        numeral.high,
        (numeral.first, numeral.last),
        approximate=numeral.approximate,
        bare=True,
        scaled=numeral.scaled,
        rule="number",
    )


def _measured(found: Quantity, unit: Unit, words: str) -> Quantity:
    """The quantity as one of ``unit``."""
    return replace(found, kind=unit.kind, unit=words, measure=unit, bare=False, known=True, rule=unit.kind)


def _read_signed(lexemes: list[Lexeme], i: int, sign: tuple[int, Unit, str], knowledge: Knowledge) -> Quantity | None:
    """A number behind a currency or a unit that stands before it: ``Rp 5 juta``, ``magnitudo 5,6``."""
    after, unit, words = sign
    hedge = knowledge.hedges.match(lexemes, after) if unit.kind == "measure" else None
    numeral = read_numeral(lexemes, hedge[0] if hedge else after, knowledge, money=unit.kind == "money")
    if numeral is None:
        return None
    numeral = _whole(lexemes, numeral) if unit.kind == "money" else numeral
    found = replace(_measured(_plain(numeral), unit, words), first=i)
    if hedge:
        return _widen(found, [hedge[1]], i)
    again = read_unit(lexemes, numeral.last, knowledge) if unit.kind == "measure" else None
    return replace(found, last=again.last) if again is not None and again.base == unit.base else found


def _read_single(lexemes: list[Lexeme], i: int, knowledge: Knowledge) -> Quantity | None:
    """``seorang staf``, ``sebuah vila``, ``sebulan``; not where the word is a mere article."""
    word = lexemes[i].lower
    one = Quantity(i, i + 1, 1.0, 1.0, (i, i + 1), known=True, rule="one")
    if word in knowledge.one_unit:
        name = knowledge.one_unit[word]
        unit = read_unit(knowledge.lexer.lex(name), 0, knowledge)
        one = _measured(one, replace(unit, last=i + 1), name) if unit else replace(one, unit=name)
        return replace(one, rule="one")
    if knowledge.ellipses.match(lexemes, i + 1):
        return replace(one, unit=knowledge.one_of[word])
    counted = read_counted(lexemes, i + 1, knowledge)
    article = i > 0 and lexemes[i - 1].lower in knowledge.article_after
    if counted is None or article or lexemes[i + 1].lower in knowledge.article_before:
        return None
    if word in knowledge.mostly_articles and not counted.known:
        return None
    return replace(one, last=counted.last, unit=counted.unit)


def _read_object(lexemes: list[Lexeme], numeral: Numeral, knowledge: Knowledge) -> Quantity:
    """The numeral with the unit, the share or the noun behind it."""
    after = numeral.last
    unit = read_unit(lexemes, after, knowledge)
    if unit is not None:
        numeral = _whole(lexemes, numeral) if unit.kind == "money" else numeral
        return replace(_measured(_plain(numeral), unit, words_of(lexemes, after, unit.last)), last=unit.last)
    if _is_occasion(lexemes, after, knowledge):
        return replace(_plain(numeral), last=after + 1, unit=lexemes[after].text, bare=False, known=True, rule="count")
    blurred = _blurred(lexemes, after, knowledge)
    if blurred is not None and _blurred(lexemes, blurred, knowledge) is None:
        found = _read_object(lexemes, replace(numeral, last=blurred), knowledge)
        if found.known:
            return replace(found, high=None, numeral=(numeral.first, after), rule=f"{found.rule}-least")
    joined = knowledge.ranges.match(lexemes, after)
    counted = read_counted(lexemes, after, knowledge)
    if counted is None or _glued_name(lexemes, after) or (joined and read_numeral(lexemes, joined[0], knowledge)):
        return _plain(numeral)
    if numeral.low == numeral.high == 1 and not numeral.digits and _is_article(lexemes[after], knowledge):
        return _plain(numeral)
    found = replace(_plain(_whole(lexemes, numeral)), last=counted.last, unit=counted.unit, bare=False)
    return replace(found, known=counted.known, rule="vague" if numeral.vague else "count")


def _whole(lexemes: list[Lexeme], numeral: Numeral) -> Numeral:
    """A count or sum with three digits behind a comma is a whole number in the English way: ``2,615 penderita``."""
    whole, comma, fraction = lexemes[numeral.first].text.partition(",")
    if numeral.digits and not numeral.scaled and comma and len(fraction) == 3 and whole.isdigit() and whole != "0":
        return replace(numeral.times(1000), scaled=False)
    return numeral


def _is_occasion(lexemes: list[Lexeme], i: int, knowledge: Knowledge) -> bool:
    """Whether a cross stuck to the number says how many times: ``3x``."""
    return i < len(lexemes) and lexemes[i].glued and lexemes[i].kind == WORD and lexemes[i].lower in knowledge.times


def _is_article(noun: Lexeme, knowledge: Knowledge) -> bool:
    """Whether "one" before this noun counts nothing: "satu kesempatan"."""
    return noun.lower in knowledge.article_before and noun.lower not in knowledge.nouns


def _blurred(lexemes: list[Lexeme], i: int, knowledge: Knowledge) -> int | None:
    """The place after a hedge between number and noun: ``100 lebih orang``."""
    trailing = knowledge.trailing.match(lexemes, i)
    return trailing[0] if trailing and trailing[1] == "least" and trailing[0] == i + 1 else None


def _glued_name(lexemes: list[Lexeme], i: int) -> bool:
    """Whether a number's letters make it a name: ``5G``, ``3D``."""
    return lexemes[i].glued and lexemes[i - 1].kind == NUMBER
