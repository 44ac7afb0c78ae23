"""One mention tells of another: a name is found again in its document, in whole or by a person's single name."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace

from service.pipeline.annotations import Sentence
from service.pipeline.entities.name_rules.spans import NameSpan, NameText
from service.pipeline.entities.name_rules.types import GPE, LOC, NORP, ORG, PERSON

_SHORTEST = 3
# letters of a share's code on the stock exchange
_CODE = 4
# the least summed score that lets a name be found again
_SURE = 0.6
# rules by which the words around a name tell its type
_ANNOUNCED = frozenset({"cue", "head", "headed", "announced", "building", "firm"})
_EVIDENT = frozenset({"short-form", "speaker"})
# the weight of a name that brackets or a speech verb introduce: more than mentions that the encoder judged one by one
_CERTAIN = 20.0
_OWN_RULES = frozenset({"dateline", "people"})


@dataclass(frozen=True)
class _Seen:
    """Types by case-folded words; the names that are sure enough to be found again, and their lengths, longest first,
    by their first word; single words of persons' names; words that are surely
    bodies; initials of names that are withheld; first names of two letters as they are spelt."""

    types: dict[tuple[str, ...], str]
    sure: set[tuple[str, ...]]
    sizes: dict[str, list[int]]
    parts: frozenset[str]
    introduced: frozenset[tuple[str, ...]]
    withheld: frozenset[tuple[str, ...]]
    short: dict[str, str]


def repeat(text: NameText) -> None:
    """Make one surface one type over the document, then find names again where they were missed."""
    seen = _collect(text)
    _part_bodies(text, seen)
    _settle(text, seen)
    for sentence in text.document.sentences:
        end = sentence.first
        for index in text.capitals(sentence):
            if index >= end:
                end = index + _found_at(text, sentence, index, seen)


def _collect(text: NameText) -> _Seen:
    votes: dict[tuple[str, ...], dict[str, float]] = {}

    def vote(key: tuple[str, ...], kind: str, weight: float) -> None:
        weights = votes.setdefault(key, {})
        weights[kind] = weights.get(kind, 0) + weight

    for name in text.names():
        vote(
            text.key(name),
            name.type,
            _CERTAIN if name.rule in _EVIDENT else name.score + (name.rule in _ANNOUNCED),
        )
        for rest in _without_head(text, name):
            # "Desa Karangsari" makes "Karangsari" a place
            vote(rest, name.type, _SURE + 1)
    bodies = _bodies(text) + _outlets(text) + _coined(text) + _clubs(text)
    for key in bodies:
        vote(key, ORG, _CERTAIN)
    types: dict[tuple[str, ...], str] = {}
    sure: set[tuple[str, ...]] = set()
    sizes: dict[str, set[int]] = {}
    parts: set[str] = set()
    abbreviated = (text.key(name) for name in text.names() if name.rule == "short-form" and name.type == ORG)
    introduced = frozenset(abbreviated) | frozenset(bodies)
    # a first name of two initials ("HW Siahaan") is what the person is called by
    initialled = {text.lowers[n.first] for n in text.names() if len(text.words[n.first]) == 2 and _capitals(text, n)}
    # one of two letters ("Xi Jinping", then "Xi"), in that spelling alone
    short = {text.lowers[n.first]: text.words[n.first] for n in text.names() if _is_short(text, n)}
    for key, count in votes.items():
        # ties are broken by name, so that the order of sentences alone never decides
        kind, weight = max(count.items(), key=lambda item: (item[1], item[0]))
        types[key] = kind
        if kind == PERSON and len(key) > 1:
            words = (word for word in key if len(word) >= _SHORTEST and word.isalpha())
            parts.update(word for word in words if (word,) not in introduced)
            parts.update((initialled | short.keys()) & {key[0]})
        if weight > _SURE and kind != NORP:
            sure.add(key)
            sizes.setdefault(key[0], set()).add(len(key))
    ordered = {first: sorted(lengths, reverse=True) for first, lengths in sizes.items()}
    withheld = frozenset(text.key(name) for name in text.names() if name.rule == "initials" and name.type == PERSON)
    return _Seen(types, sure, ordered, frozenset(parts), introduced, withheld, short)


def _is_short(text: NameText, name: NameSpan) -> bool:
    """Whether a person's name opens with one of two letters that is neither title nor particle."""
    lower, known = text.lowers[name.first], text.known
    if name.type != PERSON or name.last - name.first < 2 or len(lower) != 2 or not text.words[name.first].istitle():
        return False
    other = (lower,) in known.titles or any(
        lower in words for words in (known.ranks, known.particles, known.short_firsts, known.articles)
    )
    return text.lexicon.counts(lower)[0] > 0 and not other


def _capitals(text: NameText, name: NameSpan) -> bool:
    """Whether a person's name opens with a word in capitals and goes on in another way."""
    words = text.words[name.first : name.last]
    return name.type == PERSON and len(words) > 1 and words[0].isupper() and not words[1].isupper()


def _bodies(text: NameText) -> list[tuple[str, ...]]:
    """Single words that stand behind a word for a part of a firm ("saham Lumbara"), and that no list holds.

    Behind a word that may be said of a person as well, first names are left out.
    """
    found: dict[tuple[str, ...], None] = {}
    for index in range(1, len(text.words)):
        if not text.upper[index] or text.lowers[index - 1] not in text.known.body_closers:
            continue
        before = [tuple(text.lowers[max(0, index - size) : index]) for size in (1, 2)]
        sure = any(words in text.known.body_cues for words in before)
        if not sure and not any(words in text.known.body_hints for words in before):
            continue
        key = (text.lowers[index],)
        code = len(key[0]) == _CODE and text.words[index].isupper()
        plain = not code and text.words[index].isalpha() and len(key[0]) > _SHORTEST and not text.common(index)
        alone = index + 1 == len(text.words) or not text.upper[index + 1]
        known = (
            key in text.known.names
            or (text.words[index],) in text.known.not_names
            or (not sure and text.lexicon.counts(key[0])[0] > 0)
        )
        if plain and alone and not known:
            found[key] = None
    return list(found)


def _coined(text: NameText) -> list[tuple[str, ...]]:
    """The first words of firms that are given with their form in law, where they are neither known words nor known
    names ("PT Arunika Nusantara Air Tbk", then "Arunika")."""
    found: dict[tuple[str, ...], None] = {}
    for name in text.names():
        word = text.lowers[min(name.first + 1, name.last - 1)]
        firm = name.type == ORG and name.last - name.first > 2 and text.lowers[name.first] in text.known.firms
        if firm and len(word) > _SHORTEST and word.isalpha() and not any(text.lexicon.counts(word)):
            found[word,] = None
    return list(found)


def _clubs(text: NameText) -> list[tuple[str, ...]]:
    """What clubs are called without the word that closes their names ("Kelud United", then "Kelud"); a city's name is
    the city's as well."""
    found: dict[tuple[str, ...], None] = {}
    for name in text.names():
        key = text.key(name)
        if name.type == ORG and len(key) == 2 and key[1] in text.known.club_closers and len(key[0]) > _SHORTEST:
            known = text.known.names.get(key[:1])
            if known is None or known.type not in (GPE, PERSON):
                found[key[:1]] = None
    return list(found)


def _outlets(text: NameText) -> list[tuple[str, ...]]:
    """What outlets that the document names as hosts may be called without their domain ("tirto.id", then "Tirto")."""
    found: dict[tuple[str, ...], None] = {}
    for name in text.names():
        stem, dot, _ = text.lowers[name.first].partition(".")
        if dot and name.type == ORG and name.last - name.first == 1 and len(stem) > _SHORTEST and stem.isalpha():
            found[stem,] = None
    return list(found)


def _without_head(text: NameText, name: NameSpan) -> list[tuple[str, ...]]:
    """What a name may be called without its generic words, where that is not usual in lower case.

    A place's or programme's name without its generic word; a firm's, and its first word alone; the first words of a
    person's name of three.
    """
    key, known = text.key(name), text.known
    if name.type == PERSON:
        return [key[:2]] if len(key) > 2 else []
    if name.type == ORG and key[0] not in known.firms:
        return _firm_alone(text, name)
    if name.type in (GPE, LOC):
        size = next((s for s in (2, 1) if len(key) > s and known.heads.get(key[:s]) in (GPE, LOC)), 0)
    else:
        size = int(len(key) > 1 and key[0] in (known.firms if name.type == ORG else known.programmes))
    rest = range(name.first + size, name.last)
    if not size or not any(len(text.words[i]) > _SHORTEST and not text.common(i) for i in rest):
        return []
    found = [key[size:]]
    if len(rest) > 2 and name.type == ORG and size:
        found.append(key[size : size + 2])
    alone = len(rest) > 1 and name.type == ORG and not text.lexicon.counts(key[size])[6]
    if alone and len(key[size]) > _SHORTEST and not text.lexicon.counts(key[size])[0]:
        found.append(key[size : size + 1])
    return [part for part in found if len(part) > 1 or (len(part[0]) > _SHORTEST)]


def _firm_alone(text: NameText, name: NameSpan) -> list[tuple[str, ...]]:
    """The first word of a body's name that is neither generic nor known as a word or name ("Arunika Air")."""
    key = text.key(name)
    counts = text.lexicon.counts(key[0])
    coined = len(key[0]) > _SHORTEST and key[0].isalpha() and not any(counts[column] for column in (0, 1, 4, 5, 6))
    listed = key[:1] in text.known.names or text.known.head(list(key)) is not None
    return [key[:1]] if len(key) > 1 and coined and not listed and not text.words[name.first].isupper() else []


def _part_bodies(text: NameText, seen: _Seen) -> None:
    """A body that the document knows is no first name ("Direktur Utama Sateles Arif Hakim")."""
    for name in text.names():
        key = text.key(name)
        for size in range(len(key) - 1, 0, -1):
            sure = key[:size] in seen.sure and seen.types[key[:size]] == ORG
            named = any(text.lexicon.counts(word)[0] for word in key[:size]) and key[:size] not in seen.introduced
            if name.type == PERSON and sure and not named:
                seen.sure.difference_update((key, key[:2]))
                middle = name.first + size
                text.swap(
                    name,
                    NameSpan(name.first, middle, ORG, name.score, "same-name"),
                    replace(name, first=middle),
                )
                break


def _settle(text: NameText, seen: _Seen) -> None:
    """A word of a person's name is the person, unless a closed list holds it."""
    for name in text.names():
        if name.rule in _OWN_RULES:
            continue
        key = text.key(name)
        kind = seen.types.get(key, name.type)
        if len(key) == 1 and key[0] in seen.parts and not _placed(text, name, key):
            kind = PERSON
        if kind != name.type:
            text.swap(name, replace(name, type=kind, rule="same-name"))


def _placed(text: NameText, name: NameSpan, key: tuple[str, ...]) -> bool:
    """Whether a list holds the name, other than a city that is a first name too and stands behind no preposition."""
    if key not in text.known.names:
        return False
    first = text.lexicon.counts(key[0])[0] > 1
    behind = name.first > 0 and text.lowers[name.first - 1] in text.known.place_prepositions
    return key in text.known.countries or text.known.names[key].type != GPE or not first or behind


def _found_at(text: NameText, sentence: Sentence, index: int, seen: _Seen) -> int:
    owner = text.at(index)
    if owner is not None and owner.first != index:
        return 0
    if index > sentence.first and owner is None and tuple(text.lowers[index - 1 : index + 1]) in text.known.titles:
        # "Wali Kota Ternate" names no "Kota Ternate"
        return 0
    lower = text.lowers[index]
    for size in seen.sizes.get(lower, ()):
        last = index + size
        if owner is not None and last <= owner.last:
            return owner.last - index
        key = tuple(text.lowers[index:last])
        if last > sentence.last or key not in seen.sure or not text.upper[last - 1]:
            continue
        if size == 1 and (len(lower) < _SHORTEST or text.common(index)) and key not in seen.withheld:
            continue
        if key in seen.withheld and not text.words[index].isupper():
            continue
        _clear(text, last)
        if text.put(index, last, seen.types[key], 0.7, "same-name"):
            return size
    if owner is not None:
        return owner.last - index
    spelt = seen.short.get(lower, text.words[index]) == text.words[index]
    if lower in seen.parts and spelt and not text.common(index) and (lower,) not in text.known.names:
        text.put(index, index + 1, PERSON, 0.7, "part-of-name")
        return 1
    return 0


def _clear(text: NameText, last: int) -> None:
    """A name that runs over ``last``, where a known name ends, begins there ("BBWS Bengawan Solo Hadi Wiyono")."""
    across = text.at(last - 1)
    if across is not None and across.last > last:
        text.swap(across, replace(across, first=last))
