"""Articles that are checked against each other, and nothing else is asked of them."""

from __future__ import annotations

from marshmallow import fields

from schemas.analyses_request import AnalysesRequest
from schemas.article import Article
from schemas.fields import Members


class ConflictsRequest(AnalysesRequest):
    """Articles that are to be checked against each other, two or more."""

    articles = Members(
        fields.Nested(Article),
        fewest=2,
        required=True,
        metadata={"description": "The articles, two or more. No two may have one id."},
    )
