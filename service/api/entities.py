"""POST /v1/entities: who and what the articles name."""

from __future__ import annotations

from schemas.articles_request import ArticlesRequest
from schemas.entities_answer import EntitiesAnswer
from service.api import answers, state
from service.api.resources import Message, Resource
from service.api.submissions import Submission

resource = Resource("entities", __name__)


@resource.operation(
    "/v1/entities", request=ArticlesRequest, answer=EntitiesAnswer, outcome="The entities of each article."
)
def find_entities(submission: Submission) -> Message:
    """Find who and what the articles name.

    Persons, organisations, places and other named things, each with all its mentions and one canonical name that is
    the same in all articles of the request. Claims are not looked for, which makes this the fastest operation.

    An article that cannot be analysed does not spoil the others: its document carries a `problem`.
    """
    service = state.current()
    analyses = service.pipeline.analyze(submission.articles, "entities", submission.progress)
    return {
        "documents": [answers.describe_entities(analysis, submission.derived) for analysis in analyses],
        "provenance": answers.describe_provenance(service.provenance, submission.digest),
    }
