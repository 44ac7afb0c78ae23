"""Sources named beside a statement: speech tags, "according to", relayed reports; in front, inside, or at the end.

Each rule answers with an Aside: which tokens name the source, and where the text that it covers stands.
"""

from __future__ import annotations

from dataclasses import dataclass

from service.pipeline.attribution.quotations import Quotation
from service.pipeline.attribution.reading import DASHES, Cue, Reading, Unit
from service.pipeline.attribution.sources import Source, has_anonymous_phrase, phrase_after

_REPORTS = frozenset({"say", "assert", "call", "estimate"})


@dataclass(frozen=True, slots=True)
class Aside:
    """Tokens ``first:last`` name a source. ``place``: front, inside, end, or quote (behind a quotation).

    ``resume`` is where the statement goes on behind a front or inside aside, or the second half of a split quotation
    begins (None where there is none). ``relays`` tells a relayed report from a speech tag.
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


@dataclass(frozen=True, slots=True)
class _Rest:
    """What follows a source: ``text`` where a clause begins, ``adjunct`` where an adjunct with a predicate does,
    ``quote`` where a quotation opens; ``end`` where the adjuncts end."""

    text: int | None
    adjunct: int | None
    quote: int | None
    end: int


def find_aside(reading: Reading, unit: Unit, cue: Cue, core: int) -> Aside | None:
    """The aside that ``cue`` opens in ``unit``, whose statement begins at token ``core``; None where it opens none."""
    kind = cue.form.kind
    if kind == "tag":
        return _speech_tag(reading, unit, cue, core)
    if kind == "closing":
        return _closing(reading, unit, cue)
    if kind in {"according", "based_on", "relay", "as"}:
        return _source_phrase(reading, unit, cue, core)
    if kind == "passive":
        return _passive_aside(reading, unit, cue, core)
    return None


def _quotation_before(reading: Reading, unit: Unit, i: int) -> Quotation | None:
    """The quotation that ends right before token ``i``, a comma between them allowed."""
    j = i - 1
    if j >= unit.first and reading.tokens[j].text == "," and j - 1 >= unit.first:
        j -= 1 if reading.quotation_at[j] is None else 0
    quotation = reading.quotation_at[j] if j >= unit.first else None
    return quotation if quotation is not None and quotation.last in {i, i - 1} else None


def _speech_tag(reading: Reading, unit: Unit, cue: Cue, core: int) -> Aside | None:
    """ "…," kata X; …, ujar X; X…, katanya, …; Kata X, …"""
    verb = cue.form.verb
    assert verb is not None
    opening = cue.first
    quotation = _quotation_before(reading, unit, opening)
    source = Source(cue.first, cue.last, clitic=True, end=cue.last) if cue.form.clitic else None
    source = source or phrase_after(reading, cue.last, unit.last, said=True)
    if source is None or (not source.clitic and source.first > cue.last + 1):
        return None
    if source.clitic and (named := _named_behind(reading, source.last, unit.last)) is not None:
        source = named
    if quotation is not None:
        rest = _read_rest(reading, source.end, unit.last)
        return Aside(opening, rest.end, cue, source, "quote", "tag-after-quotation", quotation, rest.quote)
    if opening <= core:
        return _front(reading, unit, cue, source, "tag", need_quote=verb.marked and source.clitic)
    before = reading.tokens[opening - 1].text
    if before != "," and before not in DASHES:
        return None
    if verb.marked and not _unmistakable(reading, source):
        return None
    if source.clitic and not _closes(reading, source.end, unit.last):
        return None
    return _beside(reading, unit, opening, core, cue, source, "tag")


def _named_behind(reading: Reading, i: int, last: int) -> Source | None:
    """A person named behind a tag with a clitic: "…," ujarnya Budi (a slip that news texts are full of) is not read so;
    "…," kata dia is a phrase of its own."""
    if i < last and reading.lower[i] in reading.knowledge.grammar.third_person:
        return Source(i, i + 1, end=i + 1)
    return None


def _unmistakable(reading: Reading, source: Source) -> bool:
    """Whether the phrase behind an everyday word tells that the word is a speech tag."""
    if source.clitic:
        return True
    grammar = reading.knowledge.grammar
    return (
        reading.lower[source.first] in grammar.third_person
        or reading.lower[source.last - 1] in grammar.demonstratives
        or any(reading.is_capitalized(i) for i in range(source.first, source.last))
    )


def _closes(reading: Reading, i: int, last: int) -> bool:
    """Whether a tag with a clitic ends at ``i``: punctuation or an adjunct follows, not a predicate."""
    if i >= last or not reading.is_word(i):
        return True
    return reading.lower[i] in reading.knowledge.grammar.adjuncts or reading.is_time(i)


def _closing(reading: Reading, unit: Unit, cue: Cue) -> Aside | None:
    """ "…," demikian bunyi pernyataan X"""
    quotation = _quotation_before(reading, unit, cue.first)
    source = phrase_after(reading, cue.last, unit.last, said=True)
    if quotation is None or source is None:
        return None
    rest = _read_rest(reading, source.end, unit.last)
    return Aside(cue.first, rest.end, cue, source, "quote", "closing-after-quotation", quotation, rest.quote)


def _source_phrase(reading: Reading, unit: Unit, cue: Cue, core: int) -> Aside | None:
    """menurut X; berdasarkan data X; dilansir dari X; seperti dijelaskan X"""
    kind = cue.form.kind
    opening, shown = cue.first, cue
    if kind == "as":
        following = reading.cue_at(cue.last) if cue.last < unit.last else None
        if following is None or following.form.kind not in {"passive", "relay"}:
            return None
        if following.form.verb is not None and following.form.verb.frame not in _REPORTS:
            return None
        shown = following
    relays = shown.form.kind == "relay" or kind == "as"
    if opening > core and reading.lower[opening - 1] in reading.knowledge.grammar.relative:
        return None
    if shown.form.clitic:
        source: Source | None = Source(shown.first, shown.last, clitic=True, end=shown.last)
    else:
        source = (
            _documents_owner(reading, shown, unit.last)
            if kind == "based_on"
            else _relayed_source(reading, shown, unit.last)
        )
    if source is None:
        return None
    rule = {"according": "according-to", "based_on": "based-on", "relay": "relayed", "as": "as-reported"}[kind]
    quotation = _quotation_before(reading, unit, opening)
    if quotation is not None and (quotation.first == core or quotation.last - quotation.first > 4):
        rest = _read_rest(reading, source.end, unit.last)
        return Aside(opening, rest.end, shown, source, "quote", rule, quotation, rest.quote, relays)
    if opening <= core:
        if reading.lower[opening] in reading.knowledge.nouns.anaphoric:
            return None
        return _front(reading, unit, shown, source, rule, relays=relays)
    before = reading.tokens[opening - 1].text
    beside = before == "," or before in DASHES or before == ")"
    if relays and not beside and shown.form.words[0] in reading.knowledge.sources.relay_active and kind == "relay":
        return None
    if kind == "as" and shown.form.kind == "passive" and not beside:
        return None
    if not beside and not relays:
        return _bare_end(reading, unit, opening, core, shown, source, rule)
    return _beside(reading, unit, opening, core, shown, source, rule, relays)


def _bare_end(
    reading: Reading, unit: Unit, opening: int, core: int, cue: Cue, source: Source, rule: str
) -> Aside | None:
    """ "… menurut X." without a comma: only where the sentence ends behind the source and all before it is a clause."""
    rest = _read_rest(reading, source.end, unit.last)
    if rest.text is not None or rest.adjunct is not None or rest.quote is not None or cue.form.kind != "according":
        return None
    if reading.lower[opening - 1] in reading.knowledge.grammar.clause_breaks or not reading.has_predicate(
        core, opening
    ):
        return None
    return Aside(opening, unit.last, cue, source, "end", rule + "-at-end")


def _relayed_source(reading: Reading, cue: Cue, last: int) -> Source | None:
    i = cue.last
    while i < last and reading.lower[i] in reading.knowledge.grammar.inner_prepositions:
        i += 1
    source = phrase_after(reading, i, last)
    if source is None or reading.lower[source.first] in reading.knowledge.grammar.first_person:
        return None
    return source


def _documents_owner(reading: Reading, cue: Cue, last: int) -> Source | None:
    """The source behind "berdasarkan": a document noun with its owner."""
    i = cue.last
    if i >= last:
        return None
    word = reading.lower[i]
    nouns = reading.knowledge.sources.based_on_nouns
    for clitic in reading.knowledge.grammar.clitics:
        if word.endswith(clitic) and word[: -len(clitic)] in nouns:
            return Source(i, i + 1, clitic=True, end=i + 1)
    if word not in nouns:
        return None
    source = phrase_after(reading, i, last)
    if source is None:
        return None
    named = any(reading.is_capitalized(j) for j in range(source.first, source.last))
    pointed = reading.lower[source.last - 1] in reading.knowledge.grammar.demonstratives
    owned = any(word in reading.knowledge.nouns.speakers for word in reading.lower[source.first + 1 : source.last])
    return source if named or pointed or owned else None


def _passive_aside(reading: Reading, unit: Unit, cue: Cue, core: int) -> Aside | None:
    """…, diberitakan X: a passive with its agent behind a comma, at the end."""
    if not cue.form.clitic and cue.first <= core:
        source = phrase_after(reading, cue.last, unit.last)
        if source is None or not _reports_openly(reading, cue, source):
            return None
        return _front(reading, unit, cue, source, "passive")
    if cue.form.clitic or reading.tokens[cue.first - 1].text not in {",", '"', "”"}:
        return None
    if cue.last >= unit.last or reading.mention_at[cue.last] is None:
        return None
    source = phrase_after(reading, cue.last, unit.last)
    if source is None:
        return None
    rest = _read_rest(reading, source.end, unit.last)
    if rest.text is not None:
        return None
    quotation = _quotation_before(reading, unit, cue.first)
    if quotation is not None:
        return Aside(cue.first, rest.end, cue, source, "quote", "passive-after-quotation", quotation, rest.quote)
    return Aside(cue.first, unit.last, cue, source, "end", "passive-at-end", relays=True)


def _reports_openly(reading: Reading, cue: Cue, source: Source) -> bool:
    """Whether a passive that opens the sentence names who says what follows: "Diungkapkan X, …"."""
    verb = cue.form.verb
    named = any(m.entity.type in {"PERSON", "ORG"} for m in reading.mentions_in(source.first, source.last))
    comma = source.end < len(reading.tokens) and reading.tokens[source.end].text == ","
    return verb is not None and verb.frame in _REPORTS and named and comma


def _front(
    reading: Reading, unit: Unit, cue: Cue, source: Source, rule: str, relays: bool = False, need_quote: bool = False
) -> Aside | None:
    """An aside that opens the sentence; the statement begins behind its comma or colon."""
    i = source.end
    if cue.form.kind == "according" and (
        source.clitic or reading.lower[source.first] in reading.knowledge.grammar.third_person
    ):
        i += i < unit.last and reading.tokens[i].text in {",", ":"}
        return _front_at(reading, unit, cue, source, rule, i, relays, need_quote)
    while i < unit.last and reading.tokens[i].text not in {",", ":"} and not reading.is_mark(i):
        if reading.tokens[i].text == "(":
            i = max(i + 1, reading.after_brackets(i, unit.last))
            continue
        if reading.ends[i]:
            return None
        if i - source.end > 25:
            return None
        i += 1
    if i >= unit.last:
        return None
    resume = i if reading.is_mark(i) else i + 1
    return _front_at(reading, unit, cue, source, rule, _after_apposition(reading, resume, unit.last), relays, need_quote)


def _front_at(
    reading: Reading, unit: Unit, cue: Cue, source: Source, rule: str, resume: int, relays: bool, need_quote: bool
) -> Aside | None:
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


def _beside(
    reading: Reading, unit: Unit, opening: int, core: int, cue: Cue, source: Source, rule: str, relays: bool = False
) -> Aside | None:
    """An aside inside its statement or at the end of it."""
    rest = _read_rest(reading, source.end, unit.last)
    complete = reading.has_predicate(core, opening)
    resume = rest.text if rest.text is not None else (None if complete else rest.adjunct)
    if complete and resume is not None and reading.is_verb(resume):
        resume = None
    if resume is not None:
        return Aside(opening, resume, cue, source, "inside", rule + "-inside", resume=resume, relays=relays)
    if not complete and rest.quote is not None:
        return Aside(opening, rest.quote, cue, source, "inside", rule + "-inside", resume=rest.quote, relays=relays)
    return Aside(opening, unit.last, cue, source, "end", rule + "-at-end", resume=rest.quote, relays=relays)


def _read_rest(reading: Reading, i: int, last: int) -> _Rest:
    """Read on behind a source: over adjuncts, times, brackets and appositions, to a clause, a quotation or the end."""
    adjunct: int | None = None
    behind_comma = False
    end = i
    while i < last:
        text = reading.tokens[i].text
        if reading.is_mark(i):
            return _Rest(None, adjunct, i, end)
        if reading.ends[i]:
            following = i + 1
            if following < last and reading.is_mark(following):
                return _Rest(None, adjunct, following, end)
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
            return _Rest(i, adjunct, None, end)
        elif has_anonymous_phrase(reading, i, stop):
            pass
        i = stop
        end = i
    return _Rest(None, adjunct, None, min(last, max(end, i)))
