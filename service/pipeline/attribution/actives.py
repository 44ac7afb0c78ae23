"""Subject, reporting verb, complement: "X mengatakan bahwa …", "X, yang mengutip Y, melaporkan …"."""

from __future__ import annotations

from collections.abc import Sequence

from service.pipeline.attribution.contents import Complement, complement_after
from service.pipeline.attribution.drafts import Draft
from service.pipeline.attribution.frames import fits
from service.pipeline.attribution.reading import Cue, Reading, Unit
from service.pipeline.attribution.sources import Source
from service.pipeline.attribution.subjects import before_adverbs, clause_start, subject_before


def find_actives(reading: Reading, unit: Unit, cues: Sequence[Cue], first: int, last: int) -> list[Draft]:
    """The statements of the active reporting verbs among ``cues`` in tokens ``first:last`` of ``unit``."""
    found: list[tuple[Cue, Draft, Complement]] = []
    for cue in cues:
        if cue.form.kind != "active" or cue.first < first or cue.last >= last or cue.form.verb is None:
            continue
        draft = _read_active(reading, unit, cue, first, last, found)
        if draft is not None:
            found.append(draft)
    return [draft for _, draft, _ in found]


def find_joined(reading: Reading, cues: Sequence[Cue], source: Source, first: int, last: int) -> list[Draft]:
    """What the source of a tag says besides: "…," kata X, seraya menambahkan bahwa …; ``first:last`` follow it."""
    grammar = reading.knowledge.grammar
    found: list[Draft] = []
    for cue in cues:
        verb = cue.form.verb
        if cue.form.kind != "active" or verb is None or not first < cue.first < last:
            continue
        if reading.quotation_at[cue.first] is not None:
            continue
        if reading.lower[cue.first - 1] not in grammar.converbs | grammar.coordinators:
            continue
        complement = complement_after(reading, cue, last)
        if complement is not None and fits(reading, verb, complement, source.first):
            where = (cue.first, cue.last)
            found.append(Draft(complement.first, complement.last, source, where, "joined-to-tag", 0.8, verb.frame))
    return found


def _read_active(
    reading: Reading, unit: Unit, cue: Cue, first: int, last: int, before: list[tuple[Cue, Draft, Complement]]
) -> tuple[Cue, Draft, Complement] | None:
    verb = cue.form.verb
    assert verb is not None
    grammar = reading.knowledge.grammar
    complement = complement_after(reading, cue, last)
    if complement is None:
        return None
    left = before_adverbs(reading, first, cue.first)
    word = reading.lower[left - 1] if left > first else ""
    if word in grammar.negators and reading.lower[left] not in grammar.restrictive:
        return None
    if verb.frame == "attitude" and word in grammar.coordinators and before and not complement.introduced:
        # "berharap warga tetap tenang dan optimistis": of whom the report speaks
        return None
    start = max(first, clause_start(reading, unit, cue.first))
    rule = "subject-verb"
    if word in grammar.relative:
        source = _antecedent(reading, first, left - 1)
        complement = _within_relative(reading, complement)
        rule = "relative-clause"
    elif (
        word in grammar.coordinators
        or word in grammar.converbs
        or (word == "," and any(reading.lower[i] in grammar.coordinators for i in range(left, cue.first)))
    ):
        source, rule = _shared(reading, start, left, before), "coordinated-verb"
    else:
        inner = before[-1][2].first if before and start < before[-1][2].first < left <= before[-1][2].last else start
        source = subject_before(
            reading, inner, cue.first, said=verb.frame == "say" or bool(verb.tag and not verb.marked)
        )
        if source is None and before and _chained(reading, before[-1], left):
            source, rule = before[-1][1].source, "coordinated-verb"
    if source is None or complement.last <= complement.first:
        return None
    if not source.clitic and reading.lower[source.first] in grammar.first_person:
        return None
    if not source.clitic and reading.lower[source.first] in reading.knowledge.nouns.not_sources:
        return None
    if reading.quotation_at[cue.first] is not None and not _quotable(reading, source):
        return None
    if not fits(reading, verb, complement, source.first):
        return None
    _cut_before(reading, before, cue, left, source)
    score = 0.9 if complement.marked else 0.8
    draft = Draft(complement.first, complement.last, source, (cue.first, cue.last), rule, score, verb.frame)
    return cue, draft, complement


def _quotable(reading: Reading, source: Source) -> bool:
    """Inside a quotation, only named others are reported as speakers of their own."""
    return any(
        m is not None and m.entity.type in {"PERSON", "ORG"} for m in reading.mention_at[source.first : source.last]
    )


def _antecedent(reading: Reading, first: int, relative: int) -> Source | None:
    """The source that a relative clause belongs to: a name right before it, or a document noun's phrase."""
    stop = relative
    if stop > first and reading.tokens[stop - 1].text == ",":
        stop -= 1
    if stop <= first:
        return None
    knowledge = reading.knowledge
    start = stop
    document: int | None = None
    while start > first and stop - start < 16:
        i = start - 1
        word = reading.lower[i]
        if word in knowledge.grammar.adjuncts and word not in knowledge.grammar.conjoining:
            break
        if reading.is_mark(i) or reading.tokens[i].text in {";", ":"} or reading.is_verb(i):
            break
        if (
            word in knowledge.grammar.clause_breaks
            or word in knowledge.predicates.finite
            or word in knowledge.nouns.not_sources
        ):
            break
        if word in knowledge.nouns.documents:
            document = i
        start = i
    if document is not None:
        return Source(document, stop, end=stop)
    if reading.tokens[stop - 1].text == ")":
        abbreviated = reading.mention_at[stop - 2]
        long = reading.mention_at[abbreviated.first - 2] if abbreviated is not None and abbreviated.first > 1 else None
        if long is not None and long.entity.type == "ORG" and reading.tokens[long.last].text == "(":
            return Source(long.first, stop, end=stop)
    mention = reading.mention_at[stop - 1]
    if mention is not None and mention.last == stop and mention.entity.type in {"PERSON", "ORG"}:
        return Source(mention.first, stop, end=stop)
    return None


def _within_relative(reading: Reading, complement: Complement) -> Complement:
    """The complement up to the comma that closes the relative clause."""
    for i in range(complement.first + 1, complement.last):
        if reading.tokens[i].text == "," and reading.quotation_at[i] is None:
            return Complement(complement.first, i, complement.marked, complement.introduced, complement.quoted)
    return complement


def _shared(reading: Reading, start: int, left: int, before: list[tuple[Cue, Draft, Complement]]) -> Source | None:
    """The subject of a verb behind "dan", "serta", "sambil": the previous reporting verb's, unless that verb reports a
    clause whose own subject goes on acting ("KCNA melaporkan bahwa Kim bertemu Putin dan menegaskan …")."""
    if before:
        _, draft, previous = before[-1]
        if draft.last >= left - 1 and draft.first <= left:
            inner = subject_of_clause(reading, previous.first, left - 1) if previous.introduced else None
            return inner if inner is not None else draft.source
    return subject_before(reading, start, left - 1, shared=True)


def subject_of_clause(reading: Reading, first: int, last: int) -> Source | None:
    """The named subject that opens the clause ``first:last``, in front of its first verb."""
    verb = next((i for i in range(first, last) if reading.is_predicate(i)), last)
    if verb >= last:
        return None
    return subject_before(reading, first, verb)


def _chained(reading: Reading, previous: tuple[Cue, Draft, Complement], left: int) -> bool:
    """Whether only a comma stands between the previous complement and this verb."""
    draft = previous[1]
    return draft.last <= left and left - draft.last <= 1 and reading.tokens[left - 1].text == ","


def _cut_before(
    reading: Reading, before: list[tuple[Cue, Draft, Complement]], cue: Cue, left: int, source: Source
) -> None:
    """End the previous complement in front of a verb that shares its subject."""
    if not before:
        return
    last_cue, draft, complement = before[-1]
    if draft.source is not source or not complement.first < left <= complement.last:
        return
    end = left
    while end > complement.first and (
        reading.lower[end - 1] in reading.knowledge.grammar.coordinators
        or reading.lower[end - 1] in reading.knowledge.grammar.converbs
        or not reading.is_word(end - 1)
    ):
        end -= 1
    if end > complement.first:
        shorter = Draft(draft.first, end, draft.source, draft.cue, draft.rule, draft.score, draft.frame)
        before[-1] = (last_cue, shorter, complement)
