"""Names over the tokens of a document, and the words that the rules on names look at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from service.pipeline.annotations import Document, Sentence
from service.pipeline.entities import features
from service.pipeline.entities.lexicon import Lexicon
from service.pipeline.entities.name_rules.types import TypeKnowledge

MIXED, CAPITALS, TITLE_CASE, LOWER = 0, 1, 2, 3
# tags of words that end a name in a headline, and how usual in lower case other words must be for that
_PLAIN_TAGS = frozenset({"VERB", "ADV", "ADJ", "AUX", "ADP", "SCONJ", "CCONJ"})
_PLAIN = 3
_SENTENCE_ENDS = frozenset('.?!…"”’)')


class NameSpan(msgspec.Struct, frozen=True, gc=False):
    """A name over the document's tokens ``first:last``. The encoder's own types are PER, ORG and LOC."""

    first: int
    last: int
    type: str
    score: float
    rule: str = "encoder"


class NameText:
    """The words of a document and the names found so far, which never overlap. Rules change it in place."""

    def __init__(self, document: Document, found: Iterable[NameSpan], lexicon: Lexicon, known: TypeKnowledge) -> None:
        self.document = document
        self.words = [token.text for token in document.tokens]
        self.lowers = [token.lower for token in document.tokens]
        self.met = frozenset(self.lowers)
        self.source = (document.article.source or "").lower()
        # without spaces and the end of a host name
        self.source_stem = self.source.partition(".")[0].replace(" ", "")
        self.source_openers = frozenset(
            lower for lower in self.met if self.source_stem.startswith(lower) or self.source.startswith(lower)
        )
        # the second letter counts as well: "iPhone"
        self.upper = [word[0].isupper() or word[1:2].isupper() for word in self.words]
        self.lexicon = lexicon
        self.known = known
        # the encoder's chances that a token lies in the name of a person, body, place
        self.chances: Sequence[Sequence[float]] | None = None
        self._names: dict[int, NameSpan] = {}
        self._cover: list[int] = [-1] * len(self.words)
        self._cases: dict[int, int] = {}
        self._capitals: dict[int, list[int]] = {}
        self._lowers: dict[int, frozenset[str]] = {}
        # where the sentence of each token begins
        self._sentences: list[int] = [0] * len(self.words)
        for sentence in document.sentences:
            self._sentences[sentence.first : sentence.last] = [sentence.first] * (sentence.last - sentence.first)
        # the names of a sentence as they were asked for last, forgotten with each change of them; likewise all names
        self._inside: dict[int, list[NameSpan]] = {}
        self._all: list[NameSpan] | None = None
        for name in found:
            self.add(name)

    def add(self, name: NameSpan) -> None:
        """One more name, over tokens that no name covers."""
        self._forget(name)
        self._names[name.first] = name
        self._cover[name.first : name.last] = [name.first] * (name.last - name.first)

    def drop(self, name: NameSpan) -> None:
        """Forget a name."""
        self._forget(name)
        del self._names[name.first]
        self._cover[name.first : name.last] = [-1] * (name.last - name.first)

    def _forget(self, name: NameSpan) -> None:
        """No longer know the names of the sentences that ``name`` lies in."""
        self._all = None
        inside, starts = self._inside, self._sentences
        inside.pop(starts[name.first], None)
        if starts[name.last - 1] != starts[name.first]:
            for start in set(starts[name.first : name.last]):
                inside.pop(start, None)

    def swap(self, old: NameSpan, *new: NameSpan) -> None:
        """``new`` names in place of ``old``; they lie inside it."""
        self.drop(old)
        for name in new:
            self.add(name)

    def put(self, first: int, last: int, kind: str, score: float, rule: str) -> bool:
        """A name in place of all those that lie inside it; False, and nothing, where it would cut one in two or hold no
        word."""
        if first >= last:
            return False
        owners = sorted({self._cover[i] for i in range(first, last)} - {-1})
        inside = [self._names[owner] for owner in owners]
        if any(name.first < first or name.last > last for name in inside):
            return False
        for name in inside:
            self.drop(name)
        self.add(NameSpan(first, last, kind, score, rule))
        return True

    def at(self, index: int) -> NameSpan | None:
        """The name that covers token ``index``."""
        owner = self._cover[index]
        return self._names[owner] if owner >= 0 else None

    def free(self, first: int, last: int) -> bool:
        """Whether no name covers any of the tokens."""
        return max(self._cover[first:last], default=-1) < 0

    def inside(self, sentence: Sentence) -> list[NameSpan]:
        """The names of a sentence by position, as they are now."""
        found = self._inside.get(sentence.first)
        if found is None:
            firsts = dict.fromkeys(self._cover[sentence.first : sentence.last])
            found = self._inside[sentence.first] = [self._names[first] for first in firsts if first >= 0]
        return found

    def names(self) -> list[NameSpan]:
        """All names by position, as they are now."""
        if self._all is None:
            self._all = [self._names[first] for first in sorted(self._names)]
        return self._all

    def capitals(self, sentence: Sentence) -> list[int]:
        """The tokens of a sentence that are ``upper``: where most names begin, and a third of all tokens."""
        found = self._capitals.get(sentence.first)
        if found is None:
            upper = self.upper
            found = [index for index in range(sentence.first, sentence.last) if upper[index]]
            self._capitals[sentence.first] = found
        return found

    def holds(self, sentence: Sentence, words: frozenset[str]) -> bool:
        """Whether any of the case-folded ``words`` stands in a sentence: most rules look for few words, and most
        sentences hold none of them."""
        found = self._lowers.get(sentence.first)
        if found is None:
            found = self._lowers[sentence.first] = frozenset(self.lowers[sentence.first : sentence.last])
        return not words.isdisjoint(found)

    def opens(self, index: int, sentence: Sentence) -> bool:
        """Whether nothing but punctuation stands before ``index`` in its sentence."""
        if index - 3 > sentence.first:
            return False
        return not any(word[0].isalnum() for word in self.words[sentence.first : index])

    def common(self, index: int) -> bool:
        """Whether the word is at least as usual in lower case as capitalised."""
        counts = self.lexicon.counts(self.lowers[index])
        return counts[6] >= counts[7] and counts[6] > 2

    def is_plain(self, index: int) -> bool:
        """Whether the word is a verb, or usual in lower case, and never stands in a person's name."""
        counts = self.lexicon.counts(self.lowers[index])
        tags = self.document.tags
        verb = bool(tags) and tags[index] in _PLAIN_TAGS
        return counts[0] + counts[1] == 0 and (verb or (counts[6] >= _PLAIN and self.common(index)))

    def case(self, sentence: Sentence) -> int:
        """MIXED, CAPITALS, TITLE_CASE or LOWER; a sentence with its full stop is no headline."""
        found = self._cases.get(sentence.first)
        if found is None:
            words = self.words[sentence.first : sentence.last]
            found = features.case(words)
            if found == TITLE_CASE and words[-1] in _SENTENCE_ENDS:
                found = MIXED
            self._cases[sentence.first] = found
        return found

    def key(self, name: NameSpan) -> tuple[str, ...]:
        """The case-folded words of a name."""
        return tuple(self.lowers[name.first : name.last])
