"""Numbers, days, clock times and lists as a desk language writes them.

Conventions (separators, names of months and days, patterns) are data. Does not spell numbers out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

import msgspec

_DECIMALS = 4
_SHOWN = 3
_MONTHS = 12
_WEEKDAYS = 7
_SINGLE = {ord("“"): "‘", ord("”"): "’", ord('"'): "'", ord("«"): "‘", ord("»"): "’"}
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}.*| \w+)?")


class Style(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How one language writes lists, numbers and times; ``articles`` open labels that stand alone without them.

    ``nominal`` makes a noun of an intransitive verb, where the language of the articles has that.
    """

    comma: str
    conjunction: str
    alternative: str
    group: str
    decimal: str
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    day: str
    scales: dict[str, float]
    month: str
    clock: str
    range: str
    quoted: str
    nominal: str | None
    articles: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(self.months) != _MONTHS or len(self.weekdays) != _WEEKDAYS:
            raise ValueError("12 months and 7 weekdays are needed")

    def number(self, value: float) -> str:
        """``value`` with this language's separators, rounded to four decimals."""
        plain = f"{value:,.{_DECIMALS}f}".rstrip("0").rstrip(".")
        return plain.translate({ord(","): self.group, ord("."): self.decimal})

    def amount(self, value: float) -> str:
        """``value`` with the largest word of scale that leaves it three decimals or fewer."""
        for word, size in sorted(self.scales.items(), key=lambda scale: -scale[1]):
            if abs(value) >= size and round(value / size, _SHOWN) * size == value:
                return f"{self.number(value / size)} {word}"
        return self.number(value)

    def moment(self, iso: str) -> str:
        """An ISO date or date-time as this language writes it, a word behind the date kept as it is; what is neither
        comes back as it is."""
        if not _ISO.fullmatch(iso):
            return iso
        day = date.fromisoformat(iso[:10])
        written = self.day.format(
            weekday=self.weekdays[day.weekday()], day=day.day, month=self.months[day.month - 1], year=day.year
        )
        if "T" not in iso:
            return f"{written}, {part}" if (part := iso[11:]) else written
        clock = datetime.fromisoformat(iso[:16])
        return self.clock.format(day=written, hour=f"{clock.hour:02d}", minute=f"{clock.minute:02d}")

    def period(self, first: str, last: str) -> str:
        """The days from ISO date ``first`` to ``last``, one day or a whole month where they are that."""
        if first == last:
            return self.moment(first)
        begin, end = date.fromisoformat(first[:10]), date.fromisoformat(last[:10])
        if (begin.month, begin.day, end.month, end.day, end.year) == (1, 1, _MONTHS, 31, begin.year):
            return str(begin.year)
        whole = begin.day == 1 and (date.fromordinal(end.toordinal() + 1).day == 1) and begin.month == end.month
        if whole and begin.year == end.year:
            return self.month.format(month=self.months[begin.month - 1], year=begin.year)
        return self.range.format(first=self.moment(first), last=self.moment(last))

    def join(self, items: Sequence[str]) -> str:
        """``items`` as a list with "and" in front of the last."""
        return _join(items, self.comma, self.conjunction)

    def alternatives(self, items: Sequence[str]) -> str:
        """``items`` as a list with "or" in front of the last."""
        return _join(items, self.comma, self.alternative)

    def quote(self, words: str) -> str:
        """``words`` in quotation marks, those inside made single."""
        inner = words.strip('“”"«» ').translate(_SINGLE)
        return self.quoted.format(words=inner)

    def balanced(self, words: str) -> str:
        """``words`` without quotation marks where one of a pair is missing."""
        if words.count("“") == words.count("”") and words.count('"') % 2 == 0:
            return words
        return words.translate(dict.fromkeys(map(ord, '“”"')))

    def bare(self, label: str) -> str:
        """``label`` without the article that opens it."""
        for article in self.articles:
            label = label.removeprefix(article)
        return label


def _join(items: Sequence[str], comma: str, last: str) -> str:
    if len(items) < 2:
        return "".join(items)
    return comma.join(items[:-1]) + last + items[-1]


def shorten(words: str, longest: int) -> str:
    """``words`` on one line, cut behind a whole word with an ellipsis where longer than ``longest``."""
    plain = " ".join(words.split())
    if len(plain) <= longest:
        return plain
    return plain[: longest - 1].rsplit(" ", 1)[0].rstrip(' ,;:–—-(“"') + " …"


def capitalize(text: str) -> str:
    """``text`` with its first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]
