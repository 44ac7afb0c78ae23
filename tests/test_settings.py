from __future__ import annotations

import re
from pathlib import Path

import pytest

from service.settings import Settings, SettingsError, describe, read


def test_without_variables_the_defaults_hold() -> None:
    assert read({}) == Settings()


def test_variables_are_read_as_their_types() -> None:
    settings = read({"KROSCEK_PORT": " 9000 ", "KROSCEK_LOG_LEVEL": "error", "HOME": "/root"})
    assert (settings.port, settings.log_level) == (9000, "error")


@pytest.mark.parametrize(
    ("environment", "port"),
    [({"PORT": "9"}, 9), ({"PORT": "9", "KROSCEK_PORT": "8"}, 8), ({"PORT": "x", "KROSCEK_PORT": "8"}, 8)],
)
def test_port_stands_in_for_its_longer_name(environment: dict[str, str], port: int) -> None:
    assert read(environment).port == port


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KROSCEK_PORT", "0x10"),
        ("KROSCEK_PORT", "0"),
        ("KROSCEK_PORT", "65536"),
        ("KROSCEK_PORT", ""),
        ("KROSCEK_PORT", "80.5"),
        ("KROSCEK_HOST", ""),
        ("KROSCEK_LOG_LEVEL", "loud"),
        ("KROSCEK_LANGUAGE", "../id"),
        ("KROSCEK_MAX_ARTICLES", "0"),
        ("KROSCEK_MAX_BODY_BYTES", "-1"),
        ("KROSCEK_ANONYMOUS", "perhaps"),
        ("KROSCEK_DEADLINE_SECONDS", "nan"),
        ("KROSCEK_REDIS_URL", "localhost:6379"),
        ("KROSCEK_RATE_LIMIT_FAILURE", "ajar"),
        ("KROSCEK_PROT", "8000"),
        ("KROSCEK_port", "x"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name.upper()):
        read({name: value})


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "127.0.0.1:8000"), ("localhost", "localhost:8000"), ("::1", "[::1]:8000"), ("[::]", "[::]:8000")],
)
def test_addresses_are_written_as_sockets_want_them(host: str, address: str) -> None:
    assert Settings(host=host).address == address


def test_every_setting_is_described() -> None:
    table = describe()
    for name in Settings.__struct_fields__:
        assert f"`KROSCEK_{name.upper()}`" in table


def test_every_setting_is_documented_with_its_default_and_meaning() -> None:
    page = (Path(__file__).parents[1] / "docs" / "operations.md").read_text(encoding="utf-8")
    assert [row for row in describe().splitlines() if row not in page] == []
    documented = set(re.findall(r"^\| `KROSCEK_([A-Z_]+)` \|", page, re.MULTILINE))
    assert documented == {name.upper() for name in Settings.__struct_fields__}
