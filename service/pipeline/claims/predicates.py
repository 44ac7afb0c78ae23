"""The main predicate of a claim and its arguments, by tags, affixes and the names and values around it.

A phrase whose part in the predicate is unsure is left out, and so are arguments that the clause does not name.
"""

from __future__ import annotations

from service.pipeline.annotations import Argument, Document, Predicate, Span, Value
from service.pipeline.claims.clauses import ADVERBIAL, NOMINAL, Clause, Marks
from service.pipeline.claims.lexicon import Knowledge

_HEADS = frozenset({"NOUN", "PROPN", "NUM", "PRON", "SYM"})
_MOMENTS = frozenset({"date", "time"})
_AMOUNTS = frozenset({"money", "percent", "measure"})
_WHO = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_WHERE = frozenset({"GPE", "LOC", "FAC"})
_COARSE = frozenset({"year", "decade"})
_TIMES = _MOMENTS | {"duration"}
_LINKED = NOMINAL | {"CCONJ", "ADP"}


def find_predicate(
    document: Document, bounds: tuple[int, int], marks: Marks, knowledge: Knowledge
) -> tuple[Predicate | None, tuple[Argument, ...]]:
    """The main predicate of the claim at tokens ``bounds`` and its arguments in text order; ``None`` and nothing where
    it is unsure or where the document has no tags."""
    if not document.tags:
        return None, ()
    clause = _Reading(document, bounds, marks, knowledge)
    found = clause.predicate()
    if found is None:
        return None, ()
    word = clause.words[found]
    root = knowledge.morphology.stem(word)
    voice = clause.voice(found, root)
    arguments = sorted(clause.arguments(found, voice), key=lambda argument: (argument.span, argument.role))
    token = clause.tokens[found]
    return Predicate(Span(token.start, token.end), root, voice), tuple(arguments)


class _Reading(Clause):
    """A clause with the phrases around its predicate."""

    def arguments(self, i: int, voice: str | None) -> list[Argument]:
        """What surely belongs to the predicate at ``i``."""
        found: list[Argument | None] = []
        bare = i - 1 if voice == "passive" and not self.words[i].startswith(self._data.voice.passive) else None
        start = i if bare is None else bare
        while start > self._first and (
            self.tags[start - 1] in ADVERBIAL
            or (self.words[start - 1] in self._data.light and self._is_verb(start - 1))
        ):
            start -= 1
        subject = self._subject(start)
        if bare is not None:
            found.append(self._argument("agent", bare, bare + 1))
        if subject is not None:
            role = {"active": "agent", "passive": "patient"}.get(voice or "", "subject")
            found.append(self._argument(role, *subject))
        found += self._adjuncts(self._first, subject[0] if subject else start, False)
        end = i + 1
        behind = self._behind(i, voice, subject is None) if bare is None else None
        if behind is not None:
            found.append(behind[0])
            end = behind[1]
        found += self._adjuncts(end, self._last, True)
        return [argument for argument in found if argument is not None]

    def _subject(self, end: int) -> tuple[int, int] | None:
        """The noun phrase that ends in front of ``end``, what stands before the predicate aside."""
        commas = [i for i in range(self._first, end) if self.words[i] == ","]
        parts = list(zip([self._first, *(i + 1 for i in commas)], [*commas, end], strict=True))
        while parts and not self._opens_phrase(*parts[0]):
            first, last = parts.pop(0)
            moment = first + 1 if first < last and self.words[first] in self._data.times else first
            if not parts and moment in self._values and self._opens_phrase(self._values[moment][0], last):
                parts = [(self._values[moment][0], last)]
        if not parts or (len(parts) > 1 and parts[-1][0] < parts[-1][1]) or len(parts) > 3:
            return None
        first, last = parts[0]
        for begin, (stop, value) in self._values.items():
            if stop == last and begin > first and value.kind in _TIMES:
                last = begin - (self.words[begin - 1] in self._data.times)
        while last > first and self.tags[last - 1] in ADVERBIAL:
            last -= 1
        return (first, last) if first < last and self._is_phrase(first, last) else None

    def _opens_phrase(self, first: int, last: int) -> bool:
        if first >= last or (first in self._values and self._values[first][1].kind in _MOMENTS):
            return False
        if self.words[first] in self._data.openers or first in self._names:
            return True
        word = self.words[first]
        return self.tags[first] in _HEADS and word not in self._relative and word not in self._data.never

    def _is_phrase(self, first: int, last: int) -> bool:
        """Whether the tokens hold one noun phrase, relative clauses and attributes included."""
        relative = next((i for i in range(first, last) if self.words[i] in self._relative), last)
        pronouns = [i for i in range(first + 1, relative) if self.words[i] in self._data.pronouns]
        if any(self.tags[i - 1] not in ("NOUN", "ADP", "CCONJ") for i in pronouns):
            return False
        if self.tags[relative - 1] in ("ADP", "CCONJ"):
            return False
        i = first
        while i < relative:
            if i in self._names:
                i = max(i + 1, self._names[i][0])
                continue
            opening = self.words[i] in self._data.openers
            if not opening and i not in self._values and self.tags[i] not in _LINKED:
                return False
            i += 1
        return True

    def _behind(self, i: int, voice: str | None, bare: bool) -> tuple[Argument | None, int] | None:
        """The argument right behind the predicate at ``i``, and where it ends."""
        at, data = i + 1, self._data
        if at >= self._last:
            return None
        if voice == "passive":
            if self.words[at] in data.by:
                at, sure = at + 1, True
            else:
                who = self._names.get(at)
                sure = (who is not None and who[1].type in _WHO) or self.words[at] in self._officials
                sure = sure and self.words[i] not in data.named
            role = "agent"
        elif voice == "active":
            role, sure = "patient", True
            while at < self._last and self.tags[at] == "ADJ":
                at += 1
        else:
            role, sure = "subject", bare and self.words[i] in data.existentials
        end = self._phrase_end(at) if sure else None
        return (self._argument(role, at, end), end) if end is not None else None

    def _phrase_end(self, at: int) -> int | None:
        """Where the noun phrase at ``at`` ends; None where there is none, or where it is the subject of a clause."""
        value = self._values.get(at)
        if at >= self._last or (value is not None and value[1].kind != "quantity"):
            return None
        end = at
        while end < self._last:
            if end in self._names:
                end = max(end + 1, self._names[end][0])
            elif end in self._values and self._values[end][1].kind in _MOMENTS:
                break
            elif end in self._values or (end == at and self.words[end] in self._data.openers):
                end = max(end + 1, self._values[end][0] if end in self._values else 0)
            elif self.words[end] in self._data.closers:
                end += 1
                break
            elif self._continues(at, end):
                end += 1
            else:
                break
        if end == at or not any(self.tags[i] in _HEADS for i in range(at, end)):
            return None
        if end < self._last and (self._leads(end) or self.tags[end] in ("AUX", "PART", "CCONJ")):
            return None
        return end

    def _continues(self, at: int, i: int) -> bool:
        """Whether the word at ``i`` goes on with the noun phrase that begins at ``at``."""
        if self.tags[i] == "CCONJ":
            return at < i < self._last - 1 and self.tags[i + 1] in _HEADS
        return self.tags[i] in NOMINAL and self.words[i] not in self._relative

    def _adjuncts(self, first: int, last: int, behind: bool) -> list[Argument | None]:
        """Times, places and amounts from ``first`` on, up to where something else than an adjunct stands."""
        found: list[Argument | None] = []
        i = first
        while i < last:
            word = self.words[i]
            value = self._values.get(i)
            places = next((role for role, words in self._data.places.items() if word in words), None)
            if value is not None and (role := self._role(i, value[1], i == first and behind)):
                found.append(self._argument(role, i, value[0]))
                i = value[0]
            elif places is not None:
                end = self._place_end(i + 1, places)
                if end is not None and end <= last:
                    found.append(self._argument(places, i + 1, end))
                elif behind:
                    break
                i = end or i + 1
            elif word in self._data.times and i + 1 in self._values:
                i += 1
            elif behind and i > first and self.words[i - 1] == "," and self._is_place(i):
                i = self._names[i][0]
            elif word in self._relative or (behind and self.tags[i] != "ADV" and word != ","):
                break
            else:
                i += 1
        return found

    def _role(self, i: int, value: Value, close: bool) -> str | None:
        if value.kind in _MOMENTS:
            led = i > 0 and self.words[i - 1] in self._data.times
            return "time" if led or value.grain not in _COARSE else None
        if value.kind == "duration":
            return "time" if i > 0 and self.words[i - 1] in self._data.times else None
        return "quantity" if close and value.kind in _AMOUNTS else None

    def _is_place(self, i: int) -> bool:
        return i in self._names and self._names[i][1].type in _WHERE and self._names[i][0] > i

    def _place_end(self, at: int, role: str) -> int | None:
        if (
            at >= self._last
            or self.words[at] in self._data.not_places
            or (at in self._values and self._values[at][1].kind != "quantity")
        ):
            return None
        named = self._names.get(at)
        if named is not None:
            return named[0] if named[1].type in _WHERE else None
        end = self._phrase_end(at)
        if end is None:
            return None
        inner = [entity.type for i, (_, entity) in self._names.items() if at <= i < end]
        return end if any(kind in _WHERE for kind in inner) or (role == "place" and not inner) else None

    def _argument(self, role: str, first: int, last: int) -> Argument | None:
        """The tokens ``first:last`` as an argument; None where something left out of the clause parts them."""
        if self._places[first] < self._gap < self._places[last - 1]:
            return None
        entity = next(
            (
                entity.id
                for i, (end, entity) in self._names.items()
                if end == last
                and (
                    i == first
                    or (entity.type == "PERSON" and first < i and self._officials.issuperset(self.words[first:i]))
                )
            ),
            None,
        )
        value = self._values.get(first)
        stated = value[1].id if value is not None and value[0] <= last else None
        return Argument(role, Span(self.tokens[first].start, self.tokens[last - 1].end), entity, stated)
