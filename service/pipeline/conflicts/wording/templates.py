"""The templates that topics, answers, explanations and questions are put together from, by the desk's language."""

from __future__ import annotations

import functools

import msgspec

from service.languages import loader
from service.pipeline.conflicts.wording.formatting import Style


class Templates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The templates of one desk language; the data file says what fills them."""

    style: Style
    topics: dict[str, str]
    scoped: str
    joint: str
    subject: str
    answers: dict[str, str]
    hedges: dict[str, str]
    statement: str
    cited: str
    as_of: str
    published: str
    more_outlets: str
    more_positions: str
    compared: str
    explanations: dict[str, str]
    verdicts: dict[str, str]
    questions: dict[str, str]
    dependence: dict[str, str]
    misses: str
    reasons: dict[str, str]


@functools.cache
def load(code: str) -> dict[str, Templates]:
    """The templates for articles in language ``code``, by the desk's language."""
    found: dict[str, Templates] = loader.load(code, "templates", dict[str, Templates])
    return found
