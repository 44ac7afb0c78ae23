"""Who did it: the doers that an article names for its predicates, and those whom it rules out.

A doer stands in front of an active verb, behind a passive one with or without "oleh", behind the copula of a cleft
("yang memerintahkan adalah X"), in front of one ("dialah yang …"), or behind what says where something came from
("perintah itu datang dari X"). Clefts, origins, firsts ("lebih dulu") and contrasts ("oleh A, bukan oleh B") leave room
for nobody else. Words are data (``agents.yaml``). Does not resolve doers that the clause does not name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec.structs import replace

from service.pipeline.alignment.clauses import Clause, Term
from service.pipeline.alignment.doers.contrasts import contrasted
from service.pipeline.alignment.doers.deeds import Agent, deed_of, is_deed, is_verb
from service.pipeline.alignment.doers.parties import Knowledge, Party, in_front, last_person, opening
from service.pipeline.alignment.doers.transfers import doers_of_deed, other_ends, owners
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.negation import is_unreal
from service.pipeline.alignment.scope import negator

_NEAR = 4
_FAR = 8


def agents(clauses: Sequence[Clause], lexicon: Lexicon, known: Knowledge) -> list[Agent]:
    """The doers that one article names or rules out, in order."""
    found: list[Agent] = []
    for _, group in groupby(clauses, key=lambda clause: clause.sentence.first):
        sentence = [clause for clause in group if not is_unreal(clause, clauses, lexicon)]
        if sentence:
            own = [agent for c in sentence for term in c.terms for agent in _of_word(c, term, lexicon, known)]
            found += contrasted(sentence, own, lexicon, known)
            found += _culprit(sentence[0], clauses, lexicon, known)
            found += _answer(sentence[0], clauses, lexicon, known)
    return found


def _of_word(clause: Clause, term: Term, lexicon: Lexicon, known: Knowledge) -> Iterator[Agent]:
    yield from _of_term(clause, term, lexicon, known)
    if not clause.reading.frame[term.index]:
        yield from other_ends(clause, term, lexicon, known)
        yield from owners(clause, term, lexicon, known)
        yield from doers_of_deed(clause, term, lexicon, known)


def _of_term(clause: Clause, term: Term, lexicon: Lexicon, known: Knowledge) -> Iterator[Agent]:
    reading = clause.reading
    verb = is_verb(reading, term, lexicon)
    if reading.frame[term.index] or not (verb or is_deed(reading.words[term.index], term, lexicon)):
        return
    if negator(reading, term.index, lexicon) is not None:
        return
    word = reading.words[term.index]
    if not verb and reading.words[term.index - 1] in known.words.by_will:
        doer = opening(reading, term.index + 1, clause.last, lexicon, known)
        if doer is not None and doer.person:
            yield deed_of(clause, term, doer, False, lexicon, known)
        return
    # "yang ditangkap adalah X": X is whom it was done to
    passive = verb and word.startswith(_passive(lexicon))
    cleft = None if passive else _behind_copula(clause, term, lexicon, known)
    cleft = cleft or _behind_origin(clause, term, lexicon, known)
    if cleft is not None:
        yield deed_of(clause, term, cleft, True, lexicon, known)
    elif not verb:
        return
    elif word.startswith(lexicon.scopes.active_prefixes):
        doer = _emphatic(clause, term, lexicon, known)
        if doer is not None:
            yield deed_of(clause, term, doer, True, lexicon, known)
            return
        doer = in_front(reading, term.index, clause.first, lexicon, known)
        if doer is not None and doer.person:
            alone = any(reading.words[i] in known.words.alone for i in range(doer.last, term.index))
            yield deed_of(clause, term, doer, alone or _is_cleft(clause, term, doer, lexicon), lexicon, known)
    elif word.startswith(_passive(lexicon)) and word not in known.words.named:
        doer = _behind_passive(clause, term, lexicon, known)
        if doer is not None and doer.person:
            alone = any(reading.words[i] in known.words.alone for i in range(term.index + 1, doer.first))
            yield deed_of(clause, term, doer, alone, lexicon, known)


def _is_cleft(clause: Clause, term: Term, doer: Party, lexicon: Lexicon) -> bool:
    """Whether the clause is no more than "X yang <predicate> …": it sets X against all others."""
    reading = clause.reading
    opening = next((i for i in range(clause.first, clause.last) if reading.words[i][0].isalpha()), clause.first)
    relative = any(lexicon.opener.get(reading.words[i]) == "relative" for i in range(doer.last, term.index))
    later = any(t.verb and t.index > term.index for t in clause.terms)
    return relative and doer.first == opening and not later and clause.last == clause.sentence.last


def _answer(clause: Clause, clauses: Sequence[Clause], lexicon: Lexicon, known: Knowledge) -> Iterator[Agent]:
    """The one whom the answer to "siapa yang <predicate>?" opens with."""
    reading = clause.reading
    previous = clauses[clause.number - 1] if clause.number else None
    if previous is None or previous.sentence is clause.sentence or "?" not in previous.words()[-2:]:
        return
    asked = next((i for i in range(previous.first, previous.last) if reading.words[i] in known.words.who), None)
    if asked is None or any(t.verb for t in clause.terms) or clause.last != clause.sentence.last:
        return
    start = next((i for i in range(clause.first, clause.last) if reading.words[i][0].isalnum()), clause.first)
    party = opening(reading, start, clause.last, lexicon, known)
    deeds = [t for t in previous.terms if t.index > asked]
    deed = next((t for t in deeds if is_verb(reading, t, lexicon) or known.act(t.concept) in known.words.kin), None)
    # an answer is a bare phrase
    bare = party is not None and party.last < clause.last and not reading.words[party.last][0].isalnum()
    if party is not None and bare and party.person and deed is not None:
        agent = deed_of(previous, deed, party, True, lexicon, known)
        yield replace(agent, evidence=reading.span(asked, party.last), claim=reading.claim_at[party.first])


def _culprit(clause: Clause, clauses: Sequence[Clause], lexicon: Lexicon, known: Knowledge) -> Iterator[Agent]:
    """The one whom "pelakunya (adalah) X" names for what the sentence before tells of."""
    reading = clause.reading
    start = next((i for i in range(clause.first, clause.last) if reading.words[i][0].isalpha()), clause.first)
    if reading.words[start] not in known.words.culprits or not clause.number:
        return
    start += 1
    while start < clause.last and reading.words[start] in lexicon.scopes.cleft:
        start += 1
    named = reading.mention_at[start] if start < clause.last else None
    if named is not None and named.first < start:
        # "pelaku penembakan itu": a phrase that points back, and names nobody
        return
    party = opening(reading, start, clause.last, lexicon, known)
    previous = clauses[clause.number - 1]
    deed = next((term for term in reversed(previous.terms) if is_verb(reading, term, lexicon)), None)
    if party is not None and party.person and deed is not None:
        agent = deed_of(previous, deed, party, True, lexicon, known)
        yield replace(agent, evidence=reading.span(start, party.last), claim=reading.claim_at[party.first])


def _passive(lexicon: Lexicon) -> tuple[str, ...]:
    return tuple(prefix for prefix in lexicon.scopes.verb_prefixes if prefix not in lexicon.scopes.active_prefixes)


def _behind_copula(clause: Clause, term: Term, lexicon: Lexicon, known: Knowledge) -> Party | None:
    """The doer behind "adalah" in a clause that opens with "(orang) yang <predicate>"."""
    reading = clause.reading
    relative = next(
        (
            i
            for i in range(term.index - 1, max(term.index - _NEAR, clause.first) - 1, -1)
            if lexicon.opener.get(reading.words[i]) == "relative"
        ),
        None,
    )
    if relative is None or relative - clause.first > _NEAR:
        return None
    for index in range(term.index + 1, clause.last - 1):
        if reading.words[index] in lexicon.scopes.cleft:
            party = opening(reading, index + 1, clause.last, lexicon, known)
            return party if party is not None and party.person else None
    return None


def _behind_origin(clause: Clause, term: Term, lexicon: Lexicon, known: Knowledge) -> Party | None:
    """The doer behind "datang dari" or "berasal dari" after a verbal noun; where a place comes first, the next one."""
    reading = clause.reading
    if term.verb and reading.words[term.index].startswith(lexicon.scopes.verb_prefixes):
        return None
    for index in range(term.index + 1, min(term.index + _FAR, clause.last)):
        match = lexicon.sequences.origins.match(reading.words[index : index + 4], 0)
        if match:
            starts = [index + match[0]]
            starts += [i + 1 for i in range(starts[0], clause.last - 1) if reading.words[i] in known.words.leads]
            parties = (opening(reading, start, clause.last, lexicon, known) for start in starts)
            return next((party for party in parties if party is not None and party.person), None)
    return None


def _emphatic(clause: Clause, term: Term, lexicon: Lexicon, known: Knowledge) -> Party | None:
    """The person whom "dialah yang <predicate>" points back to."""
    reading = clause.reading
    for index in range(max(term.index - _NEAR - 1, clause.first), term.index):
        if reading.words[index] in known.words.emphatic:
            sentences = reading.document.sentences
            number = sentences.index(clause.sentence)
            person = last_person(reading, index, sentences[max(number - 1, 0)].first, clause.sentence.first)
            if person is None:
                return None
            return Party(index, index + 1, person.name, person.type, (), True)
    return None


def _behind_passive(clause: Clause, term: Term, lexicon: Lexicon, known: Knowledge) -> Party | None:
    """The doer behind "oleh" shortly after a passive verb, or right behind the verb."""
    reading = clause.reading
    for index in range(term.index + 1, min(term.index + _FAR, clause.last - 1)):
        word = reading.words[index]
        if lexicon.preposition.get(word) == "by":
            return opening(reading, index + 1, clause.last, lexicon, known)
        if word not in known.words.adverbs:
            break
    start = term.index + 1
    while start < clause.last and reading.words[start] in known.words.adverbs:
        start += 1
    if start >= clause.last or reading.words[start] in lexicon.light or reading.amount_at[start] is not None:
        return None
    party = opening(reading, start, clause.last, lexicon, known)
    # a name right behind a passive may also be where, when or as what: only who can act counts
    return party if party is not None and (party.nouns or party.kind in ("PERSON", "ORG")) else None
