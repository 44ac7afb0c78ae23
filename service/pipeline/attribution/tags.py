"""Speech tags whose verb the data do not list: "…," gerutu X; "…," isaknya.

The quotation shows them, not the word: it ends as one that a tag follows ends, with a comma, a question or an
exclamation mark, and behind the bare word stands whoever speaks.
"""

from __future__ import annotations

from service.pipeline.attribution.lexicon import Form, Verb
from service.pipeline.attribution.reading import Cue, Reading, Unit

_UNFINISHED = frozenset(",?!")
_FEWEST = 4
_SHORTEST = 4


def unlisted_tags(reading: Reading, unit: Unit) -> list[Cue]:
    """The words right behind a quotation of ``unit`` that can be nothing but a speech tag, in text order."""
    found: list[Cue] = []
    for quotation in reading.quotations_in(unit.first, unit.last):
        if quotation.last >= unit.last:
            continue
        cue = _tag_at(reading, quotation.first, quotation.last, unit.last)
        if cue is not None:
            found.append(cue)
    return found


def _tag_at(reading: Reading, first: int, end: int, last: int) -> Cue | None:
    if end - first < _FEWEST or not reading.is_mark(end - 1) or not _opens_statement(reading, first):
        return None
    i = end
    unfinished = reading.tokens[end - 2].text in _UNFINISHED
    if not unfinished and reading.tokens[i].text == ",":
        i += 1
        unfinished = True
    if not unfinished or i >= last or reading.cue_at(i) is not None or not _is_bare(reading, i):
        return None
    word = reading.lower[i]
    for clitic in reading.knowledge.grammar.clitics:
        if word.endswith(clitic) and _closes(reading, i + 1, last):
            return Cue(i, i + 1, Form((word,), "tag", _verb(word[: -len(clitic)]), clitic=True))
    return Cue(i, i + 1, Form((word,), "tag", _verb(word))) if _speaks(reading, i + 1, last) else None


def _opens_statement(reading: Reading, first: int) -> bool:
    """Whether the quotation is a sentence's beginning or set off from it: a title is part of what stands around it."""
    unit = reading.units[reading.unit_index(first)]
    return first <= unit.first or reading.ends[first - 1] or reading.tokens[first - 1].text in {",", ":"}


def _verb(word: str) -> Verb:
    return Verb(root=word, frame="say", marked=True, tag=(word,))


def _is_bare(reading: Reading, i: int) -> bool:
    """Whether the word is a plain root: small, no conjunction or preposition, no verb with a prefix."""
    word = reading.lower[i]
    grammar = reading.knowledge.grammar
    closed = (grammar.adjuncts, grammar.coordinators, grammar.clause_breaks, grammar.pronouns, grammar.relative)
    return (
        len(word) >= _SHORTEST
        and reading.is_word(i)
        and not reading.is_capitalized(i)
        and not any(word in group for group in (*closed, grammar.as_words, grammar.negators, grammar.adverbs))
        and not reading.is_predicate(i)
        and word not in reading.knowledge.nouns.speakers
    )


def _closes(reading: Reading, i: int, last: int) -> bool:
    return i >= last or not reading.is_word(i) or reading.lower[i] in reading.knowledge.grammar.adjuncts


def _speaks(reading: Reading, i: int, last: int) -> bool:
    """Whether a person, a pronoun or a phrase for a person opens at ``i``."""
    if i >= last:
        return False
    mention = reading.mention_at[i]
    if mention is not None:
        return mention.first == i and mention.entity.type in {"PERSON", "ORG"}
    word = reading.lower[i]
    return word in reading.knowledge.grammar.third_person or word in reading.knowledge.nouns.speakers
