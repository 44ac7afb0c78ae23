"""One of the answers that articles give to the same question."""

from __future__ import annotations

from marshmallow import fields

from schemas.evidence import Evidence
from schemas.message import Answer


class Position(Answer):
    """One of the answers that articles give to the same question."""

    value = fields.String(required=True, metadata={"description": "The answer, in short.", "examples": ["14"]})
    sources = fields.List(
        fields.String(), required=True, metadata={"description": "The outlets that give this answer."}
    )
    evidence = fields.List(
        fields.Nested(Evidence), required=True, metadata={"description": "All the words that give this answer."}
    )
