from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import pytest

from service import keys
from service.keys import Keyring
from service.settings import Settings, SettingsError, check


def settings(**given: Any) -> Settings:
    return Settings(**given)


def test_a_key_is_known_by_its_digest_alone() -> None:
    key, entry = keys.make("desk")
    assert key.startswith("kroscek_")
    assert len(key) == len("kroscek_") + 43  # 256 bits in base64
    assert key not in entry
    assert entry == f"desk={hashlib.sha256(key.encode()).hexdigest()}"
    found = Keyring(settings(api_keys=entry)).find(key)
    assert found is not None
    assert found.name == "desk"
    assert keys.make("desk")[0] != key


def test_several_keys_are_valid_at_once_also_of_one_name() -> None:
    made = [keys.make(name) for name in ("desk", "desk", "wire")]
    ring = Keyring(settings(api_keys=" ".join(entry for _, entry in made)))
    found = [ring.find(key) for key, _ in made]
    assert [key.name for key in found if key] == ["desk", "desk", "wire"]
    assert len({key.id for key in found if key}) == 3


@pytest.mark.parametrize(
    "change", [str.upper, lambda key: key[:-1], lambda key: key + "x", lambda key: "", str.swapcase]
)
def test_what_is_nearly_a_key_is_none(change: Any) -> None:
    key, entry = keys.make("desk")
    assert Keyring(settings(api_keys=entry)).find(change(key)) is None


@pytest.mark.parametrize("entry", ["desk", "desk=", "=" + "0" * 64, "desk=" + "0" * 63, "desk=" + "G" * 64, "d sk=1"])
def test_entries_of_another_form_are_refused_without_being_shown(entry: str) -> None:
    with pytest.raises(SettingsError, match=r"KROSCEK_API_KEYS, line 2") as refused:
        Keyring(settings(api_keys=f"# secret\n{entry}"))
    assert entry.strip("=") not in str(refused.value)


@pytest.mark.parametrize("name", ["", "two words", "a=b", "é", "x" * 65])
def test_names_of_another_form_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        keys.make(name)


def write(file: Path, *entries: str) -> None:
    file.write_text("\n".join(["# keys", *entries, ""]), encoding="utf-8")
    later = os.stat(file).st_mtime_ns + 1_000_000  # as if some time had passed
    os.utime(file, ns=(later, later))


def test_keys_come_and_go_with_their_file(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    (old, old_entry), (new, new_entry) = keys.make("desk"), keys.make("desk")
    write(file, old_entry)
    ring = Keyring(settings(api_keys_file=str(file)))
    assert ring.find(old)
    assert not ring.find(new)
    write(file, old_entry, f"{new_entry}  # since Monday")
    assert ring.find(old)
    assert ring.find(new)
    write(file, new_entry)
    assert not ring.find(old)
    assert ring.find(new)


def test_a_file_that_breaks_or_goes_away_leaves_the_keys_as_they_were(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    key, entry = keys.make("desk")
    write(file, entry)
    ring = Keyring(settings(api_keys_file=str(file)))
    write(file, "desk=oops, and more")
    assert ring.find(key)
    file.unlink()
    assert ring.find(key)
    other, other_entry = keys.make("wire")
    write(file, other_entry)
    assert ring.find(other)
    assert not ring.find(key)


@pytest.mark.parametrize("content", [None, "", "# none\n"])
def test_a_file_without_a_key_stops_the_start(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "keys"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError, match="KROSCEK_API_KEYS_FILE"):
        Keyring(settings(api_keys_file=str(file)))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "localhost", "::1", "[::1]"])
def test_loopback_needs_no_key(host: str) -> None:
    check(settings(host=host))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.1.2.3", "kroscek.example", "127.0.0.1.example"])
def test_other_hosts_need_a_key_or_the_word_anonymous(host: str) -> None:
    with pytest.raises(SettingsError, match="KROSCEK_ANONYMOUS"):
        check(settings(host=host))
    check(settings(host=host, anonymous=True))
    check(settings(host=host, api_keys=keys.make("desk")[1]))
