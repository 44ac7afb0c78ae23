"""Statements whose source the text leaves open: hearsay ("Kabarnya, …", "…, konon"), and passives with what is said
behind them ("Dalam dokumen itu, disebutkan …", "Dijelaskan, …").

Not handled: hearsay adverbs inside a clause without commas around them.
"""

from __future__ import annotations

from service.pipeline.attribution.drafts import Draft
from service.pipeline.attribution.reading import Cue, Reading, Unit


def read_hearsay(reading: Reading, unit: Unit, cue: Cue, core: int) -> Draft | None:
    """The statement that the hearsay adverb ``cue`` marks, which begins at token ``core``: behind it, in front of it,
    or around it."""
    end = next(
        (i for i in range(cue.last, unit.last) if reading.ends[i] and reading.quotation_at[i] is None), unit.last
    )
    where = (cue.first, cue.last)
    if cue.first <= core:
        first = cue.last + (cue.last < end and reading.tokens[cue.last].text == ",")
        last = reading.trim_end(first, end)
        clause = last - first > 2 and reading.lower[first] not in reading.knowledge.grammar.relative
        return Draft(cue.first, last, None, where, "hearsay-in-front", 0.75, "say") if clause else None
    if reading.tokens[cue.first - 1].text != ",":
        return None
    if cue.last >= end:
        last = reading.trim_end(core, cue.first)
        return Draft(core, last, None, where, "hearsay-at-end", 0.75, "say") if last - core > 2 else None
    if reading.tokens[cue.last].text != ",":
        return None
    return Draft(core, reading.trim_end(core, end), None, where, "hearsay-inside", 0.75, "say")


def impersonal_content(reading: Reading, first: int, cue: Cue, end: int) -> tuple[int, int] | None:
    """What is said behind the passive ``cue``, in front of which tokens ``first:cue.first`` say only where it is
    written or when it was said; None where it is not read so."""
    grammar = reading.knowledge.grammar
    opens = first >= cue.first or reading.lower[first] in grammar.adjuncts
    if not opens or cue.form.clitic or any(reading.is_predicate(i) for i in _outside_relative(reading, first, cue)):
        return None
    i = cue.last
    opened = first >= cue.first and i < end and reading.tokens[i].text in {",", ":"}
    if opened or (i < end and reading.lower[i] in grammar.complementizers):
        i += 1
    elif first >= cue.first or not _opens_clause(reading, i, end):
        return None
    last = reading.trim_end(i, end)
    return (i, last) if last - i > 2 else None


def _outside_relative(reading: Reading, first: int, cue: Cue) -> list[int]:
    """The tokens of ``first:cue.first`` that no relative clause holds."""
    found: list[int] = []
    inside = False
    for i in range(first, cue.first):
        if reading.lower[i] in reading.knowledge.grammar.relative:
            inside = True
        elif reading.tokens[i].text == ",":
            inside = False
        elif not inside:
            found.append(i)
    return found


def _opens_clause(reading: Reading, i: int, end: int) -> bool:
    """Whether a subject with its predicate stands at ``i``, and not an agent, which a comma or the sentence ends."""
    for j in range(i, end):
        if reading.tokens[j].text == "," or reading.lower[j] in reading.knowledge.grammar.agent_marker:
            return False
        if reading.lower[j] in reading.knowledge.grammar.complementizers:
            return False
        if reading.is_predicate(j):
            return j > i
    return False
