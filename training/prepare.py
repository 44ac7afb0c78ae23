"""Compile the lexicon of names: ``python -m training.prepare --data ../shared/data [--out models/names]``.

Sources: the person, organisation and place lists drawn from Indonesian DBpedia (CC BY-SA 3.0), this repository's own
gazetteers, and counts of lower-case and capitalised words in the training corpora.
"""

from __future__ import annotations

import argparse
import math
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import marisa_trie

from service.languages import loader
from service.pipeline.document.tokens import tokenize
from service.pipeline.entities import lexicon
from training import corpora

# gazetteer file -> (bits, column of the word counts)
OWN_LISTS = {
    "countries.txt": (lexicon.PLACE | lexicon.COUNTRY, 4),
    "cities.txt": (lexicon.PLACE, 4),
    "regions.txt": (lexicon.PLACE, 4),
    "organisations.txt": (lexicon.ORGANISATION, 2),
}
DBPEDIA = {
    "person.txt": (lexicon.PERSON, 0),
    "organization.txt": (lexicon.ORGANISATION, 2),
    "place.txt": (lexicon.PLACE, 4),
}
# weight of an entry of a hand-made list against one of the noisy lists
OWN_WEIGHT = 8


def raw_texts(data: Path) -> Iterable[str]:
    """Cased raw text of the corpora, a sentence or paragraph each."""
    for name in ("id_csui-ud-train", "id_pud-ud-test", "id_gsd-ud-dev", "id_gsd-ud-test", "id_gsd-v2.0-train"):
        yield from (text for _, text in corpora.read_conllu(data / "ud" / f"{name}.conllu"))
    yield from corpora.read_pairs(data / "nli" / "indonli.train.jsonl")
    for name in ("idner-news-2k.train", "nergrit.train"):
        yield from (" ".join(sentence.words) for sentence in corpora.read_bio(data / "ner" / f"{name}.txt"))


def case_counts(texts: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """How often each word stands in lower case, and capitalised where nothing but a name explains it (a lower-case
    word before it in the sentence, not the first word)."""
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    for text in texts:
        words = [token.text for token in tokenize(text, 0, len(text))]
        for position, word in enumerate(words):
            if word.islower():
                lower[word] += 1
            elif position and word[:1].isupper() and words[position - 1].islower():
                upper[word.lower()] += 1
    return lower, upper


def names(path: Path) -> Iterable[list[str]]:
    for line in path.read_text(encoding="latin-1").splitlines():
        name = re.sub(r"\s*\(.*?\)", "", line.strip())
        words = [token.text for token in tokenize(name, 0, len(name))]
        if 0 < len(words) <= 8 and any(word[0].isalpha() for word in words):
            yield words


def bucket(count: int) -> int:
    return min(15, round(1.5 * math.log2(count + 1)))


def compile_lexicon(data: Path, out: Path) -> None:
    words: dict[str, list[int]] = {}
    phrases: Counter[str] = Counter()

    def note(parts: list[str], bits: int, column: int, weight: int) -> None:
        for position, part in enumerate(parts):
            if part[0].isalpha():
                words.setdefault(part.lower(), [0] * 8)[column + (position > 0)] += weight
        key = " ".join(part.lower() for part in parts)
        if len(parts) <= lexicon.LONGEST and (len(parts) > 1 or weight > 1):
            phrases[key] |= bits

    for name, (bits, column) in DBPEDIA.items():
        for parts in names(data / "gazetteers" / name):
            note(parts, bits, column, 1)
    for name, (bits, column) in OWN_LISTS.items():
        for entry in loader.lines("id", f"gazetteers/{name}"):
            note([token.text for token in tokenize(entry, 0, len(entry))], bits, column, OWN_WEIGHT)
    lower, upper = case_counts(raw_texts(data))
    for column, counts in ((6, lower), (7, upper)):
        for word, count in counts.items():
            if count > 1 or word in words:
                words.setdefault(word, [0] * 8)[column] += count
    kept = {word: row for word, row in words.items() if sum(row) > 1}
    out.mkdir(parents=True, exist_ok=True)
    rows = [(word, tuple(bucket(count) for count in kept[word])) for word in sorted(kept)]
    marisa_trie.RecordTrie(lexicon.WORD_FORMAT, rows).save(str(out / "words.marisa"))
    marisa_trie.RecordTrie(lexicon.PHRASE_FORMAT, [(key, (phrases[key],)) for key in sorted(phrases)]).save(
        str(out / "phrases.marisa")
    )
    print(f"{len(rows)} words, {len(phrases)} phrases")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("models/names"))
    arguments = parser.parse_args()
    compile_lexicon(arguments.data, arguments.out)


if __name__ == "__main__":
    main()
