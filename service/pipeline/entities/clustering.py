"""Which names are one entity: a person's parts, a body's short forms, a place with and without its kind.

Works on the forms of one article, or on the entities of several. A link that is not sure is not made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from service.pipeline.entities.knowledge import Knowledge, PlaceClass
from service.pipeline.entities.names import fold, initials, is_part_of
from service.pipeline.entities.partition import Item, Partition

# places that are told apart by convention only
FAMILIES = {"LOC": "GPE"}
_SHORTEST_INITIALS = 3
# words of a numbered unit without its body, and the letters of its number
_NUMBERED, _ROMAN = 2, frozenset("ivx")
# the rank of the kinds of place that provinces and countries are of
_PROVINCE = 5


def cluster(items: Sequence[Item], knowledge: Knowledge, apart: bool = False) -> Partition:
    """The entities that ``items`` are. With ``apart``, items of one article stay apart: they have been compared."""
    partition = Partition(items, apart)
    families: dict[str, list[int]] = {}
    for index, item in enumerate(items):
        families.setdefault(FAMILIES.get(item.kind, item.kind), []).append(index)
    for kind, indices in families.items():
        _join_equal(indices, partition, kind == "PERSON")
        _join_aliases(indices, partition)
        if kind == "PERSON":
            _join_persons(indices, partition, knowledge)
        elif kind == "ORG":
            _join_bodies(indices, partition, knowledge)
        else:
            _join_kinds(indices, partition, knowledge)
    return partition


def _join_equal(indices: Iterable[int], partition: Partition, solid: bool) -> None:
    """Join readings with the same words; with ``solid`` also those that differ in where words part."""
    seen: dict[str, int] = {}
    for index in indices:
        key = ("" if solid else " ").join(partition.items[index].reading.key)
        if key in seen:
            partition.join(index, seen[key], "same-name")
        else:
            seen[key] = index


def _join_aliases(indices: Sequence[int], partition: Partition) -> None:
    """Join an item that is written in a way that exactly one other entity is written in."""
    bearers: dict[str, list[int]] = {}
    for index in indices:
        for alias in partition.items[index].aliases:
            bearers.setdefault(alias, []).append(index)
    for index in indices:
        item = partition.items[index]
        if item.kind == "PERSON":
            continue
        own = partition.root(index)
        roots = {partition.root(other) for alias in item.aliases for other in bearers[alias]} - {own}
        if len(roots) == 1:
            partition.join(index, roots.pop(), "alias", 0.95)


def _only(candidates: Iterable[int], partition: Partition) -> int | None:
    """The one entity that all candidates are; None where there is none or more than one."""
    roots = {partition.root(index) for index in candidates}
    return roots.pop() if len(roots) == 1 else None


def _by_word(indices: Iterable[int], partition: Partition) -> dict[str, list[int]]:
    """The items that have a word in their key, by word, so that only they are compared."""
    found: dict[str, list[int]] = {}
    for index in indices:
        for word in dict.fromkeys(partition.items[index].reading.key):
            found.setdefault(word, []).append(index)
    return found


def _join_persons(indices: Sequence[int], partition: Partition, knowledge: Knowledge) -> None:
    """Join a person's short forms to the full name of which they are part.

    Of several persons that share the part, it means the one that is both named first and named most.
    """
    items = partition.items
    longest_first = sorted(indices, key=lambda i: (-len(items[i].reading.key), items[i].first))
    bearers = _by_word(longest_first, partition)
    for index in longest_first:
        item = items[index]
        key = item.reading.key
        told = [part for part in key if len(part) > 1]
        if not told or (len(key) == 1 and key[0] in knowledge.names.particles):
            continue
        alike = min((bearers[part] for part in told), key=len)
        fuller = [i for i in alike if i != index and is_part_of(key, items[i].reading.key)]
        fuller = [i for i in fuller if not _is_another(item, items[i], knowledge)]
        if len(key) == 1 and _only(fuller, partition) is None:
            # people are called by the first or the last part of their names
            fuller = [i for i in fuller if key[0] in _ends(items[i])] or fuller
        target = _only(fuller, partition)
        if target is not None:
            partition.join(index, target, "part-of-name", 0.97)
        elif fuller and not item.introduced and len(key) == 1:
            main = _main_bearer(fuller, partition)
            if main is not None:
                partition.join(index, main, "part-of-main-name", 0.8)
    _join_bynames(indices, partition, knowledge)


def _ends(item: Item) -> tuple[str, str]:
    """The first and the last part of a person's name."""
    return item.reading.key[0], item.reading.key[-1]


def _join_bynames(indices: Iterable[int], partition: Partition, knowledge: Knowledge) -> None:
    """Join what news calls a known person by to that person's full name."""
    full: dict[str, int] = {}
    for index in indices:
        name = knowledge.people.get(partition.items[index].reading.folded)
        if name is not None and fold(name) == partition.items[index].reading.folded:
            full.setdefault(name, index)
    for index in indices:
        name = knowledge.people.get(partition.items[index].reading.folded)
        if name in full and partition.rule(index) is None:
            partition.join(index, full[name], "known-person")


def _is_another(short: Item, full: Item, knowledge: Knowledge) -> bool:
    """Whether ``short`` is somebody else than ``full`` although it is part of that name: it is given as a whole name,
    is presented before or elsewhere, or is what news calls another person by."""
    if short.introduced:
        # with the first words of the full name, the age only adds to it
        size = len(short.reading.key)
        return size == 1 or full.reading.key[:size] != short.reading.key
    if short.presented and len(short.reading.key) == 1 and (full.article != short.article or short.first <= full.first):
        return True
    known = knowledge.people.get(short.reading.folded)
    if known is None or len(short.reading.key) > 1:
        return False
    return known != knowledge.people.get(full.reading.folded) and short.reading.key[0] != full.reading.key[0]


def _main_bearer(candidates: Sequence[int], partition: Partition) -> int | None:
    counts: dict[int, int] = {}
    firsts: dict[int, int] = {}
    for index in candidates:
        item, root = partition.items[index], partition.root(index)
        counts[root] = counts.get(root, 0) + item.count
        firsts[root] = min(firsts.get(root, item.first), item.first)
    earliest = min(counts, key=lambda root: firsts[root])
    if partition.apart or any(counts[root] >= counts[earliest] for root in counts if root != earliest):
        return None
    return earliest


def _join_bodies(indices: Sequence[int], partition: Partition, knowledge: Knowledge) -> None:
    """Join an organisation's shorter forms: words left out that a name may lack, a head that takes up the longer name
    before it, initials."""
    items = partition.items
    by_word = _by_word(indices, partition)
    by_initials: dict[str, list[int]] = {}
    for index in indices:
        short = initials(items[index].reading.key, knowledge.names.lower_words)
        by_initials.setdefault(short, []).append(index)
    for index in sorted(indices, key=lambda i: (-len(items[i].reading.key), items[i].first)):
        item = items[index]
        # firms of one name may differ in their legal form
        telling = [word for word in item.reading.key if word not in knowledge.legal_forms] or item.reading.key
        alike = min((by_word[word] for word in telling), key=len)
        alike = [i for i in alike if partition.root(i) != partition.root(index)]
        spelt = by_initials.get(item.form.casefold(), []) if _is_short_form(item.form) else []
        for rule, sureness, candidates in (
            ("words-left-out", 0.95, [i for i in alike if _lacks_only(item, items[i], knowledge)]),
            ("head-of-name", 0.9, [i for i in alike if _takes_up(item, items[i], knowledge)]),
            ("firm-in-short", 0.9, [i for i in alike if _shortens_firm(item, items[i], knowledge)]),
            ("host-name", 0.9, [i for i in alike if _is_host_of(items[i].form, item, knowledge)]),
            ("head-alone", 0.85, [i for i in alike if _heads(item, items[i], knowledge)]),
            ("initials", 0.9, spelt),
        ):
            target = _only(candidates, partition)
            if target is not None and partition.join(index, target, rule, sureness):
                break


def _lacks_only(short: Item, full: Item, knowledge: Knowledge) -> bool:
    """Whether ``full`` is ``short`` with words between that do not make it another body."""
    one, other = short.reading.key, full.reading.key
    if len(one) >= len(other) or all(w in knowledge.generic_heads or w in knowledge.droppable for w in one):
        return False
    position = 0
    for word in other:
        if position < len(one) and one[position] == word:
            position += 1
        elif word not in knowledge.droppable:
            return False
    return position == len(one)


def _shortens_firm(short: Item, full: Item, knowledge: Knowledge) -> bool:
    """Whether ``full`` is a firm's name in law, or one that a word for its trade closes, and ``short`` names it with
    fewer words: the first, and others in their order ("Arunika Air" for "PT Arunika Nusantara Air Tbk")."""
    one = [word for word in short.reading.key if word not in knowledge.legal_forms]
    other = [word for word in full.reading.key if word not in knowledge.legal_forms]
    if len(one) < 2 or len(one) >= len(other) or one[0] != other[0] or one[0] in knowledge.generic_heads:
        return False
    legal = len(other) < len(full.reading.key)
    traded = one == other[:-1] and other[-1] in knowledge.trades
    rest = iter(other)
    return (legal or traded) and all(word in rest for word in one)


def _is_host_of(host: str, short: Item, knowledge: Knowledge) -> bool:
    """Whether ``short`` is an outlet's ``host`` without its domain; a known paper is not its site."""
    stem, dot, _ = host.partition(".")
    return bool(dot) and fold(stem) == short.reading.folded and short.reading.folded not in knowledge.organizations


def _heads(short: Item, full: Item, knowledge: Knowledge) -> bool:
    """Whether ``short`` is the generic word of a body of state that opens ``full`` in the same article ("Mahkamah")."""
    one, other = short.reading.key, full.reading.key
    alone = len(one) == 1 and one[0] in knowledge.state_heads and short.article == full.article
    return alone and len(other) > 1 and other[0] == one[0]


def _takes_up(short: Item, full: Item, knowledge: Knowledge) -> bool:
    """Whether ``short`` opens ``full``, which comes first, and can stand for it there."""
    one, other = short.reading.key, full.reading.key
    if len(one) >= len(other) or other[: len(one)] != one:
        return False
    if short.reading.bare:
        return True
    place = " ".join(other[len(one) :]) in knowledge.places or other[len(one)] in knowledge.place_classes
    if (
        len(one) == 1
        and place
        and one[0] not in knowledge.generic_heads
        and fold(short.form) not in knowledge.organizations
    ):
        return True
    if full.article != short.article or full.first >= short.first:
        return False
    if short.reading.folded in knowledge.branched:
        # after "KPU Dompu" its article's "KPU" is that branch
        return place or other[len(one)] not in knowledge.droppable
    if fold(short.form) in knowledge.organizations:
        return False
    if len(one) == _NUMBERED and set(one[-1]) <= _ROMAN:
        # after "Komisi VIII DPR" it is "Komisi VIII"
        return True
    if len(one) == 1:
        return one[0] not in knowledge.generic_heads and one[0] not in knowledge.droppable
    return place


def _is_short_form(form: str) -> bool:
    return form.isupper() and form.isalpha() and len(form) >= _SHORTEST_INITIALS


def place_kind(item: Item, knowledge: Knowledge) -> tuple[PlaceClass | None, tuple[str, ...]]:
    """The kind that the words opening a place's name tell, and the name without them."""
    key = item.reading.key
    if item.reading.identifier and len(key) < len(fold(item.form).split()):
        key = tuple(fold(item.form).split())
    for size in (3, 2, 1):
        kind = knowledge.place_classes.get(" ".join(key[:size])) if len(key) > size else None
        if kind and item.kind in kind.types:
            base = key[size:]
            known = knowledge.places.get(" ".join(base))
            return kind, tuple(fold(known.name).split()) if known else base
    return None, item.reading.key


def _join_kinds(indices: Sequence[int], partition: Partition, knowledge: Knowledge) -> None:
    """Join the forms of a place that name its kind alike, then the bare name to the foremost kind there is."""
    items = partition.items
    kinds: dict[tuple[str, ...], dict[str, list[int]]] = {}
    bare: dict[tuple[str, ...], list[int]] = {}
    ranks: dict[str, PlaceClass] = {}
    for index in indices:
        kind, base = place_kind(items[index], knowledge)
        if kind is None:
            bare.setdefault(base, []).append(index)
        else:
            ranks[kind.words[0]] = kind
            kinds.setdefault(base, {}).setdefault(kind.words[0], []).append(index)
    for base, found in kinds.items():
        for members in found.values():
            for index in members[1:]:
                partition.join(index, members[0], "same-kind")
        for index in bare.get(base, ()):
            fitting = [word for word in found if items[index].kind in ranks[word].types]
            if items[index].reading.identifier:
                # a country or province is no strait, city or village of its name
                fitting = [word for word in fitting if ranks[word].rank >= _PROVINCE and "GPE" in ranks[word].types]
            if not fitting:
                continue
            top = max(ranks[word].rank for word in fitting)
            foremost = [found[word][0] for word in fitting if ranks[word].rank == top]
            target = _only(foremost, partition)
            if target is not None:
                partition.join(index, target, "kind-of-place", 0.95)
