"""POST /v1/conflicts: where the articles contradict each other."""

from __future__ import annotations

from schemas.conflicts_answer import ConflictsAnswer
from schemas.conflicts_request import ConflictsRequest
from service.api import answers, state
from service.api.resources import Message, Resource
from service.api.submissions import Submission

resource = Resource("conflicts", __name__)


@resource.operation(
    "/v1/conflicts",
    request=ConflictsRequest,
    answer=ConflictsAnswer,
    outcome="The conflicts and agreements of the articles.",
    localized=True,
)
def find_conflicts(submission: Submission) -> Message:
    """Find where two or more articles contradict each other, and where they agree.

    A conflict is a question to which articles give answers that cannot all hold; each answer comes with the words
    that give it. The service says why they were compared and what to ask, never who is right. Agreements count
    origins: three outlets that repeat one agency are one.

    Topics, explanations and questions are in the language that `Accept-Language` prefers, Indonesian or English.
    """
    service = state.current()
    analyses = service.pipeline.analyze(submission.articles, "claims", submission.progress)
    check = service.pipeline.cross_check(analyses, submission.language, submission.progress)
    texts = answers.describe_texts(analyses, submission.derived)
    return {
        **answers.describe_cross_check(check, analyses, submission.include),
        "problems": answers.describe_problems(analyses),
        **({"texts": texts} if texts else {}),
        "provenance": answers.describe_provenance(service.provenance, submission.digest),
    }
