"""Who asks: API keys as bearer tokens (RFC 6750), or the client's address where no key is asked for."""

from __future__ import annotations

import ipaddress

from flask import Request, g

from service.api.problems import RefusedError
from service.api.state import State
from service.settings import Settings

_CHALLENGE = 'Bearer realm="kroscek"'


def is_optional(settings: Settings) -> bool:
    """Whether requests without a key are answered under ``settings``."""
    return settings.anonymous or not (settings.api_keys or settings.api_keys_file)


def identify(request: Request, state: State) -> str:
    """Who makes ``request``: ``key:NAME`` or ``address:ADDRESS``; raises RefusedError where a key is needed.

    A key that is not valid is refused even where none is needed: its holder should know.
    """
    given = request.headers.get("Authorization")
    if not state.keyring.is_configured or (given is None and state.settings.anonymous):
        return f"address:{_group(request.remote_addr or '')}"
    if given is None:
        raise _refuse("The request carries no API key.", "")
    scheme, _, presented = given.partition(" ")
    if scheme.lower() != "bearer":
        raise _refuse("The Authorization header does not say Bearer.", "")
    key = state.keyring.find(presented.strip())
    if key is None:
        raise _refuse("The API key is not valid.", ', error="invalid_token"')
    g.client = {"client": key.name, "key_id": key.id}
    return f"key:{key.name}"


def _refuse(detail: str, error: str) -> RefusedError:
    return RefusedError(401, detail, headers={"WWW-Authenticate": _CHALLENGE + error})


def _group(address: str) -> str:
    """``address``, or its network of 64 bits where it is IPv6: a single host has that many addresses."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(parsed.ipv4_mapped or ipaddress.ip_network((parsed, 64), strict=False).network_address)
    return str(parsed)
