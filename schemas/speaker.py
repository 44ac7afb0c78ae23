"""Who is given as the source of a statement."""

from __future__ import annotations

from marshmallow import fields

from schemas.message import Answer
from schemas.span import Span


class Speaker(Answer):
    """Who is given as the source of a statement."""

    name = fields.String(metadata={"description": "The canonical name where it is known, else the phrase as written."})
    span = fields.Nested(Span, metadata={"description": "The phrase that names the source."})
    entity_id = fields.String(metadata={"description": "The entity of the same document that the source is."})
    role = fields.String(metadata={"description": "Office or role, as written."})
    affiliation = fields.String(metadata={"description": "The body that the source speaks for, as written."})
