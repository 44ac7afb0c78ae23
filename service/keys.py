"""API keys: who may ask, and how the service knows them without keeping what they know.

A key is 256 random bits, and the service keeps its SHA-256. A password needs a slow hash, because people choose
passwords that can be guessed; nobody guesses 256 random bits, so a fast hash gives nothing away and costs no request
anything. Several keys may bear one name, so that a new one is handed out before the old one is taken away.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

import structlog

from service.settings import Settings, SettingsError

PREFIX = "kroscek_"  # what scanners for leaked secrets can look for
LONGEST_KEY = 200
_NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")
_DIGEST = re.compile(r"[0-9a-f]{64}")

_log = structlog.get_logger("kroscek")


@dataclass(frozen=True, slots=True)
class Key:
    """A key by the SHA-256 of its characters; ``name`` is its holder's, in logs and rate limits."""

    name: str
    digest: bytes

    @property
    def id(self) -> str:
        """Eight hexadecimal digits that tell keys of one name apart in the logs."""
        return self.digest.hex()[:8]


def make(name: str) -> tuple[str, str]:
    """A new key for ``name``, and the entry by which the service knows it; raises ValueError for another name."""
    if not _NAME.fullmatch(name):
        raise ValueError("a name has 1 to 64 letters, digits, dots, dashes and underscores")
    key = PREFIX + secrets.token_urlsafe(32)
    return key, f"{name}={hashlib.sha256(key.encode()).hexdigest()}"


def parse(text: str, origin: str) -> tuple[Key, ...]:
    """The keys of ``NAME=DIGEST`` entries between white space, with comments from ``#`` to the end of a line.

    Raises SettingsError that names ``origin`` and the line, never what stands there: it may be a key by mistake.
    """
    keys = []
    for number, line in enumerate(text.splitlines(), start=1):
        for entry in line.partition("#")[0].split():
            name, _, digest = entry.partition("=")
            if not _NAME.fullmatch(name) or not _DIGEST.fullmatch(digest):
                raise SettingsError(f"{origin}, line {number}: an entry that is not NAME=DIGEST as `kroscek key` makes")
            keys.append(Key(name, bytes.fromhex(digest)))
    return tuple(keys)


class Keyring:
    """The keys of the settings. Those of the file are read anew when it changes, so that keys come and go without a
    restart; a file that cannot be read leaves the keys as they were, and the log says so.
    """

    def __init__(self, settings: Settings) -> None:
        self._given = parse(settings.api_keys, "KROSCEK_API_KEYS")
        self._file = Path(settings.api_keys_file) if settings.api_keys_file else None
        self._seen: object = None
        self._read: tuple[Key, ...] = ()
        if self._file is not None:
            try:
                self._seen = _state_of(self._file)
                self._read = _read(self._file)
            except (OSError, UnicodeDecodeError) as error:
                raise SettingsError(f"KROSCEK_API_KEYS_FILE: {type(error).__name__}") from error
        if self.is_configured and not self._given + self._read:
            raise SettingsError("KROSCEK_API_KEYS_FILE: the file holds no key")

    @property
    def is_configured(self) -> bool:
        """Whether the settings speak of keys at all."""
        return bool(self._given) or self._file is not None

    def find(self, presented: str) -> Key | None:
        """The key that ``presented`` is, in a time that does not depend on which one it nearly is."""
        digest = hashlib.sha256(presented[:LONGEST_KEY].encode("utf-8", "replace")).digest()
        found = None
        for key in self._given + self._renew():
            if hmac.compare_digest(key.digest, digest):
                found = key
        return found

    def _renew(self) -> tuple[Key, ...]:
        if self._file is None:
            return ()
        try:
            state = _state_of(self._file)
            if state != self._seen:
                self._seen = state
                self._read = _read(self._file)
                _log.info("keys read", keys=len(self._read))
        except (OSError, UnicodeDecodeError, SettingsError) as error:
            if self._seen is not None:
                _log.error("keys not read, the earlier ones stay", exc_info=error)
            self._seen = None if isinstance(error, OSError) else self._seen
        return self._read


def _state_of(file: Path) -> object:
    found = os.stat(file)
    return found.st_mtime_ns, found.st_size, found.st_ino


def _read(file: Path) -> tuple[Key, ...]:
    return parse(file.read_text(encoding="utf-8"), str(file))
