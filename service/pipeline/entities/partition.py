"""Names as they are clustered: items, and the sets of items that are one entity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from service.pipeline.entities.abbreviations import Reading


class Item(msgspec.Struct, frozen=True):
    """A written form of a name, or an entity of an article when articles are compared.

    ``count`` says how often it is written, ``first`` where first. ``introduced`` marks a form that is given as a whole
    name (``Sukini (54)``), ``presented`` one that is told what it is (``Sukini, warga desa``). ``aliases`` are other
    folded forms of it, ``article`` the article it is from.
    """

    kind: str
    form: str
    reading: Reading
    count: int
    first: int
    introduced: bool = False
    presented: bool = False
    aliases: frozenset[str] = frozenset()
    article: int = -1


@dataclass(slots=True)
class Partition:
    """Which items are one entity (union-find); each join is kept with its rule and how sure it is.

    With ``apart``, items of one article are never joined.
    """

    items: Sequence[Item]
    apart: bool = False
    _parents: list[int] = field(init=False)
    _articles: list[set[int]] = field(init=False)
    _rules: list[str | None] = field(init=False)
    _sureness: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self._parents = list(range(len(self.items)))
        self._articles = [{item.article} for item in self.items]
        self._rules = [None] * len(self.items)
        self._sureness = [1.0] * len(self.items)

    def root(self, index: int) -> int:
        """The item that stands for the entity of ``index``: the first of its items."""
        while self._parents[index] != index:
            self._parents[index] = self._parents[self._parents[index]]
            index = self._parents[index]
        return index

    def join(self, index: int, other: int, rule: str, sureness: float = 1.0) -> bool:
        """Make the items one entity; False where they may not be. ``index`` is the one that the rule explains."""
        one, two = self.root(index), self.root(other)
        if one == two:
            return True
        if self.apart and self._articles[one] & self._articles[two]:
            return False
        keep, lose = (one, two) if one < two else (two, one)
        self._parents[lose] = keep
        self._articles[keep] |= self._articles[lose]
        self._rules[index] = self._rules[index] or rule
        self._sureness[index] = min(self._sureness[index], sureness)
        return True

    def rule(self, index: int) -> str | None:
        """By which rule the item was joined to others; None where it was not."""
        return self._rules[index]

    def sureness(self, index: int) -> float:
        """How sure it is that the item belongs to its entity, between 0 and 1."""
        return self._sureness[index]

    def groups(self) -> Iterator[list[int]]:
        """The items of each entity, in the order of the first of them."""
        found: dict[int, list[int]] = {}
        for index in range(len(self.items)):
            found.setdefault(self.root(index), []).append(index)
        yield from found.values()
