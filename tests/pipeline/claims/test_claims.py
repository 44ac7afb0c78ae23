from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from service.languages.loader import LanguageDataError
from service.pipeline import attribution, claims, document, values
from service.pipeline.annotations import Article, Claim, Entity, Span, Value
from service.pipeline.claims import factuality
from tests.pipeline.attribution import specs

SPEC = yaml.safe_load((Path(__file__).parents[2] / "specs" / "id" / "claims.yaml").read_text(encoding="utf-8"))
KNOWLEDGE = claims.load("id")


def find(text: str, names: Mapping[str, Sequence[str]] | None = None) -> tuple[Claim, ...]:
    read = document.read(
        Article("a", text, language="id", published_at=datetime(2025, 5, 7, tzinfo=UTC)), document.load("id")
    )
    entities = specs.entities(text, names or {})
    statements = attribution.find_attributions(read, entities, attribution.load("id"))
    stated = values.find_values(read, values.load("id"))
    return claims.find_claims(read, entities, stated, statements, KNOWLEDGE)


@pytest.mark.parametrize("row", SPEC["polarity"] + SPEC["certainty"], ids=lambda row: row["text"])
def test_polarity_and_certainty(row: Mapping[str, Any]) -> None:
    found = find(row["text"], row.get("names"))
    spans = [row["text"][claim.span.start : claim.span.end] for claim in found]
    assert spans == [row.get("span", row["text"].rstrip("."))]
    assert found[0].polarity == row.get("polarity", found[0].polarity)
    assert found[0].certainty == row.get("certainty", found[0].certainty)


@pytest.mark.parametrize("row", SPEC["detection"], ids=lambda row: row["text"])
def test_detection(row: Mapping[str, Any]) -> None:
    found = find(row["text"], row.get("names"))
    assert [row["text"][claim.span.start : claim.span.end] for claim in found] == row["claims"]


@pytest.mark.parametrize(("more", "less"), SPEC["worthiness"])
def test_check_worthiness_ranks(more: str, less: str) -> None:
    assert find(more)[0].check_worthiness > find(less)[0].check_worthiness


def test_headlines_and_boilerplate_claim_nothing() -> None:
    body = "Dua rumah di Desa Mekar roboh pada Senin malam."
    text = f"Dua Rumah Roboh Diterjang Banjir\n\n{body}\n\nBaca juga: Cara Melapor Banjir"
    found = find(text)
    assert [text[c.span.start : c.span.end] for c in found] == [body.rstrip(".")]


def test_claims_hold_the_entities_and_values_in_their_span() -> None:
    text = "Menurut Wiryo, dua kapal karam di Bali. Sumiati mengungsi."
    read = specs.read(text)
    entities = specs.entities(text, {"PERSON": ["Wiryo", "Sumiati"], "GPE": ["Bali"]})
    by_name = {entity.name: entity.id for entity in entities}
    value = Value("v1", "quantity", Span(15, 24), low=2, high=2)
    statements = attribution.find_attributions(read, entities, attribution.load("id"))
    found = claims.find_claims(read, entities, (value,), statements, KNOWLEDGE)
    assert found[0].entities == (by_name["Bali"],)
    assert found[0].values == ("v1",)
    assert [claim.id for claim in found] == [f"c{n}" for n in range(1, len(found) + 1)]


def test_the_self_contained_text_resolves_names_references_and_days() -> None:
    text = "Ia menemui Kim pada Rabu di sana."
    read = specs.read(text)
    entities = (
        Entity("e1", "PERSON", "Vladimir Putin", (), (Span(0, 2),)),
        Entity("e2", "PERSON", "Kim Jong Un", (Span(11, 14),)),
    )
    value = Value("v1", "date", Span(20, 24), from_="2025-09-03", to="2025-09-03")
    found = claims.find_claims(read, entities, (value,), (), KNOWLEDGE)
    assert found[0].text == "Vladimir Putin menemui Kim Jong Un pada Rabu [3 September 2025] di sana"


def test_the_self_contained_text_is_left_out_where_nothing_needs_resolving() -> None:
    assert find("Jembatan itu ambruk pada malam hari.")[0].text is None


def test_negation_reaches_no_further_than_its_relative_clause() -> None:
    assert factuality.polarity(["kapal", "yang", "tidak", "berizin", "itu", "karam"], KNOWLEDGE) == "affirmed"
    assert factuality.polarity(["kapal", "itu", "tidak", "karam"], KNOWLEDGE) == "negated"
    assert factuality.polarity(["kapal", "itu", "karam"], KNOWLEDGE, "deny") == "denied"


def test_unknown_languages_are_refused() -> None:
    with pytest.raises(LanguageDataError):
        claims.load("xx")
