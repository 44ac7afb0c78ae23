"""Articles that are analysed each on its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from schemas.article import Article
from schemas.fields import Members
from schemas.message import Request
from schemas.ninjs_item import NinjsItem, is_item


class AnyArticle(fields.Field[Any]):
    """An article in one of the ``FORMS`` that are taken: what has a ``uri`` is a ninjs item."""

    FORMS = (Article, NinjsItem)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._article, self._item = Article(), NinjsItem()

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        return (self._item if is_item(value) else self._article).load(value)


ARTICLES = "An article as this service has it, or a ninjs item, which is told by its `uri`. No two may have one id."


class ArticlesRequest(Request):
    """Articles that are to be analysed, one or more."""

    articles = Members(
        AnyArticle(),
        fewest=1,
        required=True,
        metadata={"description": f"One or more. {ARTICLES}"},
    )

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def require_distinct_ids(self, data: Mapping[str, Any], original: Any, **kwargs: Any) -> None:
        """Refuse every article whose id an earlier one has; the original is looked at, so that no fault hides it."""
        articles = original.get("articles") if isinstance(original, dict) else None
        if not isinstance(articles, list):
            return
        seen: Counter[str] = Counter()
        faults: dict[int, dict[str, list[str]]] = {}
        for index, article in enumerate(articles):
            member = "uri" if is_item(article) else "id"
            name = article.get(member) if isinstance(article, dict) else None
            if not isinstance(name, str):
                continue
            if seen[name]:
                faults[index] = {member: ["An earlier article of this request has the same id."]}
            seen[name] += 1
        if faults:
            raise ValidationError({"articles": faults})
