"""``python -m benchmarks.peers``: the service, Presidio's analyzer and a bare Flask server, one after the other.

Each has two workers that share what was loaded, and is asked for articles of the same number of words: Indonesian ones
for the service, an English one for Presidio. The ratios are what tells; the figures depend on the machine. A peer that
is not installed is left out, and the result says so. ``make bench-peers`` installs them in an environment of their own.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
from typing import Any

from benchmarks import machine, processes
from benchmarks.peers import load
from benchmarks.reliability import clients

ROOT = clients.ROOT
RESULT = ROOT / "benchmarks" / "results" / "peers.json"
PYTHON = ROOT / ".venv-peers" / "bin" / "python"
WORDS = 400
WORKERS = 2
GOALS = {"cpu_to_presidio": 1 / 3, "start_seconds": 2.0, "worker_uss_mib": 150.0, "p99_to_p50": 3.0}
_ENGLISH = """\
The harbour master of Port Elmsworth said on Tuesday that 14 crew members of the freighter Calder Venture had been
brought ashore after the ship ran aground on the northern breakwater during a storm. Two sailors, among them the
chief engineer Tomas Velle, 52, were taken to St Brigid's Hospital with broken bones. "They were cold and tired,
but everyone could walk to the boat except those two," Marian Oakes told reporters at the quay. According to the
shipping company Halvorsen Lines, the vessel carried 3,200 tonnes of timber from Riga to Bristol and about 90
tonnes of fuel oil. The Coastal Agency denied earlier reports that oil had leaked into the bay. Its director, Peter
Lindqvist, said that a surveillance aircraft had seen no trace of it by noon. Fishermen from the nearby village of
Hook disagreed and showed pictures of dark water near the reef. The ministry of transport in London will open an
inquiry next week. Insurance experts put the damage at 4.5 million pounds."""


def main() -> None:
    """Measure, print and keep what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--requests", type=int, default=400, help="requests a server and kind of load")
    options = parser.parse_args()
    article = _cut(" ".join(clients.read_texts()))
    body = json.dumps({"articles": [{"id": "a", "text": article, "language": "id"}]}).encode()
    servers: dict[str, Any] = {"kroscek": _measure_service(body, options.requests)}
    servers["flask_echo"] = _measure_peer("echo_server", "/v1/claims", body, options.requests)
    english = json.dumps({"text": _cut(f"{_ENGLISH}\n\n" * 4), "language": "en"}).encode()
    servers["presidio"] = _measure_peer("presidio_server", "/analyze", english, options.requests)
    result = {
        "words": WORDS,
        "workers": WORKERS,
        "requests": options.requests,
        "baseline_loop_ms": round(machine.time_baseline(15), 2),
        "servers": servers,
        "compared": _compare(servers),
        "machine": machine.describe(),
    }
    RESULT.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for name, found in servers.items():
        print(name, json.dumps(found))
    print(json.dumps(result["compared"], indent=1))


def _cut(text: str) -> str:
    """The first words of ``text``, the line breaks between them kept."""
    kept, words = [], 0
    for line in text.splitlines():
        fitting = line.split()[: WORDS - words]
        words += len(fitting)
        kept.append(" ".join(fitting))
    return "\n".join(kept).strip()


def _measure_service(body: bytes, requests: int) -> dict[str, Any]:
    with processes.serve(workers=WORKERS, max_waiting=20, threads=64, max_requests=0) as (server, port, seconds):
        processes.wait_for_children(server.pid, WORKERS)
        return {"start_seconds": round(seconds, 2), **load.measure(server.pid, port, "/v1/claims", body, requests)}


def _measure_peer(module: str, path: str, body: bytes, requests: int) -> dict[str, Any]:
    if not PYTHON.exists():
        return {"left_out": "not installed: make bench-peers"}
    importing = [str(PYTHON), "-c", f"import benchmarks.peers.{module}"]
    tried = subprocess.run(importing, cwd=ROOT, capture_output=True, check=False)
    if tried.returncode:
        return {"left_out": tried.stderr.decode(errors="replace").strip().splitlines()[-1]}
    port = processes.find_port()
    options = [
        "--bind",
        f"127.0.0.1:{port}",
        "--workers",
        str(WORKERS),
        "--threads",
        "4",
        "--preload",
        "--log-level",
        "error",
    ]
    command = [str(PYTHON), "-m", "gunicorn", *options, "--no-control-socket", f"benchmarks.peers.{module}:app"]
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    with processes.run(command, environment, port) as (server, seconds):
        processes.wait_for_children(server.pid, WORKERS)
        return {"start_seconds": round(seconds, 2), **load.measure(server.pid, port, path, body, requests)}


def _compare(servers: dict[str, Any]) -> dict[str, Any]:
    own = servers["kroscek"]
    found: dict[str, Any] = {
        "start_seconds": own["start_seconds"],
        "worker_uss_mib": max(memory["uss_mib"] for memory in own["each_worker"]),
        "p99_to_p50": own["at_70_percent_even_ms"]["p99_to_p50"],
        "p99_to_p50_at_random": own["at_70_percent_random_ms"]["p99_to_p50"],
    }
    for name in ("presidio", "flask_echo"):
        if "cpu_ms" in servers[name]:
            found[f"cpu_to_{name}"] = round(own["cpu_ms"] / servers[name]["cpu_ms"], 3)
    found["reached"] = {name: found[name] <= most for name, most in GOALS.items() if name in found}
    return found


if __name__ == "__main__":
    main()
