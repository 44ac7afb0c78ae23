"""Fine-tune the pretrained transformer and let it label raw text, for the encoder to learn from:
``python -m training.teach --data ../shared/data --pretrained e5-small-q4.bin --out FOLDER``.

Writes the sentences of raw text and, in ``labels.npz``, the chances that the teacher gives each label of the heads of
names and of Universal POS. FOLDER is scratch space and not part of the repository.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy
import torch
from torch import Tensor, nn

from service.pipeline.document.tokens import tokenize
from service.pipeline.entities import encoder, features, lexicon
from training import augment, corpora, sentences
from training.corpora import Labelled
from training.encoder import Featurizer
from training.pretrained import Transformer
from training.synthesize import Synthesizer
from training.tasks import HEADS, read_tasks
from training.train import batches

# share of a task's batches that one epoch sees
SHARES = {"names": 1.0, "nergrit": 1.0, "nerp": 0.2, "upos": 0.4}
LAST_SHARES = {"names": 1.0, "nergrit": 1.0, "upos": 0.4}
TAUGHT = ("names", "nergrit", "upos")
LAYERS = 8
_WIDTH = 256
_LONGEST = 70
# steady learning rate of the transformer; ten times that for the rest
_RATE = 1.5e-4
# synthesized sentences an epoch
_MADE = 700


class Teacher(nn.Module):
    """The transformer and what the lexicon tells of words, one convolution over both, one linear layer a head."""

    def __init__(self, path: Path, words: Sequence[str], featurizer: Featurizer) -> None:
        super().__init__()
        self.featurizer = featurizer
        self.body = Transformer(path, words, LAYERS)
        self.drop = nn.Dropout(0.15)
        self.phrases = nn.Embedding(features.PHRASE_KINDS, 16)
        self.norm = nn.LayerNorm(self.body.sizes.width)
        self.convolution = nn.Conv1d(self.body.sizes.width + features.NUMBERS + 16, _WIDTH, 3, padding=1)
        self.heads = nn.ModuleDict({name: nn.Linear(_WIDTH, len(labels)) for name, labels in HEADS.items()})

    def encode(self, texts: Sequence[Sequence[str]]) -> Tensor:
        """B x T x width."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = self.body(texts)
        known = self.featurizer.batch(texts)
        parts = torch.cat([self.norm(hidden.float()), known.numbers, self.phrases(known.phrase)], dim=-1)
        keep = known.mask.unsqueeze(-1)
        mixed = self.convolution((self.drop(parts) * keep).transpose(1, 2)).transpose(1, 2)
        return self.drop(nn.functional.relu(mixed))

    def forward(self, head: str, texts: Sequence[Sequence[str]]) -> Tensor:
        scores: Tensor = self.heads[head](self.encode(texts))
        return scores


def raw_sentences(data: Path) -> list[list[str]]:
    """Sentences of raw, cased text in the service's tokens, each once: the treebanks, IndoNLI, NERGrit."""
    texts: dict[str, None] = {}
    for name in ("id_csui-ud-train", "id_pud-ud-test", "id_gsd-ud-dev", "id_gsd-ud-test", "id_gsd-v2.0-train"):
        texts.update(dict.fromkeys(text for _, text in corpora.read_conllu(data / "ud" / f"{name}.conllu")))
    texts.update(dict.fromkeys(corpora.read_pairs(data / "nli" / "indonli.train.jsonl")))
    found = [[token.text for token in tokenize(text, 0, len(text))] for text in texts]
    found += [list(s.words) for s in corpora.read_bio(data / "ner/nergrit.train.txt")]
    return [words[:_LONGEST] for words in found if len(words) > 2]


def vocabulary(data: Path, tasks: dict[str, list[Labelled]], raw: Iterable[Sequence[str]]) -> list[str]:
    words = {word for sentences_ in tasks.values() for s in sentences_ for word in s.words}
    words |= {word for part in raw for word in part}
    words |= {word for s in sentences.read_names(data / "ner/idner-news-2k.dev.txt", False) for word in s.words}
    words |= {word for s in sentences.read_names(data / "ner/nergrit.dev.txt", False) for word in s.words}
    return sorted(words | {word.title() for word in words} | {word.upper() for word in words})


def targets(group: list[Labelled], labels: Sequence[str]) -> Tensor:
    index = {label: i for i, label in enumerate(labels)}
    longest = max(len(s.words) for s in group)
    return torch.tensor([[index[label] for label in s.labels] + [-100] * (longest - len(s.words)) for s in group])


@torch.no_grad()
def predict(teacher: Teacher, heads: Sequence[str], texts: Sequence[Sequence[str]]) -> dict[str, list[Tensor]]:
    """Chances, words x labels, of each text, by head; the texts are encoded once."""
    teacher.eval()
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    found: dict[str, dict[int, Tensor]] = {head: {} for head in heads}
    for start in range(0, len(order), 32):
        part = order[start : start + 32]
        encoded = teacher.encode([texts[i] for i in part])
        for head in heads:
            chances = teacher.heads[head](encoded).softmax(-1)
            for row, i in enumerate(part):
                found[head][i] = chances[row, : len(texts[i])]
    return {head: [rows[i] for i in range(len(texts))] for head, rows in found.items()}


def measure(teacher: Teacher, data: Path, tasks: dict[str, list[Labelled]]) -> str:
    figures = []
    for head, gold in (
        ("names", sentences.read_names(data / "ner/idner-news-2k.dev.txt", relabel=True)),
        ("nergrit", sentences.read_names(data / "ner/nergrit.dev.txt", relabel=False)),
        ("upos", tasks["upos-held-out"]),
    ):
        labels = HEADS[head]
        rows = predict(teacher, [head], [s.words for s in gold])[head]
        paths = [[labels[int(i)] for i in row.argmax(-1)] for row in rows]
        if head == "upos":
            pairs = [p for s, path in zip(gold, paths, strict=True) for p in zip(s.labels, path, strict=True)]
            figures.append(f"upos {sum(a == b for a, b in pairs) / len(pairs):.4f}")
        else:
            figures.append(
                "{} {:.4f} {:.4f} {:.4f}".format(
                    head, *sentences.f1([s.labels for s in gold], [corpora.repair(path) for path in paths])
                )
            )
    return "  ".join(figures)


def fine_tune(data: Path, pretrained: Path, out: Path, epochs: int, seed: int, peer: Path | None) -> None:
    """Train with a steady rate for ``epochs``, then let the rate fall to nothing over one more, and label.

    ``peer`` names a trained encoder whose opinion counts as much as the teacher's.
    """
    random.seed(seed)
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    rng = random.Random(seed)
    tasks = read_tasks(data)
    raw = raw_sentences(data)
    synthesizer = Synthesizer(data, seed)
    made = [[synthesizer.sentence() for _ in range(_MADE)] for _ in range(5)]
    words = vocabulary(data, {**tasks, "made": [s for part in made for s in part]}, raw)
    teacher = Teacher(pretrained, words, Featurizer(lexicon.load(Path("models/names"))))
    heads = [p for n, p in teacher.named_parameters() if not n.startswith("body")]
    body = list(teacher.body.parameters())
    optimizer = torch.optim.AdamW([{"params": body, "lr": 1.0}, {"params": heads, "lr": 10.0}], weight_decay=0.01)
    for epoch in range(epochs + 1):
        teacher.train()
        started = time.time()
        mixed = []
        for name, share in (LAST_SHARES if epoch == epochs else SHARES).items():
            groups = batches(tasks[name], 600, rng)
            mixed += [(name, group) for group in groups[: round(len(groups) * share)]]
        mixed += [("names", group) for group in batches(made[epoch % 5], 600, rng)]
        rng.shuffle(mixed)
        total = 0.0
        for number, (name, group) in enumerate(mixed):
            done = number / len(mixed)
            rate = _RATE * (1 - done if epoch == epochs else min(1, 6 * done) if epoch == 0 else 1)
            for parameters, factor in zip(optimizer.param_groups, (1, 10), strict=True):
                parameters["lr"] = rate * factor
            shown = [augment.recase(s, rng) for s in group]
            scores = teacher(name, [s.words for s in shown])
            loss = nn.functional.cross_entropy(scores.flatten(0, 1), targets(shown, HEADS[name]).flatten())
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(teacher.parameters(), 1.0)
            optimizer.step()
            total += loss.item()
            if number % 60 == 59:
                print("  ", number + 1, len(mixed), f"{total / number:.4f}", flush=True)
        torch.save(teacher.state_dict(), out / "teacher.pt")
        figures = measure(teacher, data, tasks)
        print(epoch, f"{total / len(mixed):.4f}", f"{time.time() - started:.0f} s", figures, flush=True)
    label(teacher, raw, out, encoder.load(peer, teacher.featurizer.lexicon) if peer else None)


def peer_chances(peer: encoder.Encoder, head: str, texts: Sequence[Sequence[str]]) -> list[Tensor]:
    """Chances, words x labels, that a trained encoder gives."""
    found: list[Tensor] = []
    for first in range(0, len(texts), 32):
        part = texts[first : first + 32]
        rows, starts = peer.encode(part)
        lengths = [len(words) for words in part]
        scores = peer.scores(head, rows)
        if head in peer.chains:
            chances = torch.from_numpy(peer.chances(head, scores, starts, lengths))
        else:
            chances = torch.from_numpy(scores).softmax(-1)
        found += [chances[start : start + length] for start, length in zip(starts, lengths, strict=True)]
    return found


def label(teacher: Teacher, raw: list[list[str]], out: Path, peer: encoder.Encoder | None) -> None:
    """Write the chances for ``raw``, the mean of the teacher's and the peer's, end to end in half precision."""
    (out / "sentences.json").write_text(json.dumps(raw, ensure_ascii=False), encoding="utf-8")
    arrays = {}
    for head, rows in predict(teacher, TAUGHT, raw).items():
        chances = torch.cat(rows)
        if peer is not None:
            chances = (chances + torch.cat(peer_chances(peer, head, raw))) / 2
        arrays[head] = chances.numpy().astype(numpy.float16)
    numpy.savez_compressed(out / "labels.npz", **arrays)  # type: ignore[arg-type]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--pretrained", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--peer", type=Path, help="folder of an encoder that was trained without a teacher")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    fine_tune(arguments.data, arguments.pretrained, arguments.out, arguments.epochs, arguments.seed, arguments.peer)


if __name__ == "__main__":
    main()
