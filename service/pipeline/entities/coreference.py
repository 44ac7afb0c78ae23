"""Who is meant by a pronoun, a ``-nya`` or a nominal phrase such as ``politikus itu``.

Titles learned from the text decide first (``Kepala Desa Trimulyo, Ngadiman`` makes ``kades itu`` Ngadiman), then who
spoke or was the subject last. Where two fit alike, or the last one to speak has no name, nobody is meant for sure and
the answer is None. Plural references are not resolved.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from service.pipeline.annotations import Document, Entity, Span
from service.pipeline.entities.discourse import Discourse, Mention, observe
from service.pipeline.entities.knowledge import COUNTRY_SCHEME, Knowledge
from service.pipeline.entities.names import fold
from service.pipeline.entities.phrases import reference_at
from service.pipeline.entities.salience import REACH, Salience
from service.pipeline.entities.titles import head_at, title_of

_WIDER = 0.4


@dataclass(frozen=True, slots=True)
class _Title:
    """The words of a title, short titles written out, and the entities named in it."""

    words: frozenset[str]
    named: frozenset[str]


class Resolver:
    """Resolves references in one document; ``seen`` is shared with other stages."""

    def __init__(self, seen: Discourse, knowledge: Knowledge) -> None:
        self._seen = seen
        self._knowledge = knowledge
        self._titles: dict[str, list[_Title]] = {}
        self._sexes: dict[str, str] = {}
        self._salience = Salience(seen, knowledge)
        for mention in seen.mentions:
            if mention.entity.type == "PERSON":
                self._learn(mention)
        for entity in seen.entities:
            for span in entity.references:
                self._remember(entity, span)

    def resolve(self, span: Span) -> Entity | None:
        """The entity that the words of ``span`` mean; None where that is not sure."""
        first, last = self._seen.tokens_in(span)
        if first >= last:
            return None
        words = [token.lower for token in self._seen.document.tokens[first:last]]
        references = self._knowledge.references
        if len(words) == 1 and (words[0] in references.pronouns or words[0] in self._knowledge.speech_clitics):
            return self._salience.foremost(first, lambda entity: True)
        if words[0] in references.plurals:
            return None
        inside = [m for m in self._seen.mentions if m.first < last and m.last > first]
        if self._is_joined(inside):
            return None
        return self._named(inside, words, first, last) or self._by_phrase(inside, first, words)

    def references(self) -> Iterator[tuple[Entity, Span]]:
        """The pronouns and nominal phrases outside quotations that surely mean an entity, by position."""
        words = self._knowledge.references
        shows = words.pronouns | words.determiners | words.openers | self._knowledge.speech_clitics
        for index, token in enumerate(self._seen.document.tokens):
            if token.lower not in shows or self._seen.quoted[index] or index in self._seen.at:
                continue
            if self._seen.sentence(index).role != "body":
                continue
            span = reference_at(self._seen, index, self._knowledge)
            entity = self.resolve(span) if span is not None else None
            if span is not None and entity is not None:
                self._remember(entity, span)
                yield entity, span

    def _remember(self, entity: Entity, span: Span) -> None:
        first, last = self._seen.tokens_in(span)
        if first < last and entity.type == "PERSON":
            self._salience.remember(Mention(entity, first, last, False))

    # names in the phrase

    def _is_joined(self, inside: Sequence[Mention]) -> bool:
        """Whether the phrase names two entities side by side (``Kim dan Putin``)."""
        tokens = self._seen.document.tokens
        return any(
            other.first - one.last == 1 and tokens[one.last].lower in self._knowledge.references.conjunctions
            for one, other in itertools.pairwise(inside)
        )

    def _named(self, inside: Sequence[Mention], words: Sequence[str], first: int, last: int) -> Entity | None:
        """The entity that the phrase itself names: a person in it, the name that opens it, a body that it announces
        (``kantor berita X``)."""
        persons = [mention for mention in inside if mention.entity.type == "PERSON"]
        if persons:
            return persons[-1].entity
        if not inside:
            return None
        if inside[0].first <= first:
            return inside[0].entity
        announced = head_at(words, 0, self._knowledge.references.organizations)
        body = inside[-1]
        return body.entity if announced and body.last == last and body.entity.type == "ORG" else None

    # nominal phrases

    def _by_phrase(self, inside: Sequence[Mention], first: int, words: Sequence[str]) -> Entity | None:
        references, titles = self._knowledge.references, self._knowledge.titles
        start = 1 if words[0] in references.openers else 0
        end = len(words) - (words[-1] in references.determiners)
        determined = start == 1 or end < len(words)
        if start >= end:
            return None
        while start < end - 1 and words[start] in titles.modifiers and not head_at(words, start, titles.heads):
            start += 1
        phrase = words[start:end]
        size = head_at(phrase, 0, titles.heads)
        if size or head_at(phrase, 0, references.persons):
            named = frozenset(mention.entity.id for mention in inside)
            return self._person(first, phrase, size, named, determined)
        size = head_at(phrase, 0, references.organizations)
        if size and determined:
            return self._body(first, " ".join(phrase[:size]))
        size = head_at(phrase, 0, references.places)
        if size == len(phrase) and determined:
            return self._place(first, " ".join(phrase))
        return None

    def _person(
        self, position: int, words: Sequence[str], size: int, named: frozenset[str], determined: bool
    ) -> Entity | None:
        """The person whom a phrase with a title or a word for a kind of person means; ``size`` words are the title."""
        titles = self._knowledge.titles
        head = " ".join(words[:size])
        sex = "f" if head in titles.female else "m" if head in titles.male else None
        content = self._content(words)
        fits: dict[str, tuple[float, Entity]] = {}
        for candidate in self._salience.persons:
            entity = candidate.entity
            if entity is None or candidate.token >= position or not self._has_sex(entity, sex):
                continue
            learned = self._titles.get(entity.id, ())
            fit = max((self._fit(head, content, named, title) for title in learned), default=0.0)
            if fit:
                fits[entity.id] = (fit, entity)
        best = max((fit for fit, _ in fits.values()), default=0.0)
        top = [entity for fit, entity in fits.values() if fit == best]
        if len(top) == 1 and (determined or best >= 1.0):
            return top[0]
        if not determined:
            return None
        ids = {entity.id for entity in top}
        return self._salience.foremost(
            position, lambda entity: self._has_sex(entity, sex) and (not ids or entity.id in ids)
        )

    def _fit(self, head: str, content: frozenset[str], named: frozenset[str], title: _Title) -> float:
        """How well a title answers to a phrase: the share of the phrase's words in it, 0 where the title's word or
        a body or place named in the phrase is not."""
        titles = self._knowledge.titles
        plain = titles.same.get(head, head)
        if not named <= title.named:
            return 0.0
        if frozenset(plain.split()) <= title.words:
            return len(content & title.words) / len(content) if content else 1.0
        wider = (*titles.wider.get(head, ()), *titles.wider.get(plain, ()))
        return _WIDER if any(frozenset(word.split()) <= title.words for word in wider) else 0.0

    def _body(self, position: int, noun: str) -> Entity | None:
        """The organisation that ``lembaga itu``, ``kementerian tersebut`` mean: the last prominent one of that kind."""
        openings = self._knowledge.references.organizations[noun]
        best: tuple[float, Entity] | None = None
        for candidate in self._salience.others:
            entity, token = candidate.entity, candidate.token
            if entity is None or entity.type != "ORG" or token >= position or self._seen.quoted[token]:
                continue
            if self._seen.sentence(token).role == "dateline":
                continue
            distance = self._salience.distance(token, position)
            announced = self._is_announced(token, noun)
            name = fold(entity.name)
            if openings and not announced and not any(name == o or name.startswith(o + " ") for o in openings):
                continue
            if distance > (REACH if openings or announced else 2):
                continue
            score = candidate.weight + (2.0 if announced else 0.0) - distance
            if best is None or score >= best[0]:
                best = (score, entity)
        return best[1] if best else None

    def _is_announced(self, token: int, noun: str) -> bool:
        words = noun.split()
        before = self._seen.document.tokens[max(0, token - len(words)) : token]
        return [token.lower for token in before] == words

    def _place(self, position: int, noun: str) -> Entity | None:
        """The country or place that ``negara itu`` means: the only one of its kind in this and the last sentence."""
        kinds = self._knowledge.references.places[noun]
        found: dict[str, Entity] = {}
        for candidate in self._salience.others:
            entity = candidate.entity
            if entity is None or entity.type not in ("GPE", "LOC") or candidate.token >= position:
                continue
            if self._seen.sentence_of[position] - self._seen.sentence_of[candidate.token] > 1:
                continue
            opening = fold(entity.name).split(" ")[0]
            if COUNTRY_SCHEME in entity.identifiers if "country" in kinds else opening in kinds:
                found[entity.id] = entity
        return next(iter(found.values())) if len(found) == 1 else None

    # what is known of persons

    def _learn(self, mention: Mention) -> None:
        """Keep the words of the title that stands with a person's name, and the sex that it tells."""
        tokens, titles = self._seen.document.tokens, self._knowledge.titles
        low = max(self._seen.sentence(mention.first).first, mention.first - 3)
        around = [token.lower for token in tokens[low : mention.first]]
        span = title_of(self._seen, mention, self._knowledge)
        if span is not None:
            words = [token.lower for token in tokens[span[0] : span[1]]]
            around += words
            named = [self._seen.at[index].entity for index in range(*span) if index in self._seen.at]
            content = self._content(words).union(*(fold(entity.name).split() for entity in named))
            title = _Title(content, frozenset(entity.id for entity in named))
            self._titles.setdefault(mention.entity.id, []).append(title)
        for word in around:
            if word in titles.female or word in titles.male:
                self._sexes.setdefault(mention.entity.id, "f" if word in titles.female else "m")

    def _content(self, words: Sequence[str]) -> frozenset[str]:
        """The words of a title up to a relative clause, short titles written out."""
        titles = self._knowledge.titles
        found: list[str] = []
        index = 0
        while index < len(words) and words[index] not in self._knowledge.references.relatives:
            size = head_at(words, index, titles.same) or 1
            phrase = " ".join(words[index : index + size])
            found += titles.same.get(phrase, phrase).split()
            index += size
        return frozenset(word for word in found if word[0].isalnum())

    def _has_sex(self, entity: Entity, sex: str | None) -> bool:
        return sex is None or self._sexes.get(entity.id, sex) == sex


def resolve_reference(
    document: Document,
    entities: Sequence[Entity],
    span: Span,
    knowledge: Knowledge,
    discourse: Discourse | None = None,
) -> Entity | None:
    """The entity that the pronoun, ``-nya`` or nominal phrase at ``span`` means; None where that is not sure.

    ``span`` may cover the whole word that carries ``-nya``. Make one ``Resolver`` where several are asked for.
    """
    return Resolver(discourse or observe(document, entities), knowledge).resolve(span)


def with_references(document: Document, entities: Sequence[Entity], knowledge: Knowledge) -> tuple[Entity, ...]:
    """``entities`` with the references that surely mean them."""
    found: dict[str, list[Span]] = {}
    for entity, span in Resolver(observe(document, entities), knowledge).references():
        found.setdefault(entity.id, []).append(span)
    return tuple(
        replace(entity, references=tuple(sorted(found[entity.id]))) if entity.id in found else entity
        for entity in entities
    )
