"""The committed contract: what the code says, valid, complete, with examples that keep it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from flask import Flask
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from service import api, contract
from service.api import documentation, examples, problems
from service.api.specification import Specification
from service.settings import Settings
from tests import specs
from tests.api.contract import FILE, read_contract, validator

OPERATIONS = [
    (path, method, operation)
    for path, methods in specs.parse(FILE.read_bytes())["paths"].items()
    for method, operation in methods.items()
]


def test_the_committed_contract_is_what_the_code_says() -> None:
    assert Specification(api.RESOURCES, Settings()).as_yaml == FILE.read_text(encoding="utf-8"), (
        "openapi.yaml has drifted: run python -m service.contract"
    )
    assert contract.FILE == FILE


def test_the_contract_is_valid_openapi() -> None:
    OpenAPIV31SpecValidator(specs.parse(FILE.read_bytes())).validate()


def test_the_service_serves_the_contract_with_its_own_limits(app: Flask, make_app: Any) -> None:
    served = app.test_client().get("/openapi.yaml")
    assert served.text == FILE.read_text(encoding="utf-8")
    assert app.test_client().get("/openapi.json").json == specs.parse(served.text)
    narrow = make_app(max_articles=7, max_article_characters=500).test_client().get("/openapi.json").json
    schemas = narrow["components"]["schemas"]
    assert {schemas[name]["properties"]["articles"]["maxItems"] for name in schemas if name.endswith("Request")} == {7}
    assert schemas["Article"]["properties"]["text"]["maxLength"] == 500


def test_every_route_is_in_the_contract(app: Flask) -> None:
    routes = {rule.rule for rule in app.url_map.iter_rules()}
    assert routes - {"/", "/docs", "/desk/<edition>/<path:name>"} == set(read_contract()["paths"])


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS)
def test_operations_are_described(path: str, method: str, operation: dict[str, Any]) -> None:
    assert operation["operationId"]
    assert operation["summary"] != operation["description"]
    assert len(operation["description"]) > 40
    statuses = {"200", "400", "406", "500"}
    if method == "post":
        statuses |= {"401", "408", "411", "413", "415", "422", "429", "503"}
    assert set(operation["responses"]) == statuses


def test_operation_ids_are_distinct() -> None:
    names = [operation["operationId"] for _, _, operation in OPERATIONS]
    assert len(set(names)) == len(names)


def test_every_problem_is_documented_as_problem_json() -> None:
    for response in read_contract()["components"]["responses"].values():
        (media_type,) = response["content"]
        assert media_type == "application/problem+json"
        for example in response["content"][media_type]["examples"].values():
            validator("Problem").validate(example["value"])


@pytest.mark.parametrize(("path", "method", "operation"), [entry for entry in OPERATIONS if entry[0].startswith("/v1")])
def test_examples_are_valid_and_requests_are_answered(
    app: Flask, path: str, method: str, operation: dict[str, Any]
) -> None:
    body = operation["requestBody"]["content"]["application/json"]
    answer = operation["responses"]["200"]["content"]["application/json"]
    for media in (body, answer):
        assert media["examples"]
        for example in media["examples"].values():
            validator(media["schema"]["$ref"].rsplit("/", 1)[-1]).validate(example["value"])
    for example in body["examples"].values():
        assert app.test_client().post(path, json=example["value"]).status_code == 200


@pytest.mark.parametrize("operation", examples.OPERATIONS)
def test_spans_of_example_answers_are_words_of_the_example_request(operation: str) -> None:
    texts = {article["id"]: article["text"] for article in examples.request(operation)["articles"]}

    def walk(node: Any, owner: str | None) -> int:
        if isinstance(node, list):
            return sum(walk(inner, owner) for inner in node)
        if not isinstance(node, dict):
            return 0
        owner = node.get("article_id", owner)
        found = 0
        if {"start", "end", "text"} <= node.keys():
            assert owner is not None
            assert texts[owner][node["start"] : node["end"]] == node["text"]
            found = 1
        return found + sum(walk(inner, owner) for inner in node.values())

    (example,) = examples.answers(operation).values()
    answer = example["value"]
    assert sum(walk(document, document["id"]) for document in answer.get("documents", [])) + walk(
        [answer.get("conflicts"), answer.get("agreements")], None
    )


def test_schemas_name_what_their_members_mean() -> None:
    for name, schema in read_contract()["components"]["schemas"].items():
        assert schema["description"], name
        for member, property_ in schema["properties"].items():
            assert "$ref" in property_ or property_["description"], (name, member)
        Draft202012Validator.check_schema(schema)


def test_the_reference_shows_every_operation_schema_and_problem_and_loads_nothing(app: Flask) -> None:
    page = app.test_client().get("/docs")
    assert page.mimetype == "text/html"
    for _, _, operation in OPERATIONS:
        assert f'id="{operation["operationId"]}"' in page.text
    for name in read_contract()["components"]["schemas"]:
        assert f'id="schema-{name}"' in page.text
    for kind in problems.KINDS.values():
        assert f'id="{kind.uri.removeprefix("/docs#")}"' in page.text
        assert f'id="status-{kind.status}"' in page.text
    assert "src=" not in page.text
    assert "<script" not in page.text
    assert not re.search(r"""(?:src|href|action|url)[=(]["']?http:""", page.text)
    assert documentation.STYLE in page.text
    assert "sha256-" in page.headers["Content-Security-Policy"]


def test_the_example_request_of_the_contract_is_json_that_people_can_send() -> None:
    assert json.loads(json.dumps(examples.request("find_conflicts")))["include"] == ["near_misses"]
