"""GET /docs: the reference for people, made from the contract and served without anything from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, render_template, request
from markupsafe import Markup, escape

from service.api import negotiation, problems, state

MEDIA_TYPE = "text/html"
STYLE = (Path(__file__).parent / "templates" / "style.css").read_text(encoding="utf-8")
_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; frame-ancestors 'none'; base-uri 'none'"

pages = Blueprint("pages", __name__, template_folder="templates")


@pages.get("/docs")
def show_reference() -> Response:
    """The reference of the contract."""
    return _page("reference.html", kinds=problems.KINDS.values(), resolve=_resolve)


@pages.app_template_filter("prose")
def _prose(text: str) -> Markup:
    """Paragraphs with what stands between backticks as code."""
    paragraphs = []
    for paragraph in text.strip().split("\n\n"):
        parts = [
            Markup("<code>{}</code>").format(part) if number % 2 else escape(part)
            for number, part in enumerate(paragraph.split("`"))
        ]
        paragraphs.append(Markup("<p>{}</p>").format(Markup("").join(parts)))
    return Markup("").join(paragraphs)


@pages.app_template_filter("pretty")
def _pretty(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


@pages.app_template_filter("kind")
def _kind(schema: dict[str, Any]) -> Markup:
    """A schema in a few words, with links to the schemas that it refers to."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return Markup('<a href="#schema-{}">{}</a>').format(name, name)
    for combination in ("allOf", "anyOf", "oneOf"):
        if combination in schema:
            return Markup(" or ").join(_kind(inner) for inner in schema[combination])
    kinds = schema.get("type", "anything")
    text = " or ".join(kinds) if isinstance(kinds, list) else kinds
    if "items" in schema:
        return Markup("list of {}").format(_kind(schema["items"]))
    bounds = {"minLength": "≥ {} characters", "maxLength": "≤ {} characters", "minItems": "≥ {}", "maxItems": "≤ {}"}
    said = [form.format(schema[name]) for name, form in bounds.items() if name in schema]
    return escape(", ".join([text, *([schema["format"]] if "format" in schema else []), *said]))


def _resolve(node: dict[str, Any]) -> dict[str, Any]:
    """What ``node`` refers to within the contract, or itself."""
    found: Any = state.current().specification.document
    if "$ref" not in node:
        return node
    for step in node["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return dict(found)


def _page(template: str, **values: Any) -> Response:
    negotiation.choose_media_type(request, (MEDIA_TYPE,))
    document = state.current().specification.document
    response = Response(
        render_template(template, contract=document, style=Markup(STYLE), **values), mimetype=MEDIA_TYPE
    )
    response.headers["Content-Security-Policy"] = POLICY
    return response
