"""What a person is, as the words around the name say: the title before it, the apposition behind it, the body named
in either.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

import msgspec

from service.pipeline.annotations import Document, Entity, Span
from service.pipeline.entities.discourse import Discourse, Mention, observe
from service.pipeline.entities.knowledge import Knowledge, Titles

_LONGEST_TITLE = 24
# How many mentions of a person are searched for who that is.
_FIRST_MENTIONS = 12
_LONGEST_HEAD = 4
_COMMON_WORDS = 6


class Description(msgspec.Struct, frozen=True):
    """``role`` as written, ``affiliation`` the canonical name of the body or place in it, with its entity's id;
    ``span`` is where the role stands."""

    role: str | None = None
    affiliation: str | None = None
    affiliation_id: str | None = None
    span: Span | None = None


def describe(
    document: Document,
    entities: Sequence[Entity],
    mention_span: Span,
    knowledge: Knowledge,
    discourse: Discourse | None = None,
) -> Description:
    """What the text says that the person mentioned at ``mention_span`` is.

    Looks around that mention first, then around the person's first other mentions, in order: who somebody is stands
    with the first of them. Empty where the text says nothing. Pass ``discourse`` where several are asked for.
    """
    seen = discourse or observe(document, entities)
    first, last = seen.tokens_in(mention_span)
    own = next((seen.at[token] for token in range(first, last) if token in seen.at), None)
    if own is None:
        return Description()
    for mention in (own, *seen.named[own.entity.id][:_FIRST_MENTIONS]):
        found = _description(seen, mention, knowledge)
        if found is not None:
            return found
    return Description()


def _description(seen: Discourse, mention: Mention, knowledge: Knowledge) -> Description | None:
    span = title_of(seen, mention, knowledge)
    if span is not None:
        first, last = span
        tokens = seen.document.tokens
        place = Span(tokens[first].start, tokens[last - 1].end)
        body = _body_in(seen, first, last) or _body_behind(seen, mention, knowledge.titles)
        return Description(seen.document.text_of(place), body.name if body else None, body.id if body else None, place)
    body = _body_behind(seen, mention, knowledge.titles)
    return Description(None, body.name, body.id) if body else None


def _body_in(seen: Discourse, first: int, last: int) -> Entity | None:
    """The first organisation named in the role; else the first place."""
    named = [seen.at[token].entity for token in range(first, last) if token in seen.at]
    bodies = [entity for entity in named if entity.type == "ORG"] or [e for e in named if e.type in ("GPE", "FAC")]
    return bodies[0] if bodies else None


def _body_behind(seen: Discourse, mention: Mention, titles: Titles) -> Entity | None:
    """The organisation in ``X dari <organisation>``."""
    tokens = seen.document.tokens
    if mention.last + 1 < len(tokens) and tokens[mention.last].lower in titles.from_words:
        behind = seen.at.get(mention.last + 1)
        if behind and behind.entity.type == "ORG" and not seen.quoted[mention.last]:
            return behind.entity
    return None


def title_of(seen: Discourse, mention: Mention, knowledge: Knowledge) -> tuple[int, int] | None:
    """The tokens of the title before a person's name, or of the apposition behind it; None where there is neither."""
    if mention.entity.type != "PERSON":
        return None
    key = (mention.first, mention.entity.id)
    if key not in seen.titles:
        seen.titles[key] = _title_before(seen, mention, knowledge) or _apposition(seen, mention, knowledge)
    return seen.titles[key]


def head_at(words: Sequence[str], position: int, heads: Container[str]) -> int:
    """How many words of ``words`` at ``position`` are the longest of ``heads``; 0 where none is."""
    for size in range(min(_LONGEST_HEAD, len(words) - position), 0, -1):
        if " ".join(words[position : position + size]) in heads:
            return size
    return 0


def _title_before(seen: Discourse, mention: Mention, knowledge: Knowledge) -> tuple[int, int] | None:
    titles = knowledge.titles
    related = _relation_to_neighbour(seen, mention, titles)
    if related is not None:
        return related
    low = _window(seen, mention, titles)
    words = [token.lower for token in seen.document.tokens[low : mention.first]]
    offset = 0
    while offset < len(words):
        size = 0 if low + offset in seen.at else _title_word(words, offset, knowledge)
        if size:
            found = _title_at(seen, mention, low, offset, size, knowledge)
            if found is not None:
                return found
        offset += max(1, size)
    return None


def _title_word(words: Sequence[str], offset: int, knowledge: Knowledge) -> int:
    """How many words at ``offset`` open a title; a possessive may be joined to it (``pengacaranya, X``)."""
    titles = knowledge.titles
    other = head_at(words, offset, titles.not_titles)
    size = head_at(words, offset, titles.heads)
    if other > size:
        return 0
    return size or int(words[offset].removesuffix(knowledge.references.clitic) in titles.relational)


def _title_at(
    seen: Discourse, mention: Mention, low: int, offset: int, size: int, knowledge: Knowledge
) -> tuple[int, int] | None:
    """The title whose word stands at ``offset`` behind ``low``, with what belongs to it on either side.

    None where it is somebody else's: a relation right before the name (``istri X``), a phrase that takes up somebody
    (``imbuh jaksa itu, X …``), or where other words stand between.
    """
    tokens, titles, references = seen.document.tokens, knowledge.titles, knowledge.references
    start = low + offset
    end = _without_ranks(seen, start, mention.first, titles)
    head = " ".join(token.lower for token in tokens[start : start + size])
    adjacent = tokens[mention.first - 1].text != ","
    if adjacent and (head in titles.kin or (head in titles.relational and _is_related_to(seen, mention))):
        return None
    if adjacent and head in titles.relational and end == start + size and _is_named_before(seen, mention):
        return None
    if end <= start or end < start + size:
        return None
    inside = range(start + size, end)
    if tokens[end - 1].lower in references.determiners and not any(
        head_at([token.lower for token in tokens[index:end]], 0, references.organizations) for index in inside
    ):
        return None
    common = [index for index in inside if index not in seen.at and tokens[index].text[0].islower()]
    if sum(tokens[index].lower not in titles.inside for index in common) > _COMMON_WORDS:
        return None
    while start > low and tokens[start - 1].lower in titles.modifiers and start - 1 not in seen.at:
        start -= 1
    return start, end


def _is_related_to(seen: Discourse, mention: Mention) -> bool:
    """Whether another person follows behind a comma: ``pengacara <name>, <other>`` is the other's title."""
    tokens = seen.document.tokens
    if mention.last + 1 >= len(tokens) or tokens[mention.last].text != ",":
        return False
    behind = seen.at.get(mention.last + 1)
    return behind is not None and behind.entity.type == "PERSON"


def _is_named_before(seen: Discourse, mention: Mention) -> bool:
    return any(other.first < mention.first and other.entity.id == mention.entity.id for other in seen.mentions)


def _window(seen: Discourse, mention: Mention, titles: Titles) -> int:
    """The leftmost token that a title of the name can reach to."""
    tokens = seen.document.tokens
    sentence = seen.sentence(mention.first)
    index = mention.first - 1
    low = mention.first
    while index >= sentence.first and mention.first - index <= _LONGEST_TITLE and not seen.quoted[index]:
        covering = seen.at.get(index)
        if covering is not None:
            if covering.entity.type == "PERSON":
                break
            low = covering.first
            index = covering.first - 1
            continue
        if not _may_hold(seen, index, sentence.first, titles):
            break
        if tokens[index].lower in titles.inside:
            words = [token.lower for token in tokens[index + 1 : min(index + 1 + _LONGEST_HEAD, mention.first)]]
            if index + 1 not in seen.at and head_at(words, 0, titles.heads):
                break
        else:
            low = index
        index -= 1
    while low < mention.first and tokens[low].text in ",()./":
        low += 1
    return low


def _may_hold(seen: Discourse, index: int, first: int, titles: Titles) -> bool:
    """Whether a title can hold the token, which is no part of a name."""
    token = seen.document.tokens[index]
    if token.text in ",()/":
        return True
    if token.text == ".":
        before = seen.document.tokens[index - 1] if index > first else None
        return before is not None and before.end == token.start and before.lower in titles.ranks
    if not token.text[0].isalnum():
        return False
    if token.lower in titles.inside or token.lower in titles.heads:
        return True
    if token.lower in titles.stops:
        return False
    return not is_verb(seen, index, index == first, titles)


def is_verb(seen: Discourse, index: int, opening: bool, titles: Titles) -> bool:
    """Whether the token is a verb, by its tag, or by its beginning where the document is not tagged."""
    token = seen.document.tokens[index]
    if token.lower in titles.not_verbs or token.lower in titles.heads:
        return False
    if token.text[0].isupper() and not opening:
        return False
    if seen.document.tags:
        return seen.document.tags[index] in ("VERB", "AUX")
    return len(token.lower) > 5 and token.lower.startswith(titles.verb_beginnings)


def _without_ranks(seen: Discourse, first: int, last: int, titles: Titles) -> int:
    """The end of the title at ``first:last`` when the ranks and degrees before the name are taken off; a title that is
    nothing but a rank stays."""
    tokens = seen.document.tokens
    end = last
    while end > first:
        token = tokens[end - 1]
        inside = seen.at.get(end - 1)
        if inside is not None and inside.last - inside.first > 1:
            break
        dotted = token.text[-1] == "." and len(token.text) < 9
        if not (dotted or token.text in ",()" or token.lower in titles.ranks):
            break
        end -= 1
    while end < last and (tokens[end].lower in titles.rank_words or tokens[end].text in ",()."):
        end += 1
    end = end if end > first else last
    while end > first and tokens[end - 1].text in ",(":
        end -= 1
    return end


def _relation_to_neighbour(seen: Discourse, mention: Mention, titles: Titles) -> tuple[int, int] | None:
    """The title in ``kuasa hukum <person>, <name>``: it takes in the person it relates to."""
    tokens = seen.document.tokens
    if mention.first < 2 or tokens[mention.first - 1].text != ",":
        return None
    neighbour = seen.at.get(mention.first - 2)
    if neighbour is None or neighbour.entity.type != "PERSON":
        return None
    low = _window(seen, neighbour, titles)
    words = [tokens[index].lower for index in range(low, neighbour.first)]
    for offset in range(len(words)):
        size = head_at(words, offset, titles.relational)
        if size and low + offset not in seen.at:
            return low + offset, neighbour.last
    return None


def _apposition(seen: Discourse, mention: Mention, knowledge: Knowledge) -> tuple[int, int] | None:
    """The title in ``<name>, <title>,``; an age or degrees may stand between.

    A phrase that a predicate follows is its subject, not an apposition (``kata <name>, pelaku melarikan diri``).
    """
    tokens, titles = seen.document.tokens, knowledge.titles
    last = seen.sentence(mention.first).last
    index = behind_degrees(seen, mention.last, last, titles)
    if index >= last or tokens[index].text != "," or seen.quoted[index]:
        return None
    index += 1
    if index + 1 < last and tokens[index].text.isdigit():
        # an age: ", 67 tahun, <title>"
        index += 2
        if index < last and tokens[index].text == ",":
            index += 1
    start = index
    while index < last and tokens[index].lower in titles.modifiers:
        index += 1
    words = [token.lower for token in tokens[index : min(last, index + _LONGEST_HEAD)]]
    size = head_at(words, 0, titles.heads) if index not in seen.at else 0
    if not size:
        return None
    index += size
    while index < last and index - start < _LONGEST_TITLE:
        covering = seen.at.get(index)
        if covering is not None:
            if covering.entity.type == "PERSON":
                return None
            index = covering.last
            continue
        token = tokens[index]
        if (not token.text[0].isalnum() and token.text not in "()") or token.lower in titles.stops:
            break
        if is_verb(seen, index, False, titles):
            return None
        index += 1
    if index < last and tokens[index].lower in knowledge.predicate_words:
        return None
    return start, index


def behind_degrees(seen: Discourse, index: int, last: int, titles: Titles) -> int:
    """The position behind the degrees and the age in brackets that follow a name."""
    tokens = seen.document.tokens
    while index < last:
        if tokens[index].text == "(" and index + 2 < last and tokens[index + 2].text == ")":
            index += 3
        elif tokens[index].text == "," and index + 1 < last and _is_degree(tokens[index + 1].text, titles):
            index += 2
            if index < last and tokens[index].text == "." and tokens[index].start == tokens[index - 1].end:
                index += 1
        else:
            break
    return index


def _is_degree(text: str, titles: Titles) -> bool:
    plain = text.replace(".", "").lower()
    return plain in titles.degrees or (text.count(".") > 0 and text[0].isupper() and len(plain) < 9 and text[-1] == ".")
