"""Which names of a sentence say where."""

from __future__ import annotations

from service.pipeline.alignment.clauses import Clause
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.reading import Amount, Mention, Reading
from service.pipeline.alignment.times import TIMES

PLACE_TYPES = frozenset({"GPE", "LOC", "FAC"})
_REACH = 8
_NOUNS = 5


def is_place(reading: Reading, mention: Mention, lexicon: Lexicon) -> bool:
    """Whether a name says where: a place behind a preposition of place, or in a chain of places behind one."""
    return place_role(reading, mention, lexicon) is not None


def place_role(reading: Reading, mention: Mention, lexicon: Lexicon) -> str | None:
    """Whether a place is where something happens (``at``), goes (``to``), heads (``toward``) or comes from (``from``).

    Where what one comes from happened is where one comes from ("pulang dari pesta di …").
    """
    if mention.type not in PLACE_TYPES and not (mention.type == "ORG" and _is_housed(reading, mention, lexicon)):
        return None
    index = mention.first - 1
    for _ in range(_REACH):
        if index < 0:
            return None
        other = reading.mention_at[index]
        word = reading.words[index]
        role = lexicon.preposition.get(word)
        if role == "at" and _is_left(reading, index, lexicon):
            return "from"
        if role in ("at", "to", "toward", "from"):
            return role
        if other is not None and other.type in PLACE_TYPES:
            index = other.first - 1
            continue
        if word == "," and index > 0 and reading.mention_at[index - 1] is not None:
            index -= 1
            continue
        if word in lexicon.scopes.place_nouns or _is_plain_noun(reading, index, lexicon):
            index -= 1
            continue
        return None
    return None


def _is_left(reading: Reading, index: int, lexicon: Lexicon) -> bool:
    """Whether nothing but nouns stand between the preposition at ``index`` and a "from" in front of it."""
    front = index - 1
    while front > max(index - _NOUNS, 0) and _is_plain_noun(reading, front, lexicon):
        front -= 1
    return front < index - 1 and lexicon.preposition.get(reading.words[front]) == "from"


def _is_housed(reading: Reading, mention: Mention, lexicon: Lexicon) -> bool:
    """Whether a body's name stands for the building that it is in: right behind "di" or a word for a building."""
    before = reading.words[mention.first - 1] if mention.first else ""
    return lexicon.preposition.get(before) == "at" or before in lexicon.scopes.place_nouns


def _is_plain_noun(reading: Reading, index: int, lexicon: Lexicon) -> bool:
    """Whether the word may be part of a noun phrase that a place closes ("di tambang liar Desa …")."""
    plain = reading.concepts[index] and reading.words[index] not in lexicon.light
    return bool(plain) and reading.mention_at[index] is None and not reading.is_verb(index, lexicon)


def mentions_of(clause: Clause, amount: Amount) -> list[Mention]:
    """The names of the sentence up to the end of the clause, without those that stand behind a later number."""
    reading = clause.reading
    others = [other.first for other in clause.amounts if other.value.kind not in TIMES and other.first > amount.first]
    end = min([*others, clause.last])
    found: list[Mention] = []
    for index in range(clause.sentence.first, end):
        mention = reading.mention_at[index]
        if mention is not None and not reading.frame[index] and (not found or found[-1] is not mention):
            found.append(mention)
    return found
