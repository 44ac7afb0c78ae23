"""POST /v1/analyses: everything at once."""

from __future__ import annotations

from schemas.analyses_answer import AnalysesAnswer
from schemas.analyses_request import AnalysesRequest
from service.api import answers, state
from service.api.resources import Message, Resource
from service.api.submissions import Submission

resource = Resource("analyses", __name__)


@resource.operation(
    "/v1/analyses",
    request=AnalysesRequest,
    answer=AnalysesAnswer,
    outcome="All that the articles yield, each on its own and together.",
    localized=True,
)
def analyze_articles(submission: Submission) -> Message:
    """Analyse articles and check them against each other.

    The answers of the other operations in one: the documents of `/v1/claims` with the conflicts and agreements of
    `/v1/conflicts`. One article alone may contradict itself.

    Topics, explanations and questions are in the language that `Accept-Language` prefers, Indonesian or English.
    """
    service = state.current()
    analyses = service.pipeline.analyze(submission.articles, "claims", submission.progress)
    check = service.pipeline.cross_check(analyses, submission.language, submission.progress)
    return {
        "documents": [answers.describe_claims(analysis, submission.derived) for analysis in analyses],
        **answers.describe_cross_check(check, analyses, submission.include),
        "provenance": answers.describe_provenance(service.provenance, submission.digest),
    }
