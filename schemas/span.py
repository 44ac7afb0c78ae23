"""A stretch of an article's text."""

from __future__ import annotations

from marshmallow import fields
from marshmallow.validate import Range

from schemas.message import Answer

_OFFSET = Range(min=0)


class Stretch(Answer):
    """Code points `start` up to, not including, `end` of the article's text as received, counted from zero."""

    start = fields.Integer(required=True, validate=_OFFSET, metadata={"description": "Offset of the first code point."})
    end = fields.Integer(
        required=True, validate=_OFFSET, metadata={"description": "Offset of the code point after the last."}
    )


class Span(Stretch):
    """Words of an article: `text` is code points `start` up to, not including, `end` of its text as received."""

    text = fields.String(required=True, metadata={"description": "The words, exactly as the article has them."})
