"""What statements are about, in the articles' words: the noun counted or measured, what two quotations share.

Works on the tokens and concepts of a reading; nothing is made up, only cut out.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Sequence, Set

from service.pipeline.alignment.events import Event
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.quantities.propositions import Quantity
from service.pipeline.alignment.reading import Reading
from service.pipeline.conflicts.findings import Finding, Statement

_PHRASE = 5
_BEFORE, _BEHIND = 3, 5
_RUN = 12
_LEAST_RUN = 2
_KEPT_NAMES = 2_048
_THINGS = frozenset({"PRODUCT", "ORG", "EVENT", "LAW", "NORP"})
_WHERE = frozenset({"GPE", "FAC", "ORG"})


def quantities_of(finding: Finding) -> list[Quantity]:
    """The quantities behind the statements of ``finding``, in order."""
    return [s.about for position in finding.positions for s in position if isinstance(s.about, Quantity)]


def events_of(finding: Finding) -> list[Event]:
    """The events behind the statements of ``finding``, in order."""
    return [s.about for position in finding.positions for s in position if isinstance(s.about, Event)]


def around(event: Event) -> str:
    """The predicate with a few words of its clause on both sides, without marks at the ends."""
    reading, clause = event.reading, event.clause
    first, last = max(clause.first, event.term.index - _BEFORE), min(clause.last, event.term.index + _BEHIND)
    while first < event.term.index and not reading.words[first][0].isalnum():
        first += 1
    while last - 1 > event.term.index and not reading.words[last - 1][0].isalnum():
        last -= 1
    return " ".join(reading.document.text_of(reading.span(first, last)).split())


def counted_noun(quantities: Sequence[Quantity], lexicon: Lexicon) -> tuple[str, str]:
    """The concept and the words of what most of ``quantities`` count; special nouns win over general ones."""
    counts = Counter((q.head, _plain(q.value.unit)) for q in quantities if q.value.unit)
    if not counts:
        return "", ""
    (head, words), _ = min(counts.items(), key=lambda item: (lexicon.is_generic(item[0][0]), -item[1], item[0]))
    return head, words


def _plain(unit: str) -> str:
    """A counted noun in small letters, an abbreviation as it is."""
    return " ".join(word if word.isupper() else word.lower() for word in unit.split())


def status(quantities: Sequence[Quantity], lexicon: Lexicon) -> str | None:
    """The concept of what became of the counted: the status that most of ``quantities`` have."""
    counts = Counter(found for q in quantities if (found := q.slot.status) is not None)
    return min(counts, key=lambda concept: (-counts[concept], concept)) if counts else None


def grade(quantities: Sequence[Quantity]) -> str | None:
    """How badly, where all say it alike."""
    grades = {q.grade for q in quantities}
    return grades.pop() if len(grades) == 1 else None


def attribute(quantities: Sequence[Quantity]) -> str | None:
    """The concept of what is measured: the focus that most of ``quantities`` have."""
    counts = Counter(q.focus.concept for q in quantities if q.focus is not None)
    return min(counts, key=lambda concept: (-counts[concept], concept)) if counts else None


def measured(quantities: Sequence[Quantity], lexicon: Lexicon) -> str | None:
    """The longest noun phrase by which the articles name what is measured ("ketinggian air")."""
    phrases = []
    for quantity in quantities:
        focus = quantity.focus
        if focus is not None and not focus.verb and focus.index < len(quantity.reading.words):
            phrases.append(noun_phrase(quantity.reading, focus.index, lexicon))
    return max(phrases, key=lambda phrase: (len(phrase.split()), phrase)) if phrases else None


def noun_phrase(reading: Reading, index: int, lexicon: Lexicon) -> str:
    """The nouns from token ``index`` on, up to the first predicate, number, mark or function word."""
    last = index + 1
    while last < min(index + _PHRASE, len(reading.words)):
        mention = reading.mention_at[last]
        if mention is not None:
            last = mention.last
            break
        plain = reading.concepts[last] and reading.words[last] not in lexicon.light and not reading.amount_at[last]
        if not plain or reading.is_verb(last, lexicon):
            break
        last += 1
    span = reading.span(index, last)
    text = " ".join(reading.document.text_of(span).split())
    return text if reading.mention_at[index] else text[:1].lower() + text[1:]


def shared_names(finding: Finding, lexicon: Lexicon) -> list[str]:
    """The names that the statements share: people, else things and bodies, else small places."""
    names: list[str] = []
    for name in finding.names:
        words = _words_of(name)
        if name and not any(words <= _words_of(known) for known in names):
            names.append(name)
    if not names:
        return names
    kinds = _types(finding, names)
    tiers = (frozenset({"PERSON"}), _THINGS, frozenset({"FAC", "LOC"}))
    ranked = ([name for name in names if kinds.get(name) in tier] for tier in tiers)
    return next((found for found in ranked if found), names)


@functools.lru_cache(maxsize=_KEPT_NAMES)
def _words_of(name: str) -> frozenset[str]:
    """The words of a name, of one with a hyphen the first part."""
    return frozenset(word.partition("-")[0] for word in name.lower().split())


def are_places(finding: Finding, names: Sequence[str]) -> bool:
    """Whether all of ``names`` are of regions, countries or buildings, or of bodies: where or by whom, not what."""
    kinds = _types(finding, names)
    return all(kinds.get(name) in _WHERE for name in names)


def _types(finding: Finding, names: Sequence[str]) -> dict[str, str]:
    """The types of ``names`` in the first article of the finding that mentions each."""
    readings = {s.reading.order: s.reading for position in finding.positions for s in position}
    kinds: dict[str, str] = {}
    for order in sorted(readings):
        known = readings[order].kinds
        for name in names:
            if name in known:
                kinds.setdefault(name, known[name])
    return kinds


def subject_phrase(event: Event, names: Sequence[str], things: Set[str], lexicon: Lexicon) -> str | None:
    """A name of ``names`` in the event's clause, with the noun of ``things`` that it stands behind ("tanggul Sungai
    Jragung")."""
    reading = event.reading
    for mention in event.clause.mentions:
        if mention.name not in names:
            continue
        first = mention.first
        before = first - 1
        if before >= event.clause.first and reading.concepts[before] in things and _is_noun(reading, before, lexicon):
            first = before
        text = " ".join(reading.document.text_of(reading.span(first, mention.last)).split())
        return text if first == mention.first else text[:1].lower() + text[1:]
    return None


def object_phrase(event: Event, lexicon: Lexicon) -> str | None:
    """The noun phrase right behind the event's predicate ("imbalan")."""
    reading, clause = event.reading, event.clause
    for term in clause.terms:
        if term.index > event.term.index and term.concept == event.target:
            between = reading.words[event.term.index + 1 : term.index]
            close = all(word in lexicon.light and word not in lexicon.preposition for word in between)
            found = close and _is_noun(reading, term.index, lexicon)
            return noun_phrase(reading, term.index, lexicon) if found else None
    return None


def shared_things(finding: Finding) -> frozenset[str]:
    """The concepts that the statements share."""
    return frozenset(r.partition(":")[2] for r in finding.reasons if r.startswith("thing:"))


def _is_noun(reading: Reading, index: int, lexicon: Lexicon) -> bool:
    return (
        bool(reading.concepts[index])
        and reading.words[index] not in lexicon.light
        and (
            reading.mention_at[index] is None
            and reading.amount_at[index] is None
            and not reading.is_verb(index, lexicon)
            and lexicon.preposition.get(reading.words[index]) is None
        )
    )


def nominal_phrase(statements: Sequence[Statement], concept: str, lexicon: Lexicon) -> str | None:
    """The first noun phrase of several words in the statements that names ``concept`` ("penyerahan ruas tanggul")."""
    for statement in statements:
        reading = statement.reading
        first, last = reading.tokens_in(statement.span)
        for index in range(first, last):
            if reading.concepts[index] == concept and _is_noun(reading, index, lexicon):
                phrase = noun_phrase(reading, index, lexicon)
                if " " in phrase:
                    return phrase
    return None


def holds_figure(statement: Statement) -> bool:
    """Whether the words of a statement hold a number that is no date."""
    first, last = statement.reading.tokens_in(statement.span)
    amounts = (statement.reading.amount_at[index] for index in range(first, last))
    return any(amount is not None and amount.value.kind not in ("date", "time") for amount in amounts)


def opens_sentence(quantity: Quantity) -> bool:
    """Whether the number stands first in its sentence or quotation, where a word is written with a large letter."""
    reading, first = quantity.reading, quantity.amount.first
    return first == quantity.clause.sentence.first or not reading.words[first - 1][0].isalnum()


def shared_run(statements: Sequence[Statement], lexicon: Lexicon, whole: bool = False) -> str | None:
    """The longest sequence of words that stands in the first statement and in another, without function words at its
    ends unless ``whole``; at most a dozen words, as the first statement has them."""
    first = statements[0]
    start, end = first.reading.tokens_in(first.span)
    words = first.reading.words[start:end]
    best: tuple[int, int] = (0, 0)
    for other in statements[1:]:
        low, high = other.reading.tokens_in(other.span)
        found = _longest_run(words, other.reading.words[low:high])
        best = max(best, found, key=lambda run: run[1] - run[0])
    left, right = best[0], min(best[1], best[0] + _RUN)

    def is_empty(index: int) -> bool:
        return not words[index][0].isalnum() or (not whole and words[index] in lexicon.light)

    while left < right and is_empty(left):
        left += 1
    while right > left and is_empty(right - 1):
        right -= 1
    plain = (i for i in range(left, right) if words[i] not in lexicon.light)
    if right - left < _LEAST_RUN or all(first.reading.mention_at[start + i] for i in plain):
        return None
    return " ".join(first.reading.document.text_of(first.reading.span(start + left, start + right)).split())


def _longest_run(one: Sequence[str], other: Sequence[str]) -> tuple[int, int]:
    """Bounds in ``one`` of the longest sequence of words that ``other`` holds too."""
    lengths = [0] * (len(other) + 1)
    best, end = 0, 0
    for index, word in enumerate(one, 1):
        previous = 0
        for position, own in enumerate(other, 1):
            kept = lengths[position]
            lengths[position] = previous + 1 if own == word else 0
            previous = kept
            if lengths[position] > best:
                best, end = lengths[position], index
    return end - best, end
