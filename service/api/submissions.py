"""From a request to the articles it submits, or to every fault in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Request, g
from marshmallow import Schema, ValidationError

from schemas.ninjs_item import is_item
from service.api import markup, negotiation, ninjs, strict_json
from service.api.problems import Fault, RefusedError, faults_of, point
from service.pipeline.annotations import Article
from service.pipeline.progress import Progress
from service.settings import Settings

_REFUSED = "The body does not have the shape that this operation asks for."


@dataclass(frozen=True, slots=True)
class Submission:
    """What a client asks for. ``digest`` is that of the body as received; ``language`` is that of the answer's
    explanations; ``include`` names the optional parts of the answer; ``derived`` are the ids of the articles whose
    text is not in the request as such; ``progress`` is to be kept by the work on it.
    """

    articles: tuple[Article, ...]
    derived: frozenset[str]
    include: frozenset[str]
    language: str
    digest: str
    progress: Progress


def understand(request: Request, body: bytes, schema: Schema, settings: Settings, progress: Progress) -> Submission:
    """The submission that ``request`` makes with ``body``; raises RefusedError with every fault in it."""
    message = strict_json.decode(body)
    faults = list(_find_excesses(message, settings))
    loaded: Mapping[str, Any] = {}
    try:
        loaded = schema.load(_shorten(message, settings))  # type: ignore[arg-type]  # it refuses what is no object
    except ValidationError as error:
        faults = [*faults_of(error.messages), *faults]
    if faults:
        raise RefusedError(422, _REFUSED, faults)
    articles, derived = _read_articles(loaded["articles"], settings, progress)
    g.counts = {"articles": len(articles), "characters": sum(len(article.text) for article in articles)}
    return Submission(
        articles,
        derived,
        frozenset(loaded.get("include") or ()),
        negotiation.choose_language(request),
        f"sha-256:{hashlib.sha256(body).hexdigest()}",
        progress,
    )


def _find_excesses(message: object, settings: Settings) -> Iterator[Fault]:
    """What is over the limits that the settings set; looks only at what has the right type."""
    articles = message.get("articles") if isinstance(message, dict) else None
    if not isinstance(articles, list):
        return
    if len(articles) > settings.max_articles:
        detail = f"A request may hold at most {settings.max_articles} articles; there are {len(articles)}."
        yield Fault(detail, pointer=point("articles"))
    most = settings.max_article_characters
    for index, article in enumerate(articles[: settings.max_articles]):
        text = article.get("text") if isinstance(article, dict) and not is_item(article) else None
        if isinstance(text, str) and len(text) > most:
            yield Fault(_tell_excess(settings, len(text)), pointer=point("articles", index, "text"))


def _shorten(message: object, settings: Settings) -> object:
    """``message`` without the articles that are over the limit: millions would take minutes to look at."""
    articles = message.get("articles") if isinstance(message, dict) else None
    if isinstance(message, dict) and isinstance(articles, list) and len(articles) > settings.max_articles:
        return {**message, "articles": articles[: settings.max_articles]}
    return message


def _read_articles(
    messages: Sequence[Mapping[str, Any]], settings: Settings, progress: Progress
) -> tuple[tuple[Article, ...], frozenset[str]]:
    """The articles that checked ``messages`` stand for, and the ids of those that were made from another form."""
    articles: list[Article] = []
    derived: set[str] = set()
    faults: list[Fault] = []
    for index, message in enumerate(messages):
        if not is_item(message):
            articles.append(read_article(message))
            continue
        progress.enter("formats")
        pointer = point("articles", index, *ninjs.find_body(message))
        try:
            article = read_article(ninjs.read(message))
        except markup.MarkupError as error:
            faults.append(Fault(str(error), pointer=pointer))
            continue
        if len(article.text) > settings.max_article_characters:
            faults.append(Fault(_tell_excess(settings, len(article.text)), pointer=pointer))
        articles.append(article)
        derived.add(article.id)
    progress.leave()
    if faults:
        raise RefusedError(422, _REFUSED, faults)
    return tuple(articles), frozenset(derived)


def _tell_excess(settings: Settings, length: int) -> str:
    return f"A text may be at most {settings.max_article_characters} characters long; this one has {length}."


def read_article(message: Mapping[str, Any]) -> Article:
    """The article that a checked ``message`` stands for."""
    source = message.get("source") or {}
    language = message.get("language")
    return Article(
        id=message["id"],
        text=message["text"],
        title=message.get("title"),
        source=source.get("name"),
        source_url=source.get("url"),
        url=message.get("url"),
        published_at=message.get("published_at"),
        language=language.lower() if language else None,
    )
