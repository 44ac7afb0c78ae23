"""How many analyses a process does at once, how many wait for their turn, and that all others are sent away at once.

Analyses are work for one core each; beyond a few in a process they only hold each other up. Those that wait hold a
thread each, so their number is bounded well below that of the threads: health checks always find a free one.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from service import metrics
from service.api.problems import RefusedError

RETRY_SECONDS = 2


class Gate:
    """Lets ``most_working`` through at once and ``most_waiting`` wait, first come, first served."""

    def __init__(self, most_working: int, most_waiting: int) -> None:
        self._most_working = most_working
        self._most_waiting = most_waiting
        self._working = 0
        self._waiting: deque[object] = deque()
        self._changed = threading.Condition()

    @property
    def load(self) -> tuple[int, int]:
        """How many are at work, and how many wait."""
        return self._working, len(self._waiting)

    @contextmanager
    def admit(self, deadline: float) -> Iterator[None]:
        """Wait for a turn until ``deadline`` of ``time.monotonic``, and hold it; raises RefusedError without one."""
        with self._changed:
            self._take_turn(deadline)
        try:
            yield
        finally:
            with self._changed:
                self._working -= 1
                self._tell()

    def _take_turn(self, deadline: float) -> None:
        if self._working >= self._most_working or self._waiting:
            if len(self._waiting) >= self._most_waiting:
                metrics.SHED.labels("full").inc()
                raise _overload("The service is at work on as many requests as it takes; more already wait.")
            ticket = object()
            self._waiting.append(ticket)
            metrics.report_load(*self.load)
            try:
                if not self._changed.wait_for(lambda: self._is_next(ticket), max(0.0, deadline - time.monotonic())):
                    metrics.SHED.labels("waited").inc()
                    raise _overload("The request waited for its turn until its time was over.")
            finally:
                self._waiting.remove(ticket)
                self._tell()
        self._working += 1
        metrics.report_load(*self.load)

    def _tell(self) -> None:
        metrics.report_load(*self.load)
        self._changed.notify_all()

    def _is_next(self, ticket: object) -> bool:
        return self._waiting[0] is ticket and self._working < self._most_working


def _overload(detail: str) -> RefusedError:
    return RefusedError(503, detail, headers={"Retry-After": str(RETRY_SECONDS)})
