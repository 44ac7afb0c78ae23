"""Sources named beside a statement: speech tags, "according to", relayed reports; in front, inside, or at the end.

Each rule answers with an Aside: which tokens name the source, and where the text that it covers stands.
"""

from __future__ import annotations

from service.pipeline.attribution.fronted import read_fronted
from service.pipeline.attribution.impersonal import impersonal_content
from service.pipeline.attribution.phrases import phrase_after
from service.pipeline.attribution.placing import Aside, beside, closes, in_front, quotation_before, read_rest
from service.pipeline.attribution.reading import DASHES, Cue, Reading, Unit
from service.pipeline.attribution.source_phrases import read_apart, read_source_phrase, read_told_by
from service.pipeline.attribution.sources import Source
from service.pipeline.attribution.subjects import after_adverbs, before_adverbs

_REPORTS = frozenset({"say", "assert"})


def find_aside(reading: Reading, unit: Unit, cue: Cue, core: int) -> Aside | None:
    """The aside that ``cue`` opens in ``unit``, whose statement begins at token ``core``; None where it opens none."""
    kind = cue.form.kind
    if kind == "tag":
        return _speech_tag(reading, unit, cue, core)
    if kind == "active":
        return _parenthesis(reading, unit, cue, core)
    if kind == "apart":
        return read_apart(reading, unit, cue, core)
    if kind == "closing":
        return _closing(reading, unit, cue)
    if kind in {"according", "based_on", "relay", "as"}:
        return read_source_phrase(reading, unit, cue, core)
    if kind == "told_by":
        return read_told_by(reading, unit, cue) if cue.first <= core else None
    if kind == "passive":
        return _passive_aside(reading, unit, cue, core)
    return None


def _speech_tag(reading: Reading, unit: Unit, cue: Cue, core: int) -> Aside | None:
    """ "…," kata X; …, ujar X; X…, katanya, …; Kata X, …"""
    verb = cue.form.verb
    assert verb is not None
    opening = cue.first
    if opening - 1 > core and reading.lower[opening - 1] in reading.knowledge.sources.thus:
        opening -= 1
    quotation = quotation_before(reading, unit, opening)
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
        return _bare_tag(reading, unit, cue, core, source)
    if verb.marked and not _unmistakable(reading, source):
        return None
    if source.clitic and not closes(reading, source.end, unit.last):
        return None
    return beside(reading, unit, opening, core, cue, source, "tag")


def _bare_tag(reading: Reading, unit: Unit, cue: Cue, core: int, source: Source) -> Aside | None:
    """ "Tim itu kata dia belum tiba": a tag inside its sentence without the commas, where a predicate follows."""
    verb = cue.form.verb
    assert verb is not None
    personal = reading.lower[source.first] in reading.knowledge.grammar.third_person or (
        (mention := reading.mention_at[source.first]) is not None and mention.entity.type == "PERSON"
    )
    apart = source.end < unit.last and reading.lower[source.end] not in reading.knowledge.grammar.adjuncts
    if verb.marked or source.clitic or source.first > cue.last or not (personal and apart):
        return None
    if not reading.is_predicate(source.end) or reading.is_predicate(cue.first - 1):
        return None
    return Aside(cue.first, source.end, cue, source, "inside", "tag-inside", resume=source.end)


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


def _closing(reading: Reading, unit: Unit, cue: Cue) -> Aside | None:
    """ "…," demikian bunyi pernyataan X"""
    quotation = quotation_before(reading, unit, cue.first)
    source = Source(cue.first, cue.last, clitic=True, end=cue.last) if cue.form.clitic else None
    source = source or phrase_after(reading, cue.last, unit.last, said=True)
    if quotation is None or source is None:
        return None
    rest = read_rest(reading, source.end, unit.last)
    return Aside(cue.first, rest.end, cue, source, "quote", "closing-after-quotation", quotation, rest.quote)


def _parenthesis(reading: Reading, unit: Unit, cue: Cue, core: int) -> Aside | None:
    """ "Jembatan itu, X menambahkan, putus dua": a person and the verb between commas, inside what is said; or "…, X
    melaporkan." at the end of it."""
    if cue.last >= unit.last or reading.ends[cue.last]:
        return _closing_verb(reading, unit, cue, core)
    if cue.last + 1 >= unit.last or reading.tokens[cue.last].text != ",":
        return None
    stop = before_adverbs(reading, core, cue.first)
    mention = reading.mention_at[stop - 1] if stop > core else None
    pronoun = stop > core and reading.lower[stop - 1] in reading.knowledge.grammar.third_person
    first = mention.first if mention is not None and mention.entity.type == "PERSON" else stop - 1
    if not (pronoun or first < stop - 1 or mention is not None) or first - 1 <= core:
        return None
    head = reading.lower[core]
    titled = head in reading.knowledge.nouns.speakers or head in reading.knowledge.grammar.adjuncts
    # "Petugas, X menuturkan, menyerahkan …": the predicate of what stands in front follows
    following = after_adverbs(reading, cue.last + 1, unit.last)
    titled = titled and not (first == core + 2 and following < unit.last and reading.is_predicate(following))
    if reading.tokens[first - 1].text != "," or titled or reading.is_time(core) or reading.mention_at[core] is not None:
        return None
    return Aside(
        first, cue.last + 1, cue, Source(first, stop, end=cue.last), "inside", "parenthesis-inside", resume=cue.last + 1
    )


def _closing_verb(reading: Reading, unit: Unit, cue: Cue, core: int) -> Aside | None:
    """ "…, X melaporkan.": a name and the verb behind a comma, at the end of what is said."""
    verb = cue.form.verb
    stop = before_adverbs(reading, core, cue.first)
    mention = reading.mention_at[stop - 1] if stop > core else None
    if verb is None or verb.frame not in _REPORTS or mention is None or mention.entity.type not in {"PERSON", "ORG"}:
        return None
    first = mention.first
    if mention.last != stop or first - 1 <= core or reading.tokens[first - 1].text != ",":
        return None
    if reading.quotation_at[cue.first] is not None or not reading.has_predicate(core, first - 1):
        return None
    return Aside(first - 1, unit.last, cue, Source(first, stop, end=cue.last), "end", "verb-at-end")


def _passive_aside(reading: Reading, unit: Unit, cue: Cue, core: int) -> Aside | None:
    """…, diberitakan X: a passive with its agent behind a comma, at the end."""
    if cue.first <= core:
        return read_fronted(reading, unit, cue)
    if cue.form.clitic or reading.tokens[cue.first - 1].text not in {",", '"', "”"}:
        return None
    if impersonal_content(reading, core, cue, unit.last) is not None:
        return None
    if cue.last >= unit.last or reading.mention_at[cue.last] is None:
        return None
    source = phrase_after(reading, cue.last, unit.last)
    if source is None or (source.end < unit.last and reading.is_verb(source.end)):
        # "…, disebut X melepaskan jangkar": what is told of X follows
        return None
    rest = read_rest(reading, source.end, unit.last)
    if rest.text is not None:
        return None
    quotation = quotation_before(reading, unit, cue.first)
    if quotation is not None:
        return Aside(cue.first, rest.end, cue, source, "quote", "passive-after-quotation", quotation, rest.quote)
    return Aside(cue.first, unit.last, cue, source, "end", "passive-at-end", relays=True)
