"""When the words of one speaker are those of another: the same quotation, or a promise that is another's report.

Two officials may rightly state one fact, so that reported speech counts only where one article makes it the speaker's
own promise; a quotation counts when it is verbatim the same and not a phrase that anybody in office uses, and a report
beside a quotation when it repeats the quotation and counts nothing.
"""

from __future__ import annotations

from service.pipeline.conflicts.utterances.language import Knowledge
from service.pipeline.conflicts.utterances.reading import Segment, Utterance
from service.pipeline.conflicts.utterances.similarity import EQUAL, Overlap
from service.pipeline.conflicts.utterances.units import CONTENT, NAME, NUMBER

_WORDS, _OWN_WORDS = 2, 3
_SENTENCE = 4
_LONG = 6
_VERBATIM = 0.6


def may_be_same(one: Segment, other: Segment, run: int) -> bool:
    """Whether two segments that have ``run`` words in a row in common share enough for any of the rules."""
    return run >= _LONG or one.words == other.words or run >= _VERBATIM * min(len(one.words), len(other.words))


def misattribution(one: Utterance, other: Utterance, found: Overlap, knowledge: Knowledge) -> tuple[str, float] | None:
    """The rule and score by which utterances of sources that are not one have the same words; else None."""
    telling = [
        p
        for p in found.pairs
        if p.relation == EQUAL
        and found.one.units[p.left].kind in (CONTENT, NAME)
        and found.one.units[p.left].negated == found.other.units[p.right].negated
        and found.one.units[p.left].key not in knowledge.light
    ]
    rare = [p for p in telling if found.one.units[p.left].key not in knowledge.stock]
    quoted = [p for p in rare if found.one.units[p.left].quoted and found.other.units[p.right].quoted]
    shortest = min(len(found.one.words), len(found.other.words))
    verbatim = found.run >= 3 and found.run >= _VERBATIM * shortest and max(found.coverage) >= 0.6
    # what people say of themselves others say of themselves as well
    own = not knowledge.words.first_person.isdisjoint(found.one.words)
    if verbatim and len(quoted) >= (_OWN_WORDS if own else _WORDS) and found.shared >= 1.6:
        return "same-quotation", 0.9 if found.run >= 4 else 0.8
    whole = found.one.words == found.other.words and found.run >= _SENTENCE
    if whole and len(quoted) >= 1 and len(telling) >= _WORDS and not own:
        return "same-quotation", 0.7
    facts = any(unit.kind == NUMBER for unit in (*found.one.units, *found.other.units))
    either = found.one.quoted or found.other.quoted
    if either and not facts and found.run >= _LONG and found.likeness >= 0.8 and len(rare) >= 4:
        return "same-words", 0.6
    long = found.run >= _LONG and len(rare) >= 4 and max(found.coverage) >= 0.6
    if long and _promises(one, knowledge) != _promises(other, knowledge):
        return "promise-or-report", 0.65
    return None


def _promises(utterance: Utterance, knowledge: Knowledge) -> bool:
    attribution = utterance.claim.attribution
    if attribution is None or attribution.cue is None:
        return False
    return utterance.analysis.document.text_of(attribution.cue).casefold() in knowledge.words.promises
