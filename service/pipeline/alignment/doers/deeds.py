"""One deed with its doer: which predicate, done to what, to whom, and whether it leaves room for other doers."""

from __future__ import annotations

import msgspec

from service.pipeline.alignment.clauses import Clause, Term
from service.pipeline.alignment.doers.parties import Knowledge, Party
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.reading import Reading
from service.pipeline.annotations import Claim, Span

_NEAR = 4


class Agent(msgspec.Struct, frozen=True):
    """``party`` does ``act`` to ``things``, beside ``names``, of which ``objects`` follow no preposition of place;
    ``goal`` names to whom; ``patient`` is the noun in front of a passive predicate.

    ``first``: before all others; ``exclusive``: the clause says that nobody else does; ``denied``: that this one does
    not.
    """

    clause: Clause
    term: Term
    act: str
    word: str
    party: Party
    things: frozenset[str]
    names: frozenset[str]
    objects: frozenset[str]
    goal: frozenset[str]
    patient: str | None
    first: bool
    exclusive: bool
    denied: bool
    claim: Claim | None
    evidence: Span


def deed_of(clause: Clause, term: Term, party: Party, exclusive: bool, lexicon: Lexicon, known: Knowledge) -> Agent:
    """The deed of ``term`` with ``party`` for its doer; what a verb carries is the deed ("penawaran diajukan")."""
    reading = clause.reading
    inside = range(party.first, party.last)
    things = [t for t in clause.terms if t.index != term.index and t.index not in inside]
    deed = term
    act, begun = known.acts.get(reading.words[term.index]) or known.act(term.concept), False
    if lexicon.stem(reading.words[term.index]) in known.words.carry:
        carried = _carried(clause, term, lexicon)
        if carried is not None:
            begun = lexicon.stem(reading.words[term.index]) in known.words.begin
            act = known.act(carried.concept)
            things = [t for t in things if t.index != carried.index]
            things += _between(clause, carried.index, lexicon)
            deed = carried if carried.index > term.index else term
    first, last = min(term.index, party.first), max(deed.index + 1, party.last)
    return Agent(
        clause,
        deed,
        act,
        reading.document.tokens[deed.index].text.lower(),
        party,
        frozenset(t.concept for t in things if reading.words[t.index] not in known.words.adverbs)
        | _counted(clause, lexicon),
        frozenset(m.name for m in clause.mentions if m.first not in inside and m.name != party.name),
        frozenset(m.name for m in clause.mentions if m.first not in inside and _is_object(clause, m.first, lexicon)),
        _goal(clause, known),
        _patient(clause, term, lexicon),
        begun or _is_first(clause, first, last, known),
        exclusive,
        False,
        reading.claim_at[term.index],
        reading.span(first, last),
    )


def _carried(clause: Clause, term: Term, lexicon: Lexicon) -> Term | None:
    """The noun for something done that a verb carries: right behind it ("melepaskan tembakan"), or earlier in the
    sentence ("keputusan itu, kata X, diambil …")."""
    reading = clause.reading
    if reading.words[term.index].startswith(lexicon.scopes.active_prefixes):
        behind = next((t for t in clause.terms if t.index == term.index + 1), None)
        return behind if behind is not None and is_deed(reading.words[behind.index], behind, lexicon) else None
    for index in range(clause.sentence.first, term.index):
        concept, word = reading.concepts[index], reading.words[index]
        if concept and word not in lexicon.light and not reading.frame[index] and reading.mention_at[index] is None:
            noun = Term(index, concept, False)
            prefixed = word.startswith(lexicon.scopes.verb_prefixes)
            if is_deed(word, noun, lexicon) and not (prefixed and reading.is_verb(index, lexicon)):
                return noun
    return None


def _between(clause: Clause, start: int, lexicon: Lexicon) -> list[Term]:
    """What stands between a noun for something done and the clause of the verb that carries it."""
    reading = clause.reading
    plain = (i for i in range(start + 1, clause.first) if not reading.frame[i] and reading.mention_at[i] is None)
    return [
        Term(i, reading.concepts[i], False)
        for i in plain
        if reading.concepts[i] and reading.words[i] not in lexicon.light
    ]


def is_verb(reading: Reading, term: Term, lexicon: Lexicon) -> bool:
    """Whether a term is a predicate; a verb's prefix tells where the tagger does not ("dirantai")."""
    word = reading.words[term.index]
    prefixed = word.startswith(lexicon.scopes.verb_prefixes) and lexicon.looks_like_verb(word, term.concept)
    return term.verb or (prefixed and lexicon.kind(term.concept) != "thing" and not word.endswith("an"))


def is_deed(word: str, term: Term, lexicon: Lexicon) -> bool:
    """Whether a noun stands for something done: a class of events, or a noun with the prefix of one."""
    return lexicon.kind(term.concept) == "event" or (lexicon.is_derived(word) and word.endswith("an"))


def _is_object(clause: Clause, first: int, lexicon: Lexicon) -> bool:
    return first == clause.first or clause.reading.words[first - 1] not in lexicon.preposition


def _counted(clause: Clause, lexicon: Lexicon) -> frozenset[str]:
    """What the clause counts."""
    units = (amount.value.unit for amount in clause.amounts if amount.value.kind == "quantity" and amount.value.unit)
    return frozenset(concept for unit in units for concept in lexicon.concepts_of(unit.lower())[:1])


def _patient(clause: Clause, term: Term, lexicon: Lexicon) -> str | None:
    """The noun that opens a clause whose predicate is passive, where nothing but function words stands between."""
    if clause.reading.words[term.index].startswith(lexicon.scopes.active_prefixes):
        return None
    front = [t for t in clause.terms if t.index < term.index]
    named = any(m.first < term.index for m in clause.mentions)
    return front[0].concept if len(front) == 1 and not named and not front[0].verb else None


def _goal(clause: Clause, known: Knowledge) -> frozenset[str]:
    """The names behind the word that says to whom."""
    reading = clause.reading
    return frozenset(
        m.name
        for m in clause.mentions
        if any(reading.words[i] in known.words.recipients for i in range(max(m.first - _NEAR, clause.first), m.first))
    )


def _is_first(clause: Clause, first: int, last: int, known: Knowledge) -> bool:
    """Whether the clause makes its doer the first, and does not go on with what he did next."""
    words = list(clause.reading.words[max(first - _NEAR, clause.first) : min(last + _NEAR, clause.last)])
    return known.first.within(words)
