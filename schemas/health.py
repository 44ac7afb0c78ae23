"""How the process is."""

from __future__ import annotations

from marshmallow import fields

from schemas.message import Answer


class Health(Answer):
    """How the process is."""

    status = fields.String(
        required=True, metadata={"description": "ok, or the answer is a problem.", "examples": ["ok"]}
    )
