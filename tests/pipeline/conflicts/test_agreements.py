"""What articles state alike, case by case, and what they do not."""

import pytest

from tests.pipeline.conflicts.desk import check
from tests.specs import load

CASES = load("id", "agreements")["cases"]
POSITIVE = [case for case in CASES if case["value"] != "none"]
NEGATIVE = [case for case in CASES if case["value"] == "none"]


def meant(case):
    found = [agreement for agreement in check(case["articles"]).agreements if case["value"] in agreement.value]
    assert found, [a.value for a in check(case["articles"]).agreements]
    return found[0]


@pytest.mark.parametrize("case", POSITIVE, ids=lambda case: case["name"])
def test_what_two_articles_state_alike_is_found(case):
    agreement = meant(case)
    assert {evidence.article_id for evidence in agreement.evidence} == {f"a{n}" for n in range(len(case["articles"]))}
    assert list(agreement.sources) == list(dict.fromkeys(row[0] for row in case["articles"]))
    assert len(agreement.origins) <= agreement.independent_sources <= len(case["articles"])


@pytest.mark.parametrize("case", NEGATIVE, ids=lambda case: case["name"])
def test_what_differs_or_is_trivial_is_no_agreement(case):
    assert [(a.topic, a.value) for a in check(case["articles"]).agreements] == []


@pytest.mark.parametrize("case", POSITIVE, ids=lambda case: case["name"])
def test_agreements_are_the_same_whatever_else_the_request_holds(case):
    other = NEGATIVE[0]["articles"] if case["name"].startswith("a sum") else POSITIVE[9]["articles"]
    alone = {a.id for a in check(case["articles"]).agreements}
    together = {a.id for a in check([*case["articles"], *other]).agreements}
    assert alone <= together
