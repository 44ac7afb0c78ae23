"""Clauses as events: a predicate with its participants, polarity, time and place.

Each predicate of an article (a verb, or a verbal noun such as ``penangkapan``) becomes an :class:`Event`. A denial
("membantah …") and a negated existence ("tidak ada surat") make events of what they deny. Participants are a bag: who
did what to whom is only told apart where a rule needs it.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from service.pipeline.alignment.absence import is_universal
from service.pipeline.alignment.clauses import Clause, Term
from service.pipeline.alignment.clocks import Clock, clock_of
from service.pipeline.alignment.events.adjuncts import day_of, places_of
from service.pipeline.alignment.events.participants import (
    Cast,
    cast_of,
    is_supposed,
    names_around,
    participants,
    patient_of,
    persons_of,
    subject_of,
    topics_of,
)
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.locations import PLACE_TYPES, place_role
from service.pipeline.alignment.negation import denial, denied_content, is_unreal, negated_until
from service.pipeline.alignment.noun_phrases import PERSON
from service.pipeline.alignment.reading import Amount, Mention, Reading
from service.pipeline.alignment.speech import is_speech
from service.pipeline.alignment.stance import is_repeated, stance_of
from service.pipeline.alignment.times import period
from service.pipeline.annotations import Claim, Sentence, Span

_NEAR = 6
_NONE: frozenset[str] = frozenset()


class Event(msgspec.Struct, frozen=True):
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

    reading: Reading
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
    def word(self) -> str:
        """The predicate as the article has it."""
        return self.reading.document.tokens[self.term.index].text.lower()


def same_sentence(one: Event, other: Event) -> bool:
    """Whether two events stand in one sentence of one article."""
    return one.reading is other.reading and one.sentence is other.sentence


def events(clauses: Sequence[Clause], lexicon: Lexicon) -> list[Event]:
    """The events of one article's ``clauses``, in order."""
    found: list[Event] = []
    parties = frozenset(m.name for m in clauses[0].reading.mentions if m.type not in PLACE_TYPES) if clauses else _NONE
    for clause in clauses:
        if clause.sentence.role == "headline" and not clause.mentions:
            continue
        if not clause.terms:
            continue
        setting = _setting(clause, clauses, parties, lexicon)
        denied, content, barrier = setting.denied, setting.content, setting.barrier
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


class _Setting(msgspec.Struct, frozen=True):
    """What the events of a clause share, worked out once.

    ``denied`` is the token of a denial and ``content`` the tokens that it is about, ``barrier`` the token of what a
    negation is about. ``parties`` are the names in the article that are no places, ``named`` those in the sentence of
    any kind, ``persons`` the people of the clause; ``places`` the names that say where, with their roles. ``marks`` are
    the ends of all that bears meaning and does not only tell who speaks.
    """

    denied: int | None
    content: frozenset[int]
    barrier: int | None
    unreal: bool
    repeated: bool
    around: frozenset[str]
    parties: frozenset[str]
    named: frozenset[str]
    persons: frozenset[str]
    cast: Cast
    places: tuple[tuple[Mention, str], ...]
    sites: frozenset[str]
    topics: frozenset[str]
    universal: bool
    period: tuple[str, str] | None
    marks: tuple[int, ...]


def _setting(clause: Clause, clauses: Sequence[Clause], parties: frozenset[str], lexicon: Lexicon) -> _Setting:
    denied = denial(clause, clauses, lexicon)
    roles = ((mention, place_role(clause.reading, mention, lexicon)) for mention in clause.mentions)
    places = tuple((mention, role) for mention, role in roles if role is not None)
    return _Setting(
        denied,
        denied_content(clause, denied, lexicon) if denied is not None else frozenset(),
        negated_until(clause, lexicon),
        is_unreal(clause, clauses, lexicon),
        is_repeated(clause, lexicon),
        names_around(clause, clauses),
        parties,
        _sentence_names(clause),
        persons_of(clause, clauses),
        cast_of(clause, clauses, denied is not None, lexicon),
        places,
        frozenset(mention.name for mention, _ in places),
        topics_of(clause, lexicon),
        is_universal(clause, lexicon),
        _period(clause, clauses, lexicon),
        _marks(clause),
    )


def _event(clause: Clause, term: Term, setting: _Setting, clauses: Sequence[Clause], lexicon: Lexicon) -> Event | None:
    reading, denied, content = clause.reading, setting.denied, setting.content
    stance = stance_of(clause, term, content if denied is not None else None, lexicon)
    if stance is None:
        return None
    marked = stance.absent or denied is not None or stance.marker is not None
    if not marked and is_speech(clause, term, lexicon):
        return None
    names, things, speakers = participants(clause, term, setting.cast, setting.barrier, lexicon)
    things -= {term.concept} | lexicon.untrue
    if denied is not None and term.index < denied:
        things -= {other.concept for other in clause.terms if other.index in content}
    return Event(
        reading,
        clause,
        term,
        stance.concept,
        names,
        names - speakers,
        setting.named - names,
        setting.around,
        setting.persons & names,
        names & setting.parties,
        things,
        stance.polarity,
        next((t.concept for t in clause.terms if t.index > term.index and t.concept not in lexicon.light), None),
        patient_of(clause, term, lexicon),
        subject_of(clause, term, lexicon),
        stance.pending,
        stance.absent,
        stance.never,
        stance.polarity != "affirmed" and (stance.of_all or setting.universal),
        setting.topics if stance.polarity == "affirmed" else _NONE,
        setting.unreal or is_supposed(clause, term, lexicon),
        not lexicon.scopes.future.isdisjoint(reading.words[max(clause.first, term.index - 3) : term.index]),
        setting.repeated,
        places_of(clause, term, setting.places, _goals(term, lexicon), lexicon),
        places_of(clause, term, setting.places, ("from",), lexicon),
        setting.sites,
        setting.period,
        day_of(clause, term, lexicon),
        clock_of(clause, term, clauses, lexicon),
        reading.claim_at[term.index],
        _evidence(clause, term, stance.marker, setting),
    )


def _goals(term: Term, lexicon: Lexicon) -> tuple[str, ...]:
    """The roles of the places where an event is or goes to: who heads somewhere when it happens has not arrived."""
    known = lexicon.concepts.get(term.concept)
    once = known is not None and known.kind == "event" and known.once
    return ("at", "to") if once else ("at", "to", "toward")


def _sentence_names(clause: Clause) -> frozenset[str]:
    """The names in the clause's sentence, without those who only speak."""
    reading, sentence = clause.reading, clause.sentence
    return frozenset(
        mention.name
        for index, mention in enumerate(reading.mention_at[sentence.first : sentence.last], sentence.first)
        if mention is not None and not reading.frame[index]
    )


def _period(clause: Clause, clauses: Sequence[Clause], lexicon: Lexicon) -> tuple[str, str] | None:
    """The time that the clause states, else the one of the clauses before it in its sentence."""
    for number in range(clause.number, -1, -1):
        if clauses[number].sentence is not clause.sentence:
            return None
        stated = period(clauses[number], clauses, lexicon)
        if stated:
            return stated
    return None


def _marks(clause: Clause) -> tuple[int, ...]:
    """The tokens of the clause's meaningful words, and the ends of its names and numbers, but for those that only tell
    who speaks."""
    frame = clause.reading.frame
    inside = [other.index for other in clause.terms]
    inside += [index for mention in clause.mentions for index in (mention.first, mention.last - 1)]
    inside += [index for amount in clause.amounts for index in (amount.first, amount.last - 1)]
    return tuple(sorted(index for index in inside if not frame[index]))


def _evidence(clause: Clause, term: Term, negation: int | None, setting: _Setting) -> Span:
    """The clause from its first meaningful word near the predicate to its last."""
    marks = [term.index] + [i for i in (negation, setting.denied) if i is not None and i >= clause.first]
    first, last = min(marks), max(marks)
    near = [i for i in setting.marks if first - 2 * _NEAR <= i <= last + 2 * _NEAR]
    return clause.reading.span(min(first, *near[:1]), max(last, *near[-1:]) + 1)
