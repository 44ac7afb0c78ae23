"""What the articles say of each other."""

from __future__ import annotations

from marshmallow import fields

from schemas.agreement import Agreement
from schemas.conflict import Conflict
from schemas.document import DocumentProblem
from schemas.message import Answer
from schemas.near_miss import NearMiss
from schemas.provenance import Provenance


class ArticleProblem(DocumentProblem):
    """Why an article took no part in the comparison."""

    article_id = fields.String(required=True, metadata={"description": "Id of the article, as given in the request."})


class ArticleText(Answer):
    """The text of an article as it was read."""

    article_id = fields.String(required=True, metadata={"description": "Id of the article, as given in the request."})
    text = fields.String(required=True, metadata={"description": "The text that every offset counts."})


class CrossChecked(Answer):
    """What the articles say of each other."""

    conflicts = fields.List(
        fields.Nested(Conflict),
        required=True,
        metadata={"description": "The gravest first."},
    )
    agreements = fields.List(
        fields.Nested(Agreement), required=True, metadata={"description": "What several articles state alike."}
    )
    near_misses = fields.List(
        fields.Nested(NearMiss),
        metadata={"description": "Present where the request's `include` asks for them."},
    )
    provenance = fields.Nested(Provenance, required=True)


class ConflictsAnswer(CrossChecked):
    """What the articles say of each other."""

    problems = fields.List(
        fields.Nested(ArticleProblem),
        required=True,
        metadata={"description": "The articles that could not be analysed, and so were not compared."},
    )
    texts = fields.List(
        fields.Nested(ArticleText),
        metadata={"description": "The texts of the ninjs items of the request; absent where it has none."},
    )
