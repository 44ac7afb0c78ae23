"""``python -m docs.examples``: run the examples of README.md and of the docs, and write what they really print.

A block of ``sh``, ``python`` or ``js`` that is followed by a block of ``text`` or ``json`` is an example: the second is
what the first prints. Examples run in order, in the folder of the project, against the service on a free port of this
machine; the Python blocks of a page share their names. With ``--check`` nothing is written, and what differs is
printed.
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import io
import logging
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from werkzeug.serving import make_server

from service.app import create_app
from service.settings import Settings

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "docs/api.md", "docs/formats.md", "docs/recipes.md", "docs/operations.md")
_LINES = r"(?:(?!```).*\n)*"
_EXAMPLE = re.compile(
    rf"^```(?P<language>sh|python|js)\n(?P<code>{_LINES})```\n\n```(?:text|json)\n(?P<output>{_LINES})```$",
    re.MULTILINE,
)
_INTERPRETERS = {"sh": ["bash", "-e", "-c"], "js": ["node", "--input-type=module", "--eval"]}
_TOOLS = ("curl", "openssl")
_ADDRESS = "127.0.0.1:8000"
_DEADLINE_SECONDS = 120


class ExampleError(RuntimeError):
    """An example does not run."""


@dataclass(frozen=True, slots=True)
class Example:
    """One example of a page: its code, the output that the page shows, and where that stands."""

    language: str
    code: str
    output: str
    start: int
    end: int


def find_examples(text: str) -> list[Example]:
    """The examples of a page in order."""
    return [
        Example(match["language"], match["code"], match["output"], match.start("output"), match.end("output"))
        for match in _EXAMPLE.finditer(text)
    ]


def can_run(example: Example) -> bool:
    """Whether this machine has what the example needs beside Python."""
    needed = ["node"] if example.language == "js" else [tool for tool in _TOOLS if f"{tool} " in example.code]
    return all(shutil.which(tool) for tool in needed)


def refresh(text: str, port: int) -> str:
    """``text`` with the output of each of its examples as it really is; those that cannot run here are kept."""
    names: dict[str, Any] = {}
    parts, end = [], 0
    for example in find_examples(text):
        output = run(example, port, names) if can_run(example) else example.output
        parts += [text[end : example.start], output]
        end = example.end
    return "".join([*parts, text[end:]])


def run(example: Example, port: int, names: dict[str, Any]) -> str:
    """What ``example`` prints, without blanks at the ends of lines; raises ExampleError where it fails."""
    code = example.code.replace(_ADDRESS, f"127.0.0.1:{port}")
    out = _run_python(code, names) if example.language == "python" else _run([*_INTERPRETERS[example.language], code])
    lines = out.replace(f"127.0.0.1:{port}", _ADDRESS).splitlines()
    return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"


def _run_python(code: str, names: dict[str, Any]) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.chdir(ROOT):
        try:
            exec(compile(code, "<example>", "exec"), names)
        except Exception as error:
            raise ExampleError(f"{code}\n{error!r}") from error
    return out.getvalue()


def _run(command: list[str]) -> str:
    environment = {
        name: value for name, value in os.environ.items() if name not in {"COLUMNS", "MAKEFLAGS", "MAKELEVEL"}
    }
    environment["PATH"] = f"{Path(sys.executable).parent}:{environment['PATH']}"
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=_DEADLINE_SECONDS,
    )
    if done.returncode:
        raise ExampleError(f"{command[-1]}\n{done.stdout}{done.stderr}")
    return done.stdout


@contextlib.contextmanager
def serve() -> Iterator[int]:
    """The service on a free port, until the block ends."""
    app = create_app(Settings(log_level="error"))
    logging.getLogger("werkzeug").setLevel("ERROR")
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def main() -> int:
    """Refresh or check all pages."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a page is not current")
    options = parser.parse_args()
    stale = False
    with serve() as port:
        for name in PAGES:
            page = ROOT / name
            before = page.read_text(encoding="utf-8")
            after = refresh(before, port)
            if options.check:
                difference = list(
                    difflib.unified_diff(before.splitlines(), after.splitlines(), name, "really", lineterm="")
                )
                stale |= bool(difference)
                print("\n".join(difference), end="\n" if difference else "")
            elif after != before:
                page.write_text(after, encoding="utf-8")
                print(f"{name}: written")
    return int(stale)


if __name__ == "__main__":
    sys.exit(main())
