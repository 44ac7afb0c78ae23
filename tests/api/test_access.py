"""API keys over HTTP: who is answered, who is not, and what the log and the contract say of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from service import keys
from service.settings import SettingsError
from tests.api.articles import articles

KEY, ENTRY = keys.make("meja-kota")
POSTS = ("/v1/entities", "/v1/claims", "/v1/conflicts", "/v1/analyses")


@pytest.fixture(scope="module")
def locked(make_app: Callable[..., Flask]) -> Flask:
    return make_app(api_keys=ENTRY, host="0.0.0.0")


def post(app: Flask, path: str = "/v1/claims", authorization: str | None = None, **options: Any) -> Any:
    headers = {} if authorization is None else {"Authorization": authorization}
    return app.test_client().post(path, json=articles(), headers=headers, **options)


@pytest.mark.parametrize("path", POSTS)
def test_a_key_opens_every_operation(locked: Flask, path: str) -> None:
    assert post(locked, path, f"Bearer {KEY}").status_code == 200
    assert post(locked, path, f"bearer {KEY}").status_code == 200


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize(
    ("authorization", "challenge"),
    [
        (None, 'Bearer realm="kroscek"'),
        ("", 'Bearer realm="kroscek"'),
        (KEY, 'Bearer realm="kroscek"'),
        (f"Basic {KEY}", 'Bearer realm="kroscek"'),
        ("Bearer", 'Bearer realm="kroscek", error="invalid_token"'),
        (f"Bearer {KEY}x", 'Bearer realm="kroscek", error="invalid_token"'),
        (f"Bearer {ENTRY.partition('=')[2]}", 'Bearer realm="kroscek", error="invalid_token"'),
        ("Bearer " + "x" * 5000, 'Bearer realm="kroscek", error="invalid_token"'),
    ],
    # keys are made anew in each process, and processes that share tests tell them by their names
    ids=["none", "empty", "no scheme", "another scheme", "no key", "a key and more", "a digest", "too long"],
)
def test_without_a_valid_key_nothing_is_answered(
    locked: Flask, path: str, authorization: str | None, challenge: str
) -> None:
    response = post(locked, path, authorization)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == challenge
    assert KEY not in response.text


def test_a_wrong_body_without_a_key_is_refused_for_the_key(locked: Flask) -> None:
    assert locked.test_client().post("/v1/claims", data="x").status_code == 401


@pytest.mark.parametrize("path", ["/", "/docs", "/livez", "/readyz", "/openapi.yaml", "/openapi.json"])
def test_health_and_contract_need_no_key(locked: Flask, path: str) -> None:
    assert locked.test_client().get(path).status_code == 200


def test_without_keys_any_header_is_passed_over(app: Flask) -> None:
    assert post(app).status_code == 200
    assert post(app, authorization="Bearer anything").status_code == 200


def test_where_anonymous_is_allowed_a_wrong_key_is_still_refused(make_app: Callable[..., Flask]) -> None:
    open_to_all = make_app(api_keys=ENTRY, anonymous=True, host="0.0.0.0")
    assert post(open_to_all).status_code == 200
    assert post(open_to_all, authorization=f"Bearer {KEY}").status_code == 200
    assert post(open_to_all, authorization="Bearer wrong").status_code == 401


def test_the_log_names_the_holder_never_the_key(
    make_app: Callable[..., Flask], capfd: pytest.CaptureFixture[str]
) -> None:
    locked = make_app(api_keys=ENTRY)
    post(locked, authorization=f"Bearer {KEY}")
    post(locked, authorization="Bearer rahasia")
    log = capfd.readouterr().err
    first, second = (json.loads(line) for line in log.splitlines())
    assert (first["client"], first["key_id"], first["status"]) == ("meja-kota", ENTRY.partition("=")[2][:8], 200)
    assert second["status"] == 401
    assert "client" not in second
    assert KEY not in log
    assert "rahasia" not in log


def test_the_contract_says_whether_a_key_is_needed(app: Flask, locked: Flask) -> None:
    for asked, expected in ((app, [{"apiKey": []}, {}]), (locked, [{"apiKey": []}])):
        contract = asked.test_client().get("/openapi.json").json
        assert contract["components"]["securitySchemes"]["apiKey"]["scheme"] == "bearer"
        for path, methods in contract["paths"].items():
            for operation in methods.values():
                assert operation.get("security") == (expected if path in POSTS else None)


def test_the_service_does_not_start_for_strangers_without_keys(make_app: Callable[..., Flask]) -> None:
    with pytest.raises(SettingsError, match="KROSCEK_API_KEYS"):
        make_app(host="0.0.0.0")
