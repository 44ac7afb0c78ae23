"""Passives that open a sentence and name who says what stands behind them: "Dikatakannya, …", "Ditambahkan X bahwa …".

The comma that ought to follow the agent is often left out; it may be missing behind a person and a pronoun alone, whose
phrase ends without it.
"""

from __future__ import annotations

from service.pipeline.attribution.phrases import phrase_after
from service.pipeline.attribution.placing import Aside, in_front, in_front_at
from service.pipeline.attribution.reading import Cue, Reading, Unit
from service.pipeline.attribution.sources import Source

_REPORTS = frozenset({"say", "assert", "call", "estimate"})
_COMPLEMENTIZER = 25


def read_fronted(reading: Reading, unit: Unit, cue: Cue) -> Aside | None:
    """The aside of the passive ``cue`` that opens ``unit``; None where nobody is named behind it."""
    verb = cue.form.verb
    if verb is None or verb.frame not in _REPORTS:
        return None
    source = Source(cue.first, cue.last, clitic=True, end=cue.last) if cue.form.clitic else None
    source = source or phrase_after(reading, cue.last, unit.last)
    if source is None or source.first > cue.last + 1:
        return None
    grammar = reading.knowledge.grammar
    i = source.end
    personal = source.clitic or reading.lower[source.first] in grammar.third_person or _names(reading, source, "PERSON")
    said = _behind_complementizer(reading, i, unit.last if personal else min(unit.last, i + 1))
    marked = said is not None or (i < unit.last and reading.tokens[i].text in {",", ":"})
    if not (personal or (marked and (_names(reading, source, "ORG") or _is_titled(reading, source)))):
        return None
    if said is not None:
        return in_front_at(reading, unit, cue, source, "passive", said)
    if not marked and i < unit.last and _opens_clause(reading, i, unit.last):
        return in_front_at(reading, unit, cue, source, "passive", i)
    return in_front(reading, unit, cue, source, "passive")


def _names(reading: Reading, source: Source, kind: str) -> bool:
    return any(mention.entity.type == kind for mention in reading.mentions_in(source.first, source.last))


def _is_titled(reading: Reading, source: Source) -> bool:
    """Whether the phrase points at one person without the name: by a title in capitals, or by a demonstrative."""
    pointed = reading.lower[source.last - 1] in reading.knowledge.grammar.demonstratives
    speaks = reading.lower[source.first] in reading.knowledge.nouns.speakers
    return speaks and (reading.is_capitalized(source.first) or (pointed and source.last - source.first > 1))


def _behind_complementizer(reading: Reading, i: int, last: int) -> int | None:
    """Behind the complementizer that follows at ``i``, adjuncts between them allowed; None where none does."""
    for j in range(i, min(last, i + _COMPLEMENTIZER)):
        if reading.tokens[j].text == "," or reading.is_mark(j) or reading.ends[j]:
            return None
        if reading.lower[j] in reading.knowledge.grammar.complementizers:
            comma = j + 1 < last and reading.tokens[j + 1].text == ","
            return j + 1 + comma
    return None


def _opens_clause(reading: Reading, i: int, last: int) -> bool:
    """Whether what is said begins at ``i``: a word that opens no adjunct, and a predicate in the same sentence."""
    if not reading.is_word(i) or reading.lower[i] in reading.knowledge.grammar.adjuncts or reading.is_time(i):
        return False
    stop = next((j for j in range(i, last) if reading.ends[j]), last)
    return reading.has_predicate(i, stop)
