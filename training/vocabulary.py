"""Which Indonesian words and fixed phrases get a vector: those written in lower case in the corpora, the stemmer's
roots, the words of the lexicon's classes, and the lemmas of Wordnet Bahasa."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from service.languages import loader
from service.pipeline.alignment import lexicon
from service.pipeline.document.tokens import tokenize
from training import corpora

TREEBANKS = ("id_csui-ud-train", "id_pud-ud-test", "id_gsd-ud-dev", "id_gsd-ud-test", "id_gsd-v2.0-train")
TAGGED = ("idner-news-2k.train", "idner-news-2k.dev", "nergrit.train", "nergrit.dev")
LOWERED = ("nerp.train", "nerp.dev")
WORD = re.compile(r"[a-z]{2,}(-[a-z]+)*")
PHRASE = re.compile(r"[a-z]{2,}( [a-z]{2,}){1,2}")
# parts of speech whose lemmas are kept though no corpus has them
OPEN = frozenset("avrs")
MOST_LETTERS = 24


@dataclass(frozen=True)
class Synset:
    """One meaning of Wordnet Bahasa: offset and part of speech as in Princeton WordNet 3.0, and its lemmas."""

    key: str
    lemmas: tuple[str, ...]


def read_synsets(data: Path) -> list[Synset]:
    """The meanings in file order, lemmas in lower case."""
    found: dict[str, dict[str, None]] = {}
    for line in (data / "wordnet" / "wn-data-ind.tab").read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) == 3 and cells[1] == "ind:lemma":
            found.setdefault(cells[0], {}).setdefault(cells[2].lower())
    return [Synset(key, tuple(lemmas)) for key, lemmas in found.items()]


def read_sentences(data: Path) -> list[list[str]]:
    """All sentences of the corpora in the service's tokens, cased where the corpus is."""
    texts: dict[str, None] = {}
    for name in TREEBANKS:
        texts.update(dict.fromkeys(text for _, text in corpora.read_conllu(data / "ud" / f"{name}.conllu")))
    texts.update(dict.fromkeys(corpora.read_pairs(data / "nli" / "indonli.train.jsonl")))
    found = [[token.text for token in tokenize(text, 0, len(text))] for text in texts]
    for name in (*TAGGED, *LOWERED):
        found += [list(s.words) for s in corpora.read_bio(data / "ner" / f"{name}.txt")]
    return found


def count(data: Path, sentences: list[list[str]]) -> tuple[Counter[str], Counter[str]]:
    """How often each lower-cased word occurs, and how often it is written in lower case outside of a name."""
    total: Counter[str] = Counter()
    plain: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for name in LOWERED:
        for sentence in corpora.read_bio(data / "ner" / f"{name}.txt"):
            named.update(w for w, label in zip(sentence.words, sentence.labels, strict=True) if label != "O")
    for words in sentences:
        total.update(word.lower() for word in words)
        plain.update(word for word in words if word.islower())
    return total, plain - named


def choose(data: Path, sentences: list[list[str]], total: Counter[str], plain: Counter[str]) -> list[str]:
    """The entries in alphabetical order."""
    entries = {word for word in plain if WORD.fullmatch(word)}
    roots = {w for name in ("roots", "rare_roots") for w in loader.lines("id", f"{name}.txt")}
    entries |= {word for word in roots if WORD.fullmatch(word)}
    for concept in lexicon.load("id").concepts.values():
        words = (*concept.roots, *concept.forms, *concept.phrases)
        entries.update(word for word in words if WORD.fullmatch(word) or PHRASE.fullmatch(word))
    phrases: set[str] = set()
    for synset in read_synsets(data):
        for lemma in synset.lemmas:
            if WORD.fullmatch(lemma) and (synset.key[-1] in OPEN or total[lemma]):
                entries.add(lemma)
            elif PHRASE.fullmatch(lemma):
                phrases.add(lemma)
                if synset.key[-1] in "av":
                    entries.add(lemma)
    for words in sentences:
        for size in (2, 3):
            for start in range(len(words) - size + 1):
                phrase = " ".join(words[start : start + size])
                if phrase in phrases:
                    entries.add(phrase)
    return sorted(entry for entry in entries if len(entry) <= MOST_LETTERS)
