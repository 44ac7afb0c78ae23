"""Counted and measured things as propositions: what is counted, what became of it, where, when, and of which total.

Each number in an article becomes a :class:`Quantity`: the class of the counted noun, its modifiers, the predicate
that the number belongs to (its *focus*), and the bounds that make two numbers incomparable (a share of a total, an
addition, a plan, another place or period). Without a parser the focus is the nearest predicate behind the noun phrase,
else in front of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.pipeline.alignment.clauses import Clause, Term
from service.pipeline.alignment.lexicon import Lexicon, Phrases
from service.pipeline.alignment.reading import Amount, Mention, Reading
from service.pipeline.annotations import Claim, Span, Value

AGE = "@age"
MEASURES = frozenset({"money", "percent", "measure", "duration"})
TIMES = frozenset({"date", "time"})
PLACE_TYPES = frozenset({"GPE", "LOC", "FAC"})
_NAMED_THINGS = frozenset({"GPE", "LOC", "FAC", "PRODUCT", "EVENT"})
_ASIDE = frozenset({"(", ","})
_CLOCK = re.compile(r"(\d{1,2})[.:](\d{2})")
_MARKS = frozenset(",;:.!?—–()")
_REACH = 8
_RANK = {"status": 1, "measure": 2}


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number with what it is about.

    ``head``: concept of the counted noun, or the kind and base unit of a measure. ``focus``: the predicate or
    attribute that it belongs to; ``foci``: all that may be it. ``part``: the words that make it a share or an
    addition. ``places``: names of where. ``parties``: names of who. ``period``: first and last day, where stated.
    """

    clause: Clause
    amount: Amount
    head: str
    modifiers: frozenset[str]
    names: frozenset[str]
    objects: frozenset[str]
    focus: Term | None
    foci: frozenset[str]
    context: frozenset[str]
    grade: str | None
    part: str | None
    planned: bool
    negated: bool
    places: tuple[str, ...]
    parties: frozenset[str]
    persons: frozenset[str]
    period: tuple[str, str] | None
    since: bool
    as_of: str | None
    settled: bool
    growing: bool
    retracted: bool
    claim: Claim | None
    evidence: Span

    @property
    def value(self) -> Value:
        return self.amount.value

    @property
    def reading(self) -> Reading:
        return self.clause.reading


def quantities(clauses: Sequence[Clause], lexicon: Lexicon) -> list[Quantity]:
    """The quantities of one article's ``clauses``, in order."""
    found = []
    for clause in clauses:
        for amount in clause.amounts:
            if amount.value.kind not in ("date", "time"):
                quantity = _quantity(clause, amount, clauses, lexicon)
                if quantity is not None:
                    found.append(quantity)
    return found


def _quantity(clause: Clause, amount: Amount, clauses: Sequence[Clause], lexicon: Lexicon) -> Quantity | None:
    reading = clause.reading
    head, inner = _head(amount, reading, lexicon)
    if not head:
        return None
    owner = _owner(amount, reading) if amount.value.kind == "duration" else None
    head = _subject(clause, amount, lexicon) or head if lexicon.is_generic(head) else head
    phrase_end, modifiers, names = _noun_phrase(clause, amount, lexicon)
    modifiers |= inner
    measured = amount.value.kind in MEASURES
    focus, foci = _foci(clause, amount, phrase_end, measured, clauses, lexicon)
    if lexicon.is_status(head):
        focus, foci = None, foci | {head}
    if owner is not None:
        focus, foci = Term(amount.first, AGE, False), {AGE}
    places = tuple(dict.fromkeys(m.name for m in _sentence_mentions(clause, amount) if is_place(reading, m, lexicon)))
    in_clause = [m for m in clause.mentions if m.name not in names]
    parties = frozenset(m.name for m in in_clause if not is_place(reading, m, lexicon))
    if owner is not None:
        parties = frozenset({owner.name})
    words = list(clause.words())
    first = focus.index if focus is not None and amount.first - _REACH - 4 <= focus.index < amount.first else amount.first
    last = max(phrase_end, focus.index + 1 if focus is not None and focus.index - phrase_end <= _REACH else 0)
    return Quantity(
        clause,
        amount,
        head,
        frozenset(modifiers),
        frozenset(names),
        frozenset(modifiers) | _objects(clause, focus, lexicon) if measured else frozenset(),
        focus,
        frozenset(foci),
        _context(clause, lexicon),
        _grade(reading, focus, amount, phrase_end, clause, lexicon),
        _part(clause, amount, phrase_end, clauses, lexicon),
        _is_planned(clause, amount, focus, clauses, lexicon),
        _is_negated(reading, focus, lexicon) if focus is not None else False,
        places,
        parties,
        parties & {m.name for m in reading.mentions if m.type == "PERSON"},
        period(clause, clauses, lexicon),
        _is_since(clause, lexicon),
        _as_of(clause, clauses, lexicon, amount),
        _contains(lexicon.settled, words),
        any(word in lexicon.growth for word in words),
        _is_retracted(clause, clauses, lexicon),
        reading.claim_at[amount.first],
        reading.span(min(first, amount.first), max(last, amount.last)),
    )


def _context(clause: Clause, lexicon: Lexicon) -> frozenset[str]:
    """The concepts of the clause, and the common nouns that open its names ("Sungai …")."""
    concepts = {term.concept for term in clause.terms}
    return frozenset(concepts | generic_heads(clause, lexicon))


def generic_heads(clause: Clause, lexicon: Lexicon) -> set[str]:
    """The common nouns that open the names of places and things ("Sungai …")."""
    found = set()
    for mention in clause.mentions:
        if mention.last - mention.first > 1 and mention.type in _NAMED_THINGS:
            word = clause.reading.words[mention.first]
            concept = lexicon.concept(word)
            if concept.startswith("@") or word in lexicon.roots:
                found.add(concept)
    return found


def _subject(clause: Clause, amount: Amount, lexicon: Lexicon) -> str | None:
    """The class of people that a bare number of persons counts: the subject in "jemaah … berjumlah 388 orang"."""
    reading = clause.reading
    near = reading.words[max(clause.first, amount.first - 3) : amount.first]
    if not any(word in lexicon.counts for word in near):
        return None
    for term in clause.terms:
        if term.index >= amount.first:
            break
        if lexicon.broader(term.concept) == "@person":
            return term.concept
    return None


def _objects(clause: Clause, focus: Term | None, lexicon: Lexicon) -> frozenset[str]:
    """What an attribute is of: the nouns right behind it ("harga beras medium")."""
    found: set[str] = set()
    if focus is None or focus.verb:
        return frozenset()
    reading = clause.reading
    for index in range(focus.index + 1, min(focus.index + 5, clause.last)):
        concept, word = reading.concepts[index], reading.words[index]
        if reading.mention_at[index] is not None or reading.amount_at[index] is not None:
            break
        if word in lexicon.light and word not in lexicon.totals:
            if word in lexicon.quantifiers:
                continue
            break
        if not concept or reading.is_verb(index, lexicon):
            break
        found.add(concept)
    return frozenset(found)


def _owner(amount: Amount, reading: Reading) -> Mention | None:
    """The person whose age a number of years is: named right in front of it ("Siti (34)", "Siti, 34 tahun")."""
    for index in range(amount.first - 1, max(amount.first - 4, -1), -1):
        mention = reading.mention_at[index]
        if mention is not None:
            return mention if mention.type == "PERSON" else None
        if reading.words[index] not in _ASIDE:
            return None
    return None


def _head(amount: Amount, reading: Reading, lexicon: Lexicon) -> tuple[str, set[str]]:
    """The concept of what is counted and those of the other words of the unit."""
    value = amount.value
    if value.kind in MEASURES:
        return f"#{value.kind}:{value.base or value.unit or ''}", set()
    words = (value.unit or "").lower().split()
    if not words:
        return "", set()
    phrase = lexicon.phrases.match(words, 0)
    length, head = phrase if phrase else (1, lexicon.concept(words[0]))
    return head, {lexicon.concept(word) for word in words[length:] if word not in lexicon.light}


def _noun_phrase(clause: Clause, amount: Amount, lexicon: Lexicon) -> tuple[int, set[str], set[str]]:
    """Where the counted noun phrase ends, and the concepts and names that modify the noun."""
    reading = clause.reading
    modifiers: set[str] = set()
    names: set[str] = set()
    index = amount.last
    while index < clause.last:
        mention = reading.mention_at[index]
        if mention is not None:
            if not reading.frame[index]:
                names.add(mention.name)
            index = mention.last
            continue
        word, concept = reading.words[index], reading.concepts[index]
        plain = concept and word not in lexicon.light and reading.amount_at[index] is None
        if not plain or reading.is_verb(index, lexicon) or reading.frame[index]:
            break
        modifiers.add(concept)
        index += 1
    return index, modifiers, names


def _foci(
    clause: Clause, amount: Amount, phrase_end: int, measured: bool, clauses: Sequence[Clause], lexicon: Lexicon
) -> tuple[Term | None, set[str]]:
    foci: set[str] = set()
    main = None if measured else _behind(clause, phrase_end, foci, lexicon)
    relative = bool(foci) and not measured
    if main is None:
        main = _in_front(clause, amount.first, set() if relative else foci, measured, lexicon)
        if relative and main is not None and amount.first - main.index > 2:
            return None, foci
    if main is None and not relative and clause.number > 0:
        previous = clauses[clause.number - 1]
        if previous.sentence == clause.sentence and previous.last == clause.first:
            main = _in_front(previous, previous.last, foci, measured, lexicon)
    if main is None and not foci and any(word in lexicon.totals for word in clause.words()):
        main = _subject_before(clause, clauses, lexicon)
    if main is None and measured:
        main = _behind(clause, phrase_end, foci, lexicon)
    if main is not None:
        foci.add(main.concept)
    return main, foci


def _behind(clause: Clause, start: int, foci: set[str], lexicon: Lexicon) -> Term | None:
    """The predicate behind a noun phrase that ends at ``start``; predicates of relative clauses only join ``foci``.

    Behind a relative clause the search goes on to the end of the sentence, for a predicate with an auxiliary.
    """
    reading = clause.reading
    relative = passed = False
    index = start
    while index < min(clause.sentence.last, start + 3 * _REACH):
        if index >= clause.last and not passed:
            return None
        word = reading.words[index]
        amount = reading.amount_at[index]
        if amount is not None:
            previous = reading.words[index - 1]
            joined = previous in lexicon.scopes.conjunctions or previous in lexicon.preposition
            if not joined and amount.value.kind not in TIMES:
                return None
            _unit_statuses(amount, reading, foci, lexicon)
            index = amount.last
            continue
        if word in _MARKS and reading.mention_at[index] is None:
            return None
        relative = relative or lexicon.opener.get(word) == "relative"
        if reading.mention_at[index] is None and not reading.frame[index]:
            concept = reading.concepts[index]
            role = lexicon.is_status(concept) and reading.words[index - 1] in lexicon.copulas
            if role or reading.is_verb(index, lexicon):
                if not relative and (not passed or reading.words[index - 1] in lexicon.light - set(lexicon.opener)):
                    return Term(index, concept, True)
                foci.add(concept)
                passed, relative = passed or relative, False
        index += 1
    return None


def _subject_before(clause: Clause, clauses: Sequence[Clause], lexicon: Lexicon) -> Term | None:
    """The first status that the sentence before speaks of: what "in all" refers to."""
    for previous in clauses[max(clause.number - 3, 0) : clause.number]:
        if previous.sentence.last == clause.sentence.first:
            for term in previous.terms:
                if lexicon.is_status(term.concept):
                    return Term(clause.first, term.concept, False)
    return None


def _unit_statuses(amount: Amount, reading: Reading, foci: set[str], lexicon: Lexicon) -> None:
    for index in range(amount.first + 1, amount.last):
        if lexicon.is_status(reading.concepts[index]):
            foci.add(reading.concepts[index])


def _in_front(clause: Clause, end: int, foci: set[str], measured: bool, lexicon: Lexicon) -> Term | None:
    """The nearest predicate (or, for measures, attribute) in front of token ``end``; all of them join ``foci``."""
    main: Term | None = None
    main_is_noun = False
    for term in reversed(clause.terms):
        if term.index >= end:
            continue
        kind = lexicon.kind(term.concept)
        if kind != "measure" and not term.verb and _modifies(clause.reading, term.index, lexicon):
            continue
        if measured and kind in ("measure", "status"):
            foci.add(term.concept)
            if main is None or _RANK.get(kind, 0) > _RANK.get(lexicon.kind(main.concept), 0):
                main = term
        elif term.verb or kind in ("status", "event"):
            foci.add(term.concept)
            if main is None or (main_is_noun and (term.verb or kind == "status")):
                main, main_is_noun = term, not (term.verb or kind == "status")
    return main


def _modifies(reading: Reading, index: int, lexicon: Lexicon) -> bool:
    """Whether a noun only tells which thing is meant ("kasus korupsi"): another noun stands right in front of it."""
    if index == 0 or reading.mention_at[index - 1] is not None or reading.amount_at[index - 1] is not None:
        return False
    concept, word = reading.concepts[index - 1], reading.words[index - 1]
    if not concept or word in lexicon.light or reading.is_verb(index - 1, lexicon):
        return False
    return concept != "@person"


def is_place(reading: Reading, mention: Mention, lexicon: Lexicon) -> bool:
    """Whether a name says where: a place behind a preposition of place, or in a chain of places behind one."""
    if mention.type not in PLACE_TYPES:
        return False
    index = mention.first - 1
    for _ in range(_REACH):
        if index < 0:
            return False
        other = reading.mention_at[index]
        word = reading.words[index]
        if lexicon.preposition.get(word) in ("at", "to", "from"):
            return True
        if other is not None and other.type in PLACE_TYPES:
            index = other.first - 1
            continue
        if word == "," and index > 0 and reading.mention_at[index - 1] is not None:
            index -= 1
            continue
        if word in lexicon.place_nouns:
            index -= 1
            continue
        return False
    return False


def _sentence_mentions(clause: Clause, amount: Amount) -> list[Mention]:
    """The names of the sentence up to the end of the clause, without those that stand behind a later number."""
    reading = clause.reading
    others = [other.first for other in clause.amounts if other.value.kind not in TIMES and other.first > amount.first]
    end = min([*others, clause.last])
    found: list[Mention] = []
    for index in range(clause.sentence.first, end):
        mention = reading.mention_at[index]
        if mention is not None and not reading.frame[index] and (not found or found[-1] is not mention):
            found.append(mention)
    return found


def _grade(
    reading: Reading, focus: Term | None, amount: Amount, phrase_end: int, clause: Clause, lexicon: Lexicon
) -> str | None:
    """The grade of damage or injury that stands with the focus or in the noun phrase."""
    near = list(range(amount.first, min(phrase_end + 1, clause.last)))
    if focus is not None:
        near += [i for i in range(focus.index, min(focus.index + 3, clause.last))]
    for index in near:
        follows = index + 1 < clause.last and reading.is_verb(index + 1, lexicon)
        if reading.words[index] in lexicon.severity and not follows:
            return lexicon.severity[reading.words[index]]
    return None


def _contains(phrases: Phrases, words: list[str]) -> bool:
    return any(phrases.match(words, index) for index in range(len(words)))


def _part(
    clause: Clause, amount: Amount, phrase_end: int, clauses: Sequence[Clause], lexicon: Lexicon
) -> str | None:
    """The words that make the number a share of another, an addition to it, or a difference; None for a plain one."""
    reading = clause.reading
    before = clause.before(amount.first)
    behind = list(reading.words[phrase_end : min(phrase_end + 3, clause.last)])
    for words, phrases in ((before, lexicon.parts), (behind, lexicon.parts_behind)):
        for index in range(len(words)):
            match = phrases.match(words, index)
            if match:
                return match[1]
    if behind and behind[0] in lexicon.rates:
        return behind[0]
    near = [*before[-2:], *reading.words[amount.first : min(phrase_end + 1, clause.last)]]
    for word in near:
        if word in lexicon.additions:
            return word
    opening = next((word for word in before if word.isalpha()), "")
    if opening in lexicon.additions:
        return opening
    share = _share_of_stated_total(clause, amount, clauses, lexicon)
    return share or _difference(before, lexicon)


def _share_of_stated_total(
    clause: Clause, amount: Amount, clauses: Sequence[Clause], lexicon: Lexicon
) -> str | None:
    """Whether the sentence opens with "of <number>", and the number in question is another one."""
    reading = clause.reading
    first = clause.sentence.first
    while first < amount.first and not reading.words[first].isalpha():
        first += 1
    if lexicon.preposition.get(reading.words[first]) != "from":
        return None
    opening = reading.amount_at[min(first + 1, len(reading.words) - 1)]
    return reading.words[first] if opening is not None and opening is not amount else None


def _difference(before: list[str], lexicon: Lexicon) -> str | None:
    """The verb of change that directly governs the number."""
    for word in reversed(before[-4:]):
        if word in lexicon.results:
            return None
        if word in lexicon.deltas:
            return word
        if word not in lexicon.light:
            return None
    return None


def _is_planned(
    clause: Clause, amount: Amount, focus: Term | None, clauses: Sequence[Clause], lexicon: Lexicon
) -> bool:
    end = focus.index if focus is not None else amount.first
    words = clause.before(end)[-4:]
    if clause.relation == "purpose" and clause.number > 0:
        words = list(clauses[clause.number - 1].words()[-4:]) + words
    return any(word in lexicon.planned for word in words)


def _is_negated(reading: Reading, term: Term, lexicon: Lexicon) -> bool:
    return negator(reading, term.index, lexicon) is not None


def negator(reading: Reading, index: int, lexicon: Lexicon, reach: int = 5) -> int | None:
    """The token of the negation that governs the token at ``index``; only function words, auxiliaries and verbs that
    carry the noun behind them may stand between."""
    for position in range(index - 1, max(index - 1 - reach, -1), -1):
        word = reading.words[position]
        if word in lexicon.negators:
            words = list(reading.words[position : position + 4])
            return None if lexicon.pseudo_negations.match(words, 0) else position
        if word in _MARKS or reading.mention_at[position] is not None:
            return None
        if not (word in lexicon.light or word in lexicon.support_verbs or lexicon.is_auxiliary(word)):
            return None
    return None


def period(clause: Clause, clauses: Sequence[Clause], lexicon: Lexicon) -> tuple[str, str] | None:
    """First and last day of the time that the clause states, or that its sentence points back to."""
    for amount in clause.amounts:
        days = days_of(amount.value)
        if days and not clause.reading.frame[amount.first] and not _is_attribute(clause, amount, lexicon):
            return days
    words = list(clause.words())
    if _contains(lexicon.anaphoric_times, words):
        for previous in reversed(clauses[: clause.number]):
            if previous.sentence.first < clause.sentence.first - 60:
                break
            for amount in reversed(previous.amounts):
                days = days_of(amount.value)
                if days:
                    return days
    return None


def _is_attribute(clause: Clause, amount: Amount, lexicon: Lexicon) -> bool:
    """Whether a time only tells which thing is meant ("anggaran 2023"): it stands right behind a noun."""
    index = amount.first - 1
    if index < clause.first or clause.reading.mention_at[index] is not None:
        return False
    concept, word = clause.reading.concepts[index], clause.reading.words[index]
    return bool(concept) and word not in lexicon.light | lexicon.spans and not clause.reading.is_verb(index, lexicon)


def _is_retracted(clause: Clause, clauses: Sequence[Clause], lexicon: Lexicon) -> bool:
    """Whether the next sentence opens as a correction does ("Yang benar, …")."""
    following = next((c for c in clauses[clause.number + 1 :] if c.sentence.first >= clause.sentence.last), None)
    return following is not None and lexicon.corrections.match(list(following.words()[:4]), 0) is not None


def _is_since(clause: Clause, lexicon: Lexicon) -> bool:
    """Whether the stated time is where the count begins, so that it reaches to the present."""
    reading = clause.reading
    for amount in clause.amounts:
        if amount.value.kind in TIMES:
            return any(word in lexicon.since for word in reading.words[max(amount.first - 2, 0) : amount.first + 1])
    return False


def days_of(value: Value) -> tuple[str, str] | None:
    """First and last day of a dated value, as ISO dates."""
    if value.kind not in ("date", "time"):
        return None
    first, last = value.from_ or value.to, value.to or value.from_
    return (first[:10], last[:10]) if first and last else None


def _as_of(clause: Clause, clauses: Sequence[Clause], lexicon: Lexicon, counted: Amount) -> str | None:
    """The time that a number holds for: a date behind "per" or "hingga" with the part of the day beside it, else the
    day that the clause states or points back to, else the time of publication. ISO, a day or a clock time."""
    reading = clause.reading
    published = reading.document.article.published_at
    moment = published.strftime("%Y-%m-%dT%H:%M") if published else None
    for amount in clause.amounts:
        days = days_of(amount.value)
        words = list(reading.words[max(clause.sentence.first, amount.first - 3) : amount.first])
        if days and any(lexicon.as_of.match(words, i) for i in range(len(words))):
            if moment and days[1] > moment[:10]:
                break
            clock = _clock(reading, amount, lexicon)
            return f"{days[1]}T{clock}" if clock else moment if moment and moment.startswith(days[1]) else days[1]
    stated = period(clause, clauses, lexicon)
    if stated and stated[0] == stated[1] and moment and stated[1] < moment[:10] and not _is_since(clause, lexicon):
        return stated[1]
    return moment


def _clock(reading: Reading, amount: Amount, lexicon: Lexicon) -> str | None:
    """The clock time that stands with a date: its own, a time beside it, or a part of the day."""
    if amount.value.to and "T" in amount.value.to:
        return amount.value.to[11:16]
    for index in range(amount.first, min(amount.last + 4, len(reading.words))):
        other = reading.amount_at[index]
        if other is not None and other.value.kind == "time" and other.value.to and "T" in other.value.to:
            return other.value.to[11:16]
        clock = _CLOCK.fullmatch(reading.words[index])
        if clock and int(clock[1]) < 24 and int(clock[2]) < 60:
            return f"{int(clock[1]):02d}:{clock[2]}"
        if reading.words[index] in lexicon.scopes.hours:
            return lexicon.scopes.hours[reading.words[index]]
    return None
