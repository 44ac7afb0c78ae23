"""What articles give as the cause of what: "kebakaran dipicu korsleting", "Akibat mogok, …", "Kenapa dijual? Utang!".

Causes stand behind or in front of a marker, behind a noun for a cause, in the answer to a question, and behind a word
of suspicion, where the effect is what the story is about. "bukan" and denials rule causes out; what is told of a day
long before the article is left out. Words are data (``causes.yaml``). Does not tell a remote cause from a near one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

import msgspec

from service.pipeline.alignment.clauses import Clause, Term
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.negation import denial
from service.pipeline.alignment.relations.cause_words import Knowledge
from service.pipeline.alignment.relations.moments import Moment, moment, names_of
from service.pipeline.alignment.times import days_of
from service.pipeline.annotations import Claim, Span

_REACH = 12
_RECENT = 60
_NEAR = 4
_MARKS = frozenset(';:.!?()"“”')
# clauses behind a cause that only tell when it was, or something else
_ASIDE = ("while", "after", "before", "contrast")


class Cause(msgspec.Struct, frozen=True):
    """``content`` is given (or, where ``denied``, ruled out) as the cause of ``effect``; an empty effect is what the
    story is about. ``motive``: it is what drives somebody."""

    clause: Clause
    effect: Moment
    content: frozenset[str]
    denied: bool
    motive: bool
    claim: Claim | None
    evidence: Span


def causes(clauses: Sequence[Clause], lexicon: Lexicon, known: Knowledge) -> list[Cause]:
    """The causes that one article gives or rules out."""
    found: list[Cause] = []
    for clause in clauses:
        told = clause.reading.words[clause.sentence.first : clause.last]
        if _is_long_ago(clause) or not known.chances.isdisjoint(told):
            continue
        reader = _Reader(clause, clauses, lexicon, known)
        own = list(reader.read())
        found += own
        for cause in own:
            found += reader.ruled_out(cause)
    return found


def _is_long_ago(clause: Clause) -> bool:
    """Whether the clause tells of a day weeks before the article appeared."""
    published = clause.reading.document.article.published_at
    if published is None:
        return False
    until = (published - timedelta(days=_RECENT)).date().isoformat()
    days = (days_of(amount.value) for amount in clause.amounts if amount.value.kind == "date")
    return any(day is not None and day[1] < until for day in days)


class _Reader:
    """One clause, and what around it may be cause and effect."""

    def __init__(self, clause: Clause, clauses: Sequence[Clause], lexicon: Lexicon, known: Knowledge) -> None:
        self.clause, self.clauses, self.lexicon, self.known = clause, clauses, lexicon, known
        self.reading = clause.reading
        self.words = list(clause.words())
        self.opening = next((i for i, word in enumerate(self.words) if word.isalpha()), 0)

    def read(self) -> Iterator[Cause]:
        """The causes for which the clause has the marker, the clearest one."""
        for read in (self._answered, self._of_noun, self._behind, self._ahead, self._suspected):
            cause = read()
            if cause is not None:
                yield cause
                return

    def _came_about(self, effect: Moment) -> bool:
        """Whether what is told to come from somewhere is an event, and nobody and no state of somebody."""
        kinds = {self.lexicon.kind(concept) for concept in effect.predicates}
        return effect.empty or (bool(effect.predicates) and "status" not in kinds)

    def _neighbour(self, step: int) -> Clause | None:
        number = self.clause.number + step
        return self.clauses[number] if 0 <= number < len(self.clauses) else None

    def _inside(self, step: int) -> Clause | None:
        other = self._neighbour(step)
        return other if other is not None and other.sentence is self.clause.sentence else None

    def _behind(self) -> Cause | None:
        """Effect, marker, cause; or the marker and the cause first."""
        for offset in self.known.behind.spots(self.words):
            match = self.known.behind.match(self.words, offset)
            if match is None or self._is_void(offset, match[0]):
                continue
            start = self.clause.first + offset
            content = self._content(start + match[0])
            fronted = offset == self.opening
            other = self._inside(1 if fronted and self._opens_sentence() else -1)
            comma = next((i for i in range(start, self.clause.last - 1) if self.reading.words[i] == ","), None)
            if fronted and other is not None:
                effect = self._effect([other], other.first, other.last)
            elif fronted and self._opens_sentence() and comma is not None:
                effect = self._effect([self.clause], comma, self.clause.last)
            else:
                effect = self._effect([self.clause], self.clause.first, start)
            if effect.empty and not self._is_anaphoric(start):
                return None
            if self.known.origins.match(self.words, offset) and not self._came_about(effect):
                return None
            return self._cause(effect, content, start, other if fronted else None)
        return None

    def _ahead(self) -> Cause | None:
        """Cause, marker, effect; or a clause and one of result behind it."""
        for offset in self.known.ahead.spots(self.words, 1):
            match = self.known.ahead.match(self.words, offset)
            if match is not None:
                start = self.clause.first + offset
                effect = self._effect([self.clause], start, self.clause.last)
                head = self.lexicon.opener.get(self.words[offset]) == "relative"
                content = [t for t in self.clause.terms if start - (_NEAR if head else start) <= t.index < start]
                return self._cause(effect, content, start, None)
        following = self._inside(1)
        if following is not None and following.relation == "result" and self._is_mishap(self.clause.terms):
            effect = self._effect([following], following.first, following.last)
            return self._cause(effect, list(self.clause.terms), self.clause.first, None)
        return None

    def _of_noun(self) -> Cause | None:
        """ "Penyebab X adalah Y", "pemicunya Y"."""
        for offset in self.known.nouns.spots(self.words):
            match = self.known.nouns.match(self.words, offset)
            if match is None:
                continue
            start, behind = self.clause.first + offset, offset + match[0]
            if "?" in self.reading.words[self.clause.last - 1 : self.clause.last]:
                return None
            copula = next((i for i in range(behind, len(self.words)) if self.known.copulas.match(self.words, i)), None)
            if copula is None:
                return None
            effect = self._effect([self.clause], start + match[0], self.clause.first + copula)
            skip = 0 if self.words[copula] in self.known.ruled_out else 1
            return self._cause(
                effect, self._content(self.clause.first + copula + skip), self.clause.first + copula, None
            )
        return None

    def _answered(self) -> Cause | None:
        """The answer that opens behind a question for the cause."""
        previous = self._neighbour(-1)
        if previous is None or previous.sentence is self.clause.sentence or not self._opens_sentence():
            return None
        asked = [
            c
            for c in self.clauses[max(previous.number - 2, 0) : previous.number + 1]
            if c.sentence is previous.sentence
        ]
        words = [word for c in asked for word in c.words()]
        if "?" not in words[-3:] or not self.known.questions.within(words):
            return None
        effect = self._effect(asked, asked[0].first, previous.last)
        return self._cause(effect, list(self.clause.terms), self.clause.first, None)

    def _suspected(self) -> Cause | None:
        """A mishap that is suspected or found: the cause of what the story is about."""
        suspicions = self.known.suspicions
        spots = [index for index in suspicions.spots(self.words) if suspicions.match(self.words, index)]
        if any(self._is_void(spot, 1) for spot in spots):
            return None
        marked = bool(spots)
        previous = self._inside(-1)
        if not marked and previous is not None and self.clause.relation == "complement":
            marked = self.known.suspicions.within(list(previous.words()))
        if not marked or not self._is_mishap(self.clause.terms):
            return None
        return self._cause(
            Moment(frozenset(), frozenset(), frozenset()), list(self.clause.terms), self.clause.first, None
        )

    def ruled_out(self, cause: Cause) -> Iterator[Cause]:
        """What "bukan (karena)" in the sentence rules out as the cause of the same effect."""
        sentence = self.clause.sentence
        terms = [
            t
            for c in self.clauses[self.clause.number : self.clause.number + 3]
            if c.sentence is sentence
            for t in c.terms
        ]
        words = self.reading.words
        for index in range(self.clause.first + 1, sentence.last - 1):
            if words[index] in self.known.ruled_out and words[index - 1] in {",", "”", '"', "tetapi", "dan"}:
                content = [t for t in terms if index < t.index <= index + _REACH // 2]
                if content and not cause.denied:
                    span = self.reading.span(index, content[-1].index + 1)
                    yield Cause(
                        self.clause, cause.effect, frozenset(t.concept for t in content), True, False, cause.claim, span
                    )
                return

    def _is_void(self, offset: int, length: int) -> bool:
        """Whether a marker only joins sentences ("karena itu"), or what it marks is not known yet ("belum …")."""
        behind = self.words[offset + length : offset + length + 1]
        front = self.words[max(offset - _NEAR, 0) : offset]
        negated = any(word in self.lexicon.scopes.negators and word not in self.known.ruled_out for word in front)
        negated = negated or any(word in self.lexicon.scopes.pending for word in self.words[:offset])
        return negated or bool(behind and self.known.anaphors.match(behind, 0))

    def _opens_sentence(self) -> bool:
        return self._inside(-1) is None

    def _is_anaphoric(self, end: int) -> bool:
        """Whether nothing but a word that points back stands in front of token ``end``."""
        front = [
            w for w in self.reading.words[self.clause.first : end] if w.isalpha() and w not in self.known.ruled_out
        ]
        return bool(front) and self.known.anaphors.match(front, 0) is not None

    def _is_mishap(self, terms: Sequence[Term]) -> bool:
        return self._has(terms, self.known.mishaps)

    def _has(self, terms: Sequence[Term], entries: Sequence[frozenset[str]]) -> bool:
        """Whether the words or roots of ``terms`` hold all of one entry."""
        words = [self.reading.words[t.index] for t in terms]
        roots = {*words, *map(self.lexicon.stem, words)}
        return any(entry <= roots for entry in entries)

    def _effect(self, clauses: Sequence[Clause], first: int, last: int) -> Moment:
        words = self.reading.words
        terms = [
            t for c in clauses for t in c.terms if first <= t.index < last and words[t.index] not in self.known.asking
        ]
        beside = {m.name for c in clauses for m in c.mentions if m.first and words[m.first - 1] in self.known.beside}
        return moment(terms, names_of(clauses, first, last) - beside, self.lexicon)

    def _content(self, start: int) -> list[Term]:
        """The words of the cause: those behind the marker, up to the next mark, "bukan", or what tells when."""
        found: list[Term] = []
        terms = {t.index: t for c in self.clauses[self.clause.number : self.clause.number + 2] for t in c.terms}
        for index in range(start, min(start + _REACH, self.clause.sentence.last)):
            word = self.reading.words[index]
            aside = self.lexicon.opener.get(word) in _ASIDE
            if found and (aside or word in _MARKS or (word == "," and index > start) or word in self.known.ruled_out):
                break
            if index in terms:
                found.append(terms[index])
        return found

    def _cause(self, effect: Moment, terms: Sequence[Term], marker: int, other: Clause | None) -> Cause | None:
        content = [t for t in terms if not self.lexicon.is_generic(t.concept) and t.concept not in effect.concepts]
        temporal = self.lexicon.scopes.temporal
        if all(t.concept in self.known.vague or self.reading.words[t.index] in temporal for t in content):
            return None
        words = self.reading.words
        first = min(marker, content[0].index)
        near = range(max(first - 2, self.clause.first), min(content[0].index, self.clause.last))
        denied = any(words[i] in self.known.ruled_out for i in near)
        denied = denied or denial(self.clause, self.clauses, self.lexicon) is not None
        spots = [first, *(t.index for t in content)]
        if other is not None:
            spots += [t.index for t in other.terms]
        else:
            spots += [t.index for t in self.clause.terms if t.concept in effect.concepts]
        return Cause(
            self.clause,
            effect,
            frozenset(t.concept for t in content),
            denied,
            self._has(content, self.known.motives),
            self.reading.claim_at[content[0].index],
            self.reading.span(min(spots), max(spots) + 1),
        )
