"""gunicorn's threaded worker, guarded against clients that are slow, and answering its own errors as problems.

gunicorn hands a connection to a thread before anything was sent on it, and waits without end for what is missing of a
request: clients that send nothing, or a byte at a time, take all threads. Here a connection gets a thread with its
first byte, and its request must have arrived within ``RECEIVE_SECONDS``. A client that is slow keeps a thread for that
time still; where there may be many, a proxy that buffers requests belongs before the service.
"""

from __future__ import annotations

import contextlib
import errno
import functools
import selectors
import socket
import time
from http import HTTPStatus
from typing import Any

import msgspec
from gunicorn.http import errors  # type: ignore[import-untyped]
from gunicorn.workers.gthread import TConn, ThreadWorker  # type: ignore[import-untyped]

from service import logging
from service.api.bodies import RECEIVED
from service.api.problems import MEDIA_TYPE
from service.api.security import HEADERS

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

    def load_wsgi(self) -> None:
        """Load the application, and give it a way to say that it has read a request to its end."""
        super().load_wsgi()
        application: Any = self.wsgi  # type: ignore[has-type]

        def answer(environ: dict[str, Any], start_response: Any) -> Any:
            environ[RECEIVED] = functools.partial(self._receiving.pop, environ["gunicorn.socket"], None)
            return application(environ, start_response)

        self.wsgi = answer

    def accept(self, listener: socket.socket) -> None:
        """Take a connection, and watch it until its first byte arrives: only then is it given a thread."""
        try:
            connection, address = listener.accept()
        except OSError as error:
            if error.errno not in {errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK}:
                raise
            return
        self.nr_conns += 1
        pending = TConn(self.cfg, connection, address, listener.getsockname())
        pending.timeout = time.monotonic() + self.receive_seconds
        self.pending_conns.append(pending)
        readable = functools.partial(self.on_pending_socket_readable, pending)
        self.poller.register(connection, selectors.EVENT_READ, readable)

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
        """Wait no longer than until ``deadline`` for the first byte on any connection: this process is to stop."""
        super()._cap_keepalive(deadline)
        for pending in self.pending_conns:
            pending.timeout = min(pending.timeout, deadline)

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


def _problem(status: HTTPStatus) -> bytes:
    detail = status.description or status.phrase
    body = msgspec.json.encode(
        {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail}
    )
    headers = {"Content-Type": MEDIA_TYPE, "Content-Length": str(len(body)), "Connection": "close", **HEADERS}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status.value} {status.phrase}\r\n{head}\r\n".encode("ascii") + body
