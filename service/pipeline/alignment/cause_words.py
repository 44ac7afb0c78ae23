"""The words by which articles give causes: markers, nouns, questions, suspicions, and what makes things go wrong."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import msgspec

from service.languages import loader
from service.pipeline.alignment.lexicon import Phrases


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


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The words of ``causes.yaml``, ready to be found; ``behind`` holds ``origins`` as well, ``mishaps`` the roots of
    each."""

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
    vague: tuple[str, ...]
    asking: frozenset[str]


@functools.cache
def load(code: str) -> Knowledge:
    """The knowledge of causes, for language ``code``."""
    words = loader.load(code, "causes", Words)

    def phrases(entries: tuple[str, ...]) -> Phrases:
        return Phrases((entry, entry) for entry in entries)

    return Knowledge(
        phrases(words.behind + words.origins),
        phrases(words.origins),
        phrases(words.ahead),
        phrases(words.nouns),
        phrases(words.copulas),
        phrases(words.questions),
        phrases(words.suspicions),
        phrases(words.anaphors),
        words.ruled_out,
        tuple(frozenset(entry.split()) for entry in words.motives),
        tuple(frozenset(entry.split()) for entry in words.mishaps),
        words.families,
        words.vague,
        frozenset(word for entry in words.questions for word in entry.split())
        | {entry.split()[0] for entry in words.nouns},
    )
