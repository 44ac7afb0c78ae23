"""Where the work on one request stands: what each stage has taken so far, and when there is no more time."""

from __future__ import annotations

import time


class DeadlineError(Exception):
    """The work was given up, since its time was over; ``stage`` is the one it was in, or that was to come."""

    def __init__(self, stage: str) -> None:
        super().__init__(stage)
        self.stage = stage


class Progress:
    """The stages of one request's work, in seconds on the clock, until ``deadline`` (of ``time.monotonic``) if given.

    ``seconds`` is what each took, ``bounds`` when it was first begun and last ended.

    The work asks by itself as each stage of each article begins. Who runs it may break off a stage that takes long.
    """

    def __init__(self, deadline: float | None = None) -> None:
        self.deadline = deadline
        self.seconds: dict[str, float] = {}
        self.bounds: dict[str, tuple[float, float]] = {}
        self._stage: str | None = None
        self._began = 0.0

    @property
    def stage(self) -> str | None:
        """The stage in work."""
        return self._stage

    def enter(self, stage: str) -> None:
        """Begin ``stage``, and so end the one before it; raises DeadlineError where the time is over."""
        now = self._end_stage()
        if self.deadline is not None and now >= self.deadline:
            raise DeadlineError(stage)
        self._stage, self._began = stage, now

    def leave(self) -> None:
        """End the stage in work."""
        self._end_stage()

    def _end_stage(self) -> float:
        now = time.monotonic()
        if self._stage is not None:
            self.seconds[self._stage] = self.seconds.get(self._stage, 0.0) + now - self._began
            first, _ = self.bounds.get(self._stage, (self._began, now))
            self.bounds[self._stage] = (first, now)
            self._stage = None
        return now
