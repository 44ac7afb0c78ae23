"""``python -m benchmarks.fuzzing``: generated articles through every stage; none may fail, none may take long.

Texts are put together by Hypothesis from sentences of this repository's clusters, words and signs that rules look for,
and any characters at all, cut off and repeated anywhere; two of them make a request, so that they are compared as well.
It goes on until each stage has had the number of inputs asked for, in batches of one seed each, a process a core, so
that a batch that fails can be run alone (``--seed``); Hypothesis then says which shortest text does it. Figures are
kept as data.
"""

from __future__ import annotations

import argparse
import functools
import itertools
import json
import multiprocessing
import os
import re
import sys
import time
import traceback
from collections import Counter, deque
from collections.abc import Iterator
from concurrent import futures
from dataclasses import dataclass, field
from typing import Any

import hypothesis
from hypothesis import strategies

from benchmarks import machine
from benchmarks.reliability import clients
from service import pipeline
from service.pipeline.annotations import Analysis, Article, Span
from service.pipeline.progress import Progress

RESULT = clients.ROOT / "benchmarks" / "results" / "fuzzing.json"
STAGES = ("document", "entities", "names", "values", "attribution", "claims", "conflicts")
MOST_SECONDS = 2.0
MOST_CHARACTERS = 600
_BATCH = 1_000
_SIGNS = tuple("\"'“”‘’«»()[]{}<>.,;:!?-–—/…%$&@#*+=|~^_°²½\n\t\r\u00a0\u200b\u200e\u202e\ufeff\u0301\u0085\u2028")
_WORDS = (
    *"kata ujar menurut membantah tidak bukan belum tewas orang rumah Presiden Bupati Gubernur Kim Joko".split(),
    *"Jakarta Jawa PT TNI KPK -nya ia mereka kemarin lusa Rabu (3/9/2025) 17 Agustus 2025 pukul 09.30 WIB".split(),
    *"Rp 1,2 triliun US$ 5 juta 11.000 13.000 10-20 sekitar lebih hingga ribuan dua puluh setengah persen km".split(),
    *"dilansir dikutip bahwa dari di ke pada karena setelah sebelum akan sudah Baca juga: dan atau serta".split(),
)  # fmt: skip


class Pieces:
    """What texts are put together from."""

    def __init__(self) -> None:
        texts = clients.read_texts()
        self.sentences = sorted(
            {part.strip() for text in texts for part in re.split(r"(?<=[.”\"])\s", text) if part.strip()}
        )

    def texts(self) -> strategies.SearchStrategy[str]:
        """Articles of at most MOST_CHARACTERS."""
        # by number, since Hypothesis would write all of them out
        sentence = strategies.integers(0, len(self.sentences) - 1).map(self.sentences.__getitem__)
        cut = strategies.builds(lambda text, start, end: text[start : start + end], sentence, _places(), _places())
        piece = strategies.one_of(
            sentence,
            cut,
            strategies.sampled_from(_WORDS),
            strategies.sampled_from(_SIGNS),
            strategies.integers(-(10**12), 10**12).map(str),
            strategies.text(strategies.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=20),
        )
        repeated = strategies.builds(
            lambda text, times: text * times, piece, strategies.sampled_from((1, 1, 1, 1, 2, 9))
        )
        joined = strategies.builds(
            lambda parts, joint: joint.join(parts)[:MOST_CHARACTERS],
            strategies.lists(repeated, min_size=1, max_size=6),
            strategies.sampled_from((" ", " ", " ", "\n\n", "", ", ")),
        )
        return joined.filter(bool)


def _places() -> strategies.SearchStrategy[int]:
    return strategies.integers(0, 200)


class _CpuProgress(Progress):
    """Counts the CPU seconds of each stage: other work on the machine must not make an input look slow."""

    def __init__(self) -> None:
        super().__init__()
        self.cpu_seconds: Counter[str] = Counter()
        self._since = 0.0

    def enter(self, stage: str) -> None:
        self._count()
        super().enter(stage)
        self._since = time.thread_time()

    def leave(self) -> None:
        self._count()
        super().leave()

    def _count(self) -> None:
        if self.stage is not None:
            self.cpu_seconds[self.stage] += time.thread_time() - self._since


@dataclass(slots=True)
class Course:
    """What has been tried: inputs of each stage, the CPU seconds that they took, and the most that a request did."""

    inputs: Counter[str] = field(default_factory=Counter)
    seconds: Counter[str] = field(default_factory=Counter)
    slowest: dict[str, float] = field(default_factory=lambda: dict.fromkeys(STAGES, 0.0))

    def add(self, other: Course) -> None:
        """Add what another process has tried."""
        self.inputs += other.inputs
        self.seconds += other.seconds
        self.slowest = {stage: max(seconds, other.slowest[stage]) for stage, seconds in self.slowest.items()}

    def try_texts(self, texts: tuple[str, str]) -> None:
        """Put a request of two articles through all stages; raises what a stage raises, or AssertionError."""
        articles = [Article(id=f"a{number}", text=text, language="id") for number, text in enumerate(texts)]
        progress, resources = _CpuProgress(), pipeline.load("id")
        analyses = pipeline.analyze(articles, resources, progress=progress)
        pipeline.cross_check(analyses, resources, progress=progress)
        read = sum(not analysis.document.problem for analysis in analyses)
        for stage, seconds in progress.cpu_seconds.items():
            self.inputs[stage] += {"document": len(texts), "names": 1, "conflicts": 1}.get(stage, read)
            self.seconds[stage] += seconds
            self.slowest[stage] = max(self.slowest[stage], seconds)
            assert seconds < MOST_SECONDS, f"{stage} took {seconds:.1f} CPU s"
        for analysis in analyses:
            _check_spans(analysis)


def _check_spans(analysis: Analysis) -> None:
    length = len(analysis.document.article.text)
    spans: list[Span] = [span for entity in analysis.entities for span in entity.mentions]
    spans += [value.span for value in analysis.values] + [claim.span for claim in analysis.claims]
    for span in spans:
        assert 0 <= span.start < span.end <= length, span


def run_batch(course: Course, texts: strategies.SearchStrategy[str], seed: int, examples: int) -> None:
    """Try ``examples`` requests, the same for each ``seed``; raises where one fails, with the shortest such."""

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=[hypothesis.Phase.generate, hypothesis.Phase.shrink],
        print_blob=False,
    )
    @hypothesis.given(strategies.tuples(texts, texts))
    def try_all(pair: tuple[str, str]) -> None:
        course.try_texts(pair)

    try_all()


def try_batch(seed: int, examples: int) -> Course | str:
    """What was tried with ``seed``, or how it failed; called in a process of the pool."""
    course = Course()
    try:
        run_batch(course, _texts(), seed, examples)
    except Exception:  # what a stage raises may not survive the way to the other process
        return traceback.format_exc()
    return course


@functools.cache
def _texts() -> strategies.SearchStrategy[str]:
    return Pieces().texts()


def run_batches(inputs: int, processes: int) -> Iterator[tuple[int, Course | str]]:
    """Batches of the seeds from 0 on, in their order, as long as the caller asks for more."""
    examples = min(_BATCH, inputs)
    context = multiprocessing.get_context("spawn")
    with futures.ProcessPoolExecutor(processes, mp_context=context) as pool:
        waiting: deque[tuple[int, futures.Future[Course | str]]] = deque()
        try:
            for seed in itertools.count():
                waiting.append((seed, pool.submit(try_batch, seed, examples)))
                if len(waiting) > processes:  # so that none has to wait for its next batch
                    number, tried = waiting.popleft()
                    yield number, tried.result()
        finally:
            for _, tried in waiting:
                tried.cancel()


def main() -> None:
    """Go on until every stage has had its inputs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--inputs", type=int, default=100_000, help="inputs of each stage")
    parser.add_argument("--seed", type=int, help="try the batch of this seed alone")
    parser.add_argument("--processes", type=int, default=len(os.sched_getaffinity(0)), help="batches at a time")
    options = parser.parse_args()
    if options.seed is not None:
        run_batch(Course(), _texts(), options.seed, _BATCH)
        return
    course, batches, began = Course(), 0, time.perf_counter()
    for seed, tried in run_batches(options.inputs, options.processes):
        if isinstance(tried, str):
            sys.exit(f"{tried}\nbatch {seed} failed: python -m benchmarks.fuzzing --seed {seed}")
        course.add(tried)
        batches = seed + 1
        if min(course.inputs[stage] for stage in STAGES) >= options.inputs:
            break
    outcome: dict[str, Any] = {
        "seeds": f"0 to {batches - 1}",
        "failures": 0,
        "most_characters": MOST_CHARACTERS,
        "stages": {
            stage: {
                "inputs": course.inputs[stage],
                "mean_cpu_ms": round(1000 * course.seconds[stage] / course.inputs[stage], 3),
                "slowest_request_cpu_ms": round(1000 * course.slowest[stage], 1),
            }
            for stage in STAGES
        },
        "processes": options.processes,
        "seconds": round(time.perf_counter() - began, 1),
        "machine": machine.describe(),
    }
    RESULT.write_text(json.dumps(outcome, indent=1) + "\n", encoding="utf-8")
    print(json.dumps({key: value for key, value in outcome.items() if key != "machine"}, indent=1))


if __name__ == "__main__":
    main()
