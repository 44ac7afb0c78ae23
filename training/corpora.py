"""Readers of the corpora: every one yields sentences as words with labels, in file order.

The corpora and their licences are described in the data folder's README; nothing of them is kept here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Labelled:
    """One sentence: words, BIO labels (``O``, ``B-PER`` …) and Universal POS tags (empty where there are none)."""

    words: tuple[str, ...]
    labels: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


def _blocks(path: Path) -> Iterator[list[str]]:
    block: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def read_bio(path: Path) -> list[Labelled]:
    """Sentences of a file with the word first and the BIO label last on each line (idner-news-2k, NERGrit, NERP).

    Words that hold white space or nothing are dropped with their label; three columns carry the POS in the middle.
    """
    sentences = []
    for block in _blocks(path):
        rows = [line.split() for line in block]
        rows = [row for row in rows if len(row) >= 2]
        words = tuple(row[0] for row in rows)
        labels = repair(tuple(row[-1] for row in rows))
        tags = tuple(row[1] for row in rows) if all(len(row) == 3 for row in rows) else ()
        sentences.append(Labelled(words, labels, tags))
    return sentences


def repair(labels: Sequence[str]) -> tuple[str, ...]:
    """Valid BIO: an ``I-`` that continues nothing opens an entity."""
    fixed: list[str] = []
    for label in labels:
        before = fixed[-1] if fixed else "O"
        loose = label.startswith("I-") and before[2:] != label[2:]
        fixed.append("B-" + label[2:] if loose else label)
    return tuple(fixed)


def read_conllu(path: Path) -> list[tuple[Labelled, str]]:
    """Sentences of a treebank with their UPOS tags, and each sentence's text as written."""
    sentences = []
    for block in _blocks(path):
        text = next((line[9:] for line in block if line.startswith("# text = ")), "")
        rows = [line.split("\t") for line in block if not line.startswith("#")]
        merged: list[tuple[str, str]] = []
        skip = 0
        for row in rows:
            if "." in row[0]:
                continue
            if "-" in row[0]:
                first, last = (int(part) for part in row[0].split("-"))
                heads = [other for other in rows if other[0].isdigit() and first <= int(other[0]) <= last]
                merged.append((row[1], heads[0][3]))
                skip = last
            elif int(row[0]) > skip:
                merged.append((row[1], row[3]))
        sentences.append((Labelled(tuple(w for w, _ in merged), (), tuple(t for _, t in merged)), text))
    return sentences


def read_pairs(path: Path) -> list[str]:
    """The texts of a file of premise–hypothesis pairs (IndoNLI), each once, in the order of first occurrence."""
    texts: dict[str, None] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        texts.setdefault(row["premise"])
        texts.setdefault(row["hypothesis"])
    return list(texts)


def entities(labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """(first, last, type) of every entity in a BIO sequence; ``last`` is exclusive."""
    found: list[tuple[int, int, str]] = []
    start = -1
    for i, label in enumerate([*labels, "O"]):
        if start >= 0 and not label.startswith("I-"):
            found.append((start, i, labels[start][2:]))
            start = -1
        if label.startswith("B-"):
            start = i
    return found
