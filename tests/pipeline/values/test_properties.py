"""What holds for every number, date and text: generated values are read back, and no text makes the stage fail."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.pipeline.annotations import Article, Document, Sentence, Value
from service.pipeline.values import find_values, load

PUBLISHED = datetime(2025, 9, 4, 10, tzinfo=timezone(timedelta(hours=7)))
MONTHS = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober"]
MONTHS += ["November", "Desember"]
WEEKDAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
ONES = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]
DAYS = st.dates(date(1901, 1, 1), date(2098, 12, 31))


def read(text: str) -> tuple[Value, ...]:
    sentence = Sentence(0, len(text), 0, 0, 0)
    return find_values(
        Document(Article("a", text, published_at=PUBLISHED), "id", 1.0, sentences=(sentence,)), load("id")
    )


def only(text: str) -> Value:
    found = read(text)
    assert len(found) == 1, (text, found)
    return found[0]


def spelled(number: int) -> str:
    """The number in Indonesian words, below 10^15."""
    for scale, name in ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (1000, "ribu")):
        if number >= scale:
            head = "seribu" if number // scale == 1 and name == "ribu" else f"{spelled(number // scale)} {name}"
            return head if number % scale == 0 else f"{head} {spelled(number % scale)}"
    if number >= 100:
        head = "seratus" if number < 200 else f"{ONES[number // 100]} ratus"
        return head if number % 100 == 0 else f"{head} {spelled(number % 100)}"
    if number >= 20:
        head = f"{ONES[number // 10]} puluh"
        return head if number % 10 == 0 else f"{head} {ONES[number % 10]}"
    if number >= 12:
        return f"{ONES[number - 10]} belas"
    return {10: "sepuluh", 11: "sebelas"}.get(number) or ONES[number]


def dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


@given(st.integers(1, 10**14))
def test_numbers_in_digits_are_read_back(number: int) -> None:
    value = only(f"Kami menghitung {dotted(number)} orang di sana.")
    assert (value.low, value.high, value.unit) == (number, number, "orang")


@given(st.integers(1, 10**14))
def test_numbers_in_words_are_read_back(number: int) -> None:
    value = only(f"Kami menghitung {spelled(number)} orang di sana.")
    assert (value.low, value.high, value.unit) == (number, number, "orang")


@given(st.integers(0, 99999), st.integers(1, 99))
def test_decimals_are_read_back(whole: int, hundredths: int) -> None:
    value = only(f"Panjangnya {dotted(whole)},{hundredths:02d} meter.")
    assert value.low == value.high == pytest.approx(whole + hundredths / 100)
    assert value.base == "m"


@given(st.integers(1, 999), st.sampled_from([("ribu", 10**3), ("juta", 10**6), ("miliar", 10**9), ("triliun", 10**12)]))
def test_money_with_scales_is_read_back(number: int, scale: tuple[str, int]) -> None:
    value = only(f"Uang Rp {number} {scale[0]} itu hilang.")
    assert (value.low, value.base, value.kind) == (number * scale[1], "IDR", "money")


@given(st.integers(1, 999), st.integers(1, 999))
def test_ranges_are_read_back(low: int, more: int) -> None:
    value = only(f"Ada {low} hingga {low + more} rumah di lereng.")
    assert (value.low, value.high) == (low, low + more)


@given(DAYS, st.booleans())
def test_dates_are_read_back(day: date, weekday: bool) -> None:
    name = f"{WEEKDAYS[day.weekday()]}, " if weekday else ""
    value = only(f"Ia datang pada {name}{day.day} {MONTHS[day.month - 1]} {day.year} bersama tamunya.")
    assert (value.from_, value.to) == (day.isoformat(), day.isoformat())


@given(DAYS)
def test_dates_in_brackets_are_read_back(day: date) -> None:
    value = only(f"Kata dia, {WEEKDAYS[day.weekday()]} ({day.day}/{day.month}/{day.year}).")
    assert (value.from_, value.to) == (day.isoformat(), day.isoformat())


@given(DAYS, st.integers(0, 23), st.integers(0, 59), st.sampled_from([("WIB", 7), ("WITA", 8), ("WIT", 9)]))
def test_clock_times_become_instants(day: date, hour: int, minute: int, zone: tuple[str, int]) -> None:
    text = f"Gempa terjadi pada {day.day} {MONTHS[day.month - 1]} {day.year} pukul {hour:02d}.{minute:02d} {zone[0]}."
    moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=timezone(timedelta(hours=zone[1])))
    assert datetime.fromisoformat(str(only(text).from_)) == moment


@given(st.integers(1, 300))
def test_days_ago_are_counted_from_publication(days: int) -> None:
    expected = (PUBLISHED.date() - timedelta(days=days)).isoformat()
    assert only(f"Itu {days} hari lalu.").from_ == expected
    assert only(f"Itu {spelled(days)} hari lalu.").from_ == expected


PIECES = st.one_of(
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12),
    st.sampled_from(
        [*WEEKDAYS, *MONTHS, *ONES, "pukul", "Rp", "US$", "(", ")", "/", "-", "–", ",", ".", ":", "x", "%"]
    ),
    st.sampled_from(["ribu", "juta", "lalu", "depan", "tahun", "pekan", "hari", "sekitar", "hingga", "antara", "dan"]),
    st.sampled_from(["sehari", "setelah", "awal", "akhir", "seorang", "kuartal", "I", "lebih", "orang", "WIB", "\r\n"]),
    st.integers(0, 10**20).map(str),
    st.sampled_from(
        ["18/11", "3/9/2025", "2000-an", "22.30", "1.250", "0,5", "9999", "31", "\u202e", "e\u0301", "👩‍👧"]
    ),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(PIECES, st.sampled_from(["", " ", " ", "\n"])), max_size=25))
def test_no_text_makes_the_stage_fail(pieces: list[tuple[str, str]]) -> None:
    text = "".join(piece + space for piece, space in pieces)
    found = read(text)
    assert found == read(text)
    last = 0
    for value in found:
        assert last <= value.span.start < value.span.end <= len(text)
        last = value.span.end
        assert value.number is None or value.span.contains(value.number)
        assert value.low is None or value.high is None or value.low <= value.high
        assert value.from_ is None or value.to is None or value.from_[:10] <= value.to[:10]


REPEATED = [
    "1",
    "9 ",
    "a",
    " ",
    "-",
    "1-",
    "1/",
    "Rp ",
    "Rp1",
    "(",
    "(1",
    "satu ",
    "dua ribu ",
    "Senin ",
    "Senin-",
    "x1",
]
REPEATED += ["hingga ", "sekitar ", "3 September ", "5, ", "1 dan ", "Maret dan ", "tahun ", "sehari setelah ", "awal "]
REPEATED += [
    "antara 5 dan ",
    '"',
    "pukul 10.00 ",
    "5 orang ",
    "1.",
    "1,",
    "e\u0301",
    "👩‍👧",
    "\u202e",
    "Pasal 1 dan ",
    "juta ",
]
REPEATED += ["akhir pekan ", "lebih ", "orang ", "5 lebih ", "Pasal (", "besok, ", "satu koma ", "koma satu "]


@pytest.mark.parametrize("unit", REPEATED)
def test_time_grows_linearly_with_the_text(unit: str) -> None:
    def cost(length: int) -> float:
        text = ("5 " + unit * length)[:length]
        began = time.process_time()
        read(text)
        return time.process_time() - began

    cost(1000)
    small, large = min(cost(2_000) for _ in range(3)), min(cost(20_000) for _ in range(2))
    assert large < max(40 * small, 0.3), (small, large)


def test_units_convert_to_their_base() -> None:
    assert only("Jaraknya 58 mil laut.").base_low == pytest.approx(107416)
    assert only("Luasnya 2 kilometer persegi.").base_low == pytest.approx(2_000_000)
    assert only("Anginnya 36 kilometer per jam.").base_low == pytest.approx(10)
    assert only("Lamanya 2x24 jam.").base_low == pytest.approx(172_800)
    assert only("Suhunya 86 derajat Fahrenheit.").base_low == pytest.approx(30)
    assert only("Bobotnya hingga 2 kuintal.").base_high == pytest.approx(200)
