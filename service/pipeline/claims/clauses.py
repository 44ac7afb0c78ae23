"""The main clause of a claim: which tokens it has, which word predicates in it, and in what voice.

No parser: a clause that does not show plainly which word predicates has none. Tags are those of Universal Dependencies
v2. Knows neither nominal predicates without a copula nor predicates inside relative clauses.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from service.pipeline.annotations import Document, Entity, Value
from service.pipeline.claims.lexicon import Knowledge

_QUOTES = frozenset('"“”„«»‘’')
_FULL_STOPS = frozenset(".!…")
_BREAKS = frozenset(";:—–")
_REACH = 8
NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "PRON", "ADJ", "DET", "SYM"})
ADVERBIAL = frozenset({"ADV", "AUX", "PART"})
_BEFORE_VERBS = ADVERBIAL | {"PRON", "DET", "PUNCT"}


class Marks(msgspec.Struct, frozen=True):
    """What lies in a claim, by the token at which it begins: names and values with the token at which they end, and
    the tokens of a reporting verb and its source that part the claim (``0, 0`` where none do)."""

    names: Mapping[int, tuple[int, Entity]]
    values: Mapping[int, tuple[int, Value]]
    framed: tuple[int, int]


class Clause:
    """The main clause of a claim: its tokens without quotation marks and without what reports it."""

    def __init__(self, document: Document, bounds: tuple[int, int], marks: Marks, knowledge: Knowledge) -> None:
        kept = _kept(document, bounds, marks)
        self._places = kept
        self._gap = marks.framed[0] if marks.framed[0] < marks.framed[1] else -1
        self.tokens = [document.tokens[i] for i in kept]
        self.words = [token.lower for token in self.tokens]
        self.tags = [document.tags[i] for i in kept]
        self._data = knowledge.predicates
        self._officials = knowledge.data.official
        self._relative = knowledge.data.relative
        place = {index: n for n, index in enumerate(kept)}
        self._names = {
            place[i]: (place[e - 1] + 1, x) for i, (e, x) in marks.names.items() if i in place and e - 1 in place
        }
        self._values = {
            place[i]: (place[e - 1] + 1, x) for i, (e, x) in marks.values.items() if i in place and e - 1 in place
        }
        self._first, self._last = self._main(knowledge.data.subordinators)

    def _main(self, subordinators: frozenset[str]) -> tuple[int, int]:
        """Where the main clause begins and ends: without the subordinate clauses around it."""
        words, size = self.words, len(self.words)
        first = 0
        if size and self._opens(0, subordinators):
            first = next((i + 1 for i in range(1, size) if words[i] == ","), size)
        while first < size and (self.tags[first] in ("CCONJ", "PUNCT")):
            first += 1
        for i in range(first, size):
            if words[i] in _BREAKS and not self._is_inside(i):
                return first, i
            if self.tags[i] == "SCONJ" or self._opens(i, subordinators):
                return first, i
        return first, size

    def _is_inside(self, i: int) -> bool:
        """Whether a value goes on at ``i`` ("40–60 sentimeter")."""
        return any(begin < i < end for begin, (end, _) in self._values.items())

    def _opens(self, i: int, subordinators: frozenset[str]) -> bool:
        """Whether a subordinate clause opens here, and not a phrase of time."""
        if self.words[i] not in subordinators or i + 1 >= len(self.words):
            return False
        return i + 1 not in self._values and self.words[i + 1] not in self._data.closers

    def predicate(self) -> int | None:
        """The word that predicates; None where several may."""
        i = self._first = self._behind_participle()
        while i < self._last:
            if i in self._names or i in self._values:
                i = max(i + 1, (self._names.get(i) or self._values[i])[0])
            elif self.words[i] in self._relative:
                end = self._behind_relative(i)
                if end is None:
                    return None
                i = end
            elif self._is_verb(i):
                return self._sense(i) if self._is_plain(i) else None
            else:
                i += 1
        return self._verbless()

    def _behind_participle(self) -> int:
        """Where the clause goes on behind a verb or a phrase with one that a comma parts from it ("dihubungi terpisah,
        Budi menolak")."""
        first = self._first
        comma = next((i for i in range(first, self._last) if self.words[i] == ","), self._last)
        if not self._groups(comma + 1) or self._leads(comma + 1):
            return first
        phrasal = self.tags[first] == "ADP" or self.words[first] in self._data.never
        return comma + 1 if self._leads(first) or (phrasal and self._groups(first)) else first

    def _is_verb(self, i: int) -> bool:
        """Whether a verb stands at ``i``; one with a possessive is a noun, but for active ones that have an object."""
        word, data = self.words[i], self._data
        if self.tags[i] != "VERB" or word in data.never or not word[0].isalpha():
            return False
        if not word.endswith(data.clitics):
            return True
        base = word[: -min(len(clitic) for clitic in data.clitics if word.endswith(clitic))]
        return i > self._first and base.startswith(data.voice.active) and base not in data.statives

    def _groups(self, first: int) -> list[tuple[int, int]]:
        """The stretches of verbs with adverbs between them, from ``first`` to the next comma."""
        groups: list[tuple[int, int]] = []
        for i in range(first, self._last):
            if self.words[i] == ",":
                break
            if not self._is_verb(i):
                continue
            if groups and all(tag in ADVERBIAL for tag in self.tags[groups[-1][1] : i]):
                groups[-1] = (groups[-1][0], i + 1)
            else:
                groups.append((i, i + 1))
        return groups

    def _behind_relative(self, i: int) -> int | None:
        """Where the relative clause that opens at ``i`` ends; None where that is unsure."""
        groups = self._groups(i + 1)
        for j in range(i + 2, self._last - 1):
            if self.words[j] == ",":
                return j + 1 if self._leads(j + 1) else None
            if self.words[j] in self._data.closers and self._leads(j + 1):
                return j + 1
        content = next((j for j in range(i + 1, self._last) if self.tags[j] not in ADVERBIAL), self._last)
        bare = content < self._last and self.tags[content] == "ADJ"
        if len(groups) != (1 if bare else 2):
            return None
        return groups[-1][0]

    def _leads(self, i: int) -> bool:
        """Whether a verb stands at ``i``, adverbs aside."""
        while i < self._last and self.tags[i] in ADVERBIAL:
            i += 1
        return i < self._last and self._is_verb(i)

    def _is_plain(self, i: int) -> bool:
        """Whether the verb at ``i`` is no infinitive of the noun in front ("rencana membangun jembatan ditolak")."""
        groups = self._groups(i)
        if len(groups) < 2 or self.words[groups[1][0] - 1] in self._relative:
            return True
        before = self.tags[i - 1] if i > self._first else ""
        return (
            before in _BEFORE_VERBS
            or self.tags[groups[1][0] - 1] in ("CCONJ", "ADP")
            or any(end == i for end, _ in [*self._names.values(), *self._values.values()])
        )

    def _sense(self, i: int) -> int:
        """The verb that ``i`` colours, or itself."""
        while self.words[i] in self._data.light:
            j = i + 1
            while j < self._last and self.tags[j] in ADVERBIAL:
                j += 1
            if j >= self._last or not (self._is_verb(j) or (self.tags[j] == "ADJ" and j == i + 1)):
                break
            i = j
        return i

    def _verbless(self) -> int | None:
        """A copula, or an adjective that nothing else can be the predicate for."""
        span = range(self._first + 1, self._last)
        copula = next((i for i in span if self.words[i] in self._data.copulas), None)
        if copula is not None:
            return copula
        for i in span:
            if self.tags[i] == "ADJ" and (i + 1 == self._last or self.tags[i + 1] in ("ADP", "PUNCT")):
                ends = {end for end, _ in [*self._names.values(), *self._values.values()]}
                sure = self.tags[i - 1] in ADVERBIAL or self.words[i - 1] in self._data.closers or i in ends
                return i if sure else None
        return None

    def voice(self, i: int, root: str) -> str | None:
        """active or passive, where the affixes of the verb at ``i`` show it."""
        word, data = self.words[i], self._data
        if self.tags[i] != "VERB":
            return None
        if self._bare_agent(i, root) is not None:
            return "passive"
        if root == word or word in data.statives or word in data.existentials:
            return None
        if word.startswith(data.voice.passive):
            return "passive"
        return "active" if word.startswith(data.voice.active) else None

    def _bare_agent(self, i: int, root: str) -> int | None:
        """The pronoun in front of a passive verb without a prefix ("rumah itu kami jual")."""
        word, data = self.words[i], self._data
        before = i - 2
        while before > self._first and self.tags[before] in ADVERBIAL:
            before -= 1
        if before < self._first or self.words[i - 1] not in data.pronouns or self.tags[before] not in NOMINAL:
            return None
        suffixed = any(word == root + suffix for suffix in data.suffixes)
        return i - 1 if suffixed or word in data.bare_passives else None


def _kept(document: Document, bounds: tuple[int, int], marks: Marks) -> list[int]:
    """The tokens of the claim's first sentence, without quotation marks, short brackets and what reports it."""
    first, last = bounds
    skipped, resumed = marks.framed
    if first < skipped < resumed and document.tokens[skipped - 1].text == ",":
        reach = range(resumed, min(last, resumed + _REACH))
        resumed = next((i + 1 for i in reach if document.tokens[i].text == ","), resumed)
    stated = {i for begin, (end, _) in marks.values.items() for i in range(begin, end)}
    kept: list[int] = []
    closed = first
    for i in range(first, last):
        if i < closed:
            continue
        text = document.tokens[i].text
        if text == "?":
            return []
        if text in _FULL_STOPS and kept:
            break
        if text == "(" and i not in stated:
            reach = range(i, min(last, i + _REACH))
            closed = next((j + 1 for j in reach if document.tokens[j].text == ")"), i)
            if closed > i:
                continue
        if not skipped <= i < resumed and text not in _QUOTES:
            kept.append(i)
    return kept
