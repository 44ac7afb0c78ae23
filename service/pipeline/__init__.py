"""From articles to what they say of each other: the whole way, stage by stage, on one page.

    text -> document -> entities -> values -> attribution -> claims        each article on its own
    analyses -> canonical names -> alignment -> conflicts and agreements   the articles of one request together
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from service.pipeline import attribution, claims, conflicts, document, entities, values
from service.pipeline.annotations import Analysis, Article, CrossCheck

Depth = Literal["entities", "claims"]


@dataclass(frozen=True, slots=True)
class Resources:
    """The knowledge and the models of one language, loaded once a process."""

    code: str
    document: document.Knowledge
    entities: entities.Knowledge
    values: values.Knowledge
    attribution: attribution.Knowledge
    claims: claims.Knowledge
    conflicts: conflicts.Knowledge


@functools.cache
def load(code: str = "id") -> Resources:
    """Everything that analysing articles in language ``code`` needs."""
    return Resources(
        code,
        document.load(code),
        entities.load(code),
        values.load(code),
        attribution.load(code),
        claims.load(code),
        conflicts.load(code),
    )


def analyze(articles: Sequence[Article], resources: Resources, depth: Depth = "claims") -> tuple[Analysis, ...]:
    """What each article holds, in the order given; canonical names agree across the articles.

    With ``depth`` ``entities`` values and claims are left out. An article that cannot be analysed yields an analysis
    whose document carries a ``problem`` and nothing else.
    """
    read = tuple(_read(article, resources) for article in articles)
    named = entities.unify_names(read, resources.entities)
    if depth == "entities":
        return named
    return tuple(_claim(analysis, resources) for analysis in named)


def cross_check(analyses: Sequence[Analysis], resources: Resources, language: str = "id") -> CrossCheck:
    """Where the analysed articles contradict each other and where they agree; texts in ``language`` (BCP 47)."""
    return conflicts.cross_check(analyses, resources.conflicts, language)


def _read(article: Article, resources: Resources) -> Analysis:
    read = document.read(article, resources.document)
    if read.problem:
        return Analysis(read)
    tagged, found = entities.find_entities(read, resources.entities)
    return Analysis(tagged, found)


def _claim(analysis: Analysis, resources: Resources) -> Analysis:
    if analysis.document.problem:
        return analysis
    stated = values.find_values(analysis.document, resources.values)
    attributed = attribution.find_attributions(analysis.document, analysis.entities, resources.attribution)
    found = claims.find_claims(analysis.document, analysis.entities, stated, attributed, resources.claims)
    return replace(analysis, values=stated, claims=found)
