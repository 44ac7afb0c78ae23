"""Limits on how often a client may ask, counted in the process and in a real Redis."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from service import keys
from service.api.rates import Limiter
from service.settings import Settings, SettingsError
from tests.api.articles import articles
from tests.redis_server import PROGRAM, RedisServer

needs_redis = pytest.mark.skipif(PROGRAM is None, reason="redis-server is not installed (Debian: redis-server)")


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path)
    server.start()
    yield server
    server.kill()


def post(app: Flask, key: str | None = None, address: str = "203.0.113.1", **headers: str) -> Any:
    if key:
        headers["Authorization"] = f"Bearer {key}"
    return app.test_client().post(
        "/v1/claims", json=articles(), headers=headers, environ_overrides={"REMOTE_ADDR": address}
    )


def left(response: Any) -> tuple[int, int]:
    found = re.fullmatch(r'"requests";r=(\d+);t=(\d+)', response.headers["RateLimit"])
    assert found
    return int(found[1]), int(found[2])


def test_answers_say_what_is_left_and_the_last_but_one_is_the_limit(make_app: Callable[..., Flask]) -> None:
    app = make_app(rate_limit=3, rate_limit_window_seconds=50)
    for remaining in (2, 1, 0):
        response = post(app)
        assert response.status_code == 200
        assert response.headers["RateLimit-Policy"] == '"requests";q=3;w=50'
        assert left(response)[0] == remaining
        assert 45 <= left(response)[1] <= 50
    refused = post(app)
    assert refused.status_code == 429
    assert left(refused) == (0, int(refused.headers["Retry-After"]))
    assert refused.headers["RateLimit-Policy"] == '"requests";q=3;w=50'
    assert refused.json["type"] == "/docs#problem-too-many"


def test_after_the_time_that_is_told_the_next_request_passes(make_app: Callable[..., Flask]) -> None:
    app = make_app(rate_limit=2, rate_limit_window_seconds=1)
    assert [post(app).status_code for _ in range(3)] == [200, 200, 429]
    time.sleep(int(post(app).headers["Retry-After"]))
    assert post(app).status_code == 200


def test_each_key_and_each_address_has_its_own_limit(make_app: Callable[..., Flask]) -> None:
    made = [keys.make(name) for name in ("desk", "desk", "wire")]
    app = make_app(api_keys=" ".join(entry for _, entry in made), anonymous=True, rate_limit=1)
    (old, new, other) = (key for key, _ in made)
    assert [post(app, key).status_code for key in (old, new, other)] == [200, 429, 200]  # old and new are one client's
    assert [post(app, address=address).status_code for address in ("203.0.113.1", "203.0.113.2")] == [200, 200]
    networks = ("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", "2001:db8:0:2::1", "::ffff:203.0.113.1")
    assert [post(app, address=address).status_code for address in networks] == [200, 429, 200, 429]


def test_refused_requests_count_and_health_checks_do_not(make_app: Callable[..., Flask]) -> None:
    app = make_app(rate_limit=1)
    response = app.test_client().post("/v1/claims", json={})
    assert response.status_code == 422
    assert left(response)[0] == 0
    assert post(app, address="127.0.0.1").status_code == 429
    for path in ("/livez", "/openapi.json", "/docs"):
        answer = app.test_client().get(path)
        assert answer.status_code == 200
        assert "RateLimit" not in answer.headers


def test_without_a_limit_nothing_is_said_of_one(app: Flask) -> None:
    assert "RateLimit" not in post(app).headers


@pytest.mark.parametrize(
    ("proxies", "forwarded", "others"),
    [(0, "198.51.100.1", 429), (1, "198.51.100.1", 200), (1, "203.0.113.7, 198.51.100.1", 200)],
)
def test_forwarded_addresses_are_believed_from_trusted_proxies_alone(
    make_app: Callable[..., Flask], proxies: int, forwarded: str, others: int
) -> None:
    app = make_app(rate_limit=1, trusted_proxies=proxies)
    assert post(app, **{"X-Forwarded-For": forwarded}).status_code == 200
    assert post(app, **{"X-Forwarded-For": "198.51.100.2"}).status_code == others
    assert post(app, **{"X-Forwarded-For": "8.8.8.8, 198.51.100.1"}).status_code == 429


def test_many_threads_at_once_get_no_more_than_the_limit(make_app: Callable[..., Flask]) -> None:
    app = make_app(rate_limit=20, max_waiting=20)
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda _: post(app).status_code, range(40)))
    assert sorted(statuses) == [200] * 20 + [429] * 20


@needs_redis
def test_processes_that_share_redis_share_the_limit(make_app: Callable[..., Flask], redis: RedisServer) -> None:
    apps = [make_app(rate_limit=5, redis_url=redis.url) for _ in range(2)]
    answers = [post(apps[number % 2]) for number in range(7)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 2
    assert [left(answer)[0] for answer in answers] == [4, 3, 2, 1, 0, 0, 0]


@needs_redis
@pytest.mark.parametrize(("failure", "status"), [("open", 200), ("closed", 503)])
def test_while_redis_is_gone_requests_pass_or_do_not_as_set_and_counting_resumes(
    make_app: Callable[..., Flask], redis: RedisServer, failure: str, status: int
) -> None:
    app = make_app(rate_limit=2, redis_url=redis.url, rate_limit_failure=failure)
    assert left(post(app))[0] == 1
    redis.kill()
    for _ in range(5):
        began = time.monotonic()
        response = post(app)
        assert time.monotonic() - began < 1
        assert response.status_code == status
        assert "RateLimit" not in response.headers
        if status == 503:
            assert response.headers["Retry-After"]
    redis.start()
    time.sleep(1.1)
    assert [post(app).status_code for _ in range(3)] == [200, 200, 429]


@needs_redis
def test_a_redis_that_is_not_there_at_the_start_is_found_later(
    make_app: Callable[..., Flask], redis: RedisServer
) -> None:
    redis.kill()
    app = make_app(rate_limit=1, redis_url=redis.url)
    assert "RateLimit" not in post(app).headers
    redis.start()
    time.sleep(1.1)
    assert [post(app).status_code for _ in range(2)] == [200, 429]


def test_an_address_that_is_none_stops_the_start_without_being_shown() -> None:
    with pytest.raises(SettingsError) as refused:
        Limiter(Settings(rate_limit=1, redis_url="redis://:geheim@host:port"))
    assert "geheim" not in str(refused.value)


def test_several_processes_without_redis_are_warned_of(
    make_app: Callable[..., Flask], capfd: pytest.CaptureFixture[str]
) -> None:
    make_app(rate_limit=1, workers=1)
    assert "KROSCEK_REDIS_URL" not in capfd.readouterr().err
    make_app(rate_limit=1, workers=2)
    assert "KROSCEK_REDIS_URL" in capfd.readouterr().err
