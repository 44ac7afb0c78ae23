"""Sources that a preposition or a relaying verb names beside a statement: menurut X, berdasarkan data X, dilansir X,
demikian X, keterangan saksi, dari keterangan saksi; in front of the statement, inside it, or at its end.
"""

from __future__ import annotations

from service.pipeline.attribution.phrases import phrase_after
from service.pipeline.attribution.placing import Aside, beside, closes, in_front, quotation_before, read_rest
from service.pipeline.attribution.reading import DASHES, Cue, Reading, Unit
from service.pipeline.attribution.sources import Source, plain_form

_REPORTS = frozenset({"say", "assert", "call", "estimate"})


def read_source_phrase(reading: Reading, unit: Unit, cue: Cue, core: int) -> Aside | None:
    """menurut X; berdasarkan data X; dilansir dari X; seperti dijelaskan X"""
    kind = cue.form.kind
    opening, shown = cue.first, cue
    if kind == "as":
        following = reading.cue_at(cue.last) if cue.last < unit.last else None
        if following is not None and following.form.kind == "tag":
            return None
        if following is None or following.form.kind not in {"passive", "relay"}:
            return _thus(reading, unit, cue, core)
        if following.form.verb is not None and following.form.verb.frame not in _REPORTS:
            return None
        shown = following
    relays = shown.form.kind == "relay" or kind == "as"
    relative = opening > core and reading.lower[opening - 1] in reading.knowledge.grammar.relative
    if relative and kind != "according":
        return None
    if shown.form.clitic:
        source: Source | None = Source(shown.first, shown.last, clitic=True, end=shown.last)
    else:
        source = (
            _documents_owner(reading, shown, unit.last)
            if kind == "based_on"
            else _relayed_source(reading, shown, unit.last)
        )
    if source is None or not _is_named_enough(reading, shown, source):
        return None
    if source.last - source.first == 1 and reading.lower[source.first] in reading.knowledge.nouns.not_sources:
        # "tidak beralasan menurut hukum"
        return None
    if relative:
        predicated = source.end < unit.last and reading.has_predicate(source.end, unit.last)
        where = Aside(opening, source.end, shown, source, "relative", "according-in-relative-clause", resume=source.end)
        return where if predicated else None
    if kind == "according" and opening > core and reading.lower[opening - 1] in reading.knowledge.grammar.adjuncts:
        return None
    rule = {"according": "according-to", "based_on": "based-on", "relay": "relayed", "as": "as-reported"}[kind]
    quotation = quotation_before(reading, unit, opening)
    if quotation is not None and (quotation.first == core or quotation.last - quotation.first > 4):
        rest = read_rest(reading, source.end, unit.last)
        return Aside(opening, rest.end, shown, source, "quote", rule, quotation, rest.quote, relays)
    if opening <= core:
        if reading.lower[opening] in reading.knowledge.nouns.anaphoric:
            return None
        return in_front(reading, unit, shown, source, rule, relays=relays)
    before = reading.tokens[opening - 1].text
    apart = before == "," or before in DASHES or before == ")"
    if relays and not apart and shown.form.words[0] in reading.knowledge.sources.relay_active and kind == "relay":
        return None
    if kind == "as" and shown.form.kind == "passive" and not apart:
        return None
    if not apart and not relays:
        return _bare_end(reading, unit, opening, core, shown, source, rule)
    return beside(reading, unit, opening, core, shown, source, rule, relays)


def _bare_end(
    reading: Reading, unit: Unit, opening: int, core: int, cue: Cue, source: Source, rule: str
) -> Aside | None:
    """ "… menurut X." without a comma: only where the sentence ends behind the source and all before it is a clause."""
    i = source.end
    counted = _counted_before(reading, core, opening)
    if counted is not None and _contrasted(reading, i, unit.last, opening, core):
        return Aside(opening, i, cue, source, "local", rule + "-figure", resume=counted)
    goes_on = i < unit.last and reading.is_predicate(i) and reading.lower[i] not in reading.knowledge.grammar.adjuncts
    if cue.form.kind == "according" and goes_on:
        return Aside(opening, i, cue, source, "inside", rule + "-inside", resume=i)
    rest = read_rest(reading, i, unit.last)
    if rest.text is not None or rest.adjunct is not None or rest.quote is not None or cue.form.kind != "according":
        return None
    if reading.lower[opening - 1] in reading.knowledge.grammar.clause_breaks or not reading.has_predicate(
        core, opening
    ):
        return None
    return Aside(opening, unit.last, cue, source, "end", rule + "-at-end")


def _counted_before(reading: Reading, core: int, opening: int) -> int | None:
    """Where the figure begins that ends right in front of ``opening``: behind a comma, a colon or a conjunction."""
    grammar = reading.knowledge.grammar
    first = opening
    while first > core and reading.is_word(first - 1) and reading.lower[first - 1] not in grammar.conjoining:
        first -= 1
    return first if any(reading.tokens[i].text[0].isdigit() for i in range(first, opening)) else None


def _contrasted(reading: Reading, i: int, last: int, opening: int, core: int) -> bool:
    """Whether another source has a figure of its own in the sentence: "62 orang menurut X dan 162 orang menurut Y"."""
    others = [c for c in reading.cues(core, last) if c.form.kind == "according" and c.first != opening]
    return any(
        (
            c.first >= i
            and reading.lower[i] in reading.knowledge.grammar.coordinators | reading.knowledge.grammar.contrast
        )
        or c.first < opening
        for c in others
    )


def read_apart(reading: Reading, unit: Unit, cue: Cue, core: int) -> Aside | None:
    """ "Keterangan saksi, …"; "…, taksiran warga, …": the noun and its owner between commas, in front or inside."""
    source = phrase_after(reading, cue.first, unit.last)
    inner = reading.knowledge.grammar.inner_prepositions
    if source is not None and source.end < unit.last and reading.lower[source.end] in inner:
        owner = phrase_after(reading, source.end + 1, unit.last)
        source = Source(source.first, owner.last, end=owner.end) if owner is not None else None
    if source is None or source.end >= unit.last or reading.tokens[source.end].text != ",":
        return None
    if not any(reading.lower[i] in reading.knowledge.nouns.speakers for i in range(cue.last, source.last)) and not (
        reading.mentions_in(cue.last, source.last)
    ):
        return None
    if cue.first <= core:
        clause = reading.has_predicate(source.end + 1, unit.last)
        return in_front(reading, unit, cue, source, "apart") if clause else None
    if reading.tokens[cue.first - 1].text != ",":
        return None
    aside = beside(reading, unit, cue.first, core, cue, source, "apart")
    return aside if aside is not None and aside.place == "inside" else None


def _is_named_enough(reading: Reading, cue: Cue, source: Source) -> bool:
    """Whether the source is one for this cue: some take nothing but a name, or a pronoun with a comma behind it."""
    if " ".join(_plain_words(reading, cue)) not in reading.knowledge.sources.according_named:
        return True
    if source.clitic:
        return source.end < len(reading.tokens) and reading.tokens[source.end].text == ","
    return any(reading.mention_at[i] is not None for i in range(source.first, source.last))


def _plain_words(reading: Reading, cue: Cue) -> tuple[str, ...]:
    return cue.form.words if not cue.form.clitic else tuple(plain_form(reading, word) for word in cue.form.words)


def read_told_by(reading: Reading, unit: Unit, cue: Cue) -> Aside | None:
    """ "Dari keterangan X, …": what somebody has told, and who; what happened because of it is no statement."""
    noun = cue.last
    if noun + 1 >= unit.last or reading.lower[noun] not in reading.knowledge.sources.told_nouns:
        return None
    source = phrase_after(reading, noun, unit.last)
    if source is None or source.last - source.first < 2:
        return None
    named = any(m.entity.type in {"PERSON", "ORG"} for m in reading.mentions_in(source.first, source.last))
    owned = any(word in reading.knowledge.nouns.speakers for word in reading.lower[noun + 1 : source.last])
    return in_front(reading, unit, cue, source, "told-by") if named or owned else None


def _thus(reading: Reading, unit: Unit, cue: Cue, core: int) -> Aside | None:
    """ "…," demikian X.; …, demikian laporan itu, …"""
    if cue.first <= core or cue.form.words[-1] not in reading.knowledge.sources.thus:
        return None
    source = phrase_after(reading, cue.last, unit.last)
    if source is None or source.first > cue.last or not closes(reading, source.end, unit.last):
        return None
    knowledge = reading.knowledge
    written = knowledge.nouns.documents | knowledge.sources.based_on_nouns
    pointed = reading.lower[source.last - 1] in knowledge.grammar.demonstratives
    if not (reading.mentions_in(source.first, source.last) or (reading.lower[source.first] in written and pointed)):
        return None
    quotation = quotation_before(reading, unit, cue.first)
    if quotation is not None:
        rest = read_rest(reading, source.end, unit.last)
        return Aside(cue.first, rest.end, cue, source, "quote", "thus-after-quotation", quotation, rest.quote)
    if reading.tokens[cue.first - 1].text != ",":
        return None
    return beside(reading, unit, cue.first, core, cue, source, "thus")


def _relayed_source(reading: Reading, cue: Cue, last: int) -> Source | None:
    i = cue.last
    while i < last and reading.lower[i] in reading.knowledge.grammar.inner_prepositions:
        i += 1
    source = phrase_after(reading, i, last)
    if source is None or reading.lower[source.first] in reading.knowledge.grammar.first_person:
        return None
    word = reading.lower[source.first]
    if source.last - source.first == 1 and word != plain_form(reading, word) and _is_text(reading, word):
        return Source(source.first, source.last, clitic=True, end=source.end)
    return source


def _is_text(reading: Reading, word: str) -> bool:
    """Whether the word, with a pronoun joined to it, is one for what somebody has said or written."""
    plain = plain_form(reading, word)
    knowledge = reading.knowledge
    return any(plain in group for group in (knowledge.sources.based_on_nouns, knowledge.speech_nouns))


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
    standalone = word in reading.knowledge.sources.standalone and source.last - source.first > 1
    return source if named or pointed or owned or standalone else None
