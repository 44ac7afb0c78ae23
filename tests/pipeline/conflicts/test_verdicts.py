"""Severity, order and names of conflicts; what was compared and is none."""

import pytest

from service.pipeline import conflicts
from service.pipeline.conflicts import severity
from service.pipeline.conflicts.severity import SEVERITIES, Rule, Scale
from tests.pipeline.conflicts.desk import check
from tests.specs import load

CASES = load("id", "verdicts")
NEAR_MISSES = CASES["near_misses"]


@pytest.mark.parametrize("case", CASES["severities"], ids=lambda case: case["name"])
def test_severity_is_what_an_editor_must_see_first(case):
    found = [c for c in check(case["articles"]).conflicts if c.type == case["type"]]
    assert [conflict.severity for conflict in found[:1]] == [case["severity"]]


@pytest.mark.parametrize("case", NEAR_MISSES, ids=lambda case: case["name"])
def test_near_misses_say_what_was_compared_and_why_it_is_no_conflict(case):
    checked = check(case["articles"])
    found = [miss for miss in checked.near_misses if miss.rule == case["rule"]]
    assert found, [(miss.rule, miss.topic) for miss in checked.near_misses]
    assert {evidence.article_id for evidence in found[0].evidence} == {"a0", "a1"}
    assert found[0].explanation.startswith("Bukan pertentangan: ")
    assert not checked.conflicts


def test_near_misses_are_all_given_and_always_in_one_order():
    rows = [row for case in NEAR_MISSES for row in case["articles"]]
    first, second = (list(check(rows).near_misses) for _ in range(2))
    assert first == second
    assert len(first) >= len(NEAR_MISSES)
    assert len(check(rows).near_misses) == len(first)


def test_a_near_miss_is_worded_in_the_language_of_the_desk():
    (miss, *_) = check(NEAR_MISSES[0]["articles"], "en").near_misses
    assert miss.explanation.startswith("No conflict: ")


def test_conflicts_come_gravest_first_then_surest():
    rows = [row for case in CASES["severities"] for row in case["articles"]]
    found = check(rows).conflicts
    ranks = [(SEVERITIES.index(c.severity), -c.score) for c in found]
    assert ranks == sorted(ranks)
    assert len({c.severity for c in found}) > 1


def test_names_are_stable_and_distinct():
    cases = CASES["severities"]
    rows = [row for case in cases for row in case["articles"]]
    together = [c.id for c in check(rows).conflicts]
    assert len(set(together)) == len(together)
    first = [c.id for c in check(cases[0]["articles"]).conflicts]
    assert first
    assert set(first) <= set(together)


def test_every_rule_of_severity_can_hold():
    scale = conflicts.load("id").severity
    known = {name.removeprefix("@") for name in conflicts.load("id").lexicon.concepts}
    for rule in scale.rules:
        assert not set(rule.concepts) - known, rule.name
        assert rule.points, rule.name


@pytest.mark.parametrize(
    ("high", "medium", "names", "message"),
    [(2, 2, ["one"], "high must lie above medium"), (5, 2, ["one", "one"], "'one' stands twice")],
)
def test_a_scale_that_cannot_rank_is_refused(high, medium, names, message):
    with pytest.raises(ValueError, match=message):
        Scale(high, medium, 3, tuple(Rule(name, 1) for name in names))


def test_the_points_of_all_rules_that_hold_add_up():
    class Nothing:
        positions = ()
        type = "quote"
        rule = "negation-changed"
        status = "wording"
        matter = "quote"

    scale = conflicts.load("id").severity
    names = [rule.name for rule in severity.applying(Nothing, scale)]
    assert names == ["reversed-quotation", "changed-quotation", "wording"]
    assert severity.severity(Nothing, scale) == "low"
