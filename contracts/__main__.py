"""``python -m contracts`` holds ``openapi.yaml`` against the contract of the last release.

It prints each change that breaks clients, and exits 1 where there is one and the version does not say so: by semantic
versioning a higher major version does, or, before 1.0, a higher minor one. ``--release`` makes today's contract that of
the last release, which is done with each release and at no other time.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import yaml

from contracts.comparison import find_breaches

ROOT = Path(__file__).parents[1]
CURRENT = ROOT / "openapi.yaml"
RELEASED = Path(__file__).parent / "released.yaml"


def main() -> None:
    """Compare, or keep today's contract as released."""
    parser = argparse.ArgumentParser(description="Hold a contract against that of the last release.")
    parser.add_argument("--current", type=Path, default=CURRENT)
    parser.add_argument("--released", type=Path, default=RELEASED)
    parser.add_argument("--release", action="store_true", help="make today's contract that of the last release")
    options = parser.parse_args()
    current = yaml.safe_load(options.current.read_bytes())
    if options.release:
        text = yaml.safe_dump(strip_examples(current), sort_keys=False, allow_unicode=True, width=120)
        options.released.write_text(text, encoding="utf-8")
        return
    released = yaml.safe_load(options.released.read_bytes())
    before, after = released["info"]["version"], current["info"]["version"]
    breaches = find_breaches(released, current)
    for breach in breaches:
        print(breach)
    if breaches and not announces(before, after):
        sys.exit(f"{len(breaches)} changes break clients of {before}; version {after} does not say so")
    print(f"{after} against {before}: {len(breaches)} changes that break clients")


def announces(before: str, after: str) -> bool:
    """Whether going from version ``before`` to ``after`` tells clients that something may break for them."""
    (old_major, old_minor), (major, minor) = ([int(part) for part in text.split(".")[:2]] for text in (before, after))
    return (major, minor) > (old_major, old_minor) if old_major == 0 else major > old_major


def strip_examples(value: Any) -> Any:
    """``value`` without examples, which are long and which nobody's program depends on."""
    if isinstance(value, dict):
        # a member of a schema may itself be named so, and is then a schema under "properties"
        return {
            name: {key: strip_examples(member) for key, member in inner.items()}
            if name == "properties"
            else strip_examples(inner)
            for name, inner in value.items()
            if name not in {"example", "examples"}
        }
    return [strip_examples(inner) for inner in value] if isinstance(value, list) else value


if __name__ == "__main__":
    main()
