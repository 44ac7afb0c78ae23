"""What form and what language of the answer the client accepts."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Request

from service.api.problems import Fault, RefusedError, point

LANGUAGES = ("id", "en")


def choose_media_type(request: Request, offered: Sequence[str]) -> str:
    """The one of the ``offered`` media types that the Accept header of ``request`` prefers, the first where it is open.

    Raises RefusedError where it leaves out all of them (RFC 9110, sections 12.4.1 and 12.5.1).
    """
    if "Accept" not in request.headers:
        return offered[0]
    best = max(offered, key=lambda media_type: _quality(request, media_type))
    if _quality(request, best) <= 0:
        raise RefusedError(406, f"The answer is {' or '.join(offered)}; the Accept header leaves that out.")
    return best


def _quality(request: Request, media_type: str) -> float:
    """The weight that the most specific range of the Accept header gives to ``media_type``, 0 where none does.

    Parameters of a range (``charset=utf-8``, ``profile``) are passed over: no media type comes in several variants.
    """
    ranges = (media_type, f"{media_type.partition('/')[0]}/*", "*/*")
    given = {accepted.partition(";")[0].strip().lower(): quality for accepted, quality in request.accept_mimetypes}
    return next((float(given[accepted]) for accepted in ranges if accepted in given), 0.0)


def require_no_parameters(request: Request) -> None:
    """Raise RefusedError where ``request`` has query parameters: no operation takes any."""
    faults = [Fault("This parameter is not known here.", parameter=point(name)[1:]) for name in request.args]
    if faults:
        raise RefusedError(400, "The query string holds parameters that are not known here.", faults)


def choose_language(request: Request) -> str:
    """The language of what the service says in its own words: Indonesian unless the client prefers English."""
    # not best_match: it prefers an exact tag of low quality to a more specific one (en-GB) of high quality
    for tag, quality in request.accept_languages:
        language = tag.split("-")[0].lower()
        if quality > 0 and language in LANGUAGES:
            return language
    return LANGUAGES[0]
