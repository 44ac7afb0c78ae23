from __future__ import annotations

from service.pipeline import document
from service.pipeline.annotations import Article
from service.pipeline.entities import recognition
from service.pipeline.entities.name_rules.spans import NameSpan, NameText

MODEL = recognition.load("id")
READ = document.read(
    Article("a", "Budi Karya tiba di Kota Bima. Ia bertemu Siti.", source="Kabar.id", language="id"),
    document.load("id"),
)
FIRST, SECOND = READ.sentences


def text(*names: NameSpan) -> NameText:
    return NameText(READ, names, MODEL.encoder.lexicon, MODEL.types)


def test_names_are_known_as_they_are_after_each_change() -> None:
    budi, bima, siti = NameSpan(0, 2, "PER", 0.9), NameSpan(5, 6, "LOC", 0.8), NameSpan(9, 10, "PER", 0.7)
    found = text(budi, bima)
    assert found.inside(FIRST) == found.names() == [budi, bima]
    assert found.inside(SECOND) == []
    found.add(siti)
    assert found.inside(SECOND) == [siti]
    assert found.names() == [budi, bima, siti]
    assert found.put(4, 6, "GPE", 0.8, "head")
    assert [(name.first, name.last) for name in found.inside(FIRST)] == [(0, 2), (4, 6)]
    found.drop(budi)
    assert [name.first for name in found.inside(FIRST)] == [4]
    assert [name.first for name in found.names()] == [4, 9]


def test_a_name_that_runs_over_a_sentences_end_is_in_both() -> None:
    found = text()
    assert found.inside(FIRST) == found.inside(SECOND) == []
    across = NameSpan(5, 8, "LOC", 0.8)
    found.add(across)
    assert found.inside(FIRST) == found.inside(SECOND) == [across]
    found.drop(across)
    assert found.inside(FIRST) == found.inside(SECOND) == []


def test_free_tokens_are_in_no_name() -> None:
    found = text(NameSpan(0, 2, "PER", 0.9))
    assert not found.free(1, 3)
    assert found.free(2, 5)
    assert found.free(1, 1)


def test_capitals_and_words_are_those_of_the_sentence() -> None:
    found = text()
    assert [found.words[index] for index in found.capitals(FIRST)] == ["Budi", "Karya", "Kota", "Bima"]
    assert [found.words[index] for index in found.capitals(SECOND)] == ["Ia", "Siti"]
    assert found.holds(FIRST, frozenset({"kota", "desa"}))
    assert not found.holds(SECOND, frozenset({"kota", "desa"}))


def test_the_words_that_may_open_the_outlets_name_are_those_of_the_text() -> None:
    kabar = document.read(
        Article("a", "Kepada Kabar ia bicara.", source="Kabar.id", language="id"), document.load("id")
    )
    found = NameText(kabar, (), MODEL.encoder.lexicon, MODEL.types)
    assert found.source_stem == "kabar"
    assert found.source_openers == {"kabar"}
