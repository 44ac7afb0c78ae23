"""Learn how likely a word is part of a person's name rather than of a body's or place's:
``python -m training.person_words --data ../shared/data [--out models/names/person_words.npy]``.

A logistic model over the hashed word and its character n-grams. Sources: the names in the training parts of
idner-news-2k (MIT), NERGrit and NER-Prosa (Apache-2.0), the person, organisation and place lists drawn from Indonesian
DBpedia (CC BY-SA 3.0), and this repository's own lists. Deterministic; half a minute.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from service.languages import loader
from service.pipeline.document.tokens import tokenize
from service.pipeline.entities import person_words
from training import corpora, sentences
from training.prepare import DBPEDIA, names

SEED = 7
ROUNDS = 30
BATCH = 256
RATE = 0.3
# weights are kept in bytes
STEP = person_words.STEP
# what a name of a corpus of news counts against one of the encyclopedia
NEWS_WEIGHT = 6.0
# what an entry of this repository's own lists counts
OWN_WEIGHT = 20.0
OWN_PLACES = ("cities.txt", "countries.txt", "regions.txt", "organisations.txt")
MOST = 40.0
DECAY = 2e-5


def count(data: Path) -> tuple[Counter[str], Counter[str]]:
    """How often each case-folded word stands in persons' names, and in those of bodies and places."""
    person: Counter[str] = Counter()
    other: Counter[str] = Counter()

    def note(words: Sequence[str], is_person: bool, weight: float) -> None:
        for word in words:
            if word[0].isalpha() and not (word.isupper() and len(word) > 1):
                (person if is_person else other)[word.lower()] += weight  # type: ignore[assignment]

    for name in ("idner-news-2k.train", "nergrit.train", "nerp.train"):
        for sentence in corpora.read_bio(data / "ner" / f"{name}.txt"):
            cut = sentences.retokenize(sentence)
            for first, last, kind in corpora.entities(cut.labels):
                label = sentences.LABELS.get(kind, "ORG" if kind in ("IND", "FNB") else None)
                if label:
                    note(cut.words[first:last], label == "PER", NEWS_WEIGHT)
    for file, (_, column) in DBPEDIA.items():
        for words in names(data / "gazetteers" / file):
            note(words, column == 0, 1.0)
    note(loader.lines("id", "gazetteers/person_words.txt"), True, OWN_WEIGHT)
    for file in OWN_PLACES:
        for entry in loader.lines("id", f"gazetteers/{file}"):
            note([token.text for token in tokenize(entry, 0, len(entry))], False, OWN_WEIGHT)
    return person, other


def learn(person: Counter[str], other: Counter[str]) -> NDArray[np.int8]:
    """The weights, one a bucket, in bytes."""
    words = sorted(person.keys() | other.keys())
    rows = [np.array(person_words.buckets(word)) for word in words]
    weights = np.zeros(person_words.BUCKETS)
    sums = np.full(person_words.BUCKETS, 1e-6)
    random = np.random.default_rng(SEED)
    share = np.array([person[w] / (person[w] + other[w]) for w in words])
    mass = np.array([min(MOST, person[w] + other[w]) ** 0.5 for w in words])
    # as many of one kind as of the other
    mass *= np.where(share > 0.5, 0.5 / mass[share > 0.5].sum(), 0.5 / mass[share <= 0.5].sum()) * len(words)
    for _ in range(ROUNDS):
        order = random.permutation(len(words))
        for start in range(0, len(order), BATCH):
            part = order[start : start + BATCH]
            sizes = np.array([len(rows[i]) for i in part])
            flat = np.concatenate([rows[i] for i in part])
            owner = np.repeat(np.arange(len(part)), sizes)
            score = np.bincount(owner, weights[flat], len(part)) / sizes**0.5
            error = (1 / (1 + np.exp(-score)) - share[part]) * mass[part] / sizes**0.5
            step = np.bincount(flat, error[owner], person_words.BUCKETS) / BATCH
            touched = np.unique(flat)
            gradient = step[touched] + DECAY * weights[touched]
            sums[touched] += gradient**2
            weights[touched] -= RATE * gradient / np.sqrt(sums[touched])
    return np.clip(np.round(weights / STEP), -127, 127).astype(np.int8)


def accuracy(data: Path, weights: NDArray[np.int8]) -> float:
    """Share of the words of names in the corpora's development parts that are on the right side of nought."""
    right = total = 0
    model = person_words.PersonWords(weights)
    for name in ("idner-news-2k.dev", "nergrit.dev"):
        for sentence in corpora.read_bio(data / "ner" / f"{name}.txt"):
            cut = sentences.retokenize(sentence)
            for first, last, kind in corpora.entities(cut.labels):
                for word in cut.words[first:last]:
                    if word[0].isalpha() and not (word.isupper() and len(word) > 1) and kind in sentences.LABELS:
                        right += (model.odds(word.lower()) > 0) == (sentences.LABELS[kind] == "PER")
                        total += 1
    return right / total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("models/names/person_words.npy"))
    arguments = parser.parse_args()
    weights = learn(*count(arguments.data))
    np.save(arguments.out, weights, allow_pickle=False)
    print(
        f"{np.count_nonzero(weights)} weights; right on {accuracy(arguments.data, weights):.4f} of the words kept back"
    )


if __name__ == "__main__":
    main()
