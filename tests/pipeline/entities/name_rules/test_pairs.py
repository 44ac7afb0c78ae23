from __future__ import annotations

import pytest

from service.pipeline import document
from service.pipeline.annotations import Article
from service.pipeline.entities import recognition
from service.pipeline.entities.name_rules import pairs as name_pairs
from tests.specs import load as load_spec

MODEL = recognition.load("id")


@pytest.mark.parametrize(("word", "following", "hyphen"), load_spec("id", "recognition")["pairs"])
def test_two_places_with_a_hyphen_between(word: str, following: str, hyphen: int) -> None:
    assert name_pairs.pair_at(word, "kata", following, MODEL.types, frozenset()) == hyphen


def test_the_parts_of_a_pair_are_tokens_of_their_own_and_know_where_they_come_from() -> None:
    read = document.read(Article("a", "Pertemuan Rusia-Ukraina digelar. Ia hadir.", language="id"), document.load("id"))
    finer, origins = name_pairs.split_pairs(read, MODEL.types, MODEL.offices)
    assert [token.text for token in finer.tokens[:5]] == ["Pertemuan", "Rusia", "-", "Ukraina", "digelar"]
    assert origins[:5] == [0, 1, 1, 1, 2]
    assert [finer.text_of(token) for token in finer.tokens] == [token.text for token in finer.tokens]
    assert [len(finer.tokens_of(sentence)) for sentence in finer.sentences] == [6, 3]
