"""Denials that point back: "Itu tidak benar", "Kabar itu bohong", "Yohanes membantah tuduhan tersebut".

They hold no predicate of their own; what they deny are the events of the clause before, or of the sentence before.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from service.pipeline.alignment.clauses import Clause
from service.pipeline.alignment.events import Event
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.negation import is_passive, is_unreal, untruth_at

_MOST = 3


def echoes(clauses: Sequence[Clause], told: Sequence[Event], lexicon: Lexicon) -> list[Event]:
    """The events among ``told``, those of one article, that a clause denies by pointing back, as denied there."""
    by_clause: dict[int, list[Event]] = {}
    for event in told:
        by_clause.setdefault(event.clause.number, []).append(event)
    found: list[Event] = []
    for clause in clauses:
        index = _pointing(clause, clauses, lexicon)
        if index is None or is_unreal(clause, clauses, lexicon):
            continue
        source = _source(clause, clauses, by_clause, _names_claim(clause, lexicon), lexicon)
        found += [_denied(event, clause, index) for event in source if _is_claim(event, lexicon)]
    return found


def _pointing(clause: Clause, clauses: Sequence[Clause], lexicon: Lexicon) -> int | None:
    """The token of a denial in a clause that tells nothing else."""
    words = clause.reading.words
    untruth = untruth_at(clause, lexicon)
    if untruth is not None:
        idle = lexicon.sequences.untruths.match(words[untruth : clause.last], 0)
        length = idle[0] if idle else 1
        others = [t for t in clause.terms if not untruth <= t.index < untruth + length]
        return untruth if not others and not _continues(clause, clauses) else None
    deniers = lexicon.scopes.deniers
    if deniers.isdisjoint(clause.words()) or _continues(clause, clauses):
        return None
    denier = next(i for i in range(clause.first, clause.last) if words[i] in deniers)
    passive = is_passive(words[denier], lexicon)
    if not passive and (
        any(term.index > denier for term in clause.terms)
        or any(mention.first > denier for mention in clause.mentions)
        or any(word[0].isdigit() for word in words[denier : clause.last])
    ):
        return None
    return denier if not (passive and any(term.index < denier for term in clause.terms)) else None


def _continues(clause: Clause, clauses: Sequence[Clause]) -> bool:
    """Whether the content of the denial follows in the same sentence."""
    following = clauses[clause.number + 1] if clause.number + 1 < len(clauses) else None
    return following is not None and following.sentence is clause.sentence and following.relation == "complement"


def _names_claim(clause: Clause, lexicon: Lexicon) -> bool:
    """Whether the clause says that something told is meant ("tuduhan itu", "itu"), so that the sentence before is."""
    scopes = lexicon.scopes
    return any(word in scopes.rumours or word in scopes.demonstratives for word in clause.words())


def _is_claim(event: Event, lexicon: Lexicon) -> bool:
    """Whether somebody may deny the event: it is affirmed, and its clause does not tell that a rumour goes round."""
    stems = {lexicon.stem(event.reading.words[term.index]) for term in event.clause.terms}
    return event.polarity == "affirmed" and not stems & lexicon.scopes.circulation


def _source(
    clause: Clause, clauses: Sequence[Clause], by_clause: dict[int, list[Event]], wide: bool, lexicon: Lexicon
) -> list[Event]:
    """The events, verbs rather than nouns, of the nearest clause in front that tells any.

    In its sentence, or if ``wide`` in the one before.
    """
    nearest: list[Event] = []
    sentence = None
    for number in range(clause.number - 1, -1, -1):
        before = clauses[number]
        if before.sentence is not clause.sentence:
            if not wide:
                break
            if sentence is not None and before.sentence is not sentence:
                break
            sentence = before.sentence
        nearest = [event for event in by_clause.get(number, []) if not event.unreal]
        if nearest:
            break
    verbs = [event for event in nearest if event.term.verb and not _is_nominal(event, lexicon)]
    return (verbs or nearest)[-_MOST:]


def _is_nominal(event: Event, lexicon: Lexicon) -> bool:
    """Whether the word is a noun for what somebody is ("terdakwa")."""
    known = lexicon.concepts.get(event.concept)
    return known is not None and known.nominal


def _denied(event: Event, clause: Clause, index: int) -> Event:
    reading = clause.reading
    inside = [i for i in range(clause.first, clause.last) if not reading.frame[i] and reading.words[i].isalpha()]
    evidence = reading.span(min([*inside, index]), max([*inside, index]) + 1)
    return replace(event, polarity="denied", claim=reading.claim_at[index], evidence=evidence, echo=clause)
