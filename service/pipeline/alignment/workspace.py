"""All that the comparing modules look at, prepared once a request."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass

from service.pipeline.alignment.background import Background
from service.pipeline.alignment.clauses import Clause, split
from service.pipeline.alignment.events import Event, events
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.places import Containment, Places
from service.pipeline.alignment.propositions import Quantity, quantities
from service.pipeline.alignment.reading import Reading, read
from service.pipeline.alignment.stories import link
from service.pipeline.annotations import Analysis


@dataclass(frozen=True, slots=True)
class Workspace:
    """Readings, clauses and quantities of all articles; ``linked`` holds the pairs of articles on one story."""

    readings: tuple[Reading, ...]
    clauses: tuple[tuple[Clause, ...], ...]
    quantities: tuple[Quantity, ...]
    events: tuple[Event, ...]
    linked: frozenset[tuple[int, int]]
    background: Background


_COMMON = 0.4
_GENERIC = 0.15


def _rarity(concept: str, articles: int, lexicon: Lexicon) -> float:
    """How telling a shared ``concept`` is, given in how many of the request's articles it stands."""
    if lexicon.is_generic(concept):
        return _GENERIC
    base = _COMMON if concept in lexicon.common else 1.0
    return base * (0.6 + 0.4 / (1 + math.log(articles)))


def prepare(
    analyses: Sequence[Analysis],
    lexicon: Lexicon,
    containment: Containment,
    countries: Sequence[str],
    familiar: Set[str] = frozenset(),
) -> Workspace:
    """Read ``analyses`` for comparison; ``familiar`` names do not tell one story from another.

    Articles that could not be analysed take part in nothing.
    """
    readings = tuple(
        read(order, analysis, lexicon) for order, analysis in enumerate(analyses) if not analysis.document.problem
    )
    clauses = tuple(split(reading, lexicon) for reading in readings)
    frequency = Counter(
        concept for own in clauses for concept in {term.concept for clause in own for term in clause.terms}
    )
    rarity = {concept: _rarity(concept, count, lexicon) for concept, count in frequency.items()}
    background = Background(lexicon, Places(containment, countries, readings), rarity)
    return Workspace(
        readings,
        clauses,
        tuple(quantity for own in clauses for quantity in quantities(own, lexicon)),
        tuple(event for own in clauses for event in events(own, lexicon)),
        link(readings, clauses, background, familiar),
        background,
    )
