"""``python -m benchmarks.stages``: what an article costs, stage by stage, and what serving it adds.

CPU time of this process, not time on the clock: other work on the machine does not count. Each figure is the least of
some repetitions for each article, summed and scaled to an article of 400 words.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from benchmarks import machine, processes
from evaluation import gold
from service import pipeline, settings
from service.app import create_app
from service.commands.articles import read_articles
from service.memory import collect_seldom
from service.pipeline import attribution, claims, document, entities, values
from service.pipeline.annotations import Analysis, Article, CrossCheck
from service.pipeline.progress import Progress

ROOT = Path(__file__).parents[1]
RESULT = ROOT / "benchmarks" / "results" / "stages.json"
CLUSTERS = ("examples", "evaluation/clusters")
ARTICLE_WORDS = 400


def main() -> None:
    """Measure, print, and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repetitions", type=int, default=15)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path, default=RESULT, help="where the result is kept")
    options = parser.parse_args()
    folders = [file.parent for place in CLUSTERS for file in sorted(ROOT.glob(f"{place}/*/cluster.json"))]
    result = measure(folders, options.repetitions, options.workers)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print_result(result)


def measure(folders: Sequence[Path], repetitions: int, workers: int) -> dict[str, Any]:
    """All figures of the clusters in ``folders``; one request a cluster."""
    requests = [gold.read(folder).articles for folder in folders]
    articles = [article for request in requests for article in request]
    words = sum(len(article.text.split()) for article in articles)
    scale = ARTICLE_WORDS / words
    began = time.process_time()
    resources = pipeline.load()
    load_seconds = time.process_time() - began
    collect_seldom()
    stages, first = _measure_stages(articles, resources, repetitions)
    together = _measure_requests(folders, requests, resources, repetitions)
    baseline = machine.time_baseline(repetitions)
    per_article = {name: round(milliseconds * scale, 3) for name, milliseconds in stages.items()}
    total = sum(per_article.values())
    return {
        "machine": machine.describe(),
        "input": {
            "clusters": [folder.name for folder in folders],
            "articles": len(articles),
            "words": words,
            "repetitions": repetitions,
        },
        "baseline_loop_ms": round(baseline, 3),
        "load_cpu_seconds": round(load_seconds, 3),
        "cpu_ms_per_400_words": per_article | {"all_stages": round(total, 3)},
        "first_pass_cpu_ms_per_400_words": round(first * scale, 3),
        "ratio_to_baseline": {name: round(value / baseline, 4) for name, value in per_article.items()}
        | {"all_stages": round(total / baseline, 4)},
        "cpu_ms_per_request": together,
        "server": processes.measure(read_articles([folders[0]]).body, workers),
    }


def _measure_stages(
    articles: Sequence[Article], resources: pipeline.Resources, repetitions: int
) -> tuple[dict[str, float], float]:
    """CPU milliseconds of each stage over all ``articles``, each stage fed by those before it; and of their first pass.

    In the first pass every word is new to the process, and whatever is computed on first use is computed.
    """
    began = time.process_time()
    read = [document.read(article, resources.document) for article in articles]
    named = [entities.find_entities(one, resources.entities) for one in read]
    stated = [values.find_values(one, resources.values) for one, _ in named]
    said = [attribution.find_attributions(one, who, resources.attribution) for one, who in named]

    for (one, who), what, by in zip(named, stated, said, strict=True):
        claims.find_claims(one, who, what, by, resources.claims)
    first = 1000 * (time.process_time() - began)
    together = list(zip(articles, read, named, stated, said, strict=True))
    runs: dict[str, Callable[[Any], object]] = {
        "document": lambda item: document.read(item[0], resources.document),
        "entities": lambda item: entities.find_entities(item[1], resources.entities),
        "values": lambda item: values.find_values(item[2][0], resources.values),
        "attribution": lambda item: attribution.find_attributions(*item[2], resources.attribution),
        "claims": lambda item: claims.find_claims(*item[2], item[3], item[4], resources.claims),
    }
    return {name: _time(run, together, repetitions) for name, run in runs.items()}, first


class _Precomputed:
    """A pipeline that knows its answers, so that what is left of a request is HTTP: reading, checking, encoding."""

    def __init__(self, answers: Mapping[str, tuple[tuple[Analysis, ...], CrossCheck]]) -> None:
        self._answers = answers

    def analyze(self, articles: Sequence[Article], depth: str, progress: Progress) -> tuple[Analysis, ...]:
        return self._answers[articles[0].id][0]

    def cross_check(self, analyses: Sequence[Analysis], language: str, progress: Progress) -> CrossCheck:
        return self._answers[analyses[0].document.article.id][1]


def _measure_requests(
    folders: Sequence[Path],
    requests: Sequence[Sequence[Article]],
    resources: pipeline.Resources,
    repetitions: int,
) -> dict[str, float]:
    """CPU milliseconds a request, mean over the clusters: what is done over its articles together, and HTTP."""
    analyzed = [pipeline.analyze(request, resources) for request in requests]
    checked = [pipeline.cross_check(found, resources) for found in analyzed]
    answers = {found[0].document.article.id: (found, check) for found, check in zip(analyzed, checked, strict=True)}
    bodies = [read_articles([folder]).body for folder in folders]
    quiet = msgspec.structs.replace(settings.read({}), log_level="error")
    client = create_app(quiet, _Precomputed(answers)).test_client()

    def answer(body: bytes) -> None:
        if client.post("/v1/analyses", data=body, content_type="application/json").status_code != 200:
            raise RuntimeError("the request is refused")

    parts = {
        "analyze": _time(lambda request: pipeline.analyze(request, resources), requests, repetitions),
        "cross_check": _time(lambda found: pipeline.cross_check(found, resources), analyzed, repetitions),
        "http": _time(answer, bodies, repetitions),
    }
    count = len(requests)
    costs = {name: round(milliseconds / count, 3) for name, milliseconds in parts.items()}
    return {"articles": round(sum(map(len, requests)) / count, 1), **costs, "all": round(sum(costs.values()), 3)}


def _time(run: Callable[[Any], object], items: Sequence[Any], repetitions: int) -> float:
    """CPU milliseconds of ``run`` over ``items``, the least of each item's, since other work only ever adds to them.

    One round before warms the caches.
    """
    total = 0.0
    for item in items:
        run(item)
        measured = []
        for _ in range(repetitions):
            began = time.process_time()
            run(item)
            measured.append(time.process_time() - began)
        total += 1000 * min(measured)
    return total


def print_result(result: dict[str, Any]) -> None:
    """Print a result of ``measure`` for a person."""
    ran_on, given, server = result["machine"], result["input"], result["server"]
    print(f"{ran_on['processor']}, {ran_on['cores']} cores, Python {ran_on['python']}, numpy {ran_on['numpy']}")
    print(f"kroscek {ran_on['service']}, rules {ran_on['rules']}, models {ran_on['models']}")
    print(f"{given['articles']} articles, {given['words']} words, least of {given['repetitions']} repetitions")
    print(f"baseline loop: {result['baseline_loop_ms']:.1f} CPU ms\n\nan article of {ARTICLE_WORDS} words:")
    for name, value in result["cpu_ms_per_400_words"].items():
        print(f"  {name:<14}{value:>9.2f} CPU ms   {result['ratio_to_baseline'][name]:.3f} of the baseline loop")
    print(
        f"  {'first pass':<14}{result['first_pass_cpu_ms_per_400_words']:>9.2f} CPU ms   every word new to the process"
    )
    print("\na request:")
    for name, value in result["cpu_ms_per_request"].items():
        print(f"  {name:<14}{value:>9.2f}" + ("" if name == "articles" else " CPU ms"))
    print(f"\nserver with {server['workers']} workers: ready after {server['start_seconds']:.2f} s on the clock")
    for name, memory in [("master", server["master"]), *(("worker", worker) for worker in server["each_worker"])]:
        print(
            f"  {name:<14}" + "   ".join(f"{kind.removesuffix('_mib')} {size:.1f} MiB" for kind, size in memory.items())
        )


if __name__ == "__main__":
    main()
