"""A news item as newsrooms exchange it: IPTC ninjs."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from marshmallow import INCLUDE, Schema, ValidationError, fields, validates_schema
from marshmallow.exceptions import SCHEMA

from schemas.article import LANGUAGE_PATTERN, LANGUAGE_RULE, NAME_PATTERN, NAME_RULE
from schemas.fields import InterchangeTime, Members, Text
from schemas.message import MESSAGES

BODIES = ("bodies", "body_text", "body_html", "body_xhtml")
MEDIA_TYPES = ("text/plain", "text/html", "application/xhtml+xml")
_UNTOLD = {"enum": [None, ""]}
_READABLE = {"pattern": rf"^({'|'.join(MEDIA_TYPES)})(;|$)".replace("+", r"\+")}
_READABLE_BODY = {
    "anyOf": [
        {"required": ["contentType"], "properties": {"contentType": {"type": "string", **_READABLE}}},
        {"properties": {"contentType": _UNTOLD, "contenttype": {"anyOf": [_UNTOLD, _READABLE]}}},
    ]
}
_NO_BODY = "There is nothing to read: the item has none of bodies, body_text, body_html and body_xhtml."
_NO_READABLE_BODY = f"None of these is read here: the contentType must be one of {', '.join(MEDIA_TYPES)}, or absent."


def is_item(message: object) -> bool:
    """Whether a member of ``articles`` is a ninjs item: it has a ``uri``, which an article has not."""
    return isinstance(message, dict) and "uri" in message


class _Part(Schema):
    """A part of a ninjs item: what is not read of it is passed over, not refused, since others defined it."""

    class Meta:
        """How marshmallow reads the message."""

        unknown = INCLUDE

    error_messages = MESSAGES


class NinjsContent(_Part):
    """A body or a headline of a ninjs item."""

    value = Text(shortest=0, required=True, metadata={"description": "Plain text, or HTML as contentType tells."})
    role = Text(
        shortest=0,
        allow_none=True,
        metadata={"description": "Which of several it is; one of the role `main` comes before others."},
    )
    contentType = Text(  # noqa: N815  # the names are those of ninjs
        shortest=0,
        allow_none=True,
        metadata={"description": "Its media type. Without one, what opens with a tag is HTML, all else text."},
    )
    contenttype = Text(shortest=0, allow_none=True, metadata={"description": "The same in ninjs 2."})


class NinjsParty(_Part):
    """A party that a ninjs item names as a source."""

    name = Text(shortest=0, longest=1000, allow_none=True, metadata={"description": "Its name."})


def _moment(description: str) -> InterchangeTime:
    return InterchangeTime(allow_none=True, metadata={"description": description})


def _name(description: str) -> Text:
    return Text(shortest=0, longest=1000, allow_none=True, metadata={"description": description})


def _body(description: str) -> Text:
    return Text(shortest=0, allow_none=False, metadata={"description": description})


def _parties(description: str) -> Members:
    return Members(fields.Nested(NinjsParty), allow_none=True, metadata={"description": description})


class NinjsItem(_Part):
    """A news item in ninjs 3 (IPTC News in JSON), as it is; items of ninjs 1 and 2 are read as well.

    Members that are not listed are allowed and not read. Answers refer to the item by its `uri`, and hold the text
    that was made of its body: every offset counts that text.
    """

    CONSTRAINTS: Mapping[str, Any] = MappingProxyType(
        {
            "if": {"required": ["bodies"]},
            "then": {"properties": {"bodies": {"contains": _READABLE_BODY}}},
            "else": {"anyOf": [{"required": [name]} for name in BODIES[1:]]},
        }
    )
    """What JSON Schema says of the item beside its members: one of its bodies can be read."""

    uri = Text(
        required=True,
        longest=2000,
        pattern=NAME_PATTERN,
        rule=NAME_RULE,
        metadata={
            "description": "Identifier of the item; it takes the place of an article's id. A member of `articles` that "
            "has it is read as ninjs.",
            "examples": ["https://nusa.example/berita/1121"],
        },
    )
    language = Text(
        shortest=2,
        longest=35,
        pattern=LANGUAGE_PATTERN,
        rule=LANGUAGE_RULE,
        allow_none=True,
        metadata={"description": "Language of the text as a BCP 47 tag. Without it the language is identified."},
    )
    bodies = Members(
        fields.Nested(NinjsContent),
        fewest=1,
        metadata={
            "description": "The text. One of the role `main` is read before one without a role, and that before "
            "others; of those, plain text before HTML.",
        },
    )
    body_text = _body("The text in ninjs 1.")
    body_html = _body("The text as HTML in ninjs 1, read where there is no plain text.")
    body_xhtml = _body("The text as XHTML in ninjs 1, read where there is neither of the others.")
    headlines = Members(
        fields.Nested(NinjsContent),
        allow_none=True,
        metadata={"description": "The headline: that of the role `main`, or else the first."},
    )
    headline = _name("The headline in ninjs 1.")
    title = _name("Read as the headline where there is no other.")
    infoSources = _parties("The outlet: the first that has a name.")  # noqa: N815
    infosources = _parties("The same in ninjs 2.")
    infosource = _parties("The same in ninjs 1.")
    source = _name("The outlet in items of Superdesk, where no source has a name.")
    copyrightHolder = _name("Read as the outlet where there is no other.")  # noqa: N815
    copyrightholder = _name("The same in ninjs 1 and 2.")
    contentCreated = _moment(  # noqa: N815
        "When the content was made: the time that relative dates are resolved against. An RFC 3339 time; its offset "
        "may stand without the colon, as Superdesk writes it."
    )
    firstCreated = _moment("Read where contentCreated is absent.")  # noqa: N815
    versionCreated = _moment("Read where both are absent.")  # noqa: N815
    contentcreated = _moment("The same in ninjs 1 and 2.")
    firstcreated = _moment("The same in ninjs 1 and 2.")
    versioncreated = _moment("The same in ninjs 1 and 2.")

    @validates_schema(pass_original=True, skip_on_field_errors=True)
    def require_body(self, data: Mapping[str, Any], original: Mapping[str, Any], **kwargs: Any) -> None:
        """Refuse an item that has no body, or none of a media type that is read."""
        if not any(name in data for name in BODIES):
            raise ValidationError({"bodies": [_NO_BODY]})
        bodies = data.get("bodies")
        if bodies is not None and not any(media_type(body) in {None, *MEDIA_TYPES} for body in bodies):
            raise ValidationError({"bodies": {SCHEMA: [_NO_READABLE_BODY]}})


def media_type(content: Mapping[str, Any]) -> str | None:
    """The media type of a body or headline without its parameters; None where none is told."""
    told = content.get("contentType") or content.get("contenttype")
    return told.partition(";")[0].strip().lower() if told else None
