"""Whom a source that points back stands for: a pronoun, the pronoun joined to a cue, "the official", "the statement".

The references that coreference has resolved come first. Where it is not sure of a pronoun, whoever spoke last is
taken, or else the subject of the nearest sentence before what is said.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from service.pipeline.annotations import Entity, Speaker
from service.pipeline.attribution.introductions import find_introduced
from service.pipeline.attribution.reading import Mention, Reading, Unit
from service.pipeline.attribution.sources import Source
from service.pipeline.attribution.subjects import subject_before
from service.pipeline.entities.coreference import Resolver
from service.pipeline.entities.discourse import Discourse, observe
from service.pipeline.entities.titles import head_at

_REACH = 12
_ISSUED = 6
_RESUMED = 3
_TITLE = 10
_SUBJECT = 60


def is_anaphoric(reading: Reading, source: Source) -> bool:
    """Whether the phrase points back to somebody: a pronoun, or a common noun with a demonstrative and no name."""
    if is_pronoun(reading, source):
        return True
    if reading.lower[source.last - 1] not in reading.knowledge.grammar.demonstratives:
        return False
    mention = reading.mention_at[source.first]
    if mention is not None and mention.first == source.first and mention.last >= source.last - 1:
        return False
    return not any(m.entity.type == "PERSON" for m in reading.mentions_in(source.first, source.last))


def is_pronoun(reading: Reading, source: Source) -> bool:
    """Whether the source is a pronoun, joined to its cue or on its own."""
    return source.clitic or reading.lower[source.first] in reading.knowledge.grammar.third_person


class Antecedents:
    """Who spoke where in one document. Sources are to be asked for in text order."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._spoke: dict[int, list[tuple[int, Speaker]]] = {}
        self._voices: dict[int, Speaker] = {}
        self._unnamed: list[Speaker] = []
        self._by_id = {entity.id: entity for entity in reading.entities}
        self._references = sorted(
            (
                (span.start, span.end, number)
                for number, entity in enumerate(reading.entities)
                for span in entity.references
            )
        )
        self._discourse: Discourse | None = None
        self._resolver: Resolver | None = None

    @property
    def discourse(self) -> Discourse:
        """The document with its names in place, as coreference looks at it."""
        if self._discourse is None:
            self._discourse = observe(self._reading.document, self._reading.entities)
        return self._discourse

    def note(self, source: Source, speaker: Speaker) -> None:
        """Remember that ``speaker`` spoke, so that what points back later finds them."""
        if speaker.name is not None and not source.clitic:
            self._voices[self._reading.unit_index(source.first)] = speaker
        if self._is_person(source, speaker):
            if speaker.entity_id is None and self._is_commoner(source):
                self._unnamed.append(speaker)
            self._spoke.setdefault(self._reading.unit_index(source.first), []).append((source.first, speaker))

    def find(self, source: Source, said_at: int) -> Entity | Speaker | None:
        """Whom ``source`` stands for; what it is said to have said begins at token ``said_at``."""
        position = min(said_at, source.first)
        if is_pronoun(self._reading, source) and not source.clitic and not self._is_plural(source):
            speaker = self._spoke_in(self._reading.unit_index(position) - 1, position)
            if speaker is not None and speaker in self._unnamed:
                # coreference knows nobody but names
                return speaker
        if source.clitic or self._is_tagged(source):
            # a tag like this goes on with whoever spoke in the sentence before
            index = self._reading.unit_index(position) - 1
            spoke = self._spoke_in(index, position) or self._introduced_before(index, said_at)
            if spoke is not None:
                return spoke
        known: Entity | Speaker | None = self._known(source)
        if known is None and is_pronoun(self._reading, source):
            known = self._nearest(position)
        return None if self._is_plural(source) and self._is_one(known) else known

    def _is_tagged(self, source: Source) -> bool:
        """Whether the source is a pronoun right behind a speech tag ("kata dia")."""
        reading = self._reading
        if source.first == 0 or not is_pronoun(reading, source) or self._is_plural(source):
            return False
        cue = reading.cue_at(source.first - 1)
        return cue is not None and cue.form.kind == "tag"

    def _is_plural(self, source: Source) -> bool:
        return not source.clitic and self._reading.lower[source.first] in self._reading.knowledge.grammar.plural

    def _is_one(self, found: Entity | Speaker | None) -> bool:
        """Whether a single person has been found."""
        entity = self._by_id.get(found.entity_id or "") if isinstance(found, Speaker) else found
        return entity is not None and entity.type == "PERSON"

    def bearer(self, source: Source) -> Entity | None:
        """The person whose title ``source`` is, where it is nothing else and one person alone bears it ("kata
        Kapolda")."""
        reading = self._reading
        words = reading.lower[source.first : source.last]
        heads = reading.knowledge.names.titles.heads
        if source.clitic or head_at(words, 0, heads) != len(words) or not reading.is_capitalized(source.first):
            # in lower case a title may be anybody's: "kata warga"
            return None
        if reading.mentions_in(source.first, source.last) or reading.opens_sentence(source.first):
            return None
        if self._resolver is None:
            self._resolver = Resolver(self.discourse, reading.knowledge.names)
        found = self._resolver.resolve(reading.span(source.first, source.last))
        return found if found is not None and found.type == "PERSON" else None

    def _is_person(self, source: Source, speaker: Speaker) -> bool:
        """Whether the speaker is a person: by the entity, or by a title in front of a name that is none."""
        entity = self._by_id.get(speaker.entity_id or "")
        if entity is not None:
            return entity.type == "PERSON"
        if self._is_commoner(source):
            return True
        titles = self._reading.knowledge.names.titles
        words = self._reading.lower[source.first : source.last]
        capital = any(self._reading.is_capitalized(i) for i in range(source.first + 1, source.last))
        return not source.clitic and capital and head_at(words, 0, titles.heads) > 0

    def _is_commoner(self, source: Source) -> bool:
        """Whether a common noun for a person heads the phrase, or tells in an apposition who is meant."""
        reading, nouns = self._reading, self._reading.knowledge.nouns
        if source.clitic:
            return False
        if reading.lower[source.first] in nouns.people | nouns.indefinite:
            return True
        return any(
            reading.lower[i] in nouns.people and not reading.is_capitalized(i)
            for i in range(source.first + 1, source.last)
        ) and reading.is_capitalized(source.first)

    def _spoke_in(self, index: int, position: int) -> Speaker | None:
        """Who spoke last in unit ``index``, before token ``position``."""
        spoke = [who for at, who in self._spoke.get(index, ()) if at < position]
        return spoke[-1] if spoke else None

    def _introduced_before(self, index: int, said_at: int) -> Entity | Speaker | None:
        """Whom sentence ``index`` is about, in front of what is said, which begins at token ``said_at``; where they
        cannot have said it, whoever spoke before that."""
        if index < 0:
            return None
        quotation = self._reading.quotation_at[said_at]
        found = find_introduced(self._reading, self._reading.units[index], quotation)
        if found is None:
            return self._role_in(self._reading.units[index])
        if found[1]:
            return found[0]
        for i in range(index - 1, max(-1, index - 1 - _RESUMED), -1):
            spoke = self._spoke_in(i, said_at)
            found = find_introduced(self._reading, self._reading.units[i], quotation)
            if spoke is not None or (found is not None and found[1]):
                return spoke or (found[0] if found is not None else None)
        return None

    def _role_in(self, unit: Unit) -> Entity | None:
        """The person whom the sentence opens with by a title alone, where coreference knows who that is."""
        reading = self._reading
        heads = reading.knowledge.names.titles.heads
        first = reading.after_connectors(unit.first, unit.last)
        polite = first + (reading.lower[first] in reading.knowledge.grammar.honorifics)
        size = head_at(reading.lower[polite : unit.last], 0, heads) if polite < unit.last else 0
        last = polite + size
        demonstratives = reading.knowledge.grammar.demonstratives
        pointed = polite > first or (last < unit.last and reading.lower[last] in demonstratives)
        if not size or not pointed or reading.quotation_at[first] is not None:
            return None
        found = self._known(Source(polite, last + (polite == first), end=last))
        return found or self._titled(reading.lower[polite:last], unit.first)

    def titled(self, source: Source) -> Entity | None:
        """Who holds the title that is all of ``source``, written as a name is ("Wali Kota"); None where that is not
        sure."""
        reading = self._reading
        words = reading.lower[source.first : source.last]
        first = 1 if words[0] in reading.knowledge.grammar.honorifics and len(words) > 1 else 0
        if source.clitic or not all(reading.is_capitalized(i) for i in range(source.first, source.last)):
            return None
        if head_at(words, first, reading.knowledge.names.titles.heads) != len(words) - first:
            return None
        return self._titled(words[first:], source.first)

    def _titled(self, title: Sequence[str], before: int) -> Entity | None:
        """The only person who is named with ``title`` in the phrase in front of the name, before token ``before``."""
        holders: dict[str, Entity] = {}
        for mention in self._reading.mentions:
            if mention.first >= before:
                break
            if mention.entity.type == "PERSON" and self._has_title(mention, title):
                holders[mention.entity.id] = mention.entity
        return next(iter(holders.values())) if len(holders) == 1 else None

    def _has_title(self, mention: Mention, title: Sequence[str]) -> bool:
        """Whether ``title`` opens the run of capitalized words in front of the name."""
        reading = self._reading
        first = mention.first
        while first > 0 and mention.first - first < _TITLE and reading.is_capitalized(first - 1):
            first -= 1
        words = reading.lower[first : mention.first]
        return any(words[i : i + len(title)] == list(title) for i in range(len(words)))

    def issuer(self, source: Source) -> Source | Speaker | None:
        """Who issued the text that ``source`` points back to ("pernyataan tersebut"): whoever speaks in the last
        sentence that mentions it, or its subject."""
        reading = self._reading
        head = reading.lower[source.first]
        if head not in reading.knowledge.nouns.anaphoric and head not in reading.knowledge.nouns.documents:
            return None
        index = reading.unit_index(source.first)
        for i in range(index - 1, max(-1, index - 1 - _ISSUED), -1):
            unit = reading.units[i]
            if head in reading.lower[unit.first : unit.last]:
                if i in self._voices and head in reading.knowledge.nouns.documents:
                    return self._voices[i]
                verb = next((i for i in range(unit.first, unit.last) if reading.is_predicate(i)), unit.last)
                return subject_before(reading, unit.first, verb) if verb < unit.last else None
        return None

    def _known(self, source: Source) -> Entity | None:
        """What coreference makes of the phrase: of its references where there are any, else asked for this one."""
        span = self._reading.span(source.first, source.last)
        if not self._references:
            if self._resolver is None:
                self._resolver = Resolver(self.discourse, self._reading.knowledge.names)
            return self._resolver.resolve(span)
        i = bisect.bisect_left(self._references, (span.start, span.start, 0))
        for start, end, number in self._references[i : i + 2]:
            if start < span.end and (end == span.end or start == span.start):
                return self._reading.entities[number]
        return None

    def _nearest(self, position: int) -> Entity | Speaker | None:
        """The nearest person to have spoken, or to be the subject of a sentence, before token ``position``."""
        reading = self._reading
        index = reading.unit_index(position)
        for i in range(index, max(-1, index - _REACH), -1):
            unit = reading.units[i]
            stop = min(unit.last, position) if i == index else unit.last
            spoke = self._spoke_in(i, position)
            if spoke is not None:
                return spoke
            subject = self._subject(unit.first, stop)
            if subject is not None:
                return subject.entity
        return None

    def _subject(self, first: int, last: int) -> Mention | None:
        """The person named in the noun phrase in front of the first verb in tokens ``first:last``."""
        reading = self._reading
        last = min(last, first + _SUBJECT)
        unquoted = (i for i in range(first, last) if reading.quotation_at[i] is None)
        verb = next((i for i in unquoted if reading.is_predicate(i)), last)
        if verb >= last:
            return None
        source = subject_before(reading, first, verb)
        if source is None:
            return None
        named = [m for m in reading.mentions_in(source.first, source.last) if m.entity.type == "PERSON"]
        return named[-1] if named else None
