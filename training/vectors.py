"""Make the table of word vectors:
``python -m training.vectors --data ../shared/data --pretrained e5-small-q4.bin --princeton dict --out models/vectors``.

What the pretrained transformer knows of each word (``training.word_features``) is projected to a few dimensions so that
Wordnet Bahasa's synonyms come near each other and Princeton's opposites do not (``training.word_pairs``), the nearness
of all others kept as the transformer has it; then each word is drawn to its synonyms and off its opposites.
``--features FOLDER`` keeps the transformer's vectors between runs. ``--leave-out pairs`` learns from no pair of the
lists of ``evaluation/vocabulary``, by words or by roots, ``--leave-out words`` from no pair with a word of theirs; both
only print figures.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import marisa_trie  # type: ignore[import-not-found]
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from service.pipeline.alignment import vectors
from service.pipeline.document import morphology
from training import vocabulary, word_pairs
from training.vocabulary_evaluation import measure, read_lists, show
from training.word_features import Reader
from training.word_pairs import Pair

DIMENSIONS = 64
COMPONENTS = 256
SEED = 11
STEPS = 200
BATCH = 512
OPPOSED = 128
OTHERS = 384
RATE = 3e-3
DROPOUT = 0.1
DECAY = 0.01
TEMPERATURE = 0.08
# how nearness is kept, how far opposites are pushed
KEEP = 3.0
PUSH = 1.0
APART = 0.2
VOICE_WEIGHT = 0.3
# what synonyms are of a word's vector, and opposites off it
SHARE = 0.75
OFF = 0.2
ROUNDS = 4
# pairs that the transformer finds this unlike are taken for errors of the wordnet, as a share of all pairs
DOUBTED = 0.25

Matrix = NDArray[np.float32]


@dataclass(frozen=True)
class Lexicon:
    """Entries in alphabetical order, what the transformer knows of them (N x F), their weight (N)."""

    entries: list[str]
    features: Matrix
    weights: Matrix


def whiten(rows: Matrix) -> Matrix:
    """Principal components of the rows, their spread evened halfway out, each row of length one."""
    centred = rows - rows.mean(0)
    spread, axes = np.linalg.eigh(centred.T @ centred / len(rows))
    out = centred @ (axes[:, ::-1][:, :COMPONENTS] * np.maximum(spread[::-1][:COMPONENTS], 1e-9) ** -0.25)
    out /= np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-6)
    return np.ascontiguousarray(out, np.float32)


def read(data: Path, pretrained: Path, folder: Path | None) -> Lexicon:
    """The vocabulary with its features."""
    sentences = vocabulary.read_sentences(data)
    total, plain = vocabulary.count(data, sentences)
    entries = vocabulary.choose(data, sentences, total, plain)
    kept = folder / "alone.npy" if folder else None
    if kept and kept.exists():
        alone = np.load(kept, allow_pickle=False)
    else:
        alone = Reader(pretrained, sorted({w for entry in entries for w in entry.split()})).alone(entries)
        if kept:
            np.save(kept, alone, allow_pickle=False)
    features = whiten(alone)
    index = frozenset(entries)
    documents: dict[str, int] = {}
    for words in sentences:
        lower = [word.lower() for word in words]
        grams = {" ".join(lower[i : i + n]) for n in (1, 2, 3) for i in range(len(lower) - n + 1)}
        for gram in grams & index:
            documents[gram] = documents.get(gram, 0) + 1
    weights = np.array([math.log((len(sentences) + 1) / (documents.get(e, 0) + 1)) for e in entries], np.float32)
    return Lexicon(entries, features, weights)


def start(lexicon: Lexicon) -> tuple[Matrix, Matrix]:
    """The principal components of the features: axes (D x F) and the unit vectors (N x D) without any learning."""
    centred = lexicon.features - lexicon.features.mean(0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    axes = np.ascontiguousarray(axes[:, ::-1][:, :DIMENSIONS].T).astype(np.float32)
    rows = centred @ axes.T
    return axes, (rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)).astype(np.float32)


def weighed(pairs: dict[Pair, float], index: dict[str, int]) -> tuple[Tensor, Tensor]:
    """Rows of pairs (P x 2) and the chance to draw each (P)."""
    ordered = sorted(pair for pair in pairs if pair[0] in index and pair[1] in index)
    rows = torch.tensor([[index[one], index[other]] for one, other in ordered])
    return rows, torch.tensor([pairs[pair] for pair in ordered], dtype=torch.float32)


def learn(lexicon: Lexicon, alike: dict[Pair, float], opposed: dict[Pair, float], steps: int = STEPS) -> Matrix:
    """Unit vectors, N x D."""
    torch.manual_seed(SEED)
    # the order of sums, and so the last bits, would depend on the number of threads
    torch.set_num_threads(1)
    index = {entry: row for row, entry in enumerate(lexicon.entries)}
    features = torch.from_numpy(lexicon.features)
    plain = functional.normalize(features - features.mean(0), dim=-1)
    rows, chances = weighed(alike, index)
    sims = (plain[rows[:, 0]] * plain[rows[:, 1]]).sum(1)
    chances = chances * (sims > sims.quantile(DOUBTED)) * (0.2 + sims.clamp(min=0))
    against, odds = weighed(opposed, index)
    odds = odds * (0.1 + (plain[against[:, 0]] * plain[against[:, 1]]).sum(1).clamp(min=0)) ** 2
    linear = nn.Linear(features.shape[1], DIMENSIONS, bias=False)
    linear.weight.data = torch.from_numpy(start(lexicon)[0].copy())

    def model(x: Tensor) -> Tensor:
        return functional.normalize(linear(functional.dropout(x, DROPOUT)), dim=-1)

    optimizer = torch.optim.AdamW(linear.parameters(), RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps, pct_start=0.1)
    for _ in range(steps):
        batch = rows[torch.multinomial(chances, BATCH, replacement=True)]
        bad = against[torch.multinomial(odds, OPPOSED, replacement=True)]
        left, right = model(features[batch[:, 0]]), model(features[batch[:, 1]])
        logits = left @ right.T / TEMPERATURE
        # a word is no negative of itself, nor of what another row of the batch pairs it with
        ones, twos = batch[:, 0, None], batch[None, :, 1]
        same = (ones == twos) | (ones == ones.T) | (twos == twos.T)
        logits = logits.masked_fill(same & ~torch.eye(BATCH, dtype=torch.bool), -1e4)
        target = torch.arange(BATCH)
        loss = (functional.cross_entropy(logits, target) + functional.cross_entropy(logits.T, target)) / 2
        sample = torch.randint(len(features), (OTHERS,))
        out = model(features[sample])
        loss = loss + KEEP * functional.mse_loss(out @ out.T, plain[sample] @ plain[sample].T)
        near = (model(features[bad[:, 0]]) * model(features[bad[:, 1]])).sum(1)
        loss = loss + PUSH * functional.relu(near - APART).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
    with torch.inference_mode():
        result: Matrix = functional.normalize(linear(features), dim=-1).numpy()
    return result


def averages(pairs: dict[Pair, float], lexicon: Lexicon, start_from: Matrix) -> Matrix:
    """For each entry the mean of its partners' rows, by the weight of the pair; zeros where it has none."""
    index = {entry: row for row, entry in enumerate(lexicon.entries)}
    ordered = sorted(pairs)
    one = np.array([index[pair[0]] for pair in ordered])
    other = np.array([index[pair[1]] for pair in ordered])
    weights = np.array([pairs[pair] for pair in ordered], np.float32)
    left, right = np.concatenate([one, other]), np.concatenate([other, one])
    order = np.argsort(left, kind="stable")
    left, right, weights = left[order], right[order], np.concatenate([weights, weights])[order, None]
    starts = np.flatnonzero(np.diff(left, prepend=-1))
    out = np.zeros_like(start_from)
    total = np.maximum(np.add.reduceat(weights, starts), 1e-9)
    out[left[starts]] = np.add.reduceat(start_from[right] * weights, starts) / total
    return out


def retrofit(lexicon: Lexicon, rows: Matrix, alike: dict[Pair, float], opposed: dict[Pair, float]) -> Matrix:
    """Unit vectors drawn to those of their synonyms (Faruqui et al. 2015) and off those of their opposites."""
    own = np.array([[SHARE]], np.float32) * (np.abs(averages(alike, lexicon, rows)).sum(1, keepdims=True) > 0)
    out = rows
    for _ in range(ROUNDS):
        out = (1 - own) * rows + own * averages(alike, lexicon, out) - OFF * averages(opposed, lexicon, out)
        out /= np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-6)
    return out.astype(np.float32)


def pairs_of(
    data: Path, princeton: Path, entries: Sequence[str], left_out: Iterable[Pair], words: frozenset[str]
) -> tuple[dict[Pair, float], dict[Pair, float]]:
    """Pairs alike and opposed, without those in ``left_out`` and without any pair that has the root of ``words``."""
    stem = morphology.load("id").stem
    families = word_pairs.by_root(entries, stem)
    synsets = vocabulary.read_synsets(data)
    alike = word_pairs.synonyms(synsets, entries)
    opposed = word_pairs.opposites(synsets, word_pairs.read_antonymy(princeton), entries, alike)
    alike = word_pairs.carried(alike, families, stem)
    opposed = word_pairs.carried(opposed, families, stem)
    for pair in word_pairs.voices(families):
        alike[pair] = max(alike.get(pair, 0.0), VOICE_WEIGHT)
    banned = set(left_out)

    def allowed(pair: Pair) -> bool:
        roots = (stem(pair[0]), stem(pair[1]))
        return pair not in banned and word_pairs.ordered(*roots) not in banned and words.isdisjoint((*pair, *roots))

    opposed = {pair: weight for pair, weight in opposed.items() if allowed(pair)}
    return {pair: weight for pair, weight in alike.items() if allowed(pair)}, opposed


@dataclass(frozen=True)
class Packed:
    """What the service reads: the keys, and in their order the rows in bytes and the weights in bytes."""

    keys: marisa_trie.Trie
    table: NDArray[np.int8]
    weights: NDArray[np.uint8]

    def model(self) -> vectors.Vectors:
        """The service's view of it."""
        return vectors.Vectors(self.keys, self.table, self.weights, morphology.load("id").stem)

    def write(self, folder: Path) -> None:
        """Save the three files."""
        folder.mkdir(parents=True, exist_ok=True)
        self.keys.save(str(folder / "words.marisa"))
        np.save(folder / "vectors.npy", self.table, allow_pickle=False)
        np.save(folder / "weights.npy", self.weights, allow_pickle=False)


def pack(lexicon: Lexicon, rows: Matrix) -> Packed:
    """Each row in steps of its own, its largest number 127."""
    keys = marisa_trie.Trie(lexicon.entries)
    order = np.argsort([keys[entry] for entry in lexicon.entries])
    scaled = rows[order] * (127 / np.abs(rows[order]).max(1, keepdims=True))
    weights = np.clip(np.round(lexicon.weights[order] / vectors.WEIGHT_STEP), 0, 255).astype(np.uint8)
    return Packed(keys, np.round(scaled).astype(np.int8), weights)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--pretrained", type=Path, required=True)
    parser.add_argument("--princeton", type=Path, required=True, help="the folder dict of WordNet 3.0")
    parser.add_argument("--features", type=Path, help="scratch folder for the transformer's vectors")
    parser.add_argument("--out", type=Path, default=vectors.FOLDER)
    parser.add_argument("--leave-out", choices=("nothing", "pairs", "words"), default="nothing")
    arguments = parser.parse_args()
    lexicon = read(arguments.data, arguments.pretrained, arguments.features)
    stem = morphology.load("id").stem
    pairs = {pair for found in read_lists().values() for pair in found}
    left_out = {word_pairs.ordered(*pair) for pair in pairs}
    left_out |= {word_pairs.ordered(stem(one), stem(other)) for one, other in pairs}
    words = frozenset(word for pair in left_out for word in pair)
    alike, opposed = pairs_of(
        arguments.data,
        arguments.princeton,
        lexicon.entries,
        left_out if arguments.leave_out == "pairs" else (),
        words if arguments.leave_out == "words" else frozenset(),
    )
    print(f"{len(lexicon.entries)} entries, {len(alike)} pairs alike, {len(opposed)} opposed")
    rows = learn(lexicon, alike, opposed)
    stages = {
        "components": start(lexicon)[1],
        "projected": rows,
        "retrofitted": retrofit(lexicon, rows, alike, opposed),
    }
    if arguments.leave_out == "nothing":
        pack(lexicon, stages["retrofitted"]).write(arguments.out)
    for name, table in stages.items():
        print(f"{name}:", show(measure(pack(lexicon, table).model(), arguments.data)), flush=True)


if __name__ == "__main__":
    main()
