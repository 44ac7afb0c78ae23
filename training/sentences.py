"""Training sentences in the service's own tokenization, with the product's conventions for names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from service.languages import loader
from service.pipeline.document.tokens import tokenize
from training.corpora import Labelled, entities, read_bio

# labels of the corpora -> labels of the model; None where a corpus' label says nothing of the three types
LABELS = {
    "PER": "PER",
    "PERSON": "PER",
    "PPL": "PER",
    "ORG": "ORG",
    "ORGANISATION": "ORG",
    "LOC": "LOC",
    "PLACE": "LOC",
    "PLC": "LOC",
}


def retokenize(sentence: Labelled) -> Labelled:
    """``sentence`` in the service's tokens; names lose the punctuation that their corpus left on them."""
    words: list[str] = []
    tags: list[str] = []
    bounds: list[tuple[int, int]] = []
    for position, word in enumerate(sentence.words):
        parts = [token.text for token in tokenize(word, 0, len(word))]
        bounds.append((len(words), len(words) + len(parts)))
        words.extend(parts)
        if sentence.tags:
            tag = sentence.tags[position]
            tags.extend(tag if any(c.isalnum() for c in part) or len(parts) == 1 else "PUNCT" for part in parts)
    labels = ["O"] * len(words)
    for first, last, kind in entities(sentence.labels):
        start, end = bounds[first][0], bounds[last - 1][1]
        while start < end and not words[start][0].isalnum():
            start += 1
        while end > start and not words[end - 1][0].isalnum() and words[end - 1] != ")":
            end -= 1
        if end > start and words[end - 1] == ")" and "(" not in words[start:end]:
            end -= 1
        write(labels, start, end, kind)
    return Labelled(tuple(words), tuple(labels), tuple(tags))


def write(labels: list[str], start: int, end: int, kind: str) -> None:
    """Label ``start:end`` as one name of type ``kind``."""
    for i in range(start, end):
        labels[i] = ("B-" if i == start else "I-") + kind


def country_names() -> dict[tuple[str, ...], str]:
    """The closed list of countries: case-folded tokens -> the name as listed."""
    found = {}
    for entry in loader.lines("id", "gazetteers/countries.txt"):
        found[tuple(token.lower for token in tokenize(entry, 0, len(entry)))] = entry
    return found


def relabel_countries(sentence: Labelled, countries: dict[tuple[str, ...], str], place: str = "LOC") -> Labelled:
    """Countries that the corpus leaves unlabelled, labelled as places.

    Entries in capitals match capitals only; names inside other names stay as they are.
    """
    labels = list(sentence.labels)
    lowers = tuple(word.lower() for word in sentence.words)
    index = 0
    while index < len(lowers):
        for last in range(min(index + 5, len(lowers)), index, -1):
            entry = countries.get(lowers[index:last])
            if entry is None or any(label != "O" for label in labels[index:last]):
                continue
            surface = " ".join(sentence.words[index:last])
            if (entry.isupper() and surface != entry) or not surface[0].isupper():
                continue
            write(labels, index, last, place)
            index = last - 1
            break
        index += 1
    return Labelled(sentence.words, tuple(labels), sentence.tags)


def read_names(path: Path, relabel: bool) -> list[Labelled]:
    """Sentences of a corpus of names with the labels PER, ORG, LOC; other labels become O."""
    countries = country_names() if relabel else {}
    found = []
    for sentence in read_bio(path):
        labels = tuple(
            "O" if label == "O" or label[2:] not in LABELS else label[:2] + LABELS[label[2:]]
            for label in sentence.labels
        )
        ours = retokenize(Labelled(sentence.words, labels, sentence.tags))
        found.append(relabel_countries(ours, countries) if relabel else ours)
    return found


def f1(gold: Sequence[Sequence[str]], predicted: Sequence[Sequence[str]]) -> tuple[float, float, float]:
    """Precision, recall and F1 of exact spans with their types."""
    right = found = expected = 0
    for one, other in zip(gold, predicted, strict=True):
        a, b = set(entities(one)), set(entities(other))
        right += len(a & b)
        expected += len(a)
        found += len(b)
    precision = right / found if found else 0.0
    recall = right / expected if expected else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0
