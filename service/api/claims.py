"""POST /v1/claims: what the articles claim, and by whom."""

from __future__ import annotations

from schemas.articles_request import ArticlesRequest
from schemas.claims_answer import ClaimsAnswer
from service.api import answers, state
from service.api.resources import Message, Resource
from service.api.submissions import Submission

resource = Resource("claims", __name__)


@resource.operation(
    "/v1/claims",
    request=ArticlesRequest,
    answer=ClaimsAnswer,
    outcome="The entities, values and claims of each article.",
)
def find_claims(submission: Submission) -> Message:
    """Find what the articles claim, and to whom they attribute it.

    Quotations, indirect speech and the articles' own statements, with the entities, numbers and times in them. A
    statement that is relayed (KCNA reports what somebody said) is one claim with a `via` chain.

    An article that cannot be analysed does not spoil the others: its document carries a `problem`.
    """
    service = state.current()
    analyses = service.pipeline.analyze(submission.articles, "claims", submission.progress)
    return {
        "documents": [answers.describe_claims(analysis, submission.derived) for analysis in analyses],
        "provenance": answers.describe_provenance(service.provenance, submission.digest),
    }
