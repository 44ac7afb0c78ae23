"""Both ends of a transfer, owners, and the doers of a noun: "dijual A kepada B", "milik A", "pemukulan oleh A".

Who sells is told by one article, who buys by another; each end of a transfer is the doer of its own side of it. Words
are data (``agents.yaml``). Does not resolve ends that the clause does not name.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from service.pipeline.alignment.clauses import Clause, Term
from service.pipeline.alignment.doers.deeds import Agent, deed_of, is_deed, is_verb
from service.pipeline.alignment.doers.parties import Knowledge, Party, opening
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.scope import negator

_NEAR = 5


def other_ends(clause: Clause, term: Term, lexicon: Lexicon, known: Knowledge) -> Iterator[Agent]:
    """The other end of a transfer as the doer of its side: "dijual kepada B" makes B one who buys."""
    reading, words = clause.reading, clause.reading.words
    act = known.acts.get(words[term.index]) or known.act(term.concept)
    side = known.words.transfers.get(act)
    if side is None or not is_verb(reading, term, lexicon) or negator(reading, term.index, lexicon) is not None:
        return
    markers = known.words.getters if act in known.words.giving else known.words.givers
    for index in range(term.index + 1, clause.last - 1):
        if words[index] in markers:
            party = opening(reading, index + 1, clause.last, lexicon, known)
            if party is not None and party.person:
                yield replace(deed_of(clause, term, party, False, lexicon, known), act=side)
            return


def owners(clause: Clause, term: Term, lexicon: Lexicon, known: Knowledge) -> Iterator[Agent]:
    """Whose something is, where the clause says no more of it: "tanah itu (bukan) milik A"."""
    reading, words = clause.reading, clause.reading.words
    if words[term.index] not in known.words.owned:
        return
    front, denied = term.index - 1, False
    while front > clause.first and (words[front] in lexicon.scopes.cleft or words[front] in lexicon.scopes.negators):
        denied = denied or words[front] in lexicon.scopes.negators
        front -= 1
    told = words[front] in lexicon.scopes.demonstratives or reading.mention_at[front] is not None
    if front < clause.first or not (told or front < term.index - 1):
        return
    party = opening(reading, term.index + 1, clause.last, lexicon, known)
    if party is not None and (party.person or party.name):
        yield replace(deed_of(clause, term, party, False, lexicon, known), denied=denied)


def doers_of_deed(clause: Clause, term: Term, lexicon: Lexicon, known: Knowledge) -> Iterator[Agent]:
    """The doer that a noun for a deed has: "pemukulan (warga) oleh A", "pelaku pemukulan itu A"."""
    reading, words = clause.reading, clause.reading.words
    if is_verb(reading, term, lexicon) and words[term.index].startswith(lexicon.scopes.verb_prefixes):
        return
    if not is_deed(words[term.index], term, lexicon):
        return
    culprit = _culprit_of(clause, term, lexicon, known)
    if culprit is not None:
        yield deed_of(clause, term, culprit, True, lexicon, known)
        return
    for index in range(term.index + 1, min(term.index + _NEAR, clause.last - 1)):
        if lexicon.preposition.get(words[index]) == "by":
            party = opening(reading, index + 1, clause.last, lexicon, known)
            if party is not None and party.person:
                agent = deed_of(clause, term, party, False, lexicon, known)
                yield replace(agent, first=agent.first or _begins(clause, term, lexicon, known))
            return
        if any(t.index == index and t.verb for t in clause.terms):
            return


def _culprit_of(clause: Clause, term: Term, lexicon: Lexicon, known: Knowledge) -> Party | None:
    """The one whom "pelaku <deed> itu (adalah) A" names."""
    reading, words = clause.reading, clause.reading.words
    start = next((i for i in range(clause.first, clause.last) if words[i][0].isalpha()), clause.first)
    if start + 1 != term.index or words[start] not in known.words.culprits:
        return None
    index = term.index + 1
    between = lexicon.scopes.demonstratives | lexicon.scopes.cleft
    while index < clause.last and words[index] in between:
        index += 1
    party = opening(reading, index, clause.last, lexicon, known) if index > term.index + 1 else None
    return party if party is not None and party.person else None


def _begins(clause: Clause, term: Term, lexicon: Lexicon, known: Knowledge) -> bool:
    """Whether the deed is what began it all: "bentrokan dipicu pemukulan oleh A"."""
    front = clause.reading.words[clause.first : term.index]
    return any(lexicon.stem(word) in known.words.begin for word in front)
