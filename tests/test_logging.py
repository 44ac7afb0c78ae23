from __future__ import annotations

import json
import logging

import pytest
import structlog

from service.logging import configure

# the logs are configured within each test, where standard error is the one that is captured


def lines(capfd: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capfd.readouterr().err.splitlines()]


def test_logs_of_libraries_are_json_too(capfd: pytest.CaptureFixture[str]) -> None:
    configure("info")
    logging.getLogger("library").warning("%s came", "a worker")
    (line,) = lines(capfd)
    assert (line["event"], line["level"], line["logger"]) == ("a worker came", "warning", "library")
    assert str(line["timestamp"]).endswith("Z")


def test_levels_below_the_asked_one_are_silent(capfd: pytest.CaptureFixture[str]) -> None:
    configure("info")
    logging.getLogger("library").debug("nothing")
    structlog.get_logger("kroscek").debug("nothing")
    assert lines(capfd) == []


@pytest.mark.parametrize("logger", [logging.getLogger("library"), structlog.get_logger("kroscek")])
def test_exceptions_keep_their_place_and_lose_their_words(
    capfd: pytest.CaptureFixture[str], logger: logging.Logger
) -> None:
    configure("info")
    secret = "words of an article"  # noqa: F841  # a local variable, as a parser would have
    try:
        raise ValueError("words of an article")
    except ValueError:
        logger.exception("failed")
    (line,) = lines(capfd)
    assert line["exception"] == "ValueError"
    assert "test_logging.py" in str(line["trace"])
    assert "article" not in json.dumps(line)
