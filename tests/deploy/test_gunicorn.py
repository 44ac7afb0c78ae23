"""The service as it runs: under gunicorn, with the configuration of deploy/, over sockets."""

from __future__ import annotations

import json
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from service.api import examples
from tests.deploy.servers import Server, run

PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with run(tmp_path_factory.mktemp("gunicorn")) as started:
        yield started


def test_the_example_is_answered_alike_by_many_at_once(server: Server) -> None:
    body = json.dumps(examples.request("analyze_articles")).encode()

    def ask(_: int) -> tuple[int, str, bytes]:
        return server.ask("POST", "/v1/analyses", body, **{"Content-Type": "application/json"})

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(ask, range(24)))
    ((status, media_type, answer),) = answers
    assert (status, media_type) == (200, "application/json")
    assert len(json.loads(answer)["documents"]) == 2


@pytest.mark.parametrize("connection", ["close", "keep-alive"])
@pytest.mark.parametrize(
    ("path", "content_type", "status"),
    [
        ("/v1/analyses", "application/json", 413),
        ("/v1/analyses", "text/plain", 415),
        ("/v1/nothing", "application/json", 404),
        ("/livez", "application/json", 405),
    ],
)
def test_a_client_that_sends_twenty_megabytes_reads_why_they_are_refused(
    server: Server, path: str, content_type: str, status: int, connection: str
) -> None:
    headers = {"Content-Type": content_type, "Connection": connection}
    body = b"x" * 20_000_000
    assert server.ask("POST", path, body, **headers)[:2] == (status, PROBLEM)
    chunks = (body[start : start + 65_536] for start in range(0, len(body), 65_536))
    headers["Transfer-Encoding"] = "chunked"
    assert server.ask("POST", path, chunks, **headers)[:2] == (status, PROBLEM)


HEAD = b"POST /v1/claims HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (HEAD + b"\r\n", b"411"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n", b"400"),
        (HEAD + b"Content-Length: 5\r\n\r\n{\xff\xff\xff}", b"400"),
        (b"GET /%00%ff HTTP/1.1\r\nHost: a\r\n\r\n", b"404"),
        (b"TRACE /v1/claims HTTP/1.1\r\nHost: a\r\n\r\n", b"405"),
    ],
)
def test_raw_requests_that_are_wrong_are_answered_with_problems(server: Server, raw: bytes, status: bytes) -> None:
    answer = server.send(raw)
    assert answer.startswith(b"HTTP/1.1 " + status)
    assert PROBLEM.encode() in answer


def test_a_client_that_leaves_in_the_middle_harms_nobody(server: Server) -> None:
    for sent in (HEAD, HEAD + b"Content-Length: 1000\r\n\r\n{", HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n{"):
        with socket.create_connection(("127.0.0.1", server.port)) as connection:
            connection.sendall(sent)
    assert server.ask("GET", "/livez")[0] == 200


def test_the_log_is_json_without_article_text(server: Server) -> None:
    body = json.dumps({"articles": [{"id": "rahasia", "text": "Gubernur Rahasiawan pergi ke Bogor."}]}).encode()
    assert server.ask("POST", "/v1/claims", body, **{"Content-Type": "application/json"})[0] == 200
    time.sleep(0.2)
    lines = [json.loads(line) for line in server.log.read_text().splitlines()]
    assert any(line.get("route") == "/v1/claims" and line["status"] == 200 for line in lines)
    assert "ahasia" not in server.log.read_text()


def test_a_request_in_work_is_finished_when_the_service_is_stopped(server: Server) -> None:
    body = json.dumps(examples.request("analyze_articles")).encode()
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=30)
    head = HEAD.replace(b"claims", b"analyses") + b"Connection: close\r\n"
    connection.sendall(head + b"Content-Length: %d\r\n\r\n" % len(body) + body[:-1])
    time.sleep(0.5)
    server.process.send_signal(signal.SIGTERM)
    time.sleep(0.5)
    connection.sendall(body[-1:])
    answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    connection.close()
    assert answer.startswith(b"HTTP/1.1 200")
    assert server.process.wait(30) == 0
