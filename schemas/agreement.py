"""What several articles state alike."""

from __future__ import annotations

from marshmallow import fields
from marshmallow.validate import Range

from schemas.evidence import Evidence
from schemas.message import Answer


class Agreement(Answer):
    """What several articles state alike."""

    id = fields.String(required=True, metadata={"description": "Name of the agreement in this answer."})
    topic = fields.String(required=True, metadata={"description": "What the articles agree on."})
    value = fields.String(required=True, metadata={"description": "What they state, in short."})
    evidence = fields.List(
        fields.Nested(Evidence), required=True, metadata={"description": "All the words that state it."}
    )
    sources = fields.List(fields.String(), required=True, metadata={"description": "The outlets that state it."})
    independent_sources = fields.Integer(
        required=True,
        validate=Range(min=0),
        metadata={"description": "How many origins the statements go back to: repeating a report confirms nothing."},
    )
    origins = fields.List(
        fields.String(), required=True, metadata={"description": "The sources that the statements go back to."}
    )
    reasons = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "Why sources count as one: same cited source, copied wording, same speaker."},
    )
