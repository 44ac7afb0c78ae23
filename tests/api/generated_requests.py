"""Requests generated from the contract, right and wrong ones: no answer may break it.

``KROSCEK_GENERATED_REQUESTS`` sets how many are made for each operation.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import Any

import hypothesis
import schemathesis

from service.app import create_app
from service.settings import Settings
from tests.api.pipelines import WordPipeline

COUNT = int(os.environ.get("KROSCEK_GENERATED_REQUESTS", "200"))

made: Counter[str] = Counter()

schema = schemathesis.openapi.from_wsgi(
    "/openapi.json", create_app(Settings(log_level="error", max_article_characters=2_000), WordPipeline())
)


@schemathesis.hook
def before_call(context: Any, case: schemathesis.Case, **kwargs: Any) -> None:
    """Count the request, and tell articles of one id apart: JSON Schema cannot say that they are distinct."""
    made[f"{case.method} {case.path}"] += 1
    articles = case.body.get("articles") if isinstance(case.body, dict) else None
    if isinstance(articles, list):
        seen: set[str] = set()
        for number, article in enumerate(articles):
            member = "uri" if isinstance(article, dict) and "uri" in article else "id"
            if isinstance(article, dict) and isinstance(article.get(member), str):
                if article[member] in seen:  # a copy, since one object may stand in the list many times
                    articles[number] = {**article, member: f"{article[member][:190]}{number}"}
                seen.add(articles[number][member])


@schema.parametrize()
@hypothesis.settings(
    max_examples=COUNT,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(hypothesis.HealthCheck),
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
)
def test_generated_requests_keep_the_contract(case: schemathesis.Case) -> None:
    case.call_and_validate()


def test_as_many_requests_were_made_as_were_asked_for() -> None:
    taking_articles = [name for name in made if name.startswith("POST /v1/")]
    assert len(taking_articles) == 4
    # examples of the contract come on top, and Hypothesis may find fewer different ones where there are few
    assert all(made[name] >= 0.9 * COUNT for name in taking_articles), made
