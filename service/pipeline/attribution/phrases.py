"""Who speaks: the noun phrase behind a speech tag or a preposition.

Phrases are delimited by names, closed classes of words and punctuation. Not handled: clauses as sources.
"""

from __future__ import annotations

from service.pipeline.attribution.quotations import DOUBLE
from service.pipeline.attribution.reading import DASHES, Mention, Reading
from service.pipeline.attribution.sources import Source, can_be_source, has_anonymous_phrase, plain_form
from service.pipeline.entities.titles import head_at

_LONGEST = 32
_BREAKS = frozenset(";:")
_INSIDE = frozenset("/&'-).")


def phrase_after(reading: Reading, start: int, limit: int, said: bool = False) -> Source | None:
    """The noun phrase that begins at token ``start`` and names who speaks, or None; ``said`` as for can_be_source."""
    grammar = reading.knowledge.grammar
    first = start + (start < limit and reading.lower[start] in grammar.agent_marker)
    if first >= limit:
        return None
    if reading.lower[first] in grammar.pronouns:
        return Source(first, first + 1, end=first + 1)
    end = _Scan(reading, first, min(limit, first + _LONGEST)).run()
    last = _without_punctuation(reading, first, end)
    if last <= first or not can_be_source(reading, first, last, said):
        return None
    return Source(first, last, end=end)


def _without_punctuation(reading: Reading, first: int, last: int) -> int:
    while last > first and not (reading.is_word(last - 1) or reading.tokens[last - 1].text == ")"):
        if reading.tokens[last - 1].text == "." and last - first > 1 and reading.is_capitalized(last - 2):
            break
        last -= 1
    return last


class _Scan:
    """Reads a noun phrase from its first token on. Each step answers where the phrase goes on; the same position
    ends it."""

    def __init__(self, reading: Reading, first: int, limit: int) -> None:
        self._reading = reading
        self._first = first
        self._limit = limit
        self._person = False
        self._named = False
        self._complete = False

    def run(self) -> int:
        """The position behind the phrase."""
        i = self._first
        while i < self._limit and not self._complete:
            following = self._step(i)
            if following <= i:
                break
            i = following
        return i

    def _step(self, i: int) -> int:
        reading = self._reading
        text, mention = reading.tokens[i].text, reading.mention_at[i]
        if text == "(":
            return _inside_brackets(reading, i, self._limit)
        if text == ",":
            return self._comma(i)
        if text in _BREAKS or text in DOUBLE or text in DASHES or reading.ends[i]:
            return i
        if mention is not None and mention.first == i:
            return self._name(i, mention)
        if reading.lower[i] in reading.knowledge.grammar.relative:
            self._complete = True
            return _identifying_clause(reading, i, self._limit, self._named)
        return self._word(i)

    def _comma(self, i: int) -> int:
        """Over an apposition or an academic degree."""
        reading = self._reading
        titled = self._named and head_at(reading.lower[self._first : i], 0, reading.knowledge.names.titles.heads) > 0
        following = _apposition(reading, i, self._limit, self._person, titled)
        named = reading.mentions_in(i, following)
        self._person = self._person or any(m.entity.type == "PERSON" for m in named)
        if following == i + 2 and not named and following < self._limit and reading.is_word(following):
            self._complete = True
        return following

    def _name(self, i: int, mention: Mention) -> int:
        person = mention.entity.type == "PERSON"
        if person and self._person and self._reading.lower[i - 1] not in self._reading.knowledge.grammar.conjoining:
            return i
        self._person = self._person or person
        self._named = True
        return mention.last

    def _word(self, i: int) -> int:
        reading, grammar = self._reading, self._reading.knowledge.grammar
        word = reading.lower[i]
        if word in grammar.conjoining:
            return i + 1 if _joins_source(reading, i, self._limit, self._first) else i
        if word in grammar.demonstratives:
            self._complete = self._person or i + 1 >= self._limit or reading.tokens[i + 1].text != ","
            return i + 1
        if reading.is_capitalized(i):
            return self._capitalized(i)
        if word in grammar.contrast and i > self._first and self._follows_document(i):
            # "perhitungan sementara X": what elsewhere opens a clause qualifies the noun
            return i + 1
        if word in grammar.adjuncts or reading.is_time(i):
            inner = not self._named and i > self._first and _inner_preposition(reading, i, self._limit)
            return i + 1 if inner else i
        return i if self._ends_before(i) else i + 1

    def _capitalized(self, i: int) -> int:
        reading = self._reading
        if i > self._first and reading.is_time(i):
            return i
        if self._person and not (i > self._first and _is_name_part(reading.tokens[i - 1].text)):
            return i
        self._named = True
        return i + 1

    def _follows_document(self, i: int) -> bool:
        return self._reading.lower[i - 1] in self._reading.knowledge.sources.based_on_nouns

    def _ends_before(self, i: int) -> bool:
        """Whether a small word cannot belong to the phrase: a verb, or anything behind a person's name."""
        reading = self._reading
        if self._person:
            return True
        if not reading.is_word(i):
            return reading.tokens[i].text not in _INSIDE
        if i == self._first:
            return reading.is_verb(i)
        modifies = reading.lower[i].startswith(reading.knowledge.grammar.modifier_prefixes)
        return reading.lower[i] in reading.knowledge.predicates.finite or (reading.is_predicate(i) and not modifies)


def _is_name_part(text: str) -> bool:
    return text[0].isupper() or text == "."


def _inside_brackets(reading: Reading, i: int, limit: int) -> int:
    """Behind brackets that belong to a name: an abbreviation, a rank's branch; ``i`` for ages and remarks."""
    behind = reading.after_brackets(i, limit + 6, 8)
    if behind == i:
        return i
    inside = range(i + 1, behind - 1)
    if any(reading.tokens[j].text[0].isdigit() for j in inside):
        return i
    return behind if all(reading.is_capitalized(j) or not reading.is_word(j) for j in inside) else i


def _apposition(reading: Reading, comma: int, limit: int, person: bool, titled: bool = False) -> int:
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
    listed = reading.after_listed(comma, limit)
    if listed > comma:
        return listed
    # titles, then a person: "juru bicara Kementerian Luar Negeri, Kapten Eleanor Whitfield"
    j = i
    while j < limit and j < i + 6:
        mention = reading.mention_at[j]
        if mention is not None and mention.first == j and mention.entity.type == "PERSON":
            announced = all(_may_be_title(reading, k) for k in range(i, j))
            return mention.last if announced and _phrase_ends(reading, mention.last, limit) else comma
        if not _may_be_title(reading, j):
            break
        j += 1
    run = _capitalized_run(reading, i, limit)
    # a name that nothing has recognized, of one word only behind whom a title has announced
    fewest = 1 if titled else 2
    if run - i >= fewest and reading.mention_at[i] is None and _phrase_ends(reading, run, limit):
        return run
    # a lone name: "media pemerintah Korea Utara, KCNA, …"
    mention = reading.mention_at[i]
    if mention is not None and mention.first == i and mention.entity.type in {"ORG", "PERSON"}:
        after = mention.last
        if after >= limit or not reading.is_word(after):
            return after
    return comma


def _may_be_title(reading: Reading, i: int) -> bool:
    titles = reading.knowledge.grammar.name_titles
    return reading.is_capitalized(i) or reading.tokens[i].text in ".()" or reading.lower[i] in titles


def _capitalized_run(reading: Reading, i: int, limit: int) -> int:
    """Behind the capitalized words that begin at ``i`` and may be a name that nothing has recognized."""
    while i < limit and reading.is_capitalized(i) and not reading.is_time(i) and reading.mention_at[i] is None:
        i += 1
    return i


def _phrase_ends(reading: Reading, i: int, limit: int) -> bool:
    """Whether no clause goes on at token ``i``: punctuation, an adjunct or a time stands there."""
    return (
        i >= limit
        or not reading.is_word(i)
        or reading.lower[i] in reading.knowledge.grammar.adjuncts
        or reading.is_time(i)
    )


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


def _joins_source(reading: Reading, i: int, limit: int, first: int) -> bool:
    """Whether the conjunction at ``i`` joins two sources: a name or noun follows, and no verb before the next comma."""
    if i + 1 >= limit or i == first:
        return False
    if reading.mention_at[i + 1] is not None or reading.is_capitalized(i + 1):
        return True
    word = reading.lower[i + 1]
    return plain_form(reading, word) in reading.knowledge.nouns.speakers and not reading.is_verb(i + 1)


def _inner_preposition(reading: Reading, i: int, limit: int) -> bool:
    """Whether the preposition at ``i`` stands inside the source's designation: "sumber di Korps X", "ahli dari X"."""
    if reading.lower[i] not in reading.knowledge.grammar.inner_prepositions or i + 1 >= limit:
        return False
    mention = reading.mention_at[i + 1]
    if reading.lower[i - 1] in reading.knowledge.nouns.anonymous:
        return not reading.is_time(i + 1)
    return mention is not None and mention.entity.type in {"ORG", "FAC"}
