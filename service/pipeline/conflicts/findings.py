"""What the comparing modules hand to the verdict: statements in positions, before wording and numbering."""

from __future__ import annotations

import msgspec

from service.pipeline.alignment.events import Event
from service.pipeline.alignment.quantities.propositions import Quantity
from service.pipeline.alignment.reading import Reading
from service.pipeline.alignment.relations.orders import Order
from service.pipeline.annotations import Claim, Span


class Statement(msgspec.Struct, frozen=True):
    """The words of an article that stand for ``value``; ``as_of`` is the ISO time that they speak of, ``about`` the
    aligned quantity, event or order that they give."""

    reading: Reading
    span: Span
    value: str
    claim: Claim | None = None
    as_of: str | None = None
    about: Quantity | Event | Order | None = None

    @property
    def key(self) -> tuple[int, Span]:
        """Where the statement stands: the article's number and the span."""
        return self.reading.order, self.span


class Finding(msgspec.Struct, frozen=True):
    """Statements that were compared. ``positions`` holds one tuple of statements a position.

    ``matter`` is the concept that the statements are about, ``word`` how an article puts it; ``names`` are those that
    the statements share. ``status`` is that of a conflict, or ``agreement``.
    """

    type: str
    status: str
    rule: str
    score: float
    matter: str
    word: str
    positions: tuple[tuple[Statement, ...], ...]
    reasons: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names that the statements share, as the reasons give them."""
        return tuple(reason.partition(":")[2] for reason in self.reasons if reason.startswith(("name:", "speaker:")))


class Rejection(msgspec.Struct, frozen=True):
    """Two statements that were compared and do not conflict, and the rule that says so; ``type`` as of a conflict."""

    rule: str
    matter: str
    word: str
    statements: tuple[Statement, Statement]
    type: str = "quantity"
