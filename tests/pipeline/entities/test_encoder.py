"""The CRF's decoding and chances against enumeration; the table of words; sentences that do not see each other."""

import dataclasses
import itertools

import numpy as np
import pytest

from service.pipeline.entities import encoder, labelling, recognition

MODEL = recognition.load("id")
LABELS = 3


@pytest.fixture
def small():
    random = np.random.default_rng(3)
    chain = encoder.Chain(
        random.normal(size=(LABELS, LABELS)).astype(np.float32), random.normal(size=LABELS).astype(np.float32)
    )
    # two sentences of four and two words, a gap of one row before, between and behind
    scores = random.normal(size=(9, LABELS)).astype(np.float32)
    return dataclasses.replace(MODEL.encoder, chains={"small": chain}), scores, [1, 6], [4, 2]


def weight(chain, scores, path):
    total = chain.first[path[0]] + scores[0, path[0]]
    for t in range(1, len(path)):
        total += chain.table[path[t - 1], path[t]] + scores[t, path[t]]
    return total


def paths(chain, scores):
    every = list(itertools.product(range(LABELS), repeat=len(scores)))
    return every, np.array([weight(chain, scores, path) for path in every])


def test_the_decoded_path_is_the_best_of_all(small):
    model, scores, starts, lengths = small
    found = model.decode("small", scores, starts, lengths)
    for start, length, path in zip(starts, lengths, found, strict=True):
        every, weights = paths(model.chains["small"], scores[start : start + length])
        assert tuple(path) == every[int(weights.argmax())]


def test_chances_are_those_of_all_paths(small):
    model, scores, starts, lengths = small
    found = model.chances("small", scores, starts, lengths)
    for start, length in zip(starts, lengths, strict=True):
        every, weights = paths(model.chains["small"], scores[start : start + length])
        chances = np.exp(weights - weights.max())
        chances /= chances.sum()
        for t in range(length):
            expected = [sum(c for path, c in zip(every, chances, strict=True) if path[t] == i) for i in range(LABELS)]
            assert found[start + t] == pytest.approx(expected, abs=1e-5)
    assert not found[[0, 5, 8]].any()


def test_no_name_goes_on_that_was_not_begun():
    sentences = [["Ia", "tiba", "di", "Kota", "Baru"], ["Baru", "saja"]]
    rows, starts = MODEL.encoder.encode(sentences)
    scores = np.random.default_rng(1).normal(scale=5, size=(len(rows), len(labelling.NAMES))).astype(np.float32)
    for path in MODEL.encoder.decode("names", scores, starts, [5, 2]):
        before = "O"
        for label in (labelling.NAMES[i] for i in path):
            assert not label.startswith("I-") or before[2:] == label[2:]
            before = label


def test_a_full_table_keeps_nothing_more():
    table = encoder.WordTable(2)
    table.rows = {str(i): i for i in range(len(table.vectors))}
    table.keep(["baru"], np.ones((1, 2), dtype=np.float32))
    assert "baru" not in table.rows


def test_a_table_is_filled_to_its_last_row():
    table = encoder.WordTable(2)
    table.rows = {str(i): i for i in range(len(table.vectors) - 1)}
    table.keep(["baru", "lama"], np.array([[1, 2], [3, 4]], dtype=np.float32))
    assert table.rows["baru"] == len(table.vectors) - 1
    assert table.vectors[-1].tolist() == [1, 2]
    assert "lama" not in table.rows


def test_very_long_words_are_not_kept():
    table = encoder.WordTable(2)
    table.keep(["a" * 41, "baru"], np.array([[1, 2], [3, 4]], dtype=np.float32))
    assert table.rows == {"baru": 0}
    assert table.vectors[0].tolist() == [3, 4]


def test_words_past_a_full_table_are_encoded_alike():
    words = ["Kapal", "Tirtasari", "karam", "."]
    kept, _ = MODEL.encoder.encode([words])
    full = encoder.WordTable(MODEL.encoder.known.vectors.shape[1])
    full.rows = {f"\0{i}": i for i in range(len(full.vectors))}
    spare, _ = dataclasses.replace(MODEL.encoder, known=full).encode([words])
    assert spare == pytest.approx(kept, abs=1e-5)


@pytest.mark.parametrize(
    ("lengths", "blocks"),
    [
        ([], []),
        ([3], [(0, 1)]),
        ([200, 184, 1], [(0, 2), (2, 3)]),
        ([500, 3, 500], [(0, 1), (1, 2), (2, 3)]),
    ],
)
def test_sentences_are_encoded_in_blocks(lengths, blocks):
    assert list(encoder._blocks([0, *itertools.accumulate(lengths)])) == blocks


def test_a_sentence_is_encoded_alike_in_any_block():
    words = ["Gempa", "mengguncang", "Cianjur", "."]
    alone, _ = MODEL.encoder.encode([words])
    many, starts = MODEL.encoder.encode([words] * 300)
    for start in starts:
        assert many[start : start + 4] == pytest.approx(alone, abs=1e-4)
