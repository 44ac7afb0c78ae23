"""The noun phrase around a number: what is counted, which kind, whose, and what an attribute is of."""

from __future__ import annotations

from service.pipeline.alignment.clauses import Clause, Term
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.reading import Amount, Mention, Reading

PERSON = "@person"
MEASURES = frozenset({"money", "percent", "measure", "duration"})
_NAMED_THINGS = frozenset({"GPE", "LOC", "FAC", "PRODUCT", "EVENT"})
_ASIDE = frozenset({"(", ","})


def head_of(amount: Amount, reading: Reading, lexicon: Lexicon) -> tuple[str, set[str]]:
    """The concept of what is counted and those of the other words of the unit."""
    value = amount.value
    if value.kind in MEASURES:
        return f"#{value.kind}:{value.base or value.unit or ''}", set()
    words = (value.unit or "").lower().split()
    if not words:
        return "", set()
    phrase = lexicon.phrases.match(words, 0)
    length, head = phrase if phrase else (1, lexicon.concept(words[0]))
    return head, {lexicon.concept(word) for word in words[length:] if word not in lexicon.light}


def noun_phrase(clause: Clause, amount: Amount, lexicon: Lexicon) -> tuple[int, set[str], set[str]]:
    """Where the counted noun phrase ends, and the concepts and names that modify the noun."""
    reading = clause.reading
    modifiers: set[str] = set()
    names: set[str] = set()
    index = amount.last
    while index < clause.last:
        mention = reading.mention_at[index]
        if mention is not None:
            if not reading.frame[index]:
                names.add(mention.name)
            index = mention.last
            continue
        word, concept = reading.words[index], reading.concepts[index]
        plain = concept and word not in lexicon.light and reading.amount_at[index] is None
        if not plain or reading.is_verb(index, lexicon) or reading.frame[index]:
            break
        modifiers.add(concept)
        index += 1
    return index, modifiers or _modifiers_of_subject(clause, amount, lexicon), names


def _modifiers_of_subject(clause: Clause, amount: Amount, lexicon: Lexicon) -> set[str]:
    """What modifies the same noun earlier in the clause ("kasus campak … mencapai 1.540 kasus")."""
    unit = (amount.value.unit or "").lower().split()
    reading = clause.reading
    for term in clause.terms:
        if term.index + 1 >= amount.first or not unit:
            break
        if term.concept == lexicon.concept(unit[0]):
            behind = term.index + 1
            concept, word = reading.concepts[behind], reading.words[behind]
            if concept and word not in lexicon.light and not reading.is_verb(behind, lexicon):
                return {concept}
    return set()


def subject_of(clause: Clause, amount: Amount, lexicon: Lexicon) -> str | None:
    """The class of people that a bare number of persons counts: the subject in "jemaah … berjumlah 388 orang"."""
    reading = clause.reading
    near = reading.words[max(clause.first, amount.first - 3) : amount.first]
    counted = any(word in lexicon.scopes.totals for word in reading.words[clause.first : amount.first])
    counted = counted or any(word in lexicon.scopes.counts for word in near)
    before = [term for term in clause.terms if term.index < amount.first]
    for place, term in enumerate(before):
        active = any(
            other.verb and reading.words[other.index].startswith(lexicon.scopes.active_prefixes)
            for other in before[place + 1 :]
        )
        if lexicon.broader(term.concept) == PERSON and (counted or not active):
            return term.concept
    return None


def objects_of(clause: Clause, focus: Term | None, lexicon: Lexicon) -> frozenset[str]:
    """What an attribute is of: the nouns right behind it ("harga beras medium")."""
    found: set[str] = set()
    if focus is None or focus.verb:
        return frozenset()
    reading = clause.reading
    for index in range(focus.index + 1, min(focus.index + 5, clause.last)):
        concept, word = reading.concepts[index], reading.words[index]
        if reading.mention_at[index] is not None or reading.amount_at[index] is not None:
            break
        if word in lexicon.light and word not in lexicon.scopes.totals:
            if word in lexicon.scopes.quantifiers:
                continue
            break
        if not concept or reading.is_verb(index, lexicon):
            break
        found.add(concept)
    return frozenset(found)


def owner_of(amount: Amount, reading: Reading) -> Mention | None:
    """The person whose age a number of years is: named right in front of it ("Siti (34)", "Siti, 34 tahun")."""
    for index in range(amount.first - 1, max(amount.first - 4, -1), -1):
        mention = reading.mention_at[index]
        if mention is not None:
            return mention if mention.type == "PERSON" else None
        if reading.words[index] not in _ASIDE:
            return None
    return None


def context_of(clause: Clause, lexicon: Lexicon) -> frozenset[str]:
    """The concepts of the clause, and the common nouns that open its names ("Sungai …")."""
    concepts = {term.concept for term in clause.terms}
    return frozenset(concepts | generic_heads(clause, lexicon))


def generic_heads(clause: Clause, lexicon: Lexicon) -> set[str]:
    """The common nouns that open the names of places and things ("Sungai …")."""
    found = set()
    for mention in clause.mentions:
        if mention.last - mention.first > 1 and mention.type in _NAMED_THINGS:
            word = clause.reading.words[mention.first]
            concept = lexicon.concept(word)
            if concept.startswith("@") or word in lexicon.roots:
                found.add(concept)
    return found
