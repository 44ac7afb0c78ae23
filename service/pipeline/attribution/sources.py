"""Sources: which noun phrases can be whom a statement comes from."""

from __future__ import annotations

import msgspec

from service.pipeline.attribution.reading import Reading


class Source(msgspec.Struct, frozen=True, gc=False):
    """A source phrase: tokens ``first:last``. ``clitic`` where the source is the pronoun in a cue, which these tokens
    then are; ``end`` is where the text goes on behind the phrase and its apposition."""

    first: int
    last: int
    clitic: bool = False
    end: int = 0


def can_be_source(reading: Reading, first: int, last: int, said: bool = False) -> bool:
    """Whether the phrase ``first:last`` names, or is headed by, somebody who can be a source. Where it is certain that
    something is ``said`` (a speech tag, a verb of saying), a common noun that the data do not list will do as well."""
    if first >= last:
        return False
    head = reading.lower[first]
    nouns = reading.knowledge.nouns
    plain = plain_form(reading, head)
    heads = (nouns.speakers, nouns.documents, nouns.relational, reading.knowledge.sources.based_on_nouns)
    speaks = any(head in group or plain in group for group in heads)
    if reading.mention_at[first] is None and not speaks and _abstract(reading, head, said):
        return False
    words = reading.lower[first:last]
    if head in reading.knowledge.grammar.third_person:
        return True
    if any(reading.mention_at[i] is not None for i in range(first, last)):
        return True
    if any(reading.is_capitalized(i) for i in range(first, last) if not reading.opens_sentence(i)):
        return True
    if last - first == 1 and len(reading.tokens[first].text) > 1 and reading.tokens[first].text.isupper():
        # initials: "RKH mengaku …"
        return True
    if speaks or any(word in nouns.speakers or plain_form(reading, word) in nouns.speakers for word in words):
        return True
    if words[-1] in reading.knowledge.grammar.demonstratives and last - first > 1:
        return True
    return (
        said
        and reading.is_word(first)
        and head not in reading.knowledge.grammar.adjuncts
        and not reading.is_predicate(first)
    )


def _abstract(reading: Reading, head: str, said: bool) -> bool:
    """Whether the head noun names an act, an event or a text, which does not speak."""
    nouns = reading.knowledge.nouns
    if head in nouns.not_sources or plain_form(reading, head) in nouns.not_sources:
        return True
    if said:
        return False
    if head in nouns.anaphoric:
        return True
    return (
        head.startswith(nouns.abstract_prefixes)
        and head.endswith(nouns.abstract_suffix)
        and reading.knowledge.stem(head) != head
    )


def plain_form(reading: Reading, word: str) -> str:
    """``word`` without a joined pronoun, or the first half of a reduplicated one."""
    for clitic in reading.knowledge.grammar.clitics:
        if word.endswith(clitic):
            return word[: -len(clitic)]
    return word.partition("-")[0]


def has_anonymous_phrase(reading: Reading, first: int, last: int) -> bool:
    """Whether tokens ``first:last`` say that the source is not to be named."""
    phrases = reading.knowledge.anonymous_phrases
    for i in range(first, last):
        for words in phrases.get(reading.lower[i], ()):
            if tuple(reading.lower[i : i + len(words)]) == words:
                return True
    return False
