"""What one article yields: a message for each depth of analysis."""

from __future__ import annotations

from marshmallow import fields

from schemas.claim import Claim
from schemas.entity import Entity
from schemas.message import Answer
from schemas.scores import score_field
from schemas.span import Stretch
from schemas.value import Value


class DocumentProblem(Answer):
    """Why an article could not be analysed. The other articles of the request are not affected."""

    code = fields.String(
        required=True,
        metadata={
            "description": "unsupported_language or no_content (nothing is left beside boilerplate). Others may be "
            "added.",
            "examples": ["no_content"],
        },
    )
    title = fields.String(required=True, metadata={"description": "The same in words."})


class EntitiesDocument(Answer):
    """The entities of one article."""

    id = fields.String(required=True, metadata={"description": "Id of the article, as given in the request."})
    text = fields.String(
        metadata={
            "description": "The text that every offset counts, where it is not a member of the request: the body of a "
            "ninjs item."
        },
    )
    language = fields.String(
        required=True,
        metadata={"description": "Language as a BCP 47 tag; und where it is not clear.", "examples": ["id"]},
    )
    language_score = score_field("of the language")
    analyzed = fields.List(
        fields.Nested(Stretch),
        required=True,
        metadata={"description": "The ranges that were analysed; empty where there is a problem."},
    )
    boilerplate = fields.List(
        fields.Nested(Stretch),
        required=True,
        metadata={"description": "The ranges that are not the article's text: promotion, credits, navigation."},
    )
    problem = fields.Nested(DocumentProblem, metadata={"description": "Absent where the article was analysed."})
    entities = fields.List(
        fields.Nested(Entity), required=True, metadata={"description": "In the order of their first mention."}
    )


class ClaimsDocument(EntitiesDocument):
    """The entities, values and claims of one article."""

    values = fields.List(fields.Nested(Value), required=True, metadata={"description": "In reading order."})
    claims = fields.List(fields.Nested(Claim), required=True, metadata={"description": "In reading order."})
