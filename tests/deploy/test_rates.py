"""Limits as a client meets them: several worker processes, one count."""

from __future__ import annotations

from pathlib import Path

import pytest

from service import keys
from tests.deploy.servers import run
from tests.redis_server import PROGRAM, RedisServer

BODY = b'{"articles": [{"id": "a", "text": "Budi pergi ke Bogor."}]}'


@pytest.mark.skipif(PROGRAM is None, reason="redis-server is not installed (Debian: redis-server)")
def test_workers_that_share_redis_let_through_what_one_would(tmp_path: Path) -> None:
    key, entry = keys.make("desk")
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {key}"}
    redis = RedisServer(tmp_path)
    redis.start()
    try:
        with run(tmp_path, workers=3, rate_limit=10, redis_url=redis.url, api_keys=entry) as server:
            statuses = [server.ask("POST", "/v1/entities", BODY, **headers)[0] for _ in range(25)]
            assert server.ask("POST", "/v1/entities", BODY, **{"Content-Type": "application/json"})[0] == 401
            assert server.ask("GET", "/readyz")[0] == 200
    finally:
        redis.kill()
    assert statuses == [200] * 10 + [429] * 15
