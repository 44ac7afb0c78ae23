"""Where a source stands beside a statement, and where the statement goes on behind it."""

from __future__ import annotations

import msgspec

from service.pipeline.attribution.quotations import Quotation
from service.pipeline.attribution.reading import DASHES, Cue, Reading, Unit
from service.pipeline.attribution.sources import Source


class Aside(msgspec.Struct, frozen=True):
    """Tokens ``first:last`` name a source. ``place``: front, inside, end, quote (behind a quotation), local (behind a
    figure) or relative (in front of a relative clause).

    ``resume`` is where the statement goes on behind a front or inside aside, where a local or relative one begins, or
    the second half of a split quotation (None where there is none). ``relays`` tells a relayed report from a tag.
    """

    first: int
    last: int
    cue: Cue
    source: Source
    place: str
    rule: str
    quotation: Quotation | None = None
    resume: int | None = None
    relays: bool = False


class Rest(msgspec.Struct, frozen=True):
    """What follows a source: ``text`` where a clause begins, ``adjunct`` where an adjunct with a predicate does,
    ``quote`` where a quotation opens; ``end`` where the adjuncts end; ``phrase`` where a part begins that has no
    predicate and is no adjunct; ``apposed`` where it looks like an apposition to the source."""

    text: int | None
    adjunct: int | None
    quote: int | None
    end: int
    phrase: int | None = None
    apposed: bool = False


def in_front(
    reading: Reading, unit: Unit, cue: Cue, source: Source, rule: str, relays: bool = False, need_quote: bool = False
) -> Aside | None:
    """An aside that opens the sentence; the statement begins behind its comma or colon."""
    i = source.end
    if cue.form.kind == "according" and (
        source.clitic or reading.lower[source.first] in reading.knowledge.grammar.third_person
    ):
        i += i < unit.last and reading.tokens[i].text in {",", ":"}
        return in_front_at(reading, unit, cue, source, rule, i, relays, need_quote)
    if cue.form.kind == "according" and _clause_opens(reading, source, unit.last):
        return in_front_at(reading, unit, cue, source, rule, i, relays, need_quote)
    while i < unit.last and reading.tokens[i].text not in {",", ":"} and not reading.is_mark(i):
        if reading.tokens[i].text == "(":
            i = max(i + 1, reading.after_brackets(i, unit.last))
            continue
        if reading.ends[i]:
            return None
        if i - source.end > 25:
            return None
        if reading.lower[i] in reading.knowledge.grammar.complementizers:
            break
        i += 1
    if i >= unit.last:
        return None
    resume = i if reading.is_mark(i) else i + 1
    return in_front_at(
        reading, unit, cue, source, rule, _after_apposition(reading, resume, unit.last), relays, need_quote
    )


def _clause_opens(reading: Reading, source: Source, last: int) -> bool:
    """Whether the statement begins right behind a person's name, the comma between them left out."""
    i = source.end
    if source.clitic or i >= last or not reading.is_word(i) or reading.is_time(i) or reading.is_capitalized(i):
        return False
    named = any(
        m.entity.type == "PERSON" and m.last == source.last for m in reading.mentions_in(source.first, source.last)
    )
    closed = reading.knowledge.grammar.adjuncts | reading.knowledge.grammar.conjoining
    if not named or reading.lower[i] in closed or reading.is_predicate(i):
        return False
    stop = next((j for j in range(i, last) if reading.tokens[j].text == "," or reading.ends[j]), last)
    return reading.has_predicate(i, stop)


def in_front_at(
    reading: Reading,
    unit: Unit,
    cue: Cue,
    source: Source,
    rule: str,
    resume: int,
    relays: bool = False,
    need_quote: bool = False,
) -> Aside | None:
    """An aside that opens the sentence, where the statement begins at token ``resume``."""
    if resume >= unit.last or (need_quote and not reading.is_mark(resume)):
        return None
    return Aside(cue.first, resume, cue, source, "front", rule + "-in-front", resume=resume, relays=relays)


def _after_apposition(reading: Reading, i: int, last: int) -> int:
    """``i`` moved behind times and appositions that stand between commas in front of the statement."""
    for _ in range(3):
        comma = next(
            (
                j
                for j in range(i, min(last, i + 16))
                if reading.tokens[j].text == "," and reading.quotation_at[j] is None
            ),
            None,
        )
        if comma is None or comma + 1 >= last or reading.is_mark(i):
            break
        apposed = reading.is_time(i) or (
            not reading.has_predicate(i, comma)
            and reading.lower[i] not in reading.knowledge.grammar.adjuncts
            and reading.lower[i] in reading.knowledge.nouns.speakers
            and reading.has_predicate(comma + 1, last)
        )
        if not apposed:
            break
        i = comma + 1
    return i


def beside(
    reading: Reading, unit: Unit, opening: int, core: int, cue: Cue, source: Source, rule: str, relays: bool = False
) -> Aside | None:
    """An aside inside its statement or at the end of it."""
    if source.clitic and source.end < unit.last and reading.is_predicate(source.end):
        # "Jika hujan turun, menurutnya akan terjadi banjir": the comma behind is left out
        return Aside(opening, source.end, cue, source, "inside", rule + "-inside", resume=source.end, relays=relays)
    rest = read_rest(reading, source.end, unit.last)
    complete = _is_complete(reading, core, opening)
    if cue.form.kind == "according" and not complete and _clause_opens(reading, source, unit.last):
        return Aside(opening, source.end, cue, source, "inside", rule + "-inside", resume=source.end, relays=relays)
    resume = rest.text
    if resume is None and not complete:
        described = rest.apposed and not (source.clitic or _is_pronoun(reading, source))
        resume = rest.adjunct if rest.adjunct is not None else (None if described else rest.phrase)
    if complete and resume is not None and reading.is_verb(resume) and not _is_passive(reading, resume):
        reported = reading.cue_at(resume) if relays else None
        resume = resume if reported is not None and reported.form.kind == "active" else None
    if resume is not None:
        return Aside(opening, resume, cue, source, "inside", rule + "-inside", resume=resume, relays=relays)
    if not complete and rest.quote is not None:
        return Aside(opening, rest.quote, cue, source, "inside", rule + "-inside", resume=rest.quote, relays=relays)
    return Aside(opening, unit.last, cue, source, "end", rule + "-at-end", resume=rest.quote, relays=relays)


def _is_complete(reading: Reading, core: int, opening: int) -> bool:
    """Whether what stands in front of an aside is a clause of its own: no condition, and with a predicate, which may be
    the adjective at its end."""
    if reading.lower[core] in reading.knowledge.grammar.clause_breaks:
        return any(
            reading.tokens[j].text == "," and reading.has_predicate(j, opening) for j in range(core + 1, opening - 1)
        )
    last = opening - 1
    while last > core and not reading.is_word(last):
        last -= 1
    described = last - core > 1 and reading.lower[last] in reading.knowledge.predicates.adjectives
    return described or reading.has_predicate(core, opening, adjectives=False)


def read_rest(reading: Reading, i: int, last: int) -> Rest:
    """Read on behind a source: over adjuncts, times, brackets and appositions, to a clause, a quotation or the end."""
    adjunct: int | None = None
    phrase: int | None = None
    apposed = False
    behind_comma = False
    end = i
    while i < last:
        text = reading.tokens[i].text
        if reading.is_mark(i):
            return Rest(None, adjunct, i, end)
        if reading.ends[i]:
            following = i + 1
            if following < last and reading.is_mark(following):
                return Rest(None, adjunct, following, end)
            break
        if text in {",", ":", ";"} or text in DASHES:
            behind_comma = True
            i += 1
            continue
        stop = next(
            (j for j in range(i, last) if reading.tokens[j].text == "," or reading.is_mark(j) or reading.ends[j]),
            last,
        )
        substantive = reading.has_predicate(i, stop)
        opener = reading.lower[i]
        aside = opener in reading.knowledge.grammar.adjuncts or reading.is_time(i) or text == "("
        if substantive and aside:
            if behind_comma and opener not in reading.knowledge.grammar.clause_breaks and not reading.is_verb(i):
                adjunct = i if adjunct is None else adjunct
        elif substantive and behind_comma:
            return Rest(i, adjunct, None, end)
        if behind_comma and _goes_on(reading, i, stop):
            return Rest(i, adjunct, None, end)
        if behind_comma and phrase is None and not aside and stop - i > 1:
            phrase, apposed = i, _describes(reading, i)
        i = stop
        end = i
    return Rest(None, adjunct, None, min(last, max(end, i)), phrase, apposed)


def _is_pronoun(reading: Reading, source: Source) -> bool:
    return reading.lower[source.first] in reading.knowledge.grammar.third_person


def _goes_on(reading: Reading, i: int, stop: int) -> bool:
    """Whether the part ``i:stop`` between commas goes on with what is said, rather than to tell of the saying."""
    grammar = reading.knowledge.grammar
    if reading.lower[i] not in grammar.resuming or i + 2 >= stop:
        return False
    cue = reading.cue_at(i + 1)
    if cue is not None and cue.form.kind == "active":
        return False
    if reading.lower[i] in grammar.converbs:
        return reading.is_verb(i + 1)
    return reading.has_predicate(i + 1, stop) or any(reading.lower[j] in grammar.relative for j in range(i + 1, stop))


def _describes(reading: Reading, i: int) -> bool:
    """Whether an apposition opens at ``i``: a noun for people, a name, a relative clause."""
    knowledge = reading.knowledge
    return (
        reading.is_capitalized(i)
        or reading.mention_at[i] is not None
        or reading.lower[i] in knowledge.grammar.relative
        or reading.lower[i] in knowledge.nouns.speakers
        or bool(knowledge.degree.fullmatch(reading.tokens[i].text))
    )


def _is_passive(reading: Reading, i: int) -> bool:
    return reading.lower[i].startswith(reading.knowledge.predicates.passive_prefixes)


def quotation_before(reading: Reading, unit: Unit, i: int) -> Quotation | None:
    """The quotation that ends right before token ``i``, a comma between them allowed."""
    j = i - 1
    if j >= unit.first and reading.tokens[j].text == "," and j - 1 >= unit.first:
        j -= 1 if reading.quotation_at[j] is None else 0
    quotation = reading.quotation_at[j] if j >= unit.first else None
    return quotation if quotation is not None and quotation.last in {i, i - 1} else None


def closes(reading: Reading, i: int, last: int) -> bool:
    """Whether a tag with a clitic ends at ``i``: punctuation or an adjunct follows, not a predicate."""
    if i >= last or not reading.is_word(i):
        return True
    return reading.lower[i] in reading.knowledge.grammar.adjuncts or reading.is_time(i)
