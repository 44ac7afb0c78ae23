"""What articles give as the cause of an event: "kebakaran dipicu korsleting", "penyebab longsor adalah hujan".

Causes stand behind a marker of cause in the clause of the event or in the one that follows it, and behind "bukan" and
denials where the article rules one out. Does not tell a remote cause from the one at hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.pipeline.alignment.clauses import Clause, Term
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.negation import denial
from service.pipeline.alignment.reading import Reading
from service.pipeline.annotations import Claim, Span

_REACH = 8
_MARKS = frozenset(',;:.!?()"“”')


@dataclass(frozen=True, slots=True)
class Cause:
    """``concepts`` are given (or, where ``denied``, ruled out) as the cause of event ``effect``."""

    clause: Clause
    effect: str
    word: str
    things: frozenset[str]
    concepts: frozenset[str]
    denied: bool
    claim: Claim | None
    evidence: Span

    @property
    def reading(self) -> Reading:
        """The article that the cause stands in."""
        return self.clause.reading


def causes(clauses: Sequence[Clause], lexicon: Lexicon) -> list[Cause]:
    """The causes that one article gives for events that happen once."""
    found = []
    for clause in clauses:
        marker = _marker(clause, lexicon)
        if marker is None:
            continue
        start, length = marker
        effect = _effect(clause, start, clauses, lexicon)
        behind = _content(clause, start + length, clauses, lexicon)
        if effect is None or not behind or not _is_close(clause.reading, effect, start, lexicon):
            continue
        denied = denial(clause, clauses, lexicon) is not None or _is_ruled_out(clause, start, start + length, lexicon)
        same = [term for term in clause.terms if term.index != effect.index and term.index < start]
        found.append(
            Cause(
                clause,
                effect.concept,
                clause.reading.document.tokens[effect.index].text.lower(),
                frozenset(term.concept for term in same),
                frozenset(term.concept for term in behind),
                denied,
                clause.reading.claim_at[start],
                clause.reading.span(min(effect.index, start), behind[-1].index + 1),
            )
        )
    return found


def _marker(clause: Clause, lexicon: Lexicon) -> tuple[int, int] | None:
    """Where the words begin that introduce a cause, and how many they are."""
    words = list(clause.reading.words[clause.first : clause.last])
    for offset in range(len(words)):
        match = lexicon.sequences.causes.match(words, offset)
        if match:
            return clause.first + offset, match[0]
    return None


def _effect(clause: Clause, start: int, clauses: Sequence[Clause], lexicon: Lexicon) -> Term | None:
    """The event in front of the marker, in its clause or in the one before; a name may open with it."""
    previous = clauses[clause.number - 1] if clause.number else None
    near = [clause, *([previous] if previous is not None and previous.sentence == clause.sentence else [])]
    for own in near:
        named = [Term(m.first, lexicon.concept(own.reading.words[m.first]), False) for m in own.mentions]
        for term in sorted((*own.terms, *named), key=lambda term: -term.index):
            known = lexicon.concepts.get(term.concept)
            if term.index < start and known is not None and known.kind == "event" and known.once:
                return term
    return None


def _is_close(reading: Reading, effect: Term, start: int, lexicon: Lexicon) -> bool:
    """Whether a loose marker stands right behind the event; a clear one may stand anywhere."""
    if lexicon.sequences.loose_causes.match(list(reading.words[start : start + 3]), 0) is None:
        return True
    return all(reading.words[i] in lexicon.light or reading.mention_at[i] for i in range(effect.index + 1, start))


def _content(clause: Clause, start: int, clauses: Sequence[Clause], lexicon: Lexicon) -> list[Term]:
    """The words of the cause: those right behind the marker, up to the next mark."""
    found: list[Term] = []
    reading = clause.reading
    terms = {term.index: term for own in clauses[clause.number : clause.number + 2] for term in own.terms}
    for index in range(start, min(start + _REACH, clause.sentence.last)):
        if reading.words[index] in _MARKS and found:
            break
        if index in terms and not lexicon.is_generic(terms[index].concept):
            found.append(terms[index])
    return found


def _is_ruled_out(clause: Clause, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether a negation stands right in front of the marker or right behind it."""
    words = clause.reading.words
    return any(words[i] in lexicon.scopes.negators for i in (start - 1, end) if clause.first <= i < clause.last)
