"""Which predicates only tell that somebody speaks, and are no deeds."""

from __future__ import annotations

from service.pipeline.alignment.clauses import Clause, Term
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.negation import is_passive


def is_speech(clause: Clause, term: Term, lexicon: Lexicon) -> bool:
    """Whether the predicate is one of speaking; one with an object behind it ("meminta tebusan") is a deed."""
    reading = clause.reading
    if lexicon.stem(reading.words[term.index]) not in lexicon.scopes.speech:
        return False
    if is_passive(reading.words[term.index], lexicon) and _is_done_to(clause, term, lexicon):
        return False
    words, happenings = reading.words, lexicon.scopes.happenings
    if any(words[i] in happenings for i in range(term.index + 1, clause.last)):
        # "kesepakatan itu sudah terjadi"
        return False
    object_ = next((other for other in clause.terms if other.index == term.index + 1), None)
    return object_ is None or object_.verb or lexicon.is_generic(object_.concept) or reading.frame[term.index]


def _is_done_to(clause: Clause, term: Term, lexicon: Lexicon) -> bool:
    """Whether a noun stands right in front of a passive verb ("pemberitahuan telah disampaikan")."""
    for index in range(term.index - 1, clause.first - 1, -1):
        if any(other.index == index for other in clause.terms):
            return not clause.reading.is_verb(index, lexicon)
        named = clause.reading.mention_at[index] is not None
        if clause.reading.frame[index] or not (named or clause.reading.words[index] in lexicon.light):
            return False
    return False
