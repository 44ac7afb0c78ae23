"""Operations of the contract: a view of a few lines under one decorator, which does all that HTTP asks for.

The decorator negotiates, reads and checks the request, encodes the answer, and keeps what the specification says of
the operation. It stands where flask-smorest might: see docs/decisions/contract-layer.md.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import msgspec
from flask import Blueprint, Response, request

from schemas.message import Answer, Request
from service.api import access, negotiation, state, submissions

Message = Mapping[str, Any]
_PROBLEMS_OF_ALL = (400, 406, 500)
_PROBLEMS_OF_BODIES = (401, 411, 413, 415, 422)


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
            access.identify(request, state.current())
        negotiation.require_acceptable(request, operation.media_type)
        negotiation.require_no_parameters(request)
        if schema is None:
            return Response(_encode(view()), mimetype=operation.media_type)
        submission = submissions.receive(request, schema, state.current().settings)
        response = Response(_encode(view(submission)), mimetype=operation.media_type)
        response.headers["Cache-Control"] = "no-store"
        if operation.localized:
            response.headers["Content-Language"] = submission.language
            response.headers["Vary"] = "Accept-Language"
        return response

    return cast(Callable[[], Response], answer)


def _encode(content: Message | str | bytes) -> str | bytes:
    return content if isinstance(content, str | bytes) else msgspec.json.encode(content)


def unfold(docstring: str) -> str:
    """A docstring's paragraphs, each on one line."""
    paragraphs = docstring.strip().split("\n\n")
    return "\n\n".join(" ".join(line.strip() for line in paragraph.splitlines()) for paragraph in paragraphs)
