"""The encoder in PyTorch: the same network that ``service/pipeline/entities/encoder.py`` runs in numpy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from service.pipeline.entities import features
from service.pipeline.entities.lexicon import Lexicon

UNKNOWN_WORD = features.WORD_BUCKETS
UNKNOWN_GRAM = features.NGRAM_BUCKETS


@dataclass(frozen=True)
class Shape:
    """Sizes of the network."""

    word: int = 64
    gram: int = 64
    shape: int = 16
    width: int = 128
    dilations: tuple[int, ...] = (1, 2, 4, 1)
    dropout: float = 0.25


@dataclass
class Batch:
    """Sentences side by side, padded: B sentences of T words."""

    word: Tensor
    grams: Tensor
    gram_offsets: Tensor
    shape: Tensor
    numbers: Tensor
    phrase: Tensor
    case: Tensor
    mask: Tensor


@dataclass(frozen=True)
class Sentence:
    """One sentence's features: T words, their n-grams end to end with the place where each word's begin."""

    word: Tensor
    shape: Tensor
    numbers: Tensor
    phrase: Tensor
    case: int
    grams: Tensor
    gram_starts: Tensor


class Featurizer:
    """Turns sentences into batches; the features of a word, and of a sentence, are computed once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.words: dict[str, features.WordFeatures] = {}
        self.sentences: dict[tuple[str, ...], Sentence] = {}

    def describe(self, word: str) -> features.WordFeatures:
        found = self.words.get(word)
        if found is None:
            found = self.words[word] = features.describe(word, self.lexicon)
        return found

    def sentence(self, words: tuple[str, ...]) -> Sentence:
        found = self.sentences.get(words)
        if found is None:
            known = [self.describe(word) for word in words]
            starts = [0]
            for one in known[:-1]:
                starts.append(starts[-1] + len(one.ngrams))
            found = self.sentences[words] = Sentence(
                torch.tensor([one.word for one in known]),
                torch.tensor([one.shape for one in known]),
                torch.tensor([one.numbers for one in known]),
                torch.tensor(features.phrases(words, self.lexicon)),
                features.case(words),
                torch.tensor([gram for one in known for gram in one.ngrams]),
                torch.tensor(starts),
            )
        return found

    def batch(self, sentences: Sequence[Sequence[str]], drop: float = 0.0) -> Batch:
        """The sentences side by side; ``drop`` is the chance that a word's identity is hidden."""
        parts = [self.sentence(tuple(words)) for words in sentences]
        longest = max(len(part.word) for part in parts)
        count = len(parts)
        word = torch.full((count, longest), UNKNOWN_WORD)
        shape = torch.zeros((count, longest), dtype=torch.long)
        numbers = torch.zeros((count, longest, features.NUMBERS))
        phrase = torch.zeros((count, longest), dtype=torch.long)
        case = torch.zeros((count, longest), dtype=torch.long)
        mask = torch.zeros((count, longest), dtype=torch.bool)
        offsets = torch.zeros((count, longest), dtype=torch.long)
        size = 0
        for row, part in enumerate(parts):
            length = len(part.word)
            word[row, :length] = part.word
            shape[row, :length] = part.shape
            numbers[row, :length] = part.numbers
            phrase[row, :length] = part.phrase
            case[row] = part.case
            mask[row, :length] = True
            offsets[row, :length] = part.gram_starts + size
            size += len(part.grams)
            # padding has no n-grams
            offsets[row, length:] = size
        if drop:
            word = torch.where(torch.rand(word.shape) < drop, UNKNOWN_WORD, word)
        return Batch(
            word, torch.cat([part.grams for part in parts]), offsets.flatten(), shape, numbers, phrase, case, mask
        )


class Encoder(nn.Module):
    """Embeddings, residual blocks ``x + relu(conv3(norm(x)))`` of several dilations, one linear layer a head."""

    def __init__(self, sizes: Shape, heads: dict[str, int]) -> None:
        super().__init__()
        self.sizes = sizes
        self.words = nn.Embedding(features.WORD_BUCKETS + 1, sizes.word)
        self.grams = nn.EmbeddingBag(features.NGRAM_BUCKETS + 1, sizes.gram, mode="mean")
        self.shapes = nn.Embedding(features.SHAPE_BUCKETS, sizes.shape)
        for table in (self.words, self.grams, self.shapes):
            nn.init.normal_(table.weight, std=0.3)
        self.project = nn.Linear(sizes.word + sizes.gram + sizes.shape + features.NUMBERS, sizes.width)
        self.phrases = nn.Embedding(features.PHRASE_KINDS, sizes.width)
        self.cases = nn.Embedding(features.CASES, sizes.width)
        for table in (self.phrases, self.cases):
            nn.init.normal_(table.weight, std=0.1)
        self.norms = nn.ModuleList(nn.LayerNorm(sizes.width) for _ in sizes.dilations)
        self.convolutions = nn.ModuleList(
            nn.Conv1d(sizes.width, sizes.width, 3, dilation=d, padding=d) for d in sizes.dilations
        )
        self.last = nn.LayerNorm(sizes.width)
        self.heads = nn.ModuleDict({name: nn.Linear(sizes.width, size) for name, size in heads.items()})
        self.drop = nn.Dropout(sizes.dropout)

    def forward(self, batch: Batch) -> Tensor:
        """B x T x width."""
        count, longest = batch.word.shape
        grams = self.grams(batch.grams, batch.gram_offsets).view(count, longest, -1)
        parts = torch.cat([self.words(batch.word), grams, self.shapes(batch.shape), batch.numbers], dim=-1)
        x = self.project(self.drop(parts)) + self.phrases(batch.phrase) + self.cases(batch.case)
        keep = batch.mask.unsqueeze(-1).float()
        for norm, convolution in zip(self.norms, self.convolutions, strict=True):
            y = (norm(x) * keep).transpose(1, 2)
            x = x + self.drop(functional.relu(convolution(y).transpose(1, 2)))
        return self.last(x)


class Transitions(nn.Module):
    """A linear-chain CRF over a head's scores (Lafferty et al. 2001)."""

    def __init__(self, labels: Sequence[str]) -> None:
        super().__init__()
        size = len(labels)
        self.scores = nn.Parameter(torch.zeros(size, size))
        self.first = nn.Parameter(torch.zeros(size))
        blocked = torch.zeros(size, size)
        opening = torch.zeros(size)
        for j, label in enumerate(labels):
            if label.startswith("I-"):
                opening[j] = -1e4
                for i, before in enumerate(labels):
                    if before[2:] != label[2:]:
                        blocked[i, j] = -1e4
        self.register_buffer("blocked", blocked)
        self.register_buffer("opening", opening)

    def loss(self, scores: Tensor, gold: Tensor, mask: Tensor) -> Tensor:
        """Negative log likelihood a sentence; scores B x T x L, gold B x T."""
        scores = scores.float()
        table, first = self.scores + self.blocked, self.first + self.opening
        total = first + scores[:, 0]
        picked = scores.gather(2, gold.unsqueeze(2)).squeeze(2)
        path = first[gold[:, 0]] + picked[:, 0]
        for t in range(1, scores.shape[1]):
            keep = mask[:, t]
            step = torch.logsumexp(total.unsqueeze(2) + table, dim=1) + scores[:, t]
            total = torch.where(keep.unsqueeze(1), step, total)
            path = path + torch.where(keep, table[gold[:, t - 1], gold[:, t]] + picked[:, t], torch.zeros_like(path))
        return torch.logsumexp(total, dim=1) - path

    @torch.no_grad()
    def decode(self, scores: Tensor, lengths: Sequence[int]) -> list[list[int]]:
        table, first = self.scores + self.blocked, self.first + self.opening
        paths = []
        for row, length in zip(scores, lengths, strict=True):
            best = first + row[0]
            back = []
            for t in range(1, length):
                step, pointer = (best.unsqueeze(1) + table).max(dim=0)
                best = step + row[t]
                back.append(pointer)
            path = [int(best.argmax())]
            for pointer in reversed(back):
                path.append(int(pointer[path[-1]]))
            paths.append(path[::-1])
        return paths
