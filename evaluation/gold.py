"""Gold clusters: articles with what a careful editor marked in them, read into comparable places.

A cluster is a folder with ``cluster.json`` and ``articles/<id>.txt``; the format is described in the evaluation
set's README. ``oracle`` turns the annotation into analyses, so that the later stages can be measured apart from the
earlier ones.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from service.pipeline import document
from service.pipeline.annotations import Analysis, Article, Attribution, Claim, Entity, Span, Speaker, Value

_UNITS = {
    "Rp": ("money", "IDR", 1.0),
    "rupiah": ("money", "IDR", 1.0),
    "US$": ("money", "USD", 1.0),
    "persen": ("percent", "percent", 1.0),
    "milimeter": ("measure", "m", 0.001),
    "sentimeter": ("measure", "m", 0.01),
    "meter": ("measure", "m", 1.0),
    "kilometer": ("measure", "m", 1000.0),
    "mil laut": ("measure", "m", 1852.0),
    "hektare": ("measure", "m2", 10_000.0),
    "meter kubik per detik": ("measure", "m3/s", 1.0),
    "menit": ("duration", "s", 60.0),
    "jam": ("duration", "s", 3600.0),
    "hari": ("duration", "s", 86_400.0),
    "pekan": ("duration", "s", 604_800.0),
    "bulan": ("duration", "mo", 1.0),
    "tahun": ("duration", "mo", 12.0),
}
Place = tuple[str, int, int]
"""An article's id, and the first and the last code point (exclusive) of a stretch of its text."""


@dataclass(frozen=True, slots=True)
class GoldConflict:
    """A conflict; ``positions`` holds the places of each position's evidence."""

    id: str
    type: str
    status: str
    positions: tuple[tuple[Place, ...], ...]


@dataclass(frozen=True, slots=True)
class Gold:
    """One cluster. Attributions: place of the content, form, the speaker's names. Traps: id and places."""

    name: str
    articles: tuple[Article, ...]
    entities: tuple[tuple[Place, str, str], ...]
    values: tuple[tuple[Place, Mapping[str, object]], ...]
    attributions: tuple[tuple[Place, str, tuple[str, ...]], ...]
    conflicts: tuple[GoldConflict, ...]
    traps: tuple[tuple[str, tuple[Place, ...]], ...]
    raw: Mapping[str, Any]


def read(folder: Path) -> Gold:
    """The cluster in ``folder``; raises ValueError where an annotated string does not stand in its article."""
    raw = json.loads((folder / "cluster.json").read_text(encoding="utf-8"))
    texts = {a["id"]: (folder / "articles" / f"{a['id']}.txt").read_text(encoding="utf-8") for a in raw["articles"]}

    def place(item: Mapping[str, Any], key: str = "text") -> Place:
        return locate(texts, item["article"], item[key], item.get("nth", 1))

    return Gold(
        name=raw["cluster"],
        articles=tuple(_article(item, texts[item["id"]]) for item in raw["articles"]),
        entities=tuple((place(e), e["type"], e["canonical"]) for e in raw["entities"]),
        values=tuple((place(v), v) for v in raw["values"]),
        attributions=tuple(
            (place(a, "content"), a["form"], tuple(n for n in (a.get("speaker_canonical"), a.get("speaker")) if n))
            for a in raw["attributions"]
        ),
        conflicts=tuple(
            GoldConflict(
                c["id"], c["type"], c["status"], tuple(tuple(place(e) for e in p["evidence"]) for p in c["positions"])
            )
            for c in raw["conflicts"]
        ),
        traps=tuple((t["id"], tuple(place(e) for e in t["evidence"])) for t in raw.get("traps", ())),
        raw=raw,
    )


def locate(texts: Mapping[str, str], article: str, needle: str, nth: int) -> Place:
    """Where the ``nth`` (from 1) occurrence of ``needle`` stands in the article; ValueError where there is none."""
    start = -1
    for _ in range(nth):
        start = texts[article].find(needle, start + 1)
        if start < 0:
            raise ValueError(f"gold string not found in {article}: {needle!r}")
    return article, start, start + len(needle)


def _article(item: Mapping[str, Any], text: str) -> Article:
    moment = item["published_at"]
    published = datetime.fromisoformat(moment if "T" in moment else f"{moment}T12:00:00+07:00")
    return Article(item["id"], text, item.get("title"), item["source"], published_at=published)


def oracle(gold: Gold, knowledge: document.Knowledge) -> tuple[Analysis, ...]:
    """The analyses that the earlier stages would yield were they as right as the gold.

    Values lack what the gold does not mark: the numeral's own span, base units and the grain of dates.
    """
    return tuple(
        Analysis(
            document.read(article, knowledge),
            _entities(gold, article),
            _values(gold, article),
            _claims(gold, article),
        )
        for article in gold.articles
    )


def _entities(gold: Gold, article: Article) -> tuple[Entity, ...]:
    mentions: dict[tuple[str, str], list[Span]] = {}
    for (where, start, end), kind, name in gold.entities:
        if where == article.id:
            mentions.setdefault((kind, name), []).append(Span(start, end))
    return tuple(
        Entity(f"e{number}", kind, name, tuple(sorted(spans)), rule="gold")
        for number, ((kind, name), spans) in enumerate(mentions.items())
    )


def _values(gold: Gold, article: Article) -> tuple[Value, ...]:
    found: list[Value] = []
    for (where, start, end), item in gold.values:
        if where == article.id:
            wanted: Mapping[str, Any] = item
            low, high = wanted.get("low"), wanted.get("high")
            kind, base, factor = _UNITS.get(wanted.get("unit") or "", (wanted["kind"], None, 1.0))
            found.append(
                Value(
                    f"v{len(found)}",
                    kind,
                    Span(start, end),
                    low=low,
                    high=high,
                    base=base,
                    base_low=None if low is None or base is None else low * factor,
                    base_high=None if high is None or base is None else high * factor,
                    unit=wanted.get("unit"),
                    approximate=wanted.get("approximate", False),
                    from_=wanted.get("from"),
                    to=wanted.get("to"),
                    rule="gold",
                )
            )
    return tuple(sorted(found, key=lambda value: value.span))


def _claims(gold: Gold, article: Article) -> tuple[Claim, ...]:
    found = []
    for number, item in enumerate(gold.raw["attributions"]):
        if item["article"] != article.id:
            continue
        texts = {article.id: article.text}
        _, start, end = locate(texts, article.id, item["content"], item.get("nth", 1))
        speaker = None
        if item.get("speaker_canonical") or item.get("speaker"):
            span = _nearest(article.text, item.get("speaker"), start, end)
            speaker = Speaker(item.get("speaker_canonical") or item["speaker"], span)
        attribution = Attribution(speaker, _nearest(article.text, item.get("cue"), start, end))
        found.append(
            Claim(
                f"c{number}",
                Span(start, end),
                item["form"],
                attribution,
                (),
                (),
                "affirmed",
                "asserted",
                0.5,
                1.0,
                "gold",
            )
        )
    return tuple(found)


def _nearest(text: str, words: str | None, start: int, end: int) -> Span | None:
    """The occurrence of ``words`` nearest to ``text[start:end]``."""
    best: Span | None = None
    position = text.find(words) if words else -1
    while words and position >= 0:
        span = Span(position, position + len(words))
        distance = max(start - span.end, span.start - end, 0)
        if best is None or distance < max(start - best.end, best.start - end, 0):
            best = span
        position = text.find(words, position + 1)
    return best
