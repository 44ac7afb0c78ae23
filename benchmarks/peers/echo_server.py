"""The ceiling: Flask and marshmallow read, check and hand back the articles, and do nothing with them."""

from __future__ import annotations

from typing import Any

from flask import Flask, request
from marshmallow import Schema, ValidationError, fields, validate

app = Flask(__name__)


class _Article(Schema):
    id = fields.String(required=True, validate=validate.Length(1, 200))
    text = fields.String(required=True, validate=validate.Length(1, 100_000))
    language = fields.String(validate=validate.Length(2, 35))


class _Articles(Schema):
    articles = fields.List(fields.Nested(_Article), required=True, validate=validate.Length(1, 50))


_SCHEMA = _Articles()


@app.post("/v1/claims")
def echo() -> Any:
    try:
        return _SCHEMA.load(request.get_json())
    except ValidationError as error:
        return {"errors": error.messages}, 422


@app.get("/readyz")
def check_readiness() -> Any:
    return {"status": "ok"}
