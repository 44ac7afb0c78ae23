"""How many sources stand behind an agreement, and why they are not more."""

import time
from types import SimpleNamespace

import pytest

from service.pipeline.conflicts.agreements import copies, independence
from service.pipeline.conflicts.agreements.independence import Report
from tests.pipeline.conflicts.desk import check
from tests.pipeline.conflicts.test_agreements import POSITIVE, meant


@pytest.mark.parametrize("case", POSITIVE, ids=lambda case: case["name"])
def test_sources_that_depend_on_each_other_count_once(case):
    agreement = meant(case)
    assert agreement.independent_sources == case["independent"]
    if "origins" in case:
        assert list(agreement.origins) == case["origins"]
    if "reason" in case:
        assert any(case["reason"] in reason for reason in agreement.reasons), agreement.reasons
    elif case["independent"] > 1:
        assert not agreement.reasons


def test_reasons_are_in_the_language_of_the_desk():
    case = next(case for case in POSITIVE if case["name"].startswith("one speaker"))
    agreement = next(a for a in check(case["articles"], "en").agreements if "412" in a.value)
    assert agreement.reasons == ("Warta Tidar and Kabar Progo both quote Fiza Akbar",)


def report(order, outlet, outlets=(), words=""):
    return Report(order, outlet, "", (), {}, {}, {}, (), tuple(outlets), tuple(words.split()))


@pytest.mark.parametrize(
    ("cites", "rings"),
    [
        ({"a": ["b"], "b": ["a"]}, [[0, 1]]),
        ({"a": ["b"], "b": ["c"], "c": ["a"]}, [[0, 1, 2]]),
        ({"a": ["b"], "b": ["c"], "c": []}, []),
        ({"a": ["a2"], "b": []}, []),
        ({"a": ["b"], "b": ["c"], "c": ["b"]}, [[1, 2]]),
    ],
)
def test_rings_of_citations_are_told(cites, rings):
    reports = [report(order, outlet, cited) for order, (outlet, cited) in enumerate(cites.items())]
    assert independence.find_rings(reports) == rings


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Kilat24.example", "Kilat24", True),
        ("www.Warta.co.id", "warta", True),
        ("Harian Nusa", "harian  nusa", True),
        ("Harian Nusa", "Harian Bangsa", False),
    ],
)
def test_outlets_are_known_with_and_without_their_web_domain(one, other, same):
    assert (independence.fold(one) == independence.fold(other)) is same


def test_copies_are_found_by_their_shingles():
    text = "api melahap gudang kapas milik koperasi petani di tepi sungai sejak dini hari"
    reworded = "gudang kapas itu terbakar habis menurut ketua koperasi yang ditemui di lokasi"
    one, same, other = (copies.shingle(words.split()) for words in (text, text + " tadi", reworded))
    assert copies.likeness(one, same) >= copies.COPIED
    assert copies.likeness(one, other) == 0
    assert copies.signature(one) == copies.signature(copies.shingle(text.split()))
    assert set(copies.signature(one)) & set(copies.signature(same))
    assert copies.signature(copies.shingle(["dua", "kata"])) == []


def test_counting_sources_takes_time_in_step_with_their_number():
    told = SimpleNamespace(templates=SimpleNamespace(dependence={"copied-wording": "{one}", "same-outlet": "{one}"}))
    costs = []
    for size in (200, 800):
        reports = [
            report(n, f"outlet {n}", (), f"laporan nomor {n % 10} tentang panen padi di desa {n % 10} tahun ini")
            for n in range(size)
        ]
        groups = independence.Groups(reports, told)
        began = time.process_time()
        independence.join_dependent(reports, groups, copies.Copies())
        costs.append(time.process_time() - began)
        assert len(groups.members()) == 10
    assert costs[1] < 8 * max(costs[0], 0.02), costs
