"""Writes the contract out: ``python -m service.contract`` writes ``openapi.yaml``.

With ``--examples`` the example answers are first made anew by the pipeline as it is.
"""

from __future__ import annotations

import argparse
import json
from http import HTTPStatus
from pathlib import Path

import service
from service import api
from service.api import examples
from service.api.specification import Specification
from service.app import create_app
from service.settings import Settings

FILE = Path(service.__file__).parent.parent / "openapi.yaml"


def write_specification(file: Path = FILE) -> None:
    """Write the contract under the default settings to ``file``."""
    file.write_text(Specification(api.RESOURCES, Settings()).as_yaml, encoding="utf-8")


def write_examples() -> None:
    """Ask the service for the answers to the example requests, and keep them."""
    client = create_app(Settings(log_level="warning")).test_client()
    paths = {operation.name: operation.path for resource in api.RESOURCES for operation in resource.operations}
    answers = {name: client.post(paths[name], json=examples.request(name)) for name in examples.OPERATIONS}
    refused = [name for name, answer in answers.items() if answer.status_code != HTTPStatus.OK]
    if refused:
        raise SystemExit(f"no answer to the example of {', '.join(refused)}")
    for name, answer in answers.items():
        text = json.dumps(answer.get_json(), ensure_ascii=False, indent=1)
        (examples.FOLDER / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")


def main() -> None:
    """Write what the arguments ask for."""
    parser = argparse.ArgumentParser(description="Write openapi.yaml.")
    parser.add_argument("--examples", action="store_true", help="make the example answers anew first")
    if parser.parse_args().examples:
        write_examples()
        examples.forget()
    write_specification()


if __name__ == "__main__":
    main()
