"""A file of requests, one a line, to a file of answers, one a line: for work that runs at night.

The two files that are written say how far the work is, and nothing else does. Each request leaves exactly one line, in
the order of the requests: its answer, or in the other file why it was refused. A line that was torn when the work was
killed is cut off and made anew, so that nothing is lost and nothing stands twice. Answers carry the digest of their
request, by which the work knows that the files belong together.
"""

from __future__ import annotations

import base64
import fcntl
import hashlib
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import msgspec

from service.commands.articles import InputError
from service.commands.exchange import Exchange

_CHUNK = 1 << 16
_ANSWER = b'{"documents":'
_REFUSAL = b'{"line":'
_AHEAD = 4  # requests that each process finds waiting


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it stands in its file: the ``number`` of its line, and the byte behind it."""

    number: int
    body: bytes
    end: int

    @property
    def digest(self) -> str:
        """What the service says of the request in its answer."""
        return f"sha-256:{hashlib.sha256(self.body).hexdigest()}"


@dataclass(slots=True)
class Outcome:
    """How many requests were answered and refused in all, and how many of them were so before the work began."""

    answered: int = 0
    refused: int = 0
    resumed: int = 0


class Watcher(Protocol):
    """Who is told of the work."""

    def advance(self, end: int) -> None:
        """All requests up to byte ``end`` of their file are done."""

    def refuse(self, request: Request, problem: Mapping[str, Any]) -> None:
        """The ``request`` was refused with ``problem``."""


def run(requests: Path, answers: Path, refusals: Path, language: str, processes: int, watcher: Watcher) -> Outcome:
    """Answer the ``requests`` that are not yet answered in ``answers`` or refused in ``refusals``.

    ``processes`` work side by side; the order of the files stays that of the requests. Raises InputError where the
    files cannot be written, do not belong together, or are being written by another run.
    """
    with ExitStack() as stack:
        pending = _read(stack.enter_context(_open(requests, "rb")))
        done = stack.enter_context(_open_to_append(answers, _ANSWER))
        refused = stack.enter_context(_open_to_append(refusals, _REFUSAL))
        outcome = Outcome()
        first = _skip_done(pending, done, refused, outcome, watcher)
        waiting = iter(()) if first is None else _chain(first, pending)
        for request, status, answer in _answer(waiting, language, processes):
            if status == 200:
                _append(done, answer)
                outcome.answered += 1
            else:
                problem = msgspec.json.decode(answer)
                _append(refused, msgspec.json.encode(_describe_refusal(request, problem)))
                outcome.refused += 1
                watcher.refuse(request, problem)
            watcher.advance(request.end)
        return outcome


def _open(path: Path, mode: str) -> BinaryIO:
    try:
        return open(path, mode)  # type: ignore[return-value]
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}.") from error


def _open_to_append(path: Path, opening: bytes) -> BinaryIO:
    """``path`` opened for this run alone, read from its beginning, without a last line that was torn.

    Such a line has the ``opening`` of those that are written here: no other file may lose its end.
    """
    file = _open(path, "a+b")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        raise InputError(f"{path}: Another run is writing this file.") from error
    end = _find_end_of_lines(file)
    file.seek(end)
    if torn := file.read(len(opening)):
        if not opening.startswith(torn):
            file.close()
            raise InputError(f"{path}: The last line was not written by this command, and has no end.")
        file.truncate(end)
    file.seek(0)
    return file


def _find_end_of_lines(file: BinaryIO) -> int:
    """The byte behind the last line break; lines may be long, so the file is read in pieces from its end."""
    end = file.seek(0, os.SEEK_END)
    while end > 0:
        start = max(0, end - _CHUNK)
        file.seek(start)
        found = file.read(end - start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        end = start
    return 0


def _read(file: BinaryIO) -> Iterator[Request]:
    end = 0
    for number, line in enumerate(file, 1):
        end += len(line)
        if body := line.strip(b" \t\r\n"):
            yield Request(number, body, end)


def _chain(first: Request, others: Iterator[Request]) -> Iterator[Request]:
    yield first
    yield from others


def _skip_done(
    pending: Iterator[Request], done: BinaryIO, refused: BinaryIO, outcome: Outcome, watcher: Watcher
) -> Request | None:
    """Pass over the requests of which the files hold a line; the first of which they do not, None where all do."""
    answered = (_find_digest(done.name, line) for line in done)
    numbers = (_find_number(refused.name, line) for line in refused)
    answer, number = next(answered, None), next(numbers, None)
    for request in pending:
        if number == (request.number, request.digest):
            outcome.refused += 1
            number = next(numbers, None)
        elif answer == request.digest:
            outcome.answered += 1
            answer = next(answered, None)
        elif answer is None and number is None:
            return request
        else:
            raise InputError(_tell_mismatch(done, refused, request.number))
        outcome.resumed += 1
        watcher.advance(request.end)
    if answer is not None or number is not None:
        raise InputError(_tell_mismatch(done, refused, None))
    return None


def _tell_mismatch(done: BinaryIO, refused: BinaryIO, line: int | None) -> str:
    place = "behind its last line" if line is None else f"at line {line}"
    return f"{done.name} and {refused.name} were not written from these requests: they differ {place}."


def _find_digest(name: str, line: bytes) -> str:
    try:
        return str(msgspec.json.decode(line)["provenance"]["input_digest"])
    except (msgspec.DecodeError, KeyError, TypeError) as error:
        raise InputError(f"{name}: A line is no answer of this service.") from error


def _find_number(name: str, line: bytes) -> tuple[int, str]:
    try:
        message = msgspec.json.decode(line)
        return message["line"], message["input_digest"]
    except (msgspec.DecodeError, KeyError, TypeError) as error:
        raise InputError(f"{name}: A line is no refusal of this service.") from error


def _describe_refusal(request: Request, problem: Mapping[str, Any]) -> dict[str, Any]:
    try:
        kept = {"request": request.body.decode()}
    except UnicodeDecodeError:
        kept = {"request_base64": base64.b64encode(request.body).decode()}
    return {"line": request.number, "input_digest": request.digest, "problem": problem, **kept}


def _append(file: BinaryIO, line: bytes) -> None:
    file.write(line + b"\n")
    file.flush()
    os.fsync(file.fileno())


def _answer(requests: Iterator[Request], language: str, processes: int) -> Iterator[tuple[Request, int, bytes]]:
    if processes == 1:
        exchange: Exchange | None = None
        for request in requests:
            exchange = exchange or Exchange(language)
            yield request, *exchange.post(request.body)
        return
    # spawned, since a process that shows its progress has threads, and such a one cannot safely be forked
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context, _start, (language,)) as pool:
        waiting: deque[tuple[Request, Future[tuple[int, bytes]]]] = deque()
        for request in requests:
            waiting.append((request, pool.submit(_post, request.body)))
            if len(waiting) >= _AHEAD * processes:
                yield _collect(*waiting.popleft())
        while waiting:
            yield _collect(*waiting.popleft())


def _collect(request: Request, future: Future[tuple[int, bytes]]) -> tuple[Request, int, bytes]:
    try:
        return request, *future.result()
    except BrokenProcessPool as error:
        raise InputError(f"A process was killed at about line {request.number}; run again to go on.") from error


_exchanges: list[Callable[[bytes], tuple[int, bytes]]] = []


def _start(language: str) -> None:
    """Make a process ready, and end it with the one that started it, even where that is killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()
    _exchanges.append(Exchange(language).post)


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _post(body: bytes) -> tuple[int, bytes]:
    return _exchanges[0](body)
