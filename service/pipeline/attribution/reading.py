"""One document as this stage reads it: units of text, quotations, name mentions and cues by token position."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from service.pipeline.annotations import Document, Entity, Sentence, Span
from service.pipeline.attribution.lexicon import Form, Knowledge
from service.pipeline.attribution.quotations import DOUBLE, Quotation, find_quotations

SENTENCE_END = frozenset(".?!…")
DASHES = frozenset("—–-")
_LONGEST_UNIT = 800
"""Tokens: what is longer is no sentence, and the rules look through a whole unit more than once."""
_LONGEST_HEADLINE = 25
SEPARATORS = frozenset(",;:") | DASHES


class Unit(msgspec.Struct, frozen=True, gc=False):
    """Tokens ``first:last``: a sentence, or the sentences that one quotation runs through."""

    first: int
    last: int
    paragraph: int


class Mention(msgspec.Struct, frozen=True):
    """A name: tokens ``first:last`` and the entity it names."""

    first: int
    last: int
    entity: Entity


class Cue(msgspec.Struct, frozen=True):
    """Tokens ``first:last`` that are a form of a reporting verb or of a source phrase."""

    first: int
    last: int
    form: Form


class Reading:
    """A document with everything that the rules ask for, indexed by token position. Positions are half-open."""

    def __init__(self, document: Document, entities: Sequence[Entity], knowledge: Knowledge) -> None:
        self.document = document
        self.knowledge = knowledge
        self.tokens = document.tokens
        self.lower = [token.lower for token in document.tokens]
        self.starts = [token.start for token in document.tokens]
        # the tokens at which cues may begin
        self._openers = [i for i, word in enumerate(self.lower) if word in knowledge.forms]
        self.entities = entities
        self.mention_at: list[Mention | None] = [None] * len(self.tokens)
        self.mentions = self._index_mentions(entities)
        body = _told(document)
        paragraphs: list[tuple[int, int]] = []
        numbers: list[int] = []
        for sentence in body:
            if numbers and numbers[-1] == sentence.paragraph:
                paragraphs[-1] = (paragraphs[-1][0], sentence.last)
            else:
                numbers.append(sentence.paragraph)
                paragraphs.append((sentence.first, sentence.last))
        self.quotations = find_quotations(self.tokens, paragraphs, self._is_tag)
        self._quotation_starts = [quotation.first for quotation in self.quotations]
        self.quotation_at: list[Quotation | None] = [None] * len(self.tokens)
        for quotation in self.quotations:
            for i in range(quotation.first, quotation.last):
                self.quotation_at[i] = quotation
        self.ends = self._sentence_ends()
        self.units = self._merge_sentences()
        self._unit_starts = [unit.first for unit in self.units]

    def _index_mentions(self, entities: Sequence[Entity]) -> tuple[Mention, ...]:
        mentions: list[Mention] = []
        for entity in entities:
            for span in entity.mentions:
                first = bisect.bisect_left(self.starts, span.start)
                last = bisect.bisect_left(self.starts, span.end)
                if first < last:
                    mentions.append(Mention(first, last, entity))
        mentions.sort(key=lambda mention: (mention.first, -mention.last, mention.entity.id))
        for mention in mentions:
            for i in range(mention.first, mention.last):
                if self.mention_at[i] is None:
                    self.mention_at[i] = mention
        return tuple(mentions)

    def _is_tag(self, i: int) -> bool:
        cue = self.cue_at(i)
        return cue is not None and cue.form.kind == "tag"

    def _sentence_ends(self) -> list[bool]:
        """For each token, whether it is punctuation that ends a sentence (and not, say, an abbreviation)."""
        ends = [False] * len(self.tokens)
        for sentence in self.document.sentences:
            for i in range(sentence.last - 1, sentence.first, -1):
                text = self.tokens[i].text
                if text[-1] in SENTENCE_END and not text[0].isalnum():
                    ends[i] = True
                elif text[0].isalnum():
                    break
        return ends

    def _merge_sentences(self) -> tuple[Unit, ...]:
        units: list[Unit] = []
        joined = False
        told = set(_told(self.document))
        for sentence in self.document.sentences:
            if sentence not in told:
                joined = False
                continue
            for first, last in self._split(sentence):
                if joined and units and last - units[-1].first <= _LONGEST_UNIT:
                    units[-1] = Unit(units[-1].first, last, units[-1].paragraph)
                else:
                    units.append(Unit(first, last, sentence.paragraph))
                inside = self.quotation_at[last - 1]
                joined = inside is not None and inside.last > last
        return tuple(units)

    def _split(self, sentence: Sentence) -> Iterator[tuple[int, int]]:
        """The sentence cut where a full stop stands right in front of a quotation: a closing mark that opens one looks
        as if it belonged to the sentence before."""
        first = sentence.first
        for i in range(sentence.first + 1, sentence.last):
            if i - first >= _LONGEST_UNIT:
                yield first, i
                first = i
            quotation = self.quotation_at[i]
            before = self.tokens[i - 1].text
            if (
                quotation is not None
                and quotation.first == i
                and before[-1] in SENTENCE_END
                and self.quotation_at[i - 1] is None
            ):
                self.ends[i - 1] = True
                yield first, i
                first = i
        yield first, sentence.last

    def mentions_in(self, first: int, last: int) -> list[Mention]:
        """The names that begin in tokens ``first:last``, in text order."""
        return [m for i in range(first, last) if (m := self.mention_at[i]) is not None and m.first == i]

    def cue_at(self, i: int) -> Cue | None:
        """The longest cue that begins at token ``i``; tag forms before others of the same length."""
        forms = self.knowledge.forms.get(self.lower[i])
        if forms is None:
            return None
        for form in forms:
            size = len(form.words)
            if size == 1 or tuple(self.lower[i : i + size]) == form.words:
                tag = self.knowledge.homographs.get(form.words)
                return Cue(i, i + size, tag if tag is not None and self._follows_statement(i) else form)
        return None

    def _follows_statement(self, i: int) -> bool:
        """Whether a form that is tag and verb is a tag at token ``i``: "…," minta X, as against X minta …"""
        apart = i > 0 and (self.is_mark(i - 1) or self.tokens[i - 1].text == ",")
        following = self.lower[i + 1] if i + 1 < len(self.lower) else ""
        return apart and not following.startswith(self.knowledge.predicates.prefixes)

    def quotations_in(self, first: int, last: int) -> tuple[Quotation, ...]:
        """The quotations that begin in tokens ``first:last``."""
        start = bisect.bisect_left(self._quotation_starts, first)
        return self.quotations[start : bisect.bisect_left(self._quotation_starts, last)]

    def cues(self, first: int, last: int) -> Iterator[Cue]:
        """The cues in tokens ``first:last``, from left to right, without overlap."""
        end = first
        for place in range(bisect.bisect_left(self._openers, first), len(self._openers)):
            i = self._openers[place]
            if i >= last:
                break
            if i >= end and not self.in_name(i):
                cue = self.cue_at(i)
                if cue is not None and cue.last <= last:
                    yield cue
                    end = cue.last

    def in_name(self, i: int) -> bool:
        """Whether token ``i`` is part of a name of several words."""
        mention = self.mention_at[i]
        return mention is not None and mention.last - mention.first > 1

    def unit_index(self, i: int) -> int:
        """The index of the unit that holds token ``i``, or of the last one that begins before it."""
        return max(0, bisect.bisect_right(self._unit_starts, i) - 1)

    def span(self, first: int, last: int) -> Span:
        """The span of tokens ``first:last``."""
        return Span(self.tokens[first].start, self.tokens[last - 1].end)

    def text(self, first: int, last: int) -> str:
        """The text of tokens ``first:last``."""
        return self.document.text[self.tokens[first].start : self.tokens[last - 1].end]

    def is_mark(self, i: int) -> bool:
        """Whether token ``i`` is a double quotation mark."""
        return self.tokens[i].text in DOUBLE

    def is_word(self, i: int) -> bool:
        """Whether token ``i`` is a word or a number."""
        return self.tokens[i].text[0].isalnum()

    def is_capitalized(self, i: int) -> bool:
        """Whether token ``i`` opens with a capital."""
        return self.tokens[i].text[0].isupper()

    def opens_sentence(self, i: int) -> bool:
        """Whether the capital of token ``i`` may be that of a sentence's first word."""
        unit = self.units[self.unit_index(i)]
        return i == unit.first or self.is_mark(i - 1) or self.ends[i - 1]

    def is_verb(self, i: int) -> bool:
        """Whether token ``i`` has the shape of a verb. Proper names have not."""
        word = self.lower[i]
        predicates = self.knowledge.predicates
        if len(word) < predicates.shortest or word in predicates.not_verbs or self.is_capitalized(i):
            return False
        if not word.startswith(predicates.prefixes):
            return False
        if not word.endswith(predicates.suffixes) and self.knowledge.stem(word) == word:
            return False
        return not self.document.tags or self.document.tags[i] not in {"NOUN", "PROPN", "ADP", "DET"}

    def is_predicate(self, i: int) -> bool:
        """Whether token ``i`` can open or be the predicate of a clause."""
        if self.is_capitalized(i) and self.mention_at[i] is not None:
            return False
        return self.lower[i] in self.knowledge.predicates.finite or self.is_verb(i)

    def has_predicate(self, first: int, last: int, adjectives: bool = True) -> bool:
        """Whether tokens ``first:last`` hold a predicate outside relative clauses and brackets; ``adjectives``: whether
        an adjective is taken for one."""
        relative = self.knowledge.grammar.relative
        breaks = self.knowledge.grammar.clause_breaks
        skipping = False
        opened = first
        depth = 0
        for i in range(first, last):
            text = self.tokens[i].text
            if text == "(":
                depth += 1
            elif text == ")":
                depth = max(0, depth - 1)
            elif text in SEPARATORS:
                skipping = False
            elif depth == 0 and (self.lower[i] in relative or (self.lower[i] in breaks and i > first)):
                skipping = True
                opened = i
            elif depth == 0 and self.lower[i] in self.knowledge.predicates.copulas:
                return True
            elif skipping and self.lower[i] in self.knowledge.grammar.demonstratives:
                skipping = False
            elif depth == 0 and (
                self._resumes(opened, i) if skipping else self._predicates(i) if adjectives else self.is_predicate(i)
            ):
                return True
        return False

    def _resumes(self, relative: int, i: int) -> bool:
        """Whether the auxiliary at ``i`` belongs to the clause around the relative clause that opens at ``relative``,
        which has its own predicate and something behind that: "warga yang tinggal di lereng harus mengungsi"."""
        grammar = self.knowledge.grammar
        if self.lower[i] not in grammar.auxiliaries or self.lower[relative] not in grammar.relative:
            return False
        before = self.lower[i - 1]
        if before in grammar.coordinators or before in self.knowledge.predicates.finite or self.cue_at(i - 1):
            return False
        owned = relative + 2 < i and self.lower[relative + 1].endswith(grammar.clitics)
        return owned or any(self._predicates(j) for j in range(relative + 1, i))

    def _predicates(self, i: int) -> bool:
        if self.is_predicate(i) or self.lower[i] in self.knowledge.predicates.adjectives:
            return True
        return bool(self.document.tags) and self.document.tags[i] in {"VERB", "AUX"} and not self.is_capitalized(i)

    def is_time(self, i: int) -> bool:
        """Whether a time opens at token ``i``: a weekday, a month, "yesterday", "last week"."""
        grammar = self.knowledge.grammar
        if self.lower[i] in grammar.time_openers:
            return True
        if self.lower[i] not in grammar.time_units or i + 1 >= len(self.lower):
            return False
        return self.lower[i + 1] in grammar.time_pointers and not (i > 0 and self.tokens[i - 1].text[0].isdigit())

    def after_brackets(self, i: int, last: int, limit: int = 40) -> int:
        """The position behind the brackets that open at ``i``; ``i`` where they do not close nearby."""
        for j in range(i + 1, min(last, i + limit, len(self.tokens))):
            if self.tokens[j].text == ")":
                return j + 1
        return i

    def trim_end(self, first: int, last: int) -> int:
        """``last`` moved left over punctuation that belongs to the sentence, not to what is said."""
        while last > first and (
            self.tokens[last - 1].text in SEPARATORS or self.tokens[last - 1].text[-1] in SENTENCE_END
        ):
            if self.tokens[last - 1].text[0].isalnum():
                break
            last -= 1
        return last

    def after_listed(self, comma: int, last: int) -> int:
        """The position of the conjunction's last part, where capitalized words are listed behind ``comma`` as in the
        name of an office ("Kepala Pusat Data, Informasi, dan Komunikasi"); ``comma`` where none are."""
        i = comma
        while i < last and self.tokens[i].text == ",":
            first = i + 1
            if first + 1 < last and self.lower[first] in self.knowledge.grammar.conjoining:
                return first + 1 if i > comma and self.is_capitalized(first + 1) else comma
            i = first
            while i < last and self.is_capitalized(i) and self.mention_at[i] is None and not self.is_time(i):
                i += 1
            if i == first:
                return comma
            if i + 1 < last and self.lower[i] in self.knowledge.grammar.conjoining:
                return i + 1 if self.is_capitalized(i + 1) and self.mention_at[i + 1] is None else comma
        return comma

    def after_connectors(self, first: int, last: int) -> int:
        """The position behind the words that only connect ``first:last`` with what was before it."""
        i = first
        while i < last:
            phrases = self.knowledge.connectors.get(self.lower[i])
            size = 0
            for words in phrases or ():
                if tuple(self.lower[i : i + len(words)]) == words:
                    size = len(words)
                    break
            if not size:
                break
            i += size
            if i < last and self.tokens[i].text == ",":
                i += 1
        return i if i < last else first


def _told(document: Document) -> list[Sentence]:
    """The sentences that tell the story: the body's, and those of a paragraph behind its beginning whose last mark is
    missing or hidden by a credit. A headline between paragraphs is one sentence, and short."""
    counts = Counter(sentence.paragraph for sentence in document.sentences if sentence.role == "headline")
    begun = next((sentence.paragraph for sentence in document.sentences if sentence.role == "body"), None)
    return [
        sentence
        for sentence in document.sentences
        if sentence.role == "body"
        or (
            sentence.role == "headline"
            and begun is not None
            and sentence.paragraph > begun
            and (counts[sentence.paragraph] > 1 or sentence.last - sentence.first > _LONGEST_HEADLINE)
        )
    ]
