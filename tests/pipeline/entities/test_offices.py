"""Where an office ends, the body begins and the person begins, case by case."""

import pytest

from service.pipeline import document
from service.pipeline.annotations import Article
from service.pipeline.entities import recognition
from tests.specs import load as load_spec

SPEC = load_spec("id", "offices")
MODEL = recognition.load("id")
KNOWLEDGE = document.load("id")


def read(text, source=None):
    return document.read(Article("a", text, source=source, language="id"), KNOWLEDGE)


def found(text, source=None):
    return [[text[n.start : n.end], n.type] for n in recognition.recognize(read(text, source), MODEL)]


@pytest.mark.parametrize("case", SPEC["sentences"], ids=lambda case: case["text"][:50])
def test_names_behind_an_office(case):
    names = found(case["text"])
    if "names" in case:
        assert names == case["names"]
    assert [name for name in case.get("has", []) if name not in names] == []
    assert not [name for name in names if name[0] in case.get("not", [])]


@pytest.mark.parametrize("case", SPEC["documents"], ids=lambda case: case["text"][:30])
def test_names_behind_offices_of_a_document(case):
    names = found(case["text"], case["source"])
    assert [name for name in case["has"] if name not in names] == []
    assert not [name for name in names if name[0] in case.get("not", [])]


def test_a_word_of_a_persons_name_is_told_from_one_of_a_bodys():
    odds = MODEL.offices.persons.odds
    assert min(odds("suhartini"), odds("bonifasius"), odds("andi")) > 1
    assert max(odds("kejaksaan"), odds("banjarsari"), odds("sekuritas")) < -1
    assert -4 <= odds("\u0301😀x") <= 4


@pytest.mark.parametrize(
    ("words", "size"),
    [
        ("komisaris besar polisi andi", 3),
        ("letjen tni ( purn ) andi", 5),
        ("dr . ir . andi", 4),
        ("kolonel laut ( p ) andi", 5),
        ("komisaris pt sinar", 0),
        ("andi", 0),
    ],
)
def test_ranks_and_degrees(words, size):
    lowers = words.split()
    assert MODEL.offices.rank(lowers, 0, len(lowers)) == size


@pytest.mark.parametrize(
    ("words", "size"),
    [("direktur utama", 2), ("kepala dinas", 1), ("kepala keluarga", 0), ("kepala", 1), ("sungai", 0)],
)
def test_offices(words, size):
    assert MODEL.offices.title(words.split(), 0) == size


@pytest.mark.parametrize(
    "part", ["Kepala ", "Kepala Dinas A ", "Direktur (A) ", "Kombes Pol. ", "kata Kepala Dinas, Andi, ", "dr. (P) "]
)
def test_a_long_run_of_offices_is_read(part):
    text = part * (20_000 // len(part))
    ends = [0]
    for start, end in ((n.start, n.end) for n in recognition.recognize(read(text), MODEL)):
        assert ends[-1] <= start < end <= len(text)
        ends.append(end)
