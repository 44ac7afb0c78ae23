"""What articles say of each other, case by case: two reports, and the kind of conflict that must be found, or none."""

from datetime import datetime, timedelta, timezone

import pytest

from service import pipeline
from service.pipeline.annotations import Article
from tests.specs import load

WIB = timezone(timedelta(hours=7))
CASES = [
    {**case, "spec": name}
    for name in (
        "conflicts_quantities",
        "conflicts_events",
        "conflicts_mixed",
        "conflicts_desks",
        "conflicts_deeds",
        "conflicts_words",
        "conflicts_actors",
        "conflicts_orders",
        "conflicts_causes",
        "conflicts_designations",
        "conflicts_denials",
        "conflicts_states",
        "conflicts_absolutes",
        "conflicts_occasions",
        "conflicts_places",
        "conflicts_counts",
        "conflicts_polarity",
    )
    for case in load("id", name)["cases"]
]


def check(case):
    articles = [
        Article(
            key,
            case[key],
            source=f"Harian {key.upper()}",
            language="id",
            published_at=datetime(2026, 3, case.get(f"p{key}", 10), 18, tzinfo=WIB),
        )
        for key in ("a", "b", "c")
        if key in case
    ]
    resources = pipeline.load("id")
    return pipeline.cross_check(pipeline.analyze(articles, resources), resources)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['spec']}: {case['id']}")
def test_conflicts_are_found_where_they_are_and_nowhere_else(case):
    if "xfail" in case:
        pytest.xfail(case["xfail"])
    found = {f"{conflict.type} {conflict.status}" for conflict in check(case).conflicts}
    expected = set() if case["expect"] == "none" else set(case["expect"].split(" + "))
    assert found == expected
