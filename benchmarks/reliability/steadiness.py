"""Trials of what must not change: answers under concurrency, memory over time, requests when workers are replaced."""

from __future__ import annotations

import time
from typing import Any

from benchmarks import processes
from benchmarks.reliability import clients

_WORKERS = 2
# where the number of requests is what counts, one in so many has an article of full length
_WHOLE = 4
MOST_GROWTH_PERCENT = 5.0


def try_concurrency(requests: int) -> dict[str, Any]:
    """The same requests one after the other and eight at once: every answer must be the same, byte for byte."""
    bodies = list(clients.make_bodies(requests, articles=3))
    with processes.serve(workers=_WORKERS, max_waiting=16) as (_, port, _seconds):
        alone = clients.ask_all(port, bodies, 1)
        together = clients.ask_all(port, bodies, 8)
    differing = sum(one.body != other.body for one, other in zip(alone, together, strict=True))
    results = clients.count_results([*alone, *together])
    return {
        "requests": 2 * requests,
        "results": results,
        "differing_answers": differing,
        "passed": not differing and set(results) == {"200"},
    }


def try_soak(requests: int) -> dict[str, Any]:
    """Very many requests, no two alike: how much memory each worker has for itself after a tenth, and at the end."""
    warm_up = max(200, requests // 10)
    with processes.serve(workers=_WORKERS, max_requests=0, max_waiting=16) as (server, port, _seconds):
        workers = processes.wait_for_children(server.pid, _WORKERS)
        results: dict[str, int] = {}
        course: list[dict[str, float]] = []
        began = time.perf_counter()

        def send(first: int, last: int) -> None:
            # in portions, so that the answers are not all held at once
            for start in range(first, last, 500):
                bodies = clients.make_bodies(min(500, last - start), first=start, whole=_WHOLE)
                outcomes = clients.ask_all(port, bodies, 4)
                for result, number in clients.count_results(outcomes).items():
                    results[result] = results.get(result, 0) + number
                course.append(processes.read_memory(workers[0]))

        send(0, warm_up)
        before = [processes.read_memory(worker)["uss_mib"] for worker in workers]
        send(warm_up, requests)
        after = [processes.read_memory(worker)["uss_mib"] for worker in workers]
        elapsed = time.perf_counter() - began
        same = processes.find_children(server.pid) == workers
    growth = [round(100 * (late / early - 1), 1) for early, late in zip(before, after, strict=True)]
    return {
        "requests": requests,
        "of_full_length": len(range(0, requests, _WHOLE)),
        "results": results,
        "requests_per_second": round(requests / elapsed, 1),
        "uss_mib_after_warm_up": before,
        "uss_mib_at_the_end": after,
        "growth_percent": growth,
        "rss_mib_each_500_of_the_first": [memory["rss_mib"] for memory in course],
        "uss_mib_each_500_of_the_first": [memory["uss_mib"] for memory in course],
        "workers_stayed": same,
        "passed": same and set(results) == {"200"} and max(growth) < MOST_GROWTH_PERCENT,
    }


def try_recycling(requests: int) -> dict[str, Any]:
    """Workers that are replaced every 50 requests or so: none may be lost."""
    with processes.serve(workers=_WORKERS, max_requests=50, max_waiting=16) as (server, port, _seconds):
        first = set(processes.find_children(server.pid))
        seen = set(first)
        outcomes = []
        bodies = list(clients.make_bodies(requests, whole=_WHOLE))
        for start in range(0, requests, 50):
            outcomes += clients.ask_all(port, bodies[start : start + 50], 4)
            seen |= set(processes.find_children(server.pid))
    results = clients.count_results(outcomes)
    return {
        "requests": requests,
        "results": results,
        "workers_seen": len(seen),
        "passed": set(results) == {"200"} and len(seen) > requests // 100,
    }
