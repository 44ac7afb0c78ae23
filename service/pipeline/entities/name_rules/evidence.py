"""What the words around a name tell of its type where the encoder was unsure."""

from __future__ import annotations

from msgspec.structs import replace

from service.pipeline.annotations import Sentence
from service.pipeline.entities.name_rules.spans import NameSpan, NameText
from service.pipeline.entities.name_rules.types import GPE, ORG, PERSON

# a place's name is left alone when the lexicon holds it as one this often (on its logarithmic scale)
_KNOWN_PLACE = 5
# letters of a share's code on the stock exchange
_TICKER = 4


def weigh(text: NameText, sentence: Sentence) -> None:
    """All rules, in their order."""
    drop_ranks(text, sentence)
    mark_speakers(text, sentence)
    mark_presented(text, sentence)
    mark_holders(text, sentence)
    drop_fields(text, sentence)
    drop_codes(text, sentence)
    mark_initials(text, sentence)


def drop_ranks(text: NameText, sentence: Sentence) -> None:
    """The service behind a rank belongs to the rank ("Laksamana Pertama TNI", "Irjen Pol | Martuani")."""
    for name in text.inside(sentence):
        if name.last - name.first > 1 and name.type != PERSON:
            continue
        first = name.first
        while sentence.first < first < name.last and _behind_rank(text, first):
            first += 1
        if first > name.first:
            text.swap(name, *([replace(name, first=first)] if first < name.last else []))


def _behind_rank(text: NameText, index: int) -> bool:
    if text.lowers[index] not in text.known.rank_parts:
        return False
    before = text.lowers[index - 1]
    return before in text.known.rank_words or before in text.known.late_ranks


def mark_speakers(text: NameText, sentence: Sentence) -> None:
    """Who speaks is a person rather than a place that no list holds ("kata Sumarni", "menurut Sumarni")."""
    for name in text.inside(sentence):
        before = name.first - 1
        if name.type != GPE or before < sentence.first or text.lowers[before] not in text.known.speaker_cues:
            continue
        if _unlisted(text, name):
            text.swap(name, replace(name, type=PERSON, score=max(name.score, 0.8), rule="speaker"))


def mark_presented(text: NameText, sentence: Sentence) -> None:
    """Who is told to be somebody is a person ("Ngadiman, sang kepala desa, …"), unless a place is told where."""
    for name in text.inside(sentence):
        if name.type != GPE or name.rule != "encoder" or name.last - name.first > 2 or not _unlisted(text, name):
            continue
        before = text.lowers[name.first - 1] if name.first > sentence.first else ""
        told = text.lowers[name.last : min(sentence.last, name.last + 4)]
        if before in text.known.place_prepositions or told[:1] != [","]:
            continue
        start = 2 if len(told) > 2 and told[1] in text.known.presenters else 1
        title = any(tuple(told[start : start + size]) in text.known.titles for size in (2, 1))
        if title and start == 2:
            text.swap(name, replace(name, type=PERSON, rule="presented"))


def mark_holders(text: NameText, sentence: Sentence) -> None:
    """Behind an office stands a place or body that is known, or a person ("Gubernur Baskara Wijaya")."""
    for name in text.inside(sentence):
        if name.type not in (GPE, ORG) or name.last - name.first < 2 or not _unlisted(text, name):
            continue
        lowers = text.lowers
        office = any(
            tuple(lowers[max(sentence.first, name.first - n) : name.first]) in text.known.offices for n in (1, 2)
        )
        plain = (
            text.known.head(lowers[name.first : name.last]) is None and lowers[name.last - 1] not in text.known.tails
        )
        if office and plain and all(text.words[i].isalpha() for i in range(name.first, name.last)):
            text.swap(name, replace(name, type=PERSON, rule="office-holder"))


def drop_fields(text: NameText, sentence: Sentence) -> None:
    """The field of a post is no body ("Direktur Jenderal Perhubungan Udara")."""
    for name in text.inside(sentence):
        if name.type != ORG or name.rule != "encoder":
            continue
        before = (tuple(text.lowers[max(sentence.first, name.first - n) : name.first]) for n in (2, 1))
        if any(words in text.known.posts for words in before):
            inside = text.lowers[name.first : name.last]
            usual = all(text.common(i) for i in range(name.first, name.last))
            if usual and text.known.head(inside) is None and _unlisted(text, name):
                text.drop(name)


def drop_codes(text: NameText, sentence: Sentence) -> None:
    """Codes, number plates and the letters under which shares are traded are no names ("berkode …", "saham ABCD")."""
    for name in text.inside(sentence):
        before = text.lowers[name.first - 1] if name.first > sentence.first else ""
        word = text.words[name.first]
        letters = name.last - name.first == 1 and len(word) == _TICKER and word.isupper() and _unlisted(text, name)
        if before in text.known.initialled and _are_initials(word):
            continue
        coded = before in text.known.code_words and (name.type != PERSON or letters)
        if coded or (letters and before in text.known.ticker_cues):
            text.drop(name)


def mark_initials(text: NameText, sentence: Sentence) -> None:
    """Initials in the place of a name that is withheld are the person's ("berinisial RKH")."""
    if not text.holds(sentence, text.known.initialled):
        return
    for index in range(sentence.first + 1, sentence.last):
        if text.lowers[index - 1] in text.known.initialled and _are_initials(text.words[index]):
            text.put(index, index + 1, PERSON, 0.8, "initials")


def _are_initials(word: str) -> bool:
    return 1 < len(word) <= _TICKER and word.isalpha() and word.isupper()


def _unlisted(text: NameText, name: NameSpan) -> bool:
    """Whether neither the lists nor the lexicon know the name as a place or body."""
    words, lowers = text.words[name.first : name.last], text.lowers[name.first : name.last]
    counts = [text.lexicon.counts(lower) for lower in lowers]
    place = min(max(count[4], count[5]) for count in counts)
    return text.known.listed(words, lowers) is None and place < _KNOWN_PLACE
