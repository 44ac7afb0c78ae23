"""The units of a sentence: content words, names, numbers, words of scales and conditions, with what bears on each.

Function words are left out, negations are noted on the unit that they negate, dates and clock times count for nothing
(they are compared elsewhere). A negation reaches the next content word, four words ahead at most.
"""

from __future__ import annotations

import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from service.pipeline.annotations import Analysis, Span, Value
from service.pipeline.conflicts.utterances.language import Knowledge

_REACH = 4
_TEMPORAL = frozenset({"date", "time"})
CONTENT, NAME, NUMBER, SCALE, CONDITION = "content", "name", "number", "scale", "condition"


class Unit(msgspec.Struct, frozen=True):
    """A content word, name, number, scale word or condition: tokens ``token:last`` of the document.

    ``key`` is what makes two units the same: root, folded name, interval or class; ``surface`` its words in lower case.
    ``delayed``: negated by a "not yet". ``enumeration`` numbers the list that it is a member of (-1: none). ``label``
    is the kind of a name or number, ``value`` what a number was read as.
    """

    kind: str
    key: str
    token: int
    last: int
    surface: str
    negated: bool = False
    delayed: bool = False
    quoted: bool = False
    verb: bool = False
    enumeration: int = -1
    label: str = ""
    value: Value | None = None


@dataclass(frozen=True, slots=True)
class Marks:
    """What the tokens of an article belong to: where tokens and sentences start, and names and values by their first
    token, with the token behind them."""

    starts: Sequence[int]
    sentences: Sequence[int]
    names: Mapping[int, tuple[int, str, str]]
    values: Mapping[int, tuple[int, Value]]

    def tokens(self, span: Span) -> tuple[int, int]:
        """The tokens that begin in ``span``."""
        return bisect.bisect_left(self.starts, span.start), bisect.bisect_left(self.starts, span.end)


def mark(analysis: Analysis) -> Marks:
    """Find the tokens of the names and values of an article."""
    names: dict[int, tuple[int, str, str]] = {}
    values: dict[int, tuple[int, Value]] = {}
    starts = [token.start for token in analysis.document.tokens]
    marks = Marks(starts, [sentence.start for sentence in analysis.document.sentences], names, values)
    for entity in analysis.entities:
        for mention in entity.mentions:
            first, last = marks.tokens(mention)
            if first < last:
                names[first] = (last, entity.name, entity.type)
    for value in analysis.values:
        first, last = marks.tokens(value.span)
        if first < last:
            values[first] = (last, value)
    return marks


def read_units(
    analysis: Analysis, first: int, last: int, quoted: Sequence[bool], marks: Marks, knowledge: Knowledge
) -> tuple[Unit, ...]:
    """The units of tokens ``first:last``; ``quoted`` tells of each of these tokens whether it is in quotation marks."""
    words = [token.lower for token in analysis.document.tokens[first:last]]
    pseudos = frozenset(knowledge.pseudo_negations.spots(words))
    units: list[Unit] = []
    negated = delayed = False
    since = 0
    i = 0
    while i < len(words):
        pseudo = knowledge.pseudo_negations.match(words, i) if i in pseudos else None
        if pseudo:
            i += pseudo[0]
            continue
        # "not all" is a word of a scale before it is a negation
        if words[i] in knowledge.words.negators and not knowledge.scales.match(words, i):
            delayed = words[i] in knowledge.words.delaying and (delayed or not negated)
            negated, since = True, i
            i += 1
            continue
        found, end = _meaning(analysis, words, i, first, marks, knowledge)
        if found is not None:
            applies = negated and found.kind == CONTENT and i - since <= _REACH
            units.append(
                Unit(
                    found.kind,
                    found.key,
                    first + i,
                    first + end,
                    " ".join(words[i:end]),
                    negated=applies,
                    delayed=applies and delayed,
                    quoted=quoted[i],
                    verb=found.verb,
                    label=found.label,
                    value=found.value,
                )
            )
            if found.kind == CONTENT:
                negated = delayed = False
        i = end
    return _with_enumerations(units, words, first, knowledge)


class _Meaning(NamedTuple):
    """What a unit is of, before what stands around it is known."""

    kind: str
    key: str
    label: str = ""
    verb: bool = False
    value: Value | None = None


def _meaning(
    analysis: Analysis, words: Sequence[str], i: int, first: int, marks: Marks, knowledge: Knowledge
) -> tuple[_Meaning | None, int]:
    """What the unit that begins at word ``i`` is of, and the word behind it; None for what carries nothing."""
    word, token = words[i], first + i
    if token in marks.values:
        behind, value = marks.values[token]
        if value.kind in _TEMPORAL:
            return None, behind - first
        if value.low is not None or value.high is not None:
            end = _behind_number(value, token, behind, marks) - first
            number = _Meaning(NUMBER, f"{value.low}–{value.high}", value.kind, value=value)
            return number, min(end, len(words))
    if token in marks.names:
        behind, name, kind = marks.names[token]
        return _Meaning(NAME, name.casefold(), kind), min(behind - first, len(words))
    scale = knowledge.scales.match(words, i)
    if scale:
        return _Meaning(SCALE, scale[1]), i + scale[0]
    if word in knowledge.words.conditions:
        return _Meaning(CONDITION, CONDITION), i + 1
    if not word[0].isalnum() or word in knowledge.words.function or word in knowledge.words.conjunctions:
        return None, i + 1
    if word[0].isdigit():
        return _Meaning(NUMBER, word), i + 1
    verb = _is_predicate(analysis, words, i, first, knowledge)
    return _Meaning(CONTENT, knowledge.root(word), verb=verb), i + 1


def _behind_number(value: Value, first: int, behind: int, marks: Marks) -> int:
    """The token behind the numeral; what is counted is read as a word of its own."""
    if value.number is not None:
        return max(first + 1, min(behind, marks.tokens(value.number)[1]))
    return max(first + 1, behind - len((value.unit or "").split()))


def _is_predicate(analysis: Analysis, words: Sequence[str], i: int, first: int, knowledge: Knowledge) -> bool:
    """Whether the word may be a predicate: by its tag, else by a verb's prefix or by what stands before it."""
    tags = analysis.document.tags
    if tags and tags[first + i] == "VERB":
        return True
    prefixed = words[i].startswith(knowledge.words.verb_prefixes) and knowledge.root(words[i]) != words[i]
    return (prefixed and not tags) or (i > 0 and words[i - 1] in knowledge.words.agents)


def _with_enumerations(
    units: Sequence[Unit], words: Sequence[str], first: int, knowledge: Knowledge
) -> tuple[Unit, ...]:
    """``units`` with the members of lists (``A, B, dan C``) numbered: single units between commas and a conjunction."""
    if knowledge.words.conjunctions.isdisjoint(words):
        return tuple(units)
    found = list(units)
    at = {unit.token - first: index for index, unit in enumerate(found)}
    ends = {unit.last - first: index for index, unit in enumerate(found)}
    number = 0
    for position, word in enumerate(words):
        if word in knowledge.words.conjunctions:
            members = _members(at, ends, words, position, found, first)
            if len(members) >= 2:
                for index in members:
                    found[index] = replace(found[index], enumeration=number)
                number += 1
    return tuple(found)


def _members(
    at: Mapping[int, int],
    ends: Mapping[int, int],
    words: Sequence[str],
    position: int,
    units: Sequence[Unit],
    first: int,
) -> list[int]:
    """The units of the list whose last member follows the conjunction at ``position``."""
    members = [at[position + 1]] if position + 1 in at else []
    end = position - 1 if position and words[position - 1] == "," else position
    while end in ends:
        members.append(ends[end])
        before = units[ends[end]].token - first
        if before < 1 or words[before - 1] != ",":
            break
        end = before - 1
    return members
