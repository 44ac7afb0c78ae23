"""The bytes of a request's body: their type, their length, and reading them to a limit."""

from __future__ import annotations

import time
from typing import IO

from flask import Request

from service.api.problems import RefusedError

MEDIA_TYPE = "application/json"
RECEIVED = "kroscek.received"  # under this name the server puts what is to be called once a body has been read
_CHUNK = 1 << 16
# A client that is answered before it has sent its whole body may never read the answer, since the closed connection
# is reset. So the rest is read and thrown away, within these bounds.
_MOST_DISCARDED_BYTES = 64 << 20
_MOST_DISCARDED_SECONDS = 10.0


def read(request: Request, limit: int, seconds: float) -> bytes:
    """The body of ``request``, at most ``limit`` bytes; raises RefusedError where it is longer, has no length, is not
    JSON by its content type, or cannot be read to its end. The server hangs up on those that take over ``seconds``.
    """
    began = time.monotonic()
    _require_json(request)
    if request.content_length is None and not request.headers.get("Transfer-Encoding"):
        raise RefusedError(411, "The request must have a Content-Length or use chunked transfer coding.")
    too_large = RefusedError(413, f"The body may be at most {limit} bytes long.")
    if (request.content_length or 0) > limit:
        raise too_large
    chunks: list[bytes] = []
    left = limit + 1
    try:
        while left > 0 and (chunk := _stream(request).read(min(_CHUNK, left))):
            chunks.append(chunk)
            left -= len(chunk)
    except Exception as error:  # each server has its own errors for a body that breaks off or is badly framed
        raise _broken_off(began, seconds) from error
    if left <= 0:
        raise too_large
    if limit + 1 - left < (request.content_length or 0):  # gunicorn ends the stream without an error
        raise _broken_off(began, seconds)
    request.environ.get(RECEIVED, _ignore)()
    return b"".join(chunks)


def _broken_off(began: float, seconds: float) -> RefusedError:
    # the server counts from the first byte of the header, and looks about once a second
    if time.monotonic() - began >= 0.9 * seconds - 1:
        return RefusedError(408, f"The request did not arrive within {seconds:g} seconds.")
    return RefusedError(400, "The body could not be read to its end.")


def discard(request: Request) -> None:
    """Read what is left of the body of a refused ``request``, so that the client gets to read why."""
    left, deadline = _MOST_DISCARDED_BYTES, time.monotonic() + _MOST_DISCARDED_SECONDS
    try:
        while left > 0 and time.monotonic() < deadline and (chunk := _stream(request).read(_CHUNK)):
            left -= len(chunk)
    except Exception:  # the answer is already known, and the client is told it where it still listens
        return


def _ignore() -> None:
    """What is called where the server does not ask to be told."""


def _stream(request: Request) -> IO[bytes]:
    return request.stream


def _require_json(request: Request) -> None:
    headers = {"Accept": MEDIA_TYPE}
    if request.mimetype != MEDIA_TYPE:
        given = request.mimetype[:100] or "missing"
        raise RefusedError(415, f"The Content-Type must be {MEDIA_TYPE}; it is {given}.", headers=headers)
    charset = request.mimetype_params.get("charset", "utf-8")
    if charset.lower() != "utf-8":
        raise RefusedError(415, "The charset must be utf-8.", headers=headers)
    if request.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        headers["Accept-Encoding"] = "identity"
        raise RefusedError(415, "The body may not have a content coding.", headers=headers)
