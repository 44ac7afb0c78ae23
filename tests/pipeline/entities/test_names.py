"""Which names are one entity, what it is called, and its identifiers, case by case."""

import pytest

from service.pipeline.annotations import Analysis
from service.pipeline.entities.unification import unify_names
from tests.pipeline.entities.marked import KNOWLEDGE, read
from tests.specs import load as load_spec

SPEC = load_spec("id", "names")


@pytest.mark.parametrize("case", SPEC["within"], ids=lambda case: case["id"])
def test_within_an_article(case):
    marked = read(case["text"])
    if "names" in case:
        assert marked.canonical == case["names"]
    expected = case.get("entities", len({(name, marked_kind(marked, i)) for i, name in enumerate(marked.canonical)}))
    assert len(marked.entities) == expected


def marked_kind(marked, index):
    start = marked.names[index].start
    return next(entity.type for entity in marked.entities if any(span.start == start for span in entity.mentions))


@pytest.mark.parametrize("case", SPEC["across"], ids=lambda case: case["id"])
def test_across_articles(case):
    texts = [read(text, str(number)) for number, text in enumerate(case["articles"])]
    analyses = unify_names([Analysis(marked.document, marked.entities) for marked in texts], KNOWLEDGE)
    found = []
    for marked, analysis in zip(texts, analyses, strict=True):
        by_start = {span.start: entity.name for entity in analysis.entities for span in entity.mentions}
        found.append([by_start[name.start] for name in marked.names])
    assert found == case["names"]


@pytest.mark.parametrize("case", SPEC["identifiers"], ids=lambda case: case["name"])
def test_identifiers(case):
    (entity,) = read(case["name"]).entities
    assert dict(entity.identifiers) == ({case["scheme"]: case["id"]} if case["scheme"] else {})


def test_ids_count_entities_by_first_mention_and_scores_are_shares():
    marked = read("{Blora|GPE} kering. {Ratna Dewanti|PERSON} hadir di {Blora|GPE}. {Ratna|PERSON} pulang.")
    assert [entity.id for entity in marked.entities] == ["e1", "e2"]
    assert [len(entity.mentions) for entity in marked.entities] == [2, 2]
    assert all(0 < entity.score <= 1 for entity in marked.entities)
    assert all(entity.rule.startswith("marked+") for entity in marked.entities)


def test_a_link_that_is_less_sure_scores_less():
    sure = read("{Ratna Dewanti|PERSON} hadir. {Ratna Dewanti|PERSON} pulang.").entities[0]
    linked = read("{Ratna Dewanti|PERSON} hadir. {Ratna|PERSON} pulang.").entities[0]
    assert linked.score < sure.score


def test_same_input_same_output():
    text = "{Kim Jong Un|PERSON}, {Kim|PERSON}, {BPBD Blora|ORG}, {Blora|GPE}, {AS|GPE}, {Kejagung|ORG} hadir."
    assert read(text) == read(text)
