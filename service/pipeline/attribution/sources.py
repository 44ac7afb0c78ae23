"""Who speaks: the noun phrase behind a speech tag, or in front of a reporting verb.

Phrases are delimited by names, closed classes of words and punctuation. Not handled: subjects behind their verb
without a tag form, and subjects that are clauses.
"""

from __future__ import annotations

from dataclasses import dataclass

from service.pipeline.attribution.quotations import DOUBLE
from service.pipeline.attribution.reading import DASHES, Reading

_LONGEST = 32
_BREAKS = frozenset(";:")


@dataclass(frozen=True, slots=True)
class Source:
    """A source phrase: tokens ``first:last``. ``clitic`` where the source is the pronoun in a cue, which these tokens
    then are; ``end`` is where the text goes on behind the phrase and its apposition."""

    first: int
    last: int
    clitic: bool = False
    end: int = 0


def phrase_after(reading: Reading, start: int, limit: int, said: bool = False) -> Source | None:
    """The noun phrase that begins at token ``start`` and names who speaks, or None; ``said`` as for can_be_source."""
    grammar = reading.knowledge.grammar
    i = start
    if i < limit and reading.lower[i] in grammar.agent_marker:
        i += 1
    first = i
    if i >= limit:
        return None
    if reading.lower[i] in grammar.pronouns:
        return Source(i, i + 1, end=i + 1)
    person = False
    named = False
    limit = min(limit, first + _LONGEST)
    while i < limit:
        text, word = reading.tokens[i].text, reading.lower[i]
        mention = reading.mention_at[i]
        if text == "(":
            behind = _inside_brackets(reading, i, limit)
            if behind == i:
                break
            i = behind
        elif text == ",":
            following = _apposition(reading, i, limit, person)
            if following == i:
                break
            degree = following == i + 2 and not reading.mentions_in(i, following)
            person = person or any(m.entity.type == "PERSON" for m in reading.mentions_in(i, following))
            i = following
            if degree and i < limit and reading.is_word(i):
                break
        elif text in _BREAKS or text in DOUBLE or text in DASHES or reading.ends[i]:
            break
        elif mention is not None and mention.first >= first and mention.first == i:
            if person and mention.entity.type == "PERSON" and reading.lower[i - 1] not in grammar.conjoining:
                break
            person = person or mention.entity.type == "PERSON"
            named = True
            i = mention.last
        elif word in grammar.relative:
            behind = _identifying_clause(reading, i, limit, named)
            if behind == i:
                break
            i = behind
            break
        elif word in grammar.conjoining:
            if not _joins_source(reading, i, limit, first):
                break
            i += 1
        elif word in grammar.demonstratives:
            i += 1
            if not (i < limit and reading.tokens[i].text == "," and not person):
                break
        elif reading.is_capitalized(i):
            if reading.is_time(i) and i > first:
                break
            if person and not _continues_name(reading, i, first):
                break
            named = True
            i += 1
        elif word in grammar.contrast and i > first and reading.lower[i - 1] in reading.knowledge.sources.based_on_nouns:
            # "perhitungan sementara X": what elsewhere opens a clause qualifies the noun
            i += 1
        elif word in grammar.adjuncts or reading.is_time(i):
            if named or i == first or not _inner_preposition(reading, i, limit):
                break
            i += 1
        elif (
            person
            or (i > first and reading.is_predicate(i) and not word.startswith(grammar.modifier_prefixes))
            or (i == first and reading.is_verb(i))
            or (not reading.is_word(i) and text not in {"/", "&", "'", "-", ")", "."})
        ):
            break
        else:
            i += 1
    last = i
    while last > first and not (reading.is_word(last - 1) or reading.tokens[last - 1].text == ")"):
        if reading.tokens[last - 1].text == "." and last - first > 1 and reading.is_capitalized(last - 2):
            break
        last -= 1
    if last <= first or not any(reading.is_word(j) for j in range(first, last)):
        return None
    if not can_be_source(reading, first, last, said):
        return None
    return Source(first, last, end=i)


def _stem(reading: Reading, word: str) -> str:
    """``word`` without a joined pronoun, or the first half of a reduplicated one."""
    for clitic in reading.knowledge.grammar.clitics:
        if word.endswith(clitic):
            return word[: -len(clitic)]
    return word.partition("-")[0]


def can_be_source(reading: Reading, first: int, last: int, said: bool = False) -> bool:
    """Whether the phrase ``first:last`` names, or is headed by, somebody who can be a source. Where it is certain that
    something is ``said`` (a speech tag, a verb of saying), a common noun that the data do not list will do as well."""
    if first >= last:
        return False
    head = reading.lower[first]
    nouns = reading.knowledge.nouns
    plain = _stem(reading, head)
    heads = (nouns.speakers, nouns.documents, nouns.relational, reading.knowledge.sources.based_on_nouns)
    speaks = any(head in group or plain in group for group in heads)
    if reading.mention_at[first] is None and not speaks and _abstract(reading, head, said):
        return False
    words = reading.lower[first:last]
    if head in reading.knowledge.grammar.third_person:
        return True
    if any(reading.mention_at[i] is not None for i in range(first, last)):
        return True
    if any(reading.is_capitalized(i) for i in range(first, last) if not reading.opens_sentence(i)):
        return True
    if speaks or any(word in nouns.speakers or _stem(reading, word) in nouns.speakers for word in words):
        return True
    if words[-1] in reading.knowledge.grammar.demonstratives and last - first > 1:
        return True
    return (
        said
        and reading.is_word(first)
        and head not in reading.knowledge.grammar.adjuncts
        and not reading.is_predicate(first)
    )


def _abstract(reading: Reading, head: str, said: bool) -> bool:
    """Whether the head noun names an act, an event or a text, which does not speak."""
    nouns = reading.knowledge.nouns
    if head in nouns.not_sources or _stem(reading, head) in nouns.not_sources:
        return True
    if said:
        return False
    if head in nouns.anaphoric:
        return True
    return (
        head.startswith(nouns.abstract_prefixes)
        and head.endswith(nouns.abstract_suffix)
        and reading.knowledge.stem(head) != head
    )


def _inside_brackets(reading: Reading, i: int, limit: int) -> int:
    """Behind brackets that belong to a name: an abbreviation, a rank's branch; ``i`` for ages and remarks."""
    behind = reading.after_brackets(i, limit + 6, 8)
    if behind == i:
        return i
    inside = range(i + 1, behind - 1)
    if any(reading.tokens[j].text[0].isdigit() for j in inside):
        return i
    return behind if all(reading.is_capitalized(j) or not reading.is_word(j) for j in inside) else i


def _apposition(reading: Reading, comma: int, limit: int, person: bool) -> int:
    """The position behind the apposition or academic degree that follows the comma; ``comma`` where neither does."""
    knowledge = reading.knowledge
    i = comma + 1
    if i >= limit:
        return comma
    if knowledge.degree.fullmatch(reading.tokens[i].text) and not (
        (mention := reading.mention_at[i]) is not None and mention.entity.type in {"PERSON", "ORG", "GPE"}
    ):
        return i + 1
    if person:
        return comma
    # titles, then a person: "juru bicara Kementerian Luar Negeri, Kapten Eleanor Whitfield"
    j = i
    while j < limit and j < i + 6:
        mention = reading.mention_at[j]
        if mention is not None and mention.first == j and mention.entity.type == "PERSON":
            titled = all(reading.is_capitalized(k) or reading.tokens[k].text in ".()" for k in range(i, j))
            return mention.last if titled and _phrase_ends(reading, mention.last, limit) else comma
        if not reading.is_capitalized(j) and reading.tokens[j].text not in ".()":
            break
        j += 1
    run = _capitalized_run(reading, i, limit)
    if run - i >= 2 and reading.mention_at[i] is None and _phrase_ends(reading, run, limit):
        return run
    # a lone name: "media pemerintah Korea Utara, KCNA, …"
    mention = reading.mention_at[i]
    if mention is not None and mention.first == i and mention.entity.type in {"ORG", "PERSON"}:
        after = mention.last
        if after >= limit or not reading.is_word(after):
            return after
    return comma


def _capitalized_run(reading: Reading, i: int, limit: int) -> int:
    """Behind the capitalized words that begin at ``i`` and may be a name that nothing has recognized."""
    while i < limit and reading.is_capitalized(i) and not reading.is_time(i) and reading.mention_at[i] is None:
        i += 1
    return i


def _phrase_ends(reading: Reading, i: int, limit: int) -> bool:
    """Whether no clause goes on at token ``i``: punctuation, an adjunct or a time stands there."""
    return i >= limit or not reading.is_word(i) or reading.lower[i] in reading.knowledge.grammar.adjuncts or reading.is_time(i)


def _identifying_clause(reading: Reading, i: int, limit: int, named: bool) -> int:
    """Behind a relative clause that tells who the source is (up to its demonstrative, or why it has no name)."""
    if has_anonymous_phrase(reading, i, min(limit, i + 8)):
        j = i
        while j < limit and reading.tokens[j].text not in {",", ".", ";"} and reading.tokens[j].text not in DOUBLE:
            j += 1
        return j
    if named:
        return i
    for j in range(i + 1, min(limit, i + 9)):
        if reading.tokens[j].text in {",", ".", ";", ":"} or reading.tokens[j].text in DOUBLE:
            return i
        if reading.lower[j] in reading.knowledge.grammar.demonstratives:
            return j + 1
    return i


def has_anonymous_phrase(reading: Reading, first: int, last: int) -> bool:
    """Whether tokens ``first:last`` say that the source is not to be named."""
    phrases = reading.knowledge.anonymous_phrases
    for i in range(first, last):
        for words in phrases.get(reading.lower[i], ()):
            if tuple(reading.lower[i : i + len(words)]) == words:
                return True
    return False


def _joins_source(reading: Reading, i: int, limit: int, first: int) -> bool:
    """Whether the conjunction at ``i`` joins two sources: a name or noun follows, and no verb before the next comma."""
    if i + 1 >= limit or i == first:
        return False
    if reading.mention_at[i + 1] is not None or reading.is_capitalized(i + 1):
        return True
    word = reading.lower[i + 1]
    return _stem(reading, word) in reading.knowledge.nouns.speakers and not reading.is_verb(i + 1)


def _continues_name(reading: Reading, i: int, first: int) -> bool:
    """Whether a capitalized word behind a person's name still belongs to the name."""
    before = reading.tokens[i - 1].text
    return i > first and (before[0].isupper() or before == ".") and not reading.is_time(i)


def _inner_preposition(reading: Reading, i: int, limit: int) -> bool:
    """Whether the preposition at ``i`` stands inside the source's designation: "sumber di Korps X", "ahli dari X"."""
    if reading.lower[i] not in reading.knowledge.grammar.inner_prepositions or i + 1 >= limit:
        return False
    mention = reading.mention_at[i + 1]
    return (mention is not None and mention.entity.type in {"ORG", "FAC"}) or (
        mention is not None and i + 1 < limit and reading.lower[i - 1] in reading.knowledge.nouns.anonymous
    )
