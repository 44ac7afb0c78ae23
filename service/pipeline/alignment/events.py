"""Clauses as events: a predicate with its participants, polarity, time and place.

Each predicate of an article (a verb, or a verbal noun such as ``penangkapan``) becomes an :class:`Event`. A denial
("membantah …") and a negated existence ("tidak ada surat") make events of what they deny. Participants are a bag: who
did what to whom is only told apart where a rule needs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.pipeline.alignment.absence import is_universal
from service.pipeline.alignment.clauses import Clause, Term
from service.pipeline.alignment.clocks import Clock, clock_of
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.locations import PLACE_TYPES, is_place, place_role
from service.pipeline.alignment.negation import denial, denied_content, is_unreal, negated_until
from service.pipeline.alignment.noun_phrases import PERSON
from service.pipeline.alignment.participants import (
    is_supposed,
    names_around,
    participants,
    patient_of,
    persons_of,
    subject_of,
    topics_of,
)
from service.pipeline.alignment.reading import Amount, Mention, Reading
from service.pipeline.alignment.speech import is_speech
from service.pipeline.alignment.stance import is_repeated, stance_of
from service.pipeline.alignment.times import TIMES, days_of, period
from service.pipeline.annotations import Claim, Sentence, Span

_NEAR = 6


@dataclass(frozen=True, slots=True)
class Event:
    """One predicate with what its clause says of it.

    ``names`` and ``things`` are the participants: canonical names and concepts; ``own`` the names without those who
    only speak, ``context`` those that its sentence names besides; ``persons`` the names that are people,
    ``parties`` those that are no places.
    ``polarity`` is affirmed, negated or denied; ``pending``: not yet; ``absent``: there is none; ``never``: at no time;
    ``universal``: it is denied of anybody or anything; ``topics``: what its clause only speaks of ("perkara
    pembunuhan"); ``repeated``: more than once. ``around`` are the names of the sentence before and of who speaks.
    ``target`` is the first concept behind the predicate, ``patient`` the class of what it is done to,
    ``subject`` the noun that it is said of. ``places`` (where it is or goes to), ``origins`` (where it comes from),
    ``sites`` (the names of all these), ``period``, ``day`` and ``clock`` are those that belong to this predicate.
    ``echo`` is the clause that denies it by pointing back, if one does.
    """

    clause: Clause
    term: Term
    concept: str
    names: frozenset[str]
    own: frozenset[str]
    context: frozenset[str]
    around: frozenset[str]
    persons: frozenset[str]
    parties: frozenset[str]
    things: frozenset[str]
    polarity: str
    target: str | None
    patient: str | None
    subject: str | None
    pending: bool
    absent: bool
    never: bool
    universal: bool
    topics: frozenset[str]
    unreal: bool
    future: bool
    repeated: bool
    places: tuple[Mention, ...]
    origins: tuple[Mention, ...]
    sites: frozenset[str]
    period: tuple[str, str] | None
    day: Amount | None
    clock: Clock | None
    claim: Claim | None
    evidence: Span
    echo: Clause | None = None

    @property
    def sentence(self) -> Sentence:
        """The sentence that says it: that of the denial where one points back to it."""
        return (self.echo or self.clause).sentence

    @property
    def reading(self) -> Reading:
        """The article that the event stands in."""
        return self.clause.reading

    @property
    def word(self) -> str:
        """The predicate as the article has it."""
        return self.reading.document.tokens[self.term.index].text.lower()


def same_sentence(one: Event, other: Event) -> bool:
    """Whether two events stand in one sentence of one article."""
    return one.reading is other.reading and one.sentence == other.sentence


def events(clauses: Sequence[Clause], lexicon: Lexicon) -> list[Event]:
    """The events of one article's ``clauses``, in order."""
    found: list[Event] = []
    for clause in clauses:
        if clause.sentence.role == "headline" and not clause.mentions:
            continue
        denied = denial(clause, clauses, lexicon)
        content = denied_content(clause, denied, lexicon) if denied is not None else frozenset()
        barrier = negated_until(clause, lexicon)
        unreal = is_unreal(clause, clauses, lexicon)
        around = names_around(clause, clauses) if clause.terms else frozenset()
        known = len(found)
        for term in clause.terms:
            if denied is not None and term.index > denied and term.index not in content:
                continue
            if barrier is not None and term.index > barrier:
                continue
            event = _event(clause, term, denied, content, unreal, around, clauses, lexicon)
            if event is not None:
                found.append(event)
        if len(found) == known and clause.terms and denied is None and barrier is None:
            last = clause.terms[-1]
            behind = last.index + 1
            if lexicon.broader(last.concept) == PERSON or (behind < clause.last and clause.reading.mention_at[behind]):
                continue
            event = _event(
                clause, Term(last.index, last.concept, True), None, content, unreal, around, clauses, lexicon
            )
            found += [event] if event is not None else []
    return found


def _event(
    clause: Clause,
    term: Term,
    denied: int | None,
    content: frozenset[int],
    unreal: bool,
    around: frozenset[str],
    clauses: Sequence[Clause],
    lexicon: Lexicon,
) -> Event | None:
    reading = clause.reading
    stance = stance_of(clause, term, content if denied is not None else None, lexicon)
    if stance is None:
        return None
    marked = stance.absent or denied is not None or stance.marker is not None
    if not marked and is_speech(clause, term, lexicon):
        return None
    names, things, speakers = participants(clause, term, clauses, lexicon)
    things -= {term.concept} | lexicon.untrue
    if denied is not None and term.index < denied:
        things -= {other.concept for other in clause.terms if other.index in content}
    return Event(
        clause,
        term,
        stance.concept,
        names,
        names - speakers,
        _sentence_names(clause) - names,
        around,
        persons_of(clause, clauses, names),
        names & {mention.name for mention in reading.mentions if mention.type not in PLACE_TYPES},
        things,
        stance.polarity,
        next((t.concept for t in clause.terms if t.index > term.index and t.concept not in lexicon.light), None),
        patient_of(clause, term, lexicon),
        subject_of(clause, term, lexicon),
        stance.pending,
        stance.absent,
        stance.never,
        stance.polarity != "affirmed" and (stance.of_all or is_universal(clause, lexicon)),
        topics_of(clause, lexicon) if stance.polarity == "affirmed" else frozenset(),
        unreal or is_supposed(clause, term, lexicon),
        any(word in lexicon.scopes.future for word in reading.words[max(clause.first, term.index - 3) : term.index]),
        is_repeated(clause, lexicon),
        _places(clause, term, ("at", "to"), lexicon),
        _places(clause, term, ("from",), lexicon),
        frozenset(m.name for m in clause.mentions if is_place(reading, m, lexicon)),
        _period(clause, clauses, lexicon),
        _day(clause, term, lexicon),
        clock_of(clause, term, clauses, lexicon),
        reading.claim_at[term.index],
        _evidence(clause, term, stance.marker, denied),
    )


def _sentence_names(clause: Clause) -> frozenset[str]:
    """The names in the clause's sentence, without those who only speak."""
    reading, sentence = clause.reading, clause.sentence
    within = (reading.mention_at[index] for index in range(sentence.first, sentence.last) if not reading.frame[index])
    return frozenset(mention.name for mention in within if mention is not None)


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
    if not term.verb and _has_other_predicate(clause, term, lexicon):
        return None
    for amount in clause.amounts:
        if amount.value.kind not in TIMES or days_of(amount.value) is None or reading.frame[amount.first]:
            continue
        low, high = sorted((term.index, amount.first))
        between = range(low + 1, high)
        if _is_of_report(reading, between, lexicon):
            continue
        inside = [other for other in clause.terms if other.verb and low < other.index < high]
        if any(_governs(other, reading, lexicon) for other in inside):
            continue
        if term.concept in lexicon.postponed and amount.first < term.index:
            continue
        if _is_behind_relative(clause, term, amount, lexicon) or _bounds_count(reading, amount, term, lexicon):
            continue
        if best is None or abs(amount.first - term.index) < abs(best.first - term.index):
            best = amount
    return best


def _places(clause: Clause, term: Term, roles: tuple[str, ...], lexicon: Lexicon) -> tuple[Mention, ...]:
    """The places in one of ``roles`` that belong to the predicate: no other predicate stands between them."""
    reading = clause.reading
    found = []
    for mention in clause.mentions:
        if place_role(reading, mention, lexicon) in roles:
            low, high = sorted((term.index, mention.first))
            inside = (other for other in clause.terms if other.verb and low < other.index < high)
            if not any(_governs(other, reading, lexicon) for other in inside):
                found.append(mention)
    return tuple(found)


def _is_of_report(reading: Reading, between: range, lexicon: Lexicon) -> bool:
    """Whether a time behind the words ``between`` is that of the report: they say who speaks, and nothing follows that
    between two commas ("longsor itu, kata X, terjadi Minggu" is of the event)."""
    said = [i for i in between if reading.frame[i] or reading.words[i] in lexicon.scopes.reported_day]
    if not said:
        return False
    behind = [reading.words[i] for i in between if i > said[-1]]
    return "," not in behind or not any(word.isalpha() for word in behind[behind.index(",") :])


def _has_other_predicate(clause: Clause, term: Term, lexicon: Lexicon) -> bool:
    """Whether the clause of a verbal noun tells of something else ("korban kebakaran bertambah …")."""
    if any(
        other.verb and other.index != term.index and _governs(other, clause.reading, lexicon) for other in clause.terms
    ):
        return True
    scopes = lexicon.scopes
    return any(word in scopes.growth or word in scopes.deltas for word in clause.words())


def _is_behind_relative(clause: Clause, term: Term, amount: Amount, lexicon: Lexicon) -> bool:
    """Whether the predicate only tells which thing is meant, and a comma parts it from the time: that is of the main
    predicate ("permohonan yang diajukan X, Selasa")."""
    words = clause.reading.words
    front = range(max(term.index - 3, clause.first), term.index)
    relative = any(lexicon.opener.get(words[index]) == "relative" for index in front)
    main = any(words[t.index].startswith(lexicon.scopes.verb_prefixes) for t in clause.terms if t.index < term.index)
    return relative and main and "," in words[term.index : amount.first]


def _governs(term: Term, reading: Reading, lexicon: Lexicon) -> bool:
    """Whether a verb takes the times behind it: not one that only says that the noun in front of it came about
    ("serangan dilancarkan"), and no bare word that may as well be a noun."""
    word = reading.words[term.index]
    sure = lexicon.is_derived(word) or lexicon.kind(term.concept) is not None
    return sure and word not in lexicon.scopes.occurrence


def _bounds_count(reading: Reading, amount: Amount, term: Term, lexicon: Lexicon) -> bool:
    """Whether a time behind "per" or "hingga" is that of a count, not of the event."""
    words = list(reading.words[max(amount.first - 2, 0) : amount.first])
    matches = (lexicon.sequences.as_of.match(words, start) for start in range(len(words)))
    near = any(match is not None and start + match[0] == len(words) for start, match in enumerate(matches))
    return near and term.concept not in lexicon.postponed


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
