"""Articles that are analysed and checked against each other."""

from __future__ import annotations

from schemas.articles_request import ArticlesRequest
from schemas.fields import Members, Text

PARTS = ("near_misses",)


class AnalysesRequest(ArticlesRequest):
    """Articles that are to be analysed and checked against each other, one or more."""

    include = Members(
        Text(longest=40, choices=PARTS),
        most=len(PARTS),
        distinct=True,
        allow_none=True,
        metadata={
            "description": "Parts that are left out of the answer unless asked for. `near_misses`: pairs of "
            "evidence that were compared and found not to conflict, with the reason."
        },
    )
