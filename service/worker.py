"""gunicorn's threaded worker, guarded against clients that are slow, and answering its own errors as problems.

gunicorn hands a connection to a thread before anything was sent on it, and waits without end for what is missing of a
request: clients that send nothing, or a byte at a time, take all threads. Here the kernel holds a request until all of
it is there (SO_RCVLOWAT), and only then is it given a thread. Of requests that are very long or of unknown length a
thread reads the rest. Each must have arrived within ``receive_seconds``.
"""

from __future__ import annotations

import contextlib
import errno
import functools
import re
import selectors
import socket
import time
from collections import deque
from http import HTTPStatus
from typing import Any

import msgspec
from gunicorn.http import errors  # type: ignore[import-untyped]
from gunicorn.workers.gthread import TConn, ThreadWorker  # type: ignore[import-untyped]

from service import logging
from service.api.bodies import RECEIVED
from service.api.problems import MEDIA_TYPE
from service.api.security import HEADERS

_MOST_PEEKED_BYTES = 1 << 14
# what the kernel surely holds of a request before it asks its sender to wait; of a longer one a thread reads the rest
_MOST_AWAITED_BYTES = 48 << 10
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,9})[ \t]*\r\n", re.IGNORECASE)
_WAITS_FOR_ANSWER = re.compile(rb"\r\n(?:expect|transfer-encoding):", re.IGNORECASE)
_STATUSES: tuple[tuple[type[Exception], HTTPStatus], ...] = (  # the first that fits
    (errors.InvalidResponseHeader, HTTPStatus.INTERNAL_SERVER_ERROR),
    (errors.InvalidResponseHeaderName, HTTPStatus.INTERNAL_SERVER_ERROR),
    (errors.ConfigurationProblem, HTTPStatus.INTERNAL_SERVER_ERROR),
    (errors.LimitRequestLine, HTTPStatus.REQUEST_URI_TOO_LONG),
    (errors.LimitRequestHeaders, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE),
    (errors.UnsupportedTransferCoding, HTTPStatus.NOT_IMPLEMENTED),
    (errors.ExpectationFailed, HTTPStatus.EXPECTATION_FAILED),
    (errors.ParseException, HTTPStatus.BAD_REQUEST),
)


class Worker(ThreadWorker):  # type: ignore[misc]
    """A process that answers requests in threads; ``receive_seconds`` bounds how long a request may take to arrive."""

    receive_seconds = 20.0

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._receiving: dict[socket.socket, float] = {}
        self.pending_conns: deque[TConn] = deque()

    def load_wsgi(self) -> None:
        """Load the application, and give it a way to say that it has read a request to its end."""
        super().load_wsgi()
        application: Any = self.wsgi  # type: ignore[has-type]

        def answer(environ: dict[str, Any], start_response: Any) -> Any:
            environ[RECEIVED] = functools.partial(self._receiving.pop, environ["gunicorn.socket"], None)
            return application(environ, start_response)

        self.wsgi = answer

    def accept(self, listener: socket.socket) -> None:
        """Take a connection, and watch it until its request is there: only then is it given a thread."""
        try:
            connection, address = listener.accept()
        except OSError as error:
            if error.errno not in {errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK}:
                raise
            return
        self.nr_conns += 1
        self._await_request(TConn(self.cfg, connection, address, listener.getsockname()))

    def on_client_socket_readable(self, conn: TConn, client: socket.socket) -> None:
        """Watch a connection that was kept alive, and on which the next request begins to arrive."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._await_request(conn)

    def _await_request(self, conn: TConn) -> None:
        conn.sock.setblocking(False)
        conn.timeout = time.monotonic() + self.receive_seconds
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, functools.partial(self._look, conn, 0))

    def _look(self, conn: TConn, awaited: int, client: socket.socket) -> None:
        """Give ``conn`` a thread if its request is there; else have the kernel say when ``missing`` bytes are."""
        try:
            seen = client.recv(_MOST_PEEKED_BYTES, socket.MSG_PEEK)
        except BlockingIOError:
            return
        except OSError:
            seen = b""
        missing = _find_missing(seen)
        # what was awaited is there, or the other end has closed, or the kernel does not wait as it was asked to
        if missing is None or not seen or awaited >= missing:
            with contextlib.suppress(OSError):
                client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, 1)
            self.on_pending_socket_readable(conn, client)
            return
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, missing)
        self.poller.modify(client, selectors.EVENT_READ, functools.partial(self._look, conn, missing))

    def murder_pending(self) -> None:
        """Hang up on those whose request has not arrived in time, and tell those that had begun to send one."""
        now = time.monotonic()
        for pending in self.pending_conns:
            if pending.timeout > now:
                break
            with contextlib.suppress(OSError):
                if pending.sock.recv(1, socket.MSG_PEEK):
                    pending.sock.send(_problem(HTTPStatus.REQUEST_TIMEOUT))
                    # a close with unread bytes would be a reset, which the answer may not survive
                    while pending.sock.recv(1 << 16):
                        pass
        super().murder_pending()

    def handle(self, conn: TConn) -> Any:
        """Answer the next request on ``conn``, which has begun to arrive; runs in a thread."""
        connection = conn.sock
        self._receiving[connection] = time.monotonic() + self.receive_seconds
        try:
            return super().handle(conn)
        finally:
            self._receiving.pop(connection, None)

    def notify(self) -> None:
        """Tell the master that this process lives, and hang up on clients whose time is over; about once a second."""
        super().notify()
        now = time.monotonic()
        for connection, deadline in list(self._receiving.items()):
            if now >= deadline:
                # the thread that reads from it sees the end of the stream, and can still answer
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RD)

    def _cap_keepalive(self, deadline: float) -> None:
        """Wait no longer than until ``deadline`` for a request to begin: this process is to stop."""
        super()._cap_keepalive(deadline)
        for pending in self.pending_conns:
            try:
                pending.sock.recv(1, socket.MSG_PEEK)
            except OSError:  # nothing has arrived on it
                pending.timeout = min(pending.timeout, deadline)
        self.pending_conns = deque(sorted(self.pending_conns, key=lambda pending: pending.timeout))

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: BaseException) -> None:
        """Answer a request that never reached the application, such as one whose header is too large."""
        status = next((status for kind, status in _STATUSES if isinstance(exc, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)
        if status == HTTPStatus.INTERNAL_SERVER_ERROR:
            logging.report_failure(exc)
        else:
            self.log.info("request refused before it was read: %s %s", status.value, type(exc).__name__)
        with contextlib.suppress(OSError):
            client.setblocking(True)
            client.settimeout(1.0)
            client.sendall(_problem(status))


def _find_missing(seen: bytes) -> int | None:
    """How many bytes a request has that begins with ``seen``, as far as can be told, or None to read what there is."""
    end = seen.find(b"\r\n\r\n")
    if end < 0:
        return len(seen) + 1 if len(seen) < _MOST_PEEKED_BYTES else None
    head = seen[: end + 2]
    length = _LENGTH.search(head)
    if length is None or _WAITS_FOR_ANSWER.search(head):
        return None
    whole = end + 4 + int(length[1])
    return whole if len(seen) < whole <= _MOST_AWAITED_BYTES else None


def _problem(status: HTTPStatus) -> bytes:
    detail = status.description or status.phrase
    body = msgspec.json.encode(
        {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail}
    )
    headers = {"Content-Type": MEDIA_TYPE, "Content-Length": str(len(body)), "Connection": "close", **HEADERS}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status.value} {status.phrase}\r\n{head}\r\n".encode("ascii") + body
