"""Numbers as intervals: whether two can both be right, with hedges, rounding and currencies in mind."""

from __future__ import annotations

import math
from collections.abc import Mapping

import msgspec

from service.pipeline.alignment.quantities.slots import SECONDS
from service.pipeline.annotations import Value

HEDGE = 0.05
ROUNDING = 0.02
EXACT_BELOW = 1000


class Interval(msgspec.Struct, frozen=True, gc=False):
    """What a number allows: ``low`` to ``high``, infinite where the text leaves it open; ``grain`` is the unit that it
    is counted in, where numbers in other units compare with it; ``unit`` is what one of the stated unit is worth, since
    it is in that unit that a figure is round."""

    low: float
    high: float
    approximate: bool
    grain: float = 0.0
    unit: float = 1.0

    @property
    def point(self) -> float | None:
        """The number itself where the interval is one number."""
        return self.low if self.low == self.high else None


def interval_of(value: Value, rates: Mapping[str, float] | None = None) -> Interval:
    """The interval of ``value`` in its base unit; ``rates`` turn other currencies into one."""
    low = value.base_low if value.base is not None else value.low
    high = value.base_high if value.base is not None else value.high
    factor = (rates or {}).get(value.base or "", 1.0)
    grain = SECONDS.get(value.base or "", 0.0) if value.kind == "duration" else 0.0
    factor = grain or factor
    return Interval(
        -math.inf if low is None else low * factor,
        math.inf if high is None else high * factor,
        value.approximate,
        grain,
        low * factor / value.low if low and value.low else 1.0,
    )


def meet(one: Interval, other: Interval) -> bool:
    """Whether one number can satisfy both."""
    if one.low <= other.high and other.low <= one.high:
        return True
    if one.grain != other.grain:
        return max(one.low - other.high, other.low - one.high) <= max(one.grain, other.grain) / 2
    first, second = one.point, other.point
    if first is None or second is None:
        return False
    return _rounded(first / one.unit, second / one.unit, one.approximate) or _rounded(
        second / other.unit, first / other.unit, other.approximate
    )


def _rounded(coarse: float, fine: float, hedged: bool) -> bool:
    """Whether ``coarse`` is ``fine`` in round figures, both in the unit of the coarse one.

    A figure that ends in zeroes stands for all that round to it, within 2 % (5 % when hedged); figures below a
    thousand are taken at their word unless they are hedged or have decimals.
    """
    if not coarse or not fine:
        return False
    difference = abs(coarse - fine) / max(abs(coarse), abs(fine))
    if difference > (HEDGE if hedged else ROUNDING):
        return False
    whole = coarse == int(coarse) and fine == int(fine)
    if not hedged and whole and abs(coarse) < EXACT_BELOW:
        return False
    return _digits(coarse) < _digits(fine) and abs(coarse - fine) <= _granularity(coarse) / 2


def _digits(number: float) -> int:
    """How many significant digits ``number`` shows."""
    return len(f"{abs(number):.12g}".replace(".", "").split("e")[0].strip("0"))


def _granularity(number: float) -> float:
    """The value of the last significant digit of ``number``."""
    plain = f"{abs(number):.12f}".rstrip("0").rstrip(".")
    if "." in plain:
        return float(10.0 ** -len(plain.split(".")[1]))
    return float(10.0 ** (len(plain) - len(plain.rstrip("0"))))
