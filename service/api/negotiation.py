"""What form and what language of the answer the client accepts."""

from __future__ import annotations

from flask import Request

from service.api.problems import Fault, RefusedError, point

LANGUAGES = ("id", "en")


def require_acceptable(request: Request, media_type: str) -> None:
    """Raise RefusedError where the Accept header of ``request`` leaves out ``media_type``."""
    if "Accept" in request.headers and not _quality(request, media_type) > 0:
        raise RefusedError(406, f"The answer is {media_type}, which the Accept header leaves out.")


def _quality(request: Request, media_type: str) -> float:
    """The weight that the most specific range of the Accept header gives to ``media_type``, 0 where none does.

    Parameters of a range (``charset=utf-8``) are passed over: no answer comes in several variants.
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
