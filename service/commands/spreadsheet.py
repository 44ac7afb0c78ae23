"""The conflicts of an answer as CSV (RFC 4180), a row for each piece of evidence, for spreadsheets.

What spreadsheets take for a formula is kept from being one: articles come from anywhere, and a cell that opens with
one of a few signs would be run where the file is opened.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from service.commands.articles import submitted
from service.commands.report import outlet, plain

COLUMNS = (
    "conflict", "type", "status", "severity", "topic", "position", "value", "outlet", "speaker", "as_of", "words",
    "article", "start", "end", "url", "explanation", "question", "score", "rule",
)  # fmt: skip
BYTE_ORDER_MARK = "\ufeff"
# full-width forms too, which spreadsheets in East Asian languages take for the same
_OPENINGS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_GUARD = "'"


def write(answer: bytes, request: bytes, byte_order_mark: bool) -> bytes:
    """The conflicts in the ``answer`` of ``POST /v1/analyses`` to ``request``, in UTF-8; a header row is always there.

    Lines end with CR LF. Excel takes the file for UTF-8 only where it opens with a ``byte_order_mark``.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    articles = submitted(request)
    for conflict in json.loads(answer)["conflicts"]:
        for row in _describe(conflict, articles):
            writer.writerow([_guard(row[name]) for name in COLUMNS])
    return ((BYTE_ORDER_MARK if byte_order_mark else "") + out.getvalue()).encode()


def _describe(conflict: Mapping[str, Any], articles: Mapping[str, Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    shared = {name: conflict[name] for name in COLUMNS if name in conflict}
    for number, position in enumerate(conflict["positions"], 1):
        for evidence in position["evidence"]:
            article = articles[evidence["article_id"]]
            yield {
                **shared,
                "conflict": conflict["id"],
                "position": number,
                "value": position["value"],
                "outlet": outlet(article),
                "speaker": (evidence.get("speaker") or {}).get("name"),
                "as_of": evidence.get("as_of"),
                "words": evidence["span"]["text"],
                "article": evidence["article_id"],
                "start": evidence["span"]["start"],
                "end": evidence["span"]["end"],
                "url": article.get("url"),
            }


def _guard(cell: object) -> object:
    """``cell`` on one line, and behind an apostrophe where it would be taken for a formula. Numbers stay numbers."""
    if not isinstance(cell, str):
        return cell
    text = plain(cell).strip()
    return _GUARD + text if text.startswith(_OPENINGS) else text
