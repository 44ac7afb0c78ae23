"""Reading of absolute and partial dates: days, months, years and decades, in digits and with names.

``3 September 2025``, ``4–14 Agustus``, ``5 dan 6 Mei 2024``, ``(18/11)``, ``2025-09-03``, ``April lalu``, ``1990-an``.
Roman numerals, months in digits alone and years before 1000 are not read.
"""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from service.pipeline.values.composed import Between
from service.pipeline.values.expressions import Day, Decade, Expression, Month, Year
from service.pipeline.values.knowledge import Knowledge
from service.pipeline.values.lexing import NUMBER, WORD, Lexeme


class Dated(msgspec.Struct, frozen=True):
    """A time expression as read, lexemes ``first`` up to ``last``."""

    first: int
    last: int
    expression: Expression


class Dates:
    """Reads the absolute dates of one sentence."""

    def __init__(self, lexemes: list[Lexeme], knowledge: Knowledge) -> None:
        self.lexemes = lexemes
        self.knowledge = knowledge
        self.calendar = knowledge.calendar
        self.size = len(lexemes)

    def _day_number(self, i: int) -> int | None:
        if i >= self.size or self.lexemes[i].kind != NUMBER or not self.lexemes[i].text.isdigit():
            return None
        text = self.lexemes[i].text
        return int(text) if len(text) <= 2 and 1 <= int(text) <= 31 else None

    def day(self, i: int, weekday: int | None = None) -> Dated | None:
        """``3 September 2025``, ``4–14 Agustus``."""
        day = self._day_number(i)
        if day is None:
            return None
        last, end = i + 1, None
        joint = self.knowledge.date_ranges.match(self.lexemes, last)
        if joint and (end := self._day_number(joint[0])) is not None:
            last = joint[0] + 1
        month = self.month_at(last)
        if month is None:
            return None
        year, after = self._year_behind(last + 1)
        after, direction, offset = self._direction(after)
        final = Day(end or day, month, year, weekday, direction, offset)
        if end is None:
            return Dated(i, after, final)
        begin = replace(final, day=day, weekday=None, month=month if day < end or month == 1 else month - 1)
        return Dated(i, after, Between(begin, final))

    def month_at(self, i: int) -> int | None:
        """The month named at ``i``, with or without the point of an abbreviation."""
        if i >= self.size or self.lexemes[i].kind != WORD:
            return None
        return self.knowledge.months.get(self.lexemes[i].lower)

    def _year_number(self, i: int, introduced: bool = False) -> int | None:
        if i >= self.size or self.lexemes[i].kind != NUMBER:
            return None
        text = self.lexemes[i].text
        years = self.calendar.years
        first = years.earliest if introduced else years.first
        return int(text) if len(text) == 4 and text.isdigit() and first <= int(text) <= years.last else None

    def _year_behind(self, i: int) -> tuple[int | None, int]:
        """The year that follows a month at once, or that the list or range gives to all its months."""
        named = i < self.size and self.lexemes[i].lower in self.calendar.year_words
        place = i + 1 if named else i
        year = self._year_number(place, True)
        if year is not None:
            return year, place + 1
        ahead = i
        for _ in range(4):
            joint = self._joint(ahead)
            if joint is None:
                break
            ahead = joint + 1 if self._day_number(joint) is not None else joint
            if self.month_at(ahead) is None:
                break
            ahead += 1
            year = self._year_number(ahead)
            if year is not None:
                return year, i
        return None, i

    def _joint(self, i: int) -> int | None:
        """The place after the joint of a list or range at ``i``."""
        for table in (self.knowledge.date_ranges, self.knowledge.date_lists):
            found = table.match(self.lexemes, i)
            if found:
                again = self.knowledge.date_lists.match(self.lexemes, found[0])
                return again[0] if again else found[0]
        return None

    def listed_days(self, i: int) -> list[Dated]:
        """``5 dan 6 Mei 2024``: the days of a list, all with the month that ends it."""
        days: list[tuple[int, int]] = []
        place = i
        while (day := self._day_number(place)) is not None and len(days) < 6:
            days.append((place, day))
            joint = self.knowledge.date_lists.match(self.lexemes, place + 1)
            if joint is None:
                break
            again = self.knowledge.date_lists.match(self.lexemes, joint[0])
            place = again[0] if again else joint[0]
        if len(days) < 2:
            return []
        final = self.day(days[-1][0])
        if final is None or not isinstance(final.expression, Day):
            return []
        expression = final.expression
        return [*(Dated(p, p + 1, replace(expression, day=d)) for p, d in days[:-1]), final]

    def numeric(self, i: int, partial: bool = False, weekday: int | None = None) -> Dated | None:
        """``3/9/2025``, ``1-3/9/2025``, ``3-9-2025``, ``2025-09-03``; ``18/11`` where ``partial`` allows it."""
        read = self._numeric_fields(i)
        if read is None:
            return None
        last, numbers, signs = read
        if len(numbers) == 1:
            return self._dotted(i, weekday)
        if signs[0] == "-" and signs[1:] in (["/"], ["/", "/"]) and numbers[0] < numbers[1]:
            rest = self._from_fields(numbers[1:], partial, weekday)
            if rest is None:
                return None
            return Dated(i, last, Between(replace(rest, day=numbers[0], weekday=None), rest))
        if len(set(signs)) != 1 or (signs[0] != "/" and len(numbers) != 3):
            return None
        if len(self.lexemes[i].text) == 4 and len(numbers) == 3:
            numbers = numbers[::-1]
        day = self._from_fields(numbers, partial, weekday)
        return None if day is None else Dated(i, last, day)

    def _numeric_fields(self, i: int) -> tuple[int, list[int], list[str]] | None:
        numbers: list[int] = []
        signs: list[str] = []
        while i < self.size and self.lexemes[i].kind == NUMBER and len(numbers) < 5:
            text = self.lexemes[i].text
            if (numbers and not self.lexemes[i].glued) or (numbers and not text.isdigit()) or len(text) > 10:
                return None
            numbers.append(int(text) if text.isdigit() else 0)
            i += 1
            sign = self.lexemes[i] if i + 1 < self.size else None
            if sign is not None and sign.glued and sign.text in "/-–" and self.lexemes[i + 1].glued:
                if self.lexemes[i + 1].kind != NUMBER:
                    break
                signs.append("-" if self.lexemes[i].text == "–" else self.lexemes[i].text)
                i += 1
                continue
            break
        return (i, numbers, signs) if numbers and len(numbers) == len(signs) + 1 else None

    def _dotted(self, i: int, weekday: int | None) -> Dated | None:
        """``3.9.2025``."""
        groups = self.lexemes[i].text.split(".")
        if len(groups) != 3 or len(groups[2]) != 4 or not all(g.isdigit() and len(g) <= 4 for g in groups):
            return None
        day = self._from_fields([int(group) for group in groups], False, weekday)
        return None if day is None else Dated(i, i + 1, day)

    def _from_fields(self, numbers: list[int], partial: bool, weekday: int | None) -> Day | None:
        if len(numbers) not in {2, 3} or (len(numbers) == 2 and not partial):
            return None
        day, month = numbers[0], numbers[1]
        if not (1 <= day <= 31 and 1 <= month <= 12):
            return None
        if len(numbers) == 2:
            return Day(day, month, weekday=weekday)
        year = numbers[2] + 2000 if numbers[2] < 100 else numbers[2]
        years = self.calendar.years
        return Day(day, month, year) if years.first <= year <= years.last else None

    def bracket(self, i: int, weekday: int | None = None) -> Dated | None:
        """The date in brackets at ``i``: ``(18/11)``, ``(3 September 2025)``."""
        if i + 2 >= self.size or self.lexemes[i].text != "(":
            return None
        inner = self.numeric(i + 1, True, weekday) or self.day(i + 1, weekday)
        if inner is None or inner.last >= self.size or self.lexemes[inner.last].text != ")":
            return None
        return Dated(i, inner.last + 1, inner.expression)

    def lone_bracket(self, i: int) -> Dated | None:
        """A date in brackets behind a place ("di Bandung (22/3)"); without a year only one of the last weeks."""
        found = self.bracket(i)
        if found is None or not isinstance(found.expression, Day):
            return None
        if found.expression.year is None:
            found = replace(found, expression=replace(found.expression, recent=True))
        return Dated(i + 1, found.last - 1, found.expression)

    def year(self, i: int, introduced: bool) -> Dated | None:
        """``2024``, ``2018/2019``, ``2000-an``."""
        year = self._year_number(i, introduced)
        decade = self._read_decade(i) if introduced or year is not None else None
        if decade or year is None:
            return decade
        last = i + 1
        if last + 1 < self.size and self.lexemes[last].text == "/" and self._year_number(last + 1) == year + 1:
            return Dated(i, last + 2, Between(Year(year), Year(year + 1)))
        direction = self.knowledge.directions.match(self.lexemes, last)
        return Dated(i, direction[0] if direction and direction[1] else last, Year(year))

    def _read_decade(self, i: int) -> Dated | None:
        number = self.lexemes[i] if i < self.size else None
        if number is None or number.kind != NUMBER or not number.text.isdigit() or i + 2 >= self.size:
            return None
        dash, ending = self.lexemes[i + 1], self.lexemes[i + 2]
        if dash.text not in "-–" or not ending.glued or ending.lower != self.calendar.decade_suffix:
            return None
        year = int(number.text) if len(number.text) in {2, 4} else -1
        year = year + 1900 if 20 <= year < 100 else year
        return Dated(i, i + 3, Decade(year)) if 1000 <= year <= 2099 and year % 10 == 0 else None

    def _direction(self, i: int) -> tuple[int, int | None, int | None]:
        """``lalu`` behind a date, or ``tahun lalu``: place after it, direction, years."""
        direction = self.knowledge.directions.match(self.lexemes, i)
        if direction:
            return direction[0], direction[1] or None, None if direction[1] else 0
        if i < self.size and self.lexemes[i].lower in self.calendar.year_words:
            direction = self.knowledge.directions.match(self.lexemes, i + 1)
            if direction:
                return direction[0], None, direction[1]
        return i, None, None

    def month(self, i: int, introduced: bool = False) -> Dated | None:
        """``September 2025``, ``April lalu``, ``Juni tahun lalu``, ``sejak Agustus``."""
        month = self.month_at(i)
        if month is None:
            return None
        year, last = self._year_behind(i + 1)
        after, direction, offset = (last, None, None) if year else self._direction(last)
        found = Dated(i, after, Month(month, year, direction, offset))
        told = introduced or year is not None or direction is not None or offset is not None
        return found if told or (self.lexemes[i].capitalised and not self._is_name(i)) else None

    def _is_name(self, i: int) -> bool:
        """Whether a bare month is rather part of a name: one with a capital beside it, or an abbreviation."""
        before = self.lexemes[i - 1] if i else None
        after = self.lexemes[i + 1] if i + 1 < self.size else None
        if before is None or (
            len(self.lexemes[i].text) == 3 and self.lexemes[i].lower not in self.knowledge.full_months
        ):
            return True
        if before.lower in self.calendar.month_introducers or before.text == ",":
            return False
        if i == 1 and not (after and after.capitalised):
            return False
        return before.kind != WORD or before.capitalised or bool(after and after.capitalised)
