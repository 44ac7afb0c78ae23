"""How the processes of the server ask the system for memory, so that many threads do not each keep a heap of their own.

glibc gives threads up to eight heaps (arenas) a core. Each keeps what its largest request needed, though only one
thread at a time runs Python, and so a worker goes on growing long after it has met all that it needs. Sizes that are
handed back to the system at once, and huge pages that the kernel puts in the place of pages that workers share, add
to that. Figures: docs/operations.md.
"""

from __future__ import annotations

import ctypes
import gc
import os

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8  # malloc.h of glibc
_HEAPS = 1
# Blocks from this size on go back to the system when they are freed. With glibc's first value, 128 KiB, the arrays of
# the tagger would be mapped anew for each sentence, which costs a tenth of the time; glibc itself raises it to 32 MiB.
_LARGE_BYTES = 1 << 20
# Objects that are made before the garbage collector looks at the new ones; Python's own 700 are a few sentences' worth.
_NEW_OBJECTS = 2_000


def prepare() -> bool:
    """Set this process, and those forked from it, up to keep little memory; whether its C library can be told.

    To be called before numpy is loaded and before threads are started.
    """
    # the kernel would copy pages that all workers share into a huge page of one worker's own
    os.environ.setdefault("NUMPY_MADVISE_HUGEPAGE", "0")
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError):  # musl, macOS: other allocators, which do without
        return False
    mallopt.argtypes, mallopt.restype = (ctypes.c_int, ctypes.c_int), ctypes.c_int
    wanted = {_M_ARENA_MAX: _HEAPS, _M_MMAP_THRESHOLD: _LARGE_BYTES, _M_TRIM_THRESHOLD: _LARGE_BYTES}
    taken = [mallopt(option, value) for option, value in wanted.items()]
    return all(taken)


def collect_seldom() -> None:
    """Have the garbage collector leave alone what this process has loaded, and look at new objects less often.

    To be called when all is loaded, and again when more is; in the server before the fork, so that pages stay shared.
    What a request makes lives until its answer is written and hardly ever lies in a cycle.
    """
    # what loading left behind would be kept for good
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS)
