"""All that the comparing modules look at, prepared once a request."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from service.pipeline.alignment.clauses import Clause, split
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.matching import Background
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
    linked: frozenset[tuple[int, int]]
    background: Background


def prepare(
    analyses: Sequence[Analysis], lexicon: Lexicon, containment: Containment, countries: Sequence[str]
) -> Workspace:
    """Read ``analyses`` for comparison. Articles that could not be analysed take part in nothing."""
    readings = tuple(
        read(order, analysis, lexicon) for order, analysis in enumerate(analyses) if not analysis.document.problem
    )
    clauses = tuple(split(reading, lexicon) for reading in readings)
    frequency = Counter(
        concept for own in clauses for concept in {term.concept for clause in own for term in clause.terms}
    )
    rarity = {concept: 1 / (1 + math.log(count)) for concept, count in frequency.items()}
    background = Background(lexicon, Places(containment, countries, readings), rarity)
    return Workspace(
        readings,
        clauses,
        tuple(quantity for own in clauses for quantity in quantities(own, lexicon)),
        link(readings, clauses, background),
        background,
    )
