"""Whom a sentence is about, as the one who speaks behind it: X, 34 tahun, kehilangan kiosnya. "…," isaknya.

A sentence that introduces somebody with an age or a trade counts as well as one whose subject is a person. Not handled:
people who are introduced behind the sentence's verb.
"""

from __future__ import annotations

from collections.abc import Sequence

from service.pipeline.annotations import Entity, Speaker
from service.pipeline.attribution.phrases import phrase_after
from service.pipeline.attribution.quotations import Quotation
from service.pipeline.attribution.reading import Reading, Unit
from service.pipeline.attribution.sources import plain_form

_LONGEST_NAME = 5
_OPENING = 24
_AUXILIARIES = 3
_VOICE = 6


def find_introduced(reading: Reading, unit: Unit, quotation: Quotation | None) -> tuple[Entity | Speaker, bool] | None:
    """The person whom ``unit`` is about, and whether they can be who says the ``quotation`` behind it: it does not
    speak of them, and the sentence leaves them alive and acting."""
    opening = _opening(reading, unit)
    voice = _voice(reading, opening, unit.last)
    if voice is not None:
        return voice, True
    found = _named_at(reading, opening, unit.last)
    if found is None:
        return None
    who, first, last = found
    predicate = _predicate(reading, last, unit.last)
    if predicate is None:
        return None
    silent = not _can_have_spoken(reading, predicate, unit.last)
    silent = silent or (quotation is not None and _is_spoken_of(reading, who, first, last, quotation))
    return who, not silent


def _voice(reading: Reading, first: int, last: int) -> Entity | None:
    """The person from whom the words come that the sentence opens with: "Bantahan serupa datang dari Sekretaris X"."""
    knowledge = reading.knowledge
    if first >= last or reading.lower[first] not in knowledge.speech_nouns:
        return None
    stop = min(last, first + _VOICE)
    voiced = [phrase.split() for phrase in knowledge.sources.voiced]
    ends = (i + len(words) for i in range(first + 1, stop) for words in voiced if _stands_at(reading, i, words))
    at = next(ends, None)
    if at is None:
        return None
    source = phrase_after(reading, at, last)
    people = [m for m in reading.mentions_in(source.first, source.last) if m.entity.type == "PERSON"] if source else []
    return people[-1].entity if people else None


def _stands_at(reading: Reading, i: int, words: Sequence[str]) -> bool:
    return list(reading.lower[i : i + len(words)]) == list(words)


def _opening(reading: Reading, unit: Unit) -> int:
    """Where the sentence's first phrase begins, behind connectors, an adjunct with its comma, and the preposition in
    front of it."""
    first = reading.after_connectors(unit.first, unit.last)
    knowledge = reading.knowledge
    if reading.lower[first] in knowledge.sources.standpoint:
        return first + 1
    if reading.lower[first] in knowledge.grammar.adjuncts or reading.is_time(first):
        stop = min(unit.last - 1, first + _OPENING)
        return next((i + 1 for i in range(first, stop) if reading.tokens[i].text == ","), first)
    return first


def _named_at(reading: Reading, first: int, last: int) -> tuple[Entity | Speaker, int, int] | None:
    """The person whom the phrase at ``first`` names, and where the name stands. A name that nothing has recognized
    counts where an age or a trade follows it."""
    if first >= last or reading.quotation_at[first] is not None:
        return None
    stop = min(last, first + _OPENING)
    person = None
    for i in range(first, stop):
        mention = reading.mention_at[i]
        if mention is not None and mention.first == i and mention.entity.type == "PERSON":
            apposed = person is not None and reading.tokens[i - 1].text == ","
            if person is None or apposed:
                person = mention
        elif mention is None and (reading.is_predicate(i) or (person is not None and not _in_phrase(reading, i))):
            break
    if person is not None:
        return person.entity, person.first, person.last
    end = first
    while (
        end < stop and reading.is_capitalized(end) and end - first < _LONGEST_NAME and reading.mention_at[end] is None
    ):
        end += 1
    if end == first or not _is_told(reading, end, last) or reading.is_time(first):
        return None
    if reading.lower[first] in reading.knowledge.nouns.speakers:
        return None
    return Speaker(reading.text(first, end), reading.span(first, end)), first, end


def _in_phrase(reading: Reading, i: int) -> bool:
    """Whether the token at ``i`` may stand between a name and one in apposition to it."""
    return reading.tokens[i].text in {",", "."} or reading.is_capitalized(i)


def _is_told(reading: Reading, i: int, last: int) -> bool:
    """Whether an age or a trade follows at ``i``: "(34)", ", 34 tahun", ", pedagang sayur"."""
    if i + 2 >= last:
        return False
    following = reading.tokens[i + 1].text
    if reading.tokens[i].text == "(":
        return following.isdigit() and reading.tokens[i + 2].text in {")", "tahun"}
    if reading.tokens[i].text != ",":
        return False
    aged = following.isdigit() and reading.lower[i + 2] in reading.knowledge.grammar.time_units
    return aged or plain_form(reading, reading.lower[i + 1]) in reading.knowledge.nouns.speakers


def _predicate(reading: Reading, first: int, last: int) -> int | None:
    """The first word behind the name that can be the sentence's predicate: no relative clause, no apposition."""
    i = first
    while i < last:
        if reading.lower[i] in reading.knowledge.grammar.relative:
            comma = next((j for j in range(i, last) if reading.tokens[j].text == ","), last)
            i = comma
        elif reading.tokens[i].text == "(":
            i = max(i, reading.after_brackets(i, last) - 1)
        elif reading.is_word(i) and reading.has_predicate(i, i + 1):
            return i
        i += 1
    return first if first < last else None


def _can_have_spoken(reading: Reading, predicate: int, last: int) -> bool:
    """Whether the predicate leaves its subject alive, and is not something that others did to them."""
    predicates = reading.knowledge.predicates
    if any(word in predicates.silencing for word in reading.lower[predicate:last]):
        return False
    verb = next((i for i in range(predicate, min(last, predicate + _AUXILIARIES)) if reading.is_verb(i)), predicate)
    return not (reading.is_verb(verb) and reading.lower[verb].startswith(predicates.passive_prefixes))


def _is_spoken_of(reading: Reading, who: Entity | Speaker, first: int, last: int, quotation: Quotation) -> bool:
    """Whether the quotation names the person, or speaks of somebody as he, she or they."""
    inside = range(quotation.first, quotation.last)
    if any(reading.lower[i] in reading.knowledge.grammar.third_person for i in inside):
        return True
    names = set(reading.lower[first:last])
    if any(reading.is_capitalized(i) and reading.lower[i] in names for i in inside):
        return True
    return isinstance(who, Entity) and any(
        (mention := reading.mention_at[i]) is not None and mention.entity is who for i in inside
    )
