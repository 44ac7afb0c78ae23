"""What counts as right: matching rules on gold and analyses made by hand."""

from __future__ import annotations

from datetime import datetime

import pytest

from evaluation.annotations import compare_attributions, compare_entities, compare_values
from evaluation.gold import Gold
from evaluation.metrics import Counts, fold, intersection_over_union, same_name
from service.pipeline.annotations import Analysis, Article, Attribution, Claim, Document, Entity, Span, Speaker, Value

TEXT = "Menurut Rudi, sekitar 40 orang tewas pada Senin (5/1/2026) di Gunung Gede."
DOCUMENT = Document(Article("a", TEXT, published_at=datetime.fromisoformat("2026-01-06T08:00:00+07:00")), "id", 1.0)


def place(words: str) -> tuple[str, int, int]:
    start = TEXT.index(words)
    return "a", start, start + len(words)


def span(words: str) -> Span:
    return Span(*place(words)[1:])


def gold(entities=(), values=(), attributions=()) -> Gold:
    return Gold("c", (DOCUMENT.article,), tuple(entities), tuple(values), tuple(attributions), (), (), {})


def entity(words: str, kind: str, name: str) -> Entity:
    return Entity("e", kind, name, (span(words),))


@pytest.mark.parametrize(
    ("given", "found", "named"),
    [
        (entity("Rudi", "PERSON", "Rudi Hartono"), 1, 1),
        (entity("Rudi", "PERSON", "RUDI  Hártono"), 1, 1),
        (entity("Rudi", "PERSON", "Rudi"), 1, 0),
        (entity("Rudi", "ORG", "Rudi Hartono"), 0, 0),
        (entity("Rudi,", "PERSON", "Rudi Hartono"), 0, 0),
    ],
)
def test_a_mention_is_right_by_span_and_type_and_its_name_apart(given, found, named):
    counts, names = compare_entities(
        gold(entities=[(place("Rudi"), "PERSON", "Rudi Hartono")]), [Analysis(DOCUMENT, (given,))]
    )
    assert (counts, names) == (Counts(found, 1, 1), Counts(named, found, found))


def test_regions_and_places_are_one_type_and_unknown_types_are_left_out():
    given = (entity("Gunung Gede", "GPE", "Gunung Gede"), entity("Senin", "WEEKDAY", "Senin"))
    counts, _ = compare_entities(
        gold(entities=[(place("Gunung Gede"), "LOC", "Gunung Gede")]), [Analysis(DOCUMENT, given)]
    )
    assert counts == Counts(1, 1, 1)


@pytest.mark.parametrize(
    ("wanted", "given", "right"),
    [
        ({"kind": "quantity", "low": 40, "high": 40}, {"kind": "quantity", "low": 40.0, "high": 40.0}, True),
        ({"kind": "quantity", "low": 40, "high": 40}, {"kind": "measure", "low": 40.0, "high": 40.0}, True),
        ({"kind": "quantity", "low": 40, "high": None}, {"kind": "quantity", "low": 40.0, "high": 40.0}, False),
        ({"kind": "quantity", "low": 41, "high": 41}, {"kind": "quantity", "low": 40.0, "high": 40.0}, False),
        ({"kind": "date", "from": "2026-01-05", "to": "2026-01-05"}, {"kind": "quantity"}, False),
        (
            {"kind": "date", "from": "2026-01-05", "to": "2026-01-05"},
            {"kind": "date", "from_": "2026-01-05", "to": "2026-01-05"},
            True,
        ),
        (
            {"kind": "date", "from": "2026-01-05T03:00:00Z", "to": "2026-01-05"},
            {"kind": "time", "from_": "2026-01-05T10:00:00+07:00", "to": "2026-01-05T10:00"},
            True,
        ),
        (
            {"kind": "date", "from": "2026-01-05T10:00", "to": "2026-01-05"},
            {"kind": "time", "from_": "2026-01-05T10:00:00+07:00", "to": "2026-01-05"},
            True,
        ),
        (
            {"kind": "date", "from": "2026-01-05", "to": None},
            {"kind": "date", "from_": "2026-01-05", "to": "2026-01-05"},
            False,
        ),
    ],
)
def test_a_value_is_right_by_what_it_states(wanted, given, right):
    value = Value("v", span=span("sekitar 40 orang"), **given)
    counts = compare_values(gold(values=[(place("40 orang"), wanted)]), [Analysis(DOCUMENT, values=(value,))])
    assert counts == Counts(int(right), 1, 1)


def test_a_value_answers_for_one_piece_of_gold_only():
    value = Value("v", "quantity", span("40 orang"), 40.0, 40.0)
    wanted = {"kind": "quantity", "low": 40, "high": 40}
    counts = compare_values(
        gold(values=[(place("40"), wanted), (place("orang"), wanted)]), [Analysis(DOCUMENT, values=(value,))]
    )
    assert counts == Counts(1, 1, 2)


def claim(words: str, speaker: Speaker | None) -> Claim:
    attribution = Attribution(speaker, None)
    return Claim("c", span(words), "indirect", attribution, (), (), "affirmed", "asserted", 0.5, 1.0, "r")


@pytest.mark.parametrize(
    ("names", "given", "right"),
    [
        (("Rudi Hartono", "Rudi"), claim("sekitar 40 orang tewas", Speaker("Rudi Hartono")), True),
        (("Rudi Hartono",), claim("sekitar 40 orang tewas", Speaker("Kepala BPBD Rudi Hartono")), True),
        (("Rudi Hartono", "Rudi"), claim("sekitar 40 orang tewas", Speaker(None, span("Rudi"))), True),
        (("Rudi Hartono",), claim("sekitar 40 orang tewas", Speaker("Budi Hartono")), False),
        (("Rudi Hartono",), claim("sekitar 40 orang tewas", None), False),
        ((), claim("sekitar 40 orang tewas", None), True),
        ((), claim("sekitar 40 orang tewas", Speaker("Rudi")), False),
        (("Rudi",), claim("sekitar", Speaker("Rudi")), False),
    ],
)
def test_an_attribution_is_right_by_its_content_and_its_speaker(names, given, right):
    wanted = (place("sekitar 40 orang tewas"), "indirect", names)
    counts, by_form = compare_attributions(gold(attributions=[wanted]), [Analysis(DOCUMENT, claims=(given,))])
    assert counts == Counts(int(right), 1, 1)
    assert by_form == {"indirect": Counts(int(right), 0, 1)}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Kim Jong-un", "Kim Jong Un", True),
        ("Kim", "Kim Jong Un", True),
        ("Badan Nasional Penanggulangan Bencana (BNPB)", "BNPB", True),
        ("Andi", "Andi-Andi Budi", True),
        ("Andika", "Andi", False),
        ("", "Andi", False),
        (None, None, False),
    ],
)
def test_names_are_the_same_when_the_words_of_one_are_among_the_others(one, other, same):
    assert same_name(one, other) == same_name(other, one) == same


def test_folding_drops_case_accents_and_punctuation():
    assert fold("  Émile d’Été–2 ") == "emile d ete 2"


@pytest.mark.parametrize(("other", "share"), [((0, 10), 1.0), ((5, 15), 1 / 3), ((10, 20), 0.0), ((0, 5), 0.5)])
def test_overlap_is_measured_against_the_whole_length(other, share):
    assert intersection_over_union((0, 10), other) == pytest.approx(share)


def test_figures_of_nothing_are_zero():
    assert (Counts().precision, Counts().recall, Counts().f1) == (0.0, 0.0, 0.0)
