"""Who is meant by pronouns and nominal phrases, and what a person is, case by case."""

import pytest

from service.pipeline.annotations import Span
from service.pipeline.entities.coreference import resolve_reference
from service.pipeline.entities.titles import describe
from tests.pipeline.entities.marked import KNOWLEDGE, read
from tests.specs import load as load_spec

SPEC = load_spec("id", "references")


@pytest.mark.parametrize("case", SPEC["references"], ids=lambda case: case["id"])
def test_reference(case):
    marked = read(case["text"])
    entity = resolve_reference(marked.document, marked.entities, marked.asked, KNOWLEDGE)
    assert (entity.name if entity else None) == case["is"]


@pytest.mark.parametrize("case", SPEC["titles"], ids=lambda case: case["id"])
def test_title(case):
    marked = read(case["text"])
    persons = [name for name in marked.names if name.type == "PERSON"]
    name = persons[case.get("who", 0)]
    found = describe(marked.document, marked.entities, Span(name.start, name.end), KNOWLEDGE)
    assert (found.role, found.affiliation) == (case["role"], case["of"])
    if found.role:
        assert marked.document.text_of(found.span) == found.role
    if found.affiliation:
        assert found.affiliation_id in {entity.id for entity in marked.entities if entity.name == found.affiliation}


@pytest.mark.parametrize("case", SPEC["found"], ids=lambda case: case["id"])
def test_references_of_a_text(case):
    marked = read(case["text"])
    found = [(span, entity.name) for entity in marked.entities for span in entity.references]
    assert [[marked.document.text_of(span), name] for span, name in sorted(found)] == case["references"]


def test_a_span_without_tokens_means_nobody():
    marked = read("{Ratna Dewanti|PERSON} hadir.")
    assert resolve_reference(marked.document, marked.entities, Span(500, 510), KNOWLEDGE) is None
    assert resolve_reference(marked.document, marked.entities, Span(5, 5), KNOWLEDGE) is None
