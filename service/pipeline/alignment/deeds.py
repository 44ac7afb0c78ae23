"""One deed with its doer: which predicate, done to what, to whom, and whether it leaves room for other doers."""

from __future__ import annotations

from dataclasses import dataclass

from service.pipeline.alignment.clauses import Clause, Term
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.parties import Knowledge, Party
from service.pipeline.alignment.reading import Reading
from service.pipeline.annotations import Claim, Span

_NEAR = 4


@dataclass(frozen=True, slots=True)
class Agent:
    """``party`` does ``act`` to ``things``, beside ``names``; ``goal`` names to whom.

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
    goal: frozenset[str]
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
    act, begun = known.act(term.concept), False
    if lexicon.stem(reading.words[term.index]) in known.words.carry:
        carried = next(
            (t for t in things if t.index < term.index and is_deed(reading.words[t.index], t, lexicon)), None
        )
        if carried is not None:
            begun = lexicon.stem(reading.words[term.index]) in known.words.begin
            act = known.act(carried.concept)
            things.remove(carried)
    first, last = min(term.index, party.first), max(term.index + 1, party.last)
    return Agent(
        clause,
        term,
        act,
        reading.document.tokens[term.index].text.lower(),
        party,
        frozenset(t.concept for t in things if reading.words[t.index] not in known.words.adverbs),
        frozenset(m.name for m in clause.mentions if m.first not in inside and m.name != party.name),
        _goal(clause, known),
        begun or _is_first(clause, first, last, known),
        exclusive,
        False,
        reading.claim_at[term.index],
        reading.span(first, last),
    )


def is_verb(reading: Reading, term: Term, lexicon: Lexicon) -> bool:
    """Whether a term is a predicate; a verb's prefix tells where the tagger does not ("dirantai")."""
    word = reading.words[term.index]
    prefixed = word.startswith(lexicon.scopes.verb_prefixes) and lexicon.looks_like_verb(word, term.concept)
    return term.verb or (prefixed and lexicon.kind(term.concept) != "thing" and not word.endswith("an"))


def is_deed(word: str, term: Term, lexicon: Lexicon) -> bool:
    """Whether a noun stands for something done: a class of events, or a noun with the prefix of one."""
    return lexicon.kind(term.concept) == "event" or (lexicon.is_derived(word) and word.endswith("an"))


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
