"""``python -m benchmarks.reliability``: run the trials, print what came of them, and keep it as data.

Exits 1 where a trial fails. Everything is on loopback; with the defaults it takes some minutes.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks import machine
from benchmarks.reliability import clients, faults, hostility, steadiness

RESULT = clients.ROOT / "benchmarks" / "results" / "reliability.json"


def main() -> None:
    """Run the trials that are named, or all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("trials", nargs="*", help="names of trials; all where none is given")
    parser.add_argument("--soak", type=int, default=20_000, help="requests of the soak")
    options = parser.parse_args()
    trials: dict[str, Callable[[], dict[str, Any]]] = {
        "concurrency": lambda: steadiness.try_concurrency(100),
        "recycling": lambda: steadiness.try_recycling(600),
        "killed_worker": lambda: faults.try_killed_worker(300),
        "stop": lambda: faults.try_stop(12),
        "restart": lambda: faults.try_restart(300),
        "redis": lambda: faults.try_redis(300),
        "full_disk": lambda: faults.try_full_disk(100),
        "saturation": lambda: hostility.try_saturation(seconds=20, probes=300),
        "slow_clients": lambda: hostility.try_slow_clients(slow=8, idle=100, requests=100),
        "hostile_bodies": hostility.try_hostile_bodies,
        "soak": lambda: steadiness.try_soak(options.soak),
    }
    unknown = sorted(set(options.trials) - set(trials))
    if unknown:
        parser.error(f"no such trial: {', '.join(unknown)}")
    kept = json.loads(RESULT.read_text(encoding="utf-8")) if RESULT.is_file() else {}
    failed = []
    for name in options.trials or trials:
        began = time.perf_counter()
        outcome = trials[name]()
        outcome["seconds"] = round(time.perf_counter() - began, 1)
        outcome["machine"] = machine.describe()
        kept[name] = outcome
        if not outcome["passed"]:
            failed.append(name)
        shown = {key: value for key, value in outcome.items() if key != "machine"}
        print(f"{'ok  ' if outcome['passed'] else 'FAIL'} {name}: {json.dumps(shown, ensure_ascii=False)}", flush=True)
        RESULT.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
