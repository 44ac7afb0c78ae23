"""News items in IPTC ninjs to articles: which member of the one becomes which of the other.

The reference is ninjs 3.1; of ninjs 1 and 2 the members are read that have other names there. What an item says of
people, places and subjects is not read: the text alone is analysed. See docs/formats.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schemas.ninjs_item import MEDIA_TYPES, media_type
from service.api import markup

Item = Mapping[str, Any]
_PLAIN = MEDIA_TYPES[0]
_MARKED_UP = MEDIA_TYPES[1:]
_OF_FIRST_GENERATION = (("body_text", _PLAIN), ("body_html", "text/html"), ("body_xhtml", "application/xhtml+xml"))
_MOMENTS = tuple(name for told in ("contentCreated", "firstCreated", "versionCreated") for name in (told, told.lower()))


def read(item: Item) -> dict[str, Any]:
    """The article that ``item``, whose shape is right, stands for: the members of an article, absent ones left out.

    Raises MarkupError where its body is HTML that is not read.
    """
    outlet = _find_outlet(item)
    members = {
        "id": item["uri"],
        "text": _read_body(item),
        "title": _find_headline(item),
        "source": {"name": outlet} if outlet else None,
        "published_at": next((item[name] for name in _MOMENTS if item.get(name)), None),
        "language": item.get("language"),
    }
    return {name: member for name, member in members.items() if member is not None}


def find_body(item: Item) -> tuple[str | int, ...]:
    """The steps to the body that is read, as those of a JSON pointer into ``item``."""
    bodies = item.get("bodies")
    if bodies is None:
        return (next(name for name, _ in _OF_FIRST_GENERATION if item.get(name) is not None),)
    readable = [(_rank(body), index) for index, body in enumerate(bodies) if _kind(body) is not None]
    return ("bodies", min(readable)[1], "value")


def _rank(body: Item) -> tuple[bool, int, bool]:
    """What comes first: what is not blank, then the role ``main``, then none, then plain text."""
    role = (body.get("role") or "").lower()
    return not body["value"].strip(), 0 if role == "main" else 2 if role else 1, _kind(body) != _PLAIN


def _kind(content: Item) -> str | None:
    """The media type of a body or headline if it is one that is read, or a guess where none is told."""
    told = media_type(content)
    if told is None:
        return _MARKED_UP[0] if markup.is_markup(content["value"]) else _PLAIN
    return told if told in MEDIA_TYPES else None


def _read_body(item: Item) -> str:
    name, *steps = find_body(item)
    if not steps:
        kind = dict(_OF_FIRST_GENERATION)[str(name)]
        return _read_content(item[str(name)], kind)
    body = item["bodies"][steps[0]]
    return _read_content(body["value"], _kind(body))


def _read_content(value: str, kind: str | None) -> str:
    return markup.read_text(value) if kind in _MARKED_UP else value


def _find_headline(item: Item) -> str | None:
    headlines = sorted(item.get("headlines") or (), key=lambda one: (one.get("role") or "").lower() != "main")
    told = next((_read_content(one["value"], _kind(one)) for one in headlines if one["value"].strip()), None)
    return told or item.get("headline") or item.get("title") or None


def _find_outlet(item: Item) -> str | None:
    parties = (party for name in ("infoSources", "infosources", "infosource") for party in item.get(name) or ())
    told = next((party["name"] for party in parties if party.get("name")), None)
    names = ("source", "copyrightHolder", "copyrightholder")
    return told or next((item[name] for name in names if item.get(name)), None)
