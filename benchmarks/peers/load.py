"""Load on a server: as much as it takes, and then seven tenths of that, evenly spaced or at random."""

from __future__ import annotations

import random
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from benchmarks import processes
from benchmarks.reliability import clients

LOAD = 0.7
_CLIENTS = 4
_MOST_AT_ONCE = 64


def measure(pid: int, port: int, path: str, body: bytes, requests: int) -> dict[str, Any]:
    """What ``requests`` alike cost the workers of ``pid``, and how long they take at rest and at LOAD.

    ``cpu_ms`` is of the workers alone. Latencies count from when a request was due, not from when a client was free to
    send it, so that a server that stands still is not asked less for that.
    """
    clients.ask_all(port, [body] * 20, _CLIENTS, path)
    workers = processes.find_children(pid)
    before = sum(map(processes.read_cpu_seconds, workers))
    began = time.perf_counter()
    outcomes = clients.ask_all(port, [body] * requests, _CLIENTS, path)
    rate = requests / (time.perf_counter() - began)
    cpu = sum(map(processes.read_cpu_seconds, workers)) - before
    alone = clients.ask_all(port, [body] * (requests // 2), 1, path)
    found: dict[str, Any] = {
        "results": clients.count_results([*outcomes, *alone]),
        "cpu_ms": round(1000 * cpu / requests, 2),
        "requests_per_second": round(rate, 1),
        "alone_ms": clients.quantiles([outcome.seconds for outcome in alone]),
    }
    for name, even in (("even", True), ("random", False)):
        late = _offer(port, path, body, requests, LOAD * rate, even)
        times = clients.quantiles(late)
        found[f"at_70_percent_{name}_ms"] = times | {"p99_to_p50": round(times["p99"] / times["p50"], 2)}
    found["each_worker"] = [processes.read_memory(worker) for worker in workers]
    return found


def _offer(port: int, path: str, body: bytes, requests: int, rate: float, even: bool) -> list[float]:
    chance = random.Random(1)
    due, moments = 0.0, []
    for _ in range(requests):
        due += 1 / rate if even else chance.expovariate(rate)
        moments.append(due)
    began = time.perf_counter()

    def send(moment: float) -> float:
        time.sleep(max(0.0, began + moment - time.perf_counter()))
        outcome = clients.ask(port, body, path)
        if outcome.result != 200:
            raise RuntimeError(f"{path} answers {outcome.result}")
        return time.perf_counter() - began - moment

    with ThreadPoolExecutor(_MOST_AT_ONCE) as pool:
        return list(pool.map(send, moments))
