"""Changes of the contract that break its clients are found, those that do not are not."""

from __future__ import annotations

import copy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from contracts.__main__ import CURRENT, RELEASED, announces, strip_examples
from contracts.comparison import find_breaches
from tests import specs

CONTRACT = specs.parse(RELEASED.read_bytes())
Change = Callable[[dict[str, Any], dict[str, Any]], Any]

BREAKING: list[tuple[str, Change]] = [
    (
        "/articles/*: object is refused now",
        lambda _, s: s["ArticlesRequest"]["properties"]["articles"].update(
            items={"anyOf": [{"type": "string"}, {"type": "array"}]}
        ),
    ),
    ("/v1/claims: the path is gone", lambda paths, _: paths.pop("/v1/claims")),
    ("POST /v1/claims: the operation is gone", lambda paths, _: paths["/v1/claims"].pop("post")),
    ("a key is needed now", lambda paths, _: paths["/v1/claims"]["post"].update(security=[{"apiKey": []}])),
    ("operationId was findClaims", lambda paths, _: paths["/v1/claims"]["post"].update(operationId="claims")),
    ("the answer 422 is gone", lambda paths, _: paths["/v1/claims"]["post"]["responses"].pop("422")),
    (
        "the query parameter depth is needed now",
        lambda paths, _: paths["/v1/claims"]["post"].update(
            parameters=[{"in": "query", "name": "depth", "required": True, "schema": {"type": "string"}}]
        ),
    ),
    (
        "application/json is gone",
        lambda paths, _: paths["/v1/claims"]["post"]["requestBody"].update(
            content={"text/plain": {"schema": {"type": "string"}}}
        ),
    ),
    ("/articles/*/title: the member is gone", lambda _, s: s["Article"]["properties"].pop("title")),
    ("/articles/*/language: the member is needed now", lambda _, s: s["Article"]["required"].append("language")),
    ("/articles/*/title: null is refused now", lambda _, s: s["Article"]["properties"]["title"].update(type="string")),
    ("/articles/*/text: maxLength was", lambda _, s: s["Article"]["properties"]["text"].update(maxLength=10)),
    ("/articles/*/id: minLength was", lambda _, s: s["Article"]["properties"]["id"].update(minLength=2)),
    ("/articles/*/id: pattern was", lambda _, s: s["Article"]["properties"]["id"].update(pattern="^a")),
    (
        "/articles/*/source: the alternatives of anyOf",
        lambda _, s: s["Article"]["properties"]["source"]["anyOf"].pop(),
    ),
    (
        "/include/*: near_misses is refused now",
        lambda _, s: s["ConflictsRequest"]["properties"]["include"]["items"].update(enum=["other"]),
    ),
    ("/entities/*/mentions: the member is gone", lambda _, s: s["Entity"]["properties"].pop("mentions")),
    ("/entities/*/name: the member may be absent now", lambda _, s: s["Entity"]["required"].remove("name")),
    ("/entities/*/name: null may come now", lambda _, s: s["Entity"]["properties"]["name"].update(type="null")),
    ("/entities/*/score: string may come now", lambda _, s: s["Entity"]["properties"]["score"].update(type="string")),
]  # fmt: skip
HARMLESS: list[tuple[str, Change]] = [
    (
        "another form of article beside the known one",
        lambda _, s: s["ArticlesRequest"]["properties"]["articles"].update(
            items={"anyOf": [{"type": "string"}, {"$ref": "#/components/schemas/Article"}]}
        ),
    ),
    ("a path", lambda paths, _: paths.update({"/v2/claims": paths["/v1/claims"]})),
    ("an optional member of a request", lambda _, s: s["Article"]["properties"].update(byline={"type": "string"})),
    ("a member of an answer", lambda _, s: s["Entity"]["properties"].update(gender={"type": "string"})),
    ("a longer text", lambda _, s: s["Article"]["properties"]["text"].update(maxLength=200_000)),
    ("an optional id", lambda _, s: s["Article"]["required"].remove("id")),
    ("another value", lambda _, s: s["ConflictsRequest"]["properties"]["include"]["items"]["enum"].append("a")),
    ("a sure member", lambda _, s: s["Entity"]["required"].append("references")),
    ("another description", lambda _, s: s["Entity"].update(description="Who or what is named.")),
    ("any id", lambda _, s: s["Article"]["properties"]["id"].pop("pattern")),
]  # fmt: skip


@pytest.mark.parametrize(("breach", "change"), BREAKING, ids=[name for name, _ in BREAKING])
def test_what_breaks_clients_is_found(breach: str, change: Change) -> None:
    changed = copy.deepcopy(CONTRACT)
    change(changed["paths"], changed["components"]["schemas"])
    found = find_breaches(CONTRACT, changed)
    assert any(breach in line for line in found), found


@pytest.mark.parametrize(("name", "change"), HARMLESS, ids=[name for name, _ in HARMLESS])
def test_what_breaks_nobody_is_not(name: str, change: Change) -> None:
    changed = copy.deepcopy(CONTRACT)
    change(changed["paths"], changed["components"]["schemas"])
    assert changed != CONTRACT
    assert find_breaches(CONTRACT, changed) == []


def test_the_other_way_round_what_was_added_is_gone() -> None:
    changed = copy.deepcopy(CONTRACT)
    changed["components"]["schemas"]["Entity"]["properties"]["gender"] = {"type": "string"}
    assert any("/entities/*/gender: the member is gone" in line for line in find_breaches(changed, CONTRACT))


def test_todays_contract_breaks_nobody_unless_its_version_says_so() -> None:
    current = strip_examples(specs.parse(CURRENT.read_bytes()))
    breaches = find_breaches(CONTRACT, current)
    assert not breaches or announces(CONTRACT["info"]["version"], current["info"]["version"]), breaches


@pytest.mark.parametrize(
    ("before", "after", "announced"),
    [
        ("0.1.0", "0.1.1", False), ("0.1.0", "0.2.0", True), ("0.1.0", "1.0.0", True), ("1.4.2", "1.5.0", False),
        ("1.4.2", "2.0.0", True), ("1.4.2", "1.4.2", False), ("2.0.0", "1.9.0", False),
    ],
)  # fmt: skip
def test_a_version_announces_breaches_by_semantic_versioning(before: str, after: str, announced: bool) -> None:
    assert announces(before, after) is announced


def test_the_command_fails_where_the_version_says_nothing(tmp_path: Path) -> None:
    broken = copy.deepcopy(CONTRACT)
    broken["paths"].pop("/v1/claims")

    def compare(version: str) -> subprocess.CompletedProcess[str]:
        broken["info"]["version"] = version
        file = tmp_path / "openapi.yaml"
        file.write_text(yaml.safe_dump(broken), encoding="utf-8")
        command = [sys.executable, "-m", "contracts", "--current", str(file)]
        return subprocess.run(command, cwd=CURRENT.parent, capture_output=True, text=True, check=False)

    refused = compare(CONTRACT["info"]["version"])
    assert refused.returncode == 1
    assert "/v1/claims: the path is gone" in refused.stdout
    assert compare("99.0.0").returncode == 0
