"""Training sentences made from frames and lists of names, for the word orders of news that the corpora lack.

The frames, titles and generic words are in ``templates.yaml``; names come from the lists of persons and places.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import yaml

from service.languages import loader
from service.pipeline.document.tokens import tokenize
from training.corpora import Labelled, entities, repair
from training.prepare import names
from training.sentences import read_names


class Templates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``templates.yaml``."""

    frames: tuple[str, ...]
    heads: tuple[str, ...]
    titles: tuple[str, ...]
    ranks: tuple[str, ...]
    degrees: tuple[str, ...]
    days: tuple[str, ...]
    times: tuple[str, ...]
    ships: tuple[str, ...]
    weapons: tuple[str, ...]
    laws: tuple[str, ...]
    natural: tuple[str, ...]
    villages: tuple[str, ...]
    buildings: tuple[str, ...]
    units: tuple[str, ...]
    parents: tuple[str, ...]
    sections: tuple[str, ...]
    bodies: tuple[str, ...]
    company_words: tuple[str, ...]
    coined_beginnings: tuple[str, ...]
    coined_endings: tuple[str, ...]


LABELS = {
    "P": "PER",
    "S": "PER",
    "G": "LOC",
    "V": "LOC",
    "C": "LOC",
    "N": "LOC",
    "F": "LOC",
    "O": "ORG",
    "A": "ORG",
    "U": "ORG",
    "M": "ORG",
    "v": "LOC",
    "B": "ORG",
}


def _persons(path: Path) -> list[list[str]]:
    """Names of persons of two to four words in a corpus."""
    found = []
    for sentence in read_names(path, relabel=False):
        for first, last, kind in entities(sentence.labels):
            words = list(sentence.words[first:last])
            if kind == "PER" and 1 < len(words) < 5 and all(word.isalpha() and word[0].isupper() for word in words):
                found.append(words)
    return found


class Synthesizer:
    """Fills frames at random; the same seed gives the same sentences."""

    def __init__(self, data: Path, seed: int) -> None:
        self.rng = random.Random(seed)
        path = Path(__file__).parent / "templates.yaml"
        self.templates = msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), Templates)
        people = [
            parts
            for parts in names(data / "gazetteers/person.txt")
            if 1 < len(parts) < 5 and all(p.isalpha() for p in parts)
        ]
        places = [
            parts
            for parts in names(data / "gazetteers/place.txt")
            if len(parts) < 3 and all(p.isalpha() for p in parts)
        ]
        # the corpora's own names: fewer, and more of them Indonesian
        news = [parts for name in ("idner-news-2k", "nergrit") for parts in _persons(data / f"ner/{name}.train.txt")]
        people += news * max(1, len(people) // max(1, len(news)))
        self.people = [" ".join(parts) for parts in people]
        self.firsts = [parts[0] for parts in people if len(parts[0]) > 2]
        self.lasts = [parts[-1] for parts in people if len(parts[-1]) > 2]
        self.villages = [" ".join(parts) for parts in places]
        self.cities = list(loader.lines("id", "gazetteers/cities.txt"))
        self.countries = list(loader.lines("id", "gazetteers/countries.txt"))
        self.short = [entry for entry in loader.lines("id", "gazetteers/organisations.txt") if len(entry.split()) == 1]
        t = self.templates
        self.makers: dict[str, Callable[[], str]] = {
            "P": self.person,
            "S": lambda: self.pick(self.firsts + self.lasts),
            "G": self.city,
            "V": lambda: f"{self.pick(t.villages)} {self.pick(self.villages)}",
            "C": lambda: self.pick(self.countries),
            "N": lambda: f"{self.pick(t.natural)} {self.pick(self.villages)}",
            "F": lambda: f"{self.pick(t.buildings)} {self.pick([self.person, self.city])()}",
            "O": lambda: self.pick(t.bodies),
            "A": self.abbreviation,
            "U": self.unit,
            "M": self.company,
            "v": lambda: self.pick(self.villages),
            "B": lambda: self.pick(t.coined_beginnings) + self.pick(t.coined_endings),
            "T": lambda: self.pick(t.titles),
            "R": lambda: self.pick(t.ranks) if self.rng.random() < 0.7 else "",
            "E": lambda: self.pick(t.degrees),
            "D": lambda: self.pick(t.days),
            "H": lambda: self.pick(t.times),
            "K": self.ship,
            "n": lambda: str(self.rng.choice([3, 14, 27, 40, 112, 1500])),
            "W": lambda: self.pick(t.laws),
        }

    # functions as well as strings are picked
    def pick(self, options: Sequence[Any]) -> Any:
        return self.rng.choice(options)

    def person(self) -> str:
        if self.rng.random() < 0.4:
            return str(self.pick(self.people))
        middle = f" {self.pick(self.lasts)}" if self.rng.random() < 0.25 else ""
        return f"{self.pick(self.firsts)}{middle} {self.pick(self.lasts)}"

    def city(self) -> str:
        return str(self.pick(self.cities if self.rng.random() < 0.75 else self.villages))

    def abbreviation(self) -> str:
        if self.rng.random() < 0.6:
            return str(self.pick(self.short))
        return "".join(self.rng.choice("ABDFGIKLMNPRST") for _ in range(self.rng.choice([3, 3, 4, 4, 5])))

    def unit(self) -> str:
        if self.rng.random() < 0.35:
            return f"{self.pick(self.templates.sections)} {self.pick(self.templates.parents)}"
        return f"{self.pick(self.templates.units)} {self.city()}"

    def company(self) -> str:
        count = self.rng.choice([1, 2, 2, 3])
        words = [self.pick(self.templates.company_words) for _ in range(count)]
        if count > 1 and self.rng.random() < 0.4:
            words[0] = self.pick(self.lasts)
        return " ".join((["PT"] if self.rng.random() < 0.5 and count > 1 else []) + words)

    def ship(self) -> str:
        if self.rng.random() < 0.3:
            return str(self.pick(self.templates.weapons))
        return f"{self.pick(self.templates.ships)} {self.pick(self.lasts)}" + (
            f" {self.pick(self.villages)}" if self.rng.random() < 0.4 else ""
        )

    def sentence(self) -> Labelled:
        frame = self.pick(self.templates.heads if self.rng.random() < 0.06 else self.templates.frames)
        words: list[str] = []
        labels: list[str] = []
        for piece in frame.replace("({", "( {").replace("})", "} )").split():
            slot = piece[1] if piece[0] == "{" and piece[2:] == "}" else ""
            text = self.makers[slot]() if slot else piece
            tokens = [token.text for token in tokenize(text, 0, len(text))]
            words += tokens
            kind = LABELS.get(slot)
            labels += [("B-" if i == 0 else "I-") + kind if kind else "O" for i in range(len(tokens))]
        return Labelled(tuple(words), repair(labels))
