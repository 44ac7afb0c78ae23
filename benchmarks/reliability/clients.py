"""Requests from the clusters of this repository, and clients that send them and keep what became of each."""

from __future__ import annotations

import http.client
import itertools
import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATH = "/v1/analyses"
_PATIENCE_SECONDS = 120
_SYLLABLES = ("ba", "ke", "di", "lo", "mu", "ra", "se", "ti", "no", "ku", "wa", "pe", "gi", "so", "yu", "ma")
_NEW_WORDS = 16
_LEAD_CHARACTERS = 600


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a request: its status, or ``lost`` and why; seconds on the clock; the answer's body."""

    result: int | str
    seconds: float
    body: bytes = b""


def read_texts() -> list[str]:
    """The articles of the repository's clusters, in a fixed order."""
    files = sorted((*ROOT.glob("examples/*/articles/*.txt"), *ROOT.glob("evaluation/clusters/*/articles/*.txt")))
    return [file.read_text(encoding="utf-8") for file in files]


def make_bodies(count: int, articles: int = 1, first: int = 0, whole: int = 1) -> Iterator[bytes]:
    """``count`` requests of ``articles`` articles each, numbered from ``first``, no two alike: the first paragraph of
    each article has words that no other has, names among them, as each day's news does. One request in ``whole`` has
    articles of full length, the others their beginnings.
    """
    texts = itertools.cycle(read_texts())
    for number in range(first, first + count):
        longest = None if number % whole == 0 else _LEAD_CHARACTERS
        held = []
        for place in range(articles):
            text = f"{_open(number * articles + place)}\n\n{next(texts)[:longest]}"
            held.append({"id": f"a{place}", "text": text, "language": "id"})
        yield json.dumps({"articles": held}).encode()


def _open(number: int) -> str:
    """A paragraph of words that belong to ``number`` alone."""
    words = [_invent(number * _NEW_WORDS + place) for place in range(_NEW_WORDS)]
    names = " ".join(word.capitalize() for word in words[:4])
    return f"Laporan {number}: {names} datang ke {words[4].capitalize()} dan melihat {' '.join(words[5:])}."


def _invent(number: int) -> str:
    """A word of five syllables and more for each number, never the same."""
    syllables = [_SYLLABLES[number >> shift & 15] for shift in range(0, max(20, number.bit_length()), 4)]
    return "".join(syllables)


def ask(port: int, body: bytes | None, path: str = PATH) -> Outcome:
    """One request on a connection of its own: POST where there is a ``body``, else GET."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_SECONDS)
    began = time.perf_counter()
    try:
        if body is None:
            connection.request("GET", path)
        else:
            connection.request("POST", path, body, {"Content-Type": "application/json", "Connection": "close"})
        answer = connection.getresponse()
        content = answer.read()
        return Outcome(answer.status, time.perf_counter() - began, content)
    except (OSError, http.client.HTTPException) as error:
        return Outcome(f"lost: {type(error).__name__}", time.perf_counter() - began)
    finally:
        connection.close()


def ask_all(port: int, bodies: Sequence[bytes] | Iterator[bytes], clients: int, path: str = PATH) -> list[Outcome]:
    """The outcomes of all ``bodies``, in their order, sent by ``clients`` at once; answers' bodies are kept."""
    with ThreadPoolExecutor(clients) as pool:
        return list(pool.map(lambda body: ask(port, body, path), bodies))


def ask_during(port: int, bodies: Sequence[bytes], clients: int, disturb: Callable[[], None]) -> list[Outcome]:
    """The outcomes of all ``bodies`` while ``disturb`` runs, from when a quarter of them are answered."""
    answered = threading.Semaphore(0)

    def send(body: bytes) -> Outcome:
        outcome = ask(port, body)
        answered.release()
        return outcome

    with ThreadPoolExecutor(clients) as pool:
        futures = [pool.submit(send, body) for body in bodies]
        for _ in range(len(bodies) // 4):
            answered.acquire()
        disturb()
        return [future.result() for future in futures]


def count_results(outcomes: Sequence[Outcome]) -> dict[str, int]:
    """How many requests had each result."""
    return dict(sorted(Counter(str(outcome.result) for outcome in outcomes).items()))


def quantiles(seconds: Sequence[float]) -> dict[str, float]:
    """Milliseconds: the median, the 99th percentile and the most."""
    ordered = sorted(seconds)
    picked = {"p50": ordered[len(ordered) // 2], "p99": ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)]}
    return {name: round(1000 * value, 1) for name, value in {**picked, "max": ordered[-1]}.items()}
