"""Names of entities and their identifiers: the fullest form used, known names as news writes them, ISO codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from service.pipeline.annotations import EMPTY
from service.pipeline.entities.abbreviations import PLACES
from service.pipeline.entities.clustering import place_kind
from service.pipeline.entities.knowledge import Knowledge
from service.pipeline.entities.names import fold, in_title_case
from service.pipeline.entities.partition import Item

_FULL_RULES = frozenset({"as-written"})


def canonical_name(items: Sequence[Item], knowledge: Knowledge) -> tuple[str, str]:
    """The name that one entity goes by, and the rule that chose it.

    The fullest form used; of forms alike in length the one used most. A form in capitals is written as in a sentence.
    """
    kind = items[0].kind
    best = max(items, key=lambda item: _fullness(item, knowledge))
    if kind == "PERSON":
        for item in sorted(items, key=lambda item: -len(item.reading.key)):
            known = knowledge.people.get(fold(item.reading.name))
            if known:
                return known, "known-person"
    name = best.reading.name
    if kind in PLACES | {"FAC"}:
        name = _with_preferred_kind(best, items, knowledge)
    written = [item.reading.name for item in items if fold(item.reading.name) == fold(name)]
    name = next((form for form in written if not form.isupper()), name)
    rule = best.reading.rule if len(items) == 1 or best.reading.rule not in _FULL_RULES else "fullest-form"
    if name.isupper() and (kind != "ORG" or len(name) > 6) and best.reading.rule == "as-written":
        name = in_title_case(name, knowledge.names.lower_words, knowledge.names.capitals)
    return name, rule


def _fullness(item: Item, knowledge: Knowledge) -> tuple[int, int, int, int]:
    """How full a form is: more words win (initials are no words), then frequency for persons and places and letters
    for others, then the earlier."""
    if item.kind == "PERSON":
        words = [word for word in fold(item.reading.name).split() if len(word) > 1]
        return len(words), item.count, 0, -item.first
    if item.kind in PLACES or item.kind == "FAC":
        kind, base = place_kind(item, knowledge)
        return (kind is not None) + len(base), item.count, 0, -item.first
    written_out = len(fold(item.reading.name))
    return len(item.reading.key), written_out, item.count, -item.first


def _with_preferred_kind(best: Item, items: Sequence[Item], knowledge: Knowledge) -> str:
    """The name of a place in the form used most, with the preferred word for its kind where forms tie."""
    kind, _ = place_kind(best, knowledge)
    if kind is None or len(kind.words) == 1:
        return best.reading.name
    same = [item for item in items if place_kind(item, knowledge)[0] is kind]
    top = max(item.count for item in same)
    tied = [item for item in same if item.count == top]
    return min(tied, key=lambda item: _word_rank(item, kind.words)).reading.name


def _word_rank(item: Item, words: Sequence[str]) -> tuple[int, int]:
    opening = fold(item.reading.name)
    ranks = [rank for rank, word in enumerate(words) if opening.startswith(word + " ")]
    return (max(ranks, key=lambda rank: len(words[rank])) if ranks else len(words)), item.first


def identifiers(items: Sequence[Item], knowledge: Knowledge) -> Mapping[str, str]:
    """The identifiers of one entity, from the first of its forms that is known to have one."""
    for item in items:
        if item.kind in PLACES:
            _, base = place_kind(item, knowledge)
            known = knowledge.places.get(" ".join(base))
            identifier = item.reading.identifier or (known.identifier if known else None)
            if identifier:
                return MappingProxyType({identifier[0]: identifier[1]})
    return EMPTY
