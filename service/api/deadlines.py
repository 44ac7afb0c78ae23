"""Breaking off work whose time is over, wherever it stands, so that its client is told and its thread is free again.

The stages look at the clock as they begin (``Progress.enter``); a stage that takes long does not. So one thread a
process watches what is at work, and raises an exception in the thread that is over its time: Python delivers it before
the next instruction, though not inside a call of C code, such as one regular expression or one product of matrices.
What is broken off holds no lock and keeps no state but what it was given, which is thrown away with it; memories of
words are filled entry by entry, and an entry that was not finished is not kept.
"""

from __future__ import annotations

import contextlib
import ctypes
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TypeVar

from service.pipeline.progress import DeadlineError, Progress

Result = TypeVar("Result")
_raise_in_thread = ctypes.pythonapi.PyThreadState_SetAsyncExc
_raise_in_thread.argtypes = (ctypes.c_ulong, ctypes.py_object)


class _OverdueError(BaseException):
    """Raised in the thread of the work; no Exception, so that no handler on its way takes it for one of its own."""


@dataclass(eq=False, slots=True)
class _Work:
    thread: int
    deadline: float
    ended: bool = False
    interrupted: bool = False


class Watch:
    """Interrupts what ``run`` runs when its deadline is over; its thread is started by the first that has one.

    The thread of the work takes no part in any lock or queue that is written in Python: an exception that comes while
    such a lock is taken would leave it locked.
    """

    def __init__(self) -> None:
        self._begun: SimpleQueue[_Work] = SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def run(self, progress: Progress, work: Callable[[], Result]) -> Result:
        """What ``work`` returns; raises DeadlineError once the deadline of ``progress`` is over."""
        if progress.deadline is None:
            return work()
        self._start()
        entry = _Work(threading.get_ident(), progress.deadline)
        # The exception may come at any instruction until ``_end`` has returned, in ``_end`` too: hence two levels.
        try:
            try:
                self._begun.put(entry)
                return work()
            finally:
                self._end(entry)
        except _OverdueError:
            stage = progress.stage or "answer"
            progress.leave()
            raise DeadlineError(stage) from None

    def _start(self) -> None:
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._watch, name="deadlines", daemon=True)
                self._thread.start()

    def _end(self, entry: _Work) -> None:
        with self._lock:
            entry.ended = True
            if entry.interrupted:  # one that has not been delivered yet must not reach what the thread does next
                _raise_in_thread(entry.thread, ctypes.py_object())

    def _watch(self) -> None:
        at_work: list[_Work] = []
        while True:
            with contextlib.suppress(Empty):
                wait = min((entry.deadline for entry in at_work), default=None)
                at_work.append(self._begun.get(timeout=None if wait is None else max(0.0, wait - time.monotonic())))
            now = time.monotonic()
            with self._lock:
                for entry in at_work:
                    if entry.deadline <= now and not entry.ended:
                        entry.interrupted = True
                        _raise_in_thread(entry.thread, _OverdueError)
                at_work = [entry for entry in at_work if not (entry.ended or entry.interrupted)]
