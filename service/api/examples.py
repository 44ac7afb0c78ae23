"""The examples of the contract: requests as clients send them, and the answers that the service gave to them.

``python -m service.contract --examples`` writes the answers anew, from the pipeline as it is.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import msgspec

from schemas.articles_request import ArticlesRequest
from service.api import linked_data
from service.api.negotiation import LANGUAGES
from service.api.problems import KINDS, Kind
from service.api.submissions import read_article

FOLDER = Path(__file__).parent / "examples"
OPERATIONS = ("find_entities", "find_claims", "find_conflicts", "analyze_articles")
_SUMMARY = "Two reports on one landslide (invented)"
_FAULTS = {
    400: {"detail": "The body is not JSON: Expecting ',' delimiter at line 3, column 5.", "pointer": ""},
    422: {"detail": "This field is required.", "pointer": "/articles/0/text"},
}


def requests(operation: str) -> dict[str, Any]:
    """The example requests of ``operation``, by name, as OpenAPI writes them."""
    found = {"landslide": {"summary": _SUMMARY, "value": request(operation)}}
    if operation == "find_claims":
        found["ninjs"] = {"summary": "An item in IPTC ninjs (invented)", "value": _read(FOLDER / "ninjs.json")}
    return found


def answers(operation: str) -> dict[str, Any]:
    """The example answers of ``operation``, by name; empty where there are none."""
    if operation in OPERATIONS:
        return {"landslide": {"summary": _SUMMARY, "value": _read(FOLDER / f"{operation}.json")}}
    if operation.startswith("check_"):
        return {"ok": {"summary": "All is well", "value": {"status": "ok"}}}
    return {}


def linked(operation: str) -> dict[str, Any]:
    """The example answers of ``operation`` as JSON-LD, by name; one operation has them, since all are of one kind."""
    if operation != "find_claims":
        return {}
    answer = _read(FOLDER / f"{operation}.json")
    articles = [read_article(article) for article in ArticlesRequest().load(request(operation))["articles"]]
    graph = linked_data.describe(answer, msgspec.json.encode(answer), articles, LANGUAGES[0])
    return {"landslide": {"summary": _SUMMARY, "value": graph}}


def request(operation: str) -> dict[str, Any]:
    """The example request of ``operation``; the cross-checking ones ask for the near misses too."""
    articles: dict[str, Any] = _read(FOLDER / "articles.json")
    return articles | ({"include": ["near_misses"]} if operation == "find_conflicts" else {})


def problem(kind: Kind) -> dict[str, Any]:
    """The example of a problem of ``kind``."""
    value: dict[str, Any] = {
        "type": kind.uri,
        "title": kind.title,
        "status": kind.status,
        "detail": kind.description,
    }
    if kind.status in _FAULTS:
        value["errors"] = [_FAULTS[kind.status]]
    return {kind.slug: {"summary": KINDS[kind.status].title, "value": value}}


@functools.cache
def _read(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def forget() -> None:
    """Read the files anew when they are next asked for."""
    _read.cache_clear()
