"""The words by which articles give causes: markers, nouns, questions, suspicions, and what makes things go wrong."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import msgspec

from service.languages import loader
from service.pipeline.alignment import lexicon, phrases
from service.pipeline.alignment.phrases import Phrases


class Family(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words for causes as a whole, ``broad`` (not beside those of ``unless``), and for what they are in particular."""

    broad: tuple[str, ...]
    narrow: tuple[str, ...]
    unless: tuple[str, ...] = ()


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``causes.yaml``."""

    behind: tuple[str, ...]
    origins: tuple[str, ...]
    ahead: tuple[str, ...]
    nouns: tuple[str, ...]
    copulas: tuple[str, ...]
    questions: tuple[str, ...]
    suspicions: tuple[str, ...]
    ruled_out: frozenset[str]
    anaphors: tuple[str, ...]
    motives: tuple[str, ...]
    mishaps: tuple[str, ...]
    families: tuple[Family, ...]
    vague: tuple[str, ...]
    chances: frozenset[str]
    beside: frozenset[str]
    harms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The words of ``causes.yaml``, ready to be found; ``behind`` holds ``origins`` as well, ``mishaps`` the roots of
    each, ``vague`` concepts."""

    behind: Phrases
    origins: Phrases
    ahead: Phrases
    nouns: Phrases
    copulas: Phrases
    questions: Phrases
    suspicions: Phrases
    anaphors: Phrases
    ruled_out: frozenset[str]
    motives: tuple[frozenset[str], ...]
    mishaps: tuple[frozenset[str], ...]
    families: tuple[Family, ...]
    vague: frozenset[str]
    chances: frozenset[str]
    beside: frozenset[str]
    harms: frozenset[str]
    asking: frozenset[str]


@functools.cache
def load(code: str) -> Knowledge:
    """The knowledge of causes, for language ``code``."""
    words = loader.load(code, "causes", Words)
    sequences = ("origins", "ahead", "nouns", "copulas", "questions", "suspicions", "anaphors")
    return Knowledge(
        **phrases.ready({name: getattr(words, name) for name in sequences} | {"behind": words.behind + words.origins}),
        ruled_out=words.ruled_out,
        motives=tuple(frozenset(entry.split()) for entry in words.motives),
        mishaps=tuple(frozenset(entry.split()) for entry in words.mishaps),
        families=words.families,
        vague=frozenset(map(lexicon.load(code).concept, words.vague)),
        chances=words.chances,
        beside=words.beside,
        harms=words.harms,
        asking=phrases.words_of(words.questions) | {entry.split()[0] for entry in words.nouns},
    )
