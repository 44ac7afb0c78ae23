"""Exit 0 where the service on this machine is ready, 1 where it is not; what the image's HEALTHCHECK runs."""

from __future__ import annotations

import os
import sys
import urllib.error
import urllib.request

_SECONDS = 2.5


def check(port: str) -> bool:
    """Whether ``/readyz`` on this machine's ``port`` answers 200 in time."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=_SECONDS) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError, ValueError):
        return False


if __name__ == "__main__":
    sys.exit(0 if check(os.environ.get("KROSCEK_PORT") or os.environ.get("PORT") or "8000") else 1)
