"""Compile the lists of Indonesian roots that the stemmer looks words up in.

    python -m training.roots --data ../shared/data

``roots.txt`` holds the lemmas of the UD treebanks that are not themselves made of another lemma; ``rare_roots.txt``
the simple words of Wordnet Bahasa that no affix explains. Prints how often the stemmer finds the treebanks' lemma for
words that differ from it. The lists are facts; their sources and licences stand in their first line.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

from service.languages import loader
from service.pipeline.document.morphology import Affixes, Morphology

TREEBANKS = ("id_csui-ud-train", "id_gsd-ud-dev", "id_gsd-ud-test", "id_pud-ud-test")
CATEGORIES = frozenset(["VERB", "NOUN", "ADJ", "ADV", "NUM", "PRON", "ADP", "SCONJ", "AUX", "DET"])
# Roots that occur in the treebanks only as parts of words.
BOUND_ROOTS = frozenset({"tandatangan", "ungsi"})
PREFIXED = re.compile(r"(meng|meny|mem|men|ber|ter|di|peng|peny|pem|pen|ke|per)")
AFFIXED = re.compile(r"^(meng|meny|mem|men|me|peng|peny|pem|pen|pe|ber|ter|di|ke|per|se)|(kan|an|i|nya)$")
DERIVED_LENGTH = 7
SURE_LENGTH = 4
SEEN_RARELY = 3

HEADERS = {
    "roots": "the lemmas of the UD treebanks Indonesian-CSUI, -GSD (revised) and -PUD (CC BY-SA 4.0, 4.0, 3.0).",
    "rare_roots": "the simple words of Wordnet Bahasa (MIT) that no affix explains.",
}


def read_lemmas(folder: Path) -> Counter[tuple[str, str]]:
    """How often each pair of word and lemma occurs in the treebanks, lower-cased."""
    pairs: Counter[tuple[str, str]] = Counter()
    for name in TREEBANKS:
        for line in (folder / "ud" / f"{name}.conllu").read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            if len(cells) == 10 and cells[0].isdigit() and cells[3] in CATEGORIES:
                word, lemma = cells[1].lower(), cells[2].lower()
                if re.fullmatch(r"[a-z]{3,}", lemma):
                    pairs[word, lemma] += 1
    return pairs


def read_wordnet(folder: Path) -> set[str]:
    """The lemmas of Wordnet Bahasa that are single lower-case words."""
    words = set()
    for line in (folder / "wordnet" / "wn-data-ind.tab").read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) == 3 and re.fullmatch(r"[a-z]{3,}", cells[2]):
            words.add(cells[2])
    return words


def unprefixed(stemmer: Morphology, word: str, depth: int = 0) -> Iterator[str]:
    """``word`` and what is left of it without one and two prefixes."""
    yield word
    if depth < Morphology.MAXIMUM_PREFIXES:
        for rest in stemmer.without_prefix(word):
            yield from unprefixed(stemmer, rest, depth + 1)


def compile_roots(
    pairs: Counter[tuple[str, str]], wordnet: set[str], affixes: Affixes
) -> tuple[frozenset[str], frozenset[str]]:
    """The common roots (from treebanks) and the rare ones (from the wordnet)."""
    seen: Counter[str] = Counter()
    usual: dict[str, tuple[str, int]] = {}
    for (word, lemma), times in pairs.items():
        seen[lemma] += times
        if times > usual.get(word, ("", 0))[1]:
            usual[word] = (lemma, times)
    # a lemma that elsewhere is a word with another lemma (kerusakan: rusak) is no root
    lemmas = {lemma for lemma in seen if usual.get(lemma, (lemma, 0))[0] == lemma} | BOUND_ROOTS
    bare = Morphology(affixes, frozenset())
    pool = lemmas | wordnet

    def parts(word: str) -> Iterator[str]:
        endings = ["", *(s for s in affixes.suffixes if word.endswith(s))]
        return (part for s in endings for part in unprefixed(bare, word[: len(word) - len(s)]) if part != word)

    def derived(word: str) -> bool:
        """Whether a treebank lemma's make-up shows that it is no root."""
        for suffix in affixes.suffixes:
            base = word.removesuffix(suffix)
            if base != word and base in lemmas and seen[base] > seen[word] and len(base) >= Morphology.MINIMUM_ROOT:
                return True
        shorter = [part for part in unprefixed(bare, word) if part != word and part in lemmas]
        return (
            seen[word] <= SEEN_RARELY
            and any(len(p) >= SURE_LENGTH and seen[p] > SEEN_RARELY * seen[word] for p in shorter)
        ) or (
            seen[word] < SEEN_RARELY
            and len(word) >= DERIVED_LENGTH
            and PREFIXED.match(word) is not None
            and bool(shorter)
        )

    rare = {w for w in wordnet - lemmas if not AFFIXED.search(w) or not any(p in pool for p in parts(w))}
    rare = {w for w in rare if not any(p in lemmas and len(p) >= SURE_LENGTH for p in unprefixed(bare, w) if p != w)}
    common = {lemma for lemma in lemmas if not derived(lemma)}
    for word in sorted(common | rare):
        if len(word) >= DERIVED_LENGTH and PREFIXED.match(word):
            others = Morphology(affixes, frozenset(common - {word}), frozenset(rare - {word}))
            root = others.root(word)
            if root in common and len(root) >= SURE_LENGTH and seen[root] >= seen[word]:
                common.discard(word)
                rare.discard(word)
    return frozenset(common), frozenset(rare)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, required=True, help="folder with ud/ and wordnet/")
    folder = arguments.parse_args().data
    affixes = msgspec.structs.replace(loader.load("id", "morphology", Affixes), lexicalized={})
    pairs = read_lemmas(folder)
    common, rare = compile_roots(pairs, read_wordnet(folder), affixes)
    for name, roots in (("roots", common), ("rare_roots", rare)):
        text = f"# Roots of Indonesian words: {HEADERS[name]}\n" + "\n".join(sorted(roots)) + "\n"
        (loader.FOLDER / "id" / f"{name}.txt").write_text(text, encoding="utf-8")
    stemmer = Morphology(affixes, common, rare)
    differing = {pair: times for pair, times in pairs.items() if pair[0] != pair[1] and pair[0].isalpha()}
    right = sum(times for (word, lemma), times in differing.items() if stemmer.stem(word) == lemma)
    share = right / sum(differing.values())
    print(f"{len(common)} common and {len(rare)} rare roots; the treebank's lemma for {share:.3f}")


if __name__ == "__main__":
    main()
