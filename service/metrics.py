"""What the service counts and times, for Prometheus; no word of an article and no name of a client is among it.

With several processes each keeps its numbers in files of a folder (``PROMETHEUS_MULTIPROC_DIR``), which must be named
before this module is loaded, and which ``serve`` adds up. Without, they are those of this process.
"""

from __future__ import annotations

import os
import threading
import time
from collections import Counter as Tally
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_METHODS = {"GET", "HEAD", "POST", "OPTIONS"}
_REQUEST_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_STAGE_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
_RETRY_SECONDS = 0.5
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
_MEMORY = Path("/proc/self/statm")

REQUESTS = Counter("kroscek_requests", "Requests answered.", ("route", "method", "status"))
REQUEST_SECONDS = Histogram(
    "kroscek_request_seconds", "Time from a request's header to its answer.", ("route",), buckets=_REQUEST_BUCKETS
)
STAGE_SECONDS = Histogram(
    "kroscek_stage_seconds", "Time of a stage over the articles of a request.", ("stage",), buckets=_STAGE_BUCKETS
)
ARTICLES = Counter("kroscek_articles", "Articles that were to be analysed.")
CHARACTERS = Counter("kroscek_characters", "Their length in Unicode code points.")
ENTITIES = Counter("kroscek_entities", "Entities in answers.", ("type",))
CLAIMS = Counter("kroscek_claims", "Claims in answers.", ("form",))
CONFLICTS = Counter("kroscek_conflicts", "Conflicts in answers.", ("type", "status"))
AGREEMENTS = Counter("kroscek_agreements", "Agreements in answers.")
SHED = Counter("kroscek_shed", "Requests sent away for there was too much to do.", ("reason",))
DEADLINES = Counter("kroscek_deadlines", "Analyses given up for their time was over.", ("stage",))
UNCOUNTED = Counter("kroscek_uncounted", "Requests that could not be counted against a limit.")
WORKING = Gauge("kroscek_working", "Requests that are analysed now.", multiprocess_mode="livesum")
WAITING = Gauge("kroscek_waiting", "Requests that wait for their turn now.", multiprocess_mode="livesum")
MEMORY = Gauge("kroscek_worker_memory_bytes", "Memory that a worker has mapped.", multiprocess_mode="liveall")


def observe_request(route: str | None, method: str, status: int, seconds: float, counts: Mapping[str, int]) -> None:
    """Count a request that was answered, with the articles and characters that it held."""
    place = route or "none"
    REQUESTS.labels(place, method if method in _METHODS else "other", str(status)).inc()
    REQUEST_SECONDS.labels(place).observe(seconds)
    ARTICLES.inc(counts.get("articles", 0))
    CHARACTERS.inc(counts.get("characters", 0))
    if _MEMORY.exists():
        MEMORY.set(int(_MEMORY.read_text(encoding="ascii").split()[1]) * _PAGE_BYTES)


def observe_stages(seconds: Mapping[str, float]) -> None:
    """Keep how long each stage of a request took."""
    for stage, elapsed in seconds.items():
        STAGE_SECONDS.labels(stage).observe(elapsed)


def count_answer(message: Mapping[str, Any]) -> None:
    """Count what an answer holds."""
    documents: Sequence[Mapping[str, Any]] = message.get("documents", ())
    for kind, count in Tally(entity["type"] for item in documents for entity in item["entities"]).items():
        ENTITIES.labels(kind).inc(count)
    for form, count in Tally(claim["form"] for item in documents for claim in item.get("claims", ())).items():
        CLAIMS.labels(form).inc(count)
    for labels, count in Tally((found["type"], found["status"]) for found in message.get("conflicts", ())).items():
        CONFLICTS.labels(*labels).inc(count)
    AGREEMENTS.inc(len(message.get("agreements", ())))


def report_load(working: int, waiting: int) -> None:
    """Keep how many requests are at work in this process and how many wait."""
    WORKING.set(working)
    WAITING.set(waiting)


def serve(host: str, port: int, wait: bool = False) -> None:
    """Answer Prometheus on ``port``, in a thread of this process, with the sums over all processes of the folder.

    With ``wait`` it does so once the port is free; else raises OSError where it is not.
    """
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    if wait:
        threading.Thread(target=_serve_once_free, args=(host, port, registry), daemon=True).start()
    else:
        start_http_server(port, host, registry)


def _serve_once_free(host: str, port: int, registry: CollectorRegistry) -> None:
    while True:
        try:
            start_http_server(port, host, registry)
        except OSError:
            time.sleep(_RETRY_SECONDS)
        else:
            return


def prepare_folder(folder: Path) -> None:
    """Empty ``folder`` of what an earlier run left: its numbers would be added to those of this one."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in folder.glob("*.db"):
        file.unlink()


def forget_process(pid: int) -> None:
    """Take the gauges of a process that has ended out of the sums; its counters stay."""
    mark_process_dead(pid)  # type: ignore[no-untyped-call]
