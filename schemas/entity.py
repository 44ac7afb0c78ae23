"""Somebody or something that an article names."""

from __future__ import annotations

from marshmallow import fields

from schemas.message import Answer
from schemas.scores import score_field
from schemas.span import Span


class Entity(Answer):
    """Somebody or something that an article names."""

    id = fields.String(required=True, metadata={"description": "Name of the entity in its document."})
    type = fields.String(
        required=True,
        metadata={
            "description": "PERSON, ORG (organisations, media, armed forces), GPE (countries, regions, cities, "
            "villages), LOC (mountains, seas, continents), FAC (buildings, stations), EVENT, LAW, PRODUCT or NORP "
            "(nationalities and religions). Further types may be added.",
            "examples": ["PERSON"],
        },
    )
    name = fields.String(
        required=True,
        metadata={"description": "The canonical name: the fullest common one, the same in all articles of a request."},
    )
    mentions = fields.List(
        fields.Nested(Span), required=True, metadata={"description": "Where the article names it, in reading order."}
    )
    references = fields.List(
        fields.Nested(Span),
        metadata={"description": "Pronouns and noun phrases that are surely the same entity, in reading order."},
    )
    identifiers = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        metadata={"description": "Identifiers elsewhere, by scheme.", "examples": [{"iso3166-1": "KP"}]},
    )
    score = score_field("that this is an entity of this type")
    rule = fields.String(required=True, metadata={"description": "The rule or model that found it."})
