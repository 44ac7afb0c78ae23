"""Which complements make a statement of a reporting verb: each frame takes its own."""

from __future__ import annotations

from service.pipeline.attribution.contents import Complement
from service.pipeline.attribution.lexicon import Verb
from service.pipeline.attribution.reading import Reading

_ASKING = frozenset({"request", "order"})
_FEWEST_WORDS = {"promise": 1, "deny": 1, "judge": 3, "accuse": 3, "attitude": 3}


def fits(reading: Reading, verb: Verb, complement: Complement, subject: int) -> bool:
    """Whether the complement is one that the verb's frame takes as a statement. ``subject`` is the first token of the
    source."""
    first, last = complement.first, complement.last
    if not complement.introduced and reading.lower[first] in verb.never_with:
        return False
    if _is_anaphoric(reading, first, last):
        return False
    if not complement.introduced and reading.lower[first] in reading.knowledge.grammar.contrast:
        return False
    if not complement.introduced and verb.frame not in _ASKING and _is_addressed(reading, first, last):
        return False
    if verb.introduced and not (complement.introduced or _is_quotation(reading, complement)):
        return False
    if complement.quoted:
        return last - first > 3 or verb.frame in {"call", "praise", "accuse"}
    words = sum(reading.is_word(i) for i in range(first, last))
    if complement.introduced:
        return words >= 2
    if words == 1 and verb.frame == "assert" and _is_predicate_alone(reading, first):
        return True
    if words < _FEWEST_WORDS.get(verb.frame, 2) and not (words > 1 and reading.is_verb(last - 1)):
        return False
    return _fits_frame(reading, verb.frame, first, last, subject)


def _fits_frame(reading: Reading, frame: str, first: int, last: int, subject: int) -> bool:
    grammar = reading.knowledge.grammar
    if frame == "say":
        stated = reading.lower[first] in grammar.attitude_nouns and last - first >= 3
        return stated or _is_clause(reading, first, last)
    if frame == "order":
        return _is_told_to_act(reading, first, last)
    if frame == "praise":
        return _has_quotation(reading, first, last) or _says_as_what(reading, first, last)
    if frame in {"estimate", "attitude", "show", "call"}:
        predicated = reading.has_predicate(first, last) or _is_nominal_clause(reading, first, last)
        if frame == "attitude":
            return predicated
        if frame == "show":
            return predicated and _is_owned_document(reading, subject, first)
        counted = any(reading.tokens[i].text[0].isdigit() for i in range(first, last))
        as_what = _has_quotation(reading, first, last) or _says_as_what(reading, first, last)
        return predicated or counted or (frame == "call" and as_what)
    return True


def _is_quotation(reading: Reading, complement: Complement) -> bool:
    """Whether the complement is a quotation from its first word to its last."""
    quotation = reading.quotation_at[complement.first]
    return complement.quoted and quotation is not None and quotation.last >= complement.last


def _is_addressed(reading: Reading, first: int, last: int) -> bool:
    """Whether the complement only tells to whom or where something goes: "melapor ke polisi", "memberi tahu saya soal
    itu"."""
    grammar = reading.knowledge.grammar
    told = reading.lower[first] in grammar.pronouns and first + 1 < last and reading.lower[first + 1] in grammar.topic
    return told or reading.lower[first] in grammar.directions


def _is_predicate_alone(reading: Reading, i: int) -> bool:
    """Whether the only word of a complement is a predicate: "mengaku puas", "bilang masuk"."""
    predicates = reading.knowledge.predicates
    return reading.lower[i] in predicates.adjectives or reading.lower[i] in predicates.finite


def _is_told_to_act(reading: Reading, first: int, last: int) -> bool:
    """Whether the complement names somebody and what they are to do, not only an act."""
    grammar = reading.knowledge.grammar
    for i in range(first + 1, last):
        if reading.lower[i] in grammar.coordinators or reading.lower[i] in grammar.relative:
            return False
        if reading.is_predicate(i):
            return True
    return False


def _has_quotation(reading: Reading, first: int, last: int) -> bool:
    """Whether some of the words are quoted."""
    return any(reading.quotation_at[i] is not reading.quotation_at[first] for i in range(first, last))


def _says_as_what(reading: Reading, first: int, last: int) -> bool:
    return any(reading.lower[i] in reading.knowledge.grammar.as_words for i in range(first, last))


def _is_owned_document(reading: Reading, subject: int, last: int) -> bool:
    """Whether the subject is a document, and the text says whose."""
    return reading.lower[subject] in reading.knowledge.nouns.documents and any(
        mention.entity.type in {"ORG", "GPE", "PERSON"} for mention in reading.mentions_in(subject, last)
    )


def _is_nominal_clause(reading: Reading, first: int, last: int) -> bool:
    """Whether something is said of a noun phrase without a verb: behind its demonstrative, or by an adjective at its
    end."""
    for i in range(first, last - 1):
        if reading.lower[i] in reading.knowledge.grammar.demonstratives and reading.is_word(i + 1):
            return _is_said_of(reading, i, last)
    tags = reading.document.tags
    return bool(tags) and last - first > 2 and tags[last - 1] == "ADJ" and not reading.is_capitalized(last - 1)


def _is_said_of(reading: Reading, i: int, last: int) -> bool:
    """Whether the demonstrative at ``i`` closes a noun phrase of which the next words say something."""
    grammar = reading.knowledge.grammar
    if reading.lower[i] not in grammar.demonstratives or i + 1 >= last or not reading.is_word(i + 1):
        return False
    return reading.lower[i + 1] not in grammar.adjuncts and reading.lower[i + 1] not in grammar.conjoining


def _is_clause(reading: Reading, first: int, last: int) -> bool:
    """Whether the complement of a verb of saying is a clause rather than a noun phrase with a verb somewhere in it:
    its predicate comes in front of any preposition that says what is talked about."""
    if not (reading.has_predicate(first, last) or _is_nominal_clause(reading, first, last)):
        return False
    grammar = reading.knowledge.grammar
    for i in range(first, last):
        if reading.is_predicate(i) or reading.lower[i] in grammar.relative or _is_said_of(reading, i, last):
            return True
        if i > first and reading.lower[i] in grammar.topic:
            return False
    return True


def _is_anaphoric(reading: Reading, first: int, last: int) -> bool:
    """Whether the complement only points back: "hal itu", "demikian"."""
    knowledge = reading.knowledge
    if reading.lower[first] not in knowledge.nouns.anaphoric:
        return False
    if last - first == 1:
        return True
    if reading.lower[first + 1] not in knowledge.grammar.demonstratives:
        return False
    return first + 2 >= last or not reading.is_word(first + 2) or reading.lower[first + 2] in knowledge.grammar.adjuncts
