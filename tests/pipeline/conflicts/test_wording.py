"""How conflicts read, in both desk languages."""

import re
from dataclasses import replace

import pytest

from service.pipeline import conflicts
from service.pipeline.conflicts.wording import formatting, labels, templates
from tests.pipeline.conflicts.desk import check, read
from tests.specs import load

CASES = load("id", "conflict_wording")["cases"]
LANGUAGES = ("id", "en")
STYLES = {language: loaded.style for language, loaded in templates.load("id").items()}


def meant(case, language):
    wanted = (case["type"], case.get("status", "contradiction"))
    found = [c for c in check(case["articles"], language).conflicts if (c.type, c.status) == wanted]
    assert found, f"no {wanted} among the conflicts"
    return found[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_topics_values_and_questions_read_as_a_desk_would_put_them(case, language):
    conflict = meant(case, language)
    if language in case:
        assert conflict.topic == case[language]
    if f"{language}_like" in case:
        assert conflict.topic.startswith(case[f"{language}_like"])
    if f"values_{language}" in case:
        assert sorted(p.value for p in conflict.positions) == sorted(case[f"values_{language}"])
    if f"question_{language}" in case:
        assert conflict.question == case[f"question_{language}"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_explanations_name_every_outlet_and_leave_no_template_open(case, language):
    conflict = meant(case, language)
    for text in (conflict.topic, conflict.explanation, conflict.question):
        assert text.strip() == text
        assert text
        assert not re.search(r"[{}]|\bNone\b|@|  ", text)
    for outlet, *_ in case["articles"]:
        assert outlet in conflict.explanation


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_made_statements_comparable_is_told_in_the_articles_words(case):
    articles = " ".join(" ".join(article.text.split()).lower() for article in read(case["articles"]))
    _, told, basis = meant(case, "id").explanation.partition("Dibandingkan karena semuanya menyebut")
    for word in re.findall(r"“([^”]*)”", basis.partition(".")[0] if told else ""):
        assert word in articles, word


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_names_in_a_topic_stand_in_the_articles(case):
    articles = " ".join(article.text for article in read(case["articles"]))
    for name in re.findall(r"\(([^)]*)\)", meant(case, "en").topic):
        assert all(part in articles for part in name.split(" and ")), name


def test_a_language_without_templates_gets_that_of_the_articles():
    case = CASES[0]
    assert meant(case, "fr").topic == meant(case, "id").topic
    assert meant(case, "en-GB").topic == meant(case, "en").topic


def test_both_languages_have_the_same_templates():
    one, other = (templates.load("id")[language] for language in LANGUAGES)
    for member in ("topics", "answers", "hedges", "explanations", "verdicts", "questions", "dependence", "reasons"):
        assert getattr(one, member).keys() == getattr(other, member).keys(), member


def test_words_for_concepts_are_of_known_concepts():
    concepts = {name.removeprefix("@") for name in conflicts.load("id").lexicon.concepts}
    for language, words in labels.load("id").items():
        for member in ("people", "states", "events", "nouns"):
            unknown = getattr(words, member).keys() - concepts
            assert not unknown, (language, member, unknown)
        assert not set(words.joint) - concepts


@pytest.mark.parametrize(
    ("language", "value", "expected"),
    [
        ("id", 13_000, "13.000"),
        ("en", 13_000, "13,000"),
        ("id", 1.35, "1,35"),
        ("en", 1.35, "1.35"),
        ("id", 7, "7"),
        ("en", 0.5, "0.5"),
    ],
)
def test_numbers_are_written_as_the_language_does(language, value, expected):
    assert STYLES[language].number(value) == expected


@pytest.mark.parametrize(
    ("language", "value", "expected"),
    [
        ("en", 2_500_000_000, "2.5 billion"),
        ("id", 4_700_000_000_000, "4,7 triliun"),
        ("en", 12_345_678, "12,345,678"),
        ("id", 900_000, "900.000"),
    ],
)
def test_sums_take_a_word_of_scale_where_it_is_exact(language, value, expected):
    assert STYLES[language].amount(value) == expected


@pytest.mark.parametrize(
    ("language", "moment", "expected"),
    [
        ("id", "2026-03-10", "Selasa, 10 Maret 2026"),
        ("en", "2026-03-10", "Tuesday 10 March 2026"),
        ("id", "2026-03-10T07:05", "Selasa, 10 Maret 2026 pukul 07.05"),
        ("en", "2026-03-10T07:05+07:00", "Tuesday 10 March 2026 at 07:05"),
        ("id", "tidak jelas", "tidak jelas"),
    ],
)
def test_moments_are_written_as_the_language_does(language, moment, expected):
    assert STYLES[language].moment(moment) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2026-03-10", "2026-03-10", "Selasa, 10 Maret 2026"),
        ("2026-02-01", "2026-02-28", "Februari 2026"),
        ("2025-01-01", "2025-12-31", "2025"),
        ("2026-03-04", "2026-03-06", "Rabu, 4 Maret 2026 sampai Jumat, 6 Maret 2026"),
    ],
)
def test_periods_are_as_short_as_they_can_be(first, last, expected):
    assert STYLES["id"].period(first, last) == expected


def test_quotations_within_quotations_take_single_marks():
    assert STYLES["id"].quote("ia “sangat” sedih") == "“ia ‘sangat’ sedih”"
    assert STYLES["id"].balanced("sebagai “tugas") == "sebagai tugas"
    assert STYLES["id"].balanced("sebagai “tugas”") == "sebagai “tugas”"


def test_what_is_shortened_ends_behind_a_word():
    assert formatting.shorten("satu dua tiga empat", 12) == "satu dua …"
    assert formatting.shorten("satu  dua", 12) == "satu dua"


def test_a_style_needs_all_months():
    given = {field: getattr(STYLES["id"], field) for field in STYLES["id"].__struct_fields__} | {"months": ("Januari",)}
    with pytest.raises(ValueError, match="12 months"):
        formatting.Style(**given)


def test_the_same_finding_reads_the_same_twice():
    case = CASES[0]
    assert check(case["articles"]).conflicts == check(case["articles"]).conflicts
    assert replace(meant(case, "id")) == meant(case, "id")
