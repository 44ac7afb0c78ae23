"""How often a client may ask: a limit over a moving window, counted in this process or, for several, in Redis.

Answers say what is left in the fields of draft-ietf-httpapi-ratelimit-headers-10.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from typing import Any

import structlog
from limits import RateLimitItemPerSecond
from limits.errors import StorageError
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import MovingWindowRateLimiter
from redis.backoff import NoBackoff
from redis.retry import Retry

from service import metrics
from service.api.problems import RefusedError
from service.settings import Settings, SettingsError

POLICY = "requests"
_SECONDS_FOR_REDIS = 0.25  # it is near, or it is of no use
_SECONDS_BETWEEN_TRIES = 1.0

_log = structlog.get_logger("kroscek")


class Limiter:
    """Counts the requests of each client; the same one may serve several threads."""

    def __init__(self, settings: Settings) -> None:
        self._item = None
        if settings.rate_limit:
            # the second argument is the length of the window
            self._item = RateLimitItemPerSecond(settings.rate_limit, settings.rate_limit_window_seconds)
        self._is_open = settings.rate_limit_failure == "open"
        self._window = settings.rate_limit_window_seconds
        self._limit = settings.rate_limit
        self._lost_until = 0.0
        self._strategy = MovingWindowRateLimiter(_connect(settings.redis_url))
        if self._item and not settings.redis_url and settings.workers > 1:
            _log.warning("each worker counts requests for itself; set KROSCEK_REDIS_URL for one count of all")

    def count(self, client: str) -> Mapping[str, str]:
        """Count a request of ``client``, and say in headers what is left.

        Raises RefusedError where nothing was left, or where Redis is gone and requests may not pass uncounted.
        """
        if self._item is None:
            return {}
        if time.monotonic() < self._lost_until:
            return self._do_without()
        try:
            passed = self._strategy.hit(self._item, client)
            stats = self._strategy.get_window_stats(self._item, client)
        except StorageError as error:
            self._lost_until = time.monotonic() + _SECONDS_BETWEEN_TRIES
            _log.error("requests cannot be counted", passing=self._is_open, exc_info=error)
            return self._do_without()
        wait = max(1, math.ceil(stats.reset_time - time.time()))
        headers = {
            "RateLimit-Policy": f'"{POLICY}";q={self._limit};w={self._window}',
            "RateLimit": f'"{POLICY}";r={max(0, stats.remaining) if passed else 0};t={wait}',
        }
        if not passed:
            detail = f"There may be {self._limit} requests in {self._window} seconds; the next may come in {wait}."
            raise RefusedError(429, detail, headers={"Retry-After": str(wait), **headers})
        return headers

    def _do_without(self) -> Mapping[str, str]:
        metrics.UNCOUNTED.inc()
        if self._is_open:
            return {}
        detail = "Requests cannot be counted at the moment, and none may pass uncounted."
        raise RefusedError(503, detail, headers={"Retry-After": str(math.ceil(_SECONDS_BETWEEN_TRIES))})


def _connect(url: str) -> Storage:
    if not url:
        return MemoryStorage()
    options: dict[str, Any] = {
        "socket_timeout": _SECONDS_FOR_REDIS,
        "socket_connect_timeout": _SECONDS_FOR_REDIS,
        "retry": Retry(NoBackoff(), 0),
    }
    try:
        return storage_from_string(url, wrap_exceptions=True, key_prefix="kroscek", **options)  # type: ignore[return-value]
    except Exception as error:  # whatever the client library makes of it; the address may hold a password
        raise SettingsError(f"KROSCEK_REDIS_URL: {type(error).__name__}") from None
