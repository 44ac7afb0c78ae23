"""The noun phrase around a number: what is counted, which kind, whose, and what an attribute is of."""

from __future__ import annotations

from service.pipeline.alignment.clauses import Clause, Term
from service.pipeline.alignment.lexicon import Lexicon
from service.pipeline.alignment.reading import Amount, Mention, Reading
from service.pipeline.alignment.times import TIMES

PERSON = "@person"
MEASURES = frozenset({"money", "percent", "measure", "duration"})
_NAMED_THINGS = frozenset({"GPE", "LOC", "FAC", "PRODUCT", "EVENT"})
_LONGEST = 3
_ASIDE = frozenset({"(", ","})


def head_of(amount: Amount, reading: Reading, lexicon: Lexicon) -> tuple[str, set[str]]:
    """The concept of what is counted and those of the other words of the unit."""
    value = amount.value
    if value.kind in MEASURES:
        return f"#{value.kind}:{value.base or value.unit or ''}", set()
    words = (value.unit or "").lower().split()
    if not words:
        return "", set()
    # the unit may end before a noun phrase of capitals does ("15 Anak Buah Kapal")
    first = amount.last - len(words)
    whole = list(reading.words[first : amount.last + _LONGEST])
    phrase = lexicon.phrases.match(whole if whole[: len(words)] == words else words, 0)
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


def elided_head(clause: Clause, amount: Amount, lexicon: Lexicon) -> str:
    """What a number without a noun counts: the noun behind "di antaranya", that of the number which it is out of, or
    that of the number in front of it; empty where nothing tells."""
    reading = clause.reading
    index = amount.last
    if index + 1 < clause.last and lexicon.preposition.get(reading.words[index]) == "from":
        whole = reading.amount_at[index + 1]
        return head_of(whole, reading, lexicon)[0] if whole is not None and whole.value.kind == "quantity" else ""
    if index + 1 < clause.last and reading.words[index] in lexicon.scopes.even:
        noun = reading.concepts[index + 1]
        return noun if lexicon.kind(noun) == "thing" or lexicon.is_status(noun) else PERSON
    words = list(reading.words[index : min(index + 3, clause.last)])
    share = lexicon.sequences.shares_behind.match(words, 0) if words else None
    if share is None and (told := _told_before(clause, amount, lexicon)):
        return told
    if share is None and not (words and words[0] in lexicon.scopes.additions):
        return ""
    index += share[0] if share else 1
    if index < clause.last and lexicon.kind(reading.concepts[index]) == "thing":
        return reading.concepts[index]
    for other in reversed(clause.reading.amounts):
        if other.first < amount.first and other.first >= clause.sentence.first and other.value.unit:
            head = head_of(other, reading, lexicon)[0]
            return head if not head.startswith("#") and not lexicon.is_status(head) else PERSON
    return PERSON


def _told_before(clause: Clause, amount: Amount, lexicon: Lexicon) -> str:
    """What a bare count is of whose noun stands in front of it: people, behind what has become of them ("selamat 27"),
    or the people in front of a word that counts ("awak sebanyak 13"); empty where neither does."""
    reading, index = clause.reading, amount.first - 1
    counts = index >= clause.first and reading.words[index] in lexicon.scopes.tallies
    index -= counts
    while index > clause.first and not reading.concepts[index]:
        # the words of a phrase behind its first
        index -= 1
    if index < clause.first or reading.mention_at[index] is not None or reading.amount_at[index] is not None:
        return ""
    concept = reading.concepts[index]
    if lexicon.is_status(concept):
        return PERSON
    return concept if counts and lexicon.broader(concept) == PERSON else ""


def subject_of(clause: Clause, amount: Amount, head: str, lexicon: Lexicon) -> str | None:
    """The class that a bare number of persons or units counts: the subject in "jemaah … berjumlah 388 orang".

    Looked for from the number towards the front; an active verb, another number or any other noun of a person ends
    the search, and nobody who did something or to whom something was done is the subject.
    """
    reading = clause.reading
    persons = head == PERSON
    for index in range(amount.first - 1, clause.first - 1, -1):
        word, concept = reading.words[index], reading.concepts[index]
        other = reading.amount_at[index]
        if other is not None and other.value.kind not in TIMES:
            return None
        if reading.frame[index] or reading.mention_at[index] is not None or not concept or word in lexicon.light:
            continue
        previous = reading.words[index - 1] if index > clause.first else ""
        relative = any(
            lexicon.opener.get(reading.words[i]) == "relative" for i in range(max(index - 3, clause.first), index)
        )
        if reading.is_verb(index, lexicon):
            if word.startswith(lexicon.scopes.active_prefixes) and not relative:
                return None
            continue
        if lexicon.is_status(concept) or concept == PERSON:
            return None if persons else concept
        agent = index > clause.first and reading.is_verb(index - 1, lexicon)
        if agent or lexicon.preposition.get(previous) in ("by", "from", "to", "toward"):
            continue
        if persons and lexicon.broader(concept) == PERSON:
            return concept
        if not persons and lexicon.kind(concept) == "thing" and not lexicon.is_generic(concept):
            return concept
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


def owner_of(amount: Amount, reading: Reading, lexicon: Lexicon) -> Mention | None:
    """The person whose age a number of years is: named right in front of it ("Siti (34)", "Siti, 34 tahun"), or earlier
    in the sentence of a number that is called an age ("Siti, guru yang berusia 34 tahun")."""
    if is_age(amount, reading, lexicon):
        sentence = next(s for s in reading.document.sentences if s.first <= amount.first < s.last)
        for index in range(amount.first - 1, sentence.first - 1, -1):
            mention = reading.mention_at[index]
            if mention is not None and mention.type == "PERSON":
                return mention
        return None
    behind = amount.last
    if behind < len(reading.words) and reading.concepts[behind] and reading.words[behind] not in lexicon.light:
        # "Siti, tujuh tahun penjara"
        return None
    for index in range(amount.first - 1, max(amount.first - 4, -1), -1):
        mention = reading.mention_at[index]
        if mention is not None:
            return mention if mention.type == "PERSON" else None
        if reading.words[index] not in _ASIDE:
            return None
    return None


def is_age(amount: Amount, reading: Reading, lexicon: Lexicon) -> bool:
    """Whether a word right in front of the number, hedges apart, calls it an age."""
    for index in range(amount.first - 1, max(amount.first - 4, -1), -1):
        if reading.words[index] in lexicon.scopes.ages:
            return True
        if reading.words[index] not in lexicon.scopes.hedging:
            return False
    return False


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
