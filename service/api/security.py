"""Response headers that keep browsers from doing what no answer of the service asks them to do."""

from __future__ import annotations

from flask import Flask, Response, g

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
}


def register(app: Flask) -> None:
    """Add the headers to each response of ``app``, where its view has not set them otherwise."""

    def protect(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        for name, value in g.get("headers", {}).items():  # what is left of the client's limit
            response.headers.setdefault(name, value)
        return response

    app.after_request(protect)
