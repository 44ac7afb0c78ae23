"""How well word vectors tell synonyms from other pairs, and entailed from other sentences:
``python -m training.vocabulary_evaluation --data ../shared/data``.

The lists of ``evaluation/vocabulary`` give pairs alike, pairs of one subject and pairs that exclude each other; random
pairs are the first words of the pairs alike with the second word of another. Figures are areas under the ROC curve
(the chance that a pair of the first kind scores higher than one of the second, ties count half). On IndoNLI's
development part the share of (entailed, other) hypotheses of one premise is given whose match with it is in the right
order, beside the same with shared roots in place of vectors.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path

import numpy as np

from service.pipeline.alignment import lexicon, vectors
from service.pipeline.alignment.vectors import Vectors
from service.pipeline.document import morphology
from service.pipeline.document.tokens import tokenize

FOLDER = Path(__file__).resolve().parents[1] / "evaluation" / "vocabulary"
LISTS = ("synonyms", "related", "opposites")
SEED = 5
Pair = tuple[str, str]


def read_lists(folder: Path = FOLDER) -> dict[str, list[Pair]]:
    """The pairs of each list, in file order."""
    found: dict[str, list[Pair]] = {}
    for name in LISTS:
        lines = (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        cut = [line.split(", ") for line in lines if line and not line.startswith("#")]
        found[name] = [(one, other) for one, other in cut]
    return found


def random_pairs(pairs: Sequence[Pair]) -> list[Pair]:
    """First words with the second words of other pairs."""
    others = [other for _, other in pairs]
    random.Random(SEED).shuffle(others)
    known = set(pairs)
    return [(one, other) for (one, _), other in zip(pairs, others, strict=True) if (one, other) not in known]


def area(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The area under the ROC curve."""
    high, low = np.array(positive)[:, None], np.array(negative)[None, :]
    return float(((high > low) + 0.5 * (high == low)).mean())


def areas(similarity: Callable[[str, str], float | None], lists: dict[str, list[Pair]]) -> dict[str, float]:
    """Areas of synonyms against random, related and opposed pairs of known words, and the share that is known."""
    groups = {**lists, "random": random_pairs(lists["synonyms"])}
    scores = {name: [similarity(*pair) for pair in pairs] for name, pairs in groups.items()}
    known = {name: [s for s in found if s is not None] for name, found in scores.items()}
    result = {name: area(known["synonyms"], known[name]) for name in ("random", "related", "opposites")}
    return result | {"known": len(known["synonyms"]) / len(scores["synonyms"])}


def classes(similarity: Callable[[str, str], float | None]) -> float:
    """The area of pairs of roots and forms of one class of the lexicon against pairs of different classes."""
    members = [[*c.roots, *c.forms] for c in lexicon.load("id").concepts.values()]
    same = [similarity(a, b) for words in members for i, a in enumerate(words) for b in words[i + 1 :]]
    chosen = random.Random(SEED)
    apart = []
    for _ in range(len(same)):
        one, other = chosen.sample(members, 2)
        if one and other:
            apart.append(similarity(chosen.choice(one), chosen.choice(other)))
    return area([s for s in same if s is not None], [s for s in apart if s is not None])


def entailment(score: Callable[[list[str], list[str]], float], data: Path) -> dict[str, float]:
    """Shares of pairs of one premise in the right order: entailed over neutral, entailed over contradicting."""
    groups: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for line in (data / "nli" / "indonli.dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        sides = [[t.text.lower() for t in tokenize(row[k], 0, len(row[k]))] for k in ("hypothesis", "premise")]
        words = [[w for w in side if w[0].isalnum()] for side in sides]
        groups[row["premise"]][row["label"]].append(score(words[0], words[1]))
    result = {}
    for name, label in (("neutral", "n"), ("contradicting", "c")):
        pairs = [pair for found in groups.values() for pair in product(found["e"], found[label])]
        result[name] = sum((a > b) + 0.5 * (a == b) for a, b in pairs) / len(pairs)
    return result


def covered(model: Vectors, soft: bool) -> Callable[[list[str], list[str]], float]:
    """How much of a hypothesis's weight its best partners in the premise hold; only shared roots if not ``soft``."""

    def score(words: list[str], others: list[str]) -> float:
        best = model.similarities(words, others).max(1)
        best = np.where(best > (vectors.FLOOR if soft else 0.999), best, 0.0)
        weights = np.array([model.weight(word) for word in words])
        return float(weights @ best / weights.sum())

    return score


def measure(model: Vectors, data: Path) -> dict[str, float]:
    """All figures of the module by name."""
    found = areas(model.similarity, read_lists()) | {"classes": classes(model.similarity)}
    for name, value in entailment(covered(model, soft=True), data).items():
        found[f"entailed over {name}"] = value
    return found


def baselines(model: Vectors, data: Path) -> dict[str, float]:
    """The same with shared roots, and with the lexicon's classes."""
    stem = morphology.load("id").stem
    known = lexicon.load("id")

    def same(reader: Callable[[str], str]) -> Callable[[str, str], float]:
        return lambda one, other: float(reader(one) == reader(other))

    found = {f"roots, {k}": v for k, v in areas(same(stem), read_lists()).items()}
    found |= {f"lexicon, {k}": v for k, v in areas(same(known.concept), read_lists()).items()}
    for name, value in entailment(covered(model, soft=False), data).items():
        found[f"roots, entailed over {name}"] = value
    return found


def show(figures: dict[str, float]) -> str:
    """The figures on one line."""
    return ", ".join(f"{name} {value:.3f}" for name, value in figures.items())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    data: Path = parser.parse_args().data
    model = vectors.load()
    print(show(baselines(model, data)))
    print(show(measure(model, data)))


if __name__ == "__main__":
    main()
