"""Answers as JSON-LD 1.1: schema.org's Claim, and W3C Web Annotation for the words that stand for it.

A claim is a `Claim` (never a `ClaimReview`: nothing is rated); an annotation ties it to its words in the article by a
TextQuoteSelector and a TextPositionSelector, whose positions count code points as all offsets here do. The context is
in the document, so that nothing has to be fetched to read it. What neither vocabulary has a word for is a
PropertyValue of the annotation; predicates, arguments and near misses are in the JSON alone.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from service.pipeline.annotations import Article

MEDIA_TYPE = "application/ld+json"
Message = Mapping[str, Any]
Node = dict[str, Any]
_SURROUNDINGS = 32
_TIMES = frozenset({"date", "time"})
_OF_VALUES = ("kind", "approximate", "grain", "rule")
_TYPES = {
    "PERSON": "Person", "ORG": "Organization", "GPE": "AdministrativeArea", "LOC": "Place", "FAC": "Place",
    "EVENT": "Event", "LAW": "Legislation", "PRODUCT": "Product",
}  # fmt: skip
_OF_SCHEMA_ORG = (
    "AdministrativeArea", "Claim", "Dataset", "Event", "Legislation", "NewsArticle", "Organization", "Person", "Place",
    "Product", "PropertyValue", "QuantitativeValue", "SoftwareApplication", "Thing", "affiliation", "articleBody",
    "author", "creator", "description", "headline", "identifier", "inLanguage", "jobTitle", "maxValue", "mentions",
    "minValue", "name", "propertyID", "publisher", "softwareVersion", "text", "unitText", "valueReference",
)  # fmt: skip
_OF_WEB_ANNOTATION = (
    "Annotation", "SpecificResource", "TextPositionSelector", "TextQuoteSelector", "TextualBody", "classifying",
    "describing", "exact", "identifying", "linking", "prefix", "questioning", "suffix",
)  # fmt: skip
_CONTEXT: Node = {
    "@version": 1.1,
    "schema": "https://schema.org/",
    "oa": "http://www.w3.org/ns/oa#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "id": "@id",
    "type": "@type",
    **{name: f"schema:{name}" for name in _OF_SCHEMA_ORG},
    **{name: f"oa:{name}" for name in _OF_WEB_ANNOTATION},
    "appearance": {"@id": "schema:appearance", "@type": "@id"},
    "isBasedOn": {"@id": "schema:isBasedOn", "@type": "@id"},
    "url": {"@id": "schema:url", "@type": "@id"},
    "datePublished": {"@id": "schema:datePublished", "@type": "xsd:dateTime"},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": "oa:hasSelector",
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "value": "rdf:value",
    "language": "dc:language",
}


def describe(answer: Message, encoded: bytes, articles: Sequence[Article], language: str) -> Node:
    """The ``answer`` to a request with ``articles`` as one JSON-LD document, its own words in ``language``.

    ``encoded`` is the answer as JSON: its digest (RFC 6920) names the document, and all that is in it.
    """
    name = f"ni:///sha-256;{_digest(hashlib.sha256(encoded).digest())}"
    graph = _Graph({article.id: (f"a{number}", article) for number, article in enumerate(articles, 1)}, language)
    context = {**_CONTEXT, "answer": {"@id": f"{name}#", "@prefix": True}}
    return {"@context": context, "@graph": [_describe_answer(answer, name), *graph.describe(answer)]}


def _describe_answer(answer: Message, name: str) -> Node:
    provenance = answer["provenance"]
    digest = bytes.fromhex(provenance["input_digest"].partition(":")[2])
    version = f"{provenance['service']}, rules {provenance['rules']}"
    return {
        "id": name,
        "type": "Dataset",
        "isBasedOn": f"ni:///sha-256;{_digest(digest)}",
        "creator": {"type": "SoftwareApplication", "name": "Kroscek", "softwareVersion": version},
    }


def _digest(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


class _Graph:
    """The nodes of one answer. ``articles`` are those of the request by their ids, each with its name in the graph."""

    def __init__(self, articles: Mapping[str, tuple[str, Article]], language: str) -> None:
        self._articles = articles
        self._language = language

    def describe(self, answer: Message) -> Iterator[Node]:
        documents = {document["id"]: document for document in answer.get("documents", ())}
        texts = {text["article_id"]: text["text"] for text in answer.get("texts", ())}
        for article_id in self._articles:
            yield from self._describe_article(article_id, documents.get(article_id, {}), texts.get(article_id))
        for conflict in answer.get("conflicts", ()):
            yield from self._describe_conflict(conflict)
        for agreement in answer.get("agreements", ()):
            yield from self._describe_agreement(agreement)

    def _describe_article(self, article_id: str, document: Message, text: str | None) -> Iterator[Node]:
        name, article = self._articles[article_id]
        values = document.get("values", ())
        named = [_describe_entity(name, entity) for entity in document.get("entities", ())]
        yield _present(
            id=_iri(name),
            type="NewsArticle",
            identifier=article_id,
            headline=article.title,
            url=article.url and quote(article.url, safe="%/:=&?~#+!$,;'@()*[]"),
            datePublished=article.published_at and article.published_at.isoformat(),
            publisher={"type": "Organization", "name": article.source} if article.source else None,
            inLanguage=document.get("language"),
            articleBody=document.get("text", text),
            mentions=[*named, *(_describe_value(name, value) for value in values)] or None,
        )
        for value in values:
            yield {
                "type": "Annotation",
                "motivation": "identifying",
                "body": [{"id": _iri(name, value["id"])}, *_describe_properties(value, _OF_VALUES)],
                "target": self._describe_words(article_id, value["span"]),
            }
        for claim in document.get("claims", ()):
            yield from self._describe_claim(article_id, claim)

    def _describe_claim(self, article_id: str, claim: Message) -> Iterator[Node]:
        name, _ = self._articles[article_id]
        attribution = claim.get("attribution") or {}
        speaker = attribution.get("speaker")
        yield _present(
            id=_iri(name, claim["id"]),
            type="Claim",
            text=claim.get("resolved_text", claim["span"]["text"]),
            appearance=_iri(name),
            author=_describe_speaker(name, speaker) if speaker else None,
            publisher=[_describe_speaker(name, source) for source in attribution.get("via", ())] or None,
            mentions=[{"id": _iri(name, found)} for found in (*claim["entities"], *claim["values"])] or None,
        )
        told = ("form", "polarity", "certainty", "check_worthiness", "score", "rule")
        yield {
            "type": "Annotation",
            "motivation": "identifying",
            "body": [{"id": _iri(name, claim["id"])}, *_describe_properties(claim, told)],
            "target": self._describe_words(article_id, claim["span"]),
        }

    def _describe_conflict(self, conflict: Message) -> Iterator[Node]:
        positions = [f"{conflict['id']}.p{number}" for number, _ in enumerate(conflict["positions"], 1)]
        told = ("type", "status", "severity", "score", "rule")
        yield {
            "id": _iri("conflict", conflict["id"]),
            "type": "Annotation",
            "motivation": "questioning",
            "body": [
                self._describe_text(conflict["topic"], "classifying"),
                self._describe_text(conflict["explanation"], "describing"),
                self._describe_text(conflict["question"], "questioning"),
                *_describe_properties(conflict, told),
            ],
            "target": [{"id": _iri("conflict", position)} for position in positions],
        }
        for name, position in zip(positions, conflict["positions"], strict=True):
            yield from self._describe_position(_iri("conflict", name), conflict["topic"], position)

    def _describe_agreement(self, agreement: Message) -> Iterator[Node]:
        position = f"{agreement['id']}.p1"
        yield {
            "id": _iri("agreement", agreement["id"]),
            "type": "Annotation",
            "motivation": "linking",
            "body": [
                self._describe_text(agreement["topic"], "classifying"),
                *_describe_properties(agreement, ("independent_sources", "origins")),
            ],
            "target": [{"id": _iri("agreement", position)}],
        }
        yield from self._describe_position(_iri("agreement", position), agreement["topic"], agreement)

    def _describe_position(self, name: str, topic: str, position: Message) -> Iterator[Node]:
        evidence = position["evidence"]
        articles = dict.fromkeys(self._articles[item["article_id"]][0] for item in evidence)
        yield {
            "id": name,
            "type": "Claim",
            "name": topic,
            "text": position["value"],
            "appearance": [_iri(article) for article in articles],
        }
        for item in evidence:
            claim = item.get("claim_id")
            speaker = {"speaker": (item.get("speaker") or {}).get("name"), "as_of": item.get("as_of")}
            bodies = [{"id": name}, *([{"id": _iri(self._articles[item["article_id"]][0], claim)}] if claim else [])]
            yield {
                "type": "Annotation",
                "motivation": "identifying",
                "body": [*bodies, *_describe_properties(speaker, speaker)],
                "target": self._describe_words(item["article_id"], item["span"]),
            }

    def _describe_words(self, article_id: str, span: Message) -> Node:
        name, article = self._articles[article_id]
        start, end = span["start"], span["end"]
        exact = {
            "type": "TextQuoteSelector",
            "exact": span["text"],
            "prefix": article.text[max(0, start - _SURROUNDINGS) : start],
            "suffix": article.text[end : end + _SURROUNDINGS],
        }
        position = {"type": "TextPositionSelector", "start": start, "end": end}
        return {"type": "SpecificResource", "source": _iri(name), "selector": [exact, position]}

    def _describe_text(self, text: str, purpose: str) -> Node:
        return {"type": "TextualBody", "value": text, "purpose": purpose, "language": self._language}


def _describe_entity(article: str, entity: Message) -> Node:
    # a people, a faith or a party's followers are none of schema.org's kinds of things
    return {
        "id": _iri(article, entity["id"]),
        "type": _TYPES.get(entity["type"], "Thing"),
        "name": entity["name"],
        **({"identifier": list(entity["identifiers"].values())} if entity.get("identifiers") else {}),
    }


def _describe_value(article: str, value: Message) -> Node:
    """A number with its bounds, as stated and in the unit that compares; a time as an interval of ISO 8601."""
    named = {"id": _iri(article, value["id"]), "name": value["span"]["text"]}
    if value["kind"] in _TIMES:
        bounds = f"{value['from']}/{value['to']}" if "from" in value and "to" in value else None
        told = {"schema:value": bounds} if bounds else {}
        return {**named, "type": "PropertyValue", "propertyID": value["kind"], **told}
    base = value.get("base")
    return {**named, **_describe_bounds(value), **({"valueReference": _describe_bounds(base)} if base else {})}


def _describe_bounds(number: Message) -> Node:
    return _present(
        type="QuantitativeValue",
        minValue=number.get("low"),
        maxValue=number.get("high"),
        unitText=number.get("unit"),
    )


def _describe_speaker(article: str, speaker: Message) -> Node:
    entity, affiliation = speaker.get("entity_id"), speaker.get("affiliation")
    return _present(
        id=_iri(article, entity) if entity else None,
        type=None if entity else "Thing",
        name=speaker.get("name"),
        # a source without a name is told by the words that stand for it
        description=None if speaker.get("name") else (speaker.get("span") or {}).get("text"),
        jobTitle=speaker.get("role"),
        affiliation={"type": "Organization", "name": affiliation} if affiliation else None,
    )


def _describe_properties(message: Message, names: Iterable[str]) -> list[Node]:
    told = ((name, message.get(name)) for name in names)
    return [
        {"type": "PropertyValue", "propertyID": name, "schema:value": value}
        for name, value in told
        if value is not None
    ]


def _iri(*steps: str) -> str:
    return "answer:" + ".".join(quote(step, safe="") for step in steps)


def _present(**members: Any) -> Node:
    return {name: member for name, member in members.items() if member is not None}
