"""What articles say about the order of events: this before that, this during that.

Orders come from clauses that a word of time opens ("setelah …", "sebelum …"), from words that continue a sequence
("setelah itu", "baru kemudian"), and from phrases that place an event within another ("di sela parade").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from service.pipeline.alignment.background import Background
from service.pipeline.alignment.clauses import Clause, Term
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.annotations import Claim, Span, Value

PREDICATE = 0.3
THING = 0.25
NAME = 0.2
_PHRASE = 5
_SECOND = "s"
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Moment:
    """One of the two things that are put in order: its predicates, all its concepts and its names."""

    predicates: frozenset[str]
    concepts: frozenset[str]
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Order:
    """``first`` before ``second``; or, where ``during``, ``first`` within ``second``. ``apart``: by a day or more."""

    clause: Clause
    first: Moment
    second: Moment
    during: bool
    apart: bool
    claim: Claim | None
    evidence: Span

    @property
    def word(self) -> str:
        """The first predicate of the clause as the article has it."""
        index = next((term.index for term in self.clause.terms if term.verb), self.clause.first)
        return self.clause.reading.document.tokens[index].text.lower()


def orders(clauses: Sequence[Clause], lexicon: Lexicon) -> list[Order]:
    """The orders that one article states."""
    found: list[Order] = []
    for number, clause in enumerate(clauses):
        previous = clauses[number - 1] if number and clauses[number - 1].sentence == clause.sentence else None
        if previous is not None:
            found += _between(previous, clause, lexicon)
        within = _within(clause, clauses, lexicon)
        if within is not None:
            found.append(within)
    return found


def _between(previous: Clause, clause: Clause, lexicon: Lexicon) -> Iterable[Order]:
    words = list(clause.words())
    opening = next((i for i, word in enumerate(words) if word.isalpha()), 0)
    sequel = lexicon.sequences.sequels.match(words, opening) is not None
    if clause.relation in ("after", "before") or sequel:
        one, other = _moment(previous.terms, [previous], lexicon), _moment(clause.terms, [clause], lexicon)
        reverse = clause.relation == "after" and not sequel
        apart = any(amount.value.kind == "duration" and _is_days(amount.value) for amount in previous.amounts)
        yield Order(
            clause,
            other if reverse else one,
            one if reverse else other,
            False,
            apart,
            clause.reading.claim_at[clause.first],
            _evidence(previous, clause),
        )


def _within(clause: Clause, clauses: Sequence[Clause], lexicon: Lexicon) -> Order | None:
    words = list(clause.words())
    for index in range(len(words)):
        match = lexicon.sequences.during.match(words, index)
        if match is None:
            continue
        start = clause.first + index
        behind = [t for t in clause.terms if start < t.index <= start + match[0] + _PHRASE and not t.verb]
        same = [c for c in clauses[: clause.number + 1] if c.sentence == clause.sentence]
        front = [t for c in same for t in c.terms if t.index < start]
        if behind and front:
            evidence = clause.reading.span(same[0].first if len(same) > 1 else clause.first, behind[-1].index + 1)
            return Order(
                clause,
                _moment(front, same, lexicon),
                _moment(behind, [], lexicon),
                True,
                False,
                clause.reading.claim_at[start],
                evidence,
            )
    return None


def _moment(terms: Iterable[Term], clauses: Sequence[Clause], lexicon: Lexicon) -> Moment:
    concepts = list(terms)
    return Moment(
        frozenset(t.concept for t in concepts if t.verb or lexicon.kind(t.concept) in ("event", "status")),
        frozenset(t.concept for t in concepts),
        frozenset(mention.name for clause in clauses for mention in clause.mentions),
    )


def _is_days(value: Value) -> bool:
    """Whether a duration is a day or longer; units coarser than the second begin with the day."""
    return value.base_low is not None and (value.base_low >= _DAY if value.base == _SECOND else value.base_low >= 1)


def _evidence(one: Clause, other: Clause) -> Span:
    indexes = [t.index for clause in (one, other) for t in clause.terms]
    indexes += [i for clause in (one, other) for m in clause.mentions for i in (m.first, m.last - 1)]
    if not indexes:
        return one.reading.span(one.first, other.last)
    return one.reading.span(min(indexes), max(indexes) + 1)


def resemblance(one: Moment, other: Moment, background: Background) -> float:
    """How surely two moments are the same: shared predicates, things and names."""
    score = PREDICATE * bool(one.predicates & other.predicates)
    score += sum(THING * background.weight(concept) for concept in sorted(one.concepts & other.concepts))
    return score + NAME * len(one.names & other.names)
