"""Requests generated from the contract, tried in a process of their own.

Schemathesis makes the cases when it is collected, which takes longer than all other tests together; where several
processes share the tests, each would do so.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

MODULE = Path(__file__).with_name("generated_requests.py")


def test_generated_requests_keep_the_contract() -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(MODULE)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=MODULE.parents[2])
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2_000:]
    # nothing passes where nothing was generated
    assert "generated requests (" in done.stdout
