"""The audit tells a finding from a clean bill, and both from not having been able to ask."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.deploy.servers import ROOT


@pytest.mark.parametrize(
    ("said", "status", "expected"),
    [
        ("No known vulnerabilities found", 0, 0),
        ("Found 2 known vulnerabilities in 1 package\nName Version ID\nflask 0.1 GHSA-1", 1, 1),
        ("ERROR:pip_audit._cli:Failed to connect to the service", 1, 3),
        (
            "No known vulnerabilities found\nflask Dependency not found and could not be audited: flask (3)",
            0,
            3,
        ),
        ("Found 1 known vulnerability in 1 package\nflask could not be audited: flask (3)", 1, 1),
    ],
)
def test_the_audit_exits_by_what_it_learned(tmp_path: Path, said: str, status: int, expected: int) -> None:
    asked = tmp_path / "pip-audit"
    asked.write_text(f"#!/bin/sh\ncat <<'END'\n{said}\nEND\nexit {status}\n", encoding="utf-8")
    asked.chmod(0o755)
    environment = {**os.environ, "AUDIT": str(asked)}
    audit = [str(ROOT / "deploy" / "audit.sh"), "requirements/service.txt"]
    assert subprocess.run(audit, env=environment, capture_output=True, check=False).returncode == expected
