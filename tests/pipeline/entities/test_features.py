from __future__ import annotations

import pytest

from service.pipeline.entities import features, recognition

LEXICON = recognition.load("id").encoder.lexicon


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("rumah", "xx"),
        ("i", "x"),
        ("Rumah", "Xxx"),
        ("Ia", "Xx"),
        ("A", "X"),
        ("BMKG", "XX"),
        ("iPhone", "xXxx"),
        ("Jong-un", "Xxx-xx"),
        ("\u00c9lysée", "Xxx"),
    ],
)
def test_shape(word: str, shape: str) -> None:
    assert features.shape(word) == shape


@pytest.mark.parametrize("word", ["rumah", "di", "a", "2025", "Élysée", "kafé", "sayur-mayur", "İstanbul", "ª"])
def test_rows_of_ngrams_are_those_of_each_hashed_by_itself(word: str) -> None:
    plain = "".join("0" if character.isdigit() else character for character in word.lower())
    padded = f"<{plain}>"
    grams = {padded[i : i + n] for n in (3, 4, 5) for i in range(len(padded) - n + 1)}
    grams |= {plain[:2] + ">", "<" + plain[-2:]}
    expected = sorted(features._hash("g" + gram, features.NGRAM_BUCKETS) for gram in grams)
    assert list(features.describe(word, LEXICON).ngrams) == expected


@pytest.mark.parametrize(("word", "digit", "sign"), [("rumah", 0, 0), ("F-16", 1, 0), ("…", 0, 1), ("2025", 1, 0)])
def test_what_is_no_letter_is_told(word: str, digit: int, sign: int) -> None:
    assert features.describe(word, LEXICON).numbers[12:14] == (digit, sign)
