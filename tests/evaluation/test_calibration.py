"""How scores are held against what is right."""

from pathlib import Path

import pytest

from evaluation import agreements, calibration
from evaluation.gold import read
from service.pipeline.annotations import Agreement, Conflict, CrossCheck, Evidence, Position, Span

EXAMPLE = Path(__file__).parents[2] / "examples" / "kapal-selat-bali"


def evidence(place):
    article, start, end = place
    return Evidence(article, Span(start, end))


def conflict(score, *positions):
    return Conflict(
        "c",
        "quantity",
        "contradiction",
        "",
        tuple(Position("", (), tuple(map(evidence, p))) for p in positions),
        "low",
        score,
        "",
        "",
        "",
    )


def test_a_conflict_is_right_as_far_as_the_gold_opposes_its_evidence():
    gold = read(EXAMPLE)
    first, second = (position[0] for position in gold.conflicts[0].positions[:2])
    elsewhere = (first[0], 0, 1)
    reported = [conflict(0.9, [first], [second]), conflict(0.8, [first, elsewhere], [second])]
    assert calibration.judge(gold, reported) == [(0.9, 1.0), (0.8, 0.5)]


def test_bands_hold_the_mean_score_and_the_share_that_is_right():
    (low, high, count, mean, right), *rest = calibration.bands([(0.82, 1.0), (0.84, 0.0)])
    assert (low, high, count, right) == (0.8, 0.85, 2, 0.5)
    assert mean == pytest.approx(0.83)
    assert not rest
    assert calibration.brier([(1.0, 1.0), (0.5, 0.0)]) == pytest.approx(0.125)
    assert calibration.brier([]) == 0


def test_an_agreement_is_found_where_it_covers_two_articles_of_the_gold():
    gold = read(EXAMPLE)
    name, places = next((name, places) for name, places in agreements.wanted(gold).items() if len(places) > 2)
    whole = Agreement("a", "", "", tuple(map(evidence, places)), (), 1, ())
    half = Agreement("b", "", "", (evidence(places[0]),), (), 1, ())
    assert agreements.compare(gold, CrossCheck(agreements=(half, whole))).matches[name] is whole
    assert agreements.compare(gold, CrossCheck(agreements=(half,))).matches[name] is None
    assert agreements.compare(gold, CrossCheck(agreements=(half, whole))).found >= 1
