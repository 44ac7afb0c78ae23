"""Clauses as events: a predicate with its participants, polarity, time and place.

Each predicate of an article (a verb, or a verbal noun such as ``penangkapan``) becomes an :class:`Event`. A denial
("membantah …") and a negated existence ("tidak ada surat") make events of what they deny. Participants are a bag: who
did what to whom is only told apart where a rule needs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.pipeline.alignment.clauses import Clause, Term
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.propositions import TIMES, days_of, generic_heads, is_place, negator, period
from service.pipeline.alignment.reading import Amount, Mention, Reading
from service.pipeline.annotations import Claim, Span

_NEAR = 6


@dataclass(frozen=True, slots=True)
class Event:
    """One predicate with what its clause says of it.

    ``names`` and ``things`` are the participants: canonical names and concepts. ``polarity`` is affirmed, negated
    (``pending`` when it is "not yet") or denied. ``target`` is the first concept behind it. ``places`` and ``days`` are those that belong to this predicate.
    """

    clause: Clause
    term: Term
    concept: str
    names: frozenset[str]
    persons: frozenset[str]
    things: frozenset[str]
    polarity: str
    target: str | None
    patient: str | None
    pending: bool
    absent: bool
    never: bool
    unreal: bool
    future: bool
    places: tuple[Mention, ...]
    period: tuple[str, str] | None
    day: Amount | None
    claim: Claim | None
    evidence: Span

    @property
    def reading(self) -> Reading:
        return self.clause.reading

    @property
    def word(self) -> str:
        """The predicate as the article has it."""
        return self.reading.document.tokens[self.term.index].text.lower()


def same_sentence(one: Event, other: Event) -> bool:
    """Whether two events stand in one sentence of one article."""
    return one.reading is other.reading and one.clause.sentence == other.clause.sentence


def events(clauses: Sequence[Clause], lexicon: Lexicon) -> list[Event]:
    """The events of one article's ``clauses``, in order."""
    found = []
    for clause in clauses:
        if clause.sentence.role == "headline" and not clause.mentions:
            continue
        denied = _denial(clause, clauses, lexicon)
        content = _denied_content(clause, denied, lexicon) if denied is not None else frozenset()
        barrier = _negated_until(clause, lexicon)
        unreal = _is_unreal(clause, clauses, lexicon)
        known = len(found)
        for term in clause.terms:
            if denied is not None and term.index > denied and term.index not in content:
                continue
            if barrier is not None and term.index > barrier:
                continue
            event = _event(clause, term, denied, unreal, clauses, lexicon)
            if event is not None:
                found.append(event)
        if len(found) == known and clause.terms and denied is None and barrier is None:
            last = clause.terms[-1]
            found += [e for e in [_event(clause, Term(last.index, last.concept, True), None, unreal, clauses, lexicon)] if e]
    return found


def _event(
    clause: Clause, term: Term, denied: int | None, unreal: bool, clauses: Sequence[Clause], lexicon: Lexicon
) -> Event | None:
    reading = clause.reading
    kind = lexicon.kind(term.concept)
    negation = negator(reading, term.index, lexicon)
    absent = _is_absent(reading, term, clause, lexicon)
    if not term.verb and kind not in ("event", "status") and not absent and denied is None and negation is None:
        return None
    if lexicon.stem(reading.words[term.index]) in lexicon.speech and not absent:
        return None
    polarity, pending = "affirmed", False
    if denied is not None and term.index > denied or _is_refuted(clause, term, lexicon):
        polarity = "denied"
    if negation is not None or absent:
        polarity = "affirmed" if polarity == "denied" and negation is not None else "negated"
        marker = reading.words[negation] if negation is not None else ""
        pending = marker in lexicon.pending
    names, things = _participants(clause, term, clauses, lexicon)
    return Event(
        clause,
        term,
        term.concept,
        names,
        _persons(clause, clauses, names),
        things,
        polarity,
        next((t.concept for t in clause.terms if t.index > term.index and t.concept not in lexicon.light), None),
        _patient(clause, term, lexicon),
        pending,
        absent,
        negation is not None and any(w in lexicon.never for w in reading.words[negation : term.index]),
        unreal,
        any(word in lexicon.future for word in reading.words[max(clause.first, term.index - 3) : term.index]),
        tuple(m for m in clause.mentions if is_place(reading, m, lexicon)),
        _period(clause, clauses, lexicon),
        _day(clause, term, lexicon),
        reading.claim_at[term.index],
        _evidence(clause, term, negation, denied),
    )


def _denial(clause: Clause, clauses: Sequence[Clause], lexicon: Lexicon) -> int | None:
    """The token of a denying verb whose content this clause is."""
    for index in range(clause.first, clause.last):
        if clause.reading.words[index] in lexicon.deniers:
            return index
    if clause.number > 0 and clause.relation == "complement":
        previous = clauses[clause.number - 1]
        if previous.sentence == clause.sentence:
            for index in range(max(previous.last - _NEAR, previous.first), previous.last):
                if clause.reading.words[index] in lexicon.deniers:
                    return index
    return None


def _denied_content(clause: Clause, denied: int, lexicon: Lexicon) -> frozenset[int]:
    """The tokens that a denial is about: the first predicate behind it (and the noun that it carries), else the first
    noun."""
    behind = [term for term in clause.terms if term.index > denied and not _is_rumour(clause, term, lexicon)]
    predicates = [t for t in behind if t.verb or lexicon.kind(t.concept) in ("event", "status")]
    if not predicates:
        return frozenset(term.index for term in behind[:1])
    first = predicates[0]
    carried = []
    if clause.reading.words[first.index] in lexicon.support_verbs:
        carried = [term for term in behind if term.index > first.index][:1]
    return frozenset(term.index for term in [first, *carried])


def _is_refuted(clause: Clause, term: Term, lexicon: Lexicon) -> bool:
    """Whether the clause calls what the term stands for untrue ("perintah itu palsu")."""
    words = clause.reading.words[term.index + 1 : clause.last]
    return any(word in lexicon.refutations for word in words)


def _negated_until(clause: Clause, lexicon: Lexicon) -> int | None:
    """The token of what a negation in the clause is about: what stands behind it is neither affirmed nor negated."""
    reading = clause.reading
    for index in range(clause.first, clause.last):
        if reading.words[index] in lexicon.negators and not lexicon.pseudo_negations.match(
            list(reading.words[index : index + 4]), 0
        ):
            behind = [term for term in clause.terms if term.index > index]
            while len(behind) > 1 and (
                reading.words[behind[0].index] in lexicon.support_verbs or lexicon.is_generic(behind[0].concept)
            ):
                behind = behind[1:]
            return behind[0].index if behind else None
    return None


def _is_rumour(clause: Clause, term: Term, lexicon: Lexicon) -> bool:
    return clause.reading.words[term.index] in lexicon.rumours


def _is_unreal(clause: Clause, clauses: Sequence[Clause], lexicon: Lexicon) -> bool:
    """Whether the clause is a condition, a question or what follows from a condition."""
    words = clause.reading.words[clause.sentence.first : clause.sentence.last]
    if "?" in words[-3:]:
        return True
    before = clause.reading.words[clause.sentence.first : clause.first + 3]
    return any(word in lexicon.conditionals for word in before)


def _is_absent(reading: Reading, term: Term, clause: Clause, lexicon: Lexicon) -> bool:
    """Whether the clause says that there is no such thing: "tidak ada N", "N itu tidak ada"."""
    for index in range(term.index - 1, max(term.index - 4, clause.first - 1), -1):
        word = reading.words[index]
        if lexicon.is_generic(reading.concepts[index]):
            continue
        if word in lexicon.existence and index > 0 and reading.words[index - 1] in lexicon.negators:
            return True
        if reading.concepts[index] and word not in lexicon.light:
            return False
    first_behind = next((i for i in range(term.index + 1, clause.last) if reading.words[i] in lexicon.negators), None)
    if first_behind is None or first_behind - term.index > 4 or term.verb:
        return False
    return first_behind + 1 < clause.last and reading.words[first_behind + 1] in lexicon.existence


def _participants(
    clause: Clause, term: Term, clauses: Sequence[Clause], lexicon: Lexicon
) -> tuple[frozenset[str], frozenset[str]]:
    reading = clause.reading
    names = {mention.name for mention in clause.mentions}
    things = {other.concept for other in clause.terms if other.index != term.index and other.concept != term.concept}
    for amount in clause.amounts:
        if amount.value.kind == "quantity" and amount.value.unit:
            things |= {lexicon.concept(word) for word in amount.value.unit.lower().split()}
    if any(word in lexicon.client for word in clause.words()):
        names |= _clients(clause)
    denied = _denial(clause, clauses, lexicon) is not None
    if denied or any(word in lexicon.first_person for word in clause.words()):
        names |= _speakers(clause, reading.claim_at[term.index])
    subject = any(mention.first < term.index for mention in clause.mentions)
    if not subject and clause.number > 0 and clauses[clause.number - 1].sentence == clause.sentence:
        previous = clauses[clause.number - 1]
        names |= {mention.name for mention in previous.mentions[:2] if not is_place(reading, mention, lexicon)}
        if not any(other.index < term.index for other in clause.terms):
            things |= {other.concept for other in previous.terms[:3] if not other.verb}
    things |= generic_heads(clause, lexicon)
    return frozenset(names), frozenset(thing for thing in things if thing not in lexicon.light)


def _patient(clause: Clause, term: Term, lexicon: Lexicon) -> str | None:
    """The class of what the predicate is done to: the counted or plain noun behind an active verb, in front of a
    passive one; None where that is a name."""
    reading = clause.reading
    word = reading.words[term.index]
    if not term.verb or not word.startswith(lexicon.scopes.verb_prefixes):
        return None
    active = word.startswith(lexicon.scopes.active_prefixes)
    steps = range(term.index + 1, clause.last) if active else range(term.index - 1, clause.first - 1, -1)
    for index in steps:
        amount = reading.amount_at[index]
        if amount is not None and amount.value.kind == "quantity" and amount.value.unit:
            return lexicon.concept(amount.value.unit.lower().split()[0])
        if reading.mention_at[index] is not None or amount is not None:
            return None
        if reading.concepts[index] and reading.words[index] not in lexicon.light:
            return reading.concepts[index] if lexicon.kind(reading.concepts[index]) == "thing" else None
    return None


def _persons(clause: Clause, clauses: Sequence[Clause], names: frozenset[str]) -> frozenset[str]:
    """The people among ``names`` whom the clause, or the one before in its sentence, speaks of."""
    mentions = list(clause.mentions)
    if clause.number > 0 and clauses[clause.number - 1].sentence == clause.sentence:
        mentions += clauses[clause.number - 1].mentions
    return frozenset(mention.name for mention in mentions if mention.type == "PERSON" and mention.name in names)


def _speakers(clause: Clause, claim: Claim | None) -> set[str]:
    """Who speaks, and the bodies that they speak for."""
    reading = clause.reading
    framed = [m for m in reading.mentions if clause.first <= m.first < clause.last and reading.frame[m.first]]
    names = {mention.name for mention in framed}
    if claim and claim.attribution and claim.attribution.speaker:
        speaker = claim.attribution.speaker
        names |= {name for name in (speaker.name, speaker.affiliation) if name and not _joins(name, names)}
        span = speaker.span
        if span is not None:
            tokens = reading.document.tokens
            names |= {m.name for m in reading.mentions if span.start <= tokens[m.first].start < span.end}
    return names.union(*(reading.affiliations.get(name, frozenset()) for name in names))


def _joins(name: str, others: set[str]) -> bool:
    """Whether a name only joins others ("Rusia dan Korea Utara")."""
    return sum(other in name and other != name for other in others) > 1


def _clients(clause: Clause) -> set[str]:
    """The people whom an advocate may speak for: those named beside the speaker in this sentence or the one before."""
    reading = clause.reading
    claim = reading.claim_at[clause.last - 1] or reading.claim_at[clause.first]
    speaker = claim.attribution.speaker.name if claim and claim.attribution and claim.attribution.speaker else None
    first = max(clause.sentence.first - 60, 0)
    return {
        mention.name
        for mention in reading.mentions
        if first <= mention.first < clause.sentence.last and mention.type == "PERSON" and mention.name != speaker
    }


def _period(clause: Clause, clauses: Sequence[Clause], lexicon: Lexicon) -> tuple[str, str] | None:
    """The time that the clause states, else the one of the clauses before it in its sentence."""
    for number in range(clause.number, -1, -1):
        if clauses[number].sentence != clause.sentence:
            return None
        stated = period(clauses[number], clauses, lexicon)
        if stated:
            return stated
    return None


def _day(clause: Clause, term: Term, lexicon: Lexicon) -> Amount | None:
    """The date that belongs to the predicate: no other predicate and no word of reporting stands between them."""
    reading = clause.reading
    best: Amount | None = None
    for amount in clause.amounts:
        if amount.value.kind not in TIMES or days_of(amount.value) is None or reading.frame[amount.first]:
            continue
        low, high = sorted((term.index, amount.first))
        between = range(low + 1, high)
        if any(reading.frame[i] or reading.words[i] in lexicon.reported_day for i in between):
            continue
        if any(other.verb and low < other.index < high for other in clause.terms):
            continue
        if best is None or abs(amount.first - term.index) < abs(best.first - term.index):
            best = amount
    return best


def _evidence(clause: Clause, term: Term, negation: int | None, denied: int | None) -> Span:
    """The clause from its first meaningful word near the predicate to its last."""
    reading = clause.reading
    marks = [term.index] + [i for i in (negation, denied) if i is not None and i >= clause.first]
    inside = [other.index for other in clause.terms]
    for mention in clause.mentions:
        inside += [mention.first, mention.last - 1]
    for amount in clause.amounts:
        inside += [amount.first, amount.last - 1]
    near = [i for i in inside if min(marks) - 2 * _NEAR <= i <= max(marks) + 2 * _NEAR and not reading.frame[i]]
    return reading.span(min([*near, *marks]), max([*near, *marks]) + 1)
