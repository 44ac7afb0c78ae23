"""What the rules of this stage find before speakers are resolved."""

from __future__ import annotations

import msgspec

from service.pipeline.attribution.sources import Source


class Draft(msgspec.Struct, frozen=True):
    """A statement by token positions: what is said, ``first:last``; the cue; the source phrase.

    ``source`` is None where the text names nobody, and a clitic Source where a pronoun joined to the cue stands for
    somebody. ``frame`` is the frame of the cue's verb. ``relays`` marks a source that passes on another's statement.
    ``borrowed`` marks statements without a cue of their own, which continue another's.
    """

    first: int
    last: int
    source: Source | None
    cue: tuple[int, int] | None
    rule: str
    score: float
    frame: str = ""
    relays: bool = False
    borrowed: bool = False
