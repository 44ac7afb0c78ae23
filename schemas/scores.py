"""How a message says how sure the service is."""

from __future__ import annotations

from marshmallow import fields
from marshmallow.validate import Range


def score_field(what: str) -> fields.Float:
    """A required number from 0 to 1: how sure the service is ``what``."""
    return fields.Float(
        required=True,
        validate=Range(min=0, max=1),
        metadata={"description": f"How sure the service is {what}, 0 to 1."},
    )
