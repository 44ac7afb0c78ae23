"""What shows that a negation and an affirmation of one predicate are of two matters, so that both may hold.

Each check looks at what the clauses say of whom and of what: another thing that was looked for, other people, an
intention, one that is set against another in the negation's own sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

from service.pipeline.alignment.background import Background
from service.pipeline.alignment.events import Event
from service.pipeline.alignment.events.evidence import said_of, speaker
from service.pipeline.alignment.events.matching import shared_names
from service.pipeline.alignment.events.negation_evidence import is_intended, is_over
from service.pipeline.alignment.lexicon import Lexicon


def are_two_matters(negative: Event, positive: Event, background: Background) -> bool:
    """Whether what is negated is, by the words of the two clauses, another matter than what is affirmed."""
    lexicon = background.lexicon
    return (
        is_over(negative, positive, lexicon)
        or _classes(negative, lexicon) != _classes(positive, lexicon)
        or _only_one_is_meant(negative, positive, lexicon)
        or _is_of_another_find(negative, positive, lexicon)
        or _is_of_other_parties(negative, positive, lexicon)
        or _is_of_some(negative, positive)
        or _is_of_some(positive, negative)
    )


def contrasted(events: Sequence[Event]) -> set[int]:
    """The numbers of the negated events that their own sentence affirms of somebody or somewhere else: "di A tidak
    hujan, di B hujan"."""
    affirmed: dict[tuple[int, int, str], set[int]] = {}
    again = [_is_said_again(event) for event in events]
    for event in events:
        if event.polarity == "affirmed":
            key = (event.reading.order, event.sentence.first, event.concept)
            affirmed.setdefault(key, set()).add(event.clause.number)
    return {
        number
        for number, event in enumerate(events)
        if event.polarity == "negated"
        and (
            again[number]
            or affirmed.get((event.reading.order, event.sentence.first, event.concept), set()) - {event.clause.number}
        )
    }


def _is_said_again(event: Event) -> bool:
    """Whether the predicate stands once more in the clause, behind the one that is negated."""
    words, index = event.reading.words, event.term.index
    return not event.absent and words[index] in words[index + 1 : event.clause.last]


def _classes(event: Event, lexicon: Lexicon) -> bool:
    """Whether the predicate only says as what somebody is taken ("diidentifikasi sebagai …")."""
    words, behind = event.reading.words, event.term.index + 1
    return event.term.verb and behind < event.clause.last and words[behind] in lexicon.scopes.as_words


def _only_one_is_meant(negative: Event, positive: Event, lexicon: Lexicon) -> bool:
    """Whether one of the two is only an intention, and the other a deed that was or was not done."""
    if is_intended(positive, lexicon):
        return not is_intended(negative, lexicon) and not negative.future
    return is_intended(negative, lexicon) and not positive.future


def _is_of_another_find(negative: Event, positive: Event, lexicon: Lexicon) -> bool:
    """Whether what was not found, or does not show, is another thing than what was: "tidak ditemukan nama WNI"."""
    if negative.word not in lexicon.scopes.discoveries or negative.target is None or not negative.term.verb:
        return False
    found = {positive.target, positive.patient, positive.subject}
    return negative.target not in (found if positive.concept == negative.concept else positive.things)


def _is_of_other_parties(negative: Event, positive: Event, lexicon: Lexicon) -> bool:
    """Whether one party is said not to have done what another one is said to have done."""
    if negative.polarity != "negated" or negative.absent or negative.universal or negative.concept != positive.concept:
        return False
    first, second = _party(negative, lexicon), _party(positive, lexicon)
    if not first or not second or first in negative.sites or second in positive.sites:
        return False
    own, others = (
        negative.names | negative.context | negative.around,
        positive.names | positive.context | positive.around,
    )
    return not (shared_names({first}, others, lexicon) or shared_names({second}, own, lexicon))


def _party(event: Event, lexicon: Lexicon) -> str:
    """Who the clause says it of by name; whoever speaks where it says "I" or "we"."""
    named = said_of(event)
    if not named and any(word in lexicon.scopes.first_person for word in event.clause.words()):
        return speaker(event)
    return named


def _is_of_some(one: Event, other: Event) -> bool:
    """Whether one tells of a person, and the other of a number of people among whom that person is not named."""
    if not one.persons or other.persons or one.persons & other.context:
        return False
    within = range(other.clause.sentence.first, other.term.index)
    return any(a.value.kind == "quantity" and a.first in within for a in other.reading.amounts)
