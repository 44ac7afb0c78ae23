"""Who did it: agents of predicates, bearers of duties, and names that a text sets right ("kapal A, bukan B").

An agent is a name right in front of an active verb, behind "oleh", behind the copula of a cleft ("yang memerintahkan
adalah X"), or behind what says where something came from ("perintah itu datang dari X"). Clefts, origins and duties are
exclusive: they leave room for nobody else. Does not resolve agents that the clause does not name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from service.pipeline.alignment.clauses import Clause, Term
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.reading import Mention, Reading
from service.pipeline.alignment.scope import negator
from service.pipeline.annotations import Claim, Span

_WHO = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_STOPS = frozenset(',;:!?“”"')
_NEAR = 4
_BACK = 25


@dataclass(frozen=True, slots=True)
class Agent:
    """``name`` does ``concept`` to ``things``. ``exclusive``: the clause says that nobody else does."""

    clause: Clause
    concept: str
    word: str
    name: str
    kind: str
    things: frozenset[str]
    names: frozenset[str]
    exclusive: bool
    claim: Claim | None
    evidence: Span


@dataclass(frozen=True, slots=True)
class Correction:
    """A name that the text puts in the place of another: ``head`` is of ``right``, not of ``wrong``."""

    reading: Reading
    head: str
    right: str
    wrong: str
    claim: Claim | None
    evidence: Span


def agents(clauses: Sequence[Clause], lexicon: Lexicon) -> list[Agent]:
    """The agents and bearers of duties that one article names."""
    found: list[Agent] = []
    for clause in clauses:
        for term in clause.terms:
            found += _of_predicate(clause, term, lexicon)
        found += _of_duty(clause, clauses, lexicon)
    return found


def _of_predicate(clause: Clause, term: Term, lexicon: Lexicon) -> Iterable[Agent]:
    reading = clause.reading
    if negator(reading, term.index, lexicon) is not None or not (term.verb or lexicon.kind(term.concept) == "event"):
        return
    cleft = _behind_copula(clause, term, lexicon)
    if cleft is not None:
        yield _agent(clause, term, cleft, True, lexicon)
        return
    origin = _behind_origin(clause, term, lexicon)
    if origin is not None:
        yield _agent(clause, term, origin, True, lexicon)
        return
    doer = _behind_by(clause, term, lexicon)
    if doer is not None:
        yield _agent(clause, term, doer, False, lexicon)
        return
    subject = _in_front(clause, term, lexicon)
    if subject is not None and reading.words[term.index].startswith(lexicon.scopes.active_prefixes):
        yield _agent(clause, term, subject, False, lexicon)


def _agent(clause: Clause, term: Term, mention: Mention, exclusive: bool, lexicon: Lexicon) -> Agent:
    reading = clause.reading
    first, last = min(term.index, mention.first), max(term.index + 1, mention.last)
    return Agent(
        clause,
        term.concept,
        reading.document.tokens[term.index].text.lower(),
        mention.name,
        mention.type,
        frozenset(t.concept for t in clause.terms if t.index != term.index),
        frozenset(m.name for m in clause.mentions if m is not mention),
        exclusive,
        reading.claim_at[term.index],
        reading.span(first, last),
    )


def _next_mention(reading: Reading, start: int, end: int, lexicon: Lexicon, reach: int) -> Mention | None:
    """The name that opens the phrase at ``start``; titles and other nouns may stand in front of it."""
    for index in range(start, min(start + reach, end)):
        mention = reading.mention_at[index]
        if mention is not None:
            return _head_name(reading, mention, end)
        if reading.words[index] in lexicon.light or not reading.words[index][0].isalpha():
            return None
    return None


def _head_name(reading: Reading, mention: Mention, end: int) -> Mention:
    """A person's name that closes a phrase which opens with the name of an office ("Komisaris Danapura Rudolf")."""
    for index in range(mention.last, min(mention.last + 2 * _NEAR, end)):
        later = reading.mention_at[index]
        if later is not None:
            return later if later.type == "PERSON" and mention.type != "PERSON" else mention
        if reading.words[index] in _STOPS:
            break
    return mention


def _behind_copula(clause: Clause, term: Term, lexicon: Lexicon) -> Mention | None:
    """The name behind "adalah" in a clause that opens with "yang <predicate>"."""
    reading = clause.reading
    opening = next((i for i in range(clause.first, clause.last) if reading.words[i][0].isalpha()), clause.first)
    if lexicon.opener.get(reading.words[opening]) != "relative" or term.index - opening > _NEAR:
        return None
    for index in range(term.index + 1, clause.last):
        if reading.words[index] in lexicon.scopes.cleft:
            return _next_mention(reading, index + 1, clause.last, lexicon, _NEAR)
    return None


def _behind_origin(clause: Clause, term: Term, lexicon: Lexicon) -> Mention | None:
    """The name behind "datang dari" or "berasal dari" after a verbal noun."""
    reading = clause.reading
    if term.verb and reading.words[term.index].startswith(lexicon.scopes.verb_prefixes):
        return None
    for index in range(term.index + 1, min(term.index + 2 * _NEAR, clause.last)):
        match = lexicon.sequences.origins.match(list(reading.words[index : index + 4]), 0)
        if match:
            return _next_mention(reading, index + match[0], clause.last, lexicon, 2 * _NEAR)
    return None


def _behind_by(clause: Clause, term: Term, lexicon: Lexicon) -> Mention | None:
    """The name behind "oleh" shortly after a passive verb."""
    reading = clause.reading
    if reading.words[term.index].startswith(lexicon.scopes.active_prefixes):
        return None
    for index in range(term.index + 1, min(term.index + _NEAR, clause.last)):
        if lexicon.preposition.get(reading.words[index]) == "by":
            return _next_mention(reading, index + 1, clause.last, lexicon, 2 * _NEAR)
    return None


def _in_front(clause: Clause, term: Term, lexicon: Lexicon) -> Mention | None:
    """The name right in front of a verb, auxiliaries between them."""
    reading = clause.reading
    for index in range(term.index - 1, max(term.index - _NEAR, clause.first) - 1, -1):
        mention = reading.mention_at[index]
        if mention is not None:
            return mention if mention.type in _WHO and not reading.frame[index] else None
        if reading.words[index] not in lexicon.light or reading.words[index] in lexicon.preposition:
            return None
    return None


def _of_duty(clause: Clause, clauses: Sequence[Clause], lexicon: Lexicon) -> Iterable[Agent]:
    """Who bears a duty: the name behind "tanggung jawab … pada" or "tugas"."""
    reading = clause.reading
    words = list(reading.words[clause.first : clause.last])
    for offset in range(len(words)):
        match = lexicon.sequences.duties.match(words, offset)
        if match is None:
            continue
        start = clause.first + offset + match[0]
        for index in range(start, clause.last):
            mention = reading.mention_at[index]
            if mention is not None and mention.type in _WHO and not reading.frame[index]:
                yield Agent(
                    clause,
                    "duty",
                    match[1],
                    mention.name,
                    mention.type,
                    _matters_before(clause, clauses),
                    frozenset(),
                    True,
                    reading.claim_at[index],
                    reading.span(clause.first + offset, mention.last),
                )
                break
        return


def _matters_before(clause: Clause, clauses: Sequence[Clause]) -> frozenset[str]:
    """The concepts of the clause and of those shortly before it."""
    near = [c for c in clauses[: clause.number + 1] if clause.first - c.last <= _BACK]
    return frozenset(term.concept for c in near for term in c.terms)


def corrections(clauses: Sequence[Clause], lexicon: Lexicon) -> list[Correction]:
    """Where one article says "<noun> A, bukan B"."""
    found = []
    readings = {id(clause.reading): clause.reading for clause in clauses}
    for reading in readings.values():
        for right, wrong in zip(reading.mentions, reading.mentions[1:], strict=False):
            between = [word for word in reading.words[right.last : wrong.first] if word.isalpha()]
            if right.type != wrong.type or between not in lexicon.scopes.instead_of or wrong.first - right.last > 3:
                continue
            head = next(
                (
                    reading.concepts[i]
                    for i in range(right.first - 1, max(right.first - 3, -1), -1)
                    if reading.concepts[i]
                ),
                "",
            )
            if head:
                claim = reading.claim_at[right.first]
                span = reading.span(max(right.first - 1, 0), wrong.last)
                found.append(Correction(reading, head, right.name, wrong.name, claim, span))
    return found
