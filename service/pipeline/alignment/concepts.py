"""Classes of words that news uses for one thing: the shape of ``concepts.yaml`` and of the files beside it.

What a class refers to may stand in any of the files.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from service.languages import loader

FILES = ("concepts", "beats", "deeds", "conditions", "things")
KINDS = frozenset({"status", "event", "thing", "measure"})


class Concept(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A class of words.

    ``once``: the event befalls its participants a single time, ``unique``: in all time.
    ``developing``: counts of it change. ``local``: it happens in one place at a time. ``nominal``: its bare
    root is a noun. ``generic``: it says little on its own.
    ``mutual``: two parties do it to each other. ``single``: it has one doer. ``grave``: lives or liberty are at stake.
    """

    name: str
    kind: str
    label: dict[str, str]
    roots: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    once: bool = False
    unique: bool = False
    developing: bool = False
    generic: bool = False
    local: bool = False
    nominal: bool = False
    grave: bool = False
    single: bool = False
    mutual: bool = False
    broader: str | None = None
    implies: str | None = None
    narrow: bool = False

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.name}: unknown kind {self.kind!r}")
        if not (self.roots or self.forms or self.phrases):
            raise ValueError(f"{self.name}: no words")


class Sense(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that mean ``concept`` beside a number of one of the classes ``beside`` (concepts, or kinds of measure)."""

    words: tuple[str, ...]
    beside: tuple[str, ...]
    concept: str


class Concepts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``concepts.yaml`` and of the files beside it in ``FILES``."""

    concepts: tuple[Concept, ...]
    senses: tuple[Sense, ...] = ()

    def __post_init__(self) -> None:
        loader.require_distinct([concept.name for concept in self.concepts], "concepts")


def join(parts: Sequence[Concepts]) -> Concepts:
    """The concepts of several files as one; what they refer to may stand in any of them."""
    joined = Concepts(
        tuple(concept for part in parts for concept in part.concepts),
        tuple(sense for part in parts for sense in part.senses),
    )
    names = {concept.name for concept in joined.concepts}
    wanted = {other for concept in joined.concepts for other in (concept.broader, concept.implies) if other}
    missing = (wanted | {sense.concept for sense in joined.senses}) - names
    if missing:
        raise ValueError(f"no concepts {sorted(missing)}")
    return joined


def load(code: str) -> Concepts:
    """The concepts of language ``code``, from all files."""
    return join([loader.load(code, name, Concepts) for name in FILES])
