"""What a score was computed from: without it, two scores cannot be compared (Post 2018, "A Call for Clarity")."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from service import provenance

_DIGITS = 12
_RULES = ("annotations.py", "conflicts.py", "gold.py", "metrics.py")


def sign(folders: Sequence[Path]) -> dict[str, str]:
    """Digests of the clusters' data and of the matching rules, and the versions of what was scored."""
    here = Path(__file__).parent
    scored = provenance.describe()
    return {
        "data": _digest(file for folder in folders for file in _files(folder)),
        "matching": _digest(here / name for name in _RULES),
        "service": scored.service,
        "rules": scored.rules,
        "models": ",".join(f"{name}={digest}" for name, digest in sorted(scored.models.items())),
    }


def _files(folder: Path) -> list[Path]:
    return [folder / "cluster.json", *sorted((folder / "articles").glob("*.txt"))]


def _digest(files: Iterable[Path]) -> str:
    contents = sorted(f"{file.name} {hashlib.sha256(file.read_bytes()).hexdigest()}" for file in files)
    return hashlib.sha256("\n".join(contents).encode()).hexdigest()[:_DIGITS]
