"""What a negation tells of whether a clause affirms just what it denies: none at all, never, of all, of another kind.

The part of the evidence on two events (``evidence``) that only pairs of different polarity have.
"""

from __future__ import annotations

from collections.abc import Iterator

from service.pipeline.alignment.background import Background
from service.pipeline.alignment.events import Event
from service.pipeline.alignment.lexicon import Lexicon

TELLING = 0.3
_AROUND = 30


def is_timeless(negative: Event) -> bool:
    """Whether what is denied is denied for all times, so that any time, and any number of times, speaks against it."""
    return negative.absent or negative.never or negative.polarity == "denied"


def is_over(negative: Event, positive: Event, lexicon: Lexicon) -> bool:
    """Whether what is negated is only no longer so, and the other does not say that it still is."""
    if not lexicon.sequences.no_longer.within(negative.clause.words()):
        return False
    return not any(word in lexicon.scopes.continuing for word in positive.clause.words())


def is_intended(event: Event, lexicon: Lexicon) -> bool:
    """Whether the deed is only meant: a verb of intention stands in front, with words that carry the deed between."""
    words, scopes = event.reading.words, lexicon.scopes
    passed = (lexicon.light, scopes.support_verbs, scopes.carriers)
    for index in range(event.term.index - 1, event.clause.first - 1, -1):
        if words[index] in scopes.intentions:
            return True
        if not any(words[index] in known for known in passed):
            return False
    return False


def is_other_kind(negative: Event, positive: Event, lexicon: Lexicon) -> bool:
    """Whether there are none only of those that a relative clause tells, and the other says nothing of that."""
    words, clause = negative.reading.words, negative.clause
    behind = negative.term.index + 1
    if behind >= clause.last or lexicon.opener.get(words[behind]) != "relative":
        return False
    verbs = (t for t in clause.terms if t.index > behind and t.verb and words[t.index] not in lexicon.scopes.occurrence)
    told = next((term.concept for term in verbs), None)
    return told is not None and told not in positive.things | {positive.concept}


def is_of_all(event: Event, lexicon: Lexicon) -> bool:
    """Whether the clause says it of all of something: "semua sampel sudah diuji"."""
    words, scopes = event.clause.words(), lexicon.scopes
    front = words[: max(event.term.index - event.clause.first, 0)]
    return any(word in scopes.quantifiers and word != "sejumlah" for word in front)


def covered_around(negative: Event, positive: Event, background: Background) -> float:
    """How much of the things that are negated the other tells of, or stands in the sentences around it; 0 to 1."""
    weigh = background.weight
    things = negative.things - {positive.concept}
    whole = sum(map(weigh, sorted(things)))
    if not whole:
        return 0.0
    reading, sentence = positive.reading, positive.sentence
    around = set(reading.concepts[max(sentence.first - _AROUND, 0) : sentence.last])
    return sum(map(weigh, sorted(things & (positive.things | around)))) / whole


def is_obligation(event: Event, lexicon: Lexicon) -> bool:
    """Whether the clause only says what must be."""
    return any(word in lexicon.scopes.obligations for word in event.clause.before(event.term.index))


def of_negations(
    negative: Event, positive: Event, hand: float | None, best: bool, background: Background
) -> Iterator[tuple[str, float]]:
    """What the negation tells of a pair of different polarity: feature and value.

    ``hand`` is the score by rules, ``best`` whether neither event has a better one in the other's article.
    """
    yield "denied", float(negative.polarity == "denied")
    yield "denied_best", float(negative.polarity == "denied" and best)
    yield "none_best", float((negative.absent or negative.universal) and best)
    yield "absent", float(negative.absent)
    yield "pending", float(negative.pending)
    yield "never", float(negative.never)
    telling = {thing for thing in negative.things if background.weight(thing) >= TELLING}
    yield "covered", float(bool(telling) and telling <= positive.things)
    yield "untold", float(not telling)
    crossed = negative.concept in positive.things and not negative.term.verb
    met = (negative.concept == positive.concept or crossed) and (hand is None or hand > 0)
    yield "absent_met", background.weight(negative.concept) if negative.absent and met else 0.0
    yield "timeless_met", float(met and not negative.absent and is_timeless(negative))
    yield "universal", float(negative.universal)
    yield "topic", float(negative.concept in positive.topics)
    yield "echo", float(negative.echo is not None)
    yield "obligation", float(is_obligation(positive, background.lexicon))
    yield "other_kind", float(negative.absent and is_other_kind(negative, positive, background.lexicon))
    told = background.told.get(positive.concept, 0)
    yield "told_once", 1 / told if told and met else 0.0
    if negative.concept == positive.concept:
        known = negative.concept.startswith("@")
        weight = 1.0 if known else background.weight(negative.concept)
        yield "absolute_met", weight if negative.absent or negative.universal else 0.0
        yield "all_met", weight if is_of_all(positive, background.lexicon) else 0.0
        yield "covered_around", covered_around(negative, positive, background)
