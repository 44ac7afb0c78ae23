"""Reading of time expressions: absolute, partial and relative dates and periods.

``read_dates`` turns the words at a place into expressions; what they mean on a given day is the expressions' own matter.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from service.pipeline.values.expressions import (
    Between,
    Day,
    Decade,
    Deictic,
    Expression,
    Month,
    Nearby,
    Offset,
    Part,
    Period,
    Portion,
    Since,
    Stretch,
    Weekday,
    Weekend,
    Year,
)
from service.pipeline.values.knowledge import Knowledge
from service.pipeline.values.lexing import NUMBER, WORD, Lexeme
from service.pipeline.values.numerals import read_numeral


@dataclass(frozen=True, slots=True)
class Dated:
    """A time expression as read, lexemes ``first`` up to ``last``."""

    first: int
    last: int
    expression: Expression


class DateReader:
    """Reads the time expressions of one sentence."""

    def __init__(self, lexemes: list[Lexeme], knowledge: Knowledge) -> None:
        self.lexemes = lexemes
        self.knowledge = knowledge
        self.calendar = knowledge.calendar
        self.size = len(lexemes)

    def read(self, i: int) -> list[Dated]:
        """The expressions that begin at ``i``: one, or several where a list shares its end ("Maret dan April 2020")."""
        between = self.knowledge.date_between.match(self.lexemes, i)
        if between:
            first = self._read_one(between[0])
            joint = self.knowledge.pairing.match(self.lexemes, first.last) if first else None
            second = self._read_one(joint[0]) if joint else None
            if first and second and not isinstance(first.expression, Between):
                return [Dated(i, second.last, Between(first.expression, second.expression))]
            return []
        listed = self._listed_days(i)
        if listed:
            return listed
        first = self._read_one(i)
        if first is None:
            return []
        return [self._extend(first)]

    def _extend(self, first: Dated) -> Dated:
        """The expression with a range's other end: "Januari hingga Juni 2024"."""
        joint = self.knowledge.date_ranges.match(self.lexemes, first.last)
        if joint is None or isinstance(first.expression, Between | Stretch | Offset | Since):
            return first
        second = self._read_one(joint[0])
        if second is None or isinstance(second.expression, Between | Stretch | Offset | Since):
            return first
        return Dated(first.first, second.last, Between(first.expression, second.expression))

    def _read_one(self, i: int) -> Dated | None:
        if i >= self.size:
            return None
        word = self.lexemes[i]
        if word.kind == NUMBER:
            return self._read_number(i)
        if word.kind != WORD:
            return None
        for read in (self._read_stage, self._read_deictic, self._read_weekday, self._read_introduced, self._read_month,
                     self._read_period, self._read_counted):  # fmt: skip
            found = read(i)
            if found is not None:
                return found
        return None

    # Numbers: days, years, and counts of periods.

    def _read_number(self, i: int) -> Dated | None:
        return self._read_day(i) or self._read_numeric(i) or self._read_year(i, False) or self._read_counted(i)

    def _day_number(self, i: int) -> int | None:
        if i >= self.size or self.lexemes[i].kind != NUMBER or not self.lexemes[i].text.isdigit():
            return None
        text = self.lexemes[i].text
        return int(text) if len(text) <= 2 and 1 <= int(text) <= 31 else None

    def _read_day(self, i: int, weekday: int | None = None) -> Dated | None:
        """``3 September 2025``, ``4–14 Agustus``."""
        day = self._day_number(i)
        if day is None:
            return None
        last, end = i + 1, None
        joint = self.knowledge.date_ranges.match(self.lexemes, last)
        if joint and (end := self._day_number(joint[0])) is not None:
            last = joint[0] + 1
        month = self._month_at(last)
        if month is None:
            return None
        year, after = self._year_behind(last + 1)
        after, direction, offset = self._direction(after)
        final = Day(end or day, month, year, weekday, direction, offset)
        if end is None:
            return Dated(i, after, final)
        return Dated(i, after, Between(replace(final, day=day, weekday=None), final))

    def _month_at(self, i: int) -> int | None:
        """The month named at ``i``, with or without the point of an abbreviation."""
        if i >= self.size or self.lexemes[i].kind != WORD:
            return None
        return self.knowledge.months.get(self.lexemes[i].lower)

    def _year_number(self, i: int) -> int | None:
        if i >= self.size or self.lexemes[i].kind != NUMBER:
            return None
        text = self.lexemes[i].text
        years = self.calendar.years
        return int(text) if len(text) == 4 and text.isdigit() and years.first <= int(text) <= years.last else None

    def _year_behind(self, i: int) -> tuple[int | None, int]:
        """The year that follows a month at once, or that the list or range gives to all its months."""
        named = i < self.size and self.lexemes[i].lower in self.calendar.year_words
        place = i + 1 if named else i
        year = self._year_number(place)
        if year is not None:
            return year, place + 1
        ahead = i
        for _ in range(4):
            joint = self._joint(ahead)
            if joint is None:
                break
            ahead = joint + 1 if self._day_number(joint) is not None else joint
            if self._month_at(ahead) is None:
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

    def _listed_days(self, i: int) -> list[Dated]:
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
        final = self._read_day(days[-1][0])
        if final is None or not isinstance(final.expression, Day):
            return []
        expression = final.expression
        return [*(Dated(p, p + 1, replace(expression, day=d)) for p, d in days[:-1]), final]

    def _read_numeric(self, i: int, partial: bool = False, weekday: int | None = None) -> Dated | None:
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
            if i + 1 < self.size and self.lexemes[i].glued and self.lexemes[i].text in "/-–" and self.lexemes[i + 1].glued:
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

    def _read_bracket(self, i: int, weekday: int | None = None) -> Dated | None:
        """The date in brackets at ``i``: ``(18/11)``, ``(3 September 2025)``."""
        if i + 2 >= self.size or self.lexemes[i].text != "(":
            return None
        inner = self._read_numeric(i + 1, True, weekday) or self._read_day(i + 1, weekday)
        if inner is None or inner.last >= self.size or self.lexemes[inner.last].text != ")":
            return None
        return Dated(i, inner.last + 1, inner.expression)

    def _read_year(self, i: int, introduced: bool) -> Dated | None:
        """``2024``, ``2018/2019``, ``2000-an``."""
        year = self._year_number(i)
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

    # Words.

    def _read_stage(self, i: int) -> Dated | None:
        """``awal September``, ``akhir tahun lalu``, ``akhir pekan ini``."""
        weekend = self.knowledge.weekend.match(self.lexemes, i)
        if weekend:
            direction = self.knowledge.directions.match(self.lexemes, weekend[0])
            found = Dated(i, direction[0] if direction else weekend[0], Weekend(direction[1] if direction else 0))
            return self._with_bracket(found)
        stage = self.knowledge.stages.match(self.lexemes, i)
        if stage is None:
            return None
        inner = (
            self._read_month(stage[0], True) or self._read_introduced(stage[0]) or self._read_period(stage[0])
            or self._read_year(stage[0], True)
        )  # fmt: skip
        if inner is None:
            inner = self._bare_period(stage[0])
        if inner is None or isinstance(inner.expression, Day | Weekday | Between | Offset | Stretch):
            return None
        return Dated(i, inner.last, Part(stage[1], inner.expression))

    def _bare_period(self, i: int) -> Dated | None:
        """The present year, month or week behind "awal" and its like: ``akhir tahun``."""
        unit = self.calendar.periods.get(self.lexemes[i].lower) if i < self.size else None
        if unit not in {"year", "month", "week"} or self.lexemes[i].lower in self.calendar.one_period:
            return None
        return Dated(i, i + 1, Period(unit, 0))

    def _read_deictic(self, i: int) -> Dated | None:
        found = self.knowledge.next_day.match(self.lexemes, i)
        if found:
            return Dated(i, found[0], Offset("day", 1, narrative=True))
        deictic = self.knowledge.deictics.match(self.lexemes, i)
        if deictic is None:
            return None
        before = self.lexemes[i - 1].lower if i else ""
        after = self.lexemes[deictic[0]].lower if deictic[0] < self.size else ""
        if before in self.calendar.not_deictic_after or after in self.calendar.not_deictic_before:
            return None
        weekday = self._behind_comma(deictic[0])
        if weekday is not None:
            return Dated(i, weekday.last, weekday.expression)
        return self._with_bracket(Dated(i, deictic[0], Deictic(deictic[1])))

    def _behind_comma(self, i: int) -> Dated | None:
        """A full date behind "besok" and its like: ``besok, Rabu (3/9/2025)``."""
        if i < self.size and self.lexemes[i].text == ",":
            i += 1
        if i >= self.size or self.lexemes[i].lower not in self.knowledge.weekdays:
            return None
        found = self._read_weekday(i)
        return found if found and isinstance(found.expression, Day) else None

    def _with_bracket(self, found: Dated) -> Dated:
        """The expression, or the date in brackets behind it, which tells the day outright."""
        bracket = self._read_bracket(self._skip_part(found.last))
        return Dated(found.first, bracket.last, bracket.expression) if bracket else found

    def _skip_part(self, i: int) -> int:
        part = self.knowledge.day_parts.match(self.lexemes, i)
        return part[0] if part else i

    def _is_weekday(self, i: int) -> bool:
        word = self.lexemes[i] if i < self.size else None
        if word is None or word.kind != WORD or word.lower not in self.knowledge.weekdays:
            return False
        if i + 1 < self.size and self.lexemes[i + 1].lower in self.calendar.feasts and self.lexemes[i + 1].capitalised:
            return False
        if word.lower not in self.calendar.weekday_or_period:
            return True
        opening = i == 0 or self.lexemes[i - 1].kind not in {WORD, NUMBER}
        return word.capitalised and not (opening and self.knowledge.directions.match(self.lexemes, i + 1))

    def _read_weekday(self, i: int) -> Dated | None:
        """``Rabu (3/9/2025)``, ``Selasa dini hari (11/6)``, ``Rabu, 3 September``, ``Kamis pekan lalu``, ``Senin-Rabu (1-3/9)``."""
        if not self._is_weekday(i):
            return None
        first = self.knowledge.weekdays[self.lexemes[i].lower]
        weekday, last = first, i + 1
        joint = self.knowledge.date_ranges.match(self.lexemes, last)
        ranged = joint is not None and self._is_weekday(joint[0])
        if ranged and joint:
            weekday, last = self.knowledge.weekdays[self.lexemes[joint[0]].lower], joint[0] + 1
        dated = self._date_behind(last, weekday)
        if dated:
            return Dated(i, dated.last, dated.expression)
        if ranged:
            after, direction, weeks = self._weekday_direction(last)
            ends = Weekday(first, direction, weeks), Weekday(weekday, direction, weeks)
            return Dated(i, after, Between(*ends))
        after, direction, weeks = self._weekday_direction(self._skip_if_direction(last))
        found = Dated(i, after if direction is not None or weeks is not None else last, Weekday(weekday, direction, weeks))
        dated = self._date_behind(found.last, weekday)
        return Dated(i, dated.last, dated.expression) if dated else found

    def _skip_if_direction(self, i: int) -> int:
        """Past a part of the day that stands before a direction: ``Kamis malam pekan lalu``."""
        after = self._skip_part(i)
        return after if self._weekday_direction(after)[0] != after else i

    def _date_behind(self, i: int, weekday: int) -> Dated | None:
        """The date that a weekday goes with: in brackets, behind a comma, or at once."""
        place = self._skip_part(i)
        bracket = self._read_bracket(place, weekday)
        if bracket:
            return bracket
        if place < self.size and self.lexemes[place].text == ",":
            place += 1
        if place < self.size and self.lexemes[place].lower in self.calendar.day_words:
            place += 1
        return self._read_day(place, weekday) or self._read_numeric(place, place == i, weekday)

    def _weekday_direction(self, i: int) -> tuple[int, int | None, int | None]:
        """``lalu`` as a direction in days, ``pekan lalu`` as one in weeks."""
        direction = self.knowledge.directions.match(self.lexemes, i)
        if direction:
            return direction[0], direction[1], None
        if i < self.size and self.calendar.periods.get(self.lexemes[i].lower) == "week":
            direction = self.knowledge.directions.match(self.lexemes, i + 1)
            if direction:
                return direction[0], None, direction[1]
        return i, None, None

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

    def _read_introduced(self, i: int) -> Dated | None:
        """A date behind the word for its kind: ``hari Rabu``, ``tanggal 3 September``, ``bulan Juli``, ``tahun 2024``."""
        word = self.lexemes[i].lower if i < self.size else ""
        c = self.calendar
        if word in c.day_words and i + 1 < self.size:
            found = self._read_weekday(i + 1) or self._read_day(i + 1) or self._read_numeric(i + 1, True)
        elif word in c.month_words:
            found = self._read_month(i + 1, True)
        elif word in c.decade_words or word in c.year_words:
            found = self._read_year(i + 1, True)
        else:
            return None
        return Dated(i, found.last, found.expression) if found else None

    def _read_month(self, i: int, introduced: bool = False) -> Dated | None:
        """``September 2025``, ``April lalu``, ``Juni tahun lalu``, ``sejak Agustus``."""
        month = self._month_at(i)
        if month is None or not self.lexemes[i].text[0].isupper():
            return None
        year, last = self._year_behind(i + 1)
        after, direction, offset = (last, None, None) if year else self._direction(last)
        found = Dated(i, after, Month(month, year, direction, offset))
        told = introduced or year is not None or direction is not None or offset is not None
        return found if told or not self._is_name(i) else None

    def _is_name(self, i: int) -> bool:
        """Whether a bare month is rather part of a name: one with a capital beside it, or an abbreviation."""
        before = self.lexemes[i - 1] if i else None
        after = self.lexemes[i + 1] if i + 1 < self.size else None
        if before is None or len(self.lexemes[i].text) == 3 and self.lexemes[i].lower not in self._full_months():
            return True
        if before.lower in self.calendar.month_introducers or before.text == ",":
            return False
        return before.kind != WORD or before.capitalised or bool(after and after.capitalised)

    def _full_months(self) -> frozenset[str]:
        return frozenset(names[0] for names in self.calendar.months.values())

    def _read_period(self, i: int) -> Dated | None:
        """``tahun lalu``, ``pekan ini``, ``hari sebelumnya``, ``kuartal I 2025``, ``sepanjang tahun terakhir``."""
        word = self.lexemes[i].lower if i < self.size else ""
        half = self.knowledge.halves.match(self.lexemes, i)
        if half:
            return self._portion(i, "half", half[1], half[0])
        unit = self.calendar.periods.get(word)
        before = self.lexemes[i - 1].lower if i else ""
        if unit is None or word in self.calendar.one_period or before in self.calendar.not_deictic_after:
            return None
        if unit in {"quarter", "half"} and i + 1 < self.size:
            number = self.calendar.ordinals.get(self.lexemes[i + 1].lower)
            if number:
                return self._portion(i, unit, number, i + 2)
        direction = self.knowledge.directions.match(self.lexemes, i + 1)
        if direction and unit != "day":
            return self._with_bracket(Dated(i, direction[0], Period(unit, direction[1])))
        for table, count in ((self.knowledge.before_that, -1), (self.knowledge.after_that, 1)):
            found = table.match(self.lexemes, i + 1)
            if found:
                return Dated(i, found[0], Period(unit, count, narrative=True))
        recent = self.knowledge.recent.match(self.lexemes, i + 1)
        if recent and unit in {"year", "month", "week"} and before in self.calendar.month_introducers:
            return Dated(i, recent[0], Stretch(unit, 1))
        return None

    def _portion(self, first: int, unit: str, number: int, i: int) -> Dated:
        """A quarter or half with the year behind it."""
        place = i + 1 if i < self.size and self.lexemes[i].text in {"/", "-"} else i
        year = self._read_introduced(place) or self._read_year(place, True) or self._read_period(place)
        if year and isinstance(year.expression, Year | Period):
            return Dated(first, year.last, Portion(unit, number, year.expression))
        return Dated(first, i, Portion(unit, number, None))

    def _read_counted(self, i: int) -> Dated | None:
        """``dua hari lalu``, ``sepekan kemudian``, ``lima tahun terakhir``, ``sehari setelah Rabu (3/9)``."""
        word = self.lexemes[i].lower
        if word in self.calendar.one_period:
            unit, count, place = self.calendar.periods[word], 1, i + 1
        else:
            numeral = read_numeral(self.lexemes, i, self.knowledge)
            if numeral is None or numeral.vague or numeral.low != int(numeral.low) or not 1 <= numeral.low <= 9999:
                return None
            following = self.lexemes[numeral.last].lower if numeral.last < self.size else ""
            named = self.calendar.periods.get(following)
            if named is None or following in self.calendar.one_period:
                return None
            unit, count, place = named, int(numeral.low), numeral.last + 1
        return self._away(i, unit, count, place)

    def _away(self, first: int, unit: str, count: int, i: int) -> Dated | None:
        """The direction in which a count of periods goes."""
        k = self.knowledge
        for table, expression in (
            (k.onwards, Stretch(unit, -count)),
            (k.later, Offset(unit, count)),
            (k.before_that, Offset(unit, -count, narrative=True)),
            (k.after_that, Offset(unit, count, narrative=True)),
            (k.recent, Stretch(unit, count, inclusive=True)),
        ):
            found = table.match(self.lexemes, i)
            if found:
                return Dated(first, found[0], expression)
        direction = k.directions.match(self.lexemes, i)
        if direction and direction[1] == -1:
            return self._with_bracket(Dated(first, direction[0], Offset(unit, -count)))
        for table, sign in ((k.before, -1), (k.after, 1)):
            found = table.match(self.lexemes, i)
            if found:
                inner = self._read_one(found[0])
                if inner and not isinstance(inner.expression, Offset | Stretch | Since):
                    return Dated(first, inner.last, Since(unit, sign * count, inner.expression))
        return None


def nearby(found: Dated, first: int) -> Dated:
    """The expression, marked approximate by the words from ``first`` on."""
    return Dated(first, found.last, Nearby(found.expression))
