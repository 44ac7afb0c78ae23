"""Reading corpora and turning them into training sentences."""

import pytest

from service.pipeline.entities import features
from training import corpora, sentences
from training.augment import recase
from training.corpora import Labelled


def write(tmp_path, text):
    path = tmp_path / "corpus.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_two_columns_give_words_and_labels(tmp_path):
    path = write(tmp_path, "Warga\tO\nKendal\tB-LOC\n\n \t \nIa\tO\n")
    assert [s.words for s in corpora.read_bio(path)] == [("Warga", "Kendal"), ("Ia",)]


def test_three_columns_give_tags_as_well(tmp_path):
    (sentence,) = corpora.read_bio(write(tmp_path, "Warga NOUN O\nKendal PROPN B-LOC\n"))
    assert sentence == Labelled(("Warga", "Kendal"), ("O", "B-LOC"), ("NOUN", "PROPN"))


@pytest.mark.parametrize(
    ("labels", "repaired"),
    [
        (["I-PER", "I-PER"], ("B-PER", "I-PER")),
        (["B-PER", "I-ORG"], ("B-PER", "B-ORG")),
        (["B-LOC", "I-LOC", "O", "I-LOC"], ("B-LOC", "I-LOC", "O", "B-LOC")),
    ],
)
def test_an_inside_label_that_continues_nothing_opens_a_name(labels, repaired):
    assert corpora.repair(labels) == repaired


def test_entities_are_half_open():
    assert corpora.entities(["O", "B-PER", "I-PER", "B-ORG"]) == [(1, 3, "PER"), (3, 4, "ORG")]


def test_punctuation_leaves_a_name():
    ours = sentences.retokenize(Labelled(("di", "(Kudus),", "benar?"), ("O", "B-LOC", "O")))
    assert ours.words == ("di", "(", "Kudus", ")", ",", "benar", "?")
    assert corpora.entities(ours.labels) == [(2, 3, "LOC")]


def test_countries_become_places_but_not_inside_names():
    countries = sentences.country_names()
    plain = Labelled(("Tentara", "Korea", "Selatan", "dan", "as", "AS"), ("O",) * 6)
    assert corpora.entities(sentences.relabel_countries(plain, countries).labels) == [(1, 3, "LOC"), (5, 6, "LOC")]
    inside = Labelled(("Bank", "Indonesia"), ("B-ORG", "I-ORG"))
    assert sentences.relabel_countries(inside, countries) == inside


def test_f1_counts_exact_spans():
    precision, recall, f1 = sentences.f1([["B-PER", "I-PER", "O"]], [["B-PER", "O", "B-LOC"]])
    assert (precision, recall, f1) == (0, 0, 0)
    assert sentences.f1([["B-PER", "O", "B-LOC"]], [["B-PER", "O", "O"]]) == pytest.approx((1, 0.5, 2 / 3))


class AlwaysFirst:
    def random(self):
        return 0.0


def test_a_headline_in_capitals_keeps_its_labels():
    sentence = Labelled(("gempa", "di", "Cianjur"), ("O", "O", "B-LOC"))
    shown = recase(sentence, AlwaysFirst())
    assert shown.words == ("GEMPA", "DI", "CIANJUR")
    assert shown.labels == sentence.labels
    assert features.case(shown.words) == 1
