"""Where nominal phrases stand that take up something named before: ``sang pemimpin``, ``ahli bendungan tersebut``."""

from __future__ import annotations

from service.pipeline.annotations import Span
from service.pipeline.entities.discourse import Discourse
from service.pipeline.entities.knowledge import Knowledge
from service.pipeline.entities.titles import head_at, is_verb

_LONGEST = 9


def reference_at(seen: Discourse, index: int, knowledge: Knowledge) -> Span | None:
    """The pronoun, ``-nya`` or nominal phrase that token ``index`` shows: the pronoun itself, the determiner that ends
    a phrase, the word that opens one. None where it shows none."""
    token = seen.document.tokens[index]
    words = knowledge.references
    if token.lower in words.pronouns:
        # a capital inside a sentence is no pronoun for a person
        if token.text[0].isupper() and index != seen.sentence(index).first:
            return None
        return Span(token.start, token.end)
    if token.lower in knowledge.speech_clitics:
        return Span(token.end - len(words.clitic), token.end)
    if token.lower in words.determiners:
        start = _start(seen, index, knowledge)
        return Span(seen.document.tokens[start].start, token.end) if start is not None else None
    if token.lower in words.openers:
        end = _end(seen, index, knowledge)
        return Span(token.start, seen.document.tokens[end - 1].end) if end is not None else None
    return None


def _start(seen: Discourse, determiner: int, knowledge: Knowledge) -> int | None:
    """Where the phrase that ends in the determiner begins: at the leftmost head that modifies nothing before it."""
    tokens, titles, references = seen.document.tokens, knowledge.titles, knowledge.references
    first = seen.sentence(determiner).first
    found = None
    index = determiner - 1
    while index >= first and determiner - index <= _LONGEST and not seen.quoted[index]:
        covering = seen.at.get(index)
        if covering is not None:
            if covering.entity.type == "PERSON":
                break
            index = covering.first - 1
            continue
        token = tokens[index]
        if not token.text[0].isalnum() or token.lower in references.boundaries or token.lower in references.openers:
            break
        words = [t.lower for t in tokens[index : min(determiner, index + 4)]]
        if any(head_at(words, 0, heads) for heads in (titles.heads, references.organizations, references.places)):
            found = index
        elif is_verb(seen, index, index == first, titles):
            # only the verb of a relative clause can stand inside: "perempuan yang dilantik pada Februari tersebut"
            if index == first or tokens[index - 1].lower not in references.relatives:
                break
            index -= 1
        index -= 1
    return found if found is not None and _is_free(seen, found, first, knowledge) else None


def _is_free(seen: Discourse, index: int, first: int, knowledge: Knowledge) -> bool:
    """Whether no noun stands before the head, which would make it that noun's modifier."""
    if index == first:
        return True
    before = seen.document.tokens[index - 1]
    if index - 1 in seen.at:
        return False
    if not before.text[0].isalnum() or before.lower in knowledge.titles.stops:
        return True
    if before.lower in knowledge.references.boundaries or before.lower in knowledge.speech_openers:
        return True
    return is_verb(seen, index - 1, index - 1 == first, knowledge.titles)


def _end(seen: Discourse, opener: int, knowledge: Knowledge) -> int | None:
    """Where the phrase that ``opener`` opens ends: behind its head and the places and bodies named right behind it."""
    last = seen.sentence(opener).last
    words = [token.lower for token in seen.document.tokens[opener + 1 : min(last, opener + 5)]]
    size = head_at(words, 0, knowledge.titles.heads)
    if not size:
        return None
    end = opener + 1 + size
    while end < last and end in seen.at and seen.at[end].entity.type != "PERSON":
        end = seen.at[end].last
    return end
