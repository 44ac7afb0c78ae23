"""Train the encoder: ``python -m training.train --data ../shared/data --out models/encoder``.

One encoder, one head a task: names (the product's convention), NERGrit's and NERP's own conventions, Universal POS.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy
import torch
from torch import Tensor, nn

from service.pipeline.entities import lexicon
from training import augment, sentences
from training.corpora import Labelled, repair
from training.encoder import Batch, Encoder, Featurizer, Shape, Transitions
from training.synthesize import Synthesizer
from training.tasks import HEADS, read_tasks

# decay of the running mean of the weights that is kept in the end
_STEADY = 0.998


class Model(nn.Module):
    """The encoder with the CRFs of its heads of names."""

    def __init__(self, sizes: Shape) -> None:
        super().__init__()
        self.encoder = Encoder(sizes, {name: len(labels) for name, labels in HEADS.items()})
        self.crfs = nn.ModuleDict({name: Transitions(labels) for name, labels in HEADS.items() if name != "upos"})

    def loss(self, head: str, batch: Batch, gold: Tensor) -> Tensor:
        """The loss a word of ``head`` against labels."""
        scores = self.encoder.heads[head](self.encoder(batch))
        if head in self.crfs:
            return self.crfs[head].loss(scores, gold, batch.mask).sum() / batch.mask.sum()
        return nn.functional.cross_entropy(scores[batch.mask], gold[batch.mask])

    def taught_loss(self, batch: Batch, chances: dict[str, Tensor], best: dict[str, Tensor]) -> Tensor:
        """The loss a word against the chances that the teacher gives (Hinton et al. 2015), summed over its heads; heads
        with a CRF also learn the teacher's best labels as a sequence."""
        encoded = self.encoder(batch)
        total = torch.zeros(())
        for head, target in chances.items():
            scores = self.encoder.heads[head](encoded)
            soft = -(target[batch.mask] * scores[batch.mask].log_softmax(-1)).sum(-1).mean()
            total = total + soft
            if head in self.crfs:
                total = total + 0.5 * self.crfs[head].loss(scores, best[head], batch.mask).sum() / batch.mask.sum()
        return total

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


class Taught:
    """Raw sentences with the chances that a teacher gives (``training.teach``), and their headline variants."""

    def __init__(self, folder: Path) -> None:
        words: list[list[str]] = json.loads((folder / "sentences.json").read_text(encoding="utf-8"))
        with numpy.load(folder / "labels.npz") as arrays:
            self.chances = {head: torch.from_numpy(arrays[head].astype(numpy.float32)) for head in arrays.files}
        ends = numpy.cumsum([len(part) for part in words])
        self.starts = {id_: int(end) - len(part) for id_, (part, end) in enumerate(zip(words, ends, strict=True))}
        self.best = {head: self._best(head, words) for head in self.chances if head != "upos"}
        # the number of a sentence travels in its labels
        self.sentences = [Labelled(tuple(part), (str(id_),), ()) for id_, part in enumerate(words)]

    def _best(self, head: str, words: list[list[str]]) -> Tensor:
        """The likeliest labels as valid sequences, end to end."""
        labels = HEADS[head]
        index = {label: i for i, label in enumerate(labels)}
        likeliest = self.chances[head].argmax(-1).tolist()
        found: list[int] = []
        for id_, part in enumerate(words):
            start = self.starts[id_]
            path = repair([labels[i] for i in likeliest[start : start + len(part)]])
            found.extend(index[label] for label in path)
        return torch.tensor(found)

    def targets(self, group: list[Labelled]) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
        """The chances, B x T x labels, and the likeliest labels, B x T, of each head."""
        longest = max(len(s.words) for s in group)
        chances, best = {}, {}
        for head, table in self.chances.items():
            target = torch.zeros((len(group), longest, table.shape[1]))
            hard = torch.zeros((len(group), longest), dtype=torch.long)
            for row, sentence in enumerate(group):
                start, length = self.starts[int(sentence.labels[0])], len(sentence.words)
                target[row, :length] = table[start : start + length]
                if head in self.best:
                    hard[row, :length] = self.best[head][start : start + length]
            chances[head], best[head] = target, hard
        return chances, best


def train(data: Path, out: Path, epochs: int, seed: int, sizes: Shape, taught: Taught | None, made: int) -> None:
    """Train, and save the running mean of the weights; ``made`` sentences are synthesized an epoch."""
    random.seed(seed)
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    rng = random.Random(seed)
    tasks = read_tasks(data)
    synthesizer = Synthesizer(data, seed)
    featurizer = Featurizer(lexicon.load(Path("models/names")))
    model = Model(sizes)

    def epoch_batches() -> list[tuple[str, list[Labelled]]]:
        mixed = [(name, group) for name in HEADS for group in batches(tasks[name], 500, rng)]
        mixed += [("names", group) for group in batches([synthesizer.sentence() for _ in range(made)], 500, rng)]
        if taught is not None:
            mixed += [("taught", group) for group in batches(taught.sentences, 700, rng)]
        rng.shuffle(mixed)
        return mixed

    optimizer = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=0.02, fused=True)
    steps = epochs * (len(epoch_batches()) + 20)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=2.5e-3, total_steps=steps, pct_start=0.08)
    steady = torch.optim.swa_utils.AveragedModel(
        model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(_STEADY), use_buffers=True
    )
    averaged: Model = steady.module  # type: ignore[assignment]
    for epoch in range(epochs):
        model.train()
        started = time.process_time()
        total = 0.0
        mixed = epoch_batches()
        for name, group in mixed:
            shown = [augment.recase(s, rng).words for s in group]
            batch = featurizer.batch(shown, drop=0.12)
            if name == "taught" and taught is not None:
                loss = model.taught_loss(batch, *taught.targets(group))
            else:
                loss = model.loss(name, batch, gold_of(group, HEADS[name]))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimizer.step()
            schedule.step()
            steady.update_parameters(model)
            total += loss.item()
        figures = measure(averaged, data, tasks, featurizer) if epoch % 3 == 2 or epoch == epochs - 1 else ""
        print(epoch, f"{total / len(mixed):.4f}", f"{time.process_time() - started:.0f} s", figures, flush=True)
        save(averaged, out)


def measure(model: Model, data: Path, tasks: dict[str, list[Labelled]], featurizer: Featurizer) -> str:
    """The figures on the development sets, as one line."""
    figures = []
    for name, gold in (
        ("names", sentences.read_names(data / "ner/idner-news-2k.dev.txt", relabel=True)),
        ("nergrit", sentences.read_names(data / "ner/nergrit.dev.txt", relabel=False)),
        ("upos", tasks["upos-held-out"]),
    ):
        found = model.predict(name, [s.words for s in gold], featurizer)
        if name == "upos":
            pairs = [p for s, f in zip(gold, found, strict=True) for p in zip(s.labels, f, strict=True)]
            figures.append(f"upos {sum(a == b for a, b in pairs) / len(pairs):.4f}")
        else:
            figures.append("{} {:.4f} {:.4f} {:.4f}".format(name, *sentences.f1([s.labels for s in gold], found)))
    return "  ".join(figures)


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
    parser.add_argument("--taught", type=Path, help="folder of training.teach's labels")
    parser.add_argument("--made", type=int, default=3000, help="synthesized sentences an epoch")
    parser.add_argument("--width", type=int, default=128)
    arguments = parser.parse_args()
    taught = Taught(arguments.taught) if arguments.taught else None
    sizes = Shape(width=arguments.width)
    train(arguments.data, arguments.out, arguments.epochs, arguments.seed, sizes, taught, arguments.made)


if __name__ == "__main__":
    main()
