"""The figures that each cluster has reached, kept as data: a figure that drops below its floor is a failure."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path

Figures = Mapping[str, float]
Floors = dict[str, dict[str, float]]

CEILINGS = frozenset({"traps_tripped"})
"""Figures of which less is better: what is kept for them is a ceiling."""
_DIGITS = 3
_ROUNDING = 10.0**-_DIGITS
_TOLERANCE = 1e-9  # of floating point: 0.1 + 0.7 does not reach 0.8


def read(file: Path) -> Floors:
    """The floors in ``file``: for each cluster, the least of each figure."""
    floors: Floors = json.loads(file.read_text(encoding="utf-8"))
    return floors


def find_drops(figures: Mapping[str, Figures], floors: Mapping[str, Figures]) -> Iterator[str]:
    """One line for each figure that is worse than its floor, or that is kept a floor for and was not computed."""
    for cluster, kept in floors.items():
        given = figures.get(cluster)
        if given is None:
            continue
        for name, bound in kept.items():
            value = given.get(name)
            if value is None:
                yield f"{cluster}: {name} has the floor {bound:g} and was not computed"
            elif name in CEILINGS and value > bound:
                yield f"{cluster}: {name} {value:g} is above {bound:g}"
            elif name not in CEILINGS and value < bound - _TOLERANCE:
                yield f"{cluster}: {name} {value:.4f} is below {bound:g}"


def raise_floors(figures: Mapping[str, Figures], floors: Mapping[str, Figures], names: frozenset[str]) -> Floors:
    """``floors`` with every bound of ``names`` moved to where ``figures`` are better; rounded in their favour."""
    raised = {cluster: dict(kept) for cluster, kept in floors.items()}
    for cluster, given in figures.items():
        kept = raised.setdefault(cluster, {})
        for name in sorted(names & given.keys()):
            if name in CEILINGS:
                kept[name] = min(kept.get(name, math.inf), given[name])
            else:
                kept[name] = max(kept.get(name, 0.0), _round_down(given[name]))
    return dict(sorted(raised.items()))


def write(file: Path, floors: Mapping[str, Figures]) -> None:
    """Write ``floors`` to ``file``."""
    file.write_text(json.dumps(floors, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _round_down(value: float) -> float:
    return round(math.floor(value / _ROUNDING + _TOLERANCE) * _ROUNDING, _DIGITS)
