"""Spans: one a request with its stages within, in the client's trace, and no word of an article in any."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from service import telemetry
from service.app import create_app
from service.settings import Settings, SettingsError
from tests.api.articles import articles

TRACE, PARENT = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
STAGES = ["document", "entities", "names", "values", "attribution", "claims", "conflicts"]


@pytest.fixture(scope="module")
def exporter() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture(scope="module")
def app(exporter: InMemorySpanExporter) -> Flask:
    made = create_app(Settings(log_level="error"))
    telemetry.register(made, SimpleSpanProcessor(exporter))
    return made


@pytest.fixture
def ask(app: Flask, exporter: InMemorySpanExporter) -> Callable[..., tuple[Any, list[ReadableSpan]]]:
    def answer(path: str, body: object = None, **headers: str) -> tuple[Any, list[ReadableSpan]]:
        exporter.clear()
        client = app.test_client()
        response = client.post(path, json=body, headers=headers) if body is not None else client.get(path)
        return response, list(exporter.get_finished_spans())

    return answer


def test_a_request_is_a_span_in_its_clients_trace_with_its_stages_within(ask: Any) -> None:
    response, spans = ask("/v1/analyses", articles(), traceparent=f"00-{TRACE}-{PARENT}-01")
    assert response.status_code == 200
    *stages, whole = spans
    assert whole.name == "POST /v1/analyses"
    assert whole.kind == SpanKind.SERVER
    assert f"{whole.context.trace_id:032x}" == TRACE
    assert f"{whole.parent.span_id:016x}" == PARENT
    assert response.headers["traceparent"].split("-")[2] == f"{whole.context.span_id:016x}"
    assert whole.attributes["http.response.status_code"] == 200
    assert whole.attributes["kroscek.articles"] == len(articles()["articles"])
    assert [stage.name for stage in stages] == STAGES
    for stage in stages:
        assert stage.parent.span_id == whole.context.span_id
        assert whole.start_time <= stage.start_time < stage.end_time <= whole.end_time
        assert 0 < stage.attributes["kroscek.seconds"] <= (stage.end_time - stage.start_time) / 1e9 + 1e-6


def test_a_request_without_a_trace_begins_one(ask: Any) -> None:
    response, spans = ask("/v1/claims", articles())
    *_, whole = spans
    assert whole.parent is None
    assert response.headers["traceparent"].split("-")[1:3] == [
        f"{whole.context.trace_id:032x}", f"{whole.context.span_id:016x}",
    ]  # fmt: skip


def test_what_the_client_does_not_sample_is_not_sent(ask: Any) -> None:
    assert ask("/v1/claims", articles(), traceparent=f"00-{TRACE}-{PARENT}-00")[1] == []


def test_no_span_holds_a_word_of_an_article_or_a_path_that_a_client_made_up(ask: Any) -> None:
    body = {"articles": [{"id": "rahasia", "title": "Judul Rahasia", "text": "Gubernur Rahasiawan pergi ke Bogor."}]}
    for path in ("/v1/analyses", "/v1/rahasia"):
        _, spans = ask(path, body)
        assert spans
        assert not any("ahasia" in span.to_json() for span in spans)


def test_refusals_are_spans_and_health_checks_are_not(ask: Any) -> None:
    (refused,) = ask("/v1/claims", {})[1]
    assert refused.attributes["http.response.status_code"] == 422
    assert refused.status.status_code == StatusCode.UNSET
    assert ask("/livez")[1] == ask("/readyz")[1] == []


def test_without_being_asked_for_there_are_none() -> None:
    assert telemetry.make_processor(Settings()) is None
    assert "kroscek.telemetry" not in create_app(Settings(log_level="error")).extensions


def test_where_it_is_not_installed_the_start_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    original = builtins.__import__

    def refuse(name: str, *arguments: Any, **options: Any) -> Any:
        if name.startswith("opentelemetry"):
            raise ImportError(name)
        return original(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(SettingsError, match=r"requirements/telemetry\.txt"):
        telemetry.make_processor(Settings(traces="otlp"))
