"""What articles say about the order of events: this before that, this during that.

Orders come from clauses that a word of time opens ("setelah …", "sebelum …"), from words that continue a sequence in
the sentence or the next one ("setelah itu", "baru kemudian"), from verbs of succession ("disusul", "didahului"), from
"lebih dulu … baru", from what had not happened when something else had ("belum sempat …, … sudah"), and from phrases
that place an event within another ("di sela parade"). Words are data (``orders.yaml``).
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from service.languages import loader
from service.pipeline.alignment import phrases
from service.pipeline.alignment.clauses import Clause
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.phrases import Phrases
from service.pipeline.alignment.relations.moments import Moment, moment, moment_of, names_of
from service.pipeline.annotations import Claim, Span, Value

_TIMED = ("after", "before")
_PHRASE = 5
_SECOND = "s"
_DAY = 86_400


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``orders.yaml``."""

    early: tuple[str, ...]
    only_then: tuple[str, ...]
    next: tuple[str, ...]
    back: tuple[str, ...]
    followed: tuple[str, ...]
    preceded: tuple[str, ...]
    not_yet: tuple[str, ...]
    already: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The word sequences of ``orders.yaml``, ready to be found."""

    early: Phrases
    only_then: Phrases
    next: Phrases
    back: Phrases
    followed: Phrases
    preceded: Phrases
    not_yet: Phrases
    already: Phrases
    words: frozenset[str]


@functools.cache
def load(code: str) -> Knowledge:
    """The knowledge of order, for language ``code``."""
    words = loader.load(code, "orders", Words)
    sequences: dict[str, tuple[str, ...]] = msgspec.structs.asdict(words)
    own = phrases.words_of(entry for entries in sequences.values() for entry in entries)
    return Knowledge(**phrases.ready(sequences), words=own)


class Order(msgspec.Struct, frozen=True):
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


def orders(clauses: Sequence[Clause], lexicon: Lexicon, known: Knowledge) -> list[Order]:
    """The orders that one article states."""
    found: list[Order] = []
    for number, clause in enumerate(clauses):
        previous = clauses[number - 1] if number else None
        following = clauses[number + 1] if number + 1 < len(clauses) else None
        if previous is not None:
            order = _linked(previous, clause, clauses, lexicon, known)
            if order is not None:
                found.append(order)
        if following is not None and _leads(clause, previous, following, lexicon, known):
            found.append(
                _order(clause, following, _relation(clause, lexicon, known) == "after", clauses, lexicon, known)
            )
        found += _succeeding(clause, previous, clauses, lexicon, known)
        within = _within(clause, clauses, lexicon)
        if within is not None:
            found.append(within)
    return found


def _relation(clause: Clause, lexicon: Lexicon, known: Knowledge) -> str:
    """How the clause hangs on the main one; "baru" may stand in front of the word that says so ("baru setelah …")."""
    words = [word for word in clause.words()[:_PHRASE] if word.isalpha()]
    only = known.only_then.match(words, 0) if words else None
    return lexicon.opener.get(words[only[0]], "") if only and len(words) > only[0] else clause.relation


def _leads(clause: Clause, previous: Clause | None, following: Clause, lexicon: Lexicon, known: Knowledge) -> bool:
    """Whether a clause of time opens the sentence, the main clause behind it."""
    opens = previous is None or previous.sentence is not clause.sentence
    inside = following.sentence is clause.sentence and _relation(following, lexicon, known) not in _TIMED
    return opens and inside and _relation(clause, lexicon, known) in _TIMED


def _linked(
    previous: Clause, clause: Clause, clauses: Sequence[Clause], lexicon: Lexicon, known: Knowledge
) -> Order | None:
    """The order of two neighbouring clauses, by what opens the second or by what marks both."""
    words = list(clause.words())
    opening = next((i for i, word in enumerate(words) if word.isalpha()), 0)
    inside = previous.sentence is clause.sentence
    sequel = lexicon.sequences.sequels.match(words, opening) or known.next.match(words, opening)
    if sequel and (inside or known.next.match(words, opening)):
        return _order(_main(previous, clauses, inside), clause, True, clauses, lexicon, known)
    if not inside and known.back.match(words, opening):
        return _order(clause, previous, True, clauses, lexicon, known)
    if inside and _relation(clause, lexicon, known) in _TIMED:
        return _order(previous, clause, _relation(clause, lexicon, known) == "before", clauses, lexicon, known)
    front = list(previous.words())
    early = clause.relation == "while" and known.not_yet.within(front)
    if inside and (early or (_opens_with(front, known.not_yet) and known.already.within(words))):
        return _order(clause, previous, True, clauses, lexicon, known)
    if known.early.within(front) and _has_only_then(clause, known):
        return _order(previous, clause, True, clauses, lexicon, known)
    return None


def _opens_with(words: list[str], sequences: Phrases) -> bool:
    opening = next((i for i, word in enumerate(words) if word.isalpha()), 0)
    return sequences.match(words, opening) is not None


def _main(previous: Clause, clauses: Sequence[Clause], inside: bool) -> Clause:
    """The clause that a new sentence goes on from: the first one of the sentence before."""
    if inside:
        return previous
    own = [c for c in clauses[: previous.number + 1] if c.sentence is previous.sentence]
    return next((c for c in own if any(term.verb for term in c.terms)), previous)


def _has_only_then(clause: Clause, known: Knowledge) -> bool:
    """Whether "baru" stands right in front of a predicate of the clause, or opens it."""
    words = clause.words()
    spots = {i for i, word in enumerate(words) if known.only_then.match([word], 0)}
    verbs = [term.index - clause.first for term in clause.terms if term.verb]
    return any(verb - spot in (1, 2) for verb in verbs for spot in spots) or _opens_with(list(words), known.only_then)


def _order(
    one: Clause, other: Clause, forward: bool, clauses: Sequence[Clause], lexicon: Lexicon, known: Knowledge
) -> Order:
    """The order of two clauses, the second with its purpose; ``forward``: the first clause came first."""
    behind = [other, *_purpose(other, clauses)]
    early, late = moment_of([one], lexicon, known.words), moment_of(behind, lexicon, known.words)
    earlier, later = sorted((one, behind[-1]), key=lambda c: c.first)
    apart = any(amount.value.kind == "duration" and _is_days(amount.value) for amount in one.amounts)
    return Order(
        other,
        early if forward else late,
        late if forward else early,
        False,
        apart,
        other.reading.claim_at[other.first],
        _evidence(earlier, later),
    )


def _succeeding(
    clause: Clause, previous: Clause | None, clauses: Sequence[Clause], lexicon: Lexicon, known: Knowledge
) -> Iterator[Order]:
    """The order within one clause: "gempa disusul tsunami", "pawai didahului upacara", "… lebih dulu, lalu …"."""
    split = _split(list(clause.words()), lexicon, known)
    if split is None:
        return
    middle, length, forward = clause.first + split[0], split[1], split[2]
    reading = clause.reading
    front, start = moment_of([clause], lexicon, known.words, last=middle), clause.first
    if front.empty and previous is not None and previous.sentence is clause.sentence:
        front, start = moment_of([previous], lexicon, known.words), previous.first
    rest = [clause, *_purpose(clause, clauses)]
    behind = moment_of(rest, lexicon, known.words, first=middle + length)
    if not front.empty and not behind.empty:
        first, second = (front, behind) if forward else (behind, front)
        yield Order(clause, first, second, False, False, reading.claim_at[middle], reading.span(start, rest[-1].last))


def _split(words: list[str], lexicon: Lexicon, known: Knowledge) -> tuple[int, int, bool] | None:
    """Where a clause goes on with a second event, how many words say so, and whether what is in front came first."""
    sequels = lexicon.sequences.sequels
    marked = any(sequences.spots(words) for sequences in (known.followed, known.preceded, sequels))
    if not marked and lexicon.opener.keys().isdisjoint(words):
        return None
    for offset in range(len(words)):
        for successions, forward in ((known.followed, True), (known.preceded, False)):
            match = successions.match(words, offset)
            if match is not None:
                return offset, match[0], forward
        relation = lexicon.opener.get(words[offset]) if offset else None
        if relation in _TIMED:
            return offset, 1, relation == "before"
        sequel = sequels.match(words, offset) if offset and words[offset - 1] == "," else None
        if sequel is not None and known.early.within(words[:offset]):
            return offset, sequel[0], True
    return None


def _purpose(clause: Clause, clauses: Sequence[Clause]) -> list[Clause]:
    """The clause of purpose that hangs on ``clause``."""
    behind = clauses[clause.number + 1 : clause.number + 2]
    return [c for c in behind if c.sentence is clause.sentence and c.relation == "purpose"]


def _within(clause: Clause, clauses: Sequence[Clause], lexicon: Lexicon) -> Order | None:
    words = clause.words()
    for index in lexicon.sequences.during.spots(words):
        match = lexicon.sequences.during.match(words, index)
        if match is None:
            continue
        start = clause.first + index
        behind = [t for t in clause.terms if start < t.index <= start + match[0] + _PHRASE and not t.verb]
        same = [c for c in clauses[: clause.number + 1] if c.sentence is clause.sentence]
        front = [t for c in same for t in c.terms if t.index < start]
        if behind and front:
            evidence = clause.reading.span(same[0].first if len(same) > 1 else clause.first, behind[-1].index + 1)
            names = names_of(same, same[0].first, start)
            return Order(
                clause,
                moment(front, names, lexicon),
                moment(behind, frozenset(), lexicon),
                True,
                False,
                clause.reading.claim_at[start],
                evidence,
            )
    return None


def _is_days(value: Value) -> bool:
    """Whether a duration is a day or longer; units coarser than the second begin with the day."""
    return value.base_low is not None and (value.base_low >= _DAY if value.base == _SECOND else value.base_low >= 1)


def _evidence(one: Clause, other: Clause) -> Span:
    indexes = [t.index for clause in (one, other) for t in clause.terms]
    indexes += [i for clause in (one, other) for m in clause.mentions for i in (m.first, m.last - 1)]
    if not indexes:
        return one.reading.span(one.first, other.last)
    return one.reading.span(min(indexes), max(indexes) + 1)
