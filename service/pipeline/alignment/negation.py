"""What is negated, denied, refuted, said to be absent, or said only on a condition."""

from __future__ import annotations

from collections.abc import Sequence

from service.pipeline.alignment.clauses import Clause, Term
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.reading import Reading

_NEAR = 6


def denial(clause: Clause, clauses: Sequence[Clause], lexicon: Lexicon) -> int | None:
    """The token of a denying verb whose content this clause is."""
    for index in range(clause.first, clause.last):
        if clause.reading.words[index] in lexicon.scopes.deniers:
            return index
    if clause.number > 0 and clause.relation == "complement":
        previous = clauses[clause.number - 1]
        if previous.sentence == clause.sentence:
            for index in range(max(previous.last - _NEAR, previous.first), previous.last):
                if clause.reading.words[index] in lexicon.scopes.deniers:
                    return index
    return None


def denied_content(clause: Clause, denied: int, lexicon: Lexicon) -> frozenset[int]:
    """The tokens that a denial is about: the first predicate behind it (and the noun that it carries), else the first
    noun."""
    behind = [term for term in clause.terms if term.index > denied and not _is_rumour(clause, term, lexicon)]
    words = clause.reading.words
    relative = next((i for i in range(denied, clause.last) if lexicon.opener.get(words[i]) == "relative"), clause.last)
    predicates = [t for t in behind if t.verb or lexicon.kind(t.concept) in ("event", "status")]
    inner = [term for term in predicates if term.index < relative]
    if not inner and any(term.index < relative for term in behind):
        return frozenset(term.index for term in behind[:1])
    if not predicates:
        return frozenset(term.index for term in behind[:1])
    first = (inner or predicates)[0]
    carried = []
    if clause.reading.words[first.index] in lexicon.scopes.support_verbs:
        carried = [term for term in behind if term.index > first.index][:1]
    return frozenset(term.index for term in [first, *carried])


def is_refuted(clause: Clause, term: Term, lexicon: Lexicon) -> bool:
    """Whether the clause calls what the term stands for untrue ("perintah itu palsu")."""
    words = clause.reading.words[term.index + 1 : clause.last]
    return any(word in lexicon.scopes.refutations for word in words)


def negated_until(clause: Clause, lexicon: Lexicon) -> int | None:
    """The token of what a negation in the clause is about: what stands behind it is neither affirmed nor negated."""
    reading = clause.reading
    for index in range(clause.first, clause.last):
        if reading.words[index] in lexicon.scopes.negators and not lexicon.sequences.pseudo_negations.match(
            list(reading.words[index : index + 4]), 0
        ):
            behind = [term for term in clause.terms if term.index > index]
            relative = _relative_predicate(clause, index, lexicon)
            if relative is not None:
                return relative
            while len(behind) > 1 and (
                reading.words[behind[0].index] in lexicon.scopes.support_verbs or lexicon.is_generic(behind[0].concept)
            ):
                behind = behind[1:]
            if not behind:
                return None
            return _last_joined(clause, behind, lexicon) if _says_none(clause, index, lexicon) else behind[0].index
    return None


def _is_rumour(clause: Clause, term: Term, lexicon: Lexicon) -> bool:
    return clause.reading.words[term.index] in lexicon.scopes.rumours


def is_unreal(clause: Clause, clauses: Sequence[Clause], lexicon: Lexicon) -> bool:
    """Whether the clause is a condition, a question or what follows from a condition."""
    words = clause.reading.words[clause.sentence.first : clause.sentence.last]
    if "?" in words[-3:]:
        return True
    if _is_restriction(clause, lexicon):
        return True
    before = clause.reading.words[clause.sentence.first : clause.first + 3]
    return any(word in lexicon.scopes.conditionals for word in before)


def _is_restriction(clause: Clause, lexicon: Lexicon) -> bool:
    """Whether a negation stands in a relative clause, and so only tells which ones are meant ("yang tidak hadir")."""
    words = clause.reading.words
    return any(
        words[index] in lexicon.scopes.negators and lexicon.opener.get(words[index - 1]) == "relative"
        for index in range(clause.first + 1, clause.last)
    )


def _says_none(clause: Clause, negator: int, lexicon: Lexicon) -> bool:
    """Whether the negation is of existence: "tidak ada"."""
    return negator + 1 < clause.last and clause.reading.words[negator + 1] in lexicon.scopes.existence


def _last_joined(clause: Clause, terms: Sequence[Term], lexicon: Lexicon) -> int:
    """The last of the nouns that a conjunction joins with the first of ``terms`` ("tidak ada A maupun B")."""
    last = terms[0].index
    for term in terms[1:]:
        between = clause.reading.words[last + 1 : term.index]
        if not between or not any(word in lexicon.scopes.conjunctions for word in between) or len(between) > 1:
            break
        last = term.index
    return last


def _relative_predicate(clause: Clause, negator: int, lexicon: Lexicon) -> int | None:
    """The predicate that "tidak ada <people> yang <predicate>" denies of all; None where nobody is spoken of."""
    reading = clause.reading
    if negator + 1 >= clause.last or reading.words[negator + 1] not in lexicon.scopes.existence:
        return None
    people = False
    for index in range(negator + 2, min(negator + 2 + _NEAR, clause.last)):
        concept = reading.concepts[index]
        people = people or concept == "@person" or lexicon.broader(concept) == "@person"
        if lexicon.opener.get(reading.words[index]) == "relative":
            return next((t.index for t in clause.terms if t.index > index and t.verb), None) if people else None
    return None


def is_denied_of_all(clause: Clause, term: Term, lexicon: Lexicon) -> bool:
    """Whether the clause says that nobody did what the term stands for."""
    reading = clause.reading
    return any(
        reading.words[index] in lexicon.scopes.negators and _relative_predicate(clause, index, lexicon) == term.index
        for index in range(clause.first, term.index)
    )


def is_absent(reading: Reading, term: Term, clause: Clause, lexicon: Lexicon) -> bool:
    """Whether the clause says that there is no such thing: "tidak ada N", "N itu tidak ada"."""
    for index in range(term.index - 1, max(term.index - 5, clause.first - 1), -1):
        word = reading.words[index]
        joined = reading.words[index + 1] in lexicon.scopes.conjunctions
        if lexicon.is_generic(reading.concepts[index]) or (joined and reading.concepts[index]):
            continue
        if (
            word in lexicon.scopes.existence | lexicon.scopes.possession
            and index > 0
            and reading.words[index - 1] in lexicon.scopes.negators
        ):
            return True
        if reading.concepts[index] and word not in lexicon.light:
            return False
    first_behind = next(
        (i for i in range(term.index + 1, clause.last) if reading.words[i] in lexicon.scopes.negators), None
    )
    if first_behind is None or first_behind - term.index > 4 or term.verb:
        return False
    return first_behind + 1 < clause.last and reading.words[first_behind + 1] in lexicon.scopes.existence
