"""The trained encoder, run in numpy: word features, residual convolutions, one linear layer a head, CRF decoding.

Weights come from ``training/train.py``. A word's embedding is computed once a process and kept; a document is one
pass, its sentences laid end to end with gaps so that none sees another.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from service.pipeline.entities import features
from service.pipeline.entities.lexicon import Lexicon

Array = NDArray[np.float32]
# Words whose vectors a process keeps; past that, new words are computed each time, as very long ones always are. One
# kept takes up to a kilobyte of each worker's own memory, one computed a twentieth of a millisecond.
_KEPT_WORDS = 10_000
_LONGEST_KEPT = 40
_TINY = np.float32(1e-30)


@dataclass(frozen=True)
class Chain:
    """A linear-chain CRF's scores (Lafferty et al. 2001): ``table[i, j]`` from label i to j, ``first`` of opening."""

    table: Array
    first: Array


class WordTable:
    """The context-free vectors of the words that a process has met, one row a word; safe between threads."""

    def __init__(self, width: int) -> None:
        # memory is only taken as rows are written
        self.vectors: Array = np.empty((_KEPT_WORDS, width), dtype=np.float32)
        self.rows: dict[str, int] = {}
        self._lock = threading.Lock()

    def keep(self, word: str, vector: Array) -> int | None:
        """The row that now holds ``vector``; None when the table is full."""
        with self._lock:
            row = self.rows.get(word, len(self.rows))
            if row == _KEPT_WORDS:
                return None
            self.vectors[row] = vector
            self.rows[word] = row
            return row


@dataclass(frozen=True)
class Encoder:
    """Weights by name, as ``training.train.save`` writes them."""

    lexicon: Lexicon
    weights: dict[str, Array]
    dilations: tuple[int, ...]
    kernels: tuple[tuple[Array, Array], ...]
    chains: dict[str, Chain]
    known: WordTable

    def embed(self, word: str) -> Array:
        """The context-free vector of ``word``."""
        w = self.weights
        described = features.describe(word, self.lexicon)
        parts = np.concatenate(
            [
                w["words.weight"][described.word],
                w["grams.weight"][list(described.ngrams)].mean(axis=0, dtype=np.float32),
                w["shapes.weight"][described.shape],
                np.array(described.numbers, dtype=np.float32),
            ]
        ).astype(np.float32)
        found: Array = w["project.weight"] @ parts + w["project.bias"]
        return found

    def _vectors(self, words: Sequence[str]) -> Array:
        """One row a word."""
        rows: list[int] = []
        spare: dict[int, Array] = {}
        for position, word in enumerate(words):
            row = self.known.rows.get(word)
            if row is None:
                vector = self.embed(word)
                row = self.known.keep(word, vector) if len(word) <= _LONGEST_KEPT else None
                if row is None:
                    spare[position] = vector
                    row = 0
            rows.append(row)
        found: Array = self.known.vectors[rows]
        for position, vector in spare.items():
            found[position] = vector
        return found

    def encode(self, sentences: Sequence[Sequence[str]]) -> tuple[Array, list[int]]:
        """One row a word of all sentences, and the row at which each sentence starts (gaps lie between them)."""
        gap = max(self.dilations)
        starts: list[int] = []
        size = gap
        for words in sentences:
            starts.append(size)
            size += len(words) + gap
        places = [
            row for start, words in zip(starts, sentences, strict=True) for row in range(start, start + len(words))
        ]
        flat = [word for words in sentences for word in words]
        kinds = [kind for words in sentences for kind in features.phrases(words, self.lexicon)]
        cases = [case for words in sentences for case in [features.case(words)] * len(words)]
        x = np.zeros((size, self.kernels[0][1].shape[0]), dtype=np.float32)
        x[places] = self._vectors(flat) + self.weights["phrases.weight"][kinds] + self.weights["cases.weight"][cases]
        keep = np.zeros((size, 1), dtype=np.float32)
        keep[places] = 1
        for index, (kernel, bias) in enumerate(self.kernels):
            y = self._normalize(x, f"norms.{index}") * keep
            dilation = self.dilations[index]
            z = y[: -2 * dilation] @ kernel[0]
            z += y[dilation:-dilation] @ kernel[1]
            z += y[2 * dilation :] @ kernel[2]
            z += bias
            np.maximum(z, 0, out=z)
            x[dilation:-dilation] += z
        return self._normalize(x, "last"), starts

    def _normalize(self, x: Array, name: str) -> Array:
        centred = x - x.mean(axis=1, keepdims=True)
        scale = 1 / np.sqrt(np.einsum("ij,ij->i", centred, centred)[:, None] / x.shape[1] + 1e-5)
        result: Array = centred * scale * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]
        return result

    def scores(self, head: str, encoded: Array) -> Array:
        """One score a row and label of ``head``."""
        result: Array = encoded @ self.weights[f"heads.{head}.weight"].T + self.weights[f"heads.{head}.bias"]
        return result

    def decode(self, head: str, scores: Array, starts: Sequence[int], lengths: Sequence[int]) -> list[list[int]]:
        """The best label sequence of every sentence (Viterbi), all sentences in step."""
        if not lengths:
            return []
        chain = self.chains[head]
        padded = _side_by_side(scores, starts, lengths)
        count, longest, size = padded.shape
        best = chain.first + padded[:, 0]
        back = np.zeros((longest, count, size), dtype=np.int64)
        alive = np.array(lengths)
        for t in range(1, longest):
            step = best[:, :, None] + chain.table
            back[t] = step.argmax(axis=1)
            best = np.where((alive > t)[:, None], step.max(axis=1) + padded[:, t], best)
        ends = best.argmax(axis=1)
        paths: list[list[int]] = []
        for row, length in enumerate(lengths):
            label = int(ends[row])
            path = [label]
            for t in range(length - 1, 0, -1):
                label = int(back[t, row, label])
                path.append(label)
            paths.append(path[::-1])
        return paths

    def chances(self, head: str, scores: Array, starts: Sequence[int], lengths: Sequence[int]) -> Array:
        """The chance of each label at each row of ``scores`` (forward-backward); zero in the gaps."""
        chain = self.chains[head]
        padded = _side_by_side(scores, starts, lengths)
        longest = padded.shape[1]
        emitted = np.exp(padded - padded.max(axis=2, keepdims=True))
        alive = np.arange(longest)[None, :, None] < np.array(lengths)[:, None, None]
        moves = np.exp(chain.table)
        forward = np.empty_like(emitted)
        forward[:, 0] = emitted[:, 0] * np.exp(chain.first)
        for t in range(1, longest):
            step = (forward[:, t - 1] @ moves) * emitted[:, t]
            forward[:, t] = step / (step.sum(axis=1, keepdims=True) + _TINY)
        backward = np.ones_like(emitted)
        for t in range(longest - 2, -1, -1):
            step = (emitted[:, t + 1] * backward[:, t + 1]) @ moves.T
            backward[:, t] = np.where(alive[:, t + 1], step / (step.sum(axis=1, keepdims=True) + _TINY), 1)
        both = forward * backward
        both /= both.sum(axis=2, keepdims=True) + _TINY
        found = np.zeros_like(scores)
        for row, (start, length) in enumerate(zip(starts, lengths, strict=True)):
            found[start : start + length] = both[row, :length]
        return found


def _side_by_side(scores: Array, starts: Sequence[int], lengths: Sequence[int]) -> Array:
    """Sentences x words x labels, padded with zeros."""
    padded = np.zeros((len(lengths), max(lengths), scores.shape[1]), dtype=np.float32)
    for row, (start, length) in enumerate(zip(starts, lengths, strict=True)):
        padded[row, :length] = scores[start : start + length]
    return padded


def load(folder: Path, lexicon: Lexicon) -> Encoder:
    """The encoder whose weights lie in ``folder``; raises OSError where they do not."""
    weights: dict[str, Array] = {}
    chains: dict[str, dict[str, Any]] = {}
    kernels: dict[int, list[Array]] = {}
    with np.load(folder / "weights.npz", allow_pickle=False) as arrays:
        dilations = tuple(int(d) for d in arrays["dilations"])
        for name in arrays.files:
            if name == "dilations":
                continue
            array = arrays[name]
            first, _, rest = name.partition(".")
            if first == "crfs":
                head, _, part = rest.partition(".")
                chains.setdefault(head, {})[part] = array.astype(np.float32)
            elif rest.startswith("convolutions."):
                index = int(rest.split(".")[1])
                kernels.setdefault(index, [])
                # out x in x 3 -> 3 x in x out
                value = array.astype(np.float32)
                kernels[index].append(np.ascontiguousarray(value.transpose(2, 1, 0)) if value.ndim == 3 else value)
            else:
                # the large tables stay in half precision: rows are cast as they are read
                weights[rest] = array if array.dtype == np.float16 else array.astype(np.float32)
    ordered = tuple((kernels[i][0], kernels[i][1]) for i in range(len(dilations)))
    return Encoder(
        lexicon,
        weights,
        dilations,
        ordered,
        {
            head: Chain(parts["scores"] + parts["blocked"], parts["first"] + parts["opening"])
            for head, parts in chains.items()
        },
        WordTable(weights["project.bias"].shape[0]),
    )
