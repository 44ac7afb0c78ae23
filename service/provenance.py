"""Which rules, linguistic data and models answer: digests that change when any of them does."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import service
from service.languages import loader

PIPELINE = Path(service.__file__).parent / "pipeline"
MODELS = Path(service.__file__).parent.parent / "models"
_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Provenance:
    """Versions of the service, of its rules with their linguistic data, and of each model by name."""

    service: str
    rules: str
    models: Mapping[str, str]


def describe(models: Path = MODELS) -> Provenance:
    """The provenance of the answers of this process; reads every file that it covers.

    A model is a folder or a file of ``models``; model cards and other prose are left out of its digest.
    """
    rules = [
        file
        for folder in (PIPELINE, loader.FOLDER)
        for file in folder.rglob("*")
        if file.is_file() and file.suffix != ".pyc"
    ]
    weights = sorted(entry for entry in models.iterdir() if entry.suffix != ".md") if models.is_dir() else []
    return Provenance(
        service.__version__,
        _digest(rules, PIPELINE.parent),
        {entry.name: _digest(_files(entry), models) for entry in weights},
    )


def _files(entry: Path) -> list[Path]:
    return [file for file in entry.rglob("*") if file.is_file() and file.suffix != ".md"] if entry.is_dir() else [entry]


def _digest(files: Iterable[Path], root: Path) -> str:
    digest = hashlib.sha256()
    for name, file in sorted((file.relative_to(root).as_posix(), file) for file in files):
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        digest.update(f"{name} {content}\n".encode())
    return digest.hexdigest()[:_DIGITS]
