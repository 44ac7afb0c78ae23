"""A test client that holds every answer against openapi.yaml."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any

import yaml
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from werkzeug.test import TestResponse

FILE = Path(__file__).parents[2] / "openapi.yaml"
PROBLEM = "application/problem+json"


@functools.cache
def read_contract() -> dict[str, Any]:
    contract: dict[str, Any] = yaml.load(FILE.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    for name, schema in contract["components"]["schemas"].items():
        # clients must take members that they do not know; the service itself may not send any
        if "properties" in schema and not name.startswith("Ninjs"):
            schema["additionalProperties"] = False
    return contract


@functools.cache
def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": read_contract()["components"]})


class ContractClient(FlaskClient):
    """Fails where an answer is not what the contract says of its path, method and status."""

    def open(self, *arguments: Any, **options: Any) -> TestResponse:
        response = super().open(*arguments, **options)
        check(response.request.path, response.request.method, response)
        return response


def check(path: str, method: str, response: TestResponse) -> None:
    assert response.headers["X-Request-Id"]
    assert re.fullmatch("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]", response.headers["traceparent"])
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    operation = read_contract()["paths"].get(path, {}).get(method.lower())
    if response.status_code >= 400:
        assert response.mimetype == PROBLEM
        if method != "HEAD":
            validator("Problem").validate(response.json)
            assert response.json["status"] == response.status_code
        if operation is not None:
            assert str(response.status_code) in operation["responses"]
        return
    if operation is None:
        assert path in {"/", "/docs"} or method in {"HEAD", "OPTIONS"}
        return
    media = operation["responses"][str(response.status_code)]["content"]
    assert response.mimetype in media
    reference = media[response.mimetype]["schema"].get("$ref", "")
    if reference.startswith("#/components/schemas/"):
        validator(reference.rsplit("/", 1)[-1]).validate(response.json)
