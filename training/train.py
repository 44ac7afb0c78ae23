"""Train the encoder: ``python -m training.train --data ../shared/data --out models/encoder``.

One encoder, one head a task: names (the product's convention), NERGrit's and NERP's own conventions, Universal POS.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy
import torch
from torch import Tensor, nn

from service.pipeline.entities import lexicon
from training import sentences
from training.corpora import Labelled
from training.encoder import Encoder, Featurizer, Shape, Transitions
from training.tasks import HEADS, read_tasks


class Model(nn.Module):
    """The encoder with the CRFs of its heads of names."""

    def __init__(self, sizes: Shape) -> None:
        super().__init__()
        self.encoder = Encoder(sizes, {name: len(labels) for name, labels in HEADS.items()})
        self.crfs = nn.ModuleDict({name: Transitions(labels) for name, labels in HEADS.items() if name != "upos"})

    def loss(self, head: str, batch, gold: Tensor) -> Tensor:  # type: ignore[no-untyped-def]
        scores = self.encoder.heads[head](self.encoder(batch))
        if head in self.crfs:
            return self.crfs[head].loss(scores, gold, batch.mask).sum() / batch.mask.sum()
        flat = nn.functional.cross_entropy(scores[batch.mask], gold[batch.mask])
        return flat

    @torch.no_grad()
    def predict(self, head: str, texts: Sequence[Sequence[str]], featurizer: Featurizer) -> list[list[str]]:
        self.eval()
        labels = HEADS[head]
        found: list[list[str]] = []
        for i in range(0, len(texts), 64):
            part = texts[i : i + 64]
            scores = self.encoder.heads[head](self.encoder(featurizer.batch(part)))
            if head in self.crfs:
                paths = self.crfs[head].decode(scores, [len(words) for words in part])
            else:
                paths = [row[: len(words)].argmax(-1).tolist() for row, words in zip(scores, part, strict=True)]
            found.extend([[labels[i] for i in path] for path in paths])
        return found


def batches(task: list[Labelled], words: int, rng: random.Random) -> list[list[Labelled]]:
    """Groups of about ``words`` words, of sentences of like length, in random order."""
    order = sorted(task, key=lambda s: len(s.words) + rng.random() * 6)
    groups: list[list[Labelled]] = []
    size = 0
    for sentence in order:
        if not groups or size + len(sentence.words) > words:
            groups.append([])
            size = 0
        groups[-1].append(sentence)
        size += len(sentence.words)
    rng.shuffle(groups)
    return groups


def gold_of(group: list[Labelled], labels: Sequence[str]) -> Tensor:
    index = {label: i for i, label in enumerate(labels)}
    longest = max(len(s.words) for s in group)
    return torch.tensor([[index[label] for label in s.labels] + [0] * (longest - len(s.words)) for s in group])


def train(data: Path, out: Path, epochs: int, seed: int, sizes: Shape) -> None:
    random.seed(seed)
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    rng = random.Random(seed)
    tasks = read_tasks(data)
    featurizer = Featurizer(lexicon.load(Path("models/names")))
    model = Model(sizes)
    learned = [name for name in HEADS]
    steps = epochs * sum(len(batches(tasks[name], 500, rng)) for name in learned)
    optimizer = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=2e-3, total_steps=steps + epochs * 8, pct_start=0.1)
    held_out = {
        "names": sentences.read_names(data / "ner/idner-news-2k.dev.txt", relabel=True),
        "nergrit": sentences.read_names(data / "ner/nergrit.dev.txt", relabel=False),
        "upos": tasks["upos-held-out"],
    }
    for epoch in range(epochs):
        model.train()
        started = time.process_time()
        mixed = [(name, group) for name in learned for group in batches(tasks[name], 500, rng)]
        rng.shuffle(mixed)
        total = 0.0
        for name, group in mixed:
            batch = featurizer.batch([s.words for s in group], drop=0.15, rng=rng)
            loss = model.loss(name, batch, gold_of(group, HEADS[name]))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
        figures = []
        if epoch % 3 == 2 or epoch == epochs - 1:
            for name, gold in held_out.items():
                found = model.predict(name, [s.words for s in gold], featurizer)
                if name == "upos":
                    pairs = [p for s, f in zip(gold, found, strict=True) for p in zip(s.labels, f, strict=True)]
                    figures.append(f"upos {sum(a == b for a, b in pairs) / len(pairs):.4f}")
                else:
                    p, r, f = sentences.f1([s.labels for s in gold], found)
                    figures.append(f"{name} {p:.4f} {r:.4f} {f:.4f}")
        print(epoch, f"{total / len(mixed):.4f}", f"{time.process_time() - started:.0f} s", *figures, flush=True)
    save(model, out)


def save(model: Model, out: Path) -> None:
    """Weights in half precision, one array a parameter; no pickle."""
    arrays: dict[str, numpy.ndarray] = {}  # type: ignore[type-arg]
    for name, value in model.state_dict().items():
        array = value.detach().numpy()
        half = array.ndim == 2 and array.size > 100_000
        arrays[name] = array.astype(numpy.float16 if half else numpy.float32)
    arrays["dilations"] = numpy.array(model.encoder.sizes.dilations)
    out.mkdir(parents=True, exist_ok=True)
    numpy.savez_compressed(out / "weights.npz", **arrays)  # type: ignore[arg-type]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("models/encoder"))
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    train(arguments.data, arguments.out, arguments.epochs, arguments.seed, Shape())


if __name__ == "__main__":
    main()
