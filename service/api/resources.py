"""Operations of the contract: a view of a few lines under one decorator, which does all that HTTP asks for.

The decorator negotiates, reads and checks the request, encodes the answer, and keeps what the specification says of
the operation. It stands where flask-smorest might: see docs/decisions/contract-layer.md.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import msgspec
from flask import Blueprint, Response, g, request
from marshmallow import Schema

from schemas.message import Answer, Request
from service import metrics
from service.api import access, bodies, linked_data, negotiation, state, submissions
from service.api.problems import RefusedError
from service.pipeline.progress import DeadlineError, Progress

Message = Mapping[str, Any]
_PROBLEMS_OF_ALL = (400, 406, 500)
_PROBLEMS_OF_BODIES = (401, 408, 411, 413, 415, 422, 429, 503)


@dataclass(frozen=True, slots=True)
class Operation:
    """What the specification says of an operation; ``name`` is also that of its examples."""

    name: str
    path: str
    method: str
    tag: str
    summary: str
    description: str
    media_type: str
    request: type[Request] | None
    answer: type[Answer] | None
    outcome: str
    localized: bool

    @property
    def media_types(self) -> tuple[str, ...]:
        """The media types that the answer comes in, the one that is given unasked first."""
        return (self.media_type, *((linked_data.MEDIA_TYPE,) if self.request else ()))

    @property
    def problems(self) -> tuple[int, ...]:
        """The statuses of the problems that the operation may answer with."""
        return tuple(sorted(_PROBLEMS_OF_ALL + (_PROBLEMS_OF_BODIES if self.request else ())))


class Resource(Blueprint):
    """A blueprint that keeps the operations of one resource."""

    def __init__(self, name: str, import_name: str) -> None:
        super().__init__(name, import_name)
        self.operations: list[Operation] = []

    def operation(
        self,
        path: str,
        *,
        outcome: str,
        request: type[Request] | None = None,
        answer: type[Answer] | None = None,
        media_type: str = "application/json",
        localized: bool = False,
    ) -> Callable[[Callable[..., Message | str | bytes]], Callable[[], Response]]:
        """Make a view an operation at ``path``: POST where it takes a ``request``, else GET.

        The view's name is the operation's, its docstring the summary and the description. It is given the
        Submission where there is a request, and returns a message, or text or bytes of ``media_type``. ``localized``
        operations speak the language that the client prefers.
        """

        def decorate(view: Callable[..., Message | str | bytes]) -> Callable[[], Response]:
            summary, _, description = (view.__doc__ or "").partition("\n\n")
            operation = Operation(
                name=view.__name__,
                path=path,
                method="POST" if request else "GET",
                tag=self.name,
                summary=summary.strip().rstrip("."),
                description=unfold(description or summary),
                media_type=media_type,
                request=request,
                answer=answer,
                outcome=outcome,
                localized=localized,
            )
            self.operations.append(operation)
            answering = _answer_by(view, operation)
            self.add_url_rule(path, view.__name__, answering, methods=[operation.method], strict_slashes=True)
            return answering

        return decorate


def _answer_by(view: Callable[..., Message | str | bytes], operation: Operation) -> Callable[[], Response]:
    schema = operation.request() if operation.request else None

    @functools.wraps(view)
    def answer() -> Response:
        if schema is not None:
            return _analyze_by(view, operation, schema)
        negotiation.choose_media_type(request, operation.media_types)
        negotiation.require_no_parameters(request)
        return Response(_encode(view()), mimetype=operation.media_type)

    return cast(Callable[[], Response], answer)


def _analyze_by(view: Callable[..., Message | str | bytes], operation: Operation, schema: Schema) -> Response:
    """Answer by ``view`` who may ask, in turn, and in time. The body is read before: a slow client holds no turn."""
    service = state.current()
    settings = service.settings
    g.headers = service.limiter.count(access.identify(request, service))
    media_type = negotiation.choose_media_type(request, operation.media_types)
    negotiation.require_no_parameters(request)
    body = bodies.read(request, settings.max_body_bytes, settings.receive_seconds)
    deadline = time.monotonic() + settings.deadline_seconds
    g.progress = progress = Progress(deadline)

    def work() -> tuple[Message | str | bytes, str | bytes, str]:
        submission = submissions.understand(request, body, schema, settings, progress)
        message = view(submission)
        content = _encode(message)
        if isinstance(message, Mapping) and media_type == linked_data.MEDIA_TYPE:
            content = _encode(linked_data.describe(message, content, submission.articles, submission.language))
        return message, content, submission.language

    with service.gate.admit(deadline):
        try:
            message, content, language = service.watch.run(progress, work)
        except DeadlineError as error:
            metrics.DEADLINES.labels(error.stage).inc()
            detail = f"The analysis was not done within {settings.deadline_seconds:g} seconds; send fewer articles."
            raise RefusedError(503, detail) from error
        finally:
            metrics.observe_stages(progress.seconds)
    if isinstance(message, Mapping):
        metrics.count_answer(message)
    response = Response(content, mimetype=media_type)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = "Accept, Accept-Language" if operation.localized else "Accept"
    if operation.localized:
        response.headers["Content-Language"] = language
    return response


def _encode(content: Message | str | bytes) -> bytes:
    if isinstance(content, str):
        return content.encode()
    return content if isinstance(content, bytes) else msgspec.json.encode(content)


def unfold(docstring: str) -> str:
    """A docstring's paragraphs, each on one line."""
    paragraphs = docstring.strip().split("\n\n")
    return "\n\n".join(" ".join(line.strip() for line in paragraph.splitlines()) for paragraph in paragraphs)
