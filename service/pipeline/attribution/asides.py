"""Sources named beside a statement: speech tags, "according to", relayed reports; in front, inside, or at the end.

Each rule answers with an Aside: which tokens name the source, and where the text that it covers stands.
"""

from __future__ import annotations

from service.pipeline.attribution.impersonal import impersonal_content
from service.pipeline.attribution.phrases import phrase_after
from service.pipeline.attribution.placing import Aside, beside, in_front, read_rest
from service.pipeline.attribution.quotations import Quotation
from service.pipeline.attribution.reading import DASHES, Cue, Reading, Unit
from service.pipeline.attribution.sources import Source, plain_form

_REPORTS = frozenset({"say", "assert", "call", "estimate"})


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
        rest = read_rest(reading, source.end, unit.last)
        return Aside(opening, rest.end, cue, source, "quote", "tag-after-quotation", quotation, rest.quote)
    if opening <= core:
        doubtful = verb.marked and (source.clitic or not _is_person(reading, source))
        return in_front(reading, unit, cue, source, "tag", need_quote=doubtful)
    before = reading.tokens[opening - 1].text
    if before != "," and before not in DASHES:
        return None
    if verb.marked and not _unmistakable(reading, source):
        return None
    if source.clitic and not _closes(reading, source.end, unit.last):
        return None
    return beside(reading, unit, opening, core, cue, source, "tag")


def _named_behind(reading: Reading, i: int, last: int) -> Source | None:
    """A person named behind a tag with a clitic: "…," ujarnya Budi (a slip that news texts are full of) is not read so;
    "…," kata dia is a phrase of its own."""
    if i < last and reading.lower[i] in reading.knowledge.grammar.third_person:
        return Source(i, i + 1, end=i + 1)
    return None


def _is_person(reading: Reading, source: Source) -> bool:
    grammar, speakers = reading.knowledge.grammar, reading.knowledge.nouns.speakers
    if reading.lower[source.first] in grammar.third_person or reading.lower[source.first] in speakers:
        return True
    return any(mention.entity.type == "PERSON" for mention in reading.mentions_in(source.first, source.last))


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
    rest = read_rest(reading, source.end, unit.last)
    return Aside(cue.first, rest.end, cue, source, "quote", "closing-after-quotation", quotation, rest.quote)


def _source_phrase(reading: Reading, unit: Unit, cue: Cue, core: int) -> Aside | None:
    """menurut X; berdasarkan data X; dilansir dari X; seperti dijelaskan X"""
    kind = cue.form.kind
    opening, shown = cue.first, cue
    if kind == "as":
        following = reading.cue_at(cue.last) if cue.last < unit.last else None
        if following is None or following.form.kind not in {"passive", "relay"}:
            return _thus(reading, unit, cue, core)
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
    if source is None or not _is_named_enough(reading, shown, source):
        return None
    if kind == "according" and opening > core and reading.lower[opening - 1] in reading.knowledge.grammar.adjuncts:
        return None
    rule = {"according": "according-to", "based_on": "based-on", "relay": "relayed", "as": "as-reported"}[kind]
    quotation = _quotation_before(reading, unit, opening)
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


def _is_named_enough(reading: Reading, cue: Cue, source: Source) -> bool:
    """Whether the source is one for this cue: some take nothing but a name, or a pronoun with a comma behind it."""
    if not any(word in reading.knowledge.sources.according_named for word in _plain_words(reading, cue)):
        return True
    if source.clitic:
        return source.end < len(reading.tokens) and reading.tokens[source.end].text == ","
    return any(reading.mention_at[i] is not None for i in range(source.first, source.last))


def _plain_words(reading: Reading, cue: Cue) -> tuple[str, ...]:
    return cue.form.words if not cue.form.clitic else tuple(plain_form(reading, word) for word in cue.form.words)


def _thus(reading: Reading, unit: Unit, cue: Cue, core: int) -> Aside | None:
    """ "…," demikian X.; …, demikian laporan itu, …"""
    if cue.first <= core or cue.form.words[-1] not in reading.knowledge.sources.thus:
        return None
    source = phrase_after(reading, cue.last, unit.last)
    if source is None or source.first > cue.last or not _closes(reading, source.end, unit.last):
        return None
    knowledge = reading.knowledge
    written = knowledge.nouns.documents | knowledge.sources.based_on_nouns
    pointed = reading.lower[source.last - 1] in knowledge.grammar.demonstratives
    if not (reading.mentions_in(source.first, source.last) or (reading.lower[source.first] in written and pointed)):
        return None
    quotation = _quotation_before(reading, unit, cue.first)
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


def _passive_aside(reading: Reading, unit: Unit, cue: Cue, core: int) -> Aside | None:
    """…, diberitakan X: a passive with its agent behind a comma, at the end."""
    if not cue.form.clitic and cue.first <= core:
        source = phrase_after(reading, cue.last, unit.last)
        if source is None or not _reports_openly(reading, cue, source):
            return None
        return in_front(reading, unit, cue, source, "passive")
    if cue.form.clitic or reading.tokens[cue.first - 1].text not in {",", '"', "”"}:
        return None
    if impersonal_content(reading, core, cue, unit.last) is not None:
        return None
    if cue.last >= unit.last or reading.mention_at[cue.last] is None:
        return None
    source = phrase_after(reading, cue.last, unit.last)
    if source is None:
        return None
    rest = read_rest(reading, source.end, unit.last)
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
