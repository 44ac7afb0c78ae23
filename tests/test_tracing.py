from __future__ import annotations

import json

import pytest

from service.tracing import open_span
from tests.api.pipelines import WordPipeline

TRACE, PARENT = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"


@pytest.mark.parametrize(
    ("given", "sampled"),
    [
        (f"00-{TRACE}-{PARENT}-01", True),
        (f"00-{TRACE}-{PARENT}-00", False),
        (f" 00-{TRACE}-{PARENT}-03 ", True),
        (f"cc-{TRACE}-{PARENT}-01", True),
        (f"cc-{TRACE}-{PARENT}-01-what-comes-later", True),
    ],
)
def test_the_trace_of_the_client_goes_on(given: str, sampled: bool) -> None:
    span = open_span(given)
    assert (span.trace_id, span.parent_id, span.sampled) == (TRACE, PARENT, sampled)
    assert span.span_id not in {PARENT, open_span(given).span_id}
    assert span.header == f"00-{TRACE}-{span.span_id}-0{int(sampled)}"


@pytest.mark.parametrize(
    "given",
    [
        "",
        "x",
        f"00-{TRACE}-{PARENT}",
        f"00-{TRACE}-{PARENT}-01-more",
        f"ff-{TRACE}-{PARENT}-01",
        f"00-{'0' * 32}-{PARENT}-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"00-{TRACE.upper()}-{PARENT}-01",
        f"00-{TRACE}-{PARENT}-0g",
        f"cc-{TRACE}-{PARENT}-01-" + "x" * 10_000,
    ],
)
def test_what_is_no_trace_context_begins_a_new_trace(given: str) -> None:
    span = open_span(given)
    assert span.trace_id not in {TRACE, "0" * 32}
    assert span.parent_id is None
    assert not span.sampled


def test_the_answer_and_the_log_name_the_span(capfd: pytest.CaptureFixture[str]) -> None:
    from service.app import create_app  # noqa: PLC0415  # it configures the logs, which must go to this test's stream
    from service.settings import Settings  # noqa: PLC0415

    client = create_app(Settings(log_level="debug"), WordPipeline()).test_client()
    answer = client.get("/livez", headers={"traceparent": f"00-{TRACE}-{PARENT}-01"})
    _, trace, span, flags = answer.headers["traceparent"].split("-")
    assert (trace, flags) == (TRACE, "01")
    line = json.loads(capfd.readouterr().err.splitlines()[-1])
    assert (line["trace_id"], line["span_id"], line["parent_id"]) == (TRACE, span, PARENT)
