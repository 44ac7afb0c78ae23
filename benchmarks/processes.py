"""What the running server costs: its start-up, and the memory of its master and of each worker."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

_DEADLINE_SECONDS = 60.0
_WARM_UP_REQUESTS = 40


def measure(body: bytes, workers: int) -> dict[str, object]:
    """Seconds from the start to the first 200 of ``/readyz``, and MiB of memory after some requests with ``body``.

    ``rss`` is what a process has mapped, shared pages included; ``uss`` what it has for itself alone; ``pss`` shares
    the shared pages out. A worker's price is its ``uss``.
    """
    with serve(workers=workers) as (process, port, seconds):
        pid = process.pid
        before = read_memory(pid)
        for _ in range(_WARM_UP_REQUESTS):
            _post(port, body)
        children = find_children(pid)
        return {
            "workers": workers,
            "start_seconds": round(seconds, 2),
            "master_before_requests": before,
            "master": read_memory(pid),
            "each_worker": [read_memory(child) for child in children],
        }


@contextmanager
def serve(error_log: Path | None = None, **settings: object) -> Iterator[tuple[subprocess.Popen[bytes], int, float]]:
    """The server under ``settings``, its port, and the seconds until it was ready; stopped when the block ends."""
    port = find_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KROSCEK_")}
    environment = kept | {
        "KROSCEK_HOST": "127.0.0.1",
        "KROSCEK_PORT": str(port),
        "KROSCEK_LOG_LEVEL": "error",
        **{f"KROSCEK_{name.upper()}": str(value) for name, value in settings.items()},
    }
    with run([sys.executable, "-m", "service", "serve"], environment, port, error_log) as (server, seconds):
        yield server, port, seconds


def find_port() -> int:
    """A port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def run(
    command: Sequence[str], environment: Mapping[str, str], port: int, error_log: Path | None = None
) -> Iterator[tuple[subprocess.Popen[bytes], float]]:
    """A server that answers ``/readyz`` on ``port`` once it is ready, and the seconds until then."""
    began = time.perf_counter()
    with contextlib.ExitStack() as stack:
        stream = stack.enter_context(error_log.open("wb")) if error_log else None
        server = subprocess.Popen(command, env=environment, stderr=stream)
    try:
        while not _is_ready(port):
            if server.poll() is not None or time.perf_counter() - began > _DEADLINE_SECONDS:
                raise RuntimeError(f"{command[0]} does not start a server")
            time.sleep(0.01)
        yield server, time.perf_counter() - began
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(_DEADLINE_SECONDS)
        finally:
            server.kill()


def _is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _post(port: int, body: bytes) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_DEADLINE_SECONDS)
    try:
        connection.request("POST", "/v1/analyses", body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"the server answers {answer.status}")
    finally:
        connection.close()


def find_children(pid: int) -> list[int]:
    """The processes that ``pid`` has started, oldest first."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]


def wait_for_children(pid: int, count: int) -> list[int]:
    """The processes that ``pid`` has started, once there are ``count``; the first is ready before the others are."""
    deadline = time.monotonic() + 15
    while len(find_children(pid)) < count and time.monotonic() < deadline:
        time.sleep(0.05)
    return find_children(pid)


def read_cpu_seconds(pid: int) -> float:
    """The CPU time that a process has used, in user and in system mode."""
    after_name = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


def read_memory(pid: int) -> dict[str, float]:
    """MiB that a process has mapped (``rss``), its part of them (``pss``), and what it has for itself (``uss``)."""
    kilobytes = dict.fromkeys(("Rss", "Pss", "Private_Clean", "Private_Dirty"), 0)
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]:
        name, _, rest = line.partition(":")
        if name in kilobytes:
            kilobytes[name] = int(rest.split()[0])
    own = kilobytes["Private_Clean"] + kilobytes["Private_Dirty"]
    return {
        "rss_mib": round(kilobytes["Rss"] / 1024, 1),
        "pss_mib": round(kilobytes["Pss"] / 1024, 1),
        "uss_mib": round(own / 1024, 1),
    }
