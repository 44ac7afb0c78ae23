"""HTTP only: load, call, dump. One resource a file."""

from __future__ import annotations

from flask import Flask, Response, request

from service import logging
from service.api import (
    analyses,
    bodies,
    claims,
    conflicts,
    desk,
    documentation,
    entities,
    health,
    problems,
    security,
    specification,
)

RESOURCES = (
    entities.resource,
    claims.resource,
    conflicts.resource,
    analyses.resource,
    health.resource,
    specification.resource,
)


def register(app: Flask) -> None:
    """Make ``app`` answer all operations, with one shape of errors, request ids and security headers."""
    app.url_map.merge_slashes = False
    logging.register(app)
    problems.register(app)
    security.register(app)
    for resource in RESOURCES:
        app.register_blueprint(resource)
    app.register_blueprint(documentation.pages)
    app.register_blueprint(desk.desk)
    app.after_request(_read_to_the_end)


def _read_to_the_end(response: Response) -> Response:
    if response.status_code >= 400:
        bodies.discard(request)
    return response
