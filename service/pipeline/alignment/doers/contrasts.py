"""Doers that a sentence rules out, and those whom it sets in their place: "bukan oleh A, melainkan oleh B"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from service.pipeline.alignment.clauses import Clause, Term
from service.pipeline.alignment.doers.deeds import Agent, deed_of, is_deed, is_verb
from service.pipeline.alignment.doers.parties import Knowledge, Party, opening
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.reading import Reading

_NEAR = 4
_ASIDE = frozenset('”“",')


def contrasted(clauses: Sequence[Clause], own: Sequence[Agent], lexicon: Lexicon, known: Knowledge) -> Iterator[Agent]:
    """The doers of a sentence with those whom "bukan" rules out: "(oleh) A, bukan (oleh) B", "bukan A yang …".

    Who is set against another one is exclusive.
    """
    sentence, reading = clauses[0].sentence, clauses[0].reading
    agents = list(own)
    for index in range(sentence.first, sentence.last - 1):
        if reading.words[index] not in known.words.ruled_out:
            continue
        led = reading.words[index + 1] in known.words.leads
        party = opening(reading, index + 1 + led, sentence.last, lexicon, known)
        if party is None or not party.person:
            continue
        found = _set_against(clauses, agents, index, party, led, lexicon, known)
        if found is None:
            continue
        clause, term, rival = found
        denied = replace(deed_of(clause, term, party, False, lexicon, known), denied=True)
        agents.append(replace(denied, evidence=reading.span(min(term.index, index), max(term.index + 1, party.last))))
        if isinstance(rival, int):
            agents[rival] = replace(agents[rival], exclusive=True)
        elif rival is not None:
            agents.append(deed_of(clause, term, rival, True, lexicon, known))
    yield from agents


def _set_against(
    clauses: Sequence[Clause],
    agents: Sequence[Agent],
    index: int,
    party: Party,
    led: bool,
    lexicon: Lexicon,
    known: Knowledge,
) -> tuple[Clause, Term, Party | int | None] | None:
    """The predicate whose doer the phrase behind "bukan" at ``index`` is not; who is, by phrase or by number."""
    reading, sentence = clauses[0].reading, clauses[0].sentence
    instead = _instead(reading, party.last, sentence.last, lexicon, known)
    terms = [(clause, term) for clause in clauses for term in clause.terms]
    if party.last < sentence.last and lexicon.opener.get(reading.words[party.last]) == "relative":
        behind = next(
            (pair for pair in terms if party.last < pair[1].index <= party.last + _NEAR and pair[1].verb), None
        )
        return (*behind, instead) if behind is not None else None
    near = [pair for pair in reversed(terms) if index - _NEAR < pair[1].index < index]
    deed = next(
        (p for p in near if is_verb(reading, p[1], lexicon) or is_deed(reading.words[p[1].index], p[1], lexicon)),
        None,
    )
    adjacent = bool(near) and near[0][1].index == index - 1
    if led and adjacent and not any(a.party.first <= index - 1 < a.party.last for a in agents):
        return (*(deed or near[0]), instead)
    for number in range(len(agents) - 1, -1, -1):
        agent = agents[number]
        end = max(agent.party.last, agent.term.index + 1)
        if not agent.denied and end <= index and (led or set(reading.words[agent.party.last : index]) <= _ASIDE):
            return agent.clause, agent.term, number
    return None


def _instead(reading: Reading, start: int, end: int, lexicon: Lexicon, known: Knowledge) -> Party | None:
    """Who is put in the place of the one whose phrase ends at ``start``: "…, melainkan (oleh) B"."""
    for index in range(start, min(start + _NEAR, end - 1)):
        if reading.words[index] in known.words.instead:
            led = reading.words[index + 1] in known.words.leads
            party = opening(reading, index + 1 + led, end, lexicon, known)
            return party if party is not None and party.person else None
        if reading.words[index] not in _ASIDE:
            return None
    return None
