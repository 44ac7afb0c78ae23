"""From the names found in an article to its entities."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from service.pipeline.annotations import Document, Entity, Span
from service.pipeline.entities import abbreviations, linking
from service.pipeline.entities.clustering import FAMILIES, cluster
from service.pipeline.entities.knowledge import Knowledge
from service.pipeline.entities.names import fold, without_brackets
from service.pipeline.entities.partition import Item, Partition
from service.pipeline.entities.recognition import Recognition

_AGE = re.compile(r"\s{0,2}\(\d{1,3}\)")
_APPOSITION = re.compile(r",\s{1,2}([^\W\d_]+)")
_BETWEEN = 45


@dataclass(slots=True)
class _Form:
    """A written form of a name in one article and where it stands."""

    kind: str
    places: list[int] = field(default_factory=list)
    texts: dict[str, int] = field(default_factory=dict)
    introduced: bool = False
    presented: bool = False

    def text(self) -> str:
        """The spelling used most; of those used alike one that is not all capitals."""
        if len(self.texts) == 1:
            return next(iter(self.texts))
        return max(self.texts, key=lambda text: (self.texts[text], not text.isupper()))


def resolve_names(document: Document, names: Sequence[Recognition], knowledge: Knowledge) -> tuple[Entity, ...]:
    """The entities that ``names`` (by position, not overlapping) are mentions of, in the order of their first mention.

    Ids (``e1`` …) count the entities of the article. References are left to coreference.
    """
    text = document.text
    introduced, pairs = _introductions(text, names, knowledge)
    kinds = _kinds(text, names, pairs)
    forms: dict[tuple[str, str], _Form] = {}
    form_of: list[tuple[str, str]] = []
    for number, name in enumerate(names):
        written = _with_kind_before(document, name, knowledge) if kinds[number] == "FAC" else None
        written = written or without_brackets(text[name.start : name.end]) or text[name.start : name.end]
        key = (FAMILIES.get(kinds[number], kinds[number]), fold(written) or written)
        form = forms.setdefault(key, _Form(kinds[number]))
        form.places.append(number)
        form.texts[written] = form.texts.get(written, 0) + 1
        if kinds[number] == "PERSON":
            form.introduced |= is_introduced(text, name.end)
            form.presented |= is_presented(text, name.end, knowledge)
        form_of.append(key)
    order = {key: index for index, key in enumerate(forms)}
    items = [
        Item(
            form.kind,
            spelt,
            abbreviations.read(form.kind, spelt, introduced, knowledge),
            len(form.places),
            names[form.places[0]].start,
            form.introduced,
            form.presented,
        )
        for form, spelt in ((form, form.text()) for form in forms.values())
    ]
    partition = cluster(items, knowledge)
    for one, other in pairs:
        partition.join(order[form_of[other]], order[form_of[one]], "named-together")
    return _entities(names, list(forms.values()), partition, knowledge)


def is_introduced(text: str, end: int) -> bool:
    """Whether an age in brackets follows the name that ends at ``end``: news gives it once, with the whole name."""
    # few names have a bracket behind them, and fewer a comma
    return "(" in text[end : end + 3] and _AGE.match(text, end) is not None


def is_presented(text: str, end: int, knowledge: Knowledge) -> bool:
    """Whether the words behind the name that ends at ``end`` tell what the person is (``Dedi, nelayan Ranai``)."""
    match = _APPOSITION.match(text, end) if text.startswith(",", end) else None
    return match is not None and match.group(1) in knowledge.titles.heads


def _entities(
    names: Sequence[Recognition], forms: Sequence[_Form], partition: Partition, knowledge: Knowledge
) -> tuple[Entity, ...]:
    found: list[tuple[list[int], list[int]]] = []
    for group in partition.groups():
        found.append((sorted(place for index in group for place in forms[index].places), group))
    found.sort(key=lambda entry: entry[0][0])
    entities = []
    for number, (places, group) in enumerate(found, 1):
        items = [partition.items[index] for index in group]
        name, rule = linking.canonical_name(items, knowledge)
        sureness = min(partition.sureness(index) for index in group)
        mean = sum(names[place].score for place in places) / len(places)
        entities.append(
            Entity(
                f"e{number}",
                _most_frequent([names[place].type for place in places], items[0].kind),
                name,
                tuple(Span(names[place].start, names[place].end) for place in places),
                identifiers=linking.identifiers(items, knowledge),
                score=round(mean * sureness, 3),
                rule=f"{names[places[0]].rule}+{rule}",
            )
        )
    return tuple(entities)


def _most_frequent(types: Sequence[str], kind: str) -> str:
    """The type used most, the earliest of those used alike; ``kind`` where none is of its family."""
    family = FAMILIES.get(kind, kind)
    fitting = [type_ for type_ in types if FAMILIES.get(type_, type_) == family]
    return max(fitting, key=fitting.count) if fitting else kind


def _introductions(
    text: str, names: Sequence[Recognition], knowledge: Knowledge
) -> tuple[Mapping[str, str], list[tuple[int, int]]]:
    """Short forms that the text introduces, by folded form, and the pairs of names that follow each other and name one
    bearer."""
    introduced: dict[str, str] = {}
    pairs: list[tuple[int, int]] = []
    for number, name in enumerate(names):
        form = text[name.start : name.end]
        found = abbreviations.introduced_inside(form, knowledge) if "(" in form else None
        if found is None and text[name.end : name.end + 2].lstrip()[:1] == "(":
            found = abbreviations.introduced_after(text, name.end, form, knowledge)
        if found is not None and name.type != "PERSON":
            introduced.setdefault(*found)
        if number + 1 < len(names) and 0 < names[number + 1].start - name.end <= _BETWEEN:
            other = names[number + 1]
            between = text[name.end : other.start]
            after = text[other.end : other.end + 1]
            alike = FAMILIES.get(name.type, name.type) == FAMILIES.get(other.type, other.type)
            # a country in brackets' reach and a body that a list holds are two
            # so are the place and the outlet of a dateline
            listed = name.rule == other.rule and name.rule in ("closed-list", "dateline")
            bracketed = between.strip() == "(" and not listed
            if (alike or (bracketed and "PERSON" not in (name.type, other.type))) and abbreviations.same_bearer(
                form, text[other.start : other.end], between, after, knowledge
            ):
                pairs.append((number, number + 1))
    return introduced, pairs


def _kinds(text: str, names: Sequence[Recognition], pairs: Sequence[tuple[int, int]]) -> list[str]:
    """The type of each name; a short form has, wherever it stands, the type of the name that it is introduced for."""
    kinds: dict[tuple[str, str], str] = {}
    for pair in pairs:
        short, full = sorted(pair, key=lambda number: names[number].end - names[number].start)
        if names[short].type != names[full].type:
            kinds[names[short].type, text[names[short].start : names[short].end]] = names[full].type
    if not kinds:
        return [name.type for name in names]
    return [kinds.get((name.type, text[name.start : name.end]), name.type) for name in names]


def _with_kind_before(document: Document, name: Recognition, knowledge: Knowledge) -> str | None:
    """A building's name with the common noun before it that tells its kind (``pelabuhan Rajin``)."""
    text = document.text
    start = name.start - 1
    if start < 1 or text[start] != " ":
        return None
    first = text.rfind(" ", max(0, start - 25), start) + 1
    word = text[max(first, text.rfind("\n", 0, start) + 1) : start]
    kind = knowledge.place_classes.get(word)
    own = fold(text[name.start : name.end]).split(" ")[0]
    if kind is None or "FAC" not in kind.types or own in knowledge.place_classes:
        return None
    return f"{word.capitalize()} {without_brackets(text[name.start : name.end])}"
