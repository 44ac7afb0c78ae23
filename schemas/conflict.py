"""Positions that cannot all hold."""

from __future__ import annotations

from marshmallow import fields
from marshmallow.validate import Length

from schemas.message import Answer
from schemas.position import Position
from schemas.scores import score_field


class Conflict(Answer):
    """Positions that cannot all hold. The service does not say which one is right."""

    id = fields.String(required=True, metadata={"description": "Name of the conflict in this answer."})
    type = fields.String(
        required=True,
        metadata={
            "description": "quantity, date, place, actor (who did it), polarity (one affirms, one denies), quote (one "
            "utterance in different words), sequence, attribution or other. Types may be added.",
            "examples": ["quantity"],
        },
    )
    status = fields.String(
        required=True,
        metadata={
            "description": "contradiction, update (a later count supersedes an earlier one) or wording (variants of "
            "one quotation, as translations differ). Others may be added.",
            "examples": ["contradiction"],
        },
    )
    topic = fields.String(
        required=True, metadata={"description": "What the articles differ on, in the language that was asked for."}
    )
    positions = fields.List(
        fields.Nested(Position),
        required=True,
        validate=Length(min=2),
        metadata={"description": "The answers that cannot all hold."},
    )
    severity = fields.String(
        required=True,
        metadata={
            "description": "How much it matters: high, medium or low. Others may be added.",
            "examples": ["high"],
        },
    )
    score = score_field("that the positions cannot all hold")
    rule = fields.String(required=True, metadata={"description": "The rule that judged."})
    explanation = fields.String(
        required=True, metadata={"description": "Why they cannot all hold, in the language that was asked for."}
    )
    question = fields.String(
        required=True, metadata={"description": "One question for the desk, in the language that was asked for."}
    )
    reasons = fields.List(
        fields.String(), required=True, metadata={"description": "Why the claims were compared at all."}
    )
