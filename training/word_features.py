"""What the pretrained transformer knows of words: its vector of each word as a text of its own, which is what model2vec
takes (Tulkens and van Dongen 2024). Deterministic; nothing of it is kept here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from training.pretrained import Transformer

LAYERS = 12
# e5 was trained on texts that begin so
PREFIX = ("query:",)
BATCH_PIECES = 4096


def _batches(sizes: Sequence[int]) -> Iterator[list[int]]:
    """Indices of texts in batches of like length."""
    batch: list[int] = []
    for index in sorted(range(len(sizes)), key=lambda i: (sizes[i], i)):
        if batch and sizes[index] * (len(batch) + 1) > BATCH_PIECES:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


class Reader:
    """Runs the transformer over texts given as words."""

    def __init__(self, path: Path, words: Sequence[str]) -> None:
        self.model = Transformer(path, [*words, *PREFIX], LAYERS, dropout=0.0).eval().bfloat16()

    def _ids(self, words: Sequence[str]) -> list[int]:
        """The pieces of a text."""
        pieces = (piece for word in words for piece in self.model.pieces.split(word))
        return [0, *(self.model.rows.get(piece, 3) for piece in pieces), 2]

    def _states(self, texts: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
        """The last layer (B x T x width), and which pieces there are."""
        model = self.model
        longest = max(map(len, texts))
        table = torch.tensor([[*ids, *[1] * (longest - len(ids))] for ids in texts])
        keep = torch.tensor([[True] * len(ids) + [False] * (longest - len(ids)) for ids in texts])
        x = model.norm(model.words(table) + model.positions[:longest] + model.kind)
        for layer in model.layers:
            x = layer(x, keep)
        return x, keep

    @torch.inference_mode()
    def alone(self, entries: Sequence[str]) -> NDArray[np.float32]:
        """N x width: the embedding of each entry (words joined by spaces) as a text."""
        texts = [self._ids([*PREFIX, *entry.split()]) for entry in entries]
        out = np.zeros((len(entries), self.model.sizes.width), np.float32)
        for batch in _batches([len(ids) for ids in texts]):
            last, keep = self._states([texts[i] for i in batch])
            mean = (last * keep.unsqueeze(2)).sum(1) / keep.sum(1, keepdim=True)
            out[batch] = mean.float().numpy()
        return out
