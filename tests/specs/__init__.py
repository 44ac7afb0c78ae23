"""Cases as data: ``load("id", "document")`` reads ``tests/specs/id/document.yaml``."""

from pathlib import Path
from typing import Any

import yaml


def load(code: str, name: str) -> Any:
    return yaml.safe_load((Path(__file__).parent / code / f"{name}.yaml").read_text(encoding="utf-8"))
