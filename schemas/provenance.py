"""What made an answer, and from what."""

from __future__ import annotations

from marshmallow import fields
from marshmallow.validate import Regexp

from schemas.message import Answer


class Provenance(Answer):
    """What made an answer, and from what: equal provenance and language mean an equal answer."""

    service = fields.String(required=True, metadata={"description": "Version of the service.", "examples": ["0.1.0"]})
    rules = fields.String(
        required=True,
        metadata={"description": "Version of the rules and of the linguistic data: a digest of them."},
    )
    models = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        metadata={"description": "Version of each model, by its name: a digest of its weights."},
    )
    input_digest = fields.String(
        required=True,
        validate=Regexp(r"^sha-256:[0-9a-f]{64}$"),
        metadata={"description": "SHA-256 of the request's body, byte for byte as received."},
    )
