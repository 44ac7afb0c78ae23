"""Cases as data: ``load("id", "document")`` reads ``tests/specs/id/document.yaml``."""

from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
# many times as quick as the one in Python, where libyaml is there
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load(code: str, name: str) -> Any:
    return parse((FOLDER / code / f"{name}.yaml").read_bytes())


def parse(content: bytes | str) -> Any:
    """YAML as plain values."""
    return yaml.load(content, Loader=_LOADER)
