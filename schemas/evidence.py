"""The words of an article that stand for a position."""

from __future__ import annotations

from marshmallow import fields

from schemas.message import Answer
from schemas.span import Span
from schemas.speaker import Speaker


class Evidence(Answer):
    """The words of an article that stand for a position."""

    article_id = fields.String(required=True, metadata={"description": "Id of the article, as given in the request."})
    claim_id = fields.String(metadata={"description": "The claim of that article's document that the words are of."})
    span = fields.Nested(Span, required=True)
    speaker = fields.Nested(Speaker, metadata={"description": "Who says so, where the article names a source."})
    as_of = fields.String(metadata={"description": "The time that the words speak of, ISO 8601."})
