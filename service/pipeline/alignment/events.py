"""Clauses as events: a predicate with its participants, polarity, time and place.

Each predicate of an article (a verb, or a verbal noun such as ``penangkapan``) becomes an :class:`Event`. A denial
("membantah …") and a negated existence ("tidak ada surat") make events of what they deny. Participants are a bag: who
did what to whom is only told apart where a rule needs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.pipeline.alignment.absence import is_universal
from service.pipeline.alignment.adjuncts import day_of, places_of
from service.pipeline.alignment.clauses import Clause, Term
from service.pipeline.alignment.clocks import Clock, clock_of
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.locations import PLACE_TYPES, is_place
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
from service.pipeline.alignment.times import period
from service.pipeline.annotations import Claim, Sentence, Span

_NEAR = 6
_NONE: frozenset[str] = frozenset()


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
    parties = frozenset(m.name for m in clauses[0].reading.mentions if m.type not in PLACE_TYPES) if clauses else _NONE
    for clause in clauses:
        if clause.sentence.role == "headline" and not clause.mentions:
            continue
        if not clause.terms:
            continue
        barrier = negated_until(clause, lexicon)
        setting = _setting(clause, clauses, parties, lexicon)
        denied, content = setting.denied, setting.content
        known = len(found)
        for term in clause.terms:
            if denied is not None and term.index > denied and term.index not in content:
                continue
            if barrier is not None and term.index > barrier:
                continue
            event = _event(clause, term, setting, clauses, lexicon)
            if event is not None:
                found.append(event)
        if len(found) == known and denied is None and barrier is None:
            last = clause.terms[-1]
            behind = last.index + 1
            if lexicon.broader(last.concept) == PERSON or (behind < clause.last and clause.reading.mention_at[behind]):
                continue
            event = _event(clause, Term(last.index, last.concept, True), setting, clauses, lexicon)
            found += [event] if event is not None else []
    return found


@dataclass(frozen=True, slots=True)
class _Setting:
    """What the events of a clause share: ``denied`` is the token of a denial and ``content`` the tokens that it is
    about; ``parties`` are the names in the article that are no places, ``named`` those in the sentence of any kind."""

    denied: int | None
    content: frozenset[int]
    unreal: bool
    repeated: bool
    around: frozenset[str]
    parties: frozenset[str]
    named: frozenset[str]
    sites: frozenset[str]
    period: tuple[str, str] | None


def _setting(clause: Clause, clauses: Sequence[Clause], parties: frozenset[str], lexicon: Lexicon) -> _Setting:
    denied = denial(clause, clauses, lexicon)
    return _Setting(
        denied,
        denied_content(clause, denied, lexicon) if denied is not None else frozenset(),
        is_unreal(clause, clauses, lexicon),
        is_repeated(clause, lexicon),
        names_around(clause, clauses),
        parties,
        _sentence_names(clause),
        frozenset(m.name for m in clause.mentions if is_place(clause.reading, m, lexicon)),
        _period(clause, clauses, lexicon),
    )


def _event(clause: Clause, term: Term, setting: _Setting, clauses: Sequence[Clause], lexicon: Lexicon) -> Event | None:
    reading, denied, content = clause.reading, setting.denied, setting.content
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
        setting.named - names,
        setting.around,
        persons_of(clause, clauses, names),
        names & setting.parties,
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
        setting.unreal or is_supposed(clause, term, lexicon),
        any(word in lexicon.scopes.future for word in reading.words[max(clause.first, term.index - 3) : term.index]),
        setting.repeated,
        places_of(clause, term, ("at", "to"), lexicon),
        places_of(clause, term, ("from",), lexicon),
        setting.sites,
        setting.period,
        day_of(clause, term, lexicon),
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
