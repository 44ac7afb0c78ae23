"""Who speaks, and whether two names may stand for one source: a spokesman and his office, a report and what it relays.

Relations are read from the articles alone: the words and names in the source phrases, affiliations, chains of sources
and statements within statements. Knows no list of who works for whom.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from service.pipeline.annotations import Analysis, Span, Speaker
from service.pipeline.conflicts.utterances.language import Knowledge
from service.pipeline.conflicts.utterances.reading import Utterance, name_of
from service.pipeline.entities.names import fold

_APPOSITION = 60


@dataclass(slots=True)
class Source:
    """What the request tells of one speaker: ``words`` of all phrases that name it, ``bodies`` (folded names of
    organizations and places in them), whether it is a person, whether it is named, or may be
    ``anybody`` (``warga``), whether it relays others, and whom."""

    name: str
    words: set[str] = field(default_factory=set)
    bodies: set[str] = field(default_factory=set)
    person: bool = False
    named: bool = False
    anybody: bool = False
    relays: bool = False
    linked: set[str] = field(default_factory=set)


class Sources:
    """The speakers of all utterances of a request."""

    def __init__(self, analyses: Sequence[Analysis], utterances: Iterable[Utterance], knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._sources: dict[str, Source] = {}
        self._named: dict[int, _Named] = {}
        kinds = _kinds(analyses)
        listed = list(utterances)
        for utterance in listed:
            attribution = utterance.claim.attribution
            if attribution is None or attribution.speaker is None:
                continue
            if utterance.order not in self._named:
                self._named[utterance.order] = _Named(utterance.analysis)
            self._note(utterance, attribution.speaker, kinds)
            for relay in attribution.via:
                self._source(fold(name_of(utterance.analysis, relay)), kinds).relays = True
        self._nest(listed)

    def of(self, utterance: Utterance) -> Source:
        """The source of an utterance that has a speaker."""
        return self._sources[utterance.source]

    def _source(self, key: str, kinds: dict[str, str]) -> Source:
        source = self._sources.get(key)
        if source is None:
            source = self._sources[key] = Source(key)
            source.person = kinds.get(key) == "PERSON"
            source.anybody = key not in kinds and not self._knowledge.words.generic_speakers.isdisjoint(key.split())
            source.words.update(key.split())
        return source

    def _note(self, utterance: Utterance, speaker: Speaker, kinds: dict[str, str]) -> None:
        analysis = utterance.analysis
        source = self._source(utterance.source, kinds)
        source.named = utterance.source in kinds
        for phrase in (speaker.role, speaker.affiliation):
            source.words.update(fold(phrase or "").split())
        if speaker.affiliation:
            source.bodies.add(fold(speaker.affiliation))
        if speaker.span is None:
            return
        text = analysis.document.text
        around = Span(speaker.span.start, min(len(text), speaker.span.end + _behind(text, speaker.span.end)))
        source.words.update(fold(text[around.start : around.end]).split())
        source.bodies.update(name for name in self._named[utterance.order].within(around) if name != source.name)

    def _nest(self, utterances: Sequence[Utterance]) -> None:
        """Link the speakers of statements within statements: the outer one relays the inner one."""
        by_article: dict[int, list[Utterance]] = {}
        for utterance in utterances:
            by_article.setdefault(utterance.order, []).append(utterance)
        for group in by_article.values():
            group.sort(key=lambda u: (u.claim.span.start, -u.claim.span.end))
            stack: list[Utterance] = []
            for utterance in group:
                while stack and stack[-1].claim.span.end < utterance.claim.span.end:
                    stack.pop()
                for outer in stack:
                    if outer.source != utterance.source:
                        self.of(outer).linked.add(utterance.source)
                        self.of(utterance).linked.add(outer.source)
                stack.append(utterance)

    def same(self, one: Utterance, other: Utterance) -> bool:
        """Whether the two utterances have one source: one name, or a body and somebody who speaks for it."""
        first, second = self.of(one), self.of(other)
        if first.name == second.name:
            return not first.anybody
        if first.person and second.person:
            return False
        return first.name in second.bodies or second.name in first.bodies

    def may_be_one(self, one: Utterance, other: Utterance) -> bool:
        """Whether the two sources may be one and the same, or one may be passing on the words of the other."""
        first, second = self.of(one), self.of(other)
        if (
            first.name == second.name
            or self.same(one, other)
            or first.relays
            or second.relays
            or second.name in first.linked
        ):
            return True
        if set(first.name.split()) & set(second.name.split()):
            return True
        if first.person and second.person:
            return set(first.name.split()) <= second.words or set(second.name.split()) <= first.words
        if not first.bodies or not second.bodies:
            return True
        return bool(first.bodies & second.bodies) or _share_words(first, second)


class _Named:
    """The folded names of an article, by where they are mentioned."""

    def __init__(self, analysis: Analysis) -> None:
        mentions = [(m, name) for entity in analysis.entities for name in (fold(entity.name),) for m in entity.mentions]
        mentions.sort(key=lambda mention: mention[0].start)
        self._mentions = mentions
        self._starts = [mention.start for mention, _ in mentions]
        self._longest = max((mention.end - mention.start for mention, _ in mentions), default=0)

    def within(self, span: Span) -> Iterator[str]:
        """The names that are mentioned in ``span``, wholly or in part."""
        first = bisect.bisect_left(self._starts, span.start - self._longest)
        for mention, name in self._mentions[first : bisect.bisect_left(self._starts, span.end)]:
            if mention.end > span.start:
                yield name


def _share_words(one: Source, other: Source) -> bool:
    return bool(set(one.name.split()) & other.words or set(other.name.split()) & one.words)


def _behind(text: str, end: int) -> int:
    """How far the apposition behind a name reaches."""
    if text[end : end + 1] != ",":
        return 0
    rest = text[end + 1 : end + _APPOSITION]
    stops = [position for mark in ',.;:!?\n"“”' if (position := rest.find(mark)) >= 0]
    return 1 + min(stops, default=len(rest))


def _kinds(analyses: Sequence[Analysis]) -> dict[str, str]:
    kinds: dict[str, str] = {}
    for analysis in analyses:
        for entity in analysis.entities:
            kinds.setdefault(fold(entity.name), entity.type)
    return kinds
