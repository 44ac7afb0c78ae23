"""GET /livez and /readyz: whether the process runs, and whether it can answer."""

from __future__ import annotations

from schemas.health import Health
from service.api.resources import Message, Resource

resource = Resource("health", __name__)


@resource.operation("/livez", answer=Health, outcome="The process runs.")
def check_liveness() -> Message:
    """Say whether the process runs.

    A process that does not answer should be replaced.
    """
    return {"status": "ok"}


@resource.operation("/readyz", answer=Health, outcome="The process can answer.")
def check_readiness() -> Message:
    """Say whether the process can answer requests.

    Rules and models are loaded before the first connection is taken, so a process that answers is ready.
    """
    return {"status": "ok"}
