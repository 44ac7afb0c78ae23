"""Articles that are checked against each other, and nothing else is asked of them."""

from __future__ import annotations

from schemas.analyses_request import AnalysesRequest
from schemas.articles_request import ARTICLES, AnyArticle
from schemas.fields import Members


class ConflictsRequest(AnalysesRequest):
    """Articles that are to be checked against each other, two or more."""

    articles = Members(
        AnyArticle(),
        fewest=2,
        required=True,
        metadata={"description": f"Two or more. {ARTICLES}"},
    )
