"""The commands as a person runs them, on the real pipeline."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.app import create_app
from service.commands import main
from service.commands.articles import read_articles
from service.keys import Keyring
from service.settings import Settings
from tests.serving import post, serve

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "kapal-selat-bali"


def run(*arguments: object):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def port():
    with serve(create_app(Settings(log_level="error"))) as number:
        yield number


def test_json_is_byte_for_byte_the_answer_of_the_service(port):
    status, answer = post(port, "/v1/analyses", read_articles([EXAMPLE]).body)
    assert status == 200
    assert run("analyze", "--json", EXAMPLE).stdout_bytes == answer


def test_a_request_file_gives_the_answer_of_the_service_to_that_file(port, tmp_path):
    request = tmp_path / "request.json"
    article = {
        "id": "a",
        "text": "Sebanyak 14 orang tewas di Cianjur, kata Kepala BPBD Rudi Hartono, Senin (5/1/2026).",
    }
    request.write_text(json.dumps({"articles": [article], "include": ["near_misses"]}, indent=2), encoding="utf-8")
    status, answer = post(port, "/v1/analyses", request.read_bytes(), **{"Accept-Language": "en"})
    assert status == 200
    assert run("analyze", "--json", "--language", "en", request).stdout_bytes == answer
    assert b'"near_misses"' in answer


def test_the_report_of_the_example_names_its_outlets():
    result = run("analyze", EXAMPLE)
    assert result.exit_code == 0
    assert "between 4 articles" in result.output
    for outlet in ("Nirwarta", "Kilat24.example", "Layar Blambangan", "Harian Sauh"):
        assert outlet in result.output


def test_a_refusal_names_the_file_and_the_fault(tmp_path):
    for folder in "ab":
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "same.txt").write_text("Hujan deras.", encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    result = run("analyze", tmp_path / "a" / "same.txt", tmp_path / "b" / "same.txt", tmp_path / "empty.txt")
    assert result.exit_code == 1
    assert f"{tmp_path / 'b' / 'same.txt'}: /id: An earlier article" in result.stderr
    assert f"{tmp_path / 'empty.txt'}: /text: " in result.stderr
    assert result.stdout == ""


def test_what_cannot_be_read_is_a_plain_error(tmp_path):
    (tmp_path / "a.json").write_bytes(b"{")
    result = run("analyze", tmp_path / "a.json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "a.json: The body is not JSON" in result.stderr
    assert run("analyze", tmp_path / "gone.txt").exit_code == 2
    assert run("evaluate", tmp_path).exit_code == 1


@pytest.mark.parametrize("variable", ["PORT", "KROSCEK_PORT"])
def test_serve_listens_where_it_is_told_and_ends_when_it_is_asked_to(variable):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KROSCEK_")}
    environment = kept | {variable: str(port), "KROSCEK_WORKERS": "1", "KROSCEK_LOG_LEVEL": "error"}
    server = subprocess.Popen([sys.executable, "-m", "service", "serve"], env=environment, cwd=ROOT)
    try:
        assert wait_for(f"http://127.0.0.1:{port}/readyz", server) == 200
        healthy = [sys.executable, str(ROOT / "deploy" / "healthcheck.py")]
        assert subprocess.run(healthy, env=environment, check=False).returncode == 0
        assert subprocess.run(healthy, env=environment | {variable: "1"}, check=False).returncode == 1
    finally:
        server.send_signal(signal.SIGTERM)
        assert server.wait(30) == 0


def wait_for(url: str, server: subprocess.Popen[bytes]) -> int:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return answer.status
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
    return 0


def test_a_key_is_made_with_the_entry_that_lets_it_in(tmp_path):
    result = run("key", "desk")
    assert result.exit_code == 0
    (_, key), (_, entry) = (line.split() for line in result.stdout.splitlines())
    assert Keyring(Settings(api_keys=entry)).find(key).name == "desk"

    file = tmp_path / "keys"
    keys = [run("key", name, "--add-to", file).stdout.split()[1] for name in ("desk", "wire")]
    assert file.stat().st_mode & 0o777 == 0o600
    assert [Keyring(Settings(api_keys_file=str(file))).find(key).name for key in keys] == ["desk", "wire"]
    assert not any(key in file.read_text() for key in keys)
    assert run("key", "two words").exit_code == 2


def test_serving_strangers_without_keys_is_refused_with_what_to_set(monkeypatch):
    monkeypatch.setenv("KROSCEK_HOST", "0.0.0.0")
    result = run("serve")
    assert result.exit_code == 1
    assert "KROSCEK_ANONYMOUS" in result.output


def test_files_are_analysed_also_where_the_environment_locks_the_server(monkeypatch):
    monkeypatch.setenv("KROSCEK_HOST", "0.0.0.0")
    monkeypatch.setenv("KROSCEK_API_KEYS", f"desk={'0' * 64}")
    assert run("analyze", "--json", EXAMPLE).exit_code == 0
