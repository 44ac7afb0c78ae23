"""Short forms: written out from what is known, and read off the text that introduces them.

A reading is a name written out, with the folded words that tell when two readings are one name. Short forms inside a
longer name count as written out when readings are compared, but stay as they are in the name
(``Komisi XI DPR``); the short form that opens a name is written out (``Polda Jateng``), and so is the place that ends
it, but for the home country's. Buildings and units of the forces keep the short form that opens their names unless the
text introduces it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from service.pipeline.entities.knowledge import Knowledge
from service.pipeline.entities.names import fold, is_abbreviation, person_parts, without_address, without_brackets

_INNER_BRACKET = re.compile(r"^(.{3,120}?)\s*\(([^()]{2,20})\)")
_FOLLOWING_BRACKET = re.compile(r"\s{0,2}\(([^\W\d_][\w./-]{1,14})\)")
_LONGEST_HEAD = 4
PLACES = frozenset({"GPE", "LOC"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What a written form stands for. ``name`` is it written out, ``key`` its folded words for comparison,
    ``rule`` how it was written out; ``bare`` marks a short form that would take a further name behind it;
    ``folded`` is the folded name."""

    name: str
    key: tuple[str, ...]
    rule: str
    identifier: tuple[str, str] | None = None
    bare: bool = False
    folded: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "folded", fold(self.name))
        if not self.key:
            object.__setattr__(self, "key", (self.name,))


def read(kind: str, form: str, introduced: Mapping[str, str], knowledge: Knowledge) -> Reading:
    """How ``form``, a name of type ``kind``, is read. ``introduced`` maps folded short forms to the names that the
    text introduced them for."""
    plain = without_brackets(form) or form
    folded = fold(plain)
    rule = "as-written"
    if folded in introduced:
        plain, rule = introduced[folded], "introduced-short-form"
        folded = fold(plain)
    if kind == "PERSON":
        parts = person_parts(plain, knowledge.names.honorifics)
        plain = without_address(plain, knowledge.names.addresses)
        return Reading(plain, knowledge.spelling.sounds(parts), rule)
    if kind in PLACES:
        return _read_place(plain, folded, rule, knowledge)
    if kind in ("ORG", "FAC"):
        return _read_body(kind, plain, folded, rule, introduced, knowledge)
    return _read_other(kind, plain, folded, rule, knowledge)


def _read_place(plain: str, folded: str, rule: str, knowledge: Knowledge) -> Reading:
    known = knowledge.places.get(folded)
    if known is None:
        return Reading(plain, tuple(folded.split()), rule)
    key = tuple(fold(known.name).split())
    if known.kept or folded == " ".join(key):
        return Reading(plain, key, rule, known.identifier)
    return Reading(known.name, key, "known-short-form", known.identifier)


def _read_body(
    kind: str, plain: str, folded: str, rule: str, introduced: Mapping[str, str], knowledge: Knowledge
) -> Reading:
    known = knowledge.organizations.get(folded) or knowledge.clubs.get(folded)
    if known is not None:
        if not known.kept and folded != fold(known.name):
            plain, rule = known.name, "known-short-form"
        return Reading(plain, _written_out(known.name, knowledge), rule, bare=fold(known.name) in knowledge.head_names)
    if folded in knowledge.heads or folded in knowledge.head_names:
        full = knowledge.heads.get(folded, plain)
        return Reading(full, _written_out(full, knowledge), "known-short-form", bare=True)
    place = knowledge.places.get(folded)
    if place is not None and not place.identifier:
        return Reading(place.name, tuple(fold(place.name).split()), rule)
    full = _with_head(plain, introduced, knowledge)
    name = full
    if (kind == "FAC" or "/" in plain) and fold(plain.partition(" ")[0]) not in introduced:
        # a building and a unit of the forces go by their short forms, which are known better than what they are short
        # for ("RSUD …", "Puskesmas …", "Kodim 0808/Blitar")
        name = plain
    if name != plain:
        rule = "short-form-head"
    written = _with_tail(name, knowledge)
    if written != name and rule == "as-written":
        rule = "short-form-tail"
    return Reading(written, _written_out(_with_tail(full, knowledge), knowledge), rule)


def _with_head(plain: str, introduced: Mapping[str, str], knowledge: Knowledge) -> str:
    """``plain`` with the short form that opens it written out."""
    words = plain.split(" ")
    for size in range(min(_LONGEST_HEAD, len(words)), 0, -1):
        opening = fold(" ".join(words[:size]))
        rest = words[size:]
        full = introduced.get(opening) or knowledge.heads.get(opening) if rest else None
        if full is None and size == 2 and fold(words[0]) in knowledge.generic_heads:
            # "Dinas Pekerjaan Umum (PU)" introduces "Dinas PU"
            whole = introduced.get(fold(words[1]))
            full = whole if whole and fold(whole).startswith(fold(words[0]) + " ") else None
        if full is None and rest and opening in knowledge.organizations and _names_place(rest, knowledge):
            known = knowledge.organizations[opening]
            full = None if known.kept else known.name
        if full is not None and fold(full) != opening:
            return " ".join([full, *rest])
    return plain


def _names_place(words: list[str], knowledge: Knowledge) -> bool:
    name = fold(" ".join(words))
    return (
        name in knowledge.places
        or name in knowledge.cities
        or (len(words) > 1 and fold(words[0]) in knowledge.place_classes)
    )


def _with_tail(name: str, knowledge: Knowledge) -> str:
    """``name`` with the short form of a place that ends it written out."""
    words = name.split(" ")
    if len(words) > 1 and not knowledge.foreign_words.intersection(fold(name).split()):
        known = knowledge.places.get(fold(words[-1]))
        written = known is not None and fold(name).endswith(fold(known.name))
        if known and known.identifier != knowledge.home and not known.kept and not written:
            return " ".join([*words[:-1], known.name])
    return name


def _written_out(name: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The folded words of ``name``, short forms inside it written out."""
    words: list[str] = []
    for word in fold(name).split():
        known = knowledge.organizations.get(word) or knowledge.places.get(word)
        if known and not known.kept and len(word) <= 8 and known.identifier != knowledge.home:
            words += fold(known.name).split()
        else:
            words += [word]
    return tuple(words)


def _read_other(kind: str, plain: str, folded: str, rule: str, knowledge: Knowledge) -> Reading:
    known = knowledge.others.get(folded)
    if known is not None:
        same = folded == fold(known.name)
        return Reading(known.name, tuple(fold(known.name).split()), rule if same else "known-short-form")
    words = folded.split()
    opening = words[0] if words else ""
    if kind == "LAW" and opening in knowledge.names.law_words:
        full = knowledge.names.law_words[opening]
        plain, rule = f"{full} {plain.partition(' ')[2]}".strip(), "short-form-head"
        words[:1] = fold(full).split()
    elif kind == "EVENT" and opening in knowledge.names.event_words:
        words[:1] = fold(knowledge.names.event_words[opening]).split()
    return Reading(plain, tuple(knowledge.names.ordinals.get(word, word) for word in words), rule)


def introduced_inside(form: str, knowledge: Knowledge) -> tuple[str, str] | None:
    """The short form that stands in brackets inside a name, and what it stands for."""
    match = _INNER_BRACKET.match(form)
    if match and is_abbreviation(fold(match.group(2)), fold(match.group(1)), knowledge.generic_heads):
        return fold(match.group(2)), match.group(1)
    return None


def introduced_after(text: str, end: int, form: str, knowledge: Knowledge) -> tuple[str, str] | None:
    """The short form that stands in brackets right behind the name ``form``, which ends at ``end``."""
    match = _FOLLOWING_BRACKET.match(text, end)
    plain = without_brackets(form)
    if match and is_abbreviation(fold(match.group(1)), fold(plain), knowledge.generic_heads):
        return fold(match.group(1)), plain
    return None


def same_bearer(first: str, second: str, between: str, after: str, knowledge: Knowledge) -> bool:
    """Whether two names of one type that follow each other name one bearer: the second in brackets and a short form of
    the first (or the other way round), or joined by words such as ``alias``."""
    one, other = fold(without_brackets(first)), fold(without_brackets(second))
    short = is_abbreviation(other, one, knowledge.generic_heads) or is_abbreviation(one, other, knowledge.generic_heads)
    if between.strip() == "(" and after[:1] in (")", ",", ";"):
        return short or _is_acronym(second, first) or _is_acronym(first, second)
    words = fold(between)
    return words in knowledge.names.also_called or (short and words in knowledge.names.alternatives)


def _is_acronym(short: str, long: str) -> bool:
    """Foreign short forms need not share letters with the name (``Organisasi Kesehatan Dunia (WHO)``)."""
    return short.isupper() and 2 <= len(short) <= 8 and " " not in short and len(long.split()) > 1
