"""More to do than there is time or room for: 503 at once, with its reason, and nobody else is the worse for it."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

import pytest
from flask import Flask

from service.api.admission import Gate
from service.api.deadlines import Watch
from service.pipeline.progress import DeadlineError, Progress
from service.settings import Settings, SettingsError, check
from tests.api.articles import articles
from tests.api.pipelines import WordPipeline


class HeldPipeline(WordPipeline):
    """Works until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.released = threading.Event()

    def analyze(self, *arguments: Any) -> Any:
        self.released.wait(30)
        return super().analyze(*arguments)


def post(app: Flask) -> Any:
    return app.test_client().post("/v1/claims", json=articles())


@contextmanager
def busy(app: Flask, held: HeldPipeline, count: int, load: tuple[int, int]) -> Iterator[list[Future[Any]]]:
    """``count`` requests that are let go when the block ends; the block begins once the gate has ``load``."""
    with ThreadPoolExecutor(count) as pool:
        futures = [pool.submit(post, app) for _ in range(count)]
        try:
            deadline = time.monotonic() + 10
            while app.extensions["kroscek"].gate.load != load:
                assert time.monotonic() < deadline
                time.sleep(0.005)
            yield futures
        finally:
            held.released.set()


def test_beyond_the_queue_requests_are_sent_away_at_once(make_app: Callable[..., Flask]) -> None:
    held = HeldPipeline()
    app = make_app(held, max_working=2, max_waiting=3)
    with busy(app, held, 5, (2, 3)) as futures:
        began = time.monotonic()
        refused = post(app)
        assert time.monotonic() - began < 1
        assert refused.status_code == 503
        assert int(refused.headers["Retry-After"]) > 0
        assert "wait" in refused.json["detail"]
        assert app.test_client().get("/readyz").status_code == 200
    assert [future.result().status_code for future in futures] == [200] * 5
    assert app.extensions["kroscek"].gate.load == (0, 0)
    assert post(app).status_code == 200


def test_who_waits_longer_than_there_is_time_is_told_to_come_back(make_app: Callable[..., Flask]) -> None:
    held = HeldPipeline()
    app = make_app(held, max_working=1, max_waiting=1, deadline_seconds=0.3)
    with busy(app, held, 1, (1, 0)):
        waited = post(app)
    assert waited.status_code == 503
    assert waited.headers["Retry-After"]


def test_an_analysis_over_its_deadline_is_given_up_and_the_next_is_not(make_app: Callable[..., Flask]) -> None:
    class SlowPipeline(WordPipeline):
        def cross_check(self, analyses: Any, language: str, progress: Any) -> Any:
            time.sleep(0.2)
            progress.enter("words")
            return super().cross_check(analyses, language, progress)

    app = make_app(SlowPipeline(), deadline_seconds=0.1)
    response = app.test_client().post("/v1/analyses", json=articles())
    assert response.status_code == 503
    assert "0.1 seconds" in response.json["detail"]
    assert "Retry-After" not in response.headers
    assert app.extensions["kroscek"].gate.load == (0, 0)
    assert post(app).status_code == 200


def test_a_stage_that_takes_long_is_broken_off_soon_after_the_deadline(make_app: Callable[..., Flask]) -> None:
    class EndlessPipeline(WordPipeline):
        slow = True

        def cross_check(self, analyses: Any, language: str, progress: Any) -> Any:
            progress.enter("conflicts")
            end = time.monotonic() + 20
            while self.slow and time.monotonic() < end:
                with suppress(Exception):  # what a stage catches for itself does not keep it at work
                    sorted(range(100))
            return super().cross_check(analyses, language, progress)

    endless = EndlessPipeline()
    app = make_app(endless, deadline_seconds=0.2)
    client = app.test_client()
    began = time.monotonic()
    response = client.post("/v1/analyses", json=articles())
    assert 0.2 <= time.monotonic() - began < 5
    assert response.status_code == 503
    assert "0.2 seconds" in response.json["detail"]
    assert "Retry-After" not in response.headers
    assert app.extensions["kroscek"].gate.load == (0, 0)
    endless.slow = False
    assert client.post("/v1/analyses", json=articles()).status_code == 200


def test_work_is_interrupted_while_it_is_at_work_alone() -> None:
    """Work that ends just as its time is over: it is done or given up, and nothing after it is interrupted."""
    watch = Watch()

    def work(seconds: float) -> str:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            pass
        return "done"

    def repeat(seed: int) -> Counter[str]:
        found: Counter[str] = Counter()
        for step in range(150):
            try:
                found[watch.run(Progress(time.monotonic() + 0.001), partial(work, 0.0007 + step * 0.000004))] += 1
            except DeadlineError as error:
                found[error.stage] += 1
            work(0.0003)
        return found

    with ThreadPoolExecutor(4) as pool:
        found = sum(pool.map(repeat, range(4)), Counter())
    assert found.total() == 600
    assert set(found) <= {"done", "answer"}
    assert found["answer"]
    assert watch.run(Progress(time.monotonic() + 60), partial(work, 0.0)) == "done"
    assert watch.run(Progress(), partial(work, 0.0)) == "done"


def test_a_request_that_fails_gives_its_turn_back(make_app: Callable[..., Flask]) -> None:
    class BrokenPipeline(WordPipeline):
        def analyze(self, *arguments: Any) -> Any:
            raise ValueError

    app = make_app(BrokenPipeline(), max_working=1, max_waiting=0)
    assert [post(app).status_code for _ in range(3)] == [500] * 3
    assert app.test_client().post("/v1/claims", json={}).status_code == 422
    assert app.extensions["kroscek"].gate.load == (0, 0)


def test_turns_are_taken_in_the_order_of_coming() -> None:
    gate, order = Gate(1, 20), []

    def take(number: int) -> None:
        with gate.admit(time.monotonic() + 30):
            order.append(number)

    with ThreadPoolExecutor(20) as pool, gate.admit(time.monotonic() + 30):
        for number in range(20):
            pool.submit(take, number)
            while gate.load[1] != number + 1:
                time.sleep(0.001)
    assert order == list(range(20))
    assert gate.load == (0, 0)


@pytest.mark.parametrize(("threads", "working", "waiting"), [(2, 1, 1), (10, 2, 8), (1, 1, 0)])
def test_a_thread_must_be_left_for_health_checks(threads: int, working: int, waiting: int) -> None:
    with pytest.raises(SettingsError, match="KROSCEK_THREADS"):
        check(Settings(threads=threads, max_working=working, max_waiting=waiting))
    check(Settings(threads=threads + 1, max_working=working, max_waiting=waiting))
