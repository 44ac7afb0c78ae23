"""Workers, and the whole server, are replaced while requests come in: none is lost."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from service.api import examples
from tests.deploy.servers import Server, find_port, run

EXAMPLE = json.dumps(examples.request("analyze_articles")).encode()
_PATIENCE_SECONDS = 60


@contextmanager
def load(server: Server, clients: int = 3) -> Iterator[Counter[int | str]]:
    """Requests without a pause, until the block ends; the counts are complete then."""
    results: Counter[int | str] = Counter()
    stop, lock = threading.Event(), threading.Lock()

    def send() -> None:
        while not stop.is_set():
            try:
                result: int | str = server.ask("POST", "/v1/claims", EXAMPLE, **{"Content-Type": "application/json"})[0]
            except OSError as error:
                result = type(error).__name__
            with lock:
                results[result] += 1

    threads = [threading.Thread(target=send) for _ in range(clients)]
    for thread in threads:
        thread.start()
    try:
        yield results
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def scrape(port: int) -> float:
    """How many requests the server on metrics port ``port`` has counted; 0 where none answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
            families = list(text_string_to_metric_families(answer.read().decode()))
    except OSError:
        return 0
    return sum(
        sample.value for family in families for sample in family.samples if sample.name == "kroscek_requests_total"
    )


def answered(results: Counter[int | str]) -> int:
    return results[200]


def test_all_workers_are_replaced_without_a_request_lost(tmp_path: Path) -> None:
    with run(tmp_path, workers=2, max_waiting=16) as server:
        wait_for(lambda: len(server.workers) == 2)
        before = set(server.workers)
        with load(server) as results:
            wait_for(lambda: answered(results) >= 5)
            server.process.send_signal(signal.SIGHUP)
            wait_for(lambda: not before & set(server.workers) and len(server.workers) == 2)
            enough = answered(results) + 10
            wait_for(lambda: answered(results) >= enough)
    assert set(results) == {200}


def test_the_whole_server_is_replaced_without_a_request_lost(tmp_path: Path) -> None:
    """USR2 starts a second server of the code as it is now on the same port; TERM then ends the first."""
    port = find_port()
    with run(tmp_path, workers=1, max_waiting=20, metrics_port=port) as server:
        workers = set(server.workers)
        second = 0
        try:
            with load(server) as results:
                wait_for(lambda: answered(results) >= 5)
                server.process.send_signal(signal.SIGUSR2)
                wait_for(lambda: len(set(server.workers) - workers) == 1)
                (second,) = set(server.workers) - workers
                wait_for(lambda: bool(Path(f"/proc/{second}/task/{second}/children").read_text(encoding="ascii")))
                server.process.send_signal(signal.SIGTERM)
                assert server.process.wait(_PATIENCE_SECONDS) == 0
                enough = answered(results) + 10
                wait_for(lambda: answered(results) >= enough)
            assert set(results) == {200}
            # the second one counts for itself, once the first has left the port
            wait_for(lambda: scrape(port) >= 10)
        finally:
            if second:
                with suppress(ProcessLookupError):
                    os.kill(second, signal.SIGTERM)
                wait_for(lambda: not Path(f"/proc/{second}/exe").exists())
