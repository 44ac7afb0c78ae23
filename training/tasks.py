"""What the encoder learns: one head a task, its labels, and its sentences."""

from __future__ import annotations

from pathlib import Path

from service.pipeline.entities.labelling import NAMES, UPOS
from training import corpora, sentences
from training.corpora import Labelled

PROSA = ("O", *(f"{p}-{t}" for t in ("PPL", "PLC", "EVT", "FNB", "IND") for p in "BI"))
HEADS = {"names": NAMES, "nergrit": NAMES, "nerp": PROSA, "upos": UPOS}


def read_tasks(data: Path) -> dict[str, list[Labelled]]:
    """The training sentences of every head, with the labels that it learns."""
    nerp = [sentences.retokenize(s) for s in corpora.read_bio(data / "ner/nerp.train.txt")]
    trees = [
        sentences.retokenize(Labelled(s.words, ("O",) * len(s.words), s.tags))
        for name in ("id_csui-ud-train", "id_pud-ud-test", "id_gsd-ud-dev", "id_gsd-ud-test")
        for s, _ in corpora.read_conllu(data / "ud" / f"{name}.conllu")
    ]
    return {
        "names": sentences.read_names(data / "ner/idner-news-2k.train.txt", relabel=True),
        "nergrit": sentences.read_names(data / "ner/nergrit.train.txt", relabel=False),
        "nerp": nerp,
        "upos": [Labelled(s.words, s.tags, ()) for i, s in enumerate(trees) if i % 10],
        "upos-held-out": [Labelled(s.words, s.tags, ()) for i, s in enumerate(trees) if not i % 10],
    }
