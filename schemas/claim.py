"""A statement that an article makes or relays."""

from __future__ import annotations

from marshmallow import fields

from schemas.attribution import Attribution
from schemas.message import Answer
from schemas.scores import score_field
from schemas.span import Span


class Claim(Answer):
    """A statement that an article makes or relays."""

    id = fields.String(required=True, metadata={"description": "Name of the claim in its document."})
    span = fields.Nested(
        Span,
        required=True,
        metadata={"description": "What is claimed, with the quotation marks of a direct quotation."},
    )
    form = fields.String(
        required=True,
        metadata={
            "description": "direct, indirect or mixed (attributed to somebody), or narrated (the article's own voice).",
            "examples": ["indirect"],
        },
    )
    attribution = fields.Nested(Attribution, metadata={"description": "Absent where the article itself claims it."})
    entities = fields.List(
        fields.String(), required=True, metadata={"description": "Ids of the entities that lie in the span."}
    )
    values = fields.List(
        fields.String(), required=True, metadata={"description": "Ids of the values that lie in the span."}
    )
    polarity = fields.String(
        required=True,
        metadata={"description": "affirmed, negated or denied. Others may be added.", "examples": ["affirmed"]},
    )
    certainty = fields.String(
        required=True,
        metadata={
            "description": "asserted, reported, alleged, planned, conditional or predicted. Others may be added.",
            "examples": ["asserted"],
        },
    )
    check_worthiness = score_field("that a fact-checker would care")
    resolved_text = fields.String(
        metadata={"description": "The claim made self-contained, where that differs from the words of the span."}
    )
    score = score_field("that this is claimed, by this source")
    rule = fields.String(required=True, metadata={"description": "The rule or model that found it."})
