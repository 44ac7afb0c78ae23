"""Whose duty something is, and names that a text sets right ("kapal A, bukan B")."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from service.pipeline.alignment.clauses import Clause
from service.pipeline.alignment.doers.parties import WHO, Knowledge, Party, opening
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.reading import Reading
from service.pipeline.annotations import Claim, Span

_BACK = 25
_NAMING = 3


@dataclass(frozen=True, slots=True)
class Duty:
    """``party`` is to answer for ``things``."""

    clause: Clause
    party: Party
    word: str
    things: frozenset[str]
    claim: Claim | None
    evidence: Span


@dataclass(frozen=True, slots=True)
class Correction:
    """A name that the text puts in the place of another: ``heads`` are of ``right``, not of ``wrong``."""

    reading: Reading
    heads: frozenset[str]
    word: str
    right: str
    wrong: str
    claim: Claim | None
    evidence: Span


def duties(clauses: Sequence[Clause], lexicon: Lexicon, known: Knowledge) -> list[Duty]:
    """Who, by one article, bears which duty: the phrase behind "tanggung jawab … pada" or "tugas"."""
    return [duty for clause in clauses for duty in _of_clause(clause, clauses, lexicon, known)]


def _of_clause(clause: Clause, clauses: Sequence[Clause], lexicon: Lexicon, known: Knowledge) -> Iterable[Duty]:
    reading = clause.reading
    words = clause.words()
    for offset in lexicon.sequences.duties.spots(words):
        match = lexicon.sequences.duties.match(words, offset)
        if match is None:
            continue
        first, start = clause.first + offset, clause.first + offset + match[0]
        party = _bearer(clause, start, lexicon, known)
        if party is not None:
            near = [c for c in clauses[: clause.number + 1] if clause.first - c.last <= _BACK]
            things = frozenset(
                term.concept
                for c in near
                for term in c.terms
                if not (c is clause and (first <= term.index < start or party.first <= term.index < party.last))
            )
            claim = reading.claim_at[party.first]
            yield Duty(clause, party, match[1], things, claim, reading.span(first, party.last))
        return


def _bearer(clause: Clause, start: int, lexicon: Lexicon, known: Knowledge) -> Party | None:
    """The name, or behind a preposition the noun of a body, that comes first behind token ``start``."""
    reading = clause.reading
    for index in range(start, clause.last):
        mention = reading.mention_at[index]
        led = index > start and reading.words[index - 1] in known.words.bearers
        named = mention is not None and mention.type in WHO and mention.first == index
        if (named or led) and not reading.frame[index]:
            party = opening(reading, index, clause.last, lexicon, known)
            if party is not None and party.person:
                return party
    return None


def corrections(clauses: Sequence[Clause], lexicon: Lexicon, known: Knowledge) -> list[Correction]:
    """Where one article says "<noun> A, bukan B"."""
    found = []
    readings = {id(clause.reading): clause.reading for clause in clauses}
    for reading in readings.values():
        for right, wrong in zip(reading.mentions, reading.mentions[1:], strict=False):
            start = right.last
            if reading.words[start : start + 1] == (",",) and reading.amount_at[min(start + 1, len(reading.words) - 1)]:
                amount = reading.amount_at[start + 1]
                start = amount.last if amount is not None else start
            between = [word for word in reading.words[start : wrong.first] if word.isalpha()]
            if right.type != wrong.type or between not in lexicon.scopes.instead_of or wrong.first - start > _NAMING:
                continue
            nouns = [i for i in range(right.first - 1, max(right.first - _NAMING, -1), -1) if reading.concepts[i]]
            if nouns:
                claim = reading.claim_at[right.first]
                span = reading.span(max(right.first - 1, 0), wrong.last)
                heads = frozenset(reading.concepts[i] for i in nouns)
                found.append(
                    Correction(reading, heads, reading.concepts[nouns[0]], right.name, wrong.name, claim, span)
                )
    return found
