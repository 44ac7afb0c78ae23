from __future__ import annotations

import pytest

from service.pipeline import document, entities
from service.pipeline.annotations import Article, Document
from service.pipeline.entities import labelling, recognition

KNOWLEDGE = document.load("id")
MODEL = recognition.load("id")
TEXTS = (
    "Bupati Sleman Hartono Wijoyo membuka pasar di Kalasan. Ia datang bersama Kepala Dinas Perdagangan Rini Astuti.",
    " \n ",
    "Pertemuan Rusia-Ukraina digelar di Jenewa, kata Reuters.",
    "Sebanyak lima rumah rusak.",
)


def read(text: str) -> Document:
    return document.read(Article("a", text, language="id"), KNOWLEDGE)


DOCUMENTS = [read(text) for text in TEXTS]


def test_documents_labelled_together_get_the_labels_that_each_gets_alone() -> None:
    for one, together in zip(DOCUMENTS, labelling.label(DOCUMENTS, MODEL.encoder), strict=True):
        alone = labelling.label([one], MODEL.encoder)[0]
        assert together.tags == alone.tags
        assert [(n.first, n.last, n.type) for n in together.names] == [(n.first, n.last, n.type) for n in alone.names]
        assert [n.score for n in together.names] == pytest.approx([n.score for n in alone.names], abs=1e-5)
        for row, own in zip(together.chances, alone.chances, strict=True):
            assert row == pytest.approx(own, abs=1e-5)


def test_documents_read_together_have_the_entities_that_each_has_alone() -> None:
    knowledge = entities.load("id")
    assert list(entities.find_all(DOCUMENTS, knowledge)) == [
        entities.find_entities(one, knowledge) for one in DOCUMENTS
    ]


def test_a_name_is_labelled() -> None:
    labels = labelling.label([DOCUMENTS[0]], MODEL.encoder)[0]
    names = [(DOCUMENTS[0].tokens[n.first].text, n.type) for n in labels.names]
    assert ("Hartono", "PER") in names
    assert len(labels.tags) == len(labels.chances) == len(DOCUMENTS[0].tokens)


def test_nothing_to_label_has_no_labels() -> None:
    assert labelling.label([], MODEL.encoder) == []
    assert [labels.tags for labels in labelling.label([read(" \n ")], MODEL.encoder)] == [()]


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([], [[]]),
        ([3, 3], [[3, 3]]),
        ([1_500, 500, 1], [[1_500, 500], [1]]),
        ([5_000, 1, 5_000], [[5_000], [1], [5_000]]),
    ],
)
def test_a_pass_holds_as_many_documents_as_its_tokens_allow(sizes: list[int], expected: list[list[int]]) -> None:
    token = DOCUMENTS[3].tokens[0]
    documents = [Document(Article("a", ""), "id", 1.0, (token,) * size) for size in sizes]
    assert [[len(one.tokens) for one in together] for together in labelling.passes(documents)] == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ([0, 1, 2, 0], [(1, 3, "PER")]),
        ([1, 1, 3], [(0, 1, "PER"), (1, 2, "PER"), (2, 3, "ORG")]),
        ([0, 0], []),
    ],
)
def test_names_are_read_off_a_path(path: list[int], expected: list[tuple[int, int, str]]) -> None:
    assert labelling.spans(path) == expected
