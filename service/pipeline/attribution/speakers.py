"""From source phrases to speakers: names, roles, affiliations, and whether a source is unnamed on purpose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from service.pipeline.annotations import Entity, Span, Speaker
from service.pipeline.attribution.antecedents import Antecedents, is_anaphoric
from service.pipeline.attribution.reading import Mention, Reading
from service.pipeline.attribution.sources import Source, has_anonymous_phrase
from service.pipeline.entities.titles import Description, describe

_CLAUSE = 12


def find_speaker(reading: Reading, source: Source, said_at: int, antecedents: Antecedents) -> Speaker:
    """The speaker that ``source`` names or points back to; ``said_at`` is the first token of what is said."""
    if is_anaphoric(reading, source):
        issuer = None if source.clitic else antecedents.issuer(source)
        if isinstance(issuer, Speaker):
            return replace(issuer, span=reading.span(source.first, source.last))
        if issuer is not None:
            return _by_phrase(reading, issuer, antecedents)
        found = antecedents.find(source, said_at)
        if isinstance(found, Speaker):
            return found if source.clitic else replace(found, span=reading.span(source.first, source.last))
        if found is not None:
            return _by_reference(reading, source, found, antecedents)
        if source.clitic:
            end = reading.tokens[source.last - 1].end
            return Speaker(None, Span(end - _clitic_length(reading, source.last - 1), end))
    titled = antecedents.bearer(source)
    return _by_reference(reading, source, titled, antecedents) if titled else _by_phrase(reading, source, antecedents)


def _by_reference(reading: Reading, source: Source, entity: Entity, antecedents: Antecedents) -> Speaker:
    """The speaker whom a phrase that points back means. A joined pronoun is given the antecedent's words."""
    here = reading.span(source.first, source.last)
    before = [span for span in entity.mentions if span.end <= here.start]
    written = max(before) if before else min(entity.mentions, default=here)
    told = _describe(reading, written, antecedents)
    return Speaker(entity.name, written if source.clitic else here, entity.id, told.role, told.affiliation)


def _by_phrase(reading: Reading, source: Source, antecedents: Antecedents) -> Speaker:
    first, last = source.first, source.last
    span = reading.span(first, last)
    named = _named(reading, source)
    holder = antecedents.titled(source) if not named else None
    if holder is not None:
        return _by_reference(reading, source, holder, antecedents)
    if not named:
        return Speaker(reading.text(first, last), span, affiliation=_affiliation(reading, first, last))
    if len(named) > 1:
        return Speaker(_joined(reading, named), span)
    mention = named[0]
    told = _describe(reading, reading.span(mention.first, mention.last), antecedents)
    return Speaker(
        mention.entity.name,
        span,
        mention.entity.id,
        _role(reading, first, mention) or told.role,
        told.affiliation or _affiliation(reading, first, mention.first),
    )


def _describe(reading: Reading, mention: Span, antecedents: Antecedents) -> Description:
    return describe(reading.document, reading.entities, mention, reading.knowledge.names, antecedents.discourse)


def _clitic_length(reading: Reading, i: int) -> int:
    word = reading.lower[i]
    return next((len(clitic) for clitic in reading.knowledge.grammar.clitics if word.endswith(clitic)), len(word))


def _named(reading: Reading, source: Source) -> Sequence[Mention]:
    """The mentions that name the source itself, not somebody whom the phrase only relates it to."""
    mentions = reading.mentions_in(source.first, source.last)
    people = [mention for mention in mentions if mention.entity.type == "PERSON"]
    if people:
        return _people(reading, source, people)
    if not mentions:
        return ()
    mention = mentions[-1]
    if mention.first == source.first and all(
        _bracketed(reading, i) or reading.lower[i] in reading.knowledge.grammar.demonstratives
        for i in range(mention.last, source.last)
    ):
        return (mention,)
    if len(mentions) > 1 and mentions[0].first == source.first and _abbreviates(reading, mentions[0], mention):
        return (mentions[0],)
    if mention.last == source.last and mention.entity.type == "ORG" and _announces(reading, source.first, mention):
        return (mention,)
    return mentions if _lists(reading, source, mentions) else ()


def _people(reading: Reading, source: Source, people: Sequence[Mention]) -> Sequence[Mention]:
    """The person named last, as names follow their titles, with those joined to them by a conjunction; nobody where
    the only person is whom somebody else is a relative or a lawyer of."""
    outside = [m for m in people if not _bracketed(reading, m.first)] or people
    mention = outside[-1]
    if mention is not outside[0] and _is_relative(reading, outside[0], mention, source):
        # "Wiryo (36), ayah Damar": the first is named, the second only tells who that is
        return (outside[0],)
    relational = reading.knowledge.nouns.relational
    if mention.first > source.first and len(people) == 1 and reading.lower[mention.first - 1] in relational:
        return ()
    return [*(m for m in outside[:-1] if _joined_to(reading, m, mention)), mention]


def _is_relative(reading: Reading, one: Mention, other: Mention, source: Source) -> bool:
    """Whether the phrase opens with a name, and another follows in an apposition that tells whose relative it is."""
    between = reading.lower[one.last : other.first]
    return (
        one.first == source.first
        and len(between) > 1
        and "," in between
        and reading.lower[other.first - 1] in reading.knowledge.nouns.relational
    )


def _bracketed(reading: Reading, i: int) -> bool:
    return not reading.is_word(i) or (i > 0 and reading.tokens[i - 1].text == "(")


def _abbreviates(reading: Reading, long: Mention, short: Mention) -> bool:
    return reading.tokens[short.first - 1].text == "(" and short.first - long.last <= 1


def _announces(reading: Reading, first: int, mention: Mention) -> bool:
    """Whether what stands before an organization's name only says what it is: "kantor berita X", "media Y, Z"."""
    if mention.first > first and reading.tokens[mention.first - 1].text == ",":
        return True
    nouns = reading.knowledge.nouns
    announcing = (
        nouns.media,
        nouns.documents,
        reading.knowledge.sources.based_on_nouns,
        reading.knowledge.grammar.contrast,
    )
    return all(
        any(reading.lower[i] in group for group in announcing) or reading.mention_at[i] is not None
        for i in range(first, mention.first)
    )


def _lists(reading: Reading, source: Source, mentions: Sequence[Mention]) -> bool:
    """Whether the phrase is nothing but names and conjunctions."""
    conjoining = reading.knowledge.grammar.conjoining
    return all(mention.entity.type in {"ORG", "GPE"} for mention in mentions) and all(
        not reading.is_word(i) or reading.mention_at[i] is not None or reading.lower[i] in conjoining
        for i in range(source.first, source.last)
    )


def _joined_to(reading: Reading, one: Mention, other: Mention) -> bool:
    between = reading.lower[one.last : other.first]
    return 0 < len(between) <= 3 and any(word in reading.knowledge.grammar.conjoining for word in between)


def _joined(reading: Reading, mentions: Sequence[Mention]) -> str:
    """The names side by side, with the text's own conjunction before the last."""
    names = [mention.entity.name for mention in mentions]
    between = reading.lower[mentions[-2].last : mentions[-1].first]
    conjunction = next((word for word in between if word in reading.knowledge.grammar.conjoining), None)
    last = f" {conjunction} " if conjunction else ", "
    return ", ".join(names[:-1]) + last + names[-1]


def _role(reading: Reading, first: int, mention: Mention) -> str | None:
    """The words of the phrase in front of the name: "Kepala Pelaksana BPBD Demak"."""
    stop = mention.first
    while stop > first and not (reading.is_word(stop - 1) or reading.tokens[stop - 1].text == ")"):
        stop -= 1
    return reading.text(first, stop) if stop > first else None


def _affiliation(reading: Reading, first: int, last: int) -> str | None:
    """The organization, or else the government, named in tokens ``first:last``."""
    mentions = reading.mentions_in(first, last)
    for kind in ("ORG", "GPE"):
        for mention in mentions:
            if mention.entity.type == kind:
                return mention.entity.name
    return None


def is_anonymous(reading: Reading, source: Source) -> bool:
    """Whether the source is left without a name on purpose: by its noun, or as the text around it says."""
    first, last = source.first, source.last
    if any(m.entity.type == "PERSON" for m in reading.mentions_in(first, last)):
        return False
    behind = last
    while behind < min(len(reading.tokens), last + _CLAUSE) and reading.tokens[behind].text not in {".", ";"}:
        behind += 1
    named_so = any(word in reading.knowledge.nouns.anonymous for word in reading.lower[first:last])
    return named_so or has_anonymous_phrase(reading, first, behind)
