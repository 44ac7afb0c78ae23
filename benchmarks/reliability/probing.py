"""``python -m benchmarks.reliability.probing PORT PROBES SECONDS``: ask for the health of a server, evenly over a time.

A process of its own, as what watches a server is one: threads of the clients that press it would be in its way, and
what it measured would in part be waiting for them. It prints a JSON list of [status or reason, seconds].
"""

from __future__ import annotations

import json
import subprocess
import sys
import time

from benchmarks.reliability import clients

_PATHS = ("/livez", "/readyz")


def start(port: int, probes: int, seconds: float) -> subprocess.Popen[bytes]:
    """A process that probes ``port``; ``read`` waits for it."""
    command = [sys.executable, "-m", "benchmarks.reliability.probing", str(port), str(probes), str(seconds)]
    return subprocess.Popen(command, cwd=clients.ROOT, stdout=subprocess.PIPE)


def read(process: subprocess.Popen[bytes]) -> list[clients.Outcome]:
    """What the process found."""
    output, _ = process.communicate()
    return [clients.Outcome(result, seconds) for result, seconds in json.loads(output)]


def main() -> None:
    """Probe, and print what was found."""
    port, probes, seconds = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    began, found = time.monotonic(), []
    for number in range(probes):
        time.sleep(max(0.0, began + number * seconds / probes - time.monotonic()))
        outcome = clients.ask(port, None, _PATHS[number % len(_PATHS)])
        found.append((outcome.result, outcome.seconds))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
