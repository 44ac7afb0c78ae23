"""Measure the rules that say who speaks against trees drawn by hand: ``python -m training.subjects --data DATA``.

In the treebanks a reporting verb with a clause has its speaker as subject. Of each such verb the rules have found the
speaker (their source holds the head of the subject), given the words to another source or to none, or read no statement
at the verb. What they have not found is the most that a parser without a fault could add.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from service import pipeline
from service.pipeline import attribution, document, entities
from service.pipeline.annotations import Article, Span

TREEBANKS = ("id_csui-ud-train", "id_pud-ud-test", "id_gsd-ud-dev", "id_gsd-ud-test")
# relations of what is said to the verb, and of a verb that is itself put beside what is said
_CLAUSES = ("ccomp", "parataxis")
_KINDS = ("active", "tag")
_OUTCOMES = ("found", "another", "none", "unread")


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence's text, where its reporting verb stands, and where the head of the verb's subject does."""

    text: str
    verb: Span
    subject: Span


def read_told(path: Path, verbs: frozenset[str]) -> Iterator[Told]:
    """The verbs of a treebank in CoNLL-U that report a clause and have a subject."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.splitlines()
        text = next((line[9:] for line in lines if line.startswith("# text = ")), "")
        rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
        spans = _spans(text, rows)
        words = {row[0]: row for row in rows if row[0].isdigit()}
        for number, row in words.items():
            if row[1].lower() not in verbs or row[3] not in ("VERB", "NOUN"):
                continue
            children = [other for other in words.values() if other[6] == number]
            clause = row[7].startswith("parataxis") or any(c[7].startswith(_CLAUSES) for c in children)
            subjects = [c for c in children if c[7] == "nsubj"]
            if clause and subjects and number in spans and subjects[0][0] in spans:
                yield Told(text, spans[number], spans[subjects[0][0]])


def _spans(text: str, rows: list[list[str]]) -> dict[str, Span]:
    """Where each word of a sentence stands in its text; words that are written as one stand in one place."""
    found: dict[str, Span] = {}
    position = last = 0
    for row in rows:
        if "." in row[0] or (row[0].isdigit() and int(row[0]) <= last):
            continue
        start = text.find(row[1], position)
        if start < 0:
            return {}
        position = start + len(row[1])
        first, _, end = row[0].partition("-")
        last = int(end or 0)
        found.update({str(number): Span(start, position) for number in range(int(first), int(end or first) + 1)})
    return found


def outcome(told: Told, resources: pipeline.Resources) -> str:
    """What the rules make of one reporting verb."""
    read, names = entities.find_entities(
        document.read(Article("a", told.text, language="id"), resources.document), resources.entities
    )
    heard = [
        statement.attribution
        for statement in attribution.find_attributions(read, names, resources.attribution)
        if statement.attribution.cue and statement.attribution.cue.overlaps(told.verb)
    ]
    speakers = [one.speaker for one in heard if one.speaker is not None]
    if any(speaker.span is not None and speaker.span.overlaps(told.subject) for speaker in speakers):
        return "found"
    return "another" if speakers else "none" if heard else "unread"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--verbose", action="store_true", help="print the sentences whose speaker was not found")
    arguments = parser.parse_args()
    resources = pipeline.load()
    forms = (form for group in resources.attribution.forms.values() for form in group)
    verbs = frozenset(form.words[0] for form in forms if form.kind in _KINDS and len(form.words) == 1)
    total: Counter[str] = Counter()
    print(f"{'':18}{'verbs':>8}" + "".join(f"{name:>9}" for name in _OUTCOMES))
    for name in TREEBANKS:
        counts: Counter[str] = Counter()
        for told in read_told(arguments.data / "ud" / f"{name}.conllu", verbs):
            result = outcome(told, resources)
            counts[result] += 1
            if arguments.verbose and result != "found":
                print(f"  {result:8}[{told.text[told.verb.start : told.verb.end]}] {told.text}")
        total += counts
        _show(name, counts)
    _show("all", total)


def _show(name: str, counts: Counter[str]) -> None:
    print(f"{name:18}{counts.total():>8}" + "".join(f"{counts[outcome_]:>9}" for outcome_ in _OUTCOMES))


if __name__ == "__main__":
    main()
