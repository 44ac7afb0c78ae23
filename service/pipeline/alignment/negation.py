"""What is negated, denied, refuted, said to have failed, or said only on a condition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from service.pipeline.alignment.absence import relative_predicate, says_none
from service.pipeline.alignment.clauses import Clause, Term
from service.pipeline.alignment.lexicon import Lexicon

_NEAR = 6
_AUXILIARIES = 3
_AT_END = 2
_OPEN = 2


def denial(clause: Clause, clauses: Sequence[Clause], lexicon: Lexicon) -> int | None:
    """The token of a denying verb whose content this clause is."""
    deniers, words = lexicon.scopes.deniers, clause.reading.words
    if not deniers.isdisjoint(clause.words()):
        return next(index for index in range(clause.first, clause.last) if words[index] in deniers)
    untruth = untruth_in_front(clause, lexicon)
    if untruth is not None:
        return untruth
    unproven = _sign_of_deed(clause, lexicon)
    if unproven is not None and not _is_pending(clause, unproven, lexicon):
        return unproven
    if clause.number > 0 and clause.relation == "complement":
        previous = clauses[clause.number - 1]
        if previous.sentence is clause.sentence:
            for index in range(max(previous.last - _NEAR, previous.first), previous.last):
                if words[index] in deniers:
                    return index
            unproven = _missing_sign(previous, lexicon)
            if unproven is not None and unproven >= previous.last - _AT_END:
                return None if _is_pending(previous, unproven, lexicon) else unproven
    return None


def _missing_sign(clause: Clause, lexicon: Lexicon) -> int | None:
    """The token of a sign of which the clause says that there is none: "tidak ada indikasi …"."""
    words, scopes = clause.reading.words, lexicon.scopes
    if scopes.signs.isdisjoint(clause.words()):
        return None
    for index in range(clause.first + 2, clause.last):
        there = words[index - 1] in scopes.existence or words[index - 1] in scopes.discoveries
        if words[index] in scopes.signs and there and words[index - 2] in scopes.negators:
            return index
    return None


def _sign_of_deed(clause: Clause, lexicon: Lexicon) -> int | None:
    """The token of a missing sign of a deed that is told behind it ("tidak ada bukti (bahwa) dia menerima uang")."""
    sign = _missing_sign(clause, lexicon)
    return sign if sign is not None and any(t.verb and t.index > sign for t in clause.terms) else None


def _is_pending(clause: Clause, sign: int, lexicon: Lexicon) -> bool:
    """Whether the sign at token ``sign`` is only missing until now."""
    return clause.reading.words[sign - 2] in lexicon.scopes.pending


def denied_content(clause: Clause, denied: int, lexicon: Lexicon) -> frozenset[int]:
    """The tokens that a denial is about: the first predicate behind it (and the noun that it carries), else the first
    noun."""
    behind = [term for term in clause.terms if term.index > denied and not _is_rumour(clause, term, lexicon)]
    words = clause.reading.words
    if denied >= clause.first and words[denied] in lexicon.scopes.denials:
        # "bantahan datang dari …": what is denied is what the denial is said to be of
        of = next((i for i in range(denied + 1, clause.last) if words[i] in lexicon.scopes.about), clause.last)
        behind = [term for term in behind if term.index > of]
        if not behind:
            return frozenset()
    if denied >= clause.first and is_passive(words[denied], lexicon):
        return _content_in_front(clause, denied, lexicon)
    relative = next((i for i in range(denied, clause.last) if lexicon.opener.get(words[i]) == "relative"), clause.last)
    predicates = [t for t in behind if t.verb or lexicon.kind(t.concept) in ("event", "status")]
    inner = [term for term in predicates if term.index < relative]
    counted = any(denied < amount.first < relative for amount in clause.amounts)
    if not inner and relative < clause.last and (counted or any(denied < m.first < relative for m in clause.mentions)):
        return frozenset()
    if not inner and any(term.index < relative for term in behind):
        return frozenset(term.index for term in behind[:1])
    if not predicates:
        return frozenset(term.index for term in behind[:1])
    first = (inner or predicates)[0]
    carried = []
    if clause.reading.words[first.index] in lexicon.scopes.support_verbs:
        carried = [term for term in behind if term.index > first.index][:1]
    return frozenset(term.index for term in [first, *carried])


def is_passive(word: str, lexicon: Lexicon) -> bool:
    """Whether what is denied stands in front of the denying verb ("kabar itu dibantah")."""
    return word.startswith(lexicon.scopes.verb_prefixes) and not word.startswith(lexicon.scopes.active_prefixes)


def _content_in_front(clause: Clause, denied: int, lexicon: Lexicon) -> frozenset[int]:
    """What a passive denial is about: the last predicate in front of it, verbal nouns included."""
    front = [t for t in clause.terms if t.index < denied and not _is_rumour(clause, t, lexicon)]
    predicates = [t for t in front if t.verb or lexicon.kind(t.concept) in ("event", "status")]
    return frozenset(term.index for term in predicates[-1:])


def is_refuted(clause: Clause, term: Term, lexicon: Lexicon) -> bool:
    """Whether the clause calls what the term stands for untrue ("perintah itu palsu")."""
    if not lexicon.scopes.refutations.isdisjoint(clause.reading.words[term.index + 1 : clause.last]):
        return True
    untruth = untruth_at(clause, lexicon)
    return untruth is not None and untruth > term.index


def untruth_at(clause: Clause, lexicon: Lexicon) -> int | None:
    """The first token of what the clause says by way of "it is not true"."""
    found = lexicon.sequences.untruths.find(clause.words())
    return None if found is None else clause.first + found


def negated_until(clause: Clause, lexicon: Lexicon) -> int | None:
    """The token of what a negation in the clause is about, of several the last one: what stands behind it is neither
    affirmed nor negated."""
    until: int | None = None
    for index in _negations(clause, lexicon):
        if until is None or index > until:
            until = _negated_by(clause, index, lexicon)
            if until is None:
                return None
    return until


def _negations(clause: Clause, lexicon: Lexicon) -> Iterator[int]:
    """The tokens of the clause's negations, without words that are none where they stand ("tidak hanya")."""
    words, negators = clause.reading.words, lexicon.scopes.negators
    if negators.isdisjoint(clause.words()):
        return
    idle = (lexicon.sequences.pseudo_negations, lexicon.sequences.untruths)
    sign = _sign_of_deed(clause, lexicon)
    for index in range(clause.first, clause.last):
        if sign is not None and index == sign - 2:
            continue
        if words[index] in negators and not any(p.match(words[index : index + 4], 0) for p in idle):
            yield index


def _negated_by(clause: Clause, index: int, lexicon: Lexicon) -> int | None:
    """The token of what the negation at ``index`` is about; None where nothing stands behind it."""
    behind = [term for term in clause.terms if term.index > index]
    relative = relative_predicate(clause, index, lexicon)
    if relative is not None:
        return relative
    while len(behind) > 1 and _only_carries(clause, behind[0], lexicon):
        behind = behind[1:]
    if not behind:
        return None
    return _last_joined(clause, behind, lexicon) if says_none(clause, index, lexicon) else behind[0].index


def untruth_in_front(clause: Clause, lexicon: Lexicon) -> int | None:
    """The last token of "it is not true" where what is not true follows: "tidak benar (bahwa) pintu terkunci"."""
    first = untruth_at(clause, lexicon)
    if first is None:
        return None
    match = lexicon.sequences.untruths.match(clause.reading.words[first : clause.last], 0)
    last = first + (match[0] if match else 1) - 1
    if last + 1 >= clause.last or clause.reading.words[last + 1] in lexicon.scopes.demonstratives:
        return None
    idle = not any(term.index < first for term in clause.terms) and not any(m.first < first for m in clause.mentions)
    return last if idle and any(term.index > last for term in clause.terms) else None


def _only_carries(clause: Clause, term: Term, lexicon: Lexicon) -> bool:
    """Whether what is negated is the noun behind the term ("tidak melakukan …", "tidak ada rencana …")."""
    return clause.reading.words[term.index] in lexicon.carrying or lexicon.is_generic(term.concept)


def failure(clause: Clause, term: Term, lexicon: Lexicon) -> int | None:
    """The token of a verb by which what the term stands for did not come about ("batal digelar")."""
    words = clause.reading.words
    if not term.verb:
        return None
    for index in range(term.index - 1, max(clause.first, term.index - _AUXILIARIES) - 1, -1):
        if words[index] in lexicon.scopes.failures:
            negated = index > clause.first and words[index - 1] in lexicon.scopes.negators
            return None if negated else index
        if words[index] not in lexicon.light or clause.reading.mention_at[index] is not None:
            return None
    return None


def _is_rumour(clause: Clause, term: Term, lexicon: Lexicon) -> bool:
    return clause.reading.words[term.index] in lexicon.scopes.rumours


def is_unreal(clause: Clause, clauses: Sequence[Clause], lexicon: Lexicon) -> bool:
    """Whether the clause is a condition, a question or what follows from a condition."""
    words = clause.reading.words[clause.sentence.first : clause.sentence.last]
    if "?" in words[-3:] or _is_open(clause, lexicon):
        return True
    if _is_forbidden(clause, lexicon):
        return True
    sign = _sign_of_deed(clause, lexicon)
    if sign is not None and _is_pending(clause, sign, lexicon):
        return True
    if _is_restriction(clause, lexicon):
        return True
    before = clause.reading.words[clause.sentence.first : clause.first + 3]
    return not lexicon.scopes.conditionals.isdisjoint(before)


def _is_forbidden(clause: Clause, lexicon: Lexicon) -> bool:
    """Whether the clause only says what is not to be done: "jangan …", "(meminta siswa) agar tidak …"."""
    words, scopes = clause.reading.words, lexicon.scopes
    if not scopes.prohibitions.isdisjoint(clause.words()):
        return True
    openers = (i for i in range(clause.first, clause.last - 1) if lexicon.opener.get(words[i]) == "purpose")
    asked = next((index for index in openers if words[index + 1] in scopes.negators), None)
    if asked is None:
        return False
    return any(lexicon.stem(word) in scopes.requests for word in words[clause.sentence.first : asked])


def _is_open(clause: Clause, lexicon: Lexicon) -> bool:
    """Whether the clause leaves open what it tells: "apakah …", "… atau tidak", "katanya …"."""
    if not lexicon.scopes.interrogatives.isdisjoint(clause.words()):
        return True
    opening = (word for word in clause.reading.words[clause.sentence.first : clause.sentence.last] if word.isalpha())
    if next(opening, "") in lexicon.scopes.hearsay:
        return True
    return lexicon.sequences.undecided.within(clause.reading.words[clause.first : clause.last + _OPEN])


def _is_restriction(clause: Clause, lexicon: Lexicon) -> bool:
    """Whether a negation stands in a relative clause, and so only tells which ones are meant ("yang tidak hadir")."""
    words = clause.reading.words
    return not lexicon.scopes.negators.isdisjoint(clause.words()) and any(
        words[index] in lexicon.scopes.negators and lexicon.opener.get(words[index - 1]) == "relative"
        for index in range(clause.first + 1, clause.last)
    )


def _last_joined(clause: Clause, terms: Sequence[Term], lexicon: Lexicon) -> int:
    """The last of the nouns that a conjunction joins with the first of ``terms`` ("tidak ada A maupun B")."""
    last = terms[0].index
    for term in terms[1:]:
        between = clause.reading.words[last + 1 : term.index]
        if not between or not any(word in lexicon.scopes.conjunctions for word in between) or len(between) > 1:
            break
        last = term.index
    return last
