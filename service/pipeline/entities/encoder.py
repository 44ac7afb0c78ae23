"""The trained encoder, run in numpy: word features, residual convolutions, one linear layer a head, CRF decoding.

Weights come from ``training/train.py``. A word's embedding is computed once a process and kept; sentences are laid end
to end, and none sees another.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from service.pipeline.entities import features
from service.pipeline.entities.lexicon import Lexicon

Array = NDArray[np.float32]
# Words whose vectors a process keeps; past that, new words are computed each time, as very long ones always are. One
# kept takes up to a kilobyte of each worker's own memory, one computed a fiftieth of a millisecond.
_KEPT_WORDS = 10_000
_LONGEST_KEPT = 40
# What is computed of so many words stays in the processor's cache; of more it comes from memory, and takes longer.
_BLOCK_ROWS = 384
_TINY = np.float32(1e-30)
_LEAST_VARIANCE = np.float32(1e-5)


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

    def keep(self, words: Sequence[str], vectors: Array) -> None:
        """Keep a row of ``vectors`` for each of ``words``, as long as there is room, and no very long ones."""
        with self._lock:
            first = len(self.rows)
            new = [i for i, word in enumerate(words) if word not in self.rows and len(word) <= _LONGEST_KEPT]
            del new[_KEPT_WORDS - first :]
            self.vectors[first : first + len(new)] = vectors[new]
            # a row is told when it is written: others read without the lock
            self.rows.update((words[i], first + row) for row, i in enumerate(new))


@dataclass(frozen=True)
class Encoder:
    """Weights by name, as ``training.train.save`` writes them; ``kernels`` as ``_normalized`` returns them."""

    lexicon: Lexicon
    weights: dict[str, Array]
    dilations: tuple[int, ...]
    kernels: tuple[tuple[Array, Array], ...]
    chains: dict[str, Chain]
    known: WordTable

    def embed(self, words: Sequence[str]) -> Array:
        """The context-free vectors of ``words``, one row a word; at least one."""
        w = self.weights
        described = [features.describe(word, self.lexicon) for word in words]
        sizes = np.array([len(one.ngrams) for one in described])
        grams = w["grams.weight"][[row for one in described for row in one.ngrams]].astype(np.float32)
        parts = np.concatenate(
            [
                w["words.weight"][[one.word for one in described]],
                np.add.reduceat(grams, np.cumsum(sizes) - sizes, axis=0) / sizes[:, None].astype(np.float32),
                w["shapes.weight"][[one.shape for one in described]],
                np.array([one.numbers for one in described], dtype=np.float32),
            ],
            axis=1,
            dtype=np.float32,
        )
        found: Array = parts @ w["project.weight"].T + w["project.bias"]
        return found

    def _vectors(self, words: Sequence[str]) -> Array:
        """One row a word. Those of words that are met for the first time are computed together."""
        known = self.known.rows
        rows = [known.get(word, -1) for word in words]
        found: Array = self.known.vectors[rows]
        spare = [index for index, row in enumerate(rows) if row < 0]
        if spare:
            new = {word: place for place, word in enumerate(dict.fromkeys(words[index] for index in spare))}
            vectors = self.embed(list(new))
            self.known.keep(list(new), vectors)
            found[spare] = vectors[[new[words[index]] for index in spare]]
        return found

    def encode(self, sentences: Sequence[Sequence[str]]) -> tuple[Array, list[int]]:
        """One row a word of all sentences, and the row at which each sentence starts."""
        starts = [0, *itertools.accumulate(map(len, sentences))]
        found: Array = np.empty((starts[-1], len(self.weights["last.weight"])), dtype=np.float32)
        for first, last in _blocks(starts):
            found[starts[first] : starts[last]] = self._encode_block(sentences[first:last])
        return found, starts[:-1]

    def _encode_block(self, sentences: Sequence[Sequence[str]]) -> Array:
        """One row a word of ``sentences``, at least one."""
        lengths = [len(words) for words in sentences]
        starts = [0, *itertools.accumulate(lengths)][:-1]
        size, width = sum(lengths), len(self.weights["last.weight"])
        # how many rows of the same sentence stand before and after each row
        counts = np.array(lengths)
        before = np.arange(size) - np.array(starts).repeat(counts)
        after = counts.repeat(counts) - 1 - before
        flat = [word for words in sentences for word in words]
        kinds = [kind for words in sentences for kind in features.phrases(words, self.lexicon)]
        cases = np.array([features.case(words) for words in sentences]).repeat(counts)
        x = self._vectors(flat)
        x += self.weights["phrases.weight"][kinds]
        x += self.weights["cases.weight"][cases]
        seen = np.empty_like(x)
        parts = np.empty((size, 3 * width), dtype=np.float32)
        left, middle, right = parts[:, :width], parts[:, width : 2 * width], parts[:, 2 * width :]
        # the first words of a sentence hear nothing from the left, the last ones nothing from the right
        edges = {d: ((before < d).nonzero()[0], (after < d).nonzero()[0]) for d in set(self.dilations)}
        for (taps, biases), dilation in zip(self.kernels, self.dilations, strict=True):
            np.matmul(_standardize(x, seen), taps, out=parts)
            middle += biases.sum(axis=0)
            first, last = edges[dilation]
            middle[first] -= biases[0]
            middle[last] -= biases[2]
            left[last] = 0
            right[first] = 0
            middle[dilation:] += left[:-dilation]
            middle[:-dilation] += right[dilation:]
            np.maximum(middle, 0, out=middle)
            x += middle
        found = _standardize(x, seen)
        found *= self.weights["last.weight"]
        found += self.weights["last.bias"]
        return found

    def scores(self, head: str, encoded: Array) -> Array:
        """One score a row and label of ``head``."""
        result: Array = encoded @ self.weights[f"heads.{head}.weight"].T + self.weights[f"heads.{head}.bias"]
        return result

    def decode(self, head: str, scores: Array, starts: Sequence[int], lengths: Sequence[int]) -> list[list[int]]:
        """The best label sequence of every sentence (Viterbi), all sentences in step."""
        if not lengths:
            return []
        chain = self.chains[head]
        steps = _Steps(starts, lengths)
        padded = steps.lay(scores)
        best = chain.first + padded[0]
        back = np.zeros(padded.shape, dtype=np.int64)
        for t, alive in enumerate(steps.alive[1:], 1):
            step = best[:alive, :, None] + chain.table
            back[t, :alive] = step.argmax(axis=1)
            np.add(np.maximum.reduce(step, axis=1), padded[t, :alive], out=best[:alive])
        ends: list[int] = best.argmax(axis=1).tolist()
        came: Any = back.tolist()
        paths: list[list[int]] = []
        for length, column in zip(lengths, steps.columns, strict=True):
            label = ends[column]
            path = [label]
            for t in range(length - 1, 0, -1):
                label = came[t][column][label]
                path.append(label)
            paths.append(path[::-1])
        return paths

    def chances(self, head: str, scores: Array, starts: Sequence[int], lengths: Sequence[int]) -> Array:
        """The chance of each label at each row of ``scores`` (forward-backward, both in step); zero at rows that lie in
        no sentence."""
        found = np.zeros_like(scores)
        if not lengths:
            return found
        chain = self.chains[head]
        steps = _Steps(starts, lengths)
        emitted = np.exp(scores - scores.max(axis=1, keepdims=True))
        laid = np.stack([steps.lay(emitted), steps.lay(emitted, backward=True)], axis=1)
        moves = np.exp(np.stack([chain.table, chain.table.T]))
        # what comes to a word from the one before it, and from the one after it
        told = np.empty_like(laid)
        told[0, 0], told[0, 1] = np.exp(chain.first), 1
        state = told[0] * laid[0]
        for t, alive in enumerate(steps.alive[1:], 1):
            come = np.matmul(state[:, :alive], moves, out=told[t, :, :alive])
            state = come * laid[t, :, :alive]
            state /= np.add.reduce(state, axis=2, keepdims=True) + _TINY
        both = emitted[steps.rows] * told[steps.times, 0, steps.of] * told[steps.times_left, 1, steps.of]
        found[steps.rows] = both / (both.sum(axis=1, keepdims=True) + _TINY)
        return found


def _blocks(starts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Sentences ``first:last`` that are encoded together; ``starts`` are the rows where they begin, and the end."""
    first = 0
    for index in range(1, len(starts)):
        if starts[index] - starts[first] > _BLOCK_ROWS and index - 1 > first:
            yield first, index - 1
            first = index - 1
    if first < len(starts) - 1:
        yield first, len(starts) - 1


class _Steps:
    """Sentences side by side, the longest first, so that at each step those that go on are the first ``alive``.

    ``columns`` tells each sentence's place; the other arrays have one entry a word: its row in the flat scores, its
    step from the start and from the end, and its sentence's column.
    """

    def __init__(self, starts: Sequence[int], lengths: Sequence[int]) -> None:
        order = sorted(range(len(lengths)), key=lambda i: -lengths[i])
        self.columns = [0] * len(lengths)
        for column, sentence in enumerate(order):
            self.columns[sentence] = column
        longest = lengths[order[0]]
        self.alive = (np.array(lengths)[None, :] > np.arange(longest)[:, None]).sum(axis=1).tolist()
        counts = np.array(lengths)
        opening = (counts.cumsum() - counts).repeat(counts)
        self.times = np.arange(len(opening)) - opening
        self.times_left = counts.repeat(counts) - 1 - self.times
        self.rows = np.array(starts).repeat(counts) + self.times
        self.of = np.array(self.columns).repeat(counts)

    def lay(self, scores: Array, backward: bool = False) -> Array:
        """Steps x sentences x labels, padded with zeros; ``backward`` from the last word to the first."""
        padded = np.zeros((len(self.alive), len(self.columns), scores.shape[1]), dtype=np.float32)
        padded[self.times_left if backward else self.times, self.of] = scores[self.rows]
        return padded


def _standardize(x: Array, out: Array) -> Array:
    """``x`` with each row's mean taken off and divided by its deviation, written to ``out``."""
    width = np.float32(x.shape[1])
    np.subtract(x, (np.add.reduce(x, axis=1) / width)[:, None], out=out)
    out *= (1 / np.sqrt(np.einsum("ij,ij->i", out, out) / width + _LEAST_VARIANCE))[:, None]
    return out


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
                kernels[index].append(array.astype(np.float32))
            else:
                # the large tables stay in half precision: rows are cast as they are read
                weights[rest] = array if array.dtype == np.float16 else array.astype(np.float32)
    ordered = tuple(
        _normalized(kernels[i][0], kernels[i][1], weights.pop(f"norms.{i}.weight"), weights.pop(f"norms.{i}.bias"))
        for i in range(len(dilations))
    )
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


def _normalized(kernel: Array, bias: Array, scale: Array, shift: Array) -> tuple[Array, Array]:
    """A convolution (``kernel`` out x in x 3) that takes standardized rows: what it makes of the word before, of the
    word and of the one after it, side by side in one matrix, and a bias for each. The layer's ``scale`` and ``shift``
    are part of both."""
    taps = kernel.transpose(2, 1, 0)
    biases = shift @ taps
    biases[1] += bias
    side_by_side = np.concatenate(list(taps * scale[:, None]), axis=1, dtype=np.float32)
    return side_by_side, biases.astype(np.float32)
