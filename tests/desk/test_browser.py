"""The desk page in a real browser: headless Chromium, driven by the scripts beside this file."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from service import keys
from service.app import create_app
from service.settings import Settings
from tests.serving import serve

FOLDER = Path(__file__).parent
SCRIPTS = sorted(path.name for path in FOLDER.glob("*.test.mjs"))
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def install_driver() -> None:
    """Install what drives the browser, once where several processes share the tests; skip where npm cannot."""
    with (FOLDER / "package.json").open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if (FOLDER / "node_modules" / ".package-lock.json").exists():
            return
        install = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        if subprocess.run(install, cwd=FOLDER, check=False, timeout=300).returncode != 0:
            pytest.skip("npm cannot install what drives the browser")


@pytest.fixture(scope="module")
def environment() -> Iterator[dict[str, str]]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not on this machine")
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("Node.js with npm is not on this machine")
    install_driver()
    key, entry = keys.make("desk")
    quiet = {"log_level": "error", "max_article_characters": 50_000}
    with (
        serve(create_app(Settings(**quiet))) as port,  # type: ignore[arg-type]
        serve(create_app(Settings(**quiet, api_keys=entry))) as guarded,  # type: ignore[arg-type]
    ):
        yield os.environ | {
            "CHROMIUM": CHROMIUM,
            "KROSCEK_URL": f"http://127.0.0.1:{port}/",
            "KROSCEK_GUARDED_URL": f"http://127.0.0.1:{guarded}/",
            "KROSCEK_KEY": key,
        }


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_page_in_a_browser(environment: dict[str, str], script: str) -> None:
    command = ["node", "--test", "--test-timeout=240000", "--test-reporter=spec", script]
    done = subprocess.run(
        command, cwd=FOLDER, env=environment, check=False, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2_000:]
    # a script in which nothing ran shows nothing
    assert "✔" in done.stdout
