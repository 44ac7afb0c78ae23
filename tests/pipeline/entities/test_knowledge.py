"""The data of names: what each file must hold, and what is refused."""

import pytest

from service.languages import loader
from service.pipeline.entities import knowledge
from service.pipeline.entities.names import fold, is_abbreviation, is_part_of


def test_every_country_has_a_code_and_a_canonical_name_that_stands_for_it():
    data = loader.load("id", "countries", knowledge.Countries)
    table = knowledge.load("id").places
    assert len(data.countries) >= 249
    for code, names in data.countries.items():
        assert len(code) == 2
        assert code.isupper()
        for name in names:
            assert table[fold(name)].identifier == (knowledge.COUNTRY_SCHEME, code), name


def test_all_provinces_are_there():
    data = loader.load("id", "provinces", knowledge.Provinces)
    assert len(data.provinces) == 38
    assert all(code.startswith("ID-") and len(code) == 5 for code in data.provinces)


def test_a_form_that_stands_for_two_names_is_refused():
    with pytest.raises(loader.LanguageDataError, match="stands for"):
        knowledge.People({"Ratna Dewanti": ("Ratna",), "Ratna Sari": ("Ratna",)})


def test_known_people_keep_their_own_names():
    people = knowledge.load("id").people
    assert all(people[fold(name)] == name for name in set(people.values()))


@pytest.mark.parametrize(
    ("short", "long", "fits"),
    [
        ("bnn", "badan narkotika nasional", True),
        ("bakamla", "badan keamanan laut", True),
        ("danapura", "pt dana purnabakti nusantara", True),
        ("undip", "universitas diponegoro", True),
        ("xyz", "badan narkotika nasional", False),
        ("nnb", "badan narkotika nasional", False),
        ("bnn", "badan", False),
        ("", "badan narkotika", False),
    ],
)
def test_abbreviation(short, long, fits):
    assert is_abbreviation(short, long, {"pt"}) is fits


@pytest.mark.parametrize(
    ("short", "full", "fits"),
    [
        (["ratna"], ["ratna", "dewanti"], True),
        (["dewanti"], ["ratna", "dewanti"], True),
        (["r", "dewanti"], ["ratna", "dewanti"], True),
        (["r"], ["ratna", "dewanti"], False),
        (["dewanti", "ratna"], ["ratna", "dewanti"], False),
        (["ratna", "dewanti"], ["ratna", "dewanti"], False),
        (["ratna", "sari"], ["ratna", "dewanti"], False),
    ],
)
def test_part_of_a_name(short, full, fits):
    assert is_part_of(short, full) is fits


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Kim Jong-un", "kim jong un"),
        ("Türkiye", "turkiye"),
        ("Ma'ruf  Amin", "maruf amin"),
        ("Ma’ruf Amin", "maruf amin"),
        ("S.H.", "s h"),
        ("—", ""),
    ],
)
def test_fold(written, folded):
    assert fold(written) == folded
