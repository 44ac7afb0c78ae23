"""What the articles name."""

from __future__ import annotations

from marshmallow import fields

from schemas.document import EntitiesDocument
from schemas.message import Answer
from schemas.provenance import Provenance


class EntitiesAnswer(Answer):
    """What the articles name."""

    documents = fields.List(
        fields.Nested(EntitiesDocument),
        required=True,
        metadata={"description": "One for each article, in the order of the request."},
    )
    provenance = fields.Nested(Provenance, required=True)
