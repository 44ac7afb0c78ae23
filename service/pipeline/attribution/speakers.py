"""From source phrases to speakers: names, roles, affiliations, antecedents, and whether a source is unnamed on purpose."""

from __future__ import annotations

from collections.abc import Sequence

from service.pipeline.annotations import Speaker
from service.pipeline.attribution.reading import Mention, Reading
from service.pipeline.attribution.sources import Source, has_anonymous_phrase
from service.pipeline.attribution.subjects import subject_before


def speaker_of(reading: Reading, source: Source, antecedent: Mention | Speaker | None) -> Speaker:
    """The speaker that ``source`` names. ``antecedent`` is whom a pronoun or "the official" stands for, where known."""
    if isinstance(antecedent, Speaker):
        if source.clitic:
            return antecedent
        return Speaker(
            antecedent.name,
            reading.span(source.first, source.last),
            antecedent.entity_id,
            antecedent.role,
            antecedent.affiliation,
        )
    if isinstance(antecedent, Mention):
        span = (
            reading.span(antecedent.first, antecedent.last)
            if source.clitic
            else reading.span(source.first, source.last)
        )
        return Speaker(antecedent.entity.name, span, antecedent.entity.id)
    first, last = source.first, source.last
    span = reading.span(first, last)
    people = [m for m in _mentions(reading, first, last) if m.entity.type == "PERSON"]
    named = _named(reading, source, people)
    if named is None:
        return Speaker(reading.text(first, last), span, affiliation=_affiliation(reading, first, last, None))
    if len(named) > 1:
        return Speaker(_joined(reading, named), span)
    mention = named[0]
    role = _role(reading, first, last, mention)
    return Speaker(mention.entity.name, span, mention.entity.id, role, _affiliation(reading, first, last, mention))


def _mentions(reading: Reading, first: int, last: int) -> list[Mention]:
    return [m for i in range(first, last) if (m := reading.mention_at[i]) is not None and m.first == i]


def _named(reading: Reading, source: Source, people: Sequence[Mention]) -> list[Mention] | None:
    """The mentions that name the source itself, not somebody whom the phrase only relates it to."""
    first, last = source.first, source.last
    if people:
        mention = people[-1]
        if (
            mention.first > first
            and len(people) == 1
            and reading.lower[mention.first - 1] in reading.knowledge.nouns.relational
        ):
            return None
        joined = [m for m in people[:-1] if _joined_to(reading, m, mention)]
        return [*joined, mention]
    mentions = _mentions(reading, first, last)
    if not mentions:
        return None
    mention = mentions[-1]
    whole = all(not reading.is_word(i) or i >= mention.first for i in range(first, mention.first))
    behind = all(_bracketed(reading, i) for i in range(mention.last, last))
    if whole and behind:
        return [mention]
    if len(mentions) > 1 and mentions[0].first == first and _abbreviates(reading, mentions[0], mentions[-1], last):
        return [mentions[0]]
    heads = reading.knowledge.nouns.media
    if (
        mention.last == last
        and mention.entity.type == "ORG"
        and (
            reading.tokens[mention.first - 1].text == ","
            or all(reading.lower[i] in heads or reading.mention_at[i] is not None for i in range(first, mention.first))
        )
    ):
        return [mention]
    joined = [m for m in mentions if m.entity.type in {"ORG", "GPE"}]
    if len(joined) == len(mentions) and all(
        not reading.is_word(i)
        or reading.mention_at[i] is not None
        or reading.lower[i] in reading.knowledge.grammar.conjoining
        for i in range(first, last)
    ):
        return mentions
    return None


def _bracketed(reading: Reading, i: int) -> bool:
    return not reading.is_word(i) or reading.tokens[i - 1].text == "("


def _abbreviates(reading: Reading, long: Mention, short: Mention, last: int) -> bool:
    return reading.tokens[short.first - 1].text == "(" and short.last >= last - 1 and short.first - long.last <= 1


def _joined_to(reading: Reading, one: Mention, other: Mention) -> bool:
    between = range(one.last, other.first)
    return (
        len(between) > 0
        and len(between) <= 3
        and any(reading.lower[i] in reading.knowledge.grammar.conjoining for i in between)
    )


def _joined(reading: Reading, mentions: Sequence[Mention]) -> str:
    conjunction = (
        next(
            reading.lower[i]
            for i in range(mentions[0].last, mentions[-1].first)
            if reading.lower[i] in reading.knowledge.grammar.conjoining
        )
        if any(
            reading.lower[i] in reading.knowledge.grammar.conjoining
            for i in range(mentions[0].last, mentions[-1].first)
        )
        else ","
    )
    names = [mention.entity.name for mention in mentions]
    return f"{', '.join(names[:-1])} {conjunction} {names[-1]}"


def _role(reading: Reading, first: int, last: int, mention: Mention) -> str | None:
    """The words of the phrase in front of the name: "Kepala Pelaksana BPBD Demak"."""
    stop = mention.first
    while stop > first and not (reading.is_word(stop - 1) or reading.tokens[stop - 1].text == ")"):
        stop -= 1
    return reading.text(first, stop) if stop > first else None


def _affiliation(reading: Reading, first: int, last: int, mention: Mention | None) -> str | None:
    """The organization or government named in the phrase beside the person."""
    for kinds in ({"ORG"}, {"GPE"}):
        for other in _mentions(reading, first, last):
            if other.entity.type in kinds and (mention is None or other.entity.id != mention.entity.id):
                return other.entity.name
    return None


def is_anaphoric(reading: Reading, source: Source) -> bool:
    """Whether the phrase points back to somebody: a pronoun, or a common noun with a demonstrative and no name."""
    if source.clitic or reading.lower[source.first] in reading.knowledge.grammar.third_person:
        return True
    if reading.lower[source.last - 1] not in reading.knowledge.grammar.demonstratives:
        return False
    mention = reading.mention_at[source.first]
    if mention is not None and mention.first == source.first and mention.last >= source.last - 1:
        return False
    return not any(m.entity.type == "PERSON" for m in _mentions(reading, source.first, source.last))


def is_anonymous(reading: Reading, source: Source) -> bool:
    """Whether the source is left without a name on purpose."""
    first, last = source.first, source.last
    if any(m.entity.type == "PERSON" for m in _mentions(reading, first, last)):
        return False
    words = reading.lower[first:last]
    stop = min(len(reading.tokens), last + 12)
    behind = last
    while behind < stop and reading.tokens[behind].text not in {".", ";"}:
        behind += 1
    return any(word in reading.knowledge.nouns.anonymous for word in words) or has_anonymous_phrase(
        reading, first, behind
    )


class Antecedents:
    """Who spoke or acted last, for sources that point back. Recency over speakers and the subjects of sentences."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._speakers: list[tuple[int, Mention | Speaker]] = []

    def note(self, source: Source, speaker: Speaker) -> None:
        """Remember that ``speaker`` spoke, so that what points back later finds them."""
        named = [m for m in _mentions(self._reading, source.first, source.last) if m.entity.type in {"PERSON", "ORG"}]
        people = [m for m in named if m.entity.type == "PERSON"] or named
        if people and speaker.entity_id == people[-1].entity.id:
            self._speakers.append((source.first, people[-1]))
        elif speaker.entity_id is not None and not source.clitic:
            self._speakers.append((source.first, speaker))

    def issuer(self, source: Source) -> Source | None:
        """Who issued the text that ``source`` points back to ("pernyataan tersebut"): the subject of the last sentence
        that mentions it."""
        reading = self._reading
        head = reading.lower[source.first]
        if head not in reading.knowledge.nouns.anaphoric and head not in reading.knowledge.nouns.documents:
            return None
        index = reading.unit_index(source.first)
        for unit in reversed(reading.units[max(0, index - 6) : index]):
            if head in reading.lower[unit.first : unit.last]:
                verb = next((i for i in range(unit.first, unit.last) if reading.is_predicate(i)), unit.last)
                return subject_before(reading, unit.first, verb) if verb < unit.last else None
        return None

    def resolve(self, position: int, wanted: str = "PERSON") -> Mention | Speaker | None:
        """The nearest speaker or subject of type ``wanted`` before token ``position``."""
        reading = self._reading
        index = reading.unit_index(position)
        for i in range(index, max(-1, index - 12), -1):
            unit = reading.units[i]
            stop = min(unit.last, position) if i == index else unit.last
            spoke = [
                who
                for at, who in self._speakers
                if unit.first <= at < stop and (isinstance(who, Speaker) or who.entity.type == wanted)
            ]
            if spoke:
                return spoke[-1]
            subject = self._subject(unit.first, stop, wanted)
            if subject is not None:
                return subject
        return None

    def _subject(self, first: int, last: int, wanted: str) -> Mention | None:
        """The name in the noun phrase in front of the unit's first verb."""
        reading = self._reading
        verb = next(
            (i for i in range(first, last) if reading.is_predicate(i) and reading.quotation_at[i] is None), last
        )
        if verb >= last:
            return None
        source = subject_before(reading, first, verb)
        if source is None:
            return None
        named = [m for m in _mentions(reading, source.first, source.last) if m.entity.type == wanted]
        return named[-1] if named else None
