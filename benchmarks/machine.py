"""What a measurement ran on, and a loop of known work that measurements of other machines can be compared by."""

from __future__ import annotations

import os
import platform
import time
from collections import Counter
from pathlib import Path

import numpy

from service import provenance

_WORDS = ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh")
_ROUNDS = 100_000


def describe() -> dict[str, object]:
    """Processor, cores, Python, libraries, and the version of what is measured."""
    measured = provenance.describe()
    return {
        "processor": _processor(),
        "architecture": platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "numpy": numpy.__version__,
        "blas_threads": os.environ.get("OPENBLAS_NUM_THREADS", "unset"),
        "service": measured.service,
        "rules": measured.rules,
        "models": dict(measured.models),
    }


def time_baseline(repetitions: int) -> float:
    """CPU milliseconds of a fixed loop of what the pipeline does most: counting and slicing short strings."""
    return min(_time_loop() for _ in range(repetitions))


def _time_loop() -> float:
    began = time.process_time()
    counts: Counter[str] = Counter()
    for number in range(_ROUNDS):
        word = _WORDS[number % len(_WORDS)]
        counts[word[:-1] + word[-1].upper()] += len(word)
    return 1000 * (time.process_time() - began)


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or "unknown"
