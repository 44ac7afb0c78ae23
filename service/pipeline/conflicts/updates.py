"""Whether a number contradicts another or is what the other has become since: an update.

A count that goes on changing (the dead, the arrested) may be higher in a later report; one that can also shrink (the
missing, the displaced) may be lower. Victims and damage are counted anew all the time, whoever counts; of anything else
two speakers who give two numbers, and no time that they are for, contradict each other. What the text itself calls
growth, or counts up to a later time, is an update of whatever it counts. Moments are ISO 8601, of the article or of the
time that the number is said to hold for.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from service.pipeline.alignment.background import Background
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.noun_phrases import MEASURES
from service.pipeline.alignment.quantities.propositions import AGE, Quantity
from service.pipeline.alignment.quantities.shares import DIFFERENCE
from service.pipeline.alignment.times import TIMES
from service.pipeline.conflicts.intervals import interval_of

_LATER = timedelta(hours=1)
# reports that lie so far apart need not say for when their numbers hold
_APART = timedelta(hours=6)


def status_between(one: Sequence[Quantity], other: Sequence[Quantity], background: Background) -> str | None:
    """``update`` where all of one answer holds for a later time than all of the other, and the count may change, else
    ``contradiction``.

    None where nothing in the two comes from different articles, or from one and the same sentence.
    """
    couples = [(a, b) for a in one for b in other]
    if all(a.reading is b.reading and a.clause.sentence is b.clause.sentence for a, b in couples):
        return None
    one, other = _without_retold(one, other), _without_retold(other, one)
    early, late = sorted((one, other), key=lambda answer: min(_moments(answer)))
    if not _is_later(max(_moments(early)), min(_moments(late)), _LATER):
        return "contradiction"
    return "update" if _may_change(early, late, background.lexicon) else "contradiction"


def _without_retold(answer: Sequence[Quantity], rival: Sequence[Quantity]) -> Sequence[Quantity]:
    """``answer`` without what an article tells of it that also tells what it has become: it held before.

    All of it where nothing else is left.
    """
    grown = {quantity.reading.order for quantity in rival if quantity.growing and quantity.part != DIFFERENCE}
    return [quantity for quantity in answer if quantity.reading.order not in grown] or answer


def _moments(answer: Sequence[Quantity]) -> list[str]:
    return [q.as_of for q in answer if q.as_of] or [""]


def _is_later(early: str, late: str, by: timedelta) -> bool:
    """Whether ISO moment ``late`` lies ``by`` or more behind ``early``; by days where one of them is only a day."""
    if "T" not in early or "T" not in late:
        return late[:10] > early[:10]
    return datetime.fromisoformat(late) - datetime.fromisoformat(early) >= by


def _may_change(early: Sequence[Quantity], late: Sequence[Quantity], lexicon: Lexicon) -> bool:
    """Whether the later answer may be what the earlier one has become: the text says that it has grown or counts up to
    then, or what is counted goes on changing, that way, and there was time for it."""
    if all(quantity.settled or quantity.slot.focus == AGE for quantity in late):
        return False
    if any(quantity.growing and quantity.part != DIFFERENCE for quantity in late):
        return True
    more = _least(late) >= _least(early)
    if more and any(_is_running(quantity, lexicon) for quantity in late):
        return True
    stated = any(_says_when(quantity) for quantity in (*early, *late))
    if not stated and not _is_later(max(_moments(early)), min(_moments(late)), _APART):
        return False
    statuses = _statuses(late, lexicon)
    if not stated and statuses.isdisjoint(lexicon.recounted) and _are_told_by_others(early, late):
        return False
    if late[0].value.kind in MEASURES:
        statuses &= _statuses(early, lexicon)
    return any(
        lexicon.concepts[status].developing and (more or status in lexicon.shrinking)
        for status in statuses
        if status in lexicon.concepts
    )


def _are_told_by_others(early: Sequence[Quantity], late: Sequence[Quantity]) -> bool:
    """Whether each number has a named speaker, and nobody gives both."""
    first, second = (_speakers(answer) for answer in (early, late))
    return first is not None and second is not None and not first & second


def _speakers(answer: Sequence[Quantity]) -> set[str] | None:
    """The names of those who give the answer; None where an article gives it itself."""
    found: set[str] = set()
    for quantity in answer:
        attribution = quantity.claim.attribution if quantity.claim else None
        if attribution is None or attribution.speaker is None or not attribution.speaker.name:
            return None
        found.add(attribution.speaker.name)
    return found


def _statuses(answer: Sequence[Quantity], lexicon: Lexicon) -> set[str]:
    return {status for quantity in answer if (status := quantity.slot.status)}


def _least(answer: Sequence[Quantity]) -> float:
    return min(interval_of(quantity.value).low for quantity in answer)


def _is_running(quantity: Quantity, lexicon: Lexicon) -> bool:
    """Whether the clause counts up to a time ("hingga Rabu malam", "sejauh ini")."""
    clause = quantity.clause
    words = list(clause.words())
    for index in range(len(words)):
        match = lexicon.sequences.as_of.match(words, index)
        if match is None:
            continue
        behind = clause.first + index + match[0]
        amount = quantity.reading.amount_at[behind] if behind < clause.last else None
        if amount is not None and amount.value.kind in TIMES:
            return True
    return False


def _says_when(quantity: Quantity) -> bool:
    """Whether the article states the time that its number holds for, so that it is not just that of publication."""
    published = quantity.reading.document.article.published_at
    return published is not None and quantity.as_of != published.strftime("%Y-%m-%dT%H:%M")
