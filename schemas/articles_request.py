"""Articles that are analysed each on its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from schemas.article import Article
from schemas.fields import Members
from schemas.message import Request


class ArticlesRequest(Request):
    """Articles that are to be analysed, one or more."""

    articles = Members(
        fields.Nested(Article),
        fewest=1,
        required=True,
        metadata={"description": "The articles. No two may have one id."},
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
            name = article.get("id") if isinstance(article, dict) else None
            if not isinstance(name, str):
                continue
            if seen[name]:
                faults[index] = {"id": ["An earlier article of this request has the same id."]}
            seen[name] += 1
        if faults:
            raise ValidationError({"articles": faults})
