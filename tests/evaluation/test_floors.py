"""Floors: a drop is found, a rise moves them, and rounding never makes the present figures fail."""

from __future__ import annotations

import pytest

from evaluation.floors import find_drops, raise_floors

KEPT = frozenset({"values_f1", "traps_tripped"})


@pytest.mark.parametrize(
    ("figures", "bounds", "drops"),
    [
        ({"values_f1": 0.9}, {"values_f1": 0.9}, 0),
        ({"values_f1": 0.8999}, {"values_f1": 0.9}, 1),
        ({"traps_tripped": 2}, {"traps_tripped": 2}, 0),
        ({"traps_tripped": 3}, {"traps_tripped": 2}, 1),
        ({"values_f1": 0.1 + 0.7}, {"values_f1": 0.8}, 0),
        ({}, {"values_f1": 0.9}, 1),
        ({"values_f1": 0.1}, {}, 0),
    ],
)
def test_what_is_worse_than_its_bound_is_a_drop(figures, bounds, drops):
    assert len(list(find_drops({"c": figures}, {"c": bounds}))) == drops


def test_floors_of_clusters_that_were_not_scored_are_left_alone():
    assert list(find_drops({"a": {}}, {"b": {"values_f1": 1.0}})) == []


@pytest.mark.parametrize(
    ("before", "figures", "after"),
    [
        ({}, {"values_f1": 2 / 3}, {"values_f1": 0.666}),
        ({}, {"values_f1": 1.0}, {"values_f1": 1.0}),
        ({}, {"values_f1": 0.57}, {"values_f1": 0.57}),
        ({"values_f1": 0.9}, {"values_f1": 0.8}, {"values_f1": 0.9}),
        ({"traps_tripped": 4}, {"traps_tripped": 2}, {"traps_tripped": 2}),
        ({"traps_tripped": 1}, {"traps_tripped": 2}, {"traps_tripped": 1}),
        ({}, {"type": 1.0}, {}),
    ],
)
def test_floors_move_only_to_the_better(before, figures, after):
    assert raise_floors({"c": figures}, {"c": before}, KEPT) == {"c": after}


@pytest.mark.parametrize("hits", range(1, 60))
def test_rounding_favours_the_present_figures(hits):
    figures = {"c": {"values_f1": hits / 59}}
    assert list(find_drops(figures, raise_floors(figures, {}, KEPT))) == []
