"""Who takes part: noun phrases that stand for somebody who acts, by a name, by a noun of a doer, or by both.

Words are data (``agents.yaml``). A phrase opens with its head; titles, bodies and a name in commas belong to it. Does
not read coordinated phrases beyond their first member.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from service.languages import loader
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.phrases import Phrases
from service.pipeline.alignment.reading import Mention, Reading

WHO = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_PERSON = "@person"
_LENGTH = 12


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``agents.yaml``."""

    people: frozenset[str]
    collectives: frozenset[str]
    culprits: frozenset[str]
    offices: frozenset[str]
    who: frozenset[str]
    by_will: frozenset[str]
    determiners: frozenset[str]
    naming: frozenset[str]
    emphatic: frozenset[str]
    first: tuple[str, ...]
    begin: frozenset[str]
    carry: frozenset[str]
    adverbs: frozenset[str]
    alone: frozenset[str]
    ruled_out: frozenset[str]
    leads: frozenset[str]
    bearers: frozenset[str]
    recipients: frozenset[str]
    instead: frozenset[str]
    bodies: frozenset[str]
    single: frozenset[str]
    transfers: dict[str, str]
    giving: frozenset[str]
    getters: frozenset[str]
    givers: frozenset[str]
    owned: frozenset[str]
    one_way: frozenset[str]
    kin: dict[str, tuple[str, ...]]
    named: frozenset[str]

    def __post_init__(self) -> None:
        loader.require_distinct([word for words in self.kin.values() for word in words], "kin")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The words of ``agents.yaml``, ready for look-up; ``acts`` holds the deed that a concept or word stands for."""

    words: Words
    first: Phrases
    acts: Mapping[str, str]

    def act(self, concept: str) -> str:
        """The deed that ``concept`` stands for: that of its kin, else itself."""
        return self.acts.get(concept, concept)


@functools.cache
def load(code: str) -> Knowledge:
    """The knowledge of who acts, for language ``code``."""
    words = loader.load(code, "agents", Words)
    acts = {key: name for name, members in words.kin.items() for member in members for key in (member, f"@{member}")}
    return Knowledge(words, Phrases((entry, entry) for entry in words.first), acts)


class Party(msgspec.Struct, frozen=True):
    """Tokens ``first:last``: ``name`` and ``kind`` of the name in it (empty where there is none), the concepts of its
    nouns, the head first, and whether it may act (``person``)."""

    first: int
    last: int
    name: str
    kind: str
    nouns: tuple[str, ...]
    person: bool


def opening(reading: Reading, start: int, end: int, lexicon: Lexicon, known: Knowledge) -> Party | None:
    """The phrase that opens at token ``start``; determiners and counts in front of its head belong to it."""
    index = start
    mentions: list[Mention] = []
    nouns: list[str] = []
    person = group = False
    gathered = ""
    while index < min(end, start + _LENGTH):
        mention, amount, word = reading.mention_at[index], reading.amount_at[index], reading.words[index]
        headless = not (nouns or mentions or group)
        if mention is not None:
            mentions.append(mention)
            index = mention.last
        elif amount is not None:
            if amount.value.kind != "quantity" or not headless:
                break
            unit = (amount.value.unit or "").lower()
            group = unit in known.words.collectives
            nouns += [] if group else lexicon.concepts_of(unit)[:1]
            person = group or (bool(nouns) and _acts(nouns[0], unit, lexicon, known))
            index = amount.last
        elif word in known.words.naming or (headless and word in known.words.determiners):
            index += 1
        elif word in known.words.collectives and headless and index not in reading.phrases:
            person = group = True
            gathered = gathered or (reading.concepts[index] if word in known.words.people else "")
            index += 1
        elif _is_noun(reading, index, lexicon, known):
            person = person or (headless and _acts(reading.concepts[index], word, lexicon, known))
            nouns.append(reading.concepts[index])
            index += 1
        elif word == "," and not headless and _is_apposed(reading, index, end, mentions):
            index += 1
        elif word == "(" and mentions and mentions[-1].type != "PERSON" and _closing(reading, index, end) is not None:
            index = _closing(reading, index, end) or index
        else:
            break
    if not (nouns or mentions or group):
        return None
    if group and gathered and not (nouns or mentions or lexicon.is_generic(gathered)):
        nouns.append(gathered)
    named = next((m for m in reversed(mentions) if m.type == "PERSON"), mentions[-1] if mentions else None)
    name, kind = (named.name, named.type) if named is not None else ("", "")
    able = person or (kind in WHO and not nouns) or kind == "PERSON"
    return Party(start, index, name, kind, tuple(nouns), able)


def _is_noun(reading: Reading, index: int, lexicon: Lexicon, known: Knowledge) -> bool:
    """Whether the word may be part of a noun phrase: no verb, but for a bare root behind a doer ("peserta mogok")."""
    word, concept = reading.words[index], reading.concepts[index]
    plain = word[0].isalpha() and concept and word not in lexicon.light and word not in lexicon.preposition
    if not plain or reading.frame[index]:
        return False
    if word in known.words.people or not reading.is_verb(index, lexicon):
        return True
    return index > 0 and reading.words[index - 1] in known.words.people and not lexicon.is_derived(word)


def _acts(concept: str, word: str, lexicon: Lexicon, known: Knowledge) -> bool:
    if concept == _PERSON or lexicon.broader(concept) == _PERSON:
        return True
    doers = known.words.people | known.words.offices
    return any(form in doers for form in (word, *(word.removesuffix(c) for c in lexicon.scopes.clitics)))


def _is_apposed(reading: Reading, comma: int, end: int, mentions: Sequence[Mention]) -> bool:
    """Whether a person's name in commas stands behind a noun or a body ("staf keuangan, Sari, …")."""
    if comma + 1 >= end or (mentions and mentions[-1].type == "PERSON"):
        return False
    mention = reading.mention_at[comma + 1]
    return mention is not None and mention.type == "PERSON" and not reading.frame[comma + 1]


def _closing(reading: Reading, bracket: int, end: int) -> int | None:
    """The token behind a bracket that stands in front of a person's name ("Letnan Jenderal (Purn.) Rudolf")."""
    for index in range(bracket + 1, min(bracket + 5, end - 1)):
        if reading.words[index] == ")":
            mention = reading.mention_at[index + 1]
            return index + 1 if mention is not None and mention.type == "PERSON" else None
    return None


def in_front(reading: Reading, end: int, first: int, lexicon: Lexicon, known: Knowledge) -> Party | None:
    """The phrase that ends in front of the verb at ``end``: its subject.

    Adverbs, "yang", what stands in brackets, who speaks and phrases with a preposition may stand between.
    """
    index = end - 1
    while index >= first:
        word = reading.words[index]
        if word == ")":
            index = _opener_of(reading, index, first) - 1
        elif reading.frame[index] or (word == "," and _beside_frame(reading, index)):
            index -= 1
        elif (
            reading.mention_at[index] is not None or _is_noun(reading, index, lexicon, known) or _counts(reading, index)
        ):
            if word in known.words.adverbs:
                index -= 1
                continue
            start = _start(reading, index, first, lexicon, known)
            if start > first and reading.words[start - 1] in lexicon.preposition:
                index = start - 2
                continue
            return opening(reading, start, end, lexicon, known)
        elif _passes(word, lexicon, known):
            index -= 1
        else:
            return None
    return None


def _passes(word: str, lexicon: Lexicon, known: Knowledge) -> bool:
    """Whether the word may stand between a doer and the verb: an adverb, an auxiliary, "yang"."""
    if word in known.words.emphatic or word in lexicon.preposition:
        return False
    return (word in lexicon.light or word in known.words.adverbs) and lexicon.opener.get(word) in (None, "relative")


def _start(reading: Reading, index: int, first: int, lexicon: Lexicon, known: Knowledge) -> int:
    """Where the phrase begins whose last word stands at ``index``."""
    while index > first:
        before = index - 1
        word = reading.words[before]
        inside = (
            reading.mention_at[before] is not None
            or _is_noun(reading, before, lexicon, known)
            or _counts(reading, before)
        )
        if not inside and word not in known.words.naming and word not in known.words.determiners:
            break
        # a noun with a possessive closes its phrase ("kabarnya PT …")
        possessed = (
            word.endswith(lexicon.scopes.clitics) and lexicon.is_derived(word) and word not in known.words.people
        )
        if reading.frame[before] or (possessed and reading.mention_at[before] is None):
            break
        index = before
    return index


def _counts(reading: Reading, index: int) -> bool:
    amount = reading.amount_at[index]
    return amount is not None and amount.value.kind == "quantity"


def _beside_frame(reading: Reading, comma: int) -> bool:
    """Whether the comma opens or closes the words that say who speaks."""
    near = [i for i in (comma - 1, comma + 1) if 0 <= i < len(reading.words)]
    return any(reading.frame[i] for i in near)


def _opener_of(reading: Reading, closing: int, first: int) -> int:
    return next((i for i in range(closing, first - 1, -1) if reading.words[i] == "("), first)


def last_person(reading: Reading, index: int, first: int, sentence: int) -> Mention | None:
    """The person named last in tokens ``first:index``; who only speaks counts in the sentence from ``sentence`` on."""
    for position in range(index - 1, first - 1, -1):
        mention = reading.mention_at[position]
        if mention is not None and mention.type == "PERSON" and (position >= sentence or not reading.frame[position]):
            return mention
    return None
