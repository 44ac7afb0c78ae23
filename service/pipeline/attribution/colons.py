"""Quotations that a colon introduces and no verb reports: "Pesan terakhir X kepada Y: “…”", "X tersenyum: “…”".

The word for a text or an utterance in front of the colon tells whose it is; without one it is the subject, if a person.
"""

from __future__ import annotations

from collections.abc import Sequence

from service.pipeline.attribution.drafts import Draft
from service.pipeline.attribution.phrases import phrase_after
from service.pipeline.attribution.reading import Reading, Unit
from service.pipeline.attribution.sources import Source, plain_form
from service.pipeline.attribution.subjects import subject_before

_FEWEST = 6
_MODIFIERS = 2


def read_colons(reading: Reading, unit: Unit, core: int, drafts: Sequence[Draft]) -> list[Draft]:
    """The statements of quotations in ``unit`` that stand behind a colon and belong to none of ``drafts``."""
    found: list[Draft] = []
    for quotation in reading.quotations_in(core + 1, unit.last - 1):
        i = quotation.first
        if reading.tokens[i - 1].text != ":":
            continue
        if quotation.last - i < _FEWEST or any(d.first < quotation.last and d.last > i for d in drafts):
            continue
        read = _author(reading, core, i - 1)
        if read is not None:
            source, cue = read
            found.append(Draft(i, quotation.last, source, cue, "quotation-behind-colon", 0.75, "say"))
    return found


def _author(reading: Reading, first: int, colon: int) -> tuple[Source, tuple[int, int] | None] | None:
    """Whose words follow the ``colon``, and the word that says that they are words."""
    nouns = reading.knowledge.speech_nouns
    for i in range(first, colon):
        word = reading.lower[i]
        if reading.quotation_at[i] is not None or (plain_form(reading, word) not in nouns and word not in nouns):
            continue
        owner = _owner(reading, i, colon) if word in nouns else None
        source = owner or _person(reading, first, colon)
        return (source, (i, i + 1)) if source is not None else None
    source = _person(reading, first, colon)
    return (source, None) if source is not None else None


def _owner(reading: Reading, noun: int, colon: int) -> Source | None:
    """The person or body named right behind the noun and its modifiers."""
    for i in range(noun + 1, min(colon, noun + 2 + _MODIFIERS)):
        if reading.lower[i] in reading.knowledge.grammar.adjuncts or not reading.is_word(i):
            return None
        titled = reading.is_capitalized(i) or reading.lower[i] in reading.knowledge.nouns.speakers
        source = phrase_after(reading, i, colon) if titled or reading.mention_at[i] is not None else None
        if source is not None:
            return source
    return None


def _person(reading: Reading, first: int, colon: int) -> Source | None:
    """The subject in front of the colon, where it is a person or a pronoun."""
    verb = next((i for i in range(first, colon) if reading.has_predicate(i, i + 1)), None)
    if verb is None or verb <= first:
        return None
    source = subject_before(reading, first, verb)
    if source is None:
        return None
    person = any(m.entity.type == "PERSON" for m in reading.mentions_in(source.first, source.last))
    return source if person or reading.lower[source.first] in reading.knowledge.grammar.third_person else None
