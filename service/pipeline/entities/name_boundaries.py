"""Where the encoder's names begin and end, mended by what stands at their edges."""

from __future__ import annotations

from dataclasses import replace

from service.pipeline.annotations import Sentence
from service.pipeline.entities import name_types
from service.pipeline.entities.name_spans import NameSpan, NameText
from service.pipeline.entities.name_types import FAC, GPE, LOC, ORG, PERSON

_LONGEST_HEAD = 3
# how sure a short form is that brackets introduce
_INTRODUCED = 0.9
_ROMAN = frozenset("IVX")
# a word that is this much more usual in lower case opens a sentence, not a name
_USUAL = 4


def mend(text: NameText, sentence: Sentence) -> None:
    """All rules on the encoder's names of ``sentence``, in their order; afterwards types are those of the contract."""
    trim(text, sentence)
    split_brackets(text, sentence)
    split_prepositions(text, sentence)
    split_ranks(text, sentence)
    split_persons(text, sentence)
    settle_types(text, sentence)
    leave_generic(text, sentence)
    drop_common(text, sentence)


def trim(text: NameText, sentence: Sentence) -> None:
    """Names begin and end with a capital or a digit; degrees behind a comma are no names."""
    for name in text.inside(sentence):
        first, last = name.first, name.last
        particles = text.known.particles
        while first < last and not (
            text.upper[first] or text.words[first][0].isdigit() or text.lowers[first] in particles
        ):
            first += 1
        while last > first and not (
            text.upper[last - 1] or text.words[last - 1][0].isdigit() or text.words[last - 1] == ")"
        ):
            last -= 1
        if last > first and text.words[last - 1] == ")" and "(" not in text.words[first:last]:
            last -= 1
        opens = text.opens(first, sentence) and last - first > 1 and name.type == "PER"
        if opens and text.lexicon.counts(text.lowers[first])[6] >= _USUAL and text.common(first):
            first += 1
        alone = last - first == 1 and text.opens(first, sentence) and not text.words[first].isupper()
        counts = text.lexicon.counts(text.lowers[first]) if first < last else (0,) * 8
        if (alone and counts[6] >= _USUAL and counts[7] < 2) or (first < last and _degree(text, first, last)):
            first = last
        if not any(text.upper[i] for i in range(first, last)):
            first = last
        if (first, last) != (name.first, name.last):
            text.swap(name, *([replace(name, first=first, last=last)] if first < last else []))


def _degree(text: NameText, first: int, last: int) -> bool:
    """Whether a dotted abbreviation stands alone behind a comma ("S.H.", "M.Si.")."""
    word = text.words[first]
    parts = word.rstrip(".").split(".")
    return (
        last - first == 1
        and first > 0
        and text.words[first - 1] == ","
        and "." in word
        and all(part.isalpha() and len(part) <= 5 for part in parts)
        and len(parts[0]) <= 2
    )


def split_brackets(text: NameText, sentence: Sentence) -> None:
    """A short form in brackets behind a name is a name of its own ("Bank Indonesia (BI)")."""
    for name in text.inside(sentence):
        words = text.words[name.first : name.last]
        if words[-1] == ")" and "(" in words:
            middle = name.first + words.index("(")
            end = name.last - 1
        elif "(" in words and name.last < sentence.last and text.words[name.last] == ")":
            middle = name.first + words.index("(")
            end = name.last
        else:
            continue
        short = replace(name, first=middle + 1, last=end, score=max(name.score, _INTRODUCED), rule="short-form")
        parts = (replace(name, last=middle), short)
        text.swap(name, *(part for part in parts if part.first < part.last))


def split_prepositions(text: NameText, sentence: Sentence) -> None:
    """A name ends before a preposition of place, unless a list holds the whole ("Persija di Gelora Bung Karno")."""
    for name in text.inside(sentence):
        for index in range(name.first + 1, name.last - 1):
            if text.words[index] in text.known.place_prepositions:
                if not text.known.listed(text.words[name.first : name.last], text.lowers[name.first : name.last]):
                    text.swap(name, replace(name, last=index), replace(name, first=index + 1, type="LOC"))
                break


def split_ranks(text: NameText, sentence: Sentence) -> None:
    """Behind a rank inside the name of a body or place, a person's name begins ("Polres Kudus AKBP …")."""
    for name in text.inside(sentence):
        if name.type == "PER":
            continue
        for index in range(name.first + 1, name.last):
            if text.lowers[index] in text.known.ranks:
                first = index + 1
                while first < name.last and text.lowers[first] in text.known.rank_parts:
                    first += 1
                rest = [replace(name, first=first, type="PER", rule="behind-rank")] if first < name.last else []
                text.swap(name, replace(name, last=index), *rest)
                break


def split_persons(text: NameText, sentence: Sentence) -> None:
    """Titles leave a person's name, and a place or body before it becomes a name of its own ("China Xi Jinping")."""
    for name in text.inside(sentence):
        first = _after_titles(text, name) if name.type == "PER" else name.first
        size, kind = _listed_before(text, sentence, name, first)
        if first == name.first and not size:
            continue
        person = replace(name, first=first + size, type="PER")
        place = NameSpan(first, first + size, kind, name.score, "listed-before-person")
        text.swap(name, *([place, person] if size else [person]))


def _after_titles(text: NameText, name: NameSpan) -> int:
    first = name.first
    while first < name.last - 1:
        titles = text.known.titles
        sizes = [s for s in (2, 1) if first + s < name.last and tuple(text.lowers[first : first + s]) in titles]
        if not sizes:
            break
        first += sizes[0]
        if first < name.last - 1 and text.words[first] == ".":
            first += 1
    return first


def _listed_before(text: NameText, sentence: Sentence, name: NameSpan, first: int) -> tuple[int, str]:
    """How many words of a known place or body open ``name`` from ``first`` and leave a person's name behind.

    First names are left alone; a place's name is only cut where a title stands before it ("Bupati Pati …").
    """
    if name.type == "ORG":
        return 0, ""
    if name.type == "LOC":
        titled = any((text.lowers[i],) in text.known.titles for i in range(max(sentence.first, first - 2), first))
        listed = text.known.listed(text.words[first : name.last], text.lowers[first : name.last])
        if not titled or listed or text.known.head(text.lowers[first : name.last]):
            return 0, ""
    for size in (3, 2, 1):
        end = first + size
        kind = text.known.listed(text.words[first:end], text.lowers[first:end]) if end < name.last else None
        if kind in (GPE, ORG):
            counts, behind = text.lexicon.counts(text.lowers[first]), text.lexicon.counts(text.lowers[end])
            opens = size > 1 or text.words[first].isupper() or counts[0] + 1 < max(counts[4], counts[2])
            person = name.type == "PER" or max(behind[4], behind[5]) <= max(behind[0], behind[1])
            return (size, "LOC" if kind == GPE else "ORG") if opens and person else (0, "")
    return 0, ""


def drop_common(text: NameText, sentence: Sentence) -> None:
    """Abbreviations of common nouns are no names ("ZEE", "UMKM")."""
    for name in text.inside(sentence):
        if tuple(text.words[name.first : name.last]) in text.known.not_names:
            text.drop(name)


def settle_types(text: NameText, sentence: Sentence) -> None:
    """Every name gets its type of the contract."""
    for name in text.inside(sentence):
        if name.type in name_types.COARSE:
            kind, rule = name_types.settle(name.type, text.words, text.lowers, name.first, name.last, text.known)
            text.swap(name, replace(name, type=kind, rule=rule if name.rule == "encoder" else name.rule))


def leave_generic(text: NameText, sentence: Sentence) -> None:
    """A noun before a country makes no name with it ("Pasukan Korea Utara")."""
    for name in text.inside(sentence):
        for size in (2, 1):
            first = name.first + size
            if first >= name.last or tuple(text.lowers[name.first : first]) not in text.known.generic:
                continue
            kind = text.known.listed(text.words[first : name.last], text.lowers[first : name.last])
            if kind is not None:
                text.swap(name, NameSpan(first, name.last, kind, name.score, "generic-before-name"))
            break


def extend_heads(text: NameText, sentence: Sentence) -> None:
    """A capitalised generic word before a name belongs to it ("Desa Trimulyo", "Gunung Ungaran")."""
    for name in text.inside(sentence):
        if name.type not in (GPE, LOC, FAC, PERSON, ORG):
            continue
        for size in range(_LONGEST_HEAD, 0, -1):
            first = name.first - size
            if first < sentence.first or not text.upper[first] or not text.free(first, name.first):
                continue
            kind = text.known.heads.get(tuple(text.lowers[first : name.first]))
            place = kind in (GPE, LOC, FAC) and (name.type != ORG or kind == FAC)
            if (place or (kind == ORG and name.type in (GPE, ORG))) and _may_open(text, sentence, first):
                text.put(first, name.last, str(kind), name.score, "head")
                break


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
        if text.known.head(text.lowers[unit.first : unit.last]) == ORG:
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
        if unit is not None and unit.type == ORG and text.known.head(text.lowers[unit.first : unit.last]) == ORG:
            text.put(unit.first, after.last, ORG, min(unit.score, after.score), "unit-and-body")
