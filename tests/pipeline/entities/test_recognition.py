"""Names in sentences and documents, case by case; offsets; one document's answer does not depend on another's."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.pipeline import document
from service.pipeline.annotations import Article
from service.pipeline.entities import features, recognition
from tests.specs import load as load_spec

SPEC = load_spec("id", "recognition")
MODEL = recognition.load("id")
KNOWLEDGE = document.load("id")
TYPES = {"PERSON", "ORG", "GPE", "LOC", "FAC", "EVENT", "LAW", "PRODUCT", "NORP"}
HARD_TEXT = st.lists(
    st.one_of(
        st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=6),
        st.sampled_from(["\r\n", "\u0301", "\u200d", "\u202e", "😀", "“", "(", ")", "-", ". ", ", "]),
        st.sampled_from(
            ["Kepala ", "BPBD ", "Rusia-Ukraina ", "Kabupaten ", "KRI ", "Undang-Undang ", "S.H. ", "dolar AS "]
        ),
    ),
    max_size=50,
).map("".join)


def read(text, source=None):
    return document.read(Article("a", text, source=source, language="id"), KNOWLEDGE)


def found(text, source=None):
    return [[text[n.start : n.end], n.type] for n in recognition.recognize(read(text, source), MODEL)]


@pytest.mark.parametrize("case", SPEC["sentences"], ids=lambda case: case["text"][:50])
def test_names_of_a_sentence(case):
    names = found(case["text"])
    if "names" in case:
        assert names == case["names"]
    assert all(name in names for name in case.get("has", []))
    assert not [name for name in names if name[0] in case.get("not", [])]


@pytest.mark.parametrize("case", SPEC["documents"], ids=lambda case: case["text"][:30])
def test_names_of_a_document(case):
    names = found(case["text"], case["source"])
    assert [name for name in case["has"] if name not in names] == []
    assert not [name for name in names if name[0] in case.get("not", [])]


@settings(max_examples=150, deadline=None)
@given(HARD_TEXT)
def test_any_text_yields_names_in_order_with_types_of_the_contract(text):
    names = recognition.recognize(read(text), MODEL)
    ends = [0]
    for name in names:
        assert ends[-1] <= name.start < name.end <= len(text)
        assert name.type in TYPES
        assert 0 <= name.score <= 1
        assert name.rule
        ends.append(name.end)


@pytest.mark.parametrize(
    "character", ["A", "a", "(", "-", ".", "9", "\u0301", "😀", "\u202e", "A ", "Kab. ", "BPBD ", "KRI A"]
)
def test_a_long_run_of_anything_is_read(character):
    text = character * (20_000 // len(character))
    assert all(0 <= name.start < name.end <= len(text) for name in recognition.recognize(read(text), MODEL))


def test_tags_are_one_a_token():
    tagged, _ = recognition.tag(read("Pertemuan Rusia-Ukraina digelar di Jenewa, kata Reuters."), MODEL)
    assert len(tagged.tags) == len(tagged.tokens)
    assert tagged.tags[-1] == "PUNCT"
    assert tagged.tags[0] == "NOUN"


def test_an_empty_document_has_no_names():
    assert recognition.tag(read(" \n "), MODEL)[1] == ()


def test_a_sentence_is_encoded_alike_whatever_stands_beside_it():
    words = ["Gempa", "mengguncang", "Cianjur", "."]
    alone, starts = MODEL.encoder.encode([words])
    beside, places = MODEL.encoder.encode([["Ia", "tiba", "di", "Paris"], words, ["Benar", "."]])
    assert alone[starts[0] : starts[0] + 4] == pytest.approx(beside[places[1] : places[1] + 4], abs=1e-4)


@pytest.mark.parametrize(
    ("word", "shape"), [("Jong-un", "Xxx-xx"), ("11.000", "99.99"), ("BMKG", "XX"), ("Rp16", "Xx99")]
)
def test_shape(word, shape):
    assert features.shape(word) == shape


@pytest.mark.parametrize(
    ("words", "case"),
    [
        ("Gempa mengguncang Cianjur pagi ini", 0),
        ("GEMPA GUNCANG CIANJUR", 1),
        ("Gempa Guncang Cianjur Lagi", 2),
        ("gempa di cianjur", 3),
    ],
)
def test_case_of_a_sentence(words, case):
    assert features.case(words.split()) == case
