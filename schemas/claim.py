"""A statement that an article makes or relays."""

from __future__ import annotations

from marshmallow import fields

from schemas.attribution import Attribution
from schemas.message import Answer
from schemas.scores import score_field
from schemas.span import Span


class Predicate(Answer):
    """The main predicate of a claim."""

    span = fields.Nested(Span, required=True, metadata={"description": "The word that predicates."})
    root = fields.String(required=True, metadata={"description": "Its root, without affixes.", "examples": ["tangkap"]})
    voice = fields.String(
        metadata={"description": "active or passive; absent where no affix shows it.", "examples": ["passive"]}
    )


class Argument(Answer):
    """What takes part in a claim's predicate, or where and when."""

    role = fields.String(
        required=True,
        metadata={
            "description": "agent, patient, subject (where the predicate's form does not tell which it is), place, "
            "destination, origin, time or quantity. Others may be added.",
            "examples": ["patient"],
        },
    )
    span = fields.Nested(Span, required=True, metadata={"description": "The phrase, without its preposition."})
    entity_id = fields.String(metadata={"description": "Id of the entity that the phrase stands for."})
    value_id = fields.String(metadata={"description": "Id of the value that the phrase stands for or opens with."})


class Claim(Answer):
    """A statement that an article makes or relays."""

    id = fields.String(required=True, metadata={"description": "Name of the claim in its document."})
    span = fields.Nested(
        Span,
        required=True,
        metadata={"description": "What is claimed, with the quotation marks of a direct quotation."},
    )
    form = fields.String(
        required=True,
        metadata={
            "description": "direct, indirect or mixed (attributed to somebody), or narrated (the article's own voice).",
            "examples": ["indirect"],
        },
    )
    attribution = fields.Nested(Attribution, metadata={"description": "Absent where the article itself claims it."})
    entities = fields.List(
        fields.String(), required=True, metadata={"description": "Ids of the entities that lie in the span."}
    )
    values = fields.List(
        fields.String(), required=True, metadata={"description": "Ids of the values that lie in the span."}
    )
    polarity = fields.String(
        required=True,
        metadata={"description": "affirmed, negated or denied. Others may be added.", "examples": ["affirmed"]},
    )
    certainty = fields.String(
        required=True,
        metadata={
            "description": "asserted, reported, alleged, planned, conditional or predicted. Others may be added.",
            "examples": ["asserted"],
        },
    )
    predicate = fields.Nested(
        Predicate, metadata={"description": "The predicate of the main clause; absent where none is sure."}
    )
    arguments = fields.List(
        fields.Nested(Argument),
        metadata={
            "description": "What surely belongs to the predicate, in text order; absent where nothing does. "
            "The list may be incomplete."
        },
    )
    check_worthiness = score_field("that a fact-checker would care")
    resolved_text = fields.String(
        metadata={"description": "The claim made self-contained, where that differs from the words of the span."}
    )
    score = score_field("that this is claimed, by this source")
    rule = fields.String(required=True, metadata={"description": "The rule or model that found it."})
