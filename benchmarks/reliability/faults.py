"""Trials of what breaks while requests are at work: a worker, the whole server, Redis, the disk of the logs."""

from __future__ import annotations

import os
import signal
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks import processes
from benchmarks.reliability import clients
from tests.redis_server import PROGRAM, RedisServer

_CLIENTS = 4


def try_killed_worker(requests: int) -> dict[str, Any]:
    """One of two workers is killed under load: at most the requests that it had in work are lost; it is replaced."""
    bodies = list(clients.make_bodies(requests))
    with processes.serve(workers=2, max_waiting=16) as (server, port, _seconds):
        victim = processes.wait_for_children(server.pid, 2)[0]
        outcomes = clients.ask_during(port, bodies, _CLIENTS, lambda: os.kill(victim, signal.SIGKILL))
        replaced = processes.wait_for_children(server.pid, 2)
    results = clients.count_results(outcomes)
    lost = requests - results.get("200", 0)
    return {
        "requests": requests,
        "clients": _CLIENTS,
        "results": results,
        "lost": lost,
        "passed": lost <= _CLIENTS and len(replaced) == 2 and victim not in replaced,
    }


def try_stop(requests: int) -> dict[str, Any]:
    """SIGTERM while requests are at work and in line: each gets its answer, and the server ends with status 0."""
    bodies = list(clients.make_bodies(requests, articles=5))
    with processes.serve(workers=1, max_waiting=16) as (server, port, _seconds):
        with ThreadPoolExecutor(requests) as pool:
            futures = [pool.submit(clients.ask, port, body) for body in bodies]
            time.sleep(0.15)  # all have been sent, few are answered
            # connections are taken in their order, so that those before this one are not in the kernel's line any more
            clients.ask(port, None, "/livez")
            unfinished = sum(not future.done() for future in futures)
            server.send_signal(signal.SIGTERM)
            outcomes = [future.result() for future in futures]
        status = server.wait(60)
    results = clients.count_results(outcomes)
    return {
        "requests": requests,
        "unfinished_at_the_signal": unfinished,
        "results": results,
        "exit_status": status,
        "passed": set(results) == {"200"} and status == 0 and unfinished > 0,
    }


def try_restart(requests: int) -> dict[str, Any]:
    """SIGHUP under load: all workers are replaced, and no request is lost."""
    bodies = list(clients.make_bodies(requests))
    with processes.serve(workers=2, max_waiting=16) as (server, port, _seconds):
        before = set(processes.wait_for_children(server.pid, 2))
        outcomes = clients.ask_during(port, bodies, _CLIENTS, lambda: server.send_signal(signal.SIGHUP))
        deadline = time.monotonic() + 15
        while before & set(processes.find_children(server.pid)) and time.monotonic() < deadline:
            time.sleep(0.1)
        stayed = before & set(processes.find_children(server.pid))
    results = clients.count_results(outcomes)
    return {"requests": requests, "results": results, "passed": set(results) == {"200"} and not stayed}


def try_redis(requests: int) -> dict[str, Any]:
    """Redis is killed under load and started again: requests go on, and are counted again once it is back."""
    if PROGRAM is None:
        return {"skipped": "redis-server is not installed", "passed": True}
    bodies = list(clients.make_bodies(requests))
    with tempfile.TemporaryDirectory() as folder:
        redis = RedisServer(Path(folder))
        redis.start()
        try:
            limit = 10 * requests
            log = Path(folder) / "log"  # which says that Redis is gone
            with processes.serve(
                log, workers=2, max_waiting=16, rate_limit=limit, rate_limit_window_seconds=3600, redis_url=redis.url
            ) as (_, port, _seconds):
                outcomes = clients.ask_during(port, bodies, _CLIENTS, redis.kill)
                redis.start()
                time.sleep(1.2)
                outcomes += clients.ask_all(port, bodies[:20], 1)
                counted = _count_in(redis)
        finally:
            redis.kill()
    results = clients.count_results(outcomes)
    return {
        "requests": len(outcomes),
        "results": results,
        "latency_ms": clients.quantiles([outcome.seconds for outcome in outcomes]),
        "counted_after_the_restart": counted,
        "passed": set(results) == {"200"} and counted == 20,
    }


def try_full_disk(requests: int) -> dict[str, Any]:
    """Logs go to a disk that is full: requests are answered all the same."""
    bodies = list(clients.make_bodies(requests))
    with processes.serve(error_log=Path("/dev/full"), workers=1, log_level="info", max_waiting=16) as (
        _,
        port,
        _seconds,
    ):
        outcomes = clients.ask_all(port, bodies, _CLIENTS)
    results = clients.count_results(outcomes)
    return {"requests": requests, "results": results, "passed": set(results) == {"200"}}


def _count_in(redis: RedisServer) -> int:
    import redis as library  # noqa: PLC0415  # only where there is a server

    with library.Redis.from_url(redis.url) as connection:
        return sum(int(connection.llen(key)) for key in connection.keys("*"))
