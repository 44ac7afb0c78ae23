"""Names of entities and their identifiers: the fullest form used, known names as news writes them, ISO codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from service.pipeline.annotations import EMPTY
from service.pipeline.entities.abbreviations import PLACES
from service.pipeline.entities.clustering import place_kind
from service.pipeline.entities.knowledge import CITY_SCHEME, Knowledge
from service.pipeline.entities.names import fold, in_title_case
from service.pipeline.entities.partition import Item

# so few capitals are a short form, not a name set in capitals
_LONGEST_SHORT_FORM = 6
_LONGEST_SHORT_PLACE = 3


def canonical_name(items: Sequence[Item], knowledge: Knowledge) -> tuple[str, str]:
    """The name that one entity goes by, and the rule that chose it.

    The fullest form used; of forms alike in length the one used most. A form in capitals is written as in a sentence.
    """
    kind = items[0].kind
    counts: dict[str, int] = {}
    for item in items:
        counts[item.reading.folded] = counts.get(item.reading.folded, 0) + item.count
    best = items[0]
    if len(items) > 1:
        best = max(items, key=lambda item: _fullness(item, counts[item.reading.folded], knowledge))
    if kind == "PERSON":
        best = _without_stray_word(best, items, knowledge)
        known = knowledge.people.get(best.reading.folded) or knowledge.people_by_sound.get(best.reading.key)
        if known:
            return known, "known-person"
    if kind in PLACES or kind == "FAC":
        best = _with_preferred_kind(best, items, counts, knowledge)
    name = best.reading.name
    written = (item.reading.name for item in items if item.reading.folded == fold(name))
    name = next((form for form in written if not form.isupper()), name)
    rule = best.reading.rule if len(items) == 1 or best.reading.rule != "as-written" else "fullest-form"
    longest = _LONGEST_SHORT_PLACE if kind in PLACES else 0 if kind == "PERSON" else _LONGEST_SHORT_FORM
    if name.isupper() and len(name) > longest and best.reading.rule == "as-written":
        name = in_title_case(name, knowledge.names.lower_words, knowledge.names.capitals, knowledge.short_forms)
    return name, rule


def _fullness(item: Item, count: int, knowledge: Knowledge) -> tuple[int, int, int, int]:
    """How full a form is: more words win (a person's initials are no words, the kind of a place is one), then frequency
    for persons and places and letters for others, then the earlier."""
    words = item.reading.folded.split()
    if item.kind == "PERSON":
        return sum(len(word) > 1 for word in words), count, 0, -item.first
    if item.kind in PLACES:
        kind, base = place_kind(item, knowledge)
        return len(base) + 1 if kind is not None else len(words), count, 0, -item.first
    if item.kind == "FAC":
        return len(words), count, 0, -item.first
    return len(item.reading.key), sum(map(len, words)), count, -item.first


def _without_stray_word(best: Item, items: Sequence[Item], knowledge: Knowledge) -> Item:
    """The same name without its first word where it is written so at least as often, or in as many articles: the word
    belongs to the title before the name."""
    first, _, rest = best.reading.folded.partition(" ")
    if " " not in rest or first in knowledge.names.first_parts:
        return best
    written = Counter[str]()
    for item in items:
        written[item.reading.folded] += item.count if item.article < 0 else 1
    if written[rest] < written[best.reading.folded]:
        return best
    return next((item for item in items if item.reading.folded == rest), best)


def _with_preferred_kind(best: Item, items: Sequence[Item], counts: Mapping[str, int], knowledge: Knowledge) -> Item:
    """Of the forms of a place that are as long as ``best`` and name its kind in another word, the one used most, or the
    one with the preferred word."""
    kind, _ = place_kind(best, knowledge)
    if kind is None or len(kind.words) == 1:
        return best
    words = len(best.reading.folded.split())
    same = [
        item for item in items if len(item.reading.folded.split()) == words and place_kind(item, knowledge)[0] is kind
    ]
    return min(same, key=lambda item: (-counts[item.reading.folded], *_word_rank(item, kind.words)))


def _word_rank(item: Item, words: Sequence[str]) -> tuple[int, int]:
    opening = item.reading.folded
    ranks = [rank for rank, word in enumerate(words) if opening.startswith(word + " ")]
    return (max(ranks, key=lambda rank: len(words[rank])) if ranks else len(words)), item.first


def identifiers(items: Sequence[Item], knowledge: Knowledge) -> Mapping[str, str]:
    """The identifiers of one entity: a country's or province's from the first of its forms that has one, else a
    city's where the name is sure to be the city's."""
    places = [item for item in items if item.kind in PLACES]
    kinds = [place_kind(item, knowledge) for item in places]
    for item, (_, base) in zip(places, kinds, strict=True):
        known = knowledge.places.get(" ".join(base))
        identifier = item.reading.identifier or (known.identifier if known else None)
        if identifier:
            return MappingProxyType({identifier[0]: identifier[1]})
    city = {kind.words[0] == knowledge.city_kind for kind, _ in kinds if kind is not None}
    for _, base in kinds:
        name = " ".join(base)
        if name in knowledge.cities and city <= {True} and (city or name not in knowledge.shared_cities):
            return MappingProxyType({CITY_SCHEME: knowledge.cities[name]})
    return EMPTY
