"""GET /: the desk page, on which an editor compares articles, and the files that it is made of.

The files are read once, when the process starts. Their addresses hold a digest of all of them, so that browsers may
keep them for good, and get all of them anew when one changes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from flask import Blueprint, Response, abort, request

from service.api import negotiation

FOLDER = Path(__file__).parent / "page"
MEDIA_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
# nothing inline, nothing from elsewhere; HTML is parsed by one function of the page alone, into text (html-text.js)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'none'; "
    "frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types html-to-text"
)
_PLACEHOLDER = "EDITION"
_A_YEAR = 365 * 24 * 3600


def _read_files() -> Mapping[str, bytes]:
    files = sorted(path for path in FOLDER.rglob("*") if path.suffix in MEDIA_TYPES)
    return MappingProxyType({path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in files})


def _digest(*contents: bytes) -> str:
    whole = hashlib.sha256()
    for content in contents:
        whole.update(hashlib.sha256(content).digest())
    return whole.hexdigest()[:16]


FILES = _read_files()
EDITION = _digest(*(part for name, content in FILES.items() for part in (name.encode(), content)))
PAGE = (FOLDER / "index.html").read_text(encoding="utf-8").replace(_PLACEHOLDER, EDITION)

desk = Blueprint("desk", __name__)


@desk.get("/")
def show_desk() -> Response:
    """The desk page."""
    negotiation.choose_media_type(request, ("text/html",))
    response = Response(PAGE, mimetype="text/html")
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.cache_control.no_cache = True
    return _conditional(response, _digest(PAGE.encode()))


@desk.get("/desk/<edition>/<path:name>")
def show_file(edition: str, name: str) -> Response:
    """One of the page's files."""
    if edition != EDITION or name not in FILES:
        abort(404)
    response = Response(FILES[name], mimetype=MEDIA_TYPES[Path(name).suffix])
    response.cache_control.public = True
    response.cache_control.max_age = _A_YEAR
    response.cache_control.immutable = True
    return _conditional(response, EDITION)


def _conditional(response: Response, tag: str) -> Response:
    """``response`` under ``tag``, without its body where the client holds it already."""
    response.set_etag(tag)
    response.make_conditional(request)
    return response
