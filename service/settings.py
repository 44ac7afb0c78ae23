"""Every environment variable that the service reads: typed, bounded, defaulted and documented.

A variable is named ``KROSCEK_`` and the setting's name in capitals; ``python -m service.settings`` prints them all.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args, get_type_hints

import msgspec

PREFIX = "KROSCEK_"


def _count(minimum: int, maximum: int, description: str) -> msgspec.Meta:
    return msgspec.Meta(ge=minimum, le=maximum, description=description)


class SettingsError(ValueError):
    """An environment variable does not hold what the service can use."""


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the service runs. Each setting's description says what it does, its type what it may be."""

    host: Annotated[str, msgspec.Meta(min_length=1, description="Address to listen on.")] = "127.0.0.1"
    port: Annotated[int, _count(1, 65_535, "Port to listen on; PORT is read where KROSCEK_PORT is not set.")] = 8000
    workers: Annotated[int, _count(1, 256, "Worker processes; they share the memory of what was loaded.")] = 2
    threads: Annotated[int, _count(1, 256, "Threads a worker; they keep slow clients from holding up others.")] = 24
    max_working: Annotated[int, _count(1, 256, "Requests that a worker analyses at once.")] = 2
    max_waiting: Annotated[
        int, _count(0, 256, "Requests that wait for their turn in a worker; more are answered 503 at once.")
    ] = 8
    deadline_seconds: Annotated[
        float,
        msgspec.Meta(ge=0.001, le=3600, description="Time for a request, from when it has arrived; then it gets 503."),
    ] = 30.0
    receive_seconds: Annotated[
        float, msgspec.Meta(ge=1, le=3600, description="Time for a request to arrive; then it gets 408.")
    ] = 20.0
    timeout_seconds: Annotated[
        int, _count(1, 3600, "A worker that does not answer its master for so long is replaced.")
    ] = 60
    graceful_seconds: Annotated[
        int, _count(1, 3600, "How long requests in work may go on after a stop was asked for.")
    ] = 30
    keepalive_seconds: Annotated[int, _count(0, 3600, "How long an idle connection is kept open.")] = 5
    max_requests: Annotated[int, _count(0, 10_000_000, "Requests after which a worker is replaced; 0 means never.")] = (
        20_000
    )
    anonymous: Annotated[
        bool, msgspec.Meta(description="Answer requests without an API key, also from beyond this machine.")
    ] = False
    api_keys: Annotated[
        str, msgspec.Meta(description="API keys, as entries NAME=DIGEST between spaces; `kroscek key` makes them.")
    ] = ""
    api_keys_file: Annotated[
        str, msgspec.Meta(description="File of more such entries; it is read anew when it changes.")
    ] = ""
    trusted_proxies: Annotated[int, _count(0, 10, "Proxies before the service whose X-Forwarded-For is believed.")] = 0
    rate_limit: Annotated[
        int, _count(0, 10_000_000, "Requests that a key, or an address without one, may make in a window; 0: any.")
    ] = 0
    rate_limit_window_seconds: Annotated[int, _count(1, 86_400, "Length of that window.")] = 60
    redis_url: Annotated[
        str,
        msgspec.Meta(
            pattern=r"^((redis|rediss)://.+|redis\+unix://.+)?$",
            description="Redis that counts requests for all processes and replicas; else each process counts its own.",
        ),
    ] = ""
    rate_limit_failure: Annotated[
        Literal["open", "closed"],
        msgspec.Meta(description="Whether requests pass uncounted (open) or get 503 (closed) while Redis is gone."),
    ] = "open"
    language: Annotated[
        str, msgspec.Meta(pattern="^[a-z]{2,3}$", description="Language of the articles that are analysed.")
    ] = "id"
    max_body_bytes: Annotated[
        int, _count(1_000, 1_000_000_000, "Longest request body, in bytes; longer ones are answered 413.")
    ] = 8_000_000
    max_articles: Annotated[int, _count(1, 1_000, "Most articles a request may hold; more are answered 422.")] = 50
    max_article_characters: Annotated[
        int, _count(100, 10_000_000, "Longest article text, in Unicode code points; longer ones are answered 422.")
    ] = 100_000
    metrics_host: Annotated[str, msgspec.Meta(min_length=1, description="Address for Prometheus to ask.")] = "127.0.0.1"
    metrics_port: Annotated[int, _count(0, 65_535, "Port for Prometheus to ask, at /metrics; 0: none.")] = 0
    traces: Annotated[
        Literal["none", "otlp"],
        msgspec.Meta(description="Where spans are sent: nowhere, or to an OpenTelemetry collector (an extra)."),
    ] = "none"
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"],
        msgspec.Meta(description="Least severe level that is logged."),
    ] = "info"

    @property
    def address(self) -> str:
        """Where to listen, as ``host:port``; an IPv6 address in brackets."""
        return f"[{self.host.strip('[]')}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings that ``environment`` asks for; raises SettingsError that names the variable at fault.

    Variables with the prefix that no setting has are refused, so that a misspelt one is not silently ignored.
    """
    given = {name.removeprefix(PREFIX).lower(): value for name, value in environment.items() if name.startswith(PREFIX)}
    if "port" not in given and "PORT" in environment:
        given["port"] = environment["PORT"]
    unknown = sorted(given.keys() - set(Settings.__struct_fields__))
    if unknown:
        raise SettingsError(f"no such setting: {', '.join(_variable(name) for name in unknown)}")
    values: dict[str, Any] = {}
    for name, kind in get_type_hints(Settings, include_extras=True).items():
        if name not in given:
            continue
        try:
            values[name] = msgspec.convert(given[name].strip(), kind, strict=False)
        except msgspec.ValidationError as error:
            raise SettingsError(f"{_variable(name)}: {error}") from error
    return Settings(**values)


def check(settings: Settings) -> None:
    """Raise SettingsError where ``settings`` that are right one by one do not go together."""
    if settings.threads <= settings.max_working + settings.max_waiting:
        raise SettingsError(
            "KROSCEK_THREADS must be more than KROSCEK_MAX_WORKING and KROSCEK_MAX_WAITING together, "
            "so that one is free for health checks"
        )
    if not (settings.anonymous or settings.api_keys or settings.api_keys_file or _is_loopback(settings.host)):
        raise SettingsError(
            f"KROSCEK_HOST {settings.host} can be reached from other machines: set KROSCEK_API_KEYS or "
            "KROSCEK_API_KEYS_FILE, or KROSCEK_ANONYMOUS=true where whoever reaches the service may use it"
        )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def describe() -> str:
    """A Markdown table of all settings: variable, default, what it does."""
    rows = ["| variable | default | meaning |", "|---|---|---|"]
    defaults = Settings()
    for name, kind in get_type_hints(Settings, include_extras=True).items():
        meaning = next(part.description for part in get_args(kind)[1:] if isinstance(part, msgspec.Meta))
        rows.append(f"| `{_variable(name)}` | {_show(getattr(defaults, name))} | {meaning} |")
    return "\n".join(rows)


def _show(value: object) -> str:
    return f"`{str(value).lower()}`" if value != "" else "none"


def _variable(name: str) -> str:
    return PREFIX + name.upper()


if __name__ == "__main__":
    print(describe())
