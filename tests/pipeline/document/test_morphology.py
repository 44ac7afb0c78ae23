"""Roots of words, case by case."""

import pytest

from service.pipeline.document.morphology import LONGEST_WORD, MOST_REMEMBERED_WORDS, load
from tests.specs import load as load_spec


@pytest.mark.parametrize(("word", "root"), load_spec("id", "morphology").items())
def test_root(word, root):
    assert load("id").stem(word) == root


def test_a_long_word_is_left_alone():
    assert load("id").stem("di" * 100_000) == "di" * 100_000


def test_what_is_remembered_by_word_is_bounded() -> None:
    morphology = load("id")
    for number in range(3 * MOST_REMEMBERED_WORDS):
        morphology.stem(f"kata{number}")
    held = morphology._remembered.cache_info()
    assert held.currsize == held.maxsize == MOST_REMEMBERED_WORDS
    misses = held.misses
    morphology.stem("me" * LONGEST_WORD)
    assert morphology._remembered.cache_info().misses == misses
