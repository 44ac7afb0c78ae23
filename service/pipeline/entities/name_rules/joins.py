"""Names that belong together with the generic words, numbers and names beside them."""

from __future__ import annotations

from msgspec.structs import replace

from service.pipeline.annotations import Sentence
from service.pipeline.entities.name_rules.spans import NameSpan, NameText
from service.pipeline.entities.name_rules.types import FAC, GPE, LOC, ORG, PERSON

_LONGEST_HEAD = 4
_LONGEST_UNIT = 5
_SHORTEST_ABBREVIATION = 3
_ROMAN = frozenset("IVX")


def extend_heads(text: NameText, sentence: Sentence) -> None:
    """A capitalised generic word before a name belongs to it ("Desa Trimulyo", "Gunung Ungaran")."""
    for name in text.inside(sentence):
        if name.type not in (GPE, LOC, FAC, PERSON, ORG):
            continue
        announced = name.first > sentence.first and text.lowers[name.first - 1] in text.known.cue_closers
        for size in range(_LONGEST_HEAD, 0, -1):
            first = name.first - size
            if first < sentence.first or not text.upper[first]:
                continue
            if not (announced or text.lowers[first] in text.known.head_openers) or not _own(text, first, name.first):
                continue
            kind = text.known.heads.get(tuple(text.lowers[first : name.first]))
            if kind is None and name.type == GPE and text.lowers[name.first] in text.known.administrative:
                # "Pemerintah Kota …": the kind of the place belongs to the body's generic word
                kind = text.known.heads.get(tuple(text.lowers[first : name.first + 1]))
            if first > sentence.first and tuple(text.lowers[first - 1 : name.first]) in text.known.cues:
                # "Ibu Kota Ukraina" is no "Kota Ukraina"
                break
            if _only_opens(text, sentence, first, name):
                break
            place = kind in (GPE, LOC, FAC) and (name.type != ORG or kind == FAC)
            if (place or (kind == ORG and name.type in (GPE, ORG))) and _may_open(text, sentence, first):
                text.put(first, name.last, str(kind), name.score, "head")
                break


def _only_opens(text: NameText, sentence: Sentence, first: int, name: NameSpan) -> bool:
    """Whether a noun at ``first`` that makes no name with a country is capitalised because it opens the sentence
    ("Otoritas India belum …")."""
    if tuple(text.lowers[first : name.first]) not in text.known.generic or not text.opens(first, sentence):
        return False
    return text.known.listed(text.words[name.first : name.last], text.key(name)) == GPE


def _own(text: NameText, first: int, last: int) -> bool:
    """Whether the tokens belong to no name but that of a body which is its generic word alone ("BEM", "DPRD")."""
    owners = [text.at(i) for i in range(first, last)]
    return all(owner is None or (owner.type == ORG and owner.last - owner.first == 1) for owner in owners)


def extend_units(text: NameText, sentence: Sentence) -> None:
    """Capitalised words from a body's generic word up to a place or body are one name ("Armada Ketujuh AS")."""
    for name in text.inside(sentence):
        if name.type not in (GPE, ORG):
            continue
        first = name.first - 1
        while first >= sentence.first and name.first - first <= _LONGEST_UNIT:
            if not text.upper[first] or not text.words[first].isalpha() or not _own(text, first, first + 1):
                break
            if text.known.head(text.lowers[first : name.first]) == ORG and name.first - first > 1:
                if _may_open(text, sentence, first):
                    text.put(first, name.last, ORG, name.score, "unit-and-body")
                break
            if (text.lowers[first],) in text.known.titles:
                break
            first -= 1


def join_facilities(text: NameText, sentence: Sentence) -> None:
    """A building's generic word, its short form in brackets and what it is named after are one name.

    "RSUD dr. Soetomo", "Rumah Sakit Umum Daerah (RSUD) Undata".
    """
    if not text.holds(sentence, text.known.building_openers):
        return
    index = sentence.first
    while index < sentence.last:
        size = _facility(text, index) if text.upper[index] else 0
        if not size or index + size >= sentence.last:
            index += 1
            continue
        behind = index + size
        if text.words[behind : behind + 1] == ["("] and text.words[behind + 2 : behind + 3] == [")"]:
            behind += 3
        titles = text.known.name_titles if _is_led(text, sentence, index) else text.known.name_ranks
        while behind < sentence.last and text.lowers[behind] in titles:
            behind += 1
        behind += int(_honours(text, sentence, behind))
        name = text.at(behind) if behind < sentence.last else None
        if name is not None and name.first == behind and name.type in (PERSON, GPE, ORG, LOC, FAC) and behind > index:
            inside = text.at(index)
            if inside is None or inside.last <= behind:
                name = _named_after(text, name)
                text.put(index, name.last, FAC, name.score, "building")
                index = name.last
                continue
        index += size


def _honours(text: NameText, sentence: Sentence, index: int) -> bool:
    """Whether a capitalised word for what somebody was stands in no name before a person's ("Bandara Sultan …")."""
    if index + 1 >= sentence.last or not text.upper[index] or text.at(index) is not None:
        return False
    owner = text.at(index + 1)
    return text.lowers[index] in text.known.honoured and owner is not None and owner.first == index + 1


def _is_led(text: NameText, sentence: Sentence, index: int) -> bool:
    """Whether a title stands right before ``index`` ("Kepala RSPAD …")."""
    return any(tuple(text.lowers[max(sentence.first, index - size) : index]) in text.known.titles for size in (1, 2))


def _facility(text: NameText, index: int) -> int:
    """How many words at ``index`` are the generic word of a building; 0 where none is."""
    heads, lowers = text.known.heads, text.lowers
    if lowers[index] not in text.known.building_openers:
        return 0
    return next((s for s in (4, 3, 2, 1) if heads.get(tuple(lowers[index : index + s])) == FAC), 0)


def _named_after(text: NameText, name: NameSpan) -> NameSpan:
    """``name``, or its beginning up to a listed place behind which another person's name begins."""
    for index in range(name.first + 1, name.last - 2):
        placed = text.known.listed(text.words[index : index + 1], text.lowers[index : index + 1]) == GPE
        if name.type == PERSON and placed:
            before, rest = replace(name, last=index + 1), replace(name, first=index + 1)
            text.swap(name, before, rest)
            return before
    return name


def join_parts(text: NameText, sentence: Sentence) -> None:
    """Two persons' names with nothing between them are the parts of one."""
    for person in text.inside(sentence):
        before = text.at(person.first - 1) if person.first > sentence.first else None
        if person.type == PERSON and before is not None and before.type == PERSON and text.at(person.first) == person:
            text.put(before.first, person.last, PERSON, min(before.score, person.score), before.rule)


def join_openers(text: NameText, sentence: Sentence) -> None:
    """A hereditary title right before a person's name belongs to it ("Teuku …"), but not at a sentence's start, nor
    before a ruler's ("Raja Charles III")."""
    for name in text.inside(sentence):
        first = name.first - 1
        if name.type != PERSON or first <= sentence.first or text.at(first) is not None or not text.upper[first]:
            continue
        rules = name.last - name.first > 1 and set(text.words[name.last - 1]) <= _ROMAN
        if text.lowers[first] in text.known.name_openers and not text.opens(first, sentence) and not rules:
            text.put(first, name.last, PERSON, name.score, name.rule)


def extend_numbered(text: NameText, sentence: Sentence) -> None:
    """A numbered unit before a body is one name with it ("Komisi III DPR")."""
    for name in text.inside(sentence):
        first = name.first - 2
        if name.type != ORG or first < sentence.first or not text.free(first, name.first):
            continue
        number = text.words[first + 1]
        if (
            text.upper[first]
            and (number.isdigit() or set(number) <= _ROMAN)
            and text.known.head(text.lowers[first : first + 1]) == ORG
        ):
            text.put(first, name.last, ORG, name.score, "numbered-unit")
    # later mentions leave the body off: "Komisi VIII"
    for index in text.capitals(sentence):
        if index + 1 == sentence.last or text.words[index + 1][0] not in _ROMAN:
            continue
        numbered = set(text.words[index + 1]) <= _ROMAN and text.free(index, index + 2)
        if numbered and text.known.head(text.lowers[index : index + 1]) == ORG:
            text.put(index, index + 2, ORG, 0.8, "numbered-unit")


def join_numbered_units(text: NameText, sentence: Sentence) -> None:
    """A unit of the armed forces, its number and the word behind the stroke are one name ("Kodim 0808/Blitar")."""
    if not text.holds(sentence, text.known.numbered_units):
        return
    for index in range(sentence.first, sentence.last - 3):
        if text.lowers[index] not in text.known.numbered_units or not text.upper[index]:
            continue
        number, stroke = text.words[index + 1], text.words[index + 2]
        if stroke != "/" or not (number.isdigit() or set(number) <= _ROMAN) or not text.upper[index + 3]:
            continue
        last = index + 3
        sizes = (
            size
            for size in (3, 2)
            if text.known.listed(text.words[last : last + size], text.lowers[last : last + size]) == GPE
        )
        text.put(index, min(sentence.last, last + next(sizes, 1)), ORG, 0.9, "numbered-unit")


def join_enumerations(text: NameText, sentence: Sentence) -> None:
    """A body whose name lists its tasks is one name ("Badan Meteorologi, Klimatologi, dan Geofisika")."""
    for name in text.inside(sentence):
        if (
            text.at(name.first) != name
            or name.type != ORG
            or text.known.head(text.lowers[name.first : name.last]) != ORG
        ):
            continue
        last = name.last
        while last < sentence.last and text.words[last] == ",":
            end = last + 1
            closing = end < sentence.last and text.lowers[end] in text.known.conjunctions
            part = _capitalised(text, sentence, end + closing)
            if part == end + closing or not _task(text, end + closing, part):
                break
            last = part
            if closing:
                text.put(name.first, last, ORG, name.score, "enumeration")
                break


def _capitalised(text: NameText, sentence: Sentence, index: int) -> int:
    """The end of at most three capitalised words from ``index``."""
    last = index
    while last < min(sentence.last, index + 3) and text.upper[last]:
        last += 1
    return last


def _task(text: NameText, first: int, last: int) -> bool:
    """Whether ``first:last`` can be one of the tasks in a body's name: no name that a list holds, no other body."""
    owners = [text.at(i) for i in range(first, last)]
    named = any(owner is not None and owner.type in (PERSON, GPE) for owner in owners)
    listed = text.known.listed(text.words[first:last], text.lowers[first:last])
    return (
        not named
        and listed is None
        and text.known.head(text.lowers[first:last]) is None
        and not text.words[first].isupper()
    )


def _may_open(text: NameText, sentence: Sentence, first: int) -> bool:
    """Whether a name can begin at ``first``: no capital before it but that of a title or another name."""
    before = first - 1
    if before >= sentence.first and tuple(text.lowers[before : first + 1]) in text.known.titles:
        return False
    if before < sentence.first or not text.upper[before] or text.at(before) is not None:
        return True
    return (text.lowers[before],) in text.known.titles or before == sentence.first


def join_units(text: NameText, sentence: Sentence) -> None:
    """A unit and the body or place that it belongs to are one name ("BPBD Demak", "Komisi XI DPR")."""
    for after in text.inside(sentence):
        unit = text.at(after.first - 1) if after.first > sentence.first else None
        if unit is None or unit.type != ORG or after.type not in (GPE, ORG) or unit.first < sentence.first:
            continue
        listed = text.known.listed(text.words[unit.first : unit.last], text.lowers[unit.first : unit.last]) == ORG
        home = after.last - after.first == 1 and text.lowers[after.first] in text.known.home_forms and listed
        if home or text.known.head(text.lowers[unit.first : unit.last]) == ORG:
            text.put(unit.first, after.last, ORG, min(unit.score, after.score), "unit-and-body")


def join_bracketed(text: NameText, sentence: Sentence) -> None:
    """A unit keeps the short form in brackets when a place follows ("Badan … Daerah (BPBD) Kabupaten Demak")."""
    for after in text.inside(sentence):
        index = after.first - 1
        if after.type != GPE or index - 2 <= sentence.first or text.words[index] != ")":
            continue
        short = text.at(index - 1)
        if (
            short is None
            or short.type != ORG
            or short.first - 1 <= sentence.first
            or text.words[short.first - 1] != "("
        ):
            continue
        unit = text.at(short.first - 2)
        for size in range(_LONGEST_HEAD, 0, -1) if unit is None else ():
            first = short.first - 1 - size
            if first >= sentence.first and text.known.heads.get(tuple(text.lowers[first : short.first - 1])) == ORG:
                text.put(first, after.last, ORG, min(short.score, after.score), "unit-and-body")
                break
        if unit is not None and unit.type == ORG and text.known.head(text.lowers[unit.first : unit.last]) == ORG:
            text.put(unit.first, after.last, ORG, min(unit.score, after.score), "unit-and-body")


def join_missions(text: NameText, sentence: Sentence) -> None:
    """A body's name runs on over the country where it works when its short form follows in brackets ("Misi Bantuan PBB
    di Afganistan (UNAMA)")."""
    for place in text.inside(sentence):
        index = place.first - 1
        if place.type != GPE or index <= sentence.first or text.words[index] not in text.known.place_prepositions:
            continue
        body = text.at(index - 1)
        if body is None or body.type != ORG or text.words[place.last : place.last + 1] != ["("]:
            continue
        first = body.first
        while first > sentence.first and text.upper[first - 1] and text.at(first - 1) is None:
            first -= 1
        closed = text.words[place.last + 2 : place.last + 3] == [")"]
        short = text.words[place.last + 1] if closed else ""
        if len(short) >= _SHORTEST_ABBREVIATION and short.isupper() and body.last - first > 1:
            text.put(first, place.last, ORG, min(body.score, place.score), "unit-and-body")
            text.put(place.last + 1, place.last + 2, ORG, body.score, "short-form")
