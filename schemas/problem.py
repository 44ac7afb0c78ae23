"""Why a request was refused: RFC 9457 problem details."""

from __future__ import annotations

from marshmallow import fields

from schemas.message import Answer


class Fault(Answer):
    """One thing that is wrong with a request."""

    detail = fields.String(required=True, metadata={"description": "What is wrong, and what is asked for."})
    pointer = fields.String(
        metadata={
            "description": "JSON pointer (RFC 6901) to the place in the request's body; empty for the whole body.",
            "examples": ["/articles/0/published_at"],
        }
    )
    parameter = fields.String(metadata={"description": "Name of the query parameter that is at fault."})


class Problem(Answer):
    """Why a request was refused: RFC 9457 problem details."""

    type = fields.String(
        required=True,
        metadata={
            "description": "URI reference that names the kind of problem and leads to its description.",
            "format": "uri-reference",
        },
    )
    title = fields.String(required=True, metadata={"description": "The kind of problem; the same for all of a kind."})
    status = fields.Integer(required=True, metadata={"description": "The HTTP status."})
    detail = fields.String(required=True, metadata={"description": "What is wrong with this request."})
    errors = fields.List(
        fields.Nested(Fault), metadata={"description": "Every single fault; of very many, the first hundred."}
    )
