"""The only door to the linguistic data under ``service/languages/<code>/``.

Every file is decoded into a frozen ``msgspec.Struct`` that the stage which uses it defines. Unknown keys, missing
keys and wrong types are errors that name the file and the place in it; the Struct's ``__post_init__`` checks what a
type cannot say (regular expressions, duplicates).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import msgspec
import yaml

FOLDER = Path(__file__).parent
_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")

Data = TypeVar("Data")


class LanguageDataError(ValueError):
    """A data file is missing or not what its stage needs."""


def languages() -> tuple[str, ...]:
    """The codes of the languages that there is data for, sorted."""
    return tuple(sorted(folder.name for folder in FOLDER.iterdir() if (folder / "language.yaml").is_file()))


def path(code: str, name: str) -> Path:
    """The path of data file ``name`` of language ``code``; raises LanguageDataError where there is none."""
    if not _CODE.fullmatch(code):
        raise LanguageDataError(f"not a language code: {code!r}")
    file = FOLDER / code / name
    if not file.is_file():
        raise LanguageDataError(f"no data file {name!r} for language {code!r}")
    return file


@functools.cache
def load(code: str, name: str, kind: type[Data]) -> Data:
    """Data file ``<code>/<name>.yaml``, decoded as ``kind`` and frozen; read once a process.

    Raises LanguageDataError, with the file and the place in it, where the file does not fit ``kind``.
    """
    file = path(code, f"{name}.yaml")
    try:
        raw = yaml.load(file.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        return msgspec.convert(raw, kind, strict=True)
    except (msgspec.ValidationError, yaml.YAMLError, ValueError) as error:
        raise LanguageDataError(f"{code}/{file.name}: {error}") from error


@functools.cache
def lines(code: str, name: str) -> tuple[str, ...]:
    """The entries of list ``<code>/<name>``, one a line; blank lines and lines that open with ``#`` are skipped.

    Raises LanguageDataError where an entry stands twice.
    """
    entries = tuple(
        line.strip()
        for line in path(code, name).read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    )
    require_distinct(entries, f"{code}/{name}")
    return entries


def require_distinct(entries: Iterable[str], where: str) -> None:
    """Raise LanguageDataError where an entry stands twice."""
    seen: set[str] = set()
    for entry in entries:
        if entry in seen:
            raise LanguageDataError(f"{where}: {entry!r} stands twice")
        seen.add(entry)
