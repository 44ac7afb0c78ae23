"""What a running service holds: its settings, the loaded pipeline, and the versions of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, cast

from flask import Flask, current_app

from service.api.admission import Gate
from service.api.deadlines import Watch
from service.api.rates import Limiter
from service.keys import Keyring
from service.pipeline.annotations import Analysis, Article, CrossCheck
from service.pipeline.progress import Progress
from service.provenance import Provenance
from service.settings import Settings

_KEY = "kroscek"
Depth = Literal["entities", "claims"]


class Specification(Protocol):
    """The contract under the settings of the service, in its three forms."""

    document: dict[str, Any]

    @property
    def as_json(self) -> bytes:
        """The document as JSON."""

    @property
    def as_yaml(self) -> str:
        """The document as YAML."""


class Pipeline(Protocol):
    """The loaded pipeline; safe to call from several threads at once."""

    def analyze(self, articles: Sequence[Article], depth: Depth, progress: Progress) -> tuple[Analysis, ...]:
        """Analyse each article, as deep as asked; one analysis an article, in their order.

        Raises DeadlineError where ``progress`` says that there is no more time.
        """

    def cross_check(self, analyses: Sequence[Analysis], language: str, progress: Progress) -> CrossCheck:
        """What the articles say of each other, put into words of ``language``; raises DeadlineError likewise."""


@dataclass(frozen=True, slots=True)
class State:
    """What all requests of an application share."""

    settings: Settings
    keyring: Keyring
    gate: Gate
    watch: Watch
    limiter: Limiter
    pipeline: Pipeline
    provenance: Provenance
    specification: Specification


def keep(app: Flask, state: State) -> None:
    """Make ``state`` that of ``app``."""
    app.extensions[_KEY] = state


def current() -> State:
    """The state of the application that handles the current request."""
    return cast(State, current_app.extensions[_KEY])
