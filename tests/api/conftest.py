from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from service.app import create_app
from service.settings import Settings
from tests.api.contract import ContractClient
from tests.api.pipelines import WordPipeline


@pytest.fixture(scope="session")
def make_app() -> Callable[..., Flask]:
    def make(loaded: Any = None, **settings: Any) -> Flask:
        app = create_app(Settings(**settings), loaded or WordPipeline())
        app.test_client_class = ContractClient
        return app

    return make


@pytest.fixture(scope="session")
def app(make_app: Callable[..., Flask]) -> Flask:
    return make_app()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many requests were generated, where any were."""
    module = sys.modules.get("tests.api.generated_requests")
    if made := getattr(module, "made", None):
        each = ", ".join(f"{name}: {count:,}" for name, count in sorted(made.items()))
        terminalreporter.write_line(f"{made.total():,} generated requests ({each})")
