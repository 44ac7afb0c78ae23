"""From files to a request: the body that ``POST /v1/analyses`` would be sent for them.

Nothing is checked here that the contract checks: the body goes through the same door as any client's.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from schemas.ninjs_item import is_item
from service.api import ninjs, strict_json
from service.api.problems import RefusedError

_JSON = frozenset((".json", ".ninjs"))
_NOON = "T12:00:00+07:00"
"""Time of day of articles of which a cluster tells the day alone: noon in western Indonesia."""


class InputError(ValueError):
    """What was given to be analysed cannot be read, or is refused."""


@dataclass(frozen=True, slots=True)
class FileRequest:
    """The ``body`` of a request, and for each of its articles the name of the file that it came from."""

    body: bytes
    origins: tuple[str, ...]


class _ClusterArticle(msgspec.Struct, frozen=True):
    id: str
    published_at: str | None = None
    source: str | None = None
    url: str | None = None
    title: str | None = None


class _Cluster(msgspec.Struct, frozen=True):
    articles: tuple[_ClusterArticle, ...]


def read_articles(paths: Sequence[Path]) -> FileRequest:
    """The request that holds the articles of all ``paths``, in the order given; raises InputError.

    A path is a text file, whose name is the article's id; a JSON file with an article or ninjs item, a list of them or
    a whole request; or a folder with a ``cluster.json`` and ``articles/<id>.txt``. A request that is alone is sent as
    it is.
    """
    members: dict[str, Any] = {}
    articles: list[object] = []
    origins: list[str] = []
    for path in paths:
        if path.suffix.lower() in _JSON and not path.is_dir():
            data = _read(path)
            message = _decode(path, data)
            if isinstance(message, dict) and isinstance(message.get("articles"), list):
                found: list[object] = message["articles"]
                members |= message
                if len(paths) == 1:
                    return FileRequest(data, (path.name,) * len(found))
            else:
                found = message if isinstance(message, list) else [message]
        elif path.is_dir():
            found = list(_read_cluster(path))
        else:
            found = [{"id": path.stem, "text": _text(path)}]
        articles += found
        origins += [str(path)] * len(found)
    # escapes, so that a lone surrogate reaches the check that names it
    body = json.dumps({**members, "articles": articles}).encode()
    return FileRequest(body, tuple(origins))


def submitted(request: bytes) -> dict[str, Mapping[str, Any]]:
    """The articles of an accepted ``request`` by their ids, ninjs items as the articles that were made of them."""
    messages = json.loads(request)["articles"]
    articles = [ninjs.read(message) if is_item(message) else message for message in messages]
    return {article["id"]: article for article in articles}


def _decode(path: Path, data: bytes) -> object:
    try:
        message = strict_json.decode(data)
    except RefusedError as refusal:
        faults = "; ".join(f"{fault.pointer}: {fault.detail}" for fault in refusal.faults if fault.pointer)
        raise InputError(f"{path}: {refusal.detail} {faults}".rstrip()) from refusal
    if not isinstance(message, dict | list):
        raise InputError(f"{path}: This is neither an article, nor a list of articles, nor a request.")
    return message


def _read_cluster(folder: Path) -> Iterator[Mapping[str, object]]:
    file = folder / "cluster.json"
    if not file.is_file():
        raise InputError(f"{folder}: There is no cluster.json in this folder.")
    try:
        cluster = msgspec.json.decode(_read(file), type=_Cluster)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{file}: {error}") from error
    for article in cluster.articles:
        moment = article.published_at
        yield {
            "id": article.id,
            "text": _text(folder / "articles" / f"{article.id}.txt"),
            "title": article.title,
            "source": {"name": article.source} if article.source else None,
            "url": article.url,
            "published_at": moment if moment is None or "T" in moment else moment + _NOON,
        }


def _text(path: Path) -> str:
    try:
        return _read(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: This is not UTF-8: byte {error.start} cannot be decoded.") from error


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}.") from error
