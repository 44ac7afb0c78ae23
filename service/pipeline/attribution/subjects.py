"""Who speaks, in front of the verb: the subject of a reporting verb."""

from __future__ import annotations

from collections.abc import Sequence

from service.pipeline.attribution.reading import DASHES, Reading, Unit
from service.pipeline.attribution.sources import Source, can_be_source

_FURTHEST = 90


def clause_start(reading: Reading, unit: Unit, i: int) -> int:
    """Where the clause that token ``i`` belongs to begins: behind a complementizer, a quotation, a semicolon."""
    grammar = reading.knowledge.grammar
    here = reading.quotation_at[i]
    lowest = max(unit.first, i - _FURTHEST)
    if here is not None:
        lowest = max(lowest, here.first + 1)
    for j in range(i - 1, lowest - 1, -1):
        text = reading.tokens[j].text
        if reading.quotation_at[j] is not here:
            other = reading.quotation_at[j]
            if here is None and other is not None and _is_statement(reading, unit, other.first, other.last):
                return j + 1
            continue
        if text in {";", ":"} or reading.lower[j] in grammar.complementizers:
            return j + 1
        if reading.ends[j]:
            return j + 1
    return lowest


def _is_statement(reading: Reading, unit: Unit, first: int, last: int) -> bool:
    """Whether a quotation in front of a verb is a statement of its own, not quoted words inside the subject."""
    return first == unit.first or last - first > 8 or reading.tokens[last - 2].text in {",", ".", "?", "!"}


def segments(reading: Reading, first: int, last: int) -> list[tuple[int, int]]:
    """``first:last`` cut at commas and dashes outside brackets; the parts may be empty."""
    parts: list[tuple[int, int]] = []
    start, depth = first, 0
    for i in range(first, last):
        text = reading.tokens[i].text
        if text == "(":
            depth += 1
        elif text == ")":
            depth = max(0, depth - 1)
        elif depth == 0 and (text == "," or text in DASHES):
            parts.append((start, i))
            start = i + 1
    parts.append((start, last))
    return parts


def subject_before(reading: Reading, first: int, verb: int, said: bool = False, shared: bool = False) -> Source | None:
    """The subject of the verb at token ``verb``, whose clause begins at ``first``; None where there is none to be seen.
    ``said``: the verb is one of saying, so that any noun may be its subject; ``shared``: it is coordinated with another
    verb, whose subject it shares."""
    end = before_adverbs(reading, first, verb)
    if end <= first:
        return None
    parts = segments(reading, first, end)
    index = len(parts) - 1
    while index >= 0 and _is_aside(reading, *parts[index], last=index == len(parts) - 1):
        index -= 1
    if index < 0:
        return _embedded(reading, *parts[-1])
    start, stop = parts[index]
    start = reading.after_connectors(start, stop) if index == 0 else start
    closed_by_comma = index < len(parts) - 1
    found = _noun_phrase(reading, start, stop, said)
    if found is None:
        return _first_subject(reading, parts[: index + 1]) if shared else None
    start, stop = found
    return _with_head(reading, parts, index, start, stop, closed_by_comma)


def before_adverbs(reading: Reading, first: int, verb: int) -> int:
    """``verb`` moved left over adverbs and auxiliaries."""
    i = verb
    while i > first and reading.lower[i - 1] in reading.knowledge.grammar.adverbs and not reading.is_capitalized(i - 1):
        i -= 1
    grammar = reading.knowledge.grammar
    if i > first and i < verb and reading.lower[i] in grammar.restrictive and reading.lower[i - 1] in grammar.negators:
        i -= 1
    return i


def after_adverbs(reading: Reading, i: int, last: int) -> int:
    """``i`` moved right over adverbs and auxiliaries."""
    while i < last and reading.lower[i] in reading.knowledge.grammar.adverbs:
        i += 1
    return i


def _is_aside(reading: Reading, start: int, stop: int, last: bool) -> bool:
    """Whether a part between commas is no noun phrase: a time, an adjunct, a relative clause, a degree."""
    if start >= stop:
        return True
    word = reading.lower[start]
    grammar = reading.knowledge.grammar
    if (
        reading.knowledge.degree.fullmatch(reading.tokens[start].text)
        and stop - start <= 2
        and reading.mention_at[start] is None
    ):
        return True
    if word in grammar.relative or reading.is_time(start):
        return True
    if last:
        return word in grammar.as_words and not any(m is not None for m in reading.mention_at[start:stop])
    opener = reading.after_connectors(start, stop)
    if opener > start and reading.lower[opener] not in grammar.adjuncts:
        return False
    return (
        reading.lower[opener] in grammar.adjuncts
        or word in grammar.clause_breaks
        or reading.tokens[start].text[0].isdigit()
    )


def _noun_phrase(reading: Reading, start: int, stop: int, said: bool = False) -> tuple[int, int] | None:
    """The noun phrase that opens ``start:stop``, without adjuncts behind it."""
    grammar = reading.knowledge.grammar
    if start >= stop:
        return None
    start = _after_openers(reading, start, stop)
    word = reading.lower[start]
    if word in grammar.pronouns:
        blocked = (
            start + 1 < stop and reading.is_predicate(start + 1) and reading.lower[start + 1] not in grammar.adjuncts
        )
        return None if blocked else (start, start + 1)
    if word in grammar.adjuncts or reading.is_time(start):
        embedded = _embedded(reading, start, stop)
        return (embedded.first, embedded.last) if embedded else None
    if reading.is_predicate(start):
        return None
    i = start
    named = False
    while i < stop:
        mention = reading.mention_at[i]
        if mention is not None and mention.first == i:
            named = True
            i = min(stop, mention.last)
            continue
        if reading.tokens[i].text == "(":
            behind = reading.after_brackets(i, stop)
            if behind == i:
                break
            i = behind
            continue
        word = reading.lower[i]
        if i > start and word in grammar.clause_breaks and not can_be_source(reading, start, i, said):
            return _subordinate(reading, i - 1, stop, said)
        if i > start and (word in grammar.relative or word in grammar.clause_breaks or reading.is_time(i)):
            break
        if named and word in grammar.alternatives and i + 2 < stop and _predicates_soon(reading, i + 1):
            break
        if (
            i > start
            and word in grammar.adjuncts
            # "Menteri Dalam Negeri"
            and not reading.is_capitalized(i)
            and word not in grammar.conjoining
            and (named or word not in grammar.inner_prepositions)
            and not _leads_to_person(reading, start, i, stop)
        ):
            break
        spoken = i + 1 == stop and reading.lower[start] in reading.knowledge.nouns.speakers and not reading.is_verb(i)
        if i > start and reading.is_predicate(i) and not reading.is_capitalized(i) and not spoken:
            return _subordinate(reading, i, stop, said)
        i += 1
    while i > start and not (reading.is_word(i - 1) or reading.tokens[i - 1].text in {")", "."}):
        i -= 1
    return (start, i) if i > start and can_be_source(reading, start, i, said) else None


def _leads_to_person(reading: Reading, start: int, i: int, stop: int) -> bool:
    """Whether the preposition at ``i`` stands between a title and its bearer ("Wakil Ketua Panja dari Fraksi X Budi"),
    or between somebody and who speaks for them ("Kapolres X melalui Kasat Y")."""
    grammar = reading.knowledge.grammar
    last = reading.mention_at[stop - 1]
    if last is None or last.last != stop or last.entity.type != "PERSON" or last.first <= i + 1:
        return False
    if any(reading.is_predicate(j) or not reading.is_word(j) for j in range(i + 1, last.first)):
        return False
    if reading.lower[i] in grammar.through:
        return True
    return reading.lower[i] in grammar.inner_prepositions and not _holds_person(reading, start, i)


def _predicates_soon(reading: Reading, i: int) -> bool:
    """Whether a predicate stands at ``i`` or right behind it: "X, atau akrab disapa Y, …"."""
    return reading.is_predicate(i) or reading.is_predicate(i + 1)


def _subordinate(reading: Reading, i: int, stop: int, said: bool) -> tuple[int, int] | None:
    """The subject of a subordinate clause that ends the part: "… muncul setelah X (mengungkap)"."""
    breaks = reading.knowledge.grammar.clause_breaks
    last = next((j for j in range(stop - 1, i, -1) if reading.lower[j] in breaks), None)
    if last is None or last + 1 >= stop or any(reading.is_predicate(j) for j in range(last + 1, stop)):
        return None
    return (last + 1, stop) if can_be_source(reading, last + 1, stop, said) else None


def _after_openers(reading: Reading, start: int, stop: int) -> int:
    """``start`` moved behind a connector or subordinator that opens the clause."""
    i = reading.after_connectors(start, stop)
    while i + 1 < stop and reading.lower[i] in reading.knowledge.grammar.clause_breaks:
        i = reading.after_connectors(i + 1, stop)
    return i


def _embedded(reading: Reading, start: int, stop: int) -> Source | None:
    """A subject at the end of a part that opens with an adjunct: "Dalam kesempatan itu Kim menegaskan"."""
    i = stop
    if i <= start:
        return None
    grammar = reading.knowledge.grammar
    if reading.lower[i - 1] in grammar.third_person:
        return Source(i - 1, i, end=i)
    mention = reading.mention_at[i - 1]
    if mention is None or mention.last != i:
        return None
    if mention.first - 1 >= start and reading.lower[mention.first - 1] in grammar.adjuncts:
        return None
    if mention.entity.type not in {"PERSON", "ORG", "GPE"}:
        return None
    first = mention.first
    nouns = reading.knowledge.nouns
    for j in range(first - 1, start - 1, -1):
        adjunct = reading.lower[j] in grammar.adjuncts and not (j > start and reading.is_capitalized(j))
        if adjunct or reading.lower[j] in grammar.demonstratives or not reading.is_word(j):
            break
        if reading.lower[j] in nouns.speakers or (reading.is_capitalized(j) and reading.mention_at[j] is None):
            if reading.is_time(j):
                break
            first = j
    return Source(first, i, end=i)


def _first_subject(reading: Reading, parts: Sequence[tuple[int, int]]) -> Source | None:
    """The subject that a coordinated verb shares: the noun phrase in front of the clause's first verb."""
    for start, stop in parts:
        if start >= stop or _is_aside(reading, start, stop, last=False):
            continue
        begin = _after_openers(reading, start, stop)
        verb = next((i for i in range(begin, stop) if reading.is_predicate(i)), stop)
        if verb <= begin:
            return None
        found = _noun_phrase(reading, begin, before_adverbs(reading, begin, verb))
        if found is None:
            return None
        return Source(*found, end=found[1])
    return None


def _with_head(
    reading: Reading, parts: Sequence[tuple[int, int]], index: int, start: int, stop: int, closed: bool
) -> Source | None:
    """The subject with what stands before its comma: "Kepala Desa Trimulyo, Ngadiman, …", "Prof. X, M.Sc., …"."""
    mention = reading.mention_at[start]
    if index == 0:
        return Source(start, stop, end=stop)
    office = _listed_office(reading, parts[:index], start, stop)
    if office is not None:
        return Source(office, stop, end=stop)
    person = any(
        m is not None and m.entity.type in {"PERSON", "ORG"}
        for m in (reading.mention_at[i] for i in range(start, stop))
    )
    if not (closed or (person and mention is not None and mention.first == start)):
        return Source(start, stop, end=stop)
    first = start
    for begin, finish in reversed(parts[:index]):
        if begin >= finish or _is_aside(reading, begin, finish, last=False):
            break
        opener = _after_openers(reading, begin, finish)
        if reading.lower[opener] in reading.knowledge.grammar.adjuncts or any(
            reading.is_verb(i) for i in range(opener, finish) if not _behind_relative(reading, opener, i)
        ):
            break
        if not can_be_source(reading, opener, finish) and not reading.is_capitalized(opener):
            break
        if not closed and not _is_title(reading, opener, finish):
            break
        if _holds_person(reading, opener, finish) and not closed:
            break
        first = opener
    return Source(first, stop, end=stop)


def _listed_office(reading: Reading, parts: Sequence[tuple[int, int]], start: int, stop: int) -> int | None:
    """Where an office begins whose name lists more than one thing, the last of them at ``start``: "Menteri Riset,
    Inovasi, dan Teknologi X"."""
    for begin, finish in parts:
        opener = _after_openers(reading, begin, finish) if begin < finish else begin
        if opener >= finish or not reading.is_capitalized(opener) or not can_be_source(reading, opener, finish):
            continue
        if reading.after_listed(finish, stop) == start:
            return opener
    return None


def _is_title(reading: Reading, first: int, last: int) -> bool:
    """Whether the part in front of a name's comma can say what its bearer is: no text that is spoken of, no time."""
    knowledge = reading.knowledge
    if reading.mention_at[first] is None and reading.lower[first] in knowledge.nouns.documents:
        return False
    return not any(reading.is_time(i) and not reading.in_name(i) for i in range(first, last)) and not any(
        reading.lower[i] in knowledge.grammar.limits for i in range(first, last)
    )


def _behind_relative(reading: Reading, first: int, i: int) -> bool:
    return any(reading.lower[j] in reading.knowledge.grammar.relative for j in range(first, i))


def _holds_person(reading: Reading, first: int, last: int) -> bool:
    return any(m is not None and m.entity.type == "PERSON" for m in (reading.mention_at[i] for i in range(first, last)))
