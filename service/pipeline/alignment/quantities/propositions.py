"""Counted and measured things as propositions: what is counted, what became of it, where, when, and of which total.

Each number in an article becomes a :class:`Quantity`: the class of the counted noun, its modifiers, the predicate
that the number belongs to (its *focus*), and the bounds that make two numbers incomparable (a share of a total, an
addition, a plan, another place or period).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import InitVar, dataclass, field, replace

from service.pipeline.alignment.clauses import Clause, Term
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.locations import is_place, mentions_of
from service.pipeline.alignment.noun_phrases import (
    MEASURES,
    PERSON,
    context_of,
    elided_head,
    head_of,
    is_age,
    noun_phrase,
    objects_of,
    owner_of,
    subject_of,
)
from service.pipeline.alignment.quantities.focus import REACH, find_focus
from service.pipeline.alignment.quantities.shares import part_of, rate_of
from service.pipeline.alignment.quantities.slots import Slot, slot_of
from service.pipeline.alignment.reading import Amount, Reading
from service.pipeline.alignment.scope import grade_of, is_planned, is_retracted, negator, none_of
from service.pipeline.alignment.times import TIMES, as_of, is_since, long_period
from service.pipeline.annotations import Claim, Span, Value

AGE = "@age"
CLASSIFIER = "@unit"


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number with what it is about.

    ``head``: concept of the counted noun, or the kind and base unit of a measure. ``focus``: the predicate or
    attribute that it belongs to; ``foci``: all that may be it. ``context``, ``around``: the concepts of the clause and
    of the sentence. ``part``: what makes it a share, an addition or a difference. ``rate``: what it is for one of.
    ``places``: names of where. ``parties``: names of who. ``nearest``: the names between the number before it in its
    sentence and this one, whose share of a list it is. ``period``: first and last day, where stated. ``slot``: what
    it is compared by.
    """

    clause: Clause
    amount: Amount
    head: str
    modifiers: frozenset[str]
    names: frozenset[str]
    objects: frozenset[str]
    focus: Term | None
    foci: frozenset[str]
    context: frozenset[str]
    around: frozenset[str]
    grade: str | None
    part: str | None
    rate: str | None
    planned: bool
    negated: bool
    places: tuple[str, ...]
    parties: frozenset[str]
    persons: frozenset[str]
    nearest: frozenset[str]
    agent: str | None
    period: tuple[str, str] | None
    since: bool
    as_of: str | None
    settled: bool
    growing: bool
    retracted: bool
    claim: Claim | None
    evidence: Span
    lexicon: InitVar[Lexicon]
    value: Value = field(init=False)
    reading: Reading = field(init=False)
    slot: Slot = field(init=False)

    def __post_init__(self, lexicon: Lexicon) -> None:
        object.__setattr__(self, "value", self.amount.value)
        object.__setattr__(self, "reading", self.clause.reading)
        object.__setattr__(self, "slot", slot_of(self, lexicon))


def quantities(clauses: Sequence[Clause], lexicon: Lexicon) -> list[Quantity]:
    """The quantities of one article's ``clauses``, in order."""
    found = []
    for clause in clauses:
        for amount in clause.amounts:
            if amount.value.kind not in TIMES:
                quantity = _quantity(clause, amount, clauses, lexicon)
                if quantity is not None:
                    found.append(quantity)
    return found


def as_part(quantity: Quantity, relation: str, status: str | None, lexicon: Lexicon) -> Quantity:
    """``quantity`` with its relation to another number, which only the numbers beside it show, and with the ``status``
    of that one where it has none of its own."""
    if quantity.slot.status is None and status is not None:
        return replace(quantity, part=relation, focus=None, foci=frozenset({status}), lexicon=lexicon)
    return replace(quantity, part=relation, lexicon=lexicon)


def _quantity(clause: Clause, amount: Amount, clauses: Sequence[Clause], lexicon: Lexicon) -> Quantity | None:
    reading = clause.reading
    none = none_of(clause, amount, lexicon)
    amount = none or amount
    head, inner = head_of(amount, reading, lexicon)
    head = head or elided_head(clause, amount, lexicon)
    if not head:
        return None
    years = amount.value.kind == "duration"
    owner = owner_of(amount, reading, lexicon) if years else None
    aged = owner is not None or (years and is_age(amount, reading, lexicon))
    phrase_end, modifiers, names = noun_phrase(clause, amount, lexicon)
    modifiers |= inner
    if head == CLASSIFIER or (head == PERSON and not any(lexicon.broader(word) == PERSON for word in inner)):
        head = subject_of(clause, amount, head, lexicon) or head
    measured = amount.value.kind in MEASURES
    focus, foci = find_focus(clause, amount, phrase_end, measured, clauses, lexicon)
    focus, foci = _in_this_sense(focus, foci, head, reading, lexicon)
    if lexicon.is_status(head):
        own = focus is not None and (
            (lexicon.is_status(focus.concept) and "," not in reading.words[focus.index : amount.first])
            or (focus.index >= phrase_end and focus.concept.startswith("@"))
        )
        focus, foci = focus if own else None, foci | {head}
    dimension = lexicon.scopes.dimensions.get(amount.value.base or "")
    if dimension is not None and f"@{dimension}" not in foci:
        focus, foci = Term(amount.first, f"@{dimension}", False), {f"@{dimension}"} | foci
    if aged:
        focus, foci = Term(amount.first, AGE, False), {AGE}
    places = tuple(dict.fromkeys(m.name for m in mentions_of(clause, amount) if is_place(reading, m, lexicon)))
    in_clause = [m for m in clause.mentions if m.name not in names]
    parties = frozenset(m.name for m in in_clause if not is_place(reading, m, lexicon))
    if owner is not None:
        parties = frozenset({owner.name})
    words = list(clause.words())
    first = (
        focus.index if focus is not None and amount.first - REACH - 4 <= focus.index < amount.first else amount.first
    )
    last = max(phrase_end, focus.index + 1 if focus is not None and focus.index - phrase_end <= REACH else 0)
    return Quantity(
        clause,
        amount,
        head,
        frozenset(modifiers),
        frozenset(names),
        frozenset(modifiers) | objects_of(clause, focus, lexicon) if measured else frozenset(),
        focus,
        frozenset(foci),
        context_of(clause, lexicon),
        _around(clause, clauses),
        grade_of(reading, focus, amount, phrase_end, clause, lexicon),
        part_of(clause, amount, phrase_end, focus, lexicon),
        rate_of(clause, amount, phrase_end, lexicon),
        is_planned(clause, amount, focus, clauses, lexicon),
        none is None and _is_negated(reading, focus, amount, lexicon),
        places,
        parties,
        parties & {m.name for m in reading.mentions if m.type == "PERSON"},
        _nearest(clause, amount),
        _agent(reading, focus, amount, lexicon),
        long_period(clause, clauses, lexicon, amount),
        is_since(clause, lexicon),
        as_of(clause, clauses, lexicon, amount),
        lexicon.sequences.settled.within(words),
        any(word in lexicon.scopes.growth for word in words),
        is_retracted(clause, clauses, lexicon),
        reading.claim_at[amount.first],
        reading.span(min(first, amount.first), max(last, amount.last)),
        lexicon,
    )


def _nearest(clause: Clause, amount: Amount) -> frozenset[str]:
    """The names, of no speaker, between the number before ``amount`` in its sentence and ``amount``."""
    reading = clause.reading
    found = set()
    for index in range(amount.first - 1, clause.sentence.first - 1, -1):
        other = reading.amount_at[index]
        if other is not None and other.value.kind not in TIMES:
            break
        mention = reading.mention_at[index]
        if mention is not None and not reading.frame[index]:
            found.add(mention.name)
    return frozenset(found)


def _is_negated(reading: Reading, focus: Term | None, amount: Amount, lexicon: Lexicon) -> bool:
    """Whether the predicate is negated and the number no correction of it ("tidak ngebut, hanya 50 km per jam")."""
    if focus is None or negator(reading, focus.index, lexicon) is None:
        return False
    return focus.index > amount.first or "," not in reading.words[focus.index : amount.first]


def _agent(reading: Reading, focus: Term | None, amount: Amount, lexicon: Lexicon) -> str | None:
    """The name right in front of the active verb that governs the number."""
    if focus is None or focus.index > amount.first:
        return None
    if not reading.words[focus.index].startswith(lexicon.scopes.active_prefixes):
        return None
    for index in range(focus.index - 1, max(focus.index - 4, -1), -1):
        mention = reading.mention_at[index]
        if mention is not None:
            return None if reading.frame[index] else mention.name
        if reading.words[index] not in lexicon.light:
            return None
    return None


def _around(clause: Clause, clauses: Sequence[Clause]) -> frozenset[str]:
    """The concepts of the clauses of the sentence."""
    number = clause.number
    found: set[str] = set()
    for step in (-1, 1):
        index = number if step < 0 else number + 1
        while 0 <= index < len(clauses) and clauses[index].sentence is clause.sentence:
            found.update(term.concept for term in clauses[index].terms)
            index += step
    return frozenset(found)


def _in_this_sense(
    focus: Term | None, foci: set[str], head: str, reading: Reading, lexicon: Lexicon
) -> tuple[Term | None, set[str]]:
    """The predicate in the sense that it has beside what is counted ("saham anjlok" is a fall, "kereta anjlok" not)."""
    if focus is None or reading.mention_at[focus.index] is not None:
        return focus, foci
    beside = head.split(":", maxsplit=1)[0] if head.startswith("#") else lexicon.broader(head) or head
    beside = PERSON if lexicon.is_status(head) else beside
    sense = lexicon.sense(reading.words[focus.index], beside)
    if sense == focus.concept or lexicon.concept(reading.words[focus.index]) != focus.concept:
        return focus, foci
    return Term(focus.index, sense, focus.verb), (foci - {focus.concept}) | {sense}
