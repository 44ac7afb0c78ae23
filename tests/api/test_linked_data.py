"""Answers as JSON-LD: read by rdflib as a graph, without a network, and held against the JSON of the same request."""

from __future__ import annotations

import base64
import hashlib
import json
import socket

import pytest
from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import RDF

from service.api import linked_data
from service.pipeline.annotations import Article
from tests.api.test_ninjs import TEXT as ITEM_TEXT
from tests.api.test_ninjs import item

LINKED = "application/ld+json"
SCHEMA = Namespace("https://schema.org/")
OA = Namespace("http://www.w3.org/ns/oa#")
TEXT = "Warga Genuk mengungsi 🌋. Ada 12 rumah rusak."
ARTICLES = [
    {
        "id": "nusa 1/ä",
        "text": TEXT,
        "title": "Banjir",
        "source": {"name": "Harian Nusa"},
        "url": "https://nusa.example/berita?a=1&b=[2]",
        "published_at": "2026-01-06T08:00:00+07:00",
    },
    {"id": "mandala", "text": "Di Genuk ada 40 rumah rusak, kata Lurah."},
]
PROVENANCE = {"service": "0", "rules": "0", "models": {}, "input_digest": "sha-256:" + "0" * 64}
PATHS = ["/v1/entities", "/v1/claims", "/v1/conflicts", "/v1/analyses"]


@pytest.fixture
def client(app):
    return app.test_client()


def ask(client, path, articles=ARTICLES, accept=LINKED):
    answer = client.post(path, json={"articles": articles}, headers={"Accept": accept})
    assert answer.status_code == 200, answer.json
    return answer


def parse(answer) -> Graph:
    return Graph().parse(data=answer.get_data(as_text=True), format="json-ld")


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_a_graph_that_needs_no_network(client, path, monkeypatch):
    def refuse(*arguments, **options):
        raise AssertionError("the network was asked for")

    answer = ask(client, path)
    monkeypatch.setattr(socket, "create_connection", refuse)
    graph = parse(answer)
    names = {str(name) for name in graph.objects(None, SCHEMA.identifier)}
    assert {article["id"] for article in ARTICLES} <= names
    assert (None, RDF.type, SCHEMA.ClaimReview) not in graph
    # a name that the context does not know would be dropped from the graph, and nobody would miss it
    assert not {key for key in keys_of(answer.json["@graph"]) if key.startswith("schema:")} - {"schema:value"}
    assert keys_of(answer.json["@graph"]) - {"schema:value"} <= set(answer.json["@context"])


def keys_of(value) -> set[str]:
    if isinstance(value, list):
        return set().union(*map(keys_of, value)) if value else set()
    return set(value) | keys_of(list(value.values())) if isinstance(value, dict) else set()


def test_types_and_motivations_are_of_the_vocabularies(client):
    graph = parse(ask(client, "/v1/analyses"))
    types = {str(kind) for kind in graph.objects(None, RDF.type)}
    assert all(kind.startswith((str(SCHEMA), str(OA))) for kind in types)
    assert {str(SCHEMA.Claim), str(SCHEMA.NewsArticle), str(OA.Annotation), str(OA.SpecificResource)} <= types
    assert set(graph.objects(None, OA.motivatedBy)) == {OA.identifying, OA.questioning, OA.linking}


def test_every_claim_is_tied_to_its_words_by_both_selectors(client):
    plain = ask(client, "/v1/claims", accept="application/json").json
    graph = parse(ask(client, "/v1/claims"))
    spans = {
        (document["id"], claim["span"]["start"], claim["span"]["end"], claim["span"]["text"])
        for document in plain["documents"]
        for claim in document["claims"]
    }
    assert spans
    texts = {article["id"]: article["text"] for article in ARTICLES}
    numbers = set(graph.subjects(RDF.type, SCHEMA.QuantitativeValue))
    found = set()
    for annotation in graph.subjects(OA.motivatedBy, OA.identifying):
        bodies = set(graph.objects(annotation, OA.hasBody))
        claim = next((body for body in bodies if (body, RDF.type, SCHEMA.Claim) in graph), None)
        if claim is None:
            assert bodies & numbers
            continue
        target = graph.value(annotation, OA.hasTarget)
        article = graph.value(target, OA.hasSource)
        assert graph.value(claim, SCHEMA.appearance) == article
        name = str(graph.value(article, SCHEMA.identifier))
        one, two = sorted(graph.objects(target, OA.hasSelector), key=lambda node: graph.value(node, RDF.type))
        assert graph.value(one, RDF.type) == OA.TextPositionSelector
        start, end = int(graph.value(one, OA.start)), int(graph.value(one, OA.end))
        exact, before, after = (str(graph.value(two, OA[part])) for part in ("exact", "prefix", "suffix"))
        assert texts[name][start:end] == exact
        assert texts[name][max(0, start - 32) : end + 32] == before + exact + after
        found.add((name, start, end, exact))
    assert found == spans


def test_numbers_are_mentioned_by_their_claims_with_their_bounds_and_words(client):
    plain = ask(client, "/v1/claims", accept="application/json").json
    graph = parse(ask(client, "/v1/claims"))
    expected = {
        (document["id"], text, value["low"], value["unit"], value["base"]["low"], value["span"]["text"])
        for document in plain["documents"]
        for claim in document["claims"]
        for text in [claim.get("resolved_text", claim["span"]["text"])]
        for value in document["values"]
        if value["id"] in claim["values"]
    }
    assert expected
    found = set()
    for claim in graph.subjects(RDF.type, SCHEMA.Claim):
        article = graph.value(claim, SCHEMA.appearance)
        for value in graph.objects(claim, SCHEMA.mentions):
            if (value, RDF.type, SCHEMA.QuantitativeValue) not in graph:
                continue
            assert (article, SCHEMA.mentions, value) in graph
            assert graph.value(value, SCHEMA.maxValue) is None
            base = graph.value(value, SCHEMA.valueReference)
            [annotation] = graph.subjects(OA.hasBody, value)
            quotes = graph.objects(graph.value(annotation, OA.hasTarget), OA.hasSelector)
            [words] = [str(quote) for selector in quotes for quote in graph.objects(selector, OA.exact)]
            low, base_low = (float(graph.value(node, SCHEMA.minValue)) for node in (value, base))
            unit, name = (str(graph.value(value, told)) for told in (SCHEMA.unitText, SCHEMA.name))
            assert name == words
            text, identifier = graph.value(claim, SCHEMA.text), graph.value(article, SCHEMA.identifier)
            found.add((str(identifier), str(text), low, unit, base_low, words))
    assert found == expected


TIME = {"id": "v0", "kind": "date", "span": {"start": 0, "end": 5, "text": "Senin"}, "approximate": False, "rule": "r"}


@pytest.mark.parametrize(
    ("bounds", "told"),
    [({"from": "2026-01-05", "to": "2026-01-06"}, {"schema:value": "2026-01-05/2026-01-06"}), ({}, {})],
)
def test_a_time_is_an_interval_where_it_has_bounds(bounds, told):
    value = {"documents": [{"id": "a", "values": [{**TIME, **bounds}]}], "provenance": PROVENANCE}
    graph = linked_data.describe(value, b"", [Article("a", "Senin pagi.")], "id")["@graph"]
    [article] = [node for node in graph if node["type"] == "NewsArticle"]
    expected = {"id": "answer:a1.v0", "name": "Senin", "type": "PropertyValue", "propertyID": "date", **told}
    assert article["mentions"] == [expected]


def test_conflicts_question_the_claims_of_their_positions(client):
    plain = ask(client, "/v1/conflicts", accept="application/json").json
    graph = parse(ask(client, "/v1/conflicts"))
    [question] = graph.subjects(OA.motivatedBy, OA.questioning)
    values = {str(graph.value(claim, SCHEMA.text)) for claim in graph.objects(question, OA.hasTarget)}
    assert values == {position["value"] for position in plain["conflicts"][0]["positions"]}
    told = {str(graph.value(body, RDF.value)) for body in graph.objects(question, OA.hasBody)}
    assert plain["conflicts"][0]["question"] in told


def test_a_document_is_named_by_the_digest_of_the_json_answer(client):
    plain = ask(client, "/v1/claims", accept="application/json").data
    digest = base64.urlsafe_b64encode(hashlib.sha256(plain).digest()).decode().rstrip("=")
    graph = parse(ask(client, "/v1/claims"))
    assert (URIRef(f"ni:///sha-256;{digest}"), RDF.type, SCHEMA.Dataset) in graph
    claims = list(graph.subjects(RDF.type, SCHEMA.Claim))
    assert claims
    assert all(str(claim).startswith(f"ni:///sha-256;{digest}#a") for claim in claims)


@pytest.mark.parametrize("path", ["/v1/claims", "/v1/conflicts"])
def test_the_text_of_a_ninjs_item_is_in_the_graph(client, path):
    graph = parse(ask(client, path, [item(), ARTICLES[1]]))
    assert [str(text) for text in graph.objects(None, SCHEMA.articleBody)] == [ITEM_TEXT]


ACCEPTED = [
    (None, "application/json"),
    ("*/*", "application/json"),
    ("application/*", "application/json"),
    ("application/json, application/ld+json", "application/json"),
    (LINKED, LINKED),
    ("APPLICATION/LD+JSON", LINKED),
    ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', LINKED),
    ("application/json;q=0.5, application/ld+json", LINKED),
    ("application/ld+json;q=0.5, application/json;q=0.4", LINKED),
    ("application/ld+json;q=0.5, */*;q=0.8", "application/json"),
    ("application/json;q=0, */*", LINKED),
    ("text/html, application/ld+json;q=0.1", LINKED),
]


@pytest.mark.parametrize(("accept", "media_type"), ACCEPTED)
def test_the_client_says_which_form_it_prefers(client, accept, media_type):
    headers = {"Accept": accept} if accept else {}
    answer = client.post("/v1/conflicts", json={"articles": ARTICLES}, headers=headers)
    assert (answer.status_code, answer.mimetype) == (200, media_type)
    assert answer.headers["Vary"] == "Accept, Accept-Language"
    assert client.post("/v1/claims", json={"articles": ARTICLES}).headers["Vary"] == "Accept"


@pytest.mark.parametrize(
    "accept", ["text/csv", "application/ld+json;q=0", "application/xml, text/*", "application/rdf+xml"]
)
def test_nothing_acceptable_is_a_problem_that_says_what_there_is(client, accept):
    answer = client.post("/v1/claims", json={"articles": ARTICLES}, headers={"Accept": accept})
    assert (answer.status_code, answer.mimetype) == (406, "application/problem+json")
    assert "application/json or application/ld+json" in answer.json["detail"]


def test_refusals_are_problems_whatever_is_accepted(client):
    answer = client.post("/v1/claims", json={}, headers={"Accept": LINKED})
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")


def test_the_same_request_gets_the_same_bytes(client):
    one, two = (ask(client, "/v1/analyses").data for _ in range(2))
    assert one == two
    assert json.loads(one)["@context"]["answer"]["@id"].startswith("ni:///sha-256;")
