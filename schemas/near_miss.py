"""Two pieces of evidence that were compared and found not to conflict."""

from __future__ import annotations

from marshmallow import fields
from marshmallow.validate import Length

from schemas.evidence import Evidence
from schemas.message import Answer


class NearMiss(Answer):
    """Two pieces of evidence that were compared and found not to conflict."""

    topic = fields.String(required=True, metadata={"description": "What was compared."})
    evidence = fields.List(
        fields.Nested(Evidence),
        required=True,
        validate=Length(equal=2),
        metadata={"description": "The two that were compared."},
    )
    rule = fields.String(required=True, metadata={"description": "The rule that found no conflict."})
    explanation = fields.String(required=True, metadata={"description": "Why there is none."})
