"""The service with its real pipeline: the examples of the contract, odd texts, many requests at once."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.api import examples
from service.app import create_app
from service.settings import Settings
from tests.api.contract import ContractClient, read_contract

POSTS = {
    operation["operationId"]: path
    for path, methods in read_contract()["paths"].items()
    for method, operation in methods.items()
    if method == "post"
}


@pytest.fixture(scope="module")
def service() -> Flask:
    app = create_app(Settings(log_level="error"))
    app.test_client_class = ContractClient
    return app


def check_spans(answer: dict[str, Any], texts: dict[str, str]) -> int:
    def walk(node: Any, owner: str | None) -> int:
        if isinstance(node, list):
            return sum(walk(inner, owner) for inner in node)
        if not isinstance(node, dict):
            return 0
        owner = node.get("article_id", owner)
        found = 0
        if {"start", "end", "text"} <= node.keys():
            assert owner is not None
            assert node["start"] < node["end"]
            assert texts[owner][node["start"] : node["end"]] == node["text"]
            found = 1
        return found + sum(walk(inner, owner) for inner in node.values())

    documents = sum(walk(document, document["id"]) for document in answer["documents"])
    return documents + walk([answer["conflicts"], answer["agreements"]], None)


def test_the_example_is_analysed(service: Flask) -> None:
    request = examples.request("analyze_articles")
    answer = service.test_client().post("/v1/analyses", json=request).json
    assert [document["id"] for document in answer["documents"]] == [item["id"] for item in request["articles"]]
    assert all(document["language"] == "id" and "problem" not in document for document in answer["documents"])
    assert check_spans(answer, {item["id"]: item["text"] for item in request["articles"]}) > 20
    (damage,) = (conflict for conflict in answer["conflicts"] if conflict["type"] == "quantity")
    assert [position["value"].split()[0] for position in damage["positions"]] == ["12", "17"]


def test_operations_agree_on_what_they_share(service: Flask) -> None:
    request = examples.request("analyze_articles")
    ask = {name: service.test_client().post(path, json=request).json for name, path in POSTS.items()}
    everything = ask["analyzeArticles"]
    assert ask["findClaims"]["documents"] == everything["documents"]
    for entities, claims in zip(ask["findEntities"]["documents"], everything["documents"], strict=True):
        assert entities.items() <= claims.items()
    assert ask["findConflicts"]["conflicts"] == everything["conflicts"]
    assert ask["findConflicts"]["agreements"] == everything["agreements"]


def test_the_same_request_gets_the_same_bytes_from_many_threads_at_once(service: Flask) -> None:
    articles = examples.request("analyze_articles")["articles"]
    bodies = [
        {"articles": [{**item, "text": f"{item['text']}\n\nLaporan ke-{number}."} for item in articles]}
        for number in range(4)
    ]

    def ask(body: dict[str, Any]) -> bytes:
        return service.test_client().post("/v1/analyses", json=body).data

    alone = [ask(body) for body in bodies]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(ask, bodies * 4))
    assert together == alone * 4


def test_explanations_speak_the_language_that_is_asked_for(service: Flask) -> None:
    request = examples.request("find_conflicts")
    spoken = {
        language: service.test_client().post("/v1/conflicts", json=request, headers={"Accept-Language": language}).json
        for language in ("id", "en")
    }
    indonesian, english = (spoken[language]["conflicts"] for language in ("id", "en"))
    assert [conflict["id"] for conflict in indonesian] == [conflict["id"] for conflict in english]
    for one, other in zip(indonesian, english, strict=True):
        for member in ("topic", "explanation", "question"):
            assert one[member]
            assert one[member] != other[member]


ODD = [
    "a" * 100_000,
    " " * 100_000,
    "1" * 50_000,
    "1." * 50_000,
    '"' * 50_000,
    "(" * 50_000,
    "\n" * 50_000,
    "- " * 50_000,
    "e\u0301" * 50_000,
    "\u202e\u202d" * 20_000,
    "🗞️" * 30_000,
    "A" + "\u0300" * 50_000,
    "katanya " * 12_500,
    "Rp 1 triliun " * 400,
    "Presiden Joko Widodo " * 400,
    "\ud7ff\ue000\ufffd\uffff\U0010ffff\u0001\u001f\u007f\u0085" * 100,
    "Kata Budi\r\n\r\nIa pergi.\rBesok.\u2028Lusa.\u2029",
]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_texts_are_analysed_or_carry_a_problem(service: Flask, text: str) -> None:
    body = json.dumps({"articles": [{"id": "a", "text": text, "language": "id"}]})
    began = time.process_time()
    response = service.test_client().post("/v1/analyses", data=body, content_type="application/json")
    assert time.process_time() - began < 30
    assert response.status_code == 200
    check_spans(response.json, {"a": text})


WORDS = """Rabu (3/9/2025) pekan lalu 12 rumah Rp 1,5 juta sekitar 17.30 WIB kata menurut ujarnya bahwa tidak membantah
ia Budi Kota Bogor BNPB " “ ” ’ , . : – ( )"""


@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    texts=st.lists(
        st.lists(st.sampled_from([*WORDS.split(), "\n\n"]), min_size=1, max_size=60).map(" ".join),
        min_size=1,
        max_size=3,
    )
)
def test_words_in_any_order_are_analysed(service: Flask, texts: list[str]) -> None:
    named = {str(number): text for number, text in enumerate(texts)}
    articles = [
        {"id": name, "text": text, "language": "id", "published_at": "2025-09-04T08:00:00+07:00"}
        for name, text in named.items()
    ]
    response = service.test_client().post("/v1/analyses", json={"articles": articles})
    assert response.status_code == 200
    check_spans(response.json, named)


def test_the_codec_of_host_names_is_loaded_before_threads_can_race_for_it():
    program = "from service.app import create_app; create_app(); import sys; assert 'encodings.idna' in sys.modules"
    subprocess.run([sys.executable, "-c", program], check=True, cwd=Path(__file__).parents[2], timeout=60)
