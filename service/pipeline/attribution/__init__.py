"""Who said what: quotations, reported speech, relayed reports, and whom they are given to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.pipeline.annotations import Attribution, Document, Entity, Span, Speaker
from service.pipeline.attribution.antecedents import Antecedents
from service.pipeline.attribution.drafts import Draft
from service.pipeline.attribution.lexicon import Knowledge, load
from service.pipeline.attribution.reading import Reading
from service.pipeline.attribution.sources import Source
from service.pipeline.attribution.speakers import find_speaker, is_anonymous
from service.pipeline.attribution.statements import draft_statements
from service.pipeline.attribution.untagged import continue_quotations

__all__ = ["AttributedStatement", "Knowledge", "find_attributions", "load"]


@dataclass(frozen=True, slots=True)
class AttributedStatement:
    """What somebody is reported to have said. ``span`` holds the words, with the quotation marks of a quotation;
    ``form`` is direct, indirect or mixed; ``frame`` says what kind of verb reports it (say, deny, request, …)."""

    span: Span
    form: str
    attribution: Attribution
    rule: str
    score: float
    frame: str = ""


def find_attributions(
    document: Document, entities: Sequence[Entity], knowledge: Knowledge
) -> tuple[AttributedStatement, ...]:
    """The attributed statements of a document's body, in text order; nested statements each on their own.

    Headlines give none. Sentences that continue a statement without a cue are left out.
    """
    if not document.tokens:
        return ()
    reading = Reading(document, entities, knowledge)
    drafts, hints = draft_statements(reading)
    drafts = continue_quotations(reading, drafts, hints)
    speakers = _speakers(reading, drafts)
    return tuple(
        AttributedStatement(
            reading.span(draft.first, draft.last),
            _form(reading, draft),
            Attribution(
                speaker,
                reading.span(*draft.cue) if draft.cue else None,
                via,
                draft.source is not None and is_anonymous(reading, draft.source),
            ),
            draft.rule,
            draft.score,
            draft.frame,
        )
        for draft, speaker, via in zip(drafts, speakers, _relays(reading, drafts, speakers), strict=True)
    )


def _speakers(reading: Reading, drafts: Sequence[Draft]) -> list[Speaker | None]:
    """The speaker of each draft. Sources are read in text order, so that pronouns find who spoke before."""
    antecedents = Antecedents(reading)
    sources: dict[tuple[int, int], tuple[Source, int]] = {}
    for draft in drafts:
        if draft.source is not None and not (draft.borrowed and (draft.source.first, draft.source.last) in sources):
            # whom a tag's pronoun stands for is sought before what is said, not in it
            key = (draft.source.first, draft.source.last)
            said_at = min(draft.first, sources[key][1]) if key in sources else draft.first
            sources[key] = (draft.source, said_at)
    speakers: dict[tuple[int, int], Speaker] = {}
    quoted = _quoted_sources(reading, drafts)
    for key in sorted(sources):
        source, said_at = sources[key]
        speakers[key] = find_speaker(reading, source, said_at, antecedents)
        if key not in quoted:
            antecedents.note(source, speakers[key])
    return [speakers[(d.source.first, d.source.last)] if d.source is not None else None for d in drafts]


def _quoted_sources(reading: Reading, drafts: Sequence[Draft]) -> set[tuple[int, int]]:
    """The sources that only stand in what somebody else says: it is not they who go on speaking."""
    outer = [(draft, draft.source) for draft in drafts if draft.source is not None and not draft.relays]
    # by the sentences that they run through: an article has hundreds of statements, a sentence few
    by_unit: dict[int, list[tuple[Draft, Source]]] = {}
    for draft, source in outer:
        for unit in range(reading.unit_index(draft.first), reading.unit_index(draft.last - 1) + 1):
            by_unit.setdefault(unit, []).append((draft, source))
    return {
        (source.first, source.last)
        for _, source in outer
        if any(
            other is not source and draft.first <= source.first < draft.last
            for draft, other in by_unit.get(reading.unit_index(source.first), ())
        )
    }


def _form(reading: Reading, draft: Draft) -> str:
    """direct: nothing but quoted words; mixed: quoted words among others; indirect: none."""
    outer = reading.quotation_at[draft.cue[0]] if draft.cue else None
    quoted = [
        reading.quotation_at[i] is not None and reading.quotation_at[i] is not outer
        for i in range(draft.first, draft.last)
        if reading.is_word(i)
    ]
    if quoted and all(quoted):
        return "direct"
    return "mixed" if any(quoted) else "indirect"


def _relays(reading: Reading, drafts: Sequence[Draft], speakers: Sequence[Speaker | None]) -> list[tuple[Speaker, ...]]:
    """For each draft those who pass it on: sources of statements around it, or of the same words where they relay."""
    by_unit: dict[int, list[tuple[Draft, Speaker]]] = {}
    for draft, speaker in zip(drafts, speakers, strict=True):
        if speaker is not None:
            by_unit.setdefault(reading.unit_index(draft.first), []).append((draft, speaker))
    relays: list[tuple[Speaker, ...]] = []
    for draft in drafts:
        via: list[Speaker] = []
        for other, speaker in by_unit.get(reading.unit_index(draft.first), ()):
            if other is draft or other.first > draft.first or other.last < draft.last or speaker in via:
                continue
            same = (other.first, other.last) == (draft.first, draft.last)
            if not same or (other.relays and not draft.relays):
                via.append(speaker)
        relays.append(tuple(via))
    return relays
