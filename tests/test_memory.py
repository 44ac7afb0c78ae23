"""How the server's processes take memory."""

from __future__ import annotations

import os
import platform
import subprocess
import sys

import pytest

_COUNT_HEAPS = """
import threading
from pathlib import Path
from service import memory
{prepare}
blocks = []
barrier = threading.Barrier(6)
def take():
    barrier.wait()
    for _ in range(200):
        blocks.append(bytearray(2_000))
    barrier.wait()
threads = [threading.Thread(target=take) for _ in range(6)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
# glibc lays the heaps of threads on multiples of 64 MiB
starts = [int(line.split("-")[0], 16) for line in Path("/proc/self/maps").read_text().splitlines()]
print(sum(start % (64 << 20) == 0 for start in starts))
"""


def count_heaps(prepare: str) -> int:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MALLOC_")}
    code = _COUNT_HEAPS.format(prepare=prepare)
    counted = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True, env=kept)
    return int(counted.stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries are left as they are")
def test_threads_share_one_heap() -> None:
    assert count_heaps("") > count_heaps("assert memory.prepare()")


_COUNT_COLLECTIONS = """
import gc
from service import memory
{prepare}
before = sum(generation["collections"] for generation in gc.get_stats())
made = [{{}} for _ in range(5_000)]
print(sum(generation["collections"] for generation in gc.get_stats()) - before, gc.get_freeze_count())
"""


def count_collections(prepare: str) -> tuple[int, int]:
    code = _COUNT_COLLECTIONS.format(prepare=prepare)
    counted = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    collections, frozen = map(int, counted.stdout.split())
    return collections, frozen


def test_the_collector_leaves_alone_what_is_loaded_and_looks_seldom_at_what_is_new() -> None:
    often, none = count_collections("")
    seldom, loaded = count_collections("memory.collect_seldom()")
    assert often > 4
    assert seldom <= often // 2
    assert none == 0
    assert loaded > 1_000
