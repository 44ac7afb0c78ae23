"""Quotations without a tag of their own: whose they are follows from the sentence before them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from service.pipeline.attribution.drafts import Draft
from service.pipeline.attribution.passives import Hint
from service.pipeline.attribution.quotations import Quotation
from service.pipeline.attribution.reading import Reading, Unit


def continue_quotations(reading: Reading, drafts: Sequence[Draft], hints: Sequence[Hint]) -> list[Draft]:
    """``drafts`` with the quotations that make up a whole sentence and have no tag, in text order."""
    found: dict[int, list[Draft]] = {}
    for draft in drafts:
        found.setdefault(reading.unit_index(draft.first), []).append(draft)
    hinted = {hint.unit: hint for hint in hints}
    for index, unit in enumerate(reading.units):
        quotation = reading.quotation_at[unit.first]
        if quotation is None or quotation.first != unit.first or quotation.last < _content_end(reading, unit):
            continue
        if any(draft.first <= quotation.first < draft.last for draft in found.get(index, ())):
            continue
        origin = _origin(reading, index, found.get(index - 1, ()), hinted.get(index - 1))
        origin = origin or _following(reading, index, found.get(index + 1, ()))
        if origin is not None:
            found.setdefault(index, []).append(replace(origin, first=quotation.first, last=quotation.last))
    every = [draft for group in found.values() for draft in group]
    return sorted(every, key=lambda d: (d.first, -d.last, -d.score, d.rule))


def _following(reading: Reading, index: int, behind: Sequence[Draft]) -> Draft | None:
    """The quotation that opens the next paragraph with a tag of its own: of several in a row, the last is tagged."""
    if index + 1 >= len(reading.units):
        return None
    unit, following = reading.units[index], reading.units[index + 1]
    tagged = next((d for d in behind if d.rule == "tag-after-quotation" and d.first == following.first), None)
    if tagged is None or following.paragraph == unit.paragraph:
        return None
    return replace(tagged, rule="quotation-before-tagged", score=0.7, borrowed=True)


def _content_end(reading: Reading, unit: Unit) -> int:
    last = unit.last
    while last > unit.first and not reading.is_word(last - 1) and not reading.is_mark(last - 1):
        last -= 1
    return last


def _origin(reading: Reading, index: int, before: Sequence[Draft], hint: Hint | None) -> Draft | None:
    """The statement before the unit whose source goes on speaking."""
    if index == 0:
        return None
    unit, previous = reading.units[index], reading.units[index - 1]
    if hint is not None:
        return Draft(0, 0, hint.source, hint.cue, "quotation-after-hint", 0.75, "say", borrowed=True)
    own = [draft for draft in before if draft.source is not None and not draft.relays]
    same_paragraph = previous.paragraph == unit.paragraph
    if not own:
        return None
    last = own[-1]
    outermost = next((d for d in own if d.first <= last.first and d.last >= last.last), last)
    quoted = isinstance(reading.quotation_at[last.first], Quotation)
    if same_paragraph:
        rule = "quotation-goes-on" if quoted else "quotation-after-statement"
        return replace(outermost, rule=rule, score=0.85 if quoted else 0.75, borrowed=True)
    if quoted:
        return replace(last, rule="quotation-in-next-paragraph", score=0.6, borrowed=True)
    return None
