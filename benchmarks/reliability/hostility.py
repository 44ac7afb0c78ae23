"""Trials of clients as nobody wants them: too many, too slow, half gone, or with bodies made to hurt."""

from __future__ import annotations

import contextlib
import json
import socket
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from benchmarks import processes
from benchmarks.reliability import clients, probing

MOST_HEALTH_MILLISECONDS = 50.0
_HEAD = b"POST /v1/analyses HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
_RECEIVE_SECONDS = 4
_MOST_SECONDS = 60


def try_saturation(seconds: float, probes: int) -> dict[str, Any]:
    """Twice as many clients as a worker takes on: the rest is sent away at once, and health checks stay quick."""
    bodies = list(clients.make_bodies(8, articles=5))
    with processes.serve(workers=1, max_working=2, max_waiting=4) as (_, port, _started):
        idle = [outcome.seconds for outcome in probing.read(probing.start(port, probes, 3))]
        end = time.monotonic() + seconds

        def press(number: int) -> list[clients.Outcome]:
            outcomes = []
            while time.monotonic() < end:
                outcomes.append(clients.ask(port, bodies[number % len(bodies)]))
                if outcomes[-1].result == 503:
                    time.sleep(0.05)
            return outcomes

        with ThreadPoolExecutor(12) as pool:
            pressing = [pool.submit(press, number) for number in range(12)]
            time.sleep(0.5)
            health = probing.read(probing.start(port, probes, seconds - 2))
            outcomes = [outcome for future in pressing for outcome in future.result()]
    results = clients.count_results(outcomes)
    quick = clients.quantiles([outcome.seconds for outcome in health])
    shed = [outcome.seconds for outcome in outcomes if outcome.result == 503]
    return {
        "workers": 1,
        "most_working": 2,
        "most_waiting": 4,
        "clients": 12,
        "results": results,
        "health_ms_idle": clients.quantiles(idle),
        "health_ms": quick,
        "health_probes": len(health),
        "refusal_ms": clients.quantiles(shed) if shed else None,
        "passed": set(results) == {"200", "503"}
        and {outcome.result for outcome in health} == {200}
        and quick["p99"] < MOST_HEALTH_MILLISECONDS,
    }


def try_slow_clients(slow: int, idle: int, requests: int) -> dict[str, Any]:
    """Clients that send a byte at a time, connections that say nothing, and some whose other end is gone."""
    bodies = list(clients.make_bodies(requests))
    with (
        processes.serve(workers=1, receive_seconds=_RECEIVE_SECONDS) as (_, port, _started),
        contextlib.ExitStack() as stack,
    ):
        silent = [stack.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(idle)]
        for connection in silent[: idle // 2]:  # half a header, and then never a word
            connection.sendall(_HEAD[:40])
        stop = threading.Event()
        stack.callback(stop.set)
        with ThreadPoolExecutor(slow) as pool:
            dripping = [pool.submit(_drip, port, stop) for _ in range(slow)]
            time.sleep(0.3)
            outcomes = clients.ask_all(port, bodies, 2)
            ended = [future.result() for future in dripping]
    results = clients.count_results(outcomes)
    return {
        "slow": slow,
        "idle_or_half_open": idle,
        "requests": requests,
        "results": results,
        "latency_ms": clients.quantiles([outcome.seconds for outcome in outcomes]),
        "slow_clients_answered_408": sum(status == 408 for status, _ in ended),
        "slow_clients_ended_after_s": round(max(seconds for _, seconds in ended), 1),
        "passed": set(results) == {"200"}
        and all(status == 408 for status, _ in ended)
        and max(seconds for _, seconds in ended) < _RECEIVE_SECONDS + 3,
    }


def try_hostile_bodies() -> dict[str, Any]:
    """Bodies made to hurt: each is answered, never with 500, in bounded time, and the server goes on."""
    answered: dict[str, Any] = {}
    with processes.serve(workers=1, deadline_seconds=60) as (server, port, _started):
        (worker,) = processes.find_children(server.pid)
        for name, body in _hostile_bodies():
            outcome = clients.ask(port, body)
            answered[name] = {"result": outcome.result, "seconds": round(outcome.seconds, 2)}
        alive = clients.ask(port, None, "/readyz").result == 200 and processes.find_children(server.pid) == [worker]
    statuses = {entry["result"] for entry in answered.values()}
    return {
        "answers": answered,
        "worker_stayed": alive,
        "passed": alive
        and statuses <= {200, 400, 413, 422}
        and all(item["seconds"] < _MOST_SECONDS for item in answered.values()),
    }


def _drip(port: int, stop: threading.Event) -> tuple[int, float]:
    """The status that a client gets that sends a byte of its body every 50 ms, and the seconds until then."""
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(_HEAD + b"Content-Length: 100000\r\n\r\n")
        connection.settimeout(0.05)
        while not stop.is_set():
            try:
                answer = connection.recv(4096)
                return int(answer.split()[1]) if answer else 0, time.monotonic() - began
            except TimeoutError:
                with contextlib.suppress(OSError):
                    connection.sendall(b" ")
            except OSError:
                break
    return 0, time.monotonic() - began


def _hostile_bodies() -> Iterator[tuple[str, bytes]]:
    def article(text: str) -> bytes:
        return json.dumps({"articles": [{"id": "a", "text": text, "language": "id"}]}, ensure_ascii=False).encode()

    # without NUL and surrogates, which the contract refuses
    points = "".join(chr(code) for code in range(1, sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF)
    yield "bad UTF-8", article("Budi").replace(b"Budi", b"Bu\xff\xfedi")
    yield "100,000 brackets deep", b"[" * 100_000
    yield "100,000 objects deep", b'{"articles":' * 100_000
    yield "truncated JSON", article("Budi pergi.")[:-3]
    yield "1 MB of one character in a text", article("a" * 1_000_000)
    yield "1 MB of one character as body", b"a" * 1_000_000
    yield "9 MB", article("a" * 9_000_000)
    yield "100,000 quotation marks", article("”" * 100_000)
    yield "100,000 digits", article("1" * 100_000)
    yield "100,000 open brackets", article("(" * 100_000)
    yield "100,000 combining marks", article("A" + "\u0300" * 99_999)
    for start in range(0, len(points), 100_000):
        yield f"every code point, from U+{ord(points[start]):04X}", article(points[start : start + 100_000])
    yield "a million faults", b'{"articles": [' + b"1," * 999_999 + b"1]}"
