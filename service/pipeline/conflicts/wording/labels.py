"""What a desk calls the concepts: counted things, what became of them, events, units."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Set

import msgspec

from service.languages import loader
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.relations.orders import Order
from service.pipeline.annotations import Value
from service.pipeline.conflicts.wording.formatting import Style

_MONEY = "money"
_COUNT = "quantity"


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One language of ``templates_words.yaml``: words for concepts, where their label does not fit."""

    people: dict[str, str]
    states: dict[str, str]
    events: dict[str, str]
    joint: tuple[str, ...]
    times: tuple[str, ...]
    grades: dict[str, str]
    nouns: dict[str, str]
    units: dict[str, str]
    active: str | None
    passive: str | None

    def __post_init__(self) -> None:
        loader.require_distinct(self.joint, "joint")


@functools.cache
def load(code: str) -> dict[str, Words]:
    """The words for the concepts of language ``code``, by the desk's language."""
    found: dict[str, Words] = loader.load(code, "templates_words", dict[str, Words])
    return found


class Labels:
    """Names concepts in one desk language. ``native``: it is the language of the articles, whose words then serve."""

    def __init__(self, words: Words, lexicon: Lexicon, language: str, style: Style, native: bool) -> None:
        self._words = words
        self._lexicon = lexicon
        self._language = language
        self._style = style
        self.native = native

    def event(self, concept: str, word: str = "") -> str | None:
        """``concept`` as something that happens; without a label ``word``, which is the article's own."""
        found = self._words.events.get(_name(concept)) or self._lexicon.label(concept, self._language)
        return found or (self.foreign(word) if word else None)

    def told_event(self, concept: str, roots: Set[str]) -> str | None:
        """``concept`` as something that happens, in the articles' language only by a noun of one of their ``roots``."""
        label = self.event(concept)
        if label is None or not self.native:
            return label
        nouns = label.split(self._style.alternative)
        return next((noun for noun in nouns if self._lexicon.stem(noun.split()[0]) in roots), None)

    def any_event(self, concepts: Iterable[str], roots: Set[str]) -> str | None:
        """The first of ``concepts``, by name, that has a label, by :meth:`told_event`."""
        labelled = next((concept for concept in sorted(concepts) if self.event(concept)), None)
        return self.told_event(labelled, roots) if labelled else None

    def of_order(self, order: Order, roots: Set[str]) -> tuple[str, str] | None:
        """What comes first in ``order`` and what comes second, where :meth:`any_event` tells the two apart."""
        first, second = (self.any_event(moment.predicates, roots) for moment in (order.first, order.second))
        return (first, second) if first and second and first != second else None

    def is_joint(self, concept: str) -> bool:
        """Whether names stand behind the event without brackets."""
        return _name(concept) in self._words.joint

    def is_active(self, word: str) -> bool:
        """Whether the verb's object stands behind it."""
        return self.voice(word) == "active"

    def voice(self, word: str) -> str | None:
        """The voice of a verb of the desk's language, ``active`` or ``passive``, by how it begins."""
        voices = {"active": self._words.active, "passive": self._words.passive}
        return next((voice for voice, opening in voices.items() if opening and word.startswith(opening)), None)

    def is_times(self, unit: str) -> bool:
        """Whether the unit counts how often something happens."""
        return unit in self._words.times

    def people(self, concept: str | None) -> str | None:
        """Those whom a count of a status is of."""
        return self._words.people.get(_name(concept)) if concept else None

    def state(self, concept: str | None, grade: str | None) -> str | None:
        """What became of something, with how badly."""
        found = self._words.states.get(_name(concept)) if concept else None
        if found is None or grade is None:
            return found
        how = self._words.grades.get(grade, "")
        return f"{found} {how}" if self.native else f"{how} {found}"

    def noun(self, concept: str, word: str) -> str:
        """What is counted: the article's word in its own language, else the label."""
        if self.native and word:
            return word
        return self._words.nouns.get(_name(concept)) or self.foreign(word)

    def plain(self, concept: str) -> str | None:
        """The label of ``concept`` without its article."""
        label = self._words.nouns.get(_name(concept)) or self._lexicon.label(concept, self._language)
        return self._style.bare(label) if label else None

    def foreign(self, word: str) -> str:
        """A word of the articles: as it is in their language, in quotation marks in another."""
        return word if self.native or not word else self._style.quote(word)

    def figure(self, value: Value, head: str, hedges: Mapping[str, str]) -> str | None:
        """``value`` in the desk's language with its unit; None where its bounds come from words ("thousands", "a")."""
        low, high = value.low, value.high
        if low is not None and high is not None and low != high and high >= 9 * max(low, 1):
            return None
        if low == high == 1 and value.kind == _COUNT:
            return None
        number = self._style.amount if value.kind == _MONEY else self._style.number
        if low is not None and high is not None:
            text = number(low) if low == high else hedges["between"].format(low=number(low), high=number(high))
            text = hedges["about"].format(number=text) if value.approximate and low == high else text
        elif low is not None:
            text = hedges["least"].format(number=number(low))
        elif high is not None:
            text = hedges["most"].format(number=number(high))
        else:
            return None
        return self._with_unit(text, value, head)

    def _with_unit(self, text: str, value: Value, head: str) -> str:
        unit = value.unit or ""
        if value.kind == _MONEY:
            return f"{self._words.units.get(value.base or '', unit)} {text}"
        known = self._words.units.get(unit.lower()) or self._words.nouns.get(_name(head)) or self.people(head)
        return f"{text} {known or self.foreign(unit)}".rstrip()


def _name(concept: str | None) -> str:
    return (concept or "").removeprefix("@")
