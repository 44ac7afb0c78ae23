"""Where what the encoder takes for one name is two, or a name behind other words."""

from __future__ import annotations

from msgspec.structs import replace

from service.pipeline.annotations import Sentence
from service.pipeline.entities.name_rules.spans import CAPITALS, TITLE_CASE, NameSpan, NameText
from service.pipeline.entities.name_rules.types import GPE, ORG

_QUITE_USUAL = 6


def split_hyphens(text: NameText, sentence: Sentence) -> None:
    """Two names that a hyphen joins are two ("pasangan Hasan-Rina"): only between such is it a token of its own."""
    tokens = text.document.tokens
    for index in range(sentence.first + 1, sentence.last - 1):
        if text.words[index] != "-":
            continue
        if tokens[index - 1].end != tokens[index].start or tokens[index].end != tokens[index + 1].start:
            continue
        name, left, right = text.at(index), text.at(index - 1), text.at(index + 1)
        if name is not None and name.first < index < name.last - 1:
            text.swap(name, replace(name, last=index), replace(name, first=index + 1))
        elif left is not None and right is None and left.type == "PER":
            last = index + 1
            while last < sentence.last and text.upper[last] and text.at(last) is None:
                last += 1
            if last > index + 1:
                text.add(replace(left, first=index + 1, last=last))
        elif right is not None and left is None and right.type == "PER":
            first = index
            while first > sentence.first and text.upper[first - 1] and text.at(first - 1) is None:
                first -= 1
            if first < index:
                text.add(replace(right, first=first, last=index))


def split_verbs(text: NameText, sentence: Sentence) -> None:
    """In headlines, words that are no part of any known name end a person's or place's ("… Bertemu …")."""
    if text.case(sentence) not in (TITLE_CASE, CAPITALS):
        return
    for name in text.inside(sentence):
        if name.type == "ORG" or name.last - name.first < 2:
            continue
        parts: list[NameSpan] = []
        first = name.first
        for index in range(name.first, name.last + 1):
            plain = index < name.last and (text.is_plain(index) or (name.type == "LOC" and _no_place(text, index)))
            if index == name.last or (plain and (index > name.first or name.type == "PER")):
                if index > first:
                    parts.append(replace(name, first=first, last=index))
                first = index + 1
        if len(parts) != 1 or parts[0].last != name.last or parts[0].first != name.first:
            text.swap(name, *(parts if name.type == "PER" else parts[:1]))


def split_headline_bodies(text: NameText, sentence: Sentence) -> None:
    """In headlines a body's listed short form ends its name unless a place follows ("KPK | Kawal Kasus"), and words
    before a body's generic word are not part of it ("OTT Hakim | PN Medan")."""
    if text.case(sentence) not in (TITLE_CASE, CAPITALS):
        return
    for name in text.inside(sentence):
        words, lowers = text.words[name.first : name.last], text.lowers[name.first : name.last]
        if name.type != "ORG" or len(words) < 2 or text.known.listed(words, lowers):
            continue
        if text.known.head(lowers) is None:
            heads = [i for i in range(1, len(words) - 1) if (lowers[i],) in text.known.heads]
            if heads and text.known.heads[lowers[heads[0]],] == ORG:
                text.swap(name, replace(name, first=name.first + heads[0]))
                continue
        short = words[0].isupper() and text.known.listed(words[:1], lowers[:1]) == ORG
        if short and text.known.listed(words[1:], lowers[1:]) != GPE and text.known.head(lowers[1:]) != GPE:
            text.swap(name, replace(name, last=name.first + 1))


def _no_place(text: NameText, index: int) -> bool:
    """Whether the word is quite usual in lower case and never stands in a place's name."""
    counts = text.lexicon.counts(text.lowers[index])
    return counts[4] + counts[5] == 0 and counts[6] >= _QUITE_USUAL and text.common(index)


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
            late = name.type == "ORG" and text.lowers[index] in text.known.late_ranks
            if late or text.lowers[index] in text.known.ranks:
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

    First names are left alone; a city is only cut behind an office of a place ("Bupati Pati …").
    """
    if name.type == "ORG" or text.lowers[first] not in text.known.firsts:
        return 0, ""
    office = any(tuple(text.lowers[max(sentence.first, first - n) : first]) in text.known.offices for n in (1, 2))
    if name.type == "LOC" and not (office and _unknown_place(text, first, name.last)):
        return 0, ""
    for size in (3, 2, 1):
        end = first + size
        lowers = tuple(text.lowers[first:end])
        kind = text.known.listed(text.words[first:end], lowers) if end < name.last else None
        if kind == ORG or (kind == GPE and (office or lowers in text.known.countries)):
            counts, behind = text.lexicon.counts(lowers[0]), text.lexicon.counts(text.lowers[end])
            opens = size > 1 or office or text.words[first].isupper() or counts[0] + 1 < max(counts[4], counts[2])
            person = name.type == "PER" or max(behind[4], behind[5]) <= max(behind[0], behind[1])
            return (size, "LOC" if kind == GPE else "ORG") if opens and person else (0, "")
    return 0, ""


def _unknown_place(text: NameText, first: int, last: int) -> bool:
    """Whether no list and no generic word tells that ``first:last`` is one place."""
    words, lowers = text.words[first:last], text.lowers[first:last]
    return text.known.listed(words, lowers) is None and text.known.head(lowers) is None


def split_lower(text: NameText, sentence: Sentence) -> None:
    """A small word that is no part of names cuts a place in two ("Jalan Raya Bogor kawasan Cibinong")."""
    for name in text.inside(sentence):
        if name.type != "LOC":
            continue
        for index in range(name.first + 1, name.last - 1):
            word = text.words[index]
            small = word in text.known.particles or word in text.known.connectors
            if not small and len(word) > 3 and word.islower():
                text.swap(name, replace(name, last=index), replace(name, first=index + 1))
                break


def start_at_office(text: NameText, sentence: Sentence) -> None:
    """A post and its field are no part of the body's name ("Direktur Lalu Lintas | Polda Metro Jaya", "Koordinator |
    Jaringan …")."""
    for name in text.inside(sentence):
        if name.type != "ORG" or text.known.head(text.lowers[name.first : name.last]) is not None:
            continue
        posted = (text.lowers[name.first],) in text.known.titles and name.last - name.first > 2
        if posted and text.known.head(text.lowers[name.first + 1 : name.last]) == ORG:
            text.swap(name, replace(name, first=name.first + 1))
            continue
        for index in range(name.first + 1, name.last):
            if text.lowers[index] in text.known.office_heads:
                text.swap(name, replace(name, first=index))
                break


def split_behind_places(text: NameText, sentence: Sentence) -> None:
    """Behind the place that ends a body's name, a person's name begins ("Dinas Kesehatan Garut | Euis …")."""
    for name in text.inside(sentence):
        if name.type == "PER" or text.known.head(text.lowers[name.first : name.last]) is None:
            continue
        if text.known.listed(text.words[name.first : name.last], text.lowers[name.first : name.last]):
            continue
        for size in (2, 1):
            cut = name.last - size
            places = (
                text.known.listed(text.words[cut - n : cut], text.lowers[cut - n : cut])
                for n in (1, 2, 3)
                if cut - n > name.first
            )
            rest = [text.lexicon.counts(text.lowers[i]) for i in range(cut, name.last)]
            person = size == 2 and all(max(c[4], c[5], c[2], c[3]) <= max(c[0], c[1]) for c in rest)
            if person and GPE in places and all(text.words[i].isalpha() for i in range(cut, name.last)):
                text.swap(name, replace(name, last=cut), replace(name, first=cut, type="PER"))
                break


def split_listed_bodies(text: NameText, sentence: Sentence) -> None:
    """Words between a listed body and a person's name are the person's ("Kejagung Tigor | Hasiholan Manik")."""
    for person in text.inside(sentence):
        body = text.at(person.first - 1) if person.first > sentence.first else None
        if person.type != "PER" or body is None or body.type == "PER" or body.last - body.first < 2:
            continue
        for last in range(body.last - 1, body.first, -1):
            behind = text.lexicon.counts(text.lowers[last])
            listed = text.known.listed(text.words[body.first : last], text.lowers[body.first : last])
            if listed == (ORG if body.type == "ORG" else GPE):
                opener = text.lowers[last] in text.known.name_openers
                if opener or max(behind[4], behind[5]) <= max(behind[0], behind[1]):
                    text.drop(person)
                    text.swap(body, replace(body, last=last))
                    text.add(replace(person, first=last))
                break
