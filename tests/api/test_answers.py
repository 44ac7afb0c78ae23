"""What the answers hold, and that they are the same for the same request."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from tests.api.articles import TEXT, article, articles
from tests.api.pipelines import EXPLANATIONS, WordPipeline

POSTS = ("/v1/entities", "/v1/claims", "/v1/conflicts", "/v1/analyses")
ODD_TEXTS = [
    "Ébène 12 e\u0301 Genuk",
    "🗞️ 12 Genuk\r\n\r\nBaru 𝔸",
    "\u202eGenuk 12\u202c",
    "Genuk\t12\u2028Baru\u00a0ini",
]


def spans(node: Any, owner: str | None = None) -> Iterator[tuple[str | None, dict[str, Any]]]:
    if isinstance(node, dict):
        owner = node.get("article_id", owner)
        if {"start", "end", "text"} <= node.keys():
            yield owner, node
        for inner in node.values():
            yield from spans(inner, owner)
    elif isinstance(node, list):
        for inner in node:
            yield from spans(inner, owner)


@pytest.mark.parametrize("text", [TEXT, *ODD_TEXTS])
def test_spans_are_the_words_of_the_text_as_received(app: Flask, text: str) -> None:
    body = {"articles": [{"id": "a", "text": text}, {"id": "b", "text": f"{text} {text}"}]}
    texts = {item["id"]: item["text"] for item in body["articles"]}
    answer = app.test_client().post("/v1/analyses", json={**body, "include": ["near_misses"]}).json
    found = [pair for document in answer["documents"] for pair in spans(document, document["id"])]
    found += list(spans([answer["conflicts"], answer["agreements"], answer["near_misses"]]))
    assert len(found) > 10
    for name, span in found:
        assert name is not None
        assert texts[name][span["start"] : span["end"]] == span["text"]


@pytest.mark.parametrize("path", POSTS)
def test_the_same_request_gets_the_same_bytes(app: Flask, make_app: Any, path: str) -> None:
    first, second = (app.test_client().post(path, json=articles()).data for _ in range(2))
    assert first == second == make_app().test_client().post(path, json=articles()).data


@pytest.mark.parametrize("path", POSTS)
def test_provenance_names_the_input_and_the_versions(app: Flask, path: str) -> None:
    body = json.dumps(articles()).encode()
    provenance = app.test_client().post(path, data=body, content_type="application/json").json["provenance"]
    assert provenance["input_digest"] == f"sha-256:{hashlib.sha256(body).hexdigest()}"
    assert provenance["service"]
    assert len(provenance["rules"]) == 16


def test_an_article_that_cannot_be_analysed_does_not_spoil_the_others(app: Flask) -> None:
    body = {"articles": [article("a"), {"id": "b", "text": "… 12 …"}, article("c")]}
    documents = app.test_client().post("/v1/claims", json=body).json["documents"]
    assert [document["id"] for document in documents] == ["a", "b", "c"]
    assert ["problem" in document for document in documents] == [False, True, False]
    assert documents[1]["analyzed"] == []
    assert documents[0]["claims"]
    problems = app.test_client().post("/v1/conflicts", json=body).json["problems"]
    assert [problem["article_id"] for problem in problems] == ["b"]


def test_documents_say_what_was_analysed_and_what_was_boilerplate(app: Flask) -> None:
    (document,) = app.test_client().post("/v1/entities", json=articles("a")).json["documents"]
    (promotion,) = document["boilerplate"]
    assert TEXT[promotion["start"] : promotion["end"]] == "Baca juga: Cuaca hari ini"
    assert document["analyzed"][0]["start"] == 0


def test_near_misses_are_answered_only_where_asked_for(app: Flask) -> None:
    client = app.test_client()
    for path in ("/v1/conflicts", "/v1/analyses"):
        for include, expected in ((["near_misses"], True), ([], False), (None, False)):
            answer = client.post(path, json={**articles(), "include": include}).json
            assert ("near_misses" in answer) is expected


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        (None, "id"),
        ("", "id"),
        ("*", "id"),
        (";;;", "id"),
        ("fr", "id"),
        ("id-ID", "id"),
        ("id, en;q=0.5", "id"),
        ("en;q=0", "id"),
        ("en", "en"),
        ("EN", "en"),
        ("en-GB, id;q=0.2", "en"),
    ],
)
def test_explanations_are_in_the_language_that_the_client_prefers(
    app: Flask, accepted: str | None, language: str
) -> None:
    headers = {} if accepted is None else {"Accept-Language": accepted}
    for path in ("/v1/conflicts", "/v1/analyses"):
        response = app.test_client().post(path, json=articles(), headers=headers)
        assert response.json["conflicts"][0]["explanation"] == EXPLANATIONS[language]
        assert response.headers["Content-Language"] == language
        assert response.headers["Vary"] == "Accept, Accept-Language"


def test_entities_do_not_cost_what_claims_cost(make_app: Any) -> None:
    pipeline = WordPipeline()
    client = make_app(pipeline).test_client()
    for path in POSTS:
        client.post(path, json=articles())
    assert pipeline.depths == ["entities", "claims", "claims", "claims"]
    assert pipeline.languages == ["id", "id"]


def test_members_that_are_absent_are_left_out_or_null_as_the_contract_says(app: Flask) -> None:
    (document,) = app.test_client().post("/v1/claims", json=articles("a")).json["documents"]
    assert "high" not in document["values"][0]
    narrated, indirect = document["claims"][:2]
    assert "attribution" not in narrated
    assert indirect["attribution"]["speaker"]["name"] == "Endro Wasito"
