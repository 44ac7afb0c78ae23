"""By whom something is claimed."""

from __future__ import annotations

from marshmallow import fields

from schemas.message import Answer
from schemas.span import Span
from schemas.speaker import Speaker


class Attribution(Answer):
    """By whom something is claimed."""

    speaker = fields.Nested(
        Speaker, required=True, allow_none=True, metadata={"description": "Null where the text names nobody."}
    )
    cue = fields.Nested(
        Span, required=True, allow_none=True, metadata={"description": "The word that marks the speech."}
    )
    via = fields.List(
        fields.Nested(Speaker),
        required=True,
        metadata={"description": "Sources that relay the statement, nearest to the reader first."},
    )
    anonymous = fields.Boolean(required=True, metadata={"description": "Whether the source is unnamed on purpose."})
