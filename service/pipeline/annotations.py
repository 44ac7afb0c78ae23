"""The annotations that the stages of the pipeline hand on, all of them frozen.

Offsets are zero-based, half-open and counted in Unicode code points of the text as received:
``text[start:end]`` is always the annotated text. Token positions are half-open as well.

What an article has hundreds of (spans, tokens, the readings of single words) is a struct of msgspec, here and in the
stages: a frozen dataclass takes ten times as long to make. ``gc=False`` is for those that hold nothing but texts,
numbers and their like, and so never lie in a cycle.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

import msgspec

EMPTY: Mapping[str, str] = MappingProxyType({})


class Span(msgspec.Struct, frozen=True, order=True, gc=False):
    """A stretch of an article's text: code points ``start`` up to, not including, ``end``."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies in this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Article:
    """One article as received. ``published_at`` carries its time zone."""

    id: str
    text: str
    title: str | None = None
    source: str | None = None
    source_url: str | None = None
    url: str | None = None
    published_at: datetime | None = None
    language: str | None = None


class Token(msgspec.Struct, frozen=True, gc=False):
    """A word, number or punctuation mark; ``lower`` is its case-folded form."""

    start: int
    end: int
    text: str
    lower: str


class Sentence(msgspec.Struct, frozen=True, gc=False):
    """Code points ``start:end``, tokens ``first:last``.

    ``paragraph`` counts the paragraphs of the article. ``role`` is ``body``, ``headline`` (headlines, decks and
    subheads: short lines without a full stop) or ``dateline`` (the place and outlet that open an article).
    """

    start: int
    end: int
    first: int
    last: int
    paragraph: int
    role: str = "body"


@dataclass(frozen=True, slots=True)
class Document:
    """An article that has been read: its language, sentences, tokens, and what was left out.

    ``tags`` holds one Universal POS tag a token once the document has been tagged, and is empty before.
    ``boilerplate`` holds the ranges that are not the article's text (promotion, credits, navigation); no token,
    and so no annotation, lies in them. ``problem`` says why an article could not be analysed.
    """

    article: Article
    language: str
    language_score: float
    tokens: tuple[Token, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    boilerplate: tuple[Span, ...] = ()
    tags: tuple[str, ...] = ()
    problem: str | None = None

    @property
    def text(self) -> str:
        """The text as received."""
        return self.article.text

    def text_of(self, span: Span | Sentence | Token) -> str:
        """The text that ``span`` covers."""
        return self.article.text[span.start : span.end]

    def tokens_of(self, sentence: Sentence) -> tuple[Token, ...]:
        """The tokens of ``sentence``."""
        return self.tokens[sentence.first : sentence.last]


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something named. ``mentions`` are names; ``references`` are nominal phrases and pronouns
    (``sang pemimpin``, ``ia``, the ``nya`` of ``ujarnya``) that are surely the same entity.

    ``name`` is the canonical name, ``identifiers`` maps a scheme (``iso3166-1``, ``geonames``) to an identifier.
    """

    id: str
    type: str
    name: str
    mentions: tuple[Span, ...]
    references: tuple[Span, ...] = ()
    identifiers: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    score: float = 1.0
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """A number or a time that the text states, made comparable.

    ``kind``: quantity, money, percent, measure, duration, date or time. Quantities are closed intervals from
    ``low`` to ``high``, None where the text leaves them open; ``unit`` is the counted noun or unit as written.
    ``from_`` and ``to`` are ISO 8601 dates or date-times, both inclusive.
    ``number`` is the span of the numeral alone. ``base`` is the unit in which ``base_low`` and ``base_high`` are
    given, so that values of one dimension compare (``m`` for kilometres and nautical miles, ``IDR`` for rupiah).
    ``grain`` tells how fine a time is stated: minute, hour, day, week, month, quarter, year, decade …
    """

    id: str
    kind: str
    span: Span
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    approximate: bool = False
    from_: str | None = None
    to: str | None = None
    number: Span | None = None
    base: str | None = None
    base_low: float | None = None
    base_high: float | None = None
    grain: str | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is given as the source of a statement. ``span`` is the source phrase as written; ``name`` the canonical
    name where it is known, else the phrase."""

    name: str | None = None
    span: Span | None = None
    entity_id: str | None = None
    role: str | None = None
    affiliation: str | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """By whom something is claimed. ``speaker`` is None where the text names nobody (agentless passives).
    ``via`` lists the sources that relay the statement, nearest to the reader first."""

    speaker: Speaker | None
    cue: Span | None
    via: tuple[Speaker, ...] = ()
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Predicate:
    """What a clause says of its subject: its root, and its voice (active, passive) where an affix shows it."""

    span: Span
    root: str
    voice: str | None = None


@dataclass(frozen=True, slots=True)
class Argument:
    """What takes part in a predicate, and where and when: ``role`` is agent, patient, subject (of a predicate whose
    form does not tell the part that it takes), place, destination, origin, time or quantity.

    ``entity_id`` and ``value_id`` name the entity or value that the span stands for, where it stands for one.
    """

    role: str
    span: Span
    entity_id: str | None = None
    value_id: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement: ``span`` is what is claimed, with the quotation marks of a direct quotation.

    ``form``: direct, indirect, mixed (attributed) or narrated (the article's own voice).
    ``polarity``: affirmed, negated (``tidak``) or denied (``membantah``).
    ``certainty``: asserted, reported, alleged, planned, conditional or predicted.
    ``entities`` and ``values`` hold the ids of those that lie in the span. ``text`` is the claim made
    self-contained, pronouns and relative dates resolved, where that differs from the words of the span.
    ``predicate`` and ``arguments`` are those of the main clause, in text order; what is unsure is left out.
    """

    id: str
    span: Span
    form: str
    attribution: Attribution | None
    entities: tuple[str, ...]
    values: tuple[str, ...]
    polarity: str
    certainty: str
    check_worthiness: float
    score: float
    rule: str
    text: str | None = None
    predicate: Predicate | None = None
    arguments: tuple[Argument, ...] = ()


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that one article yields on its own."""

    document: Document
    entities: tuple[Entity, ...] = ()
    values: tuple[Value, ...] = ()
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words of an article that stand for a position; ``as_of`` is the ISO time that they speak of."""

    article_id: str
    span: Span
    claim_id: str | None = None
    speaker: Speaker | None = None
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """One of the answers to a conflict's question, with all the evidence for it."""

    value: str
    sources: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Positions that cannot all hold. ``type``, ``status`` and ``severity`` are those of the contract;
    ``rule`` names the rule that judged, ``reasons`` say why the claims were compared."""

    id: str
    type: str
    status: str
    topic: str
    positions: tuple[Position, ...]
    severity: str
    score: float
    rule: str
    explanation: str
    question: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Agreement:
    """What several articles state alike. ``origins`` name the sources that the articles' statements go back to;
    ``independent_sources`` counts them."""

    id: str
    topic: str
    value: str
    evidence: tuple[Evidence, ...]
    sources: tuple[str, ...]
    independent_sources: int
    origins: tuple[str, ...]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NearMiss:
    """Two pieces of evidence that were compared and found not to conflict, and why."""

    topic: str
    evidence: tuple[Evidence, Evidence]
    rule: str
    explanation: str


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """What the articles of one request say of each other."""

    conflicts: tuple[Conflict, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    near_misses: Sequence[NearMiss] = ()
