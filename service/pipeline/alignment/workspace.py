"""All that the comparing modules look at, prepared once a request."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from service.pipeline.alignment import vectors
from service.pipeline.alignment.background import Background
from service.pipeline.alignment.clauses import Clause, split
from service.pipeline.alignment.events import Event, events
from service.pipeline.alignment.events.echoes import echoes
from service.pipeline.alignment.kinship import Kinship
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.places import Containment, Places
from service.pipeline.alignment.quantities.propositions import Quantity, quantities
from service.pipeline.alignment.quantities.slots import Bounds
from service.pipeline.alignment.quantities.sums import mark_parts
from service.pipeline.alignment.reading import Reading, read
from service.pipeline.alignment.stories import find_stories
from service.pipeline.alignment.times import days_of
from service.pipeline.annotations import Analysis


@dataclass(frozen=True, slots=True)
class Workspace:
    """Readings, clauses, quantities and events of the articles on one story.

    ``leads`` holds, by the number of the article, the concepts of what happens once, or in one place at a time, in its
    opening sentences.
    """

    readings: tuple[Reading, ...]
    clauses: tuple[tuple[Clause, ...], ...]
    quantities: tuple[Quantity, ...]
    events: tuple[Event, ...]
    background: Background
    leads: Mapping[int, Set[str]]


_COMMON = 0.4
_GENERIC = 0.15


def _rarity(concept: str, articles: int, lexicon: Lexicon) -> float:
    """How telling a shared ``concept`` is, given in how many of the story's articles it stands."""
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
) -> tuple[Workspace, ...]:
    """Read ``analyses`` for comparison, one workspace a story, in the order of their first articles.

    Stories know nothing of each other: what is said of one is the same whatever else the request holds. ``familiar``
    names do not tell one story from another. Articles that could not be analysed take part in nothing.
    """
    readings = tuple(
        read(order, analysis, lexicon) for order, analysis in enumerate(analyses) if not analysis.document.problem
    )
    clauses = tuple(split(reading, lexicon) for reading in readings)
    places = Places(containment, countries)
    stories = find_stories(readings, clauses, places, lexicon, familiar)
    return tuple(
        of_story(
            tuple(readings[index] for index in story),
            tuple(clauses[index] for index in story),
            lexicon,
            places.learning_from(readings[index] for index in story),
        )
        for story in stories
    )


def of_story(
    readings: tuple[Reading, ...],
    clauses: tuple[tuple[Clause, ...], ...],
    lexicon: Lexicon,
    places: Places,
) -> Workspace:
    """The workspace of articles that are known to be on one story."""
    frequency = Counter(
        concept for own in clauses for concept in {term.concept for clause in own for term in clause.terms}
    )
    rarity = {concept: _rarity(concept, count, lexicon) for concept, count in frequency.items()}
    found = tuple(quantity for own in clauses for quantity in mark_parts(quantities(own, lexicon), places, lexicon))
    happened = tuple(event for own in clauses for event in _events(own, lexicon))
    kinship = Kinship(readings, lexicon, vectors.load())
    return Workspace(
        readings,
        clauses,
        found,
        happened,
        Background(
            lexicon,
            places,
            rarity,
            _census(found),
            _occasions(happened, lexicon),
            kinship,
            Counter(event.concept for event in happened if event.polarity == "affirmed"),
        ),
        _leads(happened, kinship, lexicon),
    )


def _events(clauses: tuple[Clause, ...], lexicon: Lexicon) -> list[Event]:
    """The events of one article, and those that it denies by pointing back to them."""
    told = events(clauses, lexicon)
    return told + echoes(clauses, told, lexicon)


def _census(found: Sequence[Quantity]) -> dict[tuple[int, str], frozenset[Bounds]]:
    """The different numbers that each article gives of each thing and of each class of things."""
    values: dict[tuple[int, str], set[Bounds]] = {}
    for quantity in found:
        for key in {quantity.head, quantity.slot.family}:
            values.setdefault((quantity.reading.order, key), set()).add(quantity.slot.bounds)
    return {key: frozenset(numbers) for key, numbers in values.items()}


def _leads(happened: Sequence[Event], kinship: Kinship, lexicon: Lexicon) -> dict[int, set[str]]:
    """The concepts of what happens once, or in one place at a time, in each article's opening sentences."""
    found: dict[int, set[str]] = {}
    for event in happened:
        known, order = lexicon.concepts.get(event.concept), event.reading.order
        if known is None or not (known.once or known.local) or event.polarity != "affirmed":
            continue
        if kinship.opens((order, event.sentence.first)):
            found.setdefault(order, set()).add(event.concept)
    return found


def _occasions(happened: Sequence[Event], lexicon: Lexicon) -> dict[tuple[int, int], int]:
    """The day, as an ordinal, of what happens once, by the sentence that dates it: article number and first token."""
    days: dict[tuple[int, int], int] = {}
    for event in happened:
        known = lexicon.concepts.get(event.concept)
        stated = days_of(event.day.value) if event.day is not None else None
        if known is not None and known.once and stated is not None and stated[0] == stated[1]:
            day = date.fromisoformat(stated[0]).toordinal()
            days.setdefault((event.reading.order, event.clause.sentence.first), day)
    return days
