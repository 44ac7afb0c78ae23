"""An answer for those who join it to data of others: JSON-LD."""

from __future__ import annotations

from marshmallow import fields

from schemas.message import Answer


class LinkedData(Answer):
    """The answer as JSON-LD 1.1: schema.org's Claim, tied to the words of articles by W3C Web Annotation."""

    context = fields.Dict(
        keys=fields.String(),
        required=True,
        data_key="@context",
        metadata={"description": "What the names in the document stand for; nothing has to be fetched to read it."},
    )
    graph = fields.List(
        fields.Dict(keys=fields.String()),
        required=True,
        data_key="@graph",
        metadata={
            "description": "The answer (Dataset); each article (NewsArticle) with its entities and claims (Claim); "
            "conflicts and agreements (Annotation) with their positions (Claim). Annotations tie claims to "
            "words by a TextQuoteSelector and a TextPositionSelector. Kinds of nodes may be added."
        },
    )
