"""What only a real server shows: slow clients, idle connections, refusals by the server itself, and saturation."""

from __future__ import annotations

import json
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from service.api import examples
from service.api.security import HEADERS
from tests.deploy.servers import Server, run

JSON = {"Content-Type": "application/json"}
HEAD = b"POST /v1/claims HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
EXAMPLE = json.dumps(examples.request("analyze_articles")).encode()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("gunicorn")
    with run(folder, threads=8, max_working=1, max_waiting=2, receive_seconds=3, deadline_seconds=20) as started:
        yield started


def connect(server: Server, sent: bytes = b"") -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=30)
    connection.sendall(sent)
    return connection


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"GET /livez HTTP/1.1\r\nHost: a\r\nX-Long: " + b"x" * 9000 + b"\r\n\r\n", 431),
        (b"GET /livez HTTP/1.1\r\nHost: a\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(200)) + b"\r\n", 431),
        (b"GET /" + b"x" * 5000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", 414),
        (b"GET /livez HTTP/9.9\r\nHost: a\r\n\r\n", 400),
        (b"GET /livez HTTP/1.1\r\nHost a\r\n\r\n", 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),
        (HEAD + b"Transfer-Encoding: chunky\r\n\r\n", 501),
        (HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}", 400),
    ],
)
def test_what_the_server_itself_refuses_is_a_problem_with_all_headers(server: Server, raw: bytes, status: int) -> None:
    head, _, body = server.send(raw).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status)
    for name, value in {**HEADERS, "Content-Type": "application/problem+json", "Connection": "close"}.items():
        assert f"\r\n{name}: {value}".encode() in head
    assert json.loads(body)["status"] == status


def test_idle_connections_take_no_thread(server: Server) -> None:
    with ExitStack() as stack:
        for _ in range(40):
            stack.enter_context(connect(server))
        began = time.monotonic()
        assert server.ask("GET", "/livez")[0] == 200
        assert time.monotonic() - began < 1


def test_a_body_that_stops_or_drips_is_answered_408_and_frees_its_thread(server: Server) -> None:
    stopped = [connect(server, HEAD + b"Content-Length: 1000\r\n\r\n{") for _ in range(4)]
    dripping = connect(server, HEAD + b"Content-Length: 1000\r\n\r\n{")

    def drip() -> None:
        for _ in range(60):
            try:
                dripping.sendall(b" ")
            except OSError:
                return
            time.sleep(0.1)

    threading.Thread(target=drip, daemon=True).start()
    began = time.monotonic()
    for connection in (*stopped, dripping):
        assert connection.recv(65_536).startswith(b"HTTP/1.1 408 ")
        connection.close()
    assert 2 < time.monotonic() - began < 6
    assert server.ask("GET", "/livez")[0] == 200


@pytest.mark.parametrize(
    "begun",
    [
        b"GET /livez HTTP/1.1\r\nHost: a\r\n",
        HEAD + b"Content-Length: 1000\r\n\r\n{",
        HEAD + b"Content-Length: 45000\r\n\r\n" + b" " * 40_000,
    ],
)
def test_requests_that_never_end_take_no_thread_and_are_told_so(server: Server, begun: bytes) -> None:
    connections = [connect(server, begun) for _ in range(40)]
    began = time.monotonic()
    assert server.ask("GET", "/livez")[0] == 200
    assert server.ask("POST", "/v1/analyses", EXAMPLE, **JSON)[0] == 200
    assert time.monotonic() - began < 2.5
    for connection in connections:
        assert connection.recv(65_536).startswith(b"HTTP/1.1 408 ")
        connection.close()
    assert time.monotonic() - began < 6


@pytest.mark.parametrize("size", [1, 1000, 16_384, 16_385, 48_000, 50_000, 300_000, 2_000_000])
@pytest.mark.parametrize("portion", [997, 70_000])
def test_a_body_of_any_size_arrives_in_any_portions(server: Server, size: int, portion: int) -> None:
    if size > 400 * portion:
        pytest.skip("too many portions")
    raw = HEAD + b"Content-Length: %d\r\nConnection: close\r\n\r\n" % size + b"[" + b" " * (size - 1)
    with connect(server) as connection:
        for start in range(0, len(raw), portion):
            connection.sendall(raw[start : start + portion])
            time.sleep(0.001)
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"The body is not JSON" in answer


def test_a_client_that_waits_for_100_continue_gets_it(server: Server) -> None:
    with connect(
        server, HEAD + b"Content-Length: 2\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"
    ) as connection:
        assert connection.recv(65_536).startswith(b"HTTP/1.1 100 ")
        connection.sendall(b"{}")
        assert connection.recv(65_536).startswith(b"HTTP/1.1 422 ")


def test_a_kept_alive_connection_outlives_the_time_for_one_request(server: Server) -> None:
    with connect(server) as connection:
        for _ in range(5):
            connection.sendall(HEAD + b"Content-Length: %d\r\n\r\n" % len(EXAMPLE) + EXAMPLE)
            answer = b""
            while b"input_digest" not in answer:
                received = connection.recv(65_536)
                assert received
                answer += received
            assert answer.startswith(b"HTTP/1.1 200 ")
            time.sleep(0.8)


def make_long_request(copies: int) -> bytes:
    text = "\n\n".join(item["text"] for item in examples.request("analyze_articles")["articles"] for _ in range(copies))
    return json.dumps({"articles": [{"id": str(number), "text": text} for number in range(3)]}).encode()


def test_under_saturation_requests_are_shed_and_health_is_quick(server: Server) -> None:
    body = make_long_request(8)
    stop = threading.Event()
    statuses: list[int] = []

    def load() -> None:
        while not stop.is_set():
            statuses.append(server.ask("POST", "/v1/analyses", body, **JSON)[0])

    with ThreadPoolExecutor(5) as pool:
        futures = [pool.submit(load) for _ in range(5)]
        time.sleep(1)
        seconds = []
        for number in range(60):
            began = time.perf_counter()
            assert server.ask("GET", "/livez" if number % 2 else "/readyz")[0] == 200
            seconds.append(time.perf_counter() - began)
            time.sleep(0.02)
        stop.set()
        for future in futures:
            future.result()
    assert set(statuses) == {200, 503}
    # the machine of the tests may itself be busy; benchmarks/reliability.py measures
    assert sorted(seconds)[len(seconds) // 2] < 0.05


def test_a_request_over_its_deadline_gets_its_reason_and_the_worker_goes_on(tmp_path: Path) -> None:
    with run(tmp_path, deadline_seconds=0.05) as hurried:
        (worker,) = hurried.workers
        status, _, answer = hurried.ask("POST", "/v1/analyses", make_long_request(20), **JSON)
        assert status == 503
        assert "0.05 seconds" in json.loads(answer)["detail"]
        assert (
            hurried.ask("POST", "/v1/entities", b'{"articles": [{"id": "a", "text": "Budi pergi."}]}', **JSON)[0] == 200
        )
        assert hurried.workers == [worker]


def wait_for_workers(server: Server, count: int) -> None:
    deadline = time.monotonic() + 10
    while len(server.workers) != count and time.monotonic() < deadline:
        time.sleep(0.1)


def test_a_worker_that_is_killed_loses_only_its_own_requests(tmp_path: Path) -> None:
    with run(tmp_path, workers=2) as pair:
        wait_for_workers(pair, 2)
        killed, kept = pair.workers
        os.kill(killed, signal.SIGKILL)
        outcomes = []
        for _ in range(20):
            try:
                outcomes.append(pair.ask("POST", "/v1/analyses", EXAMPLE, **JSON)[0])
            except OSError:
                outcomes.append(0)
        assert outcomes.count(200) >= 19
        wait_for_workers(pair, 2)
        assert kept in pair.workers
        assert killed not in pair.workers
        assert len(pair.workers) == 2


def test_a_body_that_breaks_off_is_not_taken_for_whole(server: Server) -> None:
    body = b'{"articles": [{"id": "a", "text": "Budi pergi."}]}'
    with connect(server, HEAD + b"Content-Length: %d\r\n\r\n" % (len(body) + 1) + body) as connection:
        connection.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"to its end" in answer
