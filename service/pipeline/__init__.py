"""From articles to what they say of each other: the whole way, stage by stage, on one page.

text -> document -> entities -> values -> attribution -> claims        each article on its own
analyses -> canonical names -> alignment -> conflicts and agreements   the articles of one request together
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from service.pipeline import attribution, claims, conflicts, document, entities, values
from service.pipeline.annotations import Analysis, Article, CrossCheck, Document
from service.pipeline.progress import Progress

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


def analyze(
    articles: Sequence[Article], resources: Resources, depth: Depth = "claims", progress: Progress | None = None
) -> tuple[Analysis, ...]:
    """What each article holds, in the order given; canonical names agree across the articles.

    With ``depth`` ``entities`` values and claims are left out. An article that cannot be analysed yields an analysis
    whose document carries a ``problem`` and nothing else. Raises DeadlineError where ``progress`` sets a deadline.
    """
    progress = progress or Progress()
    documents = [_read(article, resources, progress) for article in articles]
    analyses = tuple(_find_entities(documents, resources, progress))
    progress.enter("names")
    analyses = entities.unify_names(analyses, resources.entities)
    if depth == "claims":
        analyses = tuple(_claim(analysis, resources, progress) for analysis in analyses)
    progress.leave()
    return analyses


def cross_check(
    analyses: Sequence[Analysis], resources: Resources, language: str = "id", progress: Progress | None = None
) -> CrossCheck:
    """Where the analysed articles contradict each other and where they agree; texts in ``language`` (BCP 47).

    Raises DeadlineError where the deadline of ``progress`` is over before it begins.
    """
    progress = progress or Progress()
    progress.enter("conflicts")
    check = conflicts.cross_check(analyses, resources.conflicts, language)
    progress.leave()
    return check


def _read(article: Article, resources: Resources, progress: Progress) -> Document:
    progress.enter("document")
    return document.read(article, resources.document)


def _find_entities(documents: Sequence[Document], resources: Resources, progress: Progress) -> Iterator[Analysis]:
    found = entities.find_all([one for one in documents if not one.problem], resources.entities)
    for one in documents:
        if one.problem:
            yield Analysis(one)
        else:
            progress.enter("entities")
            yield Analysis(*next(found))


def _claim(analysis: Analysis, resources: Resources, progress: Progress) -> Analysis:
    if analysis.document.problem:
        return analysis
    progress.enter("values")
    stated = values.find_values(analysis.document, resources.values)
    progress.enter("attribution")
    attributed = attribution.find_attributions(analysis.document, analysis.entities, resources.attribution)
    progress.enter("claims")
    found = claims.find_claims(analysis.document, analysis.entities, stated, attributed, resources.claims)
    return replace(analysis, values=stated, claims=found)
