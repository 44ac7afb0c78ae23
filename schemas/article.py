"""A news article as its outlet published it."""

from __future__ import annotations

from marshmallow import fields

from schemas.fields import Text, Timestamp
from schemas.message import Request
from schemas.source import URL_PATTERN, URL_RULE, Source

NAME_PATTERN = r"^[^\u0000-\u001f\u007f]+$"
NAME_RULE = "This may not hold control characters."
LANGUAGE_PATTERN = r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"
LANGUAGE_RULE = "This must be a BCP 47 language tag, such as id."


class Article(Request):
    """A news article as its outlet published it. A field that is null counts as absent."""

    id = Text(
        required=True,
        longest=200,
        pattern=NAME_PATTERN,
        rule=NAME_RULE,
        metadata={
            "description": "Name of the article in this request; no two articles may share it. Answers refer to it.",
            "examples": ["nusa-1121"],
        },
    )
    text = Text(
        required=True,
        metadata={
            "description": "The article's text, paragraphs parted by line breaks. Every offset in an answer counts "
            "the Unicode code points of exactly this string, from zero."
        },
    )
    title = Text(
        longest=1000,
        allow_none=True,
        metadata={"description": "The headline, where it is not part of the text. No offset refers to it."},
    )
    source = fields.Nested(
        Source,
        allow_none=True,
        metadata={"description": "The outlet. Without one, the article's id stands for its source."},
    )
    url = Text(
        longest=2000,
        pattern=URL_PATTERN,
        rule=URL_RULE,
        allow_none=True,
        metadata={"description": "Where the article was published. It is never fetched."},
    )
    published_at = Timestamp(
        allow_none=True,
        metadata={
            "description": "When the article was published: an RFC 3339 time with its offset, in the years 1800 to "
            "2199. Relative dates are resolved against it; without it they stay unresolved.",
            "examples": ["2025-09-03T19:00:00+07:00"],
        },
    )
    language = Text(
        shortest=2,
        longest=35,
        pattern=LANGUAGE_PATTERN,
        rule=LANGUAGE_RULE,
        allow_none=True,
        metadata={
            "description": "Language of the text as a BCP 47 tag. Without it the language is identified.",
            "examples": ["id"],
        },
    )
