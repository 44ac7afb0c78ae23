"""The soft alignment over a table made by hand, and the table that ships."""

from __future__ import annotations

import gc
import stat
import tracemalloc
from pathlib import Path

import marisa_trie  # type: ignore[import-not-found]
import numpy as np
import pytest

from service.pipeline.alignment import vectors
from service.pipeline.alignment.vectors import Vectors

MEGABYTE = 1_000_000


def _stem(word: str) -> str:
    return word.removeprefix("ter")


@pytest.fixture
def small() -> Vectors:
    """``jangkit`` and ``infeksi`` are near, ``pasar`` is far from both."""
    rows = {"jangkit": (100, 20, 0), "infeksi": (100, -20, 0), "pasar": (0, 0, 127), "di": (0, 127, 0)}
    weights = {"jangkit": 120, "infeksi": 100, "pasar": 80, "di": 4}
    keys = marisa_trie.Trie(list(rows))
    order = sorted(rows, key=lambda word: keys[word])
    return Vectors(
        keys,
        np.array([rows[word] for word in order], np.int8),
        np.array([weights[word] for word in order], np.uint8),
        _stem,
    )


def test_similarity_is_the_cosine(small: Vectors) -> None:
    assert small.similarity("jangkit", "infeksi") == pytest.approx((100 * 100 - 400) / (100 * 100 + 400), abs=1e-5)
    assert small.similarity("jangkit", "pasar") == pytest.approx(0, abs=1e-6)


def test_an_inflected_word_has_the_row_of_its_root(small: Vectors) -> None:
    assert small.similarity("terjangkit", "infeksi") == small.similarity("jangkit", "infeksi")
    assert small.similarity("terjangkit", "jangkit") == 1.0


def test_an_unknown_word_has_no_similarity(small: Vectors) -> None:
    assert "entah" not in small
    assert small.similarity("entah", "pasar") is None
    assert small.similarity("pasar", "entah") is None


def test_what_is_remembered_is_bounded_in_number_and_length(small: Vectors) -> None:
    gc.collect()
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        for number in range(30_000):
            small.similarity(f"kata{number}", "pasar")
            small.centre({f"{'panjang' * 200}{number}": 1.0})
        assert tracemalloc.get_traced_memory()[0] - before < 4_000_000
    finally:
        tracemalloc.stop()
    assert small.similarity("jangkit", "jangkit") == 1.0


def test_files_that_do_not_belong_together_are_refused(small: Vectors) -> None:
    with pytest.raises(ValueError, match="2 words, 1 vectors"):
        Vectors(marisa_trie.Trie(["a", "b"]), np.ones((1, 3), np.int8), np.ones(2, np.uint8), _stem)


def test_the_shipped_table_is_small_and_mapped_read_only(tmp_path: Path) -> None:
    files = sorted(path for path in vectors.FOLDER.iterdir() if path.suffix in (".npy", ".marisa"))
    assert [path.name for path in files] == ["vectors.npy", "weights.npy", "words.marisa"]
    assert sum(path.stat().st_size for path in files) <= 3 * MEGABYTE
    for path in files:
        (tmp_path / path.name).write_bytes(path.read_bytes())
        (tmp_path / path.name).chmod(stat.S_IRUSR)
    model = vectors.load("id", tmp_path)
    assert not model.writable
    assert model.similarity("tewas", "meninggal") is not None


@pytest.mark.parametrize(
    ("word", "near", "far"),
    [
        ("terjangkit", "terinfeksi", "sekolah"),
        ("tewas", "meninggal", "membeli"),
        ("dokter", "tabib", "jembatan"),
        ("harga", "tarif", "hutan"),
        ("angkat kaki", "pergi", "gandum"),
    ],
)
def test_the_shipped_table_knows_what_is_near(word: str, near: str, far: str) -> None:
    model = vectors.load()
    one, other = model.similarity(word, near), model.similarity(word, far)
    assert one is not None
    assert other is not None
    assert one > other + 0.2
