"""What is said: the complement behind a reporting verb, from its first word to where somebody else takes over."""

from __future__ import annotations

import msgspec

from service.pipeline.attribution.reading import Cue, Reading

_ADDRESSEE = 16
_COMPLEMENTIZER = 25


class Complement(msgspec.Struct, frozen=True, gc=False):
    """Tokens ``first:last``. ``marked``: a complementizer, a quotation mark, a colon or a comma opens it;
    ``introduced``: a complementizer or comma, behind which a clause with its own subject stands."""

    first: int
    last: int
    marked: bool
    introduced: bool
    quoted: bool


def complement_after(reading: Reading, cue: Cue, limit: int) -> Complement | None:
    """The complement of the active verb ``cue``, which ends before token ``limit``."""
    grammar = reading.knowledge.grammar
    i = cue.last
    i, introduced = _opening(reading, i, limit)
    if i >= limit:
        return None
    if reading.lower[i] in grammar.complementizers:
        introduced = True
        i += 1
        if i < limit and reading.tokens[i].text == ",":
            i += 1
    else:
        behind = _behind_content_noun(reading, i, limit)
        if behind > i:
            i, introduced = behind, True
    if i >= limit:
        return None
    quotation = reading.quotation_at[i]
    quoted = quotation is not None and quotation.first == i and quotation is not reading.quotation_at[cue.first]
    if quoted and quotation is not None and _whole(reading, quotation.last, limit):
        return Complement(i, min(quotation.last, limit), True, introduced, True)
    last = reading.trim_end(i, _end(reading, i, limit, cue))
    if last <= i:
        return None
    return Complement(i, last, introduced or quoted, introduced, quoted)


def _opening(reading: Reading, i: int, limit: int) -> tuple[int, bool]:
    """Where the complement opens behind adverbs, addressees and adjuncts; whether a comma or colon opens it."""
    grammar = reading.knowledge.grammar
    start = i
    while i < limit and reading.lower[i] in grammar.after_verb:
        i += 1
    if i < limit and (reading.lower[i] in grammar.adjuncts or reading.is_time(i)):
        jump = _behind_adjunct(reading, i, limit, addressee=reading.lower[i] in grammar.addressee)
        if jump > i:
            return jump, reading.tokens[jump - 1].text in {",", ":"}
    if i < limit and reading.tokens[i].text in {",", ":"}:
        i += 1
        # "mengatakan, Rabu (3/9/2025), …"
        if i < limit and reading.is_time(i):
            comma = _comma_before(reading, i, min(limit, i + 9))
            i = comma + 1 if comma is not None else i
        return i, True
    return i if i < limit else start, False


def _comma_before(reading: Reading, i: int, limit: int) -> int | None:
    return next((j for j in range(i, limit) if reading.tokens[j].text == "," and reading.quotation_at[j] is None), None)


def _behind_adjunct(reading: Reading, i: int, limit: int, addressee: bool) -> int:
    """Behind an adjunct between verb and complement, which a complementizer, a quotation or, for addressees, a comma
    ends; ``i`` where none does."""
    grammar = reading.knowledge.grammar
    for j in range(i, min(limit, i + _COMPLEMENTIZER)):
        if reading.lower[j] in grammar.complementizers:
            return j
        if reading.is_mark(j) and reading.tokens[j - 1].text in {",", ":"}:
            return j
        if addressee and reading.tokens[j].text in {",", ":"} and j - i < _ADDRESSEE:
            return i if _goes_on_listing(reading, j + 1, limit) else j + 1
        if j > i and reading.is_verb(j) and not addressee:
            return i
    return i


def _goes_on_listing(reading: Reading, i: int, limit: int) -> bool:
    """Whether behind the comma before ``i`` more addressees follow: they end in what they are asked for, without a
    predicate between ("meminta kepada camat, lurah, dan warga untuk …")."""
    for j in range(i, min(limit, i + _ADDRESSEE)):
        if reading.lower[j] in reading.knowledge.grammar.purposes:
            return j > i
        if reading.is_predicate(j) or reading.ends[j]:
            return False
    return False


def _behind_content_noun(reading: Reading, i: int, limit: int) -> int:
    """Behind "the claim that" and the like."""
    grammar = reading.knowledge.grammar
    if reading.lower[i] not in grammar.content_nouns:
        return i
    for j in range(i + 1, min(limit, i + 6)):
        if reading.lower[j] in grammar.complementizers:
            return j + 1
        if not reading.is_word(j):
            break
    return i


def _whole(reading: Reading, end: int, limit: int) -> bool:
    """Whether nothing that is said follows the quotation that ends at ``end``."""
    if end >= limit:
        return True
    return reading.tokens[end].text in {",", ";"} or reading.ends[end]


def _end(reading: Reading, first: int, limit: int, cue: Cue) -> int:
    """Where the complement ends: at the sentence's end, or where another report takes over."""
    grammar = reading.knowledge.grammar
    here = reading.quotation_at[cue.first]
    if here is not None:
        limit = min(limit, here.last - 1)
    for i in range(first, limit):
        other = reading.quotation_at[i]
        if other is not here and other is not None:
            continue
        text = reading.tokens[i].text
        if reading.ends[i]:
            return i
        if (
            text == ","
            and i + 1 < limit
            and reading.lower[i + 1] in grammar.contrast
            and _reports(reading, i + 2, limit)
        ):
            return i
        if i > first and _relays(reading, i, limit):
            return i
        if text == ";" and _reports(reading, i + 1, limit):
            return i
    return limit


def _relays(reading: Reading, i: int, limit: int) -> bool:
    """Whether somebody else is named at ``i`` as having said the same: "… sebagaimana dihitung X"."""
    cue = reading.cue_at(i)
    behind = reading.cue_at(cue.last) if cue is not None and cue.form.kind == "as" and cue.last < limit else None
    return behind is not None and behind.form.kind in {"passive", "relay"}


def _reports(reading: Reading, first: int, limit: int) -> bool:
    """Whether the clause ``first:limit`` reports what somebody says."""
    for cue in reading.cues(first, limit):
        if cue.form.kind in {"active", "object"} or (
            cue.form.kind == "passive" and cue.form.verb and cue.form.verb.agentless
        ):
            return True
    return False
