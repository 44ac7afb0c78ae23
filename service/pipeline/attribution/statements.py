"""The statements of a document, unit by unit: asides first, then verbs in what they leave, then untagged quotations."""

from __future__ import annotations

from collections.abc import Sequence

from service.pipeline.attribution.actives import find_actives, find_joined
from service.pipeline.attribution.asides import find_aside
from service.pipeline.attribution.colons import read_colons
from service.pipeline.attribution.drafts import Draft
from service.pipeline.attribution.impersonal import read_hearsay
from service.pipeline.attribution.passives import Hint, read_passive
from service.pipeline.attribution.phrases import phrase_after
from service.pipeline.attribution.placing import Aside
from service.pipeline.attribution.quotations import Quotation
from service.pipeline.attribution.reading import Cue, Reading, Unit
from service.pipeline.attribution.sources import Source
from service.pipeline.attribution.tags import unlisted_tags

_ADVERBS = 3
_QUOTED_WORDS = 5


def draft_statements(reading: Reading) -> tuple[list[Draft], list[Hint]]:
    """All statements of the document in text order, and hints at who speaks where no content is given."""
    drafts: list[Draft] = []
    hints: list[Hint] = []
    for index, unit in enumerate(reading.units):
        found, named = _read_unit(reading, unit)
        drafts += found
        hints += [Hint(index, source, cue) for source, cue in named]
    return _reconcile(reading, drafts), hints


def _read_unit(reading: Reading, unit: Unit) -> tuple[list[Draft], list[tuple[Source, tuple[int, int]]]]:
    cues = sorted([*reading.cues(unit.first, unit.last), *unlisted_tags(reading, unit)], key=lambda cue: cue.first)
    core = reading.after_connectors(unit.first, unit.last)
    if not cues:
        return read_colons(reading, unit, core, ()), []
    outer = [cue for cue in cues if _outside(reading, cue)]
    asides, core = _asides(reading, unit, outer, core)
    core_end = min([aside.first for aside in asides if aside.place in {"end", "quote"}], default=unit.last)
    drafts: list[Draft] = []
    taken = {i for aside in asides for i in range(aside.cue.first, aside.cue.last)}
    free = [cue for cue in cues if cue.first not in taken]
    actives = [
        draft
        for draft in find_actives(reading, unit, free, core, core_end)
        if not any(_swallows(draft, aside) for aside in asides)
    ]
    for aside in asides:
        drafts += _aside_drafts(reading, unit, aside, core, core_end, actives)
        if aside.place in {"quote", "end"}:
            drafts += find_joined(
                reading, free, aside.source, aside.source.end, _sentence_end(reading, aside.source.end, unit.last)
            )
    drafts += actives
    named: list[tuple[Source, tuple[int, int]]] = []
    for cue in free:
        if cue.form.kind != "passive" or not core <= cue.first < core_end or not _outside(reading, cue):
            continue
        found = read_passive(reading, unit, cue, core, core_end)
        if isinstance(found, Draft):
            if found.source is not None or not any(
                d.first <= cue.first < d.last and d.cue != found.cue for d in drafts
            ):
                drafts.append(found)
        elif found is not None:
            named.append((found, (cue.first, cue.last)))
    drafts += [d for cue in outer if cue.form.kind == "hearsay" and (d := read_hearsay(reading, unit, cue, core))]
    drafts += _chains(reading, drafts, core, asides)
    drafts += read_colons(reading, unit, core, drafts)
    return drafts, named


def _outside(reading: Reading, cue: Cue) -> bool:
    return reading.quotation_at[cue.first] is None


def _asides(reading: Reading, unit: Unit, cues: Sequence[Cue], core: int) -> tuple[list[Aside], int]:
    """The asides of a unit without overlap, and where the statement begins behind those in front."""
    asides: list[Aside] = []
    covered = core
    skip: int | None = None
    for cue in cues:
        if cue.first < covered or cue.first == skip:
            continue
        aside = find_aside(reading, unit, cue, core)
        if aside is None:
            continue
        if aside.place == "front":
            core = aside.resume if aside.resume is not None else core
        asides.append(aside)
        covered = aside.source.end
        skip = aside.cue.first
    return asides, core


def _aside_drafts(
    reading: Reading, unit: Unit, aside: Aside, core: int, core_end: int, actives: Sequence[Draft]
) -> list[Draft]:
    cue = (aside.cue.first, aside.cue.last)
    frame = aside.cue.form.verb.frame if aside.cue.form.verb else ""
    drafts: list[Draft] = []
    if aside.place == "quote" and aside.quotation is not None:
        if not (aside.source.clitic and any(_introduces(draft, aside) for draft in actives)):
            first, last = _quoted_content(reading, core, aside)
            score = 0.97 if aside.quotation.sure else 0.8
            drafts.append(Draft(first, last, aside.source, cue, aside.rule, score, frame, aside.relays))
    elif aside.place == "local" and aside.resume is not None:
        drafts.append(Draft(aside.resume, aside.first, aside.source, cue, aside.rule, 0.8, frame))
    elif aside.place == "relative" and aside.resume is not None:
        last = next(
            (i for i in range(aside.resume, unit.last) if reading.tokens[i].text in {",", ";"} or reading.ends[i]),
            unit.last,
        )
        drafts.append(Draft(aside.resume, last, aside.source, cue, aside.rule, 0.8, frame))
    elif aside.place == "inside":
        relayed = _relayed_statement(aside, actives) if aside.relays else None
        first = _clause_around(reading, core, aside.first)
        last = reading.trim_end(first, _sentence_end(reading, first, unit.last))
        first, last = relayed if relayed is not None else (first, last)
        drafts.append(Draft(first, last, aside.source, cue, aside.rule, 0.9, frame, aside.relays))
    else:
        last = reading.trim_end(core, _sentence_end(reading, core, core_end))
        score = 0.9
        if last > core and not (aside.source.clitic and any(d.last > aside.first - 3 for d in actives)):
            drafts.append(Draft(core, last, aside.source, cue, aside.rule, score, frame, aside.relays))
    if aside.place in {"quote", "end"} and aside.resume is not None:
        second = reading.quotation_at[aside.resume]
        if second is not None and second.last - second.first > 2 and _goes_on_speaking(reading, second):
            drafts.append(
                Draft(second.first, second.last, aside.source, cue, "split-quotation", 0.95, frame, aside.relays)
            )
    return drafts


def _goes_on_speaking(reading: Reading, quotation: Quotation) -> bool:
    """Whether a quotation behind a tag is more of what was said: it opens behind a mark, or is more than a few words
    that the narration quotes (disambut teriakan "amin")."""
    return not reading.is_word(quotation.first - 1) or quotation.last - quotation.first > _QUOTED_WORDS


def _swallows(draft: Draft, aside: Aside) -> bool:
    """Whether the subject of a verb has been read over an aside: "Rekening itu, kata X, mencatat …"."""
    source = draft.source
    return source is not None and source.first < aside.cue.first and source.last >= aside.cue.last


def _relayed_statement(aside: Aside, actives: Sequence[Draft]) -> tuple[int, int] | None:
    """What the verb right behind a relaying aside reports: "X, seperti dikutip Y, menyatakan …"."""
    resume = aside.resume if aside.resume is not None else -1
    for draft in actives:
        if draft.source is not None and draft.cue is not None and resume <= draft.cue[0] <= resume + _ADVERBS:
            return draft.first, draft.last
    return None


def _clause_around(reading: Reading, core: int, aside: int) -> int:
    """Where the clause begins that an aside at token ``aside`` stands inside of: behind a comma and a conjunction, or a
    semicolon, that has a whole clause in front of it and no predicate behind it."""
    grammar = reading.knowledge.grammar
    for i in range(aside - 1, core, -1):
        if reading.quotation_at[i] is not None or (not reading.is_word(i) and reading.tokens[i].text != ";"):
            continue
        joint = reading.tokens[i].text == ";" or (
            reading.tokens[i - 1].text == "," and reading.lower[i] in grammar.coordinators | grammar.contrast
        )
        if joint and reading.has_predicate(core, i) and not reading.has_predicate(i + 1, aside, adjectives=False):
            return i + 1
    return core


def _introduces(draft: Draft, aside: Aside) -> bool:
    """Whether an active verb in front already gives the quotation that the tag follows to its subject."""
    quotation = aside.quotation
    return quotation is not None and draft.first <= quotation.first and draft.last >= quotation.last - 1


def _sentence_end(reading: Reading, first: int, last: int) -> int:
    """Where the sentence that ``first`` stands in ends, quotations being part of it."""
    for i in range(first, last):
        if reading.quotation_at[i] is None and reading.ends[i]:
            return i
    return last


def _quoted_content(reading: Reading, core: int, aside: Aside) -> tuple[int, int]:
    """The quotation in front of a tag, or the clause that it is part of."""
    quotation = aside.quotation
    assert quotation is not None
    first = quotation.first
    if first <= core or not quotation.sure:
        return min(first, max(core, first)), quotation.last
    before = reading.tokens[first - 1].text
    if reading.ends[first - 1] or (before in {":", ","} and not reading.has_predicate(core, first)):
        return first, quotation.last
    if before == ":":
        return first, quotation.last
    return core, quotation.last


def _chains(reading: Reading, drafts: Sequence[Draft], core: int, asides: Sequence[Aside]) -> list[Draft]:
    """ "X, yang mengutip Y, melaporkan …", "dikutip dari X yang melansir Y", "kata X yang dikutip Y": Y said the same,
    or relays it."""
    found: list[Draft] = []
    unit = reading.units[reading.unit_index(core)]
    for cue in reading.cues(unit.first, unit.last):
        if cue.form.kind != "relay" or cue.first <= unit.first:
            continue
        relays = cue.form.words[0] not in reading.knowledge.sources.relay_active
        main = next((d for d in drafts if d.source is not None and _passes_on(reading, d, cue, relays)), None)
        if main is None and relays and reading.lower[cue.first - 1] in reading.knowledge.grammar.relative:
            main = _told_beside(drafts, cue, asides)
        source = phrase_after(reading, cue.last, unit.last) if main is not None else None
        if main is not None and source is not None:
            where = (cue.first, cue.last)
            found.append(
                Draft(main.first, main.last, source, where, "relayed-in-relative-clause", 0.8, main.frame, relays)
            )
    return found


def _told_beside(drafts: Sequence[Draft], cue: Cue, asides: Sequence[Aside]) -> Draft | None:
    """The statement whose source stands in front of ``cue`` with nothing said behind it: "…, kata X dalam keterangan
    yang dikutip Y"."""
    for aside in asides:
        if aside.place in {"end", "quote"} and aside.resume is None and aside.source.end <= cue.first:
            return next((d for d in drafts if d.source is aside.source), None)
    return None


def _passes_on(reading: Reading, draft: Draft, cue: Cue, relays: bool) -> bool:
    """Whether the relaying verb ``cue`` belongs to the source of ``draft``."""
    assert draft.source is not None
    left = cue.first - 1
    grammar = reading.knowledge.grammar
    if relays:
        return reading.lower[left] in grammar.relative and draft.source.last == left
    if draft.source.last == cue.first:
        return True
    return reading.lower[left] in grammar.relative | grammar.converbs and draft.last > cue.last


def _reconcile(reading: Reading, drafts: Sequence[Draft]) -> list[Draft]:
    """Without statements given twice: same words and same source."""
    kept: list[Draft] = []
    seen: set[tuple[int, int, int, int]] = set()
    for draft in sorted(drafts, key=lambda d: (d.first, -d.last, -d.score)):
        source = draft.source
        key = (draft.first, draft.last, source.first if source else -1, source.last if source else -1)
        if key in seen or draft.last <= draft.first:
            continue
        seen.add(key)
        kept.append(draft)
    return kept
