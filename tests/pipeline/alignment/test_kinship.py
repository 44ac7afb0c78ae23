"""Nearness of sentences over a small story, held against the formulas worked out one pair at a time."""

from __future__ import annotations

import math
from collections import Counter

import pytest

from service import pipeline
from service.pipeline.alignment import kinship, vectors
from service.pipeline.alignment.kinship import Kinship
from service.pipeline.alignment.reading import read
from service.pipeline.annotations import Article

TEXTS = (
    "Jembatan gantung di Desa Wanasari putus pada Senin pagi. Sebanyak 12 pelajar jatuh ke sungai. "
    "Tiga pelajar masih dirawat di puskesmas. Camat menutup jalan menuju jembatan. Tali baja jembatan sudah berkarat. "
    "Warga menyeberang memakai rakit.",
    "Pelajar yang jatuh dari jembatan gantung di Wanasari berjumlah 12 orang. Harga cabai di pasar naik. "
    "Puskesmas merawat tiga pelajar. Jalan menuju jembatan gantung ditutup camat. Hujan turun sejak malam. "
    "Rakit menjadi satu-satunya cara warga menyeberang.",
    "Camat berjanji mengganti tali baja. Rakit dipakai warga.",
)


@pytest.fixture(scope="module")
def story():
    resources = pipeline.load("id")
    articles = [Article(f"a{n}", text, source=f"Harian {n}", language="id") for n, text in enumerate(TEXTS)]
    analyses = pipeline.analyze(articles, resources)
    lexicon = resources.conflicts.lexicon
    readings = [read(order, analysis, lexicon) for order, analysis in enumerate(analyses)]
    return readings, Kinship(readings, lexicon, vectors.load()), lexicon


def places(readings):
    return [[(r.order, s.first) for s in r.document.sentences if s.role != "dateline"] for r in readings]


def bags(readings, lexicon):
    """The bag of each sentence."""
    return {
        (r.order, s.first): Counter(kinship._contents(r, s.first, s.last, lexicon))
        for r in readings
        for s in r.document.sentences
    }


def cosine(one, other, rarity):
    weigh = [{word: times * rarity[word] for word, times in bag.items()} for bag in (one, other)]
    product = sum(weight * weigh[1].get(word, 0.0) for word, weight in weigh[0].items())
    lengths = [math.sqrt(sum(weight**2 for weight in own.values())) for own in weigh]
    return product / (lengths[0] * lengths[1])


def test_nearness_is_the_cosine_of_rare_words(story):
    readings, kin, lexicon = story
    held = bags(readings, lexicon)
    standing = Counter(word for bag in held.values() for word in bag)
    rarity = {word: math.log(1 + len(held) / count) for word, count in standing.items()}
    everywhere = [place for own in places(readings) for place in own]
    for one in everywhere:
        for other in everywhere:
            assert kin.kin(one, other).near == pytest.approx(cosine(held[one], held[other], rarity), abs=1e-12)


def test_the_sentence_before_counts_half_in_the_wide_nearness(story):
    readings, kin, lexicon = story
    held = bags(readings, lexicon)
    standing = Counter(word for bag in held.values() for word in bag)
    rarity = {word: math.log(1 + len(held) / count) for word, count in standing.items()}
    (_, first, second, *_), (_, third, fourth, *_), _ = places(readings)

    def wide(before, place):
        return {word: held[place][word] + held[before][word] / 2 for word in held[place] | held[before]}

    expected = cosine(wide(first, second), wide(third, fourth), rarity)
    assert kin.kin(second, fourth).wide == pytest.approx(expected, abs=1e-12)


def test_standing_holds_a_sentence_against_the_nearest_of_the_others_article(story):
    readings, kin, _ = story
    first, second, _ = places(readings)
    for one in first:
        nearness = [kin.kin(one, other).near for other in second]
        for other, near in zip(second, nearness, strict=True):
            assert kin.kin(one, other).standing[0] == pytest.approx(near / max(nearness))
            assert kin.kin(other, one).standing[1] == pytest.approx(near / max(nearness))


def test_a_sentence_is_no_rival_of_itself_within_its_article(story):
    readings, kin, _ = story
    own = places(readings)[0]
    best = max(kin.kin(own[0], other).near for other in own[1:])
    assert kin.kin(own[0], own[1]).standing[0] == pytest.approx(kin.kin(own[0], own[1]).near / best)


def test_both_ways_round_are_one(story):
    readings, kin, _ = story
    for one in places(readings)[0]:
        for other in places(readings)[1]:
            forth, back = kin.kin(one, other), kin.kin(other, one)
            assert forth[:3] == back[:3]
            assert forth.standing == back.standing[::-1]


def test_a_few_sentences_tell_nothing_of_which_is_nearest(story):
    readings, kin, _ = story
    first, _, short = places(readings)
    assert any(kin.kin(one, other).near > 0 for one in first for other in short)
    assert all(kin.kin(one, other).standing[0] == 0 for one in first for other in short)
    assert not any(kin.opens(place) for place in short)
    assert [kin.opens(place) for place in first] == [True] * 3 + [False] * 3


def test_a_sentence_that_holds_nothing_is_near_to_none(story):
    _, kin, _ = story
    assert kin.kin((0, 9_999), (1, 0)) == (0.0, 0.0, 0.0, (0.0, 0.0))


def test_pairs_of_articles_that_are_dropped_come_out_the_same_again(story, monkeypatch):
    readings, kin, _ = story
    everywhere = [place for own in places(readings) for place in own]
    before = [kin.kin(one, other) for one in everywhere for other in everywhere]
    monkeypatch.setattr(kinship, "_KEPT_PAIRS", 1)
    kin._tables.clear()
    assert [kin.kin(one, other) for one in everywhere for other in everywhere] == before
    assert len(kin._tables) <= 1
