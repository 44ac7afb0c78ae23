"""What HTTP asks for: methods, media types, negotiation, request ids, one shape of errors."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask

from tests.api.articles import articles

POSTS = ("/v1/entities", "/v1/claims", "/v1/conflicts", "/v1/analyses")
GETS = ("/", "/docs", "/livez", "/readyz", "/openapi.json", "/openapi.yaml")


@pytest.mark.parametrize("path", GETS)
def test_gets_answer(app: Flask, path: str) -> None:
    assert app.test_client().get(path).status_code == 200
    assert app.test_client().head(path).status_code == 200


@pytest.mark.parametrize("path", POSTS)
def test_posts_answer(app: Flask, path: str) -> None:
    response = app.test_client().post(path, json=articles())
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"


OTHERS = ("PUT", "PATCH", "DELETE", "TRACE", "QUERY")


@pytest.mark.parametrize(
    ("path", "method", "allowed"),
    [(path, method, "POST") for path in POSTS for method in ("GET", *OTHERS)]
    + [(path, method, "GET") for path in GETS for method in ("POST", *OTHERS)],
)
def test_other_methods_are_refused_with_those_that_are_allowed(
    app: Flask, path: str, method: str, allowed: str
) -> None:
    response = app.test_client().open(path, method=method)
    assert response.status_code == 405
    assert allowed in response.headers["Allow"].split(", ")


@pytest.mark.parametrize(
    "path", ["/v1", "/v1/", "/v1/entities/", "//v1/entities", "/v1/Entities", "/favicon.ico", "/%00"]
)
def test_other_paths_are_not_found(app: Flask, path: str) -> None:
    assert app.test_client().get(path).status_code == 404
    assert app.test_client().post(path, json=articles()).status_code == 404


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/xml", "application/x-www-form-urlencoded", "application/problem+json", "json", "",
     "application/json; charset=latin-1", "application/jsonp"],
)  # fmt: skip
@pytest.mark.parametrize("path", POSTS)
def test_other_media_types_are_refused(app: Flask, path: str, content_type: str) -> None:
    response = app.test_client().post(path, data=json.dumps(articles()), content_type=content_type)
    assert response.status_code == 415
    assert response.headers["Accept"] == "application/json"


def test_a_charset_of_utf_8_and_no_content_coding_are_taken(app: Flask) -> None:
    client = app.test_client()
    body = json.dumps(articles())
    assert client.post("/v1/claims", data=body, content_type="application/json; charset=UTF-8").status_code == 200
    for coding, status in (("identity", 200), ("gzip", 415), ("br", 415)):
        headers = {"Content-Encoding": coding, "Content-Type": "application/json"}
        assert client.post("/v1/claims", data=body, headers=headers).status_code == status


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("application/json", 200),
        ("*/*", 200),
        ("application/*", 200),
        ("text/html, application/json;q=0.1", 200),
        ("application/json; charset=utf-8", 200),
        ("text/html", 406),
        ("application/xml, text/*", 406),
        ("application/json;q=0", 406),
        ("application/json;q=0, text/html", 406),
    ],
)
@pytest.mark.parametrize("path", POSTS)
def test_answers_are_json_or_not_acceptable(app: Flask, path: str, accept: str, status: int) -> None:
    response = app.test_client().post(path, json=articles(), headers={"Accept": accept})
    assert response.status_code == status


@pytest.mark.parametrize(
    ("path", "accept"), [("/docs", "application/json"), ("/openapi.yaml", "application/json"), ("/", "image/png")]
)
def test_pages_and_the_contract_are_negotiated_too(app: Flask, path: str, accept: str) -> None:
    assert app.test_client().get(path, headers={"Accept": accept}).status_code == 406


def test_a_body_needs_a_length(app: Flask) -> None:
    assert app.test_client().post("/v1/claims", content_type="application/json").status_code == 411


def test_query_parameters_are_refused_by_name(app: Flask) -> None:
    response = app.test_client().post("/v1/claims?debug=1&format=xml", json=articles())
    assert response.status_code == 400
    assert [fault["parameter"] for fault in response.json["errors"]] == ["debug", "format"]


def test_request_ids_are_kept_or_made(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/livez", headers={"X-Request-Id": "desk-42"}).headers["X-Request-Id"] == "desk-42"
    for given in ("", "a b", "x" * 129, "<script>"):
        answered = client.get("/livez", headers={"X-Request-Id": given}).headers["X-Request-Id"]
        assert answered != given
        assert len(answered) == 36


class BrokenPipeline:
    def analyze(self, articles: Any, depth: str, progress: Any) -> Any:
        raise KeyError("Sri Wahyuni said something secret")

    def cross_check(self, analyses: Any, language: str, progress: Any) -> Any:
        raise AssertionError


def test_a_failure_is_a_problem_without_details(make_app: Any) -> None:
    response = make_app(BrokenPipeline()).test_client().post("/v1/claims", json=articles())
    assert response.status_code == 500
    assert b"Sri" not in response.data
    assert b"KeyError" not in response.data


def test_a_failure_is_logged_without_the_words_of_the_article(make_app: Any, capfd: pytest.CaptureFixture[str]) -> None:
    make_app(BrokenPipeline()).test_client().post("/v1/claims", json=articles(), headers={"X-Request-Id": "desk-43"})
    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    failure = next(line for line in lines if line["event"] == "request failed")
    assert failure["exception"] == "KeyError"
    assert failure["request_id"] == "desk-43"
    assert any("find_claims" in frame for frame in failure["trace"])
    assert "Sri" not in json.dumps(lines)


def test_a_request_is_logged_without_the_words_of_the_article(make_app: Any, capfd: pytest.CaptureFixture[str]) -> None:
    make_app().test_client().post("/v1/claims", json=articles())
    (line,) = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    assert line["route"] == "/v1/claims"
    assert line["status"] == 200
    assert line["articles"] == 2
    assert "Genuk" not in json.dumps(line)
