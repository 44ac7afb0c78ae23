"""Measure the recognizer: ``python -m training.evaluate --data DATA [--clusters CLUSTERS] [--verbose]``.

Corpora: exact spans with PER, ORG, LOC over the service's tokens. Clusters: exact spans and types of the contract, LOC
counted as GPE. Speed: CPU seconds of ``tag`` after a first pass, and of loading.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from evaluation import gold as golds
from service.pipeline import document
from service.pipeline.annotations import Article, Document, Sentence, Token
from service.pipeline.entities import recognition
from training import sentences, tasks
from training.corpora import Labelled

SAME = {"LOC": "GPE"}


def as_document(words: Sequence[str]) -> Document:
    """A document of one sentence whose tokens are ``words``, a space apart."""
    tokens = []
    start = 0
    for word in words:
        tokens.append(Token(start, start + len(word), word, word.lower()))
        start += len(word) + 1
    article = Article("a", " ".join(words))
    return Document(article, "id", 1.0, tuple(tokens), (Sentence(0, start, 0, len(tokens), 0),))


def corpus(gold: list[Labelled], head: str, model: recognition.Model) -> tuple[float, float, float]:
    """Precision, recall, F1 of one of the encoder's heads, without the rules on spans."""
    found = []
    for start in range(0, len(gold), 32):
        part = gold[start : start + 32]
        rows, starts = model.encoder.encode([s.words for s in part])
        paths = model.encoder.decode(head, model.encoder.scores(head, rows), starts, [len(s.words) for s in part])
        found += [[tasks.HEADS[head][label] for label in path] for path in paths]
    return sentences.f1([s.labels for s in gold], found)


def upos(gold: list[Labelled], model: recognition.Model) -> float:
    """Share of right Universal POS tags."""
    right = total = 0
    for sentence in gold:
        tags = recognition.tag(as_document(sentence.words), model)[0].tags
        right += sum(a == b for a, b in zip(tags, sentence.labels, strict=True))
        total += len(tags)
    return right / total


def cluster(folder: Path, model: recognition.Model, verbose: bool) -> tuple[int, int, int]:
    """(right, found, expected) of a gold cluster; prints the errors when ``verbose``."""
    gold = golds.read(folder)
    knowledge = document.load("id")
    expected = {(*place, SAME.get(kind, kind)) for place, kind, _ in gold.entities}
    found: set[tuple[str, int, int, str]] = set()
    rules: dict[tuple[str, int, int, str], str] = {}
    texts = {}
    for article in gold.articles:
        texts[article.id] = article.text
        for name in recognition.recognize(document.read(article, knowledge), model):
            key = (article.id, name.start, name.end, SAME.get(name.type, name.type))
            found.add(key)
            rules[key] = name.rule
    if verbose:
        for sign, keys in (("-", expected - found), ("+", found - expected)):
            for where, start, end, kind in sorted(keys):
                text = texts[where]
                context = f"{text[max(0, start - 30) : start]}[{text[start:end]}]{text[end : end + 20]}".replace(
                    "\n", " "
                )
                print(f"  {sign} {kind:8}{where:24}{context}  {rules.get((where, start, end, kind), '')}")
    return len(expected & found), len(found), len(expected)


def reliability(folders: Sequence[Path], model: recognition.Model) -> None:
    """Print, for bands of the score and for each rule, how many names there are and what share of them is right."""
    bands: dict[str, list[bool]] = {}
    knowledge = document.load("id")
    for folder in folders:
        gold = golds.read(folder)
        expected = {(*place, SAME.get(kind, kind)) for place, kind, _ in gold.entities}
        for article in gold.articles:
            for name in recognition.recognize(document.read(article, knowledge), model):
                right = (article.id, name.start, name.end, SAME.get(name.type, name.type)) in expected
                band = min(int(name.score * 10), 9) / 10
                bands.setdefault(f"score {band:.1f}-{band + 0.1:.1f}", []).append(right)
                bands.setdefault(f"rule {name.rule}", []).append(right)
    for band, outcomes in sorted(bands.items()):
        print(f"{band:28}{len(outcomes):6}  {sum(outcomes) / len(outcomes):.3f}")


def f1(counts: tuple[int, int, int]) -> str:
    right, found, expected = counts
    return (
        f"P {right / max(found, 1):.4f} R {right / max(expected, 1):.4f} F1 {2 * right / max(found + expected, 1):.4f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--clusters", type=Path)
    parser.add_argument("--verbose", action="store_true")
    arguments = parser.parse_args()
    started = time.process_time()
    model = recognition.load("id")
    print(f"load        {time.process_time() - started:.3f} CPU s")
    idner = sentences.read_names(arguments.data / "ner/idner-news-2k.dev.txt", relabel=True)
    nergrit = sentences.read_names(arguments.data / "ner/nergrit.dev.txt", relabel=False)
    for head, gold in (("names", idner), ("nergrit", nergrit)):
        p, r, f = corpus(gold, head, model)
        print(f"{head:12}P {p:.4f} R {r:.4f} F1 {f:.4f}")
    print(f"upos        {upos(tasks.read_tasks(arguments.data)['upos-held-out'], model):.4f}")
    total: Counter[int] = Counter()
    if arguments.clusters:
        for folder in sorted(arguments.clusters.iterdir()):
            counts = cluster(folder, model, arguments.verbose)
            total.update(dict(enumerate(counts)))
            print(f"{folder.name:22}{f1(counts)}")
        print(f"{'all clusters':22}{f1((total[0], total[1], total[2]))}")
        reliability(sorted(arguments.clusters.iterdir()), model)
    documents = [as_document(s.words) for s in idner]
    for one in documents:
        recognition.tag(one, model)
    merged = as_document([word for s in idner[:20] for word in s.words])
    started = time.process_time()
    for _ in range(20):
        recognition.tag(merged, model)
    print(f"speed       {20 * len(merged.tokens) / (time.process_time() - started):.0f} tokens a CPU second")


if __name__ == "__main__":
    main()
