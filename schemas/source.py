"""The outlet that an article was published by."""

from __future__ import annotations

from schemas.fields import Text
from schemas.message import Request

URL_PATTERN = r"^https?://[^\u0000-\u0020\u007f]+$"
URL_RULE = "This must be an absolute http or https URL without spaces."


class Source(Request):
    """The outlet that an article was published by."""

    name = Text(
        required=True,
        longest=200,
        metadata={"description": "Name of the outlet; answers name it so.", "examples": ["Harian Nusa"]},
    )
    url = Text(
        longest=2000,
        pattern=URL_PATTERN,
        rule=URL_RULE,
        allow_none=True,
        metadata={"description": "Home page of the outlet. It is never fetched."},
    )
