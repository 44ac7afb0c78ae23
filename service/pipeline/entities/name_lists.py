"""Names that the encoder does not know: those of closed lists, and those that their own words announce."""

from __future__ import annotations

from service.pipeline.annotations import Sentence
from service.pipeline.entities import name_types
from service.pipeline.entities.name_spans import CAPITALS, MIXED, TITLE_CASE, NameSpan, NameText
from service.pipeline.entities.name_types import EVENT, FAC, GPE, LAW, LOC, NORP, ORG, PERSON, PRODUCT
from service.pipeline.entities.names import is_abbreviation

_LONGEST_HEAD = 3
_OUTLET = -1
_SURELY_PLACE = 10
_SHORTEST_SOURCE = 5
_SHORTEST_INITIALS = 3
_YEAR_DIGITS = 4


def add_listed(text: NameText, sentence: Sentence) -> None:
    """Names of the closed lists that the encoder missed or cut."""
    case = text.case(sentence)
    end = sentence.first
    for index in text.capitals(sentence):
        if index >= end and text.lowers[index] in text.known.firsts:
            end = index + _listed_at(text, sentence, index, case)


def _listed_at(text: NameText, sentence: Sentence, index: int, case: int) -> int:
    """How many words the name of a list has that a capitalised word at ``index`` opens."""
    for last in range(min(index + name_types.LONGEST_LIST_NAME, sentence.last), index, -1):
        if not (text.upper[last - 1] or any(c.isdigit() for c in text.words[last - 1])):
            continue
        kind = text.known.listed(text.words[index:last], text.lowers[index:last])
        if kind is None:
            continue
        owner = text.at(index)
        if owner is not None and owner.first <= index and owner.last >= last:
            return last - index
        if last - index == 1 and not _stands_alone(text, sentence, index, kind, case):
            return 0
        text.put(index, last, kind, 0.9, "closed-list")
        return last - index
    return 0


def _stands_alone(text: NameText, sentence: Sentence, index: int, kind: str, case: int) -> bool:
    """Whether a single listed word is a name here: an abbreviation, a word never in lower case, or one whose capital
    nothing else explains."""
    word = text.words[index]
    if word.isupper() and len(word) > 1 and case != CAPITALS:
        return True
    if kind in (GPE, ORG) and not text.lexicon.counts(text.lowers[index])[6]:
        return True
    neighbours = [i for i in (index - 1, index + 1) if sentence.first <= i < sentence.last]
    if kind == GPE and any(
        tuple(text.lowers[max(sentence.first, index - s) : index]) in text.known.titles for s in (1, 2)
    ):
        return True
    plain = not any(text.upper[i] and not text.opens(i, sentence) for i in neighbours)
    return case == MIXED and not text.opens(index, sentence) and plain


def add_ranked(text: NameText, sentence: Sentence) -> None:
    """Capitalised words behind a rank are a person's name ("Kombes Pol …")."""
    if not text.holds(sentence, text.known.ranks):
        return
    index = sentence.first
    while index < sentence.last:
        if text.lowers[index] in text.known.ranks and text.at(index) is None:
            first = index + 1
            while first < sentence.last and text.lowers[first] in text.known.rank_words:
                first += 1
            last = first
            while last < min(sentence.last, first + 4) and text.upper[last] and text.at(last) is None:
                last += 1
            whole = last == sentence.last or text.at(last) is None
            if first < last and whole and text.words[first].isalpha() and text.lowers[first] not in text.known.firsts:
                text.put(first, last, PERSON, 0.6, "behind-rank")
            index = last
        index += 1


def add_addressed(text: NameText, sentence: Sentence) -> None:
    """The capitalised word behind a form of address is a person's name ("Oma Fientje", "Haji Ijul")."""
    if text.case(sentence) != MIXED or not text.holds(sentence, text.known.addresses):
        return
    for index in range(sentence.first, sentence.last - 1):
        word = text.words[index + 1]
        if text.lowers[index] not in text.known.addresses or not text.upper[index] or not text.upper[index + 1]:
            continue
        owner = text.at(index)
        if text.at(index + 1) is not None or (owner is not None and owner.last > index + 1) or not word.isalpha():
            continue
        key = (text.lowers[index + 1],)
        if word.isupper() or text.common(index + 1) or key in text.known.names or key in text.known.titles:
            continue
        if owner is not None and owner.type == PERSON and owner.first == index:
            text.drop(owner)
        if text.at(index) is None:
            text.put(index + 1, index + 2, PERSON, 0.7, "addressed")


def add_short_forms(text: NameText, sentence: Sentence) -> None:
    """One capitalised word in brackets right behind a name is its short form ("PT … Nusantara (Danus)").

    Behind a person it may be a party or an age, and only initials count; behind a place the district it lies in.
    """
    for name in text.inside(sentence):
        index = name.last + 1
        if name.type in (GPE, NORP) or index + 1 >= sentence.last:
            continue
        if name.type == PERSON and not _initials_of(text, name, text.words[index]):
            continue
        closed = text.words[name.last] == "(" and text.words[index + 1] == ")"
        owner = text.at(index)
        if (text.words[index],) in text.known.not_names:
            continue
        if not closed or not text.upper[index] or not text.words[index].isalpha():
            continue
        listed = text.known.listed(text.words[index : index + 1], text.lowers[index : index + 1])
        # in capitals it is sure, though the encoder found it
        sure = name.type == ORG and text.words[index].isupper()
        if listed is None and (owner is None or owner.type != name.type or sure):
            text.put(index, index + 1, name.type, 0.9, "short-form")


def _initials_of(text: NameText, name: NameSpan, short: str) -> bool:
    """Whether ``short`` is a person's name in capitals: its first letters, or letters of it in their order from the
    first on ("Suhardi Duka (SDK)")."""
    words = text.words[name.first : name.last]
    if short == "".join(word[0] for word in words):
        return True
    letters = short.isupper() and short.isalpha() and len(short) > len(words) > 1
    return letters and is_abbreviation(short.lower(), " ".join(words).lower(), frozenset())


def drop_currencies(text: NameText, sentence: Sentence) -> None:
    """The country in the name of a currency or language is no name ("dolar AS", "bahasa Inggris")."""
    for name in text.inside(sentence):
        before = text.lowers[name.first - 1] if name.first > sentence.first else ""
        if name.type == GPE and (before in text.known.currencies or before in text.known.languages):
            text.drop(name)


def add_headed(text: NameText, sentence: Sentence) -> None:
    """Capitalised words that a generic word opens or announces: events, laws, ships, places."""
    if text.case(sentence) in (TITLE_CASE, CAPITALS):
        return
    index = sentence.first
    lowers, upper, openers, cues = text.lowers, text.upper, text.known.head_openers, text.known.cue_closers
    while index < sentence.last:
        last = 0
        if upper[index]:
            if lowers[index] in openers:
                last = _headed_at(text, sentence, index)
        elif lowers[index] in cues:
            last = _announced_at(text, sentence, index)
        index = max(last, index + 1)


def _headed_at(text: NameText, sentence: Sentence, index: int) -> int:
    if text.lowers[index] in text.known.road_marks and "".join(text.words[index + 1 : index + 2])[:1].isdigit():
        return 0
    owner = text.at(index)
    if owner is not None and owner.first != index:
        return 0
    for size in range(min(_LONGEST_HEAD, sentence.last - index), 0, -1):
        kind = text.known.heads.get(tuple(text.lowers[index : index + size]))
        if kind:
            break
    else:
        return 0
    last = _run(text, sentence, index + size, kind)
    if last <= index + size or kind == ORG:
        return 0
    if kind in (GPE, LOC, FAC) and not (text.free(index, last) or (kind == FAC and _placed(text, index + size, last))):
        return 0
    if kind == PRODUCT and (
        not text.words[index].isupper() or (index > sentence.first and text.at(index - 1) is not None)
    ):
        return 0
    if kind in (GPE, LOC) and text.known.tails.get(text.lowers[last - 1]) == EVENT:
        kind = EVENT
    if kind == EVENT and _titled(text, sentence, index):
        return 0
    if (
        text.opens(index, sentence)
        and kind != LAW
        and not text.words[index].isupper()
        and text.at(index + size) is not None
    ):
        return 0
    text.put(index, last, kind, 0.7, "headed")
    return last


def _placed(text: NameText, first: int, last: int) -> bool:
    """Whether words in no name stand at ``first`` before the place that ends a building's name at ``last`` ("RS | Kasih
    Ibu | Surakarta")."""
    place = text.at(last - 1)
    if place is None or place.type != GPE or place.last != last or place.first <= first:
        return False
    return text.free(first, place.first) and text.known.listed(text.words[place.first : last], text.key(place)) == GPE


def add_tailed(text: NameText, sentence: Sentence) -> None:
    """Capitalised words that a generic word of another language closes ("King Baudouin Stadium")."""
    if text.case(sentence) in (TITLE_CASE, CAPITALS):
        return
    for index in text.capitals(sentence):
        kind = text.known.tails.get(text.lowers[index])
        if kind is None or index == sentence.first:
            continue
        owner = text.at(index)
        if owner is not None and not _is_tail(owner, index, kind):
            continue
        first = index
        while first > sentence.first and _leads(text, first - 1, kind):
            first -= 1
        opens = text.opens(first, sentence) and text.common(first)
        if first < index and not opens and text.known.head(text.lowers[first : index + 1]) in (None, GPE, LOC):
            text.put(first, index + 1, kind, 0.7, "tail")


def _is_tail(name: NameSpan, index: int, kind: str) -> bool:
    """Whether ``name`` is nothing but the word at ``index``, which closes the names of bodies ("Serayu | FC")."""
    return kind == ORG and name.type == ORG and name.last - name.first == 1 and name.first == index


def _leads(text: NameText, index: int, kind: str) -> bool:
    """Whether the word at ``index`` can belong to the name of ``kind`` that ends behind it; the names of firms and
    tournaments hold no words that are usual in lower case, and none of another body."""
    if not text.upper[index] or (text.lowers[index],) in text.known.titles:
        return False
    if kind not in (ORG, EVENT):
        return True
    owner = text.at(index)
    if owner is not None and owner.type == ORG:
        # the beginning of the name, which was cut before the word that closes it
        alone = owner.last - owner.first == 1 and not text.words[index].isupper()
        return alone and text.known.listed(text.words[index : index + 1], text.lowers[index : index + 1]) is None
    return not text.common(index) and (owner is None or owner.type in (PERSON, GPE, LOC))


def add_models(text: NameText, sentence: Sentence) -> None:
    """A maker's name and the number of a model are a product ("Boeing 737-800", "Airbus A330")."""
    if not text.holds(sentence, text.known.makers):
        return
    tokens = text.document.tokens
    for index in range(sentence.first, sentence.last - 1):
        if text.lowers[index] not in text.known.makers or not text.upper[index]:
            continue
        if not any(c.isdigit() for c in text.words[index + 1]):
            continue
        last = index + 2
        while (
            last + 1 < sentence.last
            and text.words[last] == "-"
            and text.words[last + 1].isalnum()
            and tokens[last - 1].end == tokens[last].start
            and tokens[last].end == tokens[last + 1].start
        ):
            last += 2
        text.put(index, last, PRODUCT, 0.9, "model-number")


def add_firms(text: NameText, sentence: Sentence) -> None:
    """The capitals behind a firm's or school's generic word, up to a person's name, are its name ("CV …")."""
    if not text.holds(sentence, text.known.firms):
        return
    for index in range(sentence.first, sentence.last - 1):
        if text.lowers[index] not in text.known.firms or not text.upper[index] or text.at(index) is not None:
            continue
        if text.words[index + 1].isupper() and text.known.heads.get((text.lowers[index + 1],)) == FAC:
            # "Klinik RS …" is a part of the hospital
            continue
        last = index + 1
        while last < sentence.last and (text.upper[last] or text.words[last].isdigit()):
            owner = text.at(last)
            if (owner is not None and owner.type == PERSON and last > index + 1) or (
                text.lowers[last],
            ) in text.known.titles:
                break
            last += 1
        if last > index + 1:
            text.put(index, last, ORG, 0.8, "firm")


def add_programmes(text: NameText, sentence: Sentence) -> None:
    """Two or more capitals behind a capitalised word for a programme are its name."""
    if text.case(sentence) != MIXED or not text.holds(sentence, text.known.programmes):
        return
    for index in range(sentence.first, sentence.last - 2):
        if text.lowers[index] not in text.known.programmes or not text.upper[index] or text.at(index) is not None:
            continue
        last = index + 1
        while last < sentence.last and text.upper[last]:
            owner = text.at(last)
            if owner is not None and owner.type in (PERSON, GPE):
                break
            last += 1
        if last > index + 2:
            text.put(index, last, PRODUCT, 0.7, "programme")


def add_source(text: NameText, sentence: Sentence) -> None:
    """The outlet that publishes the article, where the article names it ("kepada Suara Lereng")."""
    source, stem = text.source, text.source_stem
    if len(stem) < _SHORTEST_SOURCE or not text.holds(sentence, text.source_openers):
        return
    for index in range(sentence.first, sentence.last):
        if text.lowers[index] not in text.source_openers:
            continue
        for size in (1, 2, 3):
            joined = "".join(text.lowers[index : index + size])
            whole = joined in (stem, source) or (
                size > 1 and len(joined) >= _SHORTEST_SOURCE and stem.startswith(joined)
            )
            named = text.upper[index] or (size == 1 and not text.lexicon.counts(joined)[6])
            if whole and named and index + size <= sentence.last:
                text.put(index, index + size, ORG, 0.9, "source")
                break


def add_initials(text: NameText) -> None:
    """Capitals that are the initials of a body's name in the document ("Gerakan Pembebasan Ituri", later "GPI")."""
    initials: set[str] = set()
    for name in text.names():
        if name.type != ORG or "(" in text.words[name.first : name.last]:
            continue
        letters = "".join([text.words[i][0] for i in range(name.first, name.last) if text.upper[i]])
        if len(letters) >= _SHORTEST_INITIALS:
            initials.add(letters)
    if initials.isdisjoint(text.words):
        return
    for index, word in enumerate(text.words):
        if word in initials and (word,) not in text.known.not_names and text.at(index) is None:
            text.put(index, index + 1, ORG, 0.8, "initials")


def _titled(text: NameText, sentence: Sentence, index: int) -> bool:
    """Whether a title stands right before ``index`` ("Direktur Latihan …"): the words are a post."""
    before = [tuple(text.lowers[max(sentence.first, index - size) : index]) for size in (1, 2)]
    return index > sentence.first and any(words in text.known.titles or words in text.known.posts for words in before)


def _announced_at(text: NameText, sentence: Sentence, index: int) -> int:
    if index + 1 >= sentence.last or not text.upper[index + 1]:
        return 0
    kind = text.known.cue(text.lowers, index + 1)
    if kind is None:
        return 0
    last = _run(text, sentence, index + 1, kind)
    owner = text.at(index + 1)
    if kind in (PRODUCT, FAC, LOC, ORG) and owner is None and text.free(index + 1, last):
        text.put(index + 1, last, kind, 0.6, "announced")
    return last


def _run(text: NameText, sentence: Sentence, index: int, kind: str) -> int:
    """The end of the run of capitalised words from ``index``; a law's title also runs over small words and numbers."""
    first = last = index
    while index < sentence.last:
        numbered = kind in (EVENT, LAW, PRODUCT) and _number(text.words[index], kind)
        if text.upper[index] or numbered:
            owner = text.at(index)
            person = owner is not None and owner.type == PERSON and kind in (EVENT, LAW)
            named = kind == FAC or (kind == PRODUCT and index > first)
            if person or ((text.lowers[index],) in text.known.titles and not named):
                break
            last = index + 1
        elif kind != LAW or not _goes_on(text, sentence, index):
            break
        index += 1
    return last


def _number(word: str, kind: str) -> bool:
    """Whether ``word`` is a number as names hold them ("SEA Games 2017", "UU No. 36/1999", "Hwasong-15")."""
    if kind == EVENT and word.isdigit() and len(word) < _YEAR_DIGITS:
        return False
    if word.isdigit() or ("-" in word and word[0].isalnum() and any(c.isdigit() for c in word)):
        return True
    return kind == LAW and word[0].isdigit() and "/" in word


def _goes_on(text: NameText, sentence: Sentence, index: int) -> bool:
    """Whether a law's title runs on over the small word or the full stop of an abbreviation at ``index``."""
    if index + 1 >= sentence.last:
        return False
    if text.words[index] == ".":
        return text.lowers[index - 1] in text.known.number_words and text.words[index + 1][0].isdigit()
    other = any(text.known.heads.get(tuple(text.lowers[index + 1 : index + 1 + size])) == LAW for size in (1, 2, 3))
    return text.lowers[index] in text.known.connectors and text.upper[index + 1] and not other


def add_hosts(text: NameText, sentence: Sentence) -> None:
    """Host names are outlets ("KOMPAS.com")."""
    for index in range(sentence.first, sentence.last):
        word = text.words[index]
        if "." not in word:
            continue
        account = index > sentence.first and text.words[index - 1] == "@"
        if account or "." not in word[1:-2] or "://" in word or not word[0].isalpha():
            continue
        stem, _, domain = word.rpartition(".")
        owner = text.at(index)
        alone = owner is None or owner.last - owner.first == 1
        if (
            alone
            and len(stem) > 2
            and domain.isalpha()
            and 2 <= len(domain) <= 8
            and max(map(len, stem.split("."))) > 2
        ):
            text.put(index, index + 1, ORG, 0.9, "host-name")


def mark_peoples(text: NameText, sentence: Sentence) -> None:
    """Names of peoples and religious groups, where the word before or the lists leave no other reading."""
    for index in text.capitals(sentence):
        lower = text.lowers[index]
        sure = lower in text.known.peoples
        if not sure and lower not in text.known.maybe_peoples:
            continue
        owner = text.at(index)
        if owner is not None and owner.last - owner.first > 1:
            continue
        before = text.lowers[index - 1] if index > sentence.first else ""
        if before in text.known.groups or (sure and owner is None and before not in text.known.not_groups):
            text.put(index, index + 1, NORP, 0.8, "people")


def read_dateline(text: NameText, sentence: Sentence) -> None:
    """A dateline is a place, an outlet, or both: host names and the article's source are the outlet."""
    parts: list[tuple[int, int]] = []
    start = sentence.first
    for index in range(sentence.first, sentence.last + 1):
        if index == sentence.last or not text.words[index][0].isalnum():
            if index > start:
                parts.append((start, index))
            start = index + 1
    likely = [_place_score(text, first, last) for first, last in parts]
    for (first, last), score in zip(parts, likely, strict=True):
        if not text.upper[first] and "." not in text.words[first]:
            continue
        # alone, an outlet is as likely as a place that no list holds
        best = score == max(likely) and (len(parts) > 1 or score >= _SURELY_PLACE)
        text.put(first, last, GPE if best and score > _OUTLET else ORG, 0.9, "dateline")


def _place_score(text: NameText, first: int, last: int) -> int:
    """How surely a part of a dateline is a place: listed, an outlet, else what the lexicon tells."""
    words, lowers = text.words[first:last], text.lowers[first:last]
    source = text.source
    listed = text.known.listed(words, lowers, loose=True)
    if "." in words[0] or source.startswith(" ".join(lowers)) or listed == ORG:
        return _OUTLET
    if listed in (GPE, LOC):
        return 99
    counts = [text.lexicon.counts(lower) for lower in lowers]
    return max(0, sum(c[4] + c[5] - c[2] - c[3] - c[6] for c in counts))
