"""The noun phrase that a number counts, by its shape: no tagger is needed.

The phrase begins right behind the number and runs over at most four lower-case words until a function word, a verb, a
capital or a sign ends it: ``sekitar 1.000 pasukan tempur | sudah``, ``dua kapal penjaga pantai | China``. Where a state
follows at once (``tiga meninggal``), the state is taken for the thing counted.
"""

from __future__ import annotations

import msgspec

from service.pipeline.values.knowledge import Knowledge
from service.pipeline.values.lexing import WORD, Lexeme

WORDS = 4
"""The most words of a counted noun phrase."""


class Counted(msgspec.Struct, frozen=True, gc=False):
    """What is counted: lexemes up to ``last``, ``unit`` as written, ``end`` the end of the text that belongs to it.

    ``known`` says that the noun is one that news counts, so that the number before it surely is a count.
    """

    last: int
    unit: str
    known: bool


def read_counted(lexemes: list[Lexeme], i: int, knowledge: Knowledge) -> Counted | None:
    """The counted noun phrase at ``i``, or None where what follows counts nothing."""
    if i >= len(lexemes) or not _opens(lexemes[i], knowledge):
        return None
    words = [_bare(lexemes[i], knowledge)]
    head = words[0]
    last = i + 1
    state = head in knowledge.states
    while (
        last < len(lexemes)
        and last - i < WORDS
        and lexemes[last - 1].lower == _bare(lexemes[last - 1], knowledge)
        and _continues(lexemes[last], knowledge)
        and (lexemes[last - 1].lower not in knowledge.occasions or _is_noun(lexemes[last], knowledge))
    ):
        words.append(_bare(lexemes[last], knowledge))
        last += 1
    return Counted(last, " ".join(words), head in knowledge.nouns or head in knowledge.classifiers or state)


def _opens(word: Lexeme, knowledge: Knowledge) -> bool:
    lower = word.lower
    if word.kind != WORD or lower in knowledge.stops or lower in knowledge.uncounted or lower in knowledge.one_unit:
        return False
    if word.text[0].isupper():
        acronym = word.text.isupper() and word.text.isalpha() and 2 <= len(word.text) <= 5
        return acronym or word.lower in knowledge.nouns
    return word.lower in knowledge.nouns or word.lower in knowledge.states or not _is_verb(word, knowledge)


def _continues(word: Lexeme, knowledge: Knowledge) -> bool:
    """Whether ``word`` goes on with the phrase."""
    if word.kind != WORD or not word.text[0].islower() or word.lower in knowledge.stops or _is_verb(word, knowledge):
        return False
    return word.lower not in knowledge.states and word.lower not in knowledge.calendar.periods


def _is_noun(word: Lexeme, knowledge: Knowledge) -> bool:
    """Whether a word behind an occasion is a noun by its form, or a known one."""
    return word.lower in knowledge.nouns or word.lower.startswith(knowledge.nominal_prefixes)


def _is_verb(word: Lexeme, knowledge: Knowledge) -> bool:
    lower = _bare(word, knowledge).lower()
    if lower in knowledge.not_verbs or len(lower) < 5:
        return False
    return lower.startswith(knowledge.verb_prefixes)


def _bare(word: Lexeme, knowledge: Knowledge) -> str:
    """The word without a possessive ending."""
    for ending in knowledge.possessives:
        if word.lower.endswith(ending) and len(word.lower) > len(ending) + 2:
            return word.text[: -len(ending)]
    return word.text
