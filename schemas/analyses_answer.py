"""What the articles name and claim, and what they say of each other."""

from __future__ import annotations

from marshmallow import fields

from schemas.conflicts_answer import CrossChecked
from schemas.document import ClaimsDocument


class AnalysesAnswer(CrossChecked):
    """What the articles name and claim, and what they say of each other."""

    documents = fields.List(
        fields.Nested(ClaimsDocument),
        required=True,
        metadata={"description": "One for each article, in the order of the request."},
    )
