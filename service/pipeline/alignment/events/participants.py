"""Who and what takes part in an event: names, people, things, whom speakers and advocates speak for."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from service.pipeline.alignment.clauses import Clause, Term
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.locations import is_place
from service.pipeline.alignment.noun_phrases import generic_heads, head_of
from service.pipeline.annotations import Claim

_BACK = 60
_SUPPOSED = 3
_TOPIC = 2


class Cast(msgspec.Struct, frozen=True):
    """Who and what may take part in the events of a clause, drawn once for all of them.

    ``names`` are those of the clause, with the people whom an advocate in it may speak for; ``things`` what its numbers
    count and what its names are of; ``terms`` the words that are not only supposed to hold. ``voiced``: whether who
    speaks may take part; ``first_mention``: the first name's token. ``before`` are the names and ``things_before``
    the things that the clause in front of it in its sentence lends, ``behind`` the names that the one behind it does.
    """

    names: frozenset[str]
    things: frozenset[str]
    terms: tuple[Term, ...]
    voiced: bool
    first_mention: int | None
    before: frozenset[str]
    things_before: frozenset[str]
    behind: frozenset[str]


_NONE: frozenset[str] = frozenset()


def cast_of(clause: Clause, clauses: Sequence[Clause], denied: bool, lexicon: Lexicon) -> Cast:
    """The cast of ``clause``; ``denied``: whether it is the content of a denial."""
    reading, words, scopes = clause.reading, clause.words(), lexicon.scopes
    names = {mention.name for mention in clause.mentions}
    if not scopes.client.isdisjoint(words):
        names |= _clients(clause)
    things = generic_heads(clause, lexicon)
    for amount in clause.amounts:
        if amount.value.kind == "quantity" and amount.value.unit:
            head, rest = head_of(amount, reading, lexicon)
            things |= {head, *rest}
    terms = clause.terms
    if not scopes.supposed.isdisjoint(words):
        terms = tuple(term for term in terms if not is_supposed(clause, term, lexicon))
    before = things_before = _NONE
    if clause.number > 0 and clauses[clause.number - 1].sentence is clause.sentence:
        previous = clauses[clause.number - 1]
        named = (m for m in previous.mentions[:2] if not is_place(reading, m, lexicon))
        before = frozenset(mention.name for mention in named)
        things_before = frozenset(other.concept for other in previous.terms[:3] if not other.verb)
    return Cast(
        frozenset(names),
        frozenset(things),
        terms,
        denied or not scopes.first_person.isdisjoint(words),
        min((mention.first for mention in clause.mentions), default=None),
        before,
        things_before,
        _subject_behind(clause, clauses, lexicon),
    )


def participants(
    clause: Clause, term: Term, cast: Cast, barrier: int | None, lexicon: Lexicon
) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The names and the concepts of things that take part in the event, and the names that only speak of it.

    ``barrier`` is the token of what the clause's negation is about, where it holds one.
    """
    carries = clause.reading.words[term.index] in lexicon.scopes.support_verbs
    bound = barrier is not None and term.index < barrier
    things = {
        other.concept
        for other in cast.terms
        if other.concept != term.concept and not (bound and barrier is not None and other.index >= barrier + carries)
    }
    things |= cast.things
    names = cast.names
    speakers = _speakers(clause, clause.reading.claim_at[term.index]) - names if cast.voiced else _NONE
    subject = cast.first_mention is not None and cast.first_mention < term.index
    if not subject:
        names |= cast.before
        if cast.things_before and clause.terms[0].index >= term.index:
            things |= cast.things_before
        if not names:
            names = cast.behind
    speakers -= names
    return names | speakers, frozenset(things - lexicon.light), frozenset(speakers)


def _subject_behind(clause: Clause, clauses: Sequence[Clause], lexicon: Lexicon) -> frozenset[str]:
    """The names that open the clause behind one that opens its sentence and names nobody: "Didirikan pada 1996, X"."""
    behind = clause.number + 1
    if (
        clause.first != clause.sentence.first
        or behind >= len(clauses)
        or clauses[behind].sentence is not clause.sentence
    ):
        return _NONE
    following = clauses[behind]
    verb = next((term.index for term in following.terms if term.verb), following.last)
    front = (m for m in following.mentions if m.first < verb and not is_place(clause.reading, m, lexicon))
    return frozenset(mention.name for mention in front)


def patient_of(clause: Clause, term: Term, lexicon: Lexicon) -> str | None:
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
            return lexicon.concepts_of(amount.value.unit.lower())[0]
        if reading.mention_at[index] is not None or amount is not None:
            return None
        if reading.concepts[index] and reading.words[index] not in lexicon.light:
            return reading.concepts[index] if lexicon.kind(reading.concepts[index]) == "thing" else None
    return None


def is_supposed(clause: Clause, term: Term, lexicon: Lexicon) -> bool:
    """Whether the word is only what somebody took for so ("yang dikira meninggal")."""
    words = clause.reading.words[max(clause.first, term.index - _SUPPOSED) : term.index]
    return not lexicon.scopes.supposed.isdisjoint(words)


def topics_of(clause: Clause, lexicon: Lexicon) -> frozenset[str]:
    """The deeds that the clause does not tell but speaks of: "perkara pembunuhan", "dugaan korupsi"."""
    words, reach = clause.reading.words, _TOPIC
    if lexicon.scopes.topics.isdisjoint(clause.words()):
        return _NONE
    return frozenset(
        term.concept
        for term in clause.terms
        if not words[term.index].startswith(lexicon.scopes.verb_prefixes)
        and not lexicon.scopes.topics.isdisjoint(words[max(clause.first, term.index - reach) : term.index])
    )


def subject_of(clause: Clause, term: Term, lexicon: Lexicon) -> str | None:
    """The head of the noun phrase in front of a predicate ("pintu rampa masih tertutup"); None where that is a name."""
    reading = clause.reading
    head = None
    for index in range(term.index - 1, clause.first - 1, -1):
        word, concept = reading.words[index], reading.concepts[index]
        if (
            reading.frame[index]
            or not word[0].isalnum()
            or (head is not None and reading.mention_at[index] is not None)
        ):
            break
        if reading.amount_at[index] is not None or not concept or word in lexicon.light:
            if head is not None or word in lexicon.preposition:
                break
            continue
        if reading.is_verb(index, lexicon):
            break
        head = concept
    return head


def persons_of(clause: Clause, clauses: Sequence[Clause]) -> frozenset[str]:
    """The people whom the clause, or the one before in its sentence, speaks of."""
    mentions = list(clause.mentions)
    if clause.number > 0 and clauses[clause.number - 1].sentence is clause.sentence:
        mentions += clauses[clause.number - 1].mentions
    return frozenset(mention.name for mention in mentions if mention.type == "PERSON")


def names_around(clause: Clause, clauses: Sequence[Clause]) -> frozenset[str]:
    """The names in the sentence before, and who speaks with the bodies that they speak for."""
    reading, sentence = clause.reading, clause.sentence
    names: set[str] = set()
    for number in range(clause.number - 1, -1, -1):
        before = clauses[number].sentence
        if before is sentence:
            continue
        if before.last == sentence.first:
            names |= {m.name for m in reading.mentions_in(before.first, before.last)}
        break
    claim = reading.claim_at[clause.last - 1] or reading.claim_at[clause.first]
    speaker = claim.attribution.speaker if claim is not None and claim.attribution is not None else None
    if speaker is not None:
        names |= {name for name in (speaker.name, speaker.affiliation) if name}
    return frozenset(names.union(*(reading.affiliations.get(name, frozenset()) for name in names)))


def _speakers(clause: Clause, claim: Claim | None) -> set[str]:
    """Who speaks, and the bodies that they speak for."""
    reading = clause.reading
    framed = [m for m in reading.mentions_in(clause.first, clause.last) if reading.frame[m.first]]
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
    first = max(clause.sentence.first - _BACK, 0)
    return {
        mention.name
        for mention in reading.mentions_in(first, clause.sentence.last)
        if mention.type == "PERSON" and mention.name != speaker
    }
