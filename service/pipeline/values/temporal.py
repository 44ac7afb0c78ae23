"""Reading of time expressions: absolute, partial and relative dates and periods.

``DateReader.read`` turns the words at a place into expressions; what they mean on a day is the expressions' matter.
"""

from __future__ import annotations

from service.pipeline.values.composed import Between, Nearby, Part, Portion, Since
from service.pipeline.values.dates import Dated, Dates
from service.pipeline.values.expressions import Day, Weekday, Year
from service.pipeline.values.knowledge import Knowledge
from service.pipeline.values.lexing import NUMBER, WORD, Lexeme
from service.pipeline.values.numerals import read_numeral
from service.pipeline.values.relative import Deictic, Offset, Period, SamePeriod, Stretch, Weekend


class DateReader:
    """Reads the time expressions of one sentence."""

    def __init__(self, lexemes: list[Lexeme], knowledge: Knowledge) -> None:
        self.lexemes = lexemes
        self.knowledge = knowledge
        self.calendar = knowledge.calendar
        self.size = len(lexemes)
        self.dates = Dates(lexemes, knowledge)

    def read(self, i: int) -> list[Dated]:
        """The expressions that begin at ``i``: one, or several where a list shares its end ("Maret dan April 2020")."""
        between = self.knowledge.date_between.match(self.lexemes, i)
        if between:
            listed = self.dates.listed_days(between[0])
            if len(listed) == 2:
                return [Dated(i, listed[1].last, Between(listed[0].expression, listed[1].expression))]
            first = self._read_one(between[0])
            joint = self.knowledge.pairing.match(self.lexemes, first.last) if first else None
            second = self._read_one(joint[0]) if joint else None
            if first and second and not isinstance(first.expression, Between):
                return [Dated(i, second.last, Between(first.expression, second.expression))]
            return []
        listed = self.dates.listed_days(i)
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
        return self._read_plain(i) or self._read_counted(i)

    def _read_plain(self, i: int) -> Dated | None:
        """An expression that counts no periods."""
        if i >= self.size:
            return None
        word = self.lexemes[i]
        if word.kind == NUMBER:
            return self.dates.day(i) or self.dates.numeric(i) or self.dates.year(i, False)
        if word.text == "(":
            return self.dates.lone_bracket(i)
        if word.kind != WORD:
            return None
        readers = (
            self._read_same_period,
            self._read_stage,
            self._read_deictic,
            self._read_weekday,
            self._read_introduced,
            self.dates.month,
            self._read_period,
        )
        return next((found for read in readers if (found := read(i)) is not None), None)

    def _read_same_period(self, i: int) -> Dated | None:
        """``periode yang sama tahun lalu``, ``periode yang sama pada 2022``."""
        same = self.knowledge.same_period.match(self.lexemes, i)
        if same is None:
            return None
        place = same[0]
        if place < self.size and self.lexemes[place].lower in self.calendar.month_introducers:
            place += 1
        word = self.lexemes[place].lower if place < self.size else ""
        yearly = self.calendar.periods.get(word) == "year"
        found = self._read_introduced(place) or (self._read_period(place) if yearly else self.dates.year(place, True))
        if found is None or not isinstance(found.expression, Year | Period):
            return None
        return Dated(i, found.last, SamePeriod(found.expression))

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
            self.dates.month(stage[0], True)
            or self._read_introduced(stage[0])
            or self._read_period(stage[0])
            or self.dates.year(stage[0], True)
        )
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
        if self._is_weekday(deictic[0]) and not self._behind_comma(deictic[0]):
            return Dated(i, deictic[0] + 1, Deictic(deictic[1]))
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
        bracket = self.dates.bracket(self._skip_part(found.last))
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
        """``Rabu (3/9/2025)``, ``Selasa dini hari (11/6)``, ``Rabu, 3 September``, ``Kamis pekan lalu``."""
        if not self._is_weekday(i):
            return None
        first = self.knowledge.weekdays[self.lexemes[i].lower]
        weekday, last = first, i + 1
        listed = self._listed_weekdays(i)
        if listed:
            return listed
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
        found = Dated(
            i, after if direction is not None or weeks is not None else last, Weekday(weekday, direction, weeks)
        )
        dated = self._date_behind(found.last, weekday)
        return Dated(i, dated.last, dated.expression) if dated else found

    def _listed_weekdays(self, i: int) -> Dated | None:
        """``Sabtu dan Minggu (6-7/9/2025)``: weekdays whose dates stand together in brackets."""
        joint = self.knowledge.date_lists.match(self.lexemes, i + 1)
        if joint is None or not self._is_weekday(joint[0]):
            return None
        bracket = self.dates.bracket(self._skip_part(joint[0] + 1))
        return (
            Dated(i, bracket.last, bracket.expression) if bracket and isinstance(bracket.expression, Between) else None
        )

    def _skip_if_direction(self, i: int) -> int:
        """Past a part of the day that stands before a direction: ``Kamis malam pekan lalu``."""
        after = self._skip_part(i)
        return after if self._weekday_direction(after)[0] != after else i

    def _date_behind(self, i: int, weekday: int) -> Dated | None:
        """The date that a weekday goes with: in brackets, behind a comma, or at once."""
        place = self._skip_part(i)
        bracket = self.dates.bracket(place, weekday)
        if bracket:
            return bracket
        if place < self.size and self.lexemes[place].text == ",":
            place += 1
        if place < self.size and self.lexemes[place].lower in self.calendar.day_words:
            place += 1
        bracket = self.dates.bracket(place, weekday)
        if bracket:
            return bracket
        return self.dates.day(place, weekday) or self.dates.numeric(place, place == i, weekday)

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

    def _read_introduced(self, i: int) -> Dated | None:
        """A date behind the word for its kind: ``hari Rabu``, ``bulan Juli``, ``tahun 2024``."""
        word = self.lexemes[i].lower if i < self.size else ""
        c = self.calendar
        if word in c.day_words and i + 1 < self.size:
            found = self._read_weekday(i + 1) or self.dates.day(i + 1) or self.dates.numeric(i + 1, True)
        elif word in c.month_words:
            found = self.dates.month(i + 1, True)
        elif word in c.decade_words or word in c.year_words:
            found = self.dates.year(i + 1, True)
        else:
            return None
        return Dated(i, found.last, found.expression) if found else None

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
        dated = recent is not None and self.dates.month_at(recent[0]) is not None
        if recent and not dated and unit in {"year", "month", "week"} and before in self.calendar.month_introducers:
            return Dated(i, recent[0], Stretch(unit, 1))
        return None

    def _portion(self, first: int, unit: str, number: int, i: int) -> Dated:
        """A quarter or half with the year behind it."""
        place = i + 1 if i < self.size and self.lexemes[i].text in {"/", "-"} else i
        year = self._read_introduced(place) or self.dates.year(place, True) or self._read_period(place)
        if year and isinstance(year.expression, Year | Period):
            return Dated(first, year.last, Portion(unit, number, year.expression))
        return Dated(first, i, Portion(unit, number, None))

    def _read_counted(self, i: int) -> Dated | None:
        """``dua hari lalu``, ``sepekan kemudian``, ``lima tahun terakhir``, ``sehari setelah Rabu (3/9)``."""
        if i >= self.size:
            return None
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

    def _is_age(self, first: int, unit: str, i: int) -> bool:
        """Whether "26 tahun ini" is rather the age of the person meant: behind a noun, and without a preposition."""
        if unit != "year" or self.knowledge.directions.match(self.lexemes, i) is None or first == 0:
            return False
        before = self.lexemes[first - 1]
        return before.kind == WORD and before.lower not in self.calendar.month_introducers

    def _away(self, first: int, unit: str, count: int, i: int) -> Dated | None:
        """The direction in which a count of periods goes."""
        k = self.knowledge
        recent = Stretch(unit, count, inclusive=True)
        for table, expression in (
            (k.onwards, Stretch(unit, -count)),
            (k.later, Offset(unit, count)),
            (k.before_that, Offset(unit, -count, narrative=True)),
            (k.after_that, Offset(unit, count, narrative=True)),
            (k.recent, recent),
        ):
            found = table.match(self.lexemes, i)
            if found and not (expression is recent and self._is_age(first, unit, i)):
                return Dated(first, found[0], expression)
        direction = k.directions.match(self.lexemes, i)
        if direction and direction[1] == -1:
            return self._with_bracket(Dated(first, direction[0], Offset(unit, -count)))
        for table, sign in ((k.before, -1), (k.after, 1)):
            found = table.match(self.lexemes, i)
            if found:
                inner = self._read_plain(found[0])
                if inner and not isinstance(inner.expression, Offset | Stretch):
                    return Dated(first, inner.last, Since(unit, sign * count, inner.expression))
        return None


def nearby(found: Dated, first: int) -> Dated:
    """The expression, marked approximate by the words from ``first`` on."""
    return Dated(first, found.last, Nearby(found.expression))
