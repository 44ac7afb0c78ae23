"""What the articles name and claim."""

from __future__ import annotations

from marshmallow import fields

from schemas.document import ClaimsDocument
from schemas.message import Answer
from schemas.provenance import Provenance


class ClaimsAnswer(Answer):
    """What the articles name and claim."""

    documents = fields.List(
        fields.Nested(ClaimsDocument),
        required=True,
        metadata={"description": "One for each article, in the order of the request."},
    )
    provenance = fields.Nested(Provenance, required=True)
