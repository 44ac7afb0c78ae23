"""Bearings: on which side of a named place something happens ("tenggelam di utara Pelabuhan Waru").

The place that it is seen from is named right behind the direction. A clause with two bearings gives none, and neither
does a direction that is part of a name. Does not reckon with distances.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import msgspec

from service.languages import loader
from service.pipeline.alignment.events import Event
from service.pipeline.alignment.locations import PLACE_TYPES
from service.pipeline.alignment.phrases import Phrases
from service.pipeline.alignment.premises import Setting
from service.pipeline.alignment.reading import Mention

_REACH = 4
_ROUND = 360
_OPPOSED = 90


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``bearings.yaml``: the degrees of each direction; the words between a direction and its place."""

    degrees: dict[str, int]
    between: frozenset[str]

    def __post_init__(self) -> None:
        if any(not 0 <= degree < _ROUND for degree in self.degrees.values()):
            raise ValueError("degrees lie from 0 up to 360")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The directions, ready to be found."""

    directions: Phrases
    degrees: dict[str, int]
    between: frozenset[str]

    def exclude(self, one: str, other: str) -> bool:
        """Whether two directions lie so far apart that nothing is on both sides, however roughly they are told."""
        turn = abs(self.degrees[one] - self.degrees[other])
        return min(turn, _ROUND - turn) >= _OPPOSED


@dataclass(frozen=True, slots=True)
class Bearing(Setting):
    """An event in the direction ``answer`` from the place ``seen_from``."""

    seen_from: Mention


@functools.cache
def load(code: str) -> Knowledge:
    """The directions of language ``code``."""
    words = loader.load(code, "bearings", Words)
    directions = Phrases((name, name) for name in words.degrees)
    return Knowledge(directions, words.degrees, words.between)


def bearing_of(event: Event, known: Knowledge) -> Bearing | None:
    """The bearing behind the predicate in its clause; None where there is none, or more than one."""
    reading, end = event.reading, event.clause.last
    found: list[Bearing] = []
    index = event.term.index + 1
    while index < end:
        match = None if _is_named(event, index) else known.directions.match(reading.words[:end], index)
        if match is None:
            index += 1
            continue
        place = _place_behind(event, index + match[0], known)
        if place is not None:
            found.append(Bearing(event, match[1], index, place.last, place))
        index += match[0]
    return found[0] if len(found) == 1 else None


def _is_named(event: Event, index: int) -> bool:
    return event.reading.mention_at[index] is not None or event.reading.frame[index]


def _place_behind(event: Event, index: int, known: Knowledge) -> Mention | None:
    """The place that is named behind the direction, with nothing but words that may stand between."""
    reading = event.reading
    for behind in range(index, min(index + _REACH, event.clause.last)):
        mention = reading.mention_at[behind]
        if mention is not None:
            return mention if mention.type in PLACE_TYPES else None
        if reading.words[behind] not in known.between:
            return None
    return None
