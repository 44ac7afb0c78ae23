"""Where named things lie: "gudang PT X di Desa Y".

A site is a place behind "di" that follows a name, or a word that no list knows, at once; an article must give the thing
one place only. Rivers and other things that reach through many places are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.pipeline.alignment.background import Background
from service.pipeline.alignment.locations import PLACE_TYPES, place_role
from service.pipeline.alignment.reading import Mention, Reading
from service.pipeline.annotations import Claim, Span

_THINGS = frozenset({"ORG", "FAC", "PRODUCT"})


@dataclass(frozen=True, slots=True)
class Site:
    """``thing`` (a name, or the concept of a noun) lies in ``place``; ``word`` is how the article calls it."""

    reading: Reading
    thing: str
    word: str
    place: str
    claim: Claim | None
    evidence: Span


def sites(reading: Reading, background: Background) -> list[Site]:
    """The sites that one article gives; a noun with two places in the article is left out."""
    found: list[Site] = []
    for mention in reading.mentions:
        if mention.type in PLACE_TYPES and place_role(reading, mention, background.lexicon) == "at":
            found += _sites_at(reading, mention, background)
    places: dict[str, set[str]] = {}
    for site in found:
        places.setdefault(site.thing, set()).add(site.place)
    return [site for site in found if len(places[site.thing]) == 1]


def _sites_at(reading: Reading, place: Mention, background: Background) -> Sequence[Site]:
    """The sites that one place name gives: of the name in front of its preposition, and of an unknown word."""
    lexicon = background.lexicon
    index = place.first - 1
    while index > 0 and lexicon.preposition.get(reading.words[index]) != "at":
        if reading.mention_at[index] is not None or reading.words[index] not in lexicon.scopes.place_nouns:
            return ()
        index -= 1
    if index <= 0 or reading.frame[index]:
        return ()
    found: list[tuple[str, int]] = []
    name = reading.mention_at[index - 1]
    if name is not None and name.type in _THINGS:
        found.append((name.name, name.first))
    noun = (name.first if name is not None and name.type in _THINGS else index) - 1
    if noun >= 0 and reading.mention_at[noun] is None and reading.amount_at[noun] is None:
        concept, word = reading.concepts[noun], reading.words[noun]
        plain = concept and word not in lexicon.light and not reading.is_verb(noun, lexicon)
        if plain and not concept.startswith("@") and concept not in lexicon.roots:
            found.append((concept, noun))
    claim = reading.claim_at[index]
    return [
        Site(
            reading,
            thing,
            reading.document.tokens[first].text.lower(),
            place.name,
            claim,
            reading.span(first, place.last),
        )
        for thing, first in found
    ]
