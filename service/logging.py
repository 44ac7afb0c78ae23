"""Structured logs: one JSON object a line, on standard error, that never holds a word of an article.

Exceptions are logged by their type and the places in the code that they passed, without their messages, source
lines or local variables: any of these may quote the text that was being read.
"""

from __future__ import annotations

import logging
import re
import sys
import time
import traceback
import uuid
from typing import Any

import structlog
from flask import Flask, Response, g, request
from structlog.typing import EventDict, WrappedLogger

from service import metrics, tracing

REQUEST_ID = "X-Request-Id"
_REQUEST_ID_FORM = re.compile(r"[A-Za-z0-9._:/+=-]{1,128}")

_log = structlog.get_logger("kroscek")


def configure(level: str) -> None:
    """Send the logs of the service and of all libraries through one renderer, from ``level`` up."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        strip_exception,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())


def strip_exception(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """Replace an exception by its type and its trace of files, lines and functions."""
    error = event.pop("exc_info", None)
    record = event.get("_record")
    if record is not None and record.exc_info:
        error, record.exc_info, record.exc_text = record.exc_info, None, None
    if error is True:  # the one that is being handled
        error = sys.exc_info()
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["exception"] = type(error).__qualname__
        event["trace"] = [
            f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)
        ]
    return event


def report_failure(error: BaseException) -> None:
    """Log an exception that nothing foresaw."""
    _log.error("request failed", exc_info=error)


def register(app: Flask) -> None:
    """Give each request of ``app`` an id and a span, its client's where they have the form, and log its outcome."""

    def begin() -> None:
        given = request.headers.get(REQUEST_ID, "")
        g.request_id = given if _REQUEST_ID_FORM.fullmatch(given) else str(uuid.uuid4())
        g.began = time.perf_counter()
        g.cpu_began = time.thread_time()
        g.span = tracing.open_span(request.headers.get(tracing.HEADER, ""))
        parent = {"parent_id": g.span.parent_id} if g.span.parent_id else {}
        structlog.contextvars.bind_contextvars(
            request_id=g.request_id, trace_id=g.span.trace_id, span_id=g.span.span_id, **parent
        )

    def finish(response: Response) -> Response:
        response.headers[REQUEST_ID] = g.request_id
        response.headers[tracing.HEADER] = g.span.header
        quiet = request.endpoint is not None and request.endpoint.startswith("health.")
        log = _log.debug if quiet else _log.info
        log("request", **_outcome(response))
        _measure(response)
        return response

    def forget(error: BaseException | None = None) -> None:
        structlog.contextvars.clear_contextvars()

    app.before_request(begin)
    app.after_request(finish)
    app.teardown_request(forget)


def _measure(response: Response) -> None:
    rule = request.url_rule.rule if request.url_rule else None
    elapsed = time.perf_counter() - g.began
    metrics.observe_request(rule, request.method, response.status_code, elapsed, g.get("counts", {}))


def _outcome(response: Response) -> dict[str, Any]:
    # the rule, not the path: what a client puts into a path is its own affair
    return {
        "method": request.method if len(request.method) < 20 else "long",
        "route": request.url_rule.rule if request.url_rule else None,
        "status": response.status_code,
        "milliseconds": round(1000 * (time.perf_counter() - g.began), 1),
        "cpu_milliseconds": round(1000 * (time.thread_time() - g.cpu_began), 1),
        "bytes_in": request.content_length,
        "bytes_out": response.content_length,
        **g.get("client", {}),
        **g.get("counts", {}),
    }
