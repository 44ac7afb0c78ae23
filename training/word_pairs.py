"""Pairs of words whose relation is known: synonyms and opposites from Wordnet Bahasa and Princeton WordNet 3.0, and
forms of one root.

Wordnet Bahasa (Nurril Hirfana, Sapuan and Bond 2011) was made by translating Princeton's meanings; many of its lemmas
fit their meaning badly, so every pair comes with a weight. Princeton's antonymy holds between words; here it is carried
over to the lemmas of both meanings.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from pathlib import Path

from training.vocabulary import Synset

Pair = tuple[str, str]
FILES = ("data.noun", "data.verb", "data.adj", "data.adv")
# a meaning with more lemmas than this is a heap of guesses
MOST_LEMMAS = 16
# spellings of one prefix before different letters
_PREFIX = re.compile(r"^(memper|diper|ber|ter|di|men[gy]?|mem|me|pen[gy]?|pem|pe|per|ke|se)?")
_SPELT = {"men": "me", "meng": "me", "meny": "me", "mem": "me", "pen": "pe", "peng": "pe", "peny": "pe", "pem": "pe"}
_SUFFIX = re.compile(r"(kan|an|i)?$")


def ordered(one: str, other: str) -> Pair:
    """The two words in alphabetical order."""
    return (one, other) if one < other else (other, one)


def synonyms(synsets: Sequence[Synset], known: Iterable[str]) -> dict[Pair, float]:
    """Lemmas of one meaning; a weight is the sum over shared meanings of one over the other lemmas."""
    known = frozenset(known)
    found: dict[Pair, float] = defaultdict(float)
    for synset in synsets:
        if len(synset.lemmas) <= MOST_LEMMAS:
            lemmas = [lemma for lemma in synset.lemmas if lemma in known]
            for one, other in combinations(lemmas, 2):
                found[ordered(one, other)] += 1 / (len(lemmas) - 1)
    return dict(found)


def read_antonymy(folder: Path) -> list[Pair]:
    """Pairs of Princeton's meanings (offset and part of speech) that hold words opposed to each other."""
    found: set[Pair] = set()
    for name in FILES:
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            if line.startswith(" "):
                continue
            cells = line.split(" | ")[0].split()
            kind = cells[2].replace("s", "a")
            at = 4 + 2 * int(cells[3], 16)
            for number in range(int(cells[at])):
                sign, offset, other, _ = cells[at + 1 + 4 * number : at + 5 + 4 * number]
                if sign == "!":
                    found.add(ordered(f"{cells[0]}-{kind}", f"{offset}-{other.replace('s', 'a')}"))
    return sorted(found)


def opposites(
    synsets: Sequence[Synset], antonymy: Sequence[Pair], known: Iterable[str], alike: Mapping[Pair, float]
) -> dict[Pair, float]:
    """Lemmas of opposed meanings that share none; a weight is the sum of one over the pairs of lemmas."""
    known = frozenset(known)
    lemmas = {synset.key: [lemma for lemma in synset.lemmas if lemma in known] for synset in synsets}
    found: dict[Pair, float] = defaultdict(float)
    for one, other in antonymy:
        pairs = list(product(lemmas.get(one, ()), lemmas.get(other, ())))
        for first, second in pairs:
            pair = ordered(first, second)
            if first != second and pair not in alike:
                found[pair] += 1 / len(pairs)
    return dict(found)


def affixes(word: str) -> tuple[str, str]:
    """The prefix and suffix that ``word`` seems to bear, prefixes in one spelling."""
    prefix = _PREFIX.match(word)
    suffix = _SUFFIX.search(word)
    surface = (prefix.group(1) if prefix else "") or ""
    return _SPELT.get(surface, surface), (suffix.group(1) if suffix else "") or ""


def by_root(words: Iterable[str], stem: Callable[[str], str]) -> dict[str, list[str]]:
    """The derived words of each root."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in words:
        if " " not in word:
            found[stem(word)].append(word)
    return dict(found)


def voices(families: Mapping[str, Sequence[str]]) -> Iterator[Pair]:
    """Active and passive forms of one verb."""
    for words in families.values():
        for one, other in combinations(words, 2):
            (prefix, suffix), (other_prefix, other_suffix) = affixes(one), affixes(other)
            if suffix == other_suffix and {prefix, other_prefix} in ({"me", "di"}, {"memper", "diper"}):
                yield ordered(one, other)


def carried(
    pairs: Mapping[Pair, float], families: Mapping[str, Sequence[str]], stem: Callable[[str], str]
) -> dict[Pair, float]:
    """``pairs`` and those of like affixes whose roots are a pair (besar, kecil: memperbesar, memperkecil)."""
    found = dict(pairs)
    for (one, other), weight in pairs.items():
        if stem(one) != one or stem(other) != other:
            continue
        shapes: dict[tuple[str, str], str] = {}
        for word in families.get(one, ()):
            shapes.setdefault(affixes(word), word)
        for word in families.get(other, ()):
            partner = shapes.get(affixes(word))
            if partner and word != other and partner != one:
                pair = ordered(word, partner)
                found[pair] = max(found.get(pair, 0.0), weight)
    return found
