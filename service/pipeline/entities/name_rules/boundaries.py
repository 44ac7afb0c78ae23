"""Where the encoder's names begin and end, mended by what stands at their edges."""

from __future__ import annotations

from msgspec.structs import replace

from service.pipeline.annotations import Sentence
from service.pipeline.entities.name_rules import settling as name_settling
from service.pipeline.entities.name_rules import splits as name_splits
from service.pipeline.entities.name_rules.spans import CAPITALS, TITLE_CASE, NameSpan, NameText
from service.pipeline.entities.name_rules.types import FAC, LOC

_SMALL_TAGS = frozenset({"ADP", "SCONJ", "CCONJ", "ADV"})
# how sure a short form is that brackets introduce
_INTRODUCED = 0.9
# a word that is this much more usual in lower case opens a sentence, not a name
_USUAL = 4


def mend(text: NameText, sentence: Sentence) -> None:
    """All rules on the encoder's names of ``sentence``, in their order; afterwards types are those of the contract."""
    if not text.inside(sentence):
        return
    trim(text, sentence)
    cut_brackets(text, sentence)
    split_brackets(text, sentence)
    name_splits.split_hyphens(text, sentence)
    name_splits.split_verbs(text, sentence)
    name_splits.split_lower(text, sentence)
    name_splits.split_headline_bodies(text, sentence)
    name_splits.split_prepositions(text, sentence)
    name_splits.split_ranks(text, sentence)
    name_splits.start_at_office(text, sentence)
    name_splits.split_behind_places(text, sentence)
    name_splits.split_listed_bodies(text, sentence)
    join_persons(text, sentence)
    name_splits.split_persons(text, sentence)
    name_settling.settle_types(text, sentence)
    name_settling.leave_generic(text, sentence)
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
        clitic = last - first == 1 and text.lowers[first].endswith(text.known.clitics)
        if clitic or not any(text.upper[i] for i in range(first, last)):
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


def cut_brackets(text: NameText, sentence: Sentence) -> None:
    """A bracket that closes inside a name but opened before it ends the name ("(Pemkab) Garut")."""
    for name in text.inside(sentence):
        words = text.words[name.first : name.last]
        if ")" in words[1:-1] and "(" not in words[: words.index(")")]:
            middle = name.first + words.index(")")
            text.swap(name, replace(name, last=middle), replace(name, first=middle + 1, type="LOC"))


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


def join_persons(text: NameText, sentence: Sentence) -> None:
    """One capitalised word between two parts of a person's name belongs to it."""
    headline = text.case(sentence) in (TITLE_CASE, CAPITALS)
    for person in text.inside(sentence):
        after = text.at(person.last + 1) if person.last + 1 < sentence.last else None
        if person.type != "PER" or after is None or after.type != "PER" or text.at(person.last) is not None:
            continue
        middle = person.last
        plain = text.is_plain(middle) if headline else text.common(middle)
        joins = text.upper[middle] and text.words[middle].isalpha() and not plain
        if text.at(person.first) == person and joins:
            text.put(person.first, after.last, "PER", min(person.score, after.score), "encoder")


def drop_common(text: NameText, sentence: Sentence) -> None:
    """Abbreviations of common nouns are no names ("ZEE", "UMKM") and open none ("Perlindungan WNI | Kemlu RI"), nor are
    generic words of buildings and landscapes alone ("RSUD", "Sungai") and small words of a headline."""
    headline = text.case(sentence) in (TITLE_CASE, CAPITALS)
    for name in text.inside(sentence):
        alone = name.last - name.first == 1
        bare = alone and name.rule == "encoder" and text.known.heads.get((text.lowers[name.first],)) in (FAC, LOC)
        tags = text.document.tags
        small = alone and headline and bool(tags) and tags[name.first] in _SMALL_TAGS and text.is_plain(name.first)
        if bare or small or tuple(text.words[name.first : name.last]) in text.known.not_names:
            text.drop(name)
        elif not alone and name.type == "ORG" and _opens_with_abbreviation(text, name):
            text.swap(name, replace(name, first=name.first + 1))


def _opens_with_abbreviation(text: NameText, name: NameSpan) -> bool:
    """Whether the first word of a name is the abbreviation of a common noun that opens no names ("SMA" does)."""
    word = text.words[name.first]
    opens = (text.lowers[name.first],) in text.known.heads
    return word.isupper() and (word,) in text.known.not_names and not opens
