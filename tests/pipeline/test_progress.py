from __future__ import annotations

import time

import pytest

from service import pipeline
from service.pipeline.annotations import Article
from service.pipeline.progress import DeadlineError, Progress

STAGES = ["document", "entities", "names", "values", "attribution", "claims", "conflicts"]
ARTICLES = [Article(id=name, text=f"Sebanyak {name} rumah rusak, kata Budi.", language="id") for name in ("12", "15")]


class Limited(Progress):
    """Over after ``steps`` stages."""

    def __init__(self, steps: int) -> None:
        super().__init__()
        self.steps = steps
        self.entered: list[str] = []

    def enter(self, stage: str) -> None:
        if len(self.entered) == self.steps:
            self.deadline = time.monotonic()
        super().enter(stage)
        self.entered.append(stage)


def run(progress: Progress) -> None:
    resources = pipeline.load()
    pipeline.cross_check(pipeline.analyze(ARTICLES, resources, progress=progress), resources, progress=progress)


def test_each_stage_of_each_article_can_be_the_last() -> None:
    whole = Limited(100)
    run(whole)
    assert list(dict.fromkeys(whole.entered)) == STAGES
    assert whole.entered.count("claims") == 2
    for steps, stage in enumerate(whole.entered):
        with pytest.raises(DeadlineError) as given_up:
            run(Limited(steps))
        assert given_up.value.stage == stage


def test_the_time_of_each_stage_is_kept() -> None:
    progress = Progress()
    began = time.monotonic()
    run(progress)
    elapsed = time.monotonic() - began
    assert list(progress.seconds) == STAGES
    assert all(seconds > 0 for seconds in progress.seconds.values())
    assert sum(progress.seconds.values()) <= elapsed


def test_a_deadline_that_is_not_reached_changes_nothing() -> None:
    resources = pipeline.load()
    assert pipeline.analyze(ARTICLES, resources, progress=Progress(time.monotonic() + 60)) == pipeline.analyze(
        ARTICLES, resources
    )
