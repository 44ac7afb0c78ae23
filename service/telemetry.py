"""Spans of requests and of their stages, sent by OpenTelemetry; off unless asked for, and then an extra to install.

A request is a span of kind server, with the ids that its log line and its ``traceparent`` have; each of its stages is a
span within, from when the first article entered it until the last one left. Since articles take turns, stages overlap:
``kroscek.seconds`` is what a stage itself took. Names follow OpenTelemetry's semantic conventions for HTTP. No span
holds a word of an article, the name of a client, or a path that is not an operation's. Where they go and how many are
kept is set by OpenTelemetry's own variables (``OTEL_EXPORTER_OTLP_ENDPOINT``, ``OTEL_TRACES_SAMPLER`` ...).
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from flask import Flask, Response, g, request

from service import __version__, tracing
from service.pipeline.progress import Progress
from service.settings import Settings, SettingsError

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import SpanProcessor

_NANOSECONDS = 1_000_000_000


def make_processor(settings: Settings) -> SpanProcessor | None:
    """What takes the spans that ``settings`` ask for; raises SettingsError where it is not installed."""
    if settings.traces == "none":
        return None
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
    except ImportError as error:
        raise SettingsError(
            "KROSCEK_TRACES=otlp needs OpenTelemetry: pip install --require-hashes -r requirements/telemetry.txt"
        ) from error
    return BatchSpanProcessor(OTLPSpanExporter())


def register(app: Flask, processor: SpanProcessor) -> None:
    """Hand ``processor`` the spans of every request of ``app`` but health checks."""
    from opentelemetry import trace  # noqa: PLC0415
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
    from opentelemetry.sdk.trace.id_generator import RandomIdGenerator  # noqa: PLC0415

    class RequestIds(RandomIdGenerator):
        """The ids of the request's own span where that is the one to begin."""

        def generate_trace_id(self) -> int:
            span: tracing.Span | None = g.get("exported_span")
            return int(span.trace_id, 16) if span else super().generate_trace_id()

        def generate_span_id(self) -> int:
            span: tracing.Span | None = g.pop("exported_span", None)
            return int(span.span_id, 16) if span else super().generate_span_id()

    described = Resource.create({"service.name": "kroscek", "service.version": __version__})
    provider = TracerProvider(resource=described, id_generator=RequestIds())
    provider.add_span_processor(processor)
    tracer = provider.get_tracer("kroscek", __version__)

    def export(response: Response) -> Response:
        if request.endpoint is not None and request.endpoint.startswith("health."):
            return response
        # a clock that is set back or forth in the middle of a request must not turn its spans round
        ended, now = time.time_ns(), time.monotonic()
        began = ended - int(_NANOSECONDS * (time.perf_counter() - g.began))
        route = request.url_rule.rule if request.url_rule else None
        name = f"{request.method} {route}" if route else "HTTP"
        g.exported_span = g.span
        span = tracer.start_span(name, _parent(g.span), trace.SpanKind.SERVER, start_time=began)
        if route:
            span.set_attributes({"http.route": route, "http.request.method": request.method})
        span.set_attribute("http.response.status_code", response.status_code)
        span.set_attributes({f"kroscek.{name}": count for name, count in g.get("counts", {}).items()})
        if response.status_code >= 500:
            span.set_status(trace.StatusCode.ERROR)
        progress: Progress | None = g.get("progress")
        for stage, (first, last) in (progress.bounds if progress else {}).items():
            within = trace.set_span_in_context(span)
            start, end = (ended - int(_NANOSECONDS * (now - moment)) for moment in (first, last))
            inner = tracer.start_span(stage, within, start_time=start)
            inner.set_attribute("kroscek.seconds", progress.seconds[stage] if progress else 0.0)
            inner.end(end)
        span.end(ended)
        return response

    def _parent(span: tracing.Span) -> trace.Context:  # type: ignore[name-defined]
        if span.parent_id is None:
            return trace.set_span_in_context(trace.INVALID_SPAN)
        flags = trace.TraceFlags(trace.TraceFlags.SAMPLED if span.sampled else trace.TraceFlags.DEFAULT)
        parent = trace.SpanContext(int(span.trace_id, 16), int(span.parent_id, 16), is_remote=True, trace_flags=flags)
        return trace.set_span_in_context(trace.NonRecordingSpan(parent))

    app.after_request(export)
    app.extensions["kroscek.telemetry"] = provider
