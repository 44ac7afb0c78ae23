"""Requests of a wrong form are refused whole, and every fault is named."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.api.articles import TEXT, article, articles

POSTS = ("/v1/entities", "/v1/claims", "/v1/conflicts", "/v1/analyses")


def post(client: FlaskClient, body: bytes | str, path: str = "/v1/analyses") -> Any:
    return client.post(path, data=body, content_type="application/json")


def pointers(response: Any) -> list[str]:
    return [fault["pointer"] for fault in response.json["errors"]]


SHAPES: list[tuple[Any, list[str]]] = [
    ({}, ["/articles"]),
    ([], [""]),
    ("articles", [""]),
    (None, [""]),
    (5, [""]),
    ({"articles": None}, ["/articles"]),
    ({"articles": {}}, ["/articles"]),
    ({"articles": "a"}, ["/articles"]),
    ({"articles": []}, ["/articles"]),
    ({"articles": [None]}, ["/articles/0"]),
    ({"articles": [[]]}, ["/articles/0"]),
    ({"articles": [{}]}, ["/articles/0/id", "/articles/0/text"]),
    ({"articles": [article(), {"id": "b"}]}, ["/articles/1/text"]),
    ({"articles": [article()], "artikel": 1}, ["/artikel"]),
    ({"articles": [article()], "_schema": 1}, ["/_schema"]),
    ({"articles": [article()], "a/b~c": 1}, ["/a~1b~0c"]),
    ({"articles": [article()], "\ud800": 1}, ["/\\ud800"]),
    ({"articles": [article()], "x" * 300: 1}, [""]),
    ({"articles": [article(Text="x")]}, ["/articles/0/Text"]),
    ({"articles": [article(source={"name": "A", "nama": "B"})]}, ["/articles/0/source/nama"]),
    ({"articles": [article(source={})]}, ["/articles/0/source/name"]),
    ({"articles": [article(source="A")]}, ["/articles/0/source"]),
    ({"articles": [article("a"), article("b"), article("a"), article("a")]}, ["/articles/2/id", "/articles/3/id"]),
    ({"articles": [article("a"), {"id": "a"}]}, ["/articles/1/text", "/articles/1/id"]),
    ({"articles": [article()], "include": ["everything"]}, ["/include/0"]),
    ({"articles": [article()], "include": ["near_misses", "near_misses"]}, ["/include"]),
    ({"articles": [article()], "include": "near_misses"}, ["/include"]),
    ({"articles": [article()], "include": {"near_misses": True}}, ["/include"]),
]


@pytest.mark.parametrize(("body", "expected"), SHAPES)
def test_wrong_shapes_are_refused_with_pointers(app: Flask, body: Any, expected: list[str]) -> None:
    response = post(app.test_client(), json.dumps(body))
    assert response.status_code == 422
    assert pointers(response) == expected


WRONG: dict[str, list[Any]] = {
    "id": [None, 5, 5.5, True, [], {}, "", "a\u0000", "a\nb", "\ud800", "x" * 201],
    "text": [None, 5, 0, False, [], {}, "", "a\u0000b", "a\udfffb"],
    "title": [5, False, [], "", "\u0000", "x" * 1001],
    "url": [5, "", "example.org", "ftp://example.org", "https://a b", "https://a\n", "https://" + "x" * 2000],
    "published_at": [
        5,
        1757000000,
        True,
        "",
        "2025-09-03",
        "2025-09-03T19:00:00",
        "2025-09-03 19:00:00+07:00",
        "2025-09-03T19:00+07:00",
        "2025-09-03T19:00:00+0700",
        "2025-09-03T19:00:00 WIB",
        "2025-02-30T19:00:00Z",
        "2025-09-03T24:00:00Z",
        "2025-09-03T19:00:60Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "2025-W36-3T19:00:00Z",
        " 2025-09-03T19:00:00Z",
        "2025-09-03T19:00:00Z\n",
        "２０２５-09-03T19:00:00Z",
    ],
    "language": [5, "", "i", "indonesian language", "id_ID", "id-", "x" * 36],
    "source": [5, "A", [], True],
}


@pytest.mark.parametrize(("member", "value"), [(member, value) for member in WRONG for value in WRONG[member]])
def test_wrong_values_are_refused_at_their_place(app: Flask, member: str, value: Any) -> None:
    response = post(app.test_client(), json.dumps({"articles": [{**article(), member: value}]}))
    assert response.status_code == 422
    assert pointers(response) == [f"/articles/0/{member}"]


RIGHT: dict[str, list[Any]] = {
    "id": ["5", "x" * 200, "artikel 1", "🗞"],
    "text": ["Ia pergi.", " ", "\u202eABC", "e\u0301", "\r\n", "𝔸" * 1000],
    "title": [None, "Judul"],
    "url": [None, "http://example.org/a?b=c#d", "https://contoh.id/artikel-ü"],
    "published_at": [None, "2025-09-03T19:00:00+07:00", "2025-09-03t12:00:00z", "1999-12-31T23:59:59.123456789-11:30"],
    "language": [None, "id", "ID", "id-ID", "und"],
    "source": [None, {"name": "Harian Nusa"}, {"name": "Harian Nusa", "url": None}],
}


@pytest.mark.parametrize(("member", "value"), [(member, value) for member in RIGHT for value in RIGHT[member]])
def test_right_values_are_taken(app: Flask, member: str, value: Any) -> None:
    assert post(app.test_client(), json.dumps({"articles": [{**article(), member: value}]})).status_code == 200


NOT_JSON: list[tuple[bytes, list[str]]] = [
    (b" ", [""]),
    (b"{", [""]),
    (b"{'articles': []}", [""]),
    (b'{"articles": [],}', [""]),
    (b'{"articles": []} []', [""]),
    (b'\xef\xbb\xbf{"articles": []}', [""]),
    (b'{"articles": "\xff"}', [""]),
    (b'{"articles": "\xed\xa0\x80"}', [""]),
    ('{"articles": []}'.encode("utf-16"), [""]),
    (b'{"a": "line\nbreak"}', [""]),
    (b'{"articles": [], "articles": []}', ["/articles"]),
    (b'{"a": [{"id": "a", "text": "b", "text": "c"}, {"id": 1, "id": 2}]}', ["/a/0/text", "/a/1/id"]),
    (b'{"a": {"b": 1, "b": 2}, "a": 3}', ["/a"]),
    (b'{"articles": NaN}', ["/articles"]),
    (b'{"articles": [1, -Infinity, {"a": Infinity}]}', ["/articles/1", "/articles/2/a"]),
    (b'{"articles": 1e999}', ["/articles"]),
    (b'{"articles": ' + b"9" * 5000 + b"}", [""]),
    (b"[" * 100_000, [""]),
    (b'{"a":' * 100_000, [""]),
    (b"[" * 100_000 + b"]" * 100_000, [""]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), NOT_JSON, ids=range(len(NOT_JSON)))
def test_what_is_not_strict_json_is_refused(app: Flask, body: bytes, expected: list[str]) -> None:
    response = post(app.test_client(), body)
    assert response.status_code == 400
    assert pointers(response) == expected


def test_all_faults_are_named_at_once(app: Flask) -> None:
    body = {
        "articles": [
            {"id": 1, "text": "a\0", "judul": "x", "published_at": "kemarin", "source": {"name": 0, "url": "x"}},
            {"id": "b", "text": "x" * 100_001},
            7,
        ],
        "sertakan": [],
    }
    response = post(app.test_client(), json.dumps(body))
    assert response.status_code == 422
    assert set(pointers(response)) == {
        "/articles/0/id",
        "/articles/0/text",
        "/articles/0/judul",
        "/articles/0/published_at",
        "/articles/0/source/name",
        "/articles/0/source/url",
        "/articles/1/text",
        "/articles/2",
        "/sertakan",
    }


def test_of_very_many_faults_the_first_are_listed(app: Flask) -> None:
    response = post(app.test_client(), json.dumps({**articles(), **{str(number): number for number in range(500)}}))
    assert response.status_code == 422
    assert len(response.json["errors"]) == 100
    assert "more than 100 faults" in response.json["detail"]


MILLIONS = {
    "unknown members": ("{" + ",".join(f'"{number}":1' for number in range(600_000)) + "}", 400),
    "names that stand twice": ('{"a":[' + ",".join(['{"a":1,"a":1}'] * 500_000) + "]}", 400),
    "numbers for articles": ('{"articles":[' + "1," * 3_900_000 + "1]}", 422),
    "empty articles": ('{"articles":[' + "{}," * 2_500_000 + "{}]}", 422),
    "articles with unknown members": ('{"articles":[' + '{"a":1},' * 900_000 + "{}]}", 422),
    "literals that are no number": ('{"articles":[' + "NaN," * 1_900_000 + "1]}", 400),
    "parts": ('{"articles":[{"id":"a","text":"b"}],"include":[' + '"near_misses",' * 500_000 + '"a"]}', 422),
    "a name of millions of characters": ('{"' + "a" * 7_900_000 + '":1}', 422),
    "a text of millions of characters": ('{"articles":[{"id":"a","text":"' + "a" * 7_900_000 + '"}]}', 422),
}


@pytest.mark.parametrize("name", MILLIONS)
def test_millions_of_faults_are_refused_in_seconds(app: Flask, name: str) -> None:
    body, status = MILLIONS[name]
    began = time.process_time()
    response = post(app.test_client(), body)
    assert time.process_time() - began < 10
    assert response.status_code == status
    assert len(response.data) < 50_000


def test_conflicts_need_two_articles(app: Flask) -> None:
    response = post(app.test_client(), json.dumps(articles("a")), "/v1/conflicts")
    assert response.status_code == 422
    assert pointers(response) == ["/articles"]
    assert post(app.test_client(), json.dumps(articles("a")), "/v1/analyses").status_code == 200


def test_only_the_cross_checking_operations_take_include(app: Flask) -> None:
    body = json.dumps({**articles("a", "b"), "include": ["near_misses"]})
    statuses = [post(app.test_client(), body, path).status_code for path in POSTS]
    assert statuses == [422, 422, 200, 200]


@pytest.mark.parametrize("path", POSTS)
def test_limits_are_those_of_the_settings(make_app: Callable[..., Flask], path: str) -> None:
    client = make_app(max_articles=3, max_article_characters=len(TEXT), max_body_bytes=2000).test_client()
    assert post(client, json.dumps(articles("a", "b", "c")), path).status_code == 200
    response = post(client, json.dumps(articles("a", "b", "c", "d")), path)
    assert response.status_code == 422
    assert pointers(response) == ["/articles"]
    response = post(client, json.dumps({"articles": [article("a"), {"id": "b", "text": TEXT + "."}]}), path)
    assert response.status_code == 422
    assert pointers(response) == ["/articles/1/text"]
    assert post(client, json.dumps(articles("a", "b")).ljust(2000), path).status_code == 200
    assert post(client, json.dumps(articles("a", "b")).ljust(2001), path).status_code == 413


def test_a_long_article_is_counted_in_code_points(make_app: Callable[..., Flask]) -> None:
    client = make_app(max_article_characters=100).test_client()
    text = "𝔸🗞" * 50
    body = json.dumps({"articles": [{"id": "a", "text": text}]}, ensure_ascii=False).encode()
    assert len(body) > 200
    assert post(client, body).status_code == 200


def test_fifty_articles_are_taken_and_fifty_one_are_not(app: Flask) -> None:
    names = [str(number) for number in range(51)]
    assert post(app.test_client(), json.dumps(articles(*names[:50]))).status_code == 200
    assert post(app.test_client(), json.dumps(articles(*names))).status_code == 422


def test_a_body_of_twenty_megabytes_is_refused_with_and_without_its_length(app: Flask) -> None:
    body = json.dumps({"articles": [{"id": "a", "text": "x" * 20_000_000}]}).encode()
    assert post(app.test_client(), body).status_code == 413

    class Chunks:
        left: Iterator[bytes] = iter([body[start : start + 65_536] for start in range(0, len(body), 65_536)])

        def read(self, size: int = -1) -> bytes:
            return next(self.left, b"")

    response = app.test_client().post(
        "/v1/analyses",
        headers={"Transfer-Encoding": "chunked"},
        content_type="application/json",
        environ_overrides={"wsgi.input": Chunks(), "wsgi.input_terminated": True},
    )
    assert response.status_code == 413
    assert next(Chunks.left, None) is None, "the rest of the body was not read"
