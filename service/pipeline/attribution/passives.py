"""Passive reporting verbs: with their agent ("disebut KCNA …", "ditampik Washington"), with a pronoun joined to them
("disebutnya"), and without an agent ("diduga …"), where nobody is named as the source."""

from __future__ import annotations

import msgspec

from service.pipeline.attribution.drafts import Draft
from service.pipeline.attribution.impersonal import impersonal_content
from service.pipeline.attribution.phrases import phrase_after
from service.pipeline.attribution.reading import Cue, Reading, Unit
from service.pipeline.attribution.sources import Source
from service.pipeline.attribution.subjects import before_adverbs, clause_start

_SUPPOSING = frozenset({"estimate", "call"})
_AGENT_BY_NOUN = frozenset({"call", "assert", "accuse", "deny", "say"})


class Hint(msgspec.Struct, frozen=True):
    """A passive that tells who speaks, but not what: "Hal itu disampaikan X"."""

    unit: int
    source: Source
    cue: tuple[int, int]


def read_passive(reading: Reading, unit: Unit, cue: Cue, first: int, last: int) -> Draft | Source | None:
    """The statement of a passive ``cue`` in tokens ``first:last``, or the Source that it names for a statement beside
    it, or None."""
    verb = cue.form.verb
    assert verb is not None
    left = before_adverbs(reading, first, cue.first)
    word = reading.lower[left - 1] if left > first else ""
    grammar = reading.knowledge.grammar
    if word in grammar.negators:
        return None
    if first >= cue.first and cue.form.words[0] in reading.knowledge.sources.own_reports:
        return None
    agent = _agent(reading, cue, last)
    end = _end(reading, cue.last, last)
    if word in grammar.relative:
        return _relative(reading, cue, agent, first, end)
    impersonal = impersonal_content(reading, first, cue, end) if verb.frame in _AGENT_BY_NOUN else None
    if impersonal is not None:
        return Draft(*impersonal, None, (cue.first, cue.last), "impersonal-passive", 0.75, verb.frame)
    start = max(first, clause_start(reading, unit, cue.first))
    start = reading.after_connectors(start, end) if start == first else start
    for j in range(cue.first - 1, start, -1):
        if (
            reading.tokens[j - 1].text == ","
            and reading.lower[j] in grammar.contrast
            and reading.quotation_at[j] is None
        ):
            start = j + 1
            break
    if agent is not None:
        return _with_agent(reading, cue, agent, start, end)
    late = _late_agent(reading, cue, end)
    if late is not None and start < cue.first:
        return Draft(start, late[0], late[1], (cue.first, cue.last), "passive-with-late-agent", 0.75, verb.frame)
    if not verb.agentless or not _reports_clause(reading, cue, end):
        return None
    if left > start and (reading.is_predicate(left - 1) or word in grammar.clause_breaks):
        return None
    start = _behind_break(reading, start, left)
    echoed = any(reading.lower[i] in grammar.echoes for i in range(start, left))
    if echoed and reading.lower[start] in reading.knowledge.nouns.anaphoric:
        return None
    if word in grammar.adjuncts or reading.lower[start] in grammar.pronouns - grammar.third_person:
        return None
    content_last = reading.trim_end(start, end)
    if content_last - start < 4:
        return None
    return Draft(start, content_last, None, (cue.first, cue.last), "passive-without-agent", 0.75, verb.frame)


def _behind_break(reading: Reading, start: int, left: int) -> int:
    """``start`` moved behind a subordinating conjunction that has a clause in front of it."""
    for i in range(left - 1, start, -1):
        if reading.lower[i] in reading.knowledge.grammar.clause_breaks and reading.has_predicate(start, i):
            return i + 1
    return start


def _takes_over(reading: Reading, i: int, last: int) -> bool:
    """Whether a clause of its own opens at ``i``, behind a comma."""
    grammar = reading.knowledge.grammar
    if reading.lower[i] in grammar.contrast:
        return True
    return reading.lower[i] in grammar.consecutive and reading.has_predicate(i + 1, last)


def _end(reading: Reading, i: int, last: int) -> int:
    for j in range(i, last):
        text = reading.tokens[j].text
        if reading.quotation_at[j] is None and reading.ends[j]:
            return j
        if text == "," and j + 1 < last and _takes_over(reading, j + 1, last):
            return j
    return last


def _agent(reading: Reading, cue: Cue, last: int) -> Source | None:
    """The agent right behind the verb, or the pronoun joined to it."""
    if cue.form.clitic:
        return Source(cue.first, cue.last, clitic=True, end=cue.last)
    i = cue.last
    if i >= last:
        return None
    grammar = reading.knowledge.grammar
    verb = cue.form.verb
    mention = reading.mention_at[i]
    if reading.lower[i] in grammar.agent_marker or reading.lower[i] in grammar.third_person:
        return phrase_after(reading, i, last)
    if mention is not None and mention.first == i and mention.entity.type in {"PERSON", "ORG"}:
        acts = mention.last < last and reading.is_verb(mention.last) and verb is not None and verb.frame == "call"
        apart = reading.opens_sentence(cue.first) or reading.tokens[cue.first - 1].text == ","
        # "Semula, disebut X melepaskan jangkar": of whom it is told
        return None if acts and apart else phrase_after(reading, i, last)
    if (
        mention is not None
        and mention.first == i
        and mention.entity.type == "GPE"
        and verb
        and verb.frame in _AGENT_BY_NOUN
    ):
        return phrase_after(reading, i, last)
    if (
        verb is not None
        and verb.frame in _AGENT_BY_NOUN
        and (reading.lower[i] in reading.knowledge.nouns.speakers or reading.is_capitalized(i))
    ):
        source = phrase_after(reading, i, last)
        if source is not None and _named_or_pointed(reading, source):
            return source
    return None


def _late_agent(reading: Reading, cue: Cue, end: int) -> tuple[int, Source] | None:
    """The agent behind what the passive reports, and where its preposition stands: "X diminta mundur oleh Y"."""
    for i in range(cue.last + 1, end):
        if reading.lower[i] in reading.knowledge.grammar.relative or reading.tokens[i].text == ",":
            return None
        if reading.lower[i] in reading.knowledge.grammar.agent_marker:
            source = phrase_after(reading, i, end)
            reported = reading.has_predicate(cue.last, i)
            prefixes = reading.knowledge.predicates.passive_prefixes
            between = any(
                (reading.is_verb(j) and reading.lower[j].startswith(prefixes)) or _is_deed(reading, j)
                for j in range(cue.last, i)
            )
            return (i, source) if source is not None and reported and not between else None
    return None


def _is_deed(reading: Reading, i: int) -> bool:
    """Whether the word is a noun for a deed, whose doer the preposition may lead to ("pemeriksaan kapal oleh X")."""
    nouns, word = reading.knowledge.nouns, reading.lower[i]
    derived = word.startswith(nouns.abstract_prefixes) and word.endswith(nouns.abstract_suffix)
    return derived and reading.knowledge.stem(word) != word and reading.mention_at[i] is None


def _named_or_pointed(reading: Reading, source: Source) -> bool:
    grammar = reading.knowledge.grammar
    return reading.lower[source.last - 1] in grammar.demonstratives or any(
        m is not None and m.entity.type in {"PERSON", "ORG", "GPE"}
        for m in reading.mention_at[source.first : source.last]
    )


def _reports_clause(reading: Reading, cue: Cue, end: int) -> bool:
    """Whether what follows an agentless passive is a predicate or a number, not an addressee or the sentence's end."""
    i = cue.last
    if i >= end:
        return False
    grammar = reading.knowledge.grammar
    word = reading.lower[i]
    if word in grammar.as_words or reading.is_mark(i) or word in grammar.complementizers:
        return True
    if word in grammar.reasons and cue.form.verb is not None and cue.form.verb.frame in _SUPPOSING:
        return i + 1 < end
    if (word in grammar.adjuncts and not reading.is_verb(i)) or word in grammar.relative:
        return False
    return (reading.is_word(i) and reading.has_predicate(i, end)) or any(
        reading.tokens[j].text[0].isdigit() for j in range(i, end)
    )


def _relative(reading: Reading, cue: Cue, agent: Source | None, first: int, end: int) -> Draft | None:
    """ "…yang disebut X "…"": the quoted words are what X says."""
    verb = cue.form.verb
    assert verb is not None
    if agent is None:
        return None
    i = agent.end
    if i < end and reading.lower[i] in reading.knowledge.grammar.as_words:
        i += 1
    if i >= end or not reading.is_mark(i):
        return None
    quotation = reading.quotation_at[i]
    if quotation is None or quotation.first != i:
        return None
    return Draft(i, quotation.last, agent, (cue.first, cue.last), "passive-in-relative-clause", 0.8, verb.frame)


def _with_agent(reading: Reading, cue: Cue, agent: Source, start: int, end: int) -> Draft | Source | None:
    verb = cue.form.verb
    assert verb is not None
    anaphoric = start >= cue.first or reading.lower[start] in reading.knowledge.nouns.anaphoric
    where = (cue.first, cue.last)
    quoted = _quotation_from(reading, agent.end, end)
    if quoted is not None:
        return Draft(quoted[0], quoted[1], agent, where, "passive-with-agent", 0.8, verb.frame)
    if verb.frame == "deny" and start < cue.first:
        stop = before_adverbs(reading, start, cue.first)
        return Draft(start, stop, agent, where, "denied-by-agent", 0.75, verb.frame) if stop > start else None
    if anaphoric:
        return agent
    behind = agent.end < end and reading.is_word(agent.end) and reading.has_predicate(agent.end, end)
    as_word = agent.end < end and reading.lower[agent.end] in reading.knowledge.grammar.as_words
    if not (as_word or (behind and reading.lower[agent.end] not in reading.knowledge.grammar.adjuncts)):
        return agent
    last = reading.trim_end(start, end)
    return Draft(start, last, agent, where, "passive-with-agent", 0.7, verb.frame) if last - start > 3 else None


def _quotation_from(reading: Reading, i: int, end: int) -> tuple[int, int] | None:
    grammar = reading.knowledge.grammar
    while i < end and (reading.tokens[i].text in {",", ":"} or reading.lower[i] in grammar.as_words):
        i += 1
    if i >= end or not reading.is_mark(i):
        return None
    quotation = reading.quotation_at[i]
    return (i, quotation.last) if quotation is not None and quotation.first == i else None
