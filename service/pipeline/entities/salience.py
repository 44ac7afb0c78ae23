"""Who stands out at a point of a text: who spoke last, who was the subject, who was only named along the way.

Prominence falls with every sentence of the narrator and with a new paragraph; quotations do not count. After Lappin
and Leass (1994), with weights for news, where whoever speaks goes on speaking.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from service.pipeline.annotations import Entity
from service.pipeline.entities.discourse import Discourse, Mention
from service.pipeline.entities.knowledge import Knowledge
from service.pipeline.entities.titles import behind_degrees, head_at, is_verb, title_of

SPEAKER, SUBJECT, OTHER, OBLIQUE = 3.0, 2.0, 1.0, 0.5
REACH = 5
_PARAGRAPH = 1.5
_MARGIN = 0.3
_LOWEST = -2.0
_LONGEST_PHRASE = 9


class Candidate(msgspec.Struct, frozen=True):
    """Somebody named or taken up at a token; ``entity`` is None for a speaker without a name."""

    entity: Entity | None
    token: int
    weight: float


class Salience:
    """The candidates of one document, with their weights."""

    def __init__(self, seen: Discourse, knowledge: Knowledge) -> None:
        self._seen = seen
        self._knowledge = knowledge
        self.persons: list[Candidate] = []
        self.others: list[Candidate] = []
        for mention in seen.mentions:
            kind = self.persons if mention.entity.type == "PERSON" else self.others
            kind.append(Candidate(mention.entity, mention.first, self.weight(mention)))
        self.persons += self._nameless()
        self.persons.sort(key=lambda candidate: candidate.token)

    def remember(self, mention: Mention) -> None:
        """Count a reference to a person as one more mention."""
        kept = [c for c in self.persons if c.entity is not None or not mention.first <= c.token < mention.last]
        kept.append(Candidate(mention.entity, mention.first, self.weight(mention)))
        self.persons = sorted(kept, key=lambda candidate: candidate.token)

    def foremost(self, position: int, fits: Callable[[Entity], bool]) -> Entity | None:
        """Whoever stands out before token ``position``, of those who fit; None where two do alike, or where the one
        who does has no name.

        Where the token is who speaks (``kata dia``), others named in its clause are not meant.
        """
        tagged = self.is_tagged(position)
        step = 0.6 if tagged else 1.0
        paragraph = self._seen.sentence(position).paragraph
        scores: dict[str | None, float] = {}
        entities: dict[str | None, Entity | None] = {}
        for candidate in reversed(self.persons):
            token, entity = candidate.token, candidate.entity
            if token >= position or self._seen.quoted[token] != self._seen.quoted[position]:
                continue
            distance = self.distance(token, position)
            if distance > REACH:
                break
            if entity is not None and not fits(entity):
                continue
            if tagged and distance == 0 and candidate.weight < SPEAKER:
                continue
            weight = candidate.weight if tagged else min(candidate.weight, SUBJECT + 0.2)
            steps = distance + (_PARAGRAPH if self._seen.sentence(token).paragraph != paragraph else 0.0)
            key = entity.id if entity else None
            if weight - step * steps > scores.get(key, float("-inf")):
                scores[key], entities[key] = weight - step * steps, entity
        if not tagged and self._competes(position):
            return None
        ranked = sorted(scores, key=lambda key: -scores[key])
        if not ranked or scores[ranked[0]] < _LOWEST:
            return None
        if len(ranked) > 1 and scores[ranked[0]] - scores[ranked[1]] < _MARGIN:
            return None
        return entities[ranked[0]]

    def _competes(self, position: int) -> bool:
        """Whether two persons are named before ``position`` in its sentence, so that either can be meant."""
        sentence = self._seen.sentence(position)
        near = {
            candidate.entity.id
            for candidate in self.persons
            if candidate.entity is not None
            and sentence.first <= candidate.token < position
            and candidate.weight > OBLIQUE
            and self._seen.quoted[candidate.token] == self._seen.quoted[position]
        }
        return len(near) > 1

    def distance(self, earlier: int, later: int) -> int:
        """The sentences from one token to another; those that are all quotation do not count."""
        sentences = self._seen.document.sentences
        one, other = self._seen.sentence_of[earlier], self._seen.sentence_of[later]
        spoken = sum(
            1
            for number in range(one + 1, other)
            if self._seen.quoted[sentences[number].first] and self._seen.quoted[sentences[number].last - 1]
        )
        return other - one - spoken

    def weight(self, mention: Mention) -> float:
        """How prominent a mention is by its place: speaker, subject, other, behind a preposition."""
        tokens, titles = self._seen.document.tokens, self._knowledge.titles
        sentence = self._seen.sentence(mention.first)
        title = title_of(self._seen, mention, self._knowledge) if mention.named else None
        first, last = mention.first, mention.last
        if title is not None:
            first, last = min(first, title[0]), max(last, title[1])
        while first > sentence.first and tokens[first - 1].lower in titles.ranks and first - 1 not in self._seen.at:
            first -= 1
        if first > sentence.first and self.opens_source(first - 1):
            return SPEAKER
        if first > sentence.first and tokens[first - 1].lower in self._knowledge.references.prepositions:
            return OBLIQUE
        last = behind_degrees(self._seen, last, sentence.last, titles)
        while last < sentence.last and tokens[last].text in ",()":
            last += 1
        if last < sentence.last and self._speaks(last, sentence.last):
            return SPEAKER
        opens = not any(index in self._seen.at for index in range(sentence.first, first))
        if opens and first > sentence.first and self._is_deed(tokens[first - 1].lower):
            return OTHER
        return SUBJECT if opens or not self._has_verb(sentence.first, first) else OTHER

    def _is_deed(self, word: str) -> bool:
        """Whether a word makes a noun of what somebody does, who is named behind it ("mundurnya X")."""
        return word.endswith(self._knowledge.references.clitic) and word not in self._knowledge.speech_clitics

    def _speaks(self, index: int, last: int) -> bool:
        """Whether a reporting verb stands at ``index``, or behind the relative clause that opens there."""
        tokens, verbs = self._seen.document.tokens, self._knowledge.speech_verbs
        if tokens[index].lower in self._knowledge.references.relatives and tokens[index - 1].text == ",":
            commas = (i for i in range(index, last - 1) if tokens[i].text == ",")
            return any(tokens[comma + 1].lower in verbs for comma in commas)
        return tokens[index].lower in verbs

    def _has_verb(self, first: int, last: int) -> bool:
        return any(is_verb(self._seen, index, index == first, self._knowledge.titles) for index in range(first, last))

    def opens_source(self, index: int) -> bool:
        """Whether the token is a word right behind which a speaker stands: ``kata``, ``menurut``, ``dilansir``."""
        return self._seen.document.tokens[index].lower in self._knowledge.speech_openers

    def is_tagged(self, position: int) -> bool:
        """Whether who stands at ``position`` speaks there: ``kata dia``, ``menurut politikus itu``, ``ujarnya``."""
        if self._seen.document.tokens[position].lower in self._knowledge.speech_clitics:
            return True
        return position > self._seen.sentence(position).first and self.opens_source(position - 1)

    def _nameless(self) -> Iterator[Candidate]:
        """Speakers without a name (``kata seorang warga``): a reference behind them does not mean somebody before."""
        titles, determiners = self._knowledge.titles, self._knowledge.references.determiners
        openers = self._knowledge.speech_openers
        tokens = self._seen.document.tokens
        for index in range(len(tokens) - 1):
            if tokens[index].lower not in openers or self._seen.quoted[index] or tokens[index + 1].text[0].isupper():
                continue
            last = self._seen.sentence(index).last
            words = [token.lower for token in tokens[index + 1 : min(last, index + 1 + _LONGEST_PHRASE)]]
            if not words or not (words[0] in titles.modifiers or head_at(words, 0, titles.heads)):
                continue
            near = (self._seen.at.get(token) for token in range(index + 1, min(last, index + 12)))
            if any(mention is not None and mention.entity.type == "PERSON" for mention in near):
                continue
            if not determiners.intersection(words):
                yield Candidate(None, index + 1, SPEAKER)
