"""The one shape of every error: RFC 9457 problem details."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import msgspec
from flask import Flask, Response
from marshmallow.exceptions import SCHEMA
from werkzeug.exceptions import HTTPException

from schemas.message import UNKNOWN_FIELD
from service import logging

MEDIA_TYPE = "application/problem+json"
MOST_FAULTS = 100
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: what all problems of one HTTP status have in common."""

    status: int
    slug: str
    title: str
    description: str

    @property
    def uri(self) -> str:
        """The reference that names the kind; it leads to its description in the documentation."""
        return f"/docs#problem-{self.slug}"


_KINDS = (
    Kind(400, "not-json", "The request cannot be read", "The body is not strict JSON in UTF-8 (syntax, a name that "
         "stands twice in an object, NaN or Infinity, nesting too deep), or a query parameter is not known."),
    Kind(401, "key", "A valid API key is missing", "This service answers only requests that carry an API key, as "
         "`Authorization: Bearer KEY`; the key is missing, not of that form, or not one that is valid here."),
    Kind(404, "not-found", "There is nothing here", "No resource has this path."),
    Kind(405, "method", "The method is not allowed here", "The Allow header lists the methods that are."),
    Kind(406, "not-acceptable", "No acceptable form of the answer", "The Accept header leaves out every media "
         "type that this operation answers in."),
    Kind(408, "slow", "The request took too long to arrive", "The service waits for a request for a limited time; what "
         "had arrived of it was thrown away."),
    Kind(411, "length", "The body's length is missing", "The request has neither Content-Length nor chunked "
         "transfer coding."),
    Kind(413, "too-large", "The body is too large", "The body is longer than the service takes. Nothing of it was "
         "analysed; send fewer articles a request."),
    Kind(415, "media-type", "The body's media type is not supported", "Bodies are application/json in UTF-8 without "
         "a content coding."),
    Kind(422, "shape", "The request does not have the shape that is asked for", "The body is JSON, but a field is "
         "missing, unknown, of a wrong type or over a limit. Every fault is listed with a JSON pointer; nothing was "
         "analysed."),
    Kind(429, "too-many", "The client asks too often", "The RateLimit-Policy header states the limit of a key, or of "
         "an address where no key is sent; Retry-After says when to ask again. Nothing was analysed."),
    Kind(500, "internal", "The service failed", "A fault of the service, not of the request. The log holds it under "
         "the id in the X-Request-Id header."),
    Kind(503, "unavailable", "The service cannot answer now", "With Retry-After: there is more to do than the service "
         "takes on; nothing was analysed, and the request may be sent again. Without: the analysis ran out of time, "
         "and would again; send fewer articles, or shorter ones."),
)  # fmt: skip
KINDS: Mapping[int, Kind] = MappingProxyType({kind.status: kind for kind in _KINDS})


class Fault(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that is wrong with a request: at a JSON pointer into its body, or in a query parameter."""

    detail: str
    pointer: str | None = None
    parameter: str | None = None


class RefusedError(Exception):
    """A request that is refused whole, with the faults that were found in it.

    Of very many, the first are kept: one more than are listed, so that the answer can say that there are others.
    """

    def __init__(
        self, status: int, detail: str, faults: Iterable[Fault] = (), headers: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.faults = list(itertools.islice(faults, MOST_FAULTS + 1))
        self.headers = headers


def point(*steps: str | int) -> str:
    """The JSON pointer (RFC 6901) along ``steps``; it ends before a name that is too long to be repeated.

    Lone surrogates, which have no UTF-8 form, are written as escapes.
    """
    pointer = ""
    for step in steps:
        name = str(step)
        if len(name) > LONGEST_NAME:
            break
        name = name.encode("utf-8", "backslashreplace").decode("utf-8")
        pointer += "/" + name.replace("~", "~0").replace("/", "~1")
    return pointer


def faults_of(messages: object, *steps: str | int) -> Iterable[Fault]:
    """The faults in marshmallow's nested ``messages``, each with its pointer, in the order of the body's schema."""
    if isinstance(messages, Mapping):
        for step, inner in messages.items():
            # marshmallow keeps what is wrong with a whole object or list under this name
            # (unless that is the name of a field which is not known)
            whole = step == SCHEMA and inner != [UNKNOWN_FIELD]
            yield from faults_of(inner, *steps) if whole else faults_of(inner, *steps, step)
    elif isinstance(messages, list):
        for message in messages:
            yield from faults_of(message, *steps)
    else:
        yield Fault(str(messages), pointer=point(*steps))


def respond(
    status: int, detail: str, faults: Sequence[Fault] = (), headers: Mapping[str, str] = MappingProxyType({})
) -> Response:
    """The problem as a response; of very many faults the first hundred are listed, and the detail says so."""
    kind = KINDS.get(status)
    if len(faults) > MOST_FAULTS:
        detail = f"{detail} There are more than {MOST_FAULTS} faults; the first {MOST_FAULTS} are listed."
    problem: dict[str, object] = {
        "type": kind.uri if kind else "about:blank",
        "title": kind.title if kind else "The request failed",
        "status": status,
        "detail": detail,
    }
    if faults:
        problem["errors"] = faults[:MOST_FAULTS]
    response = Response(msgspec.json.encode(problem), status=status, mimetype=MEDIA_TYPE)
    response.headers.extend(headers)
    return response


def register(app: Flask) -> None:
    """Make every error of ``app`` a problem."""

    def refuse(error: RefusedError) -> Response:
        return respond(error.status, error.detail, error.faults, error.headers)

    def refuse_by_framework(error: HTTPException) -> Response:
        status = error.code or 500
        kept = {name: value for name, value in error.get_headers() if name == "Allow"}
        return respond(status, KINDS[status].description if status in KINDS else error.name, headers=kept)

    def fail(error: Exception) -> Response:
        logging.report_failure(error)
        return respond(500, KINDS[500].description)

    app.register_error_handler(RefusedError, refuse)
    app.register_error_handler(HTTPException, refuse_by_framework)
    app.register_error_handler(Exception, fail)
