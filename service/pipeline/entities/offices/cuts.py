"""Where, in the capitalised words behind an office, the office ends, the body begins and the person begins.

Every way of cutting the words into [rest of the office][body or place][rank][person] is scored by what the words, the
lists, the encoder and the rest of the document tell; the best one wins.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import msgspec

from service.pipeline.entities.name_rules.runs import Runs
from service.pipeline.entities.name_rules.spans import NameText
from service.pipeline.entities.name_rules.types import GPE, LOC, ORG, PERSON
from service.pipeline.entities.offices.knowledge import OfficeKnowledge

# bits of a known phrase in the lexicon
_PERSON_BIT, _BODY_BITS = 1, 2 | 4 | 8
_LONGEST_LISTED = 4
_IMPOSSIBLE = -99.0
# parts that score less than this are not tried any further
_HOPELESS = -9.0
# how much the letters of one word tell, and the encoder
_LETTERS, _ENCODER = 0.6, 0.35
_MOST_ODDS = 2.5
_HEAD, _LISTED, _CAPITALS, _CLOSER, _ENDS_IN_PLACE, _ALONE, _UNFOUNDED = 3.0, 3.0, 2.0, 1.5, 2.0, 3.0, -2.0
_LENGTHS = (0.0, -0.8, 0.6, 0.4, -0.3, -1.5, -3.0)
_BEHIND_RANK = 3.0
_SPEAKER = 2.5
_BODY = 2.5
_GIVEN_NAME = 1.5
# a single word with better odds than these is a person's as soon as it stands alone
_NAMED, _ALONE_NAMED = 1.5, 0.5
# a name that the encoder and the other rules found as well
_AGREED = 0.5
_ROMAN = frozenset("IVX")


class Region(msgspec.Struct, frozen=True, gc=False):
    """Tokens ``first:last`` behind an office; ``of_place`` where the office is held over a place, ``loose`` where words
    in lower case stand between."""

    first: int
    last: int
    of_place: bool
    loose: bool = False


class Cut(msgspec.Struct, frozen=True, gc=False):
    """The body stands at ``body:rank``, the person at ``person:last``; either may be empty."""

    body: int
    rank: int
    person: int
    last: int
    score: float
    unfounded: bool = False


class Cutter:
    """Scores of one region's parts."""

    def __init__(self, text: NameText, region: Region, runs: Runs, known: OfficeKnowledge) -> None:
        self.text, self.region, self.runs, self.known = text, region, runs, known
        self.lowers = text.lowers
        self.heads = {i: known.heads.at(self.lowers, i, region.last) for i in self._places()}
        self.ranks = self._ranks()
        self.named = {
            (name.first, name.last): name.type for name in (text.at(i) for i in self._places()) if name is not None
        }
        self.odds = {i: self._odds(i) for i in self._places()}
        # the lists are asked for the same words by many cuts
        self._lists: dict[tuple[int, int], str | None] = {}
        self._crossings: dict[int, float] = {}

    def _places(self) -> range:
        return range(self.region.first, self.region.last)

    def _ranks(self) -> dict[int, int]:
        """Where ranks begin and end; a degree right behind the head of a body is part of its name."""
        found: dict[int, int] = {}
        index = self.region.first
        while index < self.region.last:
            size = self.known.rank(self.lowers, index, self.region.last)
            head = any(tuple(self.lowers[max(0, index - n) : index]) in self.known.named_after for n in (1, 2, 3, 4))
            if size and not head:
                found[index] = index + size
            index += max(1, size)
        return found

    def _odds(self, index: int) -> float:
        """How much the word at ``index`` speaks for a person and against a body."""
        word = self.text.words[index]
        if not word[0].isalpha():
            return 0.0
        letters = self.known.persons.odds(self.lowers[index])
        if self.lowers[index] in self.known.given_names:
            letters = max(letters, _GIVEN_NAME)
        found = _LETTERS * max(-_MOST_ODDS, min(_MOST_ODDS, letters))
        if self.text.chances is not None:
            person, body, place = self.text.chances[index]
            told = _log(person) - _log(body + place)
            found += _ENCODER * max(-3.0, min(3.0, told))
        return found

    def best(self) -> list[Cut]:
        """All possible cuts, best first."""
        first, last = self.region.first, self.region.last
        cuts: list[Cut] = []
        persons: dict[int, float] = {}
        office = 0.0
        for body in range(first, last + 1):
            if body > first:
                office += self._office(body - 1)
            if office <= _HOPELESS:
                break
            for rank, person in self._persons(body):
                if person not in persons:
                    persons[person] = self._person(person, person > rank)
                if persons[person] <= _HOPELESS:
                    continue
                told, unfounded = self._body(body, rank)
                if told > _HOPELESS:
                    cuts.append(Cut(body, rank, person, last, office + told + persons[person], unfounded))
        return sorted(cuts, key=lambda cut: (-cut.score, cut.body, cut.person))

    def _persons(self, body: int) -> Iterator[tuple[int, int]]:
        """Where the body may end and the person begin: a rank always parts the two."""
        first_rank = min((at for at in self.ranks if at >= body), default=None)
        if any(at < body < end for at, end in self.ranks.items()):
            return
        if first_rank is not None:
            yield first_rank, self.ranks[first_rank]
            return
        for rank in range(body, self.region.last + 1):
            yield rank, rank

    def _office(self, index: int) -> float:
        """How well the word at ``index`` is part of the office."""
        lower, word = self.lowers[index], self.text.words[index]
        if index in self.ranks:
            return _IMPOSSIBLE
        if lower in self.known.units or lower in self.known.office_words:
            return 0.8
        if lower in self.known.joints or not word[0].isalnum():
            return 0.0
        if self.known.title(self.lowers, index):
            return -0.5 if lower in self.known.given_names else 0.8
        if (word,) in self.text.known.not_names:
            return 0.4
        if self.heads[index]:
            return -4.0
        if word.isupper() and len(word) > 1:
            return -3.0
        counts = self.text.lexicon.counts(lower)
        if self.known.is_plain(lower) and counts[0] <= counts[6]:
            return 0.4 if counts[6] >= counts[7] else -0.5
        return -2.5

    def _listed(self, first: int, last: int) -> str | None:
        if self.lowers[first] not in self.text.known.firsts:
            return None
        key = (first, last)
        if key not in self._lists:
            self._lists[key] = self.text.known.listed(self.text.words[first:last], self.lowers[first:last])
        return self._lists[key]

    def _body(self, first: int, last: int) -> tuple[float, bool]:
        """How well ``first:last`` is a body's or place's name, and whether nothing but the encoder says so."""
        if first == last:
            return 0.0, False
        words = self.text.words
        if not self.text.upper[first] or not (
            self.text.upper[last - 1] or words[last - 1] == ")" or words[last - 1].isdigit()
        ):
            return _IMPOSSIBLE, True
        if words[first:last].count("(") != words[first:last].count(")"):
            return _IMPOSSIBLE, True
        head = self.heads[first]
        if not head and any(word.isupper() and (word,) in self.text.known.not_names for word in words[first:last]):
            return _IMPOSSIBLE, True
        score = founded = self._founded(first, last, head)
        if founded <= 0:
            score += _UNFOUNDED * (1 if last < self.region.last else 2.5)
        if self.lowers[first] in self.known.units or self.lowers[first] in self.known.office_words:
            score -= 4.0
        if self._past_place(first, last):
            score -= _ENDS_IN_PLACE
        if self.named.get((first, last), PERSON) != PERSON:
            score += _AGREED
        named_after = tuple(self.lowers[first : first + head]) in self.known.named_after
        placed = named_after and self._listed(last - 1, last) in (GPE, LOC)
        score -= sum(min(self.odds[i], 0.0) if placed else self.odds[i] for i in range(first + head, last))
        if last not in self._crossings:
            self._crossings[last] = self._across(last)
        return score + self._crossings[last], founded <= 0

    def _founded(self, first: int, last: int, head: int) -> float:
        """What tells that ``first:last`` is the name of a body or place."""
        words, lowers = self.text.words, tuple(self.lowers[first:last])
        score = 0.0
        whole = tuple(self.lowers[first : first + head])
        if head and (last - first > head or (words[first].isupper() and whole not in self.known.named_after)):
            score += _HEAD
        listed = self._listed(first, last)
        if listed in (ORG, GPE, LOC):
            score += _LISTED
        elif self._known_phrase(first, last) & _BODY_BITS:
            score += 2.0 if last - first > 1 else 0.5
        if not head and words[first].isupper() and len(words[first]) > 1:
            score += _CAPITALS
        if last - first > 1 and lowers[-1] in self.known.closers:
            score += _CLOSER
        if self.runs.elsewhere(lowers, self.region.first, self.region.last):
            person = any(self.runs.speaks(word, 0, 0) for word in lowers)
            score += 0.0 if self._is_first_name(first, last) else 1.0 if person else _ALONE
        if words[last - 1] == ")" or (
            last - first > 1 and words[last - 1].isupper() and not set(words[last - 1]) <= _ROMAN
        ):
            score += 1.5
        if head or words[first].isupper() or self.text.known.head(lowers):
            for size in range(min(3, last - first - 1), 0, -1):
                headed = size == 2 and self.known.generic.types.get((self.lowers[last - 2],)) in (GPE, LOC)
                place = (
                    headed
                    or self._listed(last - size, last) in (GPE, LOC)
                    or (size > 1 and self._known_phrase(last - size, last) & _BODY_BITS)
                )
                if place:
                    score += _ENDS_IN_PLACE
                    break
        if any(self.runs.is_body(lower) for lower in lowers):
            score += _BODY
        if self.region.of_place and self.text.known.head(lowers) == GPE:
            score += 2.0
        return score

    def _past_place(self, first: int, last: int) -> bool:
        """Whether the body's name runs on over a place that it should end with ("Dinas … Kabupaten X | Y")."""
        for end in range(first + 2, last):
            place = any(self._listed(end - n, end) in (GPE, LOC) for n in (1, 2, 3) if end - n > first)
            inside = any(self._listed(first + 1, i) for i in range(end + 1, last + 1))
            on = self.text.words[end] == "(" or self.lowers[end] in self.known.closers or inside
            if place and not on and self.lowers[last - 1] not in self.known.closers:
                return all(self._listed(i, last) is None for i in range(end, last))
        return False

    def _is_first_name(self, first: int, last: int) -> bool:
        """Whether ``first:last`` is one word of persons' names, by which a person may be called elsewhere, and the one
        word behind it can hardly be a person by itself ("Direktur Investasi Lusiana Hartasuta")."""
        odds = self.known.persons.odds
        if last - first > 1 or self.region.last - last != 1 or self.runs.is_body(self.lowers[first]):
            return False
        return odds(self.lowers[first]) > _NAMED and odds(self.lowers[last]) < _ALONE_NAMED

    def _known_phrase(self, first: int, last: int) -> int:
        record = self.text.lexicon.phrases.get(" ".join(self.lowers[first:last]))
        return int(record[0][0]) if record else 0

    def _across(self, cut: int) -> float:
        """A cut through a listed name is none."""
        for first in range(max(self.region.first, cut - _LONGEST_LISTED + 1), cut):
            for last in range(cut + 1, min(self.region.last, first + _LONGEST_LISTED) + 1):
                if self._listed(first, last) is not None:
                    return -4.0
        return 0.0

    def _person(self, first: int, ranked: bool) -> float:
        last = self.person_end(first)
        if first >= last:
            return 0.0
        words = self.text.words[first:last]
        plain = [i for i in range(first, last) if words[i - first][0].isalpha() and self.text.upper[i]]
        if len(plain) >= len(_LENGTHS) or not plain or not self.text.upper[first]:
            return _IMPOSSIBLE
        if any(
            w in "(),/" or w[0].isdigit() or self.lowers[first + i] in self.known.joints for i, w in enumerate(words)
        ):
            return _IMPOSSIBLE
        score = _LENGTHS[len(plain)] + (_BEHIND_RANK if ranked else 0.0)
        score += sum(self.odds[i] for i in plain)
        for i in plain:
            word, lower = self.text.words[i], self.lowers[i]
            if (
                self.heads[i]
                or lower in self.known.closers
                or lower in self.known.units
                or lower in self.known.office_words
            ):
                score -= 2.5
            if word.isupper() and len(word) > 2:
                score -= 3.0
        for i in plain:
            known_as = self.text.lexicon.counts(self.lowers[i])[:2]
            for size in range(1, min(_LONGEST_LISTED, last - i) + 1):
                kind = self._listed(i, i + size)
                if kind == GPE and first < i < last - 1 and not any(known_as):
                    score -= _ENDS_IN_PLACE
                if kind == GPE and i == first > self.region.first and not ranked and not any(known_as):
                    # the place rather ends the body's name ("LBH Makassar | Nurhikmah")
                    score -= _ENDS_IN_PLACE
                if kind == ORG or (
                    kind in (GPE, LOC) and (size > 1 or tuple(self.lowers[i : i + 1]) in self.text.known.countries)
                ):
                    score -= 3.0
            if self.runs.is_body(self.lowers[i]):
                score -= _BODY
        if last < self.region.last:
            score += 1.5
        if self.named.get((first, last)) == PERSON:
            score += _AGREED
        if len(plain) > 1 and self._known_phrase(first, last) & _PERSON_BIT:
            score += 2.0
        return score + self._told(first, plain)

    def person_end(self, first: int) -> int:
        """Where the person's name ends: before initials in brackets that are those of the name ("(RHA)")."""
        last, words = self.region.last, self.text.words
        if last - first > 4 and words[last - 1] == ")" and words[last - 3] == "(" and words[last - 2].isupper():
            initials = "".join(word[0] for word in words[first : last - 3] if word[0].isalpha())
            if initials.upper() == words[last - 2]:
                return last - 3
        return last

    def _told(self, first: int, plain: list[int]) -> float:
        """What the rest of the document tells of the person."""
        region = self.region
        score = 0.0
        lowers = tuple(self.lowers[first : self.person_end(first)])
        if len(plain) > 1 and self.runs.elsewhere(lowers, region.first, region.last):
            score += _ALONE
        if any(self.runs.speaks(self.lowers[i], region.first, region.last) for i in plain):
            score += _SPEAKER
        elif len(plain) > 1 and any(self.runs.elsewhere((self.lowers[i],), region.first, region.last) for i in plain):
            score += 0.5
        return score


def _log(chance: float) -> float:
    return math.log(chance + 0.02)
