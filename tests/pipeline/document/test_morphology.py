"""Roots of words, case by case."""

import pytest

from service.pipeline.document.morphology import load
from tests.specs import load as load_spec


@pytest.mark.parametrize(("word", "root"), load_spec("id", "morphology").items())
def test_root(word, root):
    assert load("id").stem(word) == root


def test_a_long_word_is_left_alone():
    assert load("id").stem("di" * 100_000) == "di" * 100_000
