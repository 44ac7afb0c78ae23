"""The layout of an article: paragraphs, and what in them is not the article's own text.

Boilerplate is told by form and position, never by outlet: lines that open with a pointer or a credit, captions, page
stamps, promotion near the end, navigation after the last full sentence. Phrases are data. Does not handle boilerplate
in the middle of a sentence, other than the initials of author and editor that close an article.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import msgspec

from service.languages import loader
from service.pipeline.annotations import Span


class Layout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``document.yaml``."""

    abbreviations: frozenset[str]
    openers: tuple[str, ...]
    free_openers: frozenset[str]
    calls_to_action: tuple[str, ...]
    channels: tuple[str, ...]
    invitations: frozenset[str]
    continuing_words: frozenset[str]
    caption_words: tuple[str, ...]
    caption_titles: tuple[str, ...]
    caption_marks: tuple[str, ...]
    weekdays: frozenset[str]
    months: frozenset[str]
    zones: frozenset[str]

    def __post_init__(self) -> None:
        loader.require_distinct(self.openers, "document.yaml: openers")
        loader.require_distinct(self.calls_to_action, "document.yaml: calls_to_action")
        loader.require_distinct(self.channels, "document.yaml: channels")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the article without the white space around it; ``complete`` lines end as sentences do."""

    span: Span
    text: str
    complete: bool


_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
# the last alternative: the initials of author and editor, or a star, behind the end of a sentence
_COMPLETE = re.compile(
    r"[.?!…:;][\"”’')\]*\s]*$|[\"”’]$|"
    r"[.?!…][\"”’')]*\s*[(\[](?:[A-Za-z]{2,5}(?:[/-][A-Za-z]{2,6}){0,3}|\*{1,3})[)\]]\.?$"
)
_CAPTION = re.compile(r"^[^a-z]{3,80}\s[-–—]\s*")
_CREDIT_LINE = re.compile(r"^[(\[][^()\[\]]{2,60}[/:][^()\[\]]{2,60}[)\]]\.?$")
_CLOSING_CREDIT = re.compile(
    r"\s*[(\[](?:[A-Za-z]{2,5}(?:[/-][A-Za-z]{2,6}){1,3}|[^()\[\]/:]{2,40}/[^()\[\]/:]{2,50}|\*)[)\]]\.?$"
)
_HOST = re.compile(r"\w\.[A-Za-z]{2}")
_CLOSED = re.compile(r"[.?!…][\"”’')*]*\s*$")
_SENTENCE_OPENING = re.compile(r"(?:^|[.!?]\s+)([^\W\d_]+)")
# marks that open no line of their own
_CLOSING_MARKS = ",.;:)]"
_SLASHED_CREDIT = re.compile(r"[.)]\s*/[^/.]{3,50}/$")
_NUMERIC_STAMP = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}(?:[\s,|]+\d{1,2}[:.]\d{2})?$")
_LIST_MARK = re.compile(r"^[-–—•*>\s]+")
_WORD = re.compile(r"[^\W\d_]+['’]?[^\W\d_]*")
_NAVIGATION_WORDS = 12
_SECTION_WORDS = 5
_CAPTION_WORDS = 6
_END_PARAGRAPHS = 4
_WRAPPED_WIDTH = 50
_LEAD_PARAGRAPHS = 1
_HEAD_LINES = 6


def paragraphs(text: str, layout: Layout) -> list[Paragraph]:
    """The non-blank lines of ``text``, in order; a line that goes on with the one before it belongs to it."""
    found: list[tuple[int, int, int]] = []
    for match in _LINE.finditer(text):
        line = match.group()
        stripped = line.strip()
        if not stripped:
            continue
        start = first = match.start() + len(line) - len(line.lstrip())
        end = start + len(stripped)
        if found and stripped[0] in _CLOSING_MARKS and len(stripped) > 1:
            # a linked word on a line of its own, and the sentence around it
            start = found.pop()[0]
            if found and _adjoins(text, found[-1][1], start) and not _complete(text, *found[-1][:2]):
                start = found.pop()[0]
        elif found and _continues(text, found[-1], first, stripped, layout):
            start = found.pop()[0]
        found.append((start, end, first))
    return [Paragraph(Span(start, end), text[start:end], _complete(text, start, end)) for start, end, _ in found]


def _complete(text: str, start: int, end: int) -> bool:
    return _COMPLETE.search(text[max(start, end - 40) : end]) is not None


def _adjoins(text: str, end: int, start: int) -> bool:
    """Whether one line break stands between ``end`` and ``start``."""
    gap = text[end:start]
    return gap.count("\n") + gap.count("\r") - gap.count("\r\n") == 1


def _continues(text: str, before: tuple[int, int, int], start: int, line: str, layout: Layout) -> bool:
    """Whether ``line`` at ``start`` goes on with the lines ``before`` it (where they start, end, and the last of them
    starts): text that was wrapped at a fixed width, or broken at a link, where the line opens with a word that opens
    no line of its own."""
    first, end, last = before
    if not line[0].islower() or not _adjoins(text, end, start) or _complete(text, first, end):
        return False
    if line.split(maxsplit=1)[0] in layout.continuing_words:
        return True
    return end - last > _WRAPPED_WIDTH and (" " in line or _COMPLETE.search(line[-40:]) is not None)


def find_boilerplate(lines: list[Paragraph], layout: Layout) -> list[Span]:
    """The spans of ``lines``, whole lines or the ends of lines, that are not the article's text; sorted."""
    flags = [_is_boilerplate(line, layout) for line in lines]
    _flag_authors(lines, flags, layout)
    _flag_captions(lines, flags)
    _flag_ends(lines, flags, layout)
    spans = []
    for line, flag in zip(lines, flags, strict=True):
        if flag:
            spans.append(line.span)
        else:
            credit = _CLOSING_CREDIT.search(line.text[-100:])
            if credit and _CLOSED.search(line.text[: -len(credit.group())]):
                spans.append(Span(line.span.end - len(credit.group().lstrip()), line.span.end))
    return spans


def _is_boilerplate(line: Paragraph, layout: Layout) -> bool:
    lower = _LIST_MARK.sub("", line.text[:400].lower())
    if not lower:
        return True
    return (
        _opens_with_pointer(lower, layout)
        or _is_stamp(lower, layout)
        or _is_caption(line, lower, layout)
        or _CREDIT_LINE.match(line.text) is not None
    )


def _opens_with_pointer(lower: str, layout: Layout) -> bool:
    """Whether the line opens with a pointer, a credit or promotion."""
    bare = lower.lstrip("([")
    if not bare.startswith(layout.openers):
        return False
    for opener in layout.openers:
        if bare.startswith(opener):
            rest = bare[len(opener) :]
            if opener in layout.free_openers and not rest[:1].isalpha():
                return True
            after = rest.lstrip(" )]")
            if not after or after[0] in ":|" or (bare is not lower and after[0] == "/"):
                return True
    return False


def _is_stamp(lower: str, layout: Layout) -> bool:
    """Whether a short line holds only weekday, month, zone and numbers."""
    if len(lower) > 60 or not any(c.isdigit() for c in lower):
        return False
    if _NUMERIC_STAMP.match(lower):
        return True
    words = _WORD.findall(lower)
    known = layout.weekdays | layout.months | layout.zones
    return bool(words) and all(word in known for word in words)


def _is_caption(line: Paragraph, lower: str, layout: Layout) -> bool:
    title = _CAPTION.match(line.text)
    if title and not _HOST.search(title.group()):
        rest = line.text[title.end() :].lower()
        if any(rest.startswith(word) for word in layout.caption_titles):
            return True
    tail = lower[-60:]
    opens = lower.startswith(layout.caption_words) and any(
        re.match(rf"{re.escape(word)}\b", lower) for word in layout.caption_words
    )
    if _SLASHED_CREDIT.search(line.text[-60:]) or _is_credited(tail, layout):
        return True
    return (opens and any(mark in tail for mark in layout.caption_marks)) or (
        tail.endswith((")", "]", ").")) and any(mark[0] in "([" and mark in tail for mark in layout.caption_marks)
    )


def _is_credited(tail: str, layout: Layout) -> bool:
    """Whether the end of a line is the credit of a picture without brackets ("Foto: Nining Sari/UJI")."""
    if _CLOSED.search(tail):
        return False
    places = (tail.rfind(mark) for mark in layout.caption_marks if mark[-1] == ":" and mark[0].isalpha())
    return any(place > 0 and "/" in tail[place:] for place in places)


def _flag_authors(lines: list[Paragraph], flags: list[bool], layout: Layout) -> None:
    """Flag the line of an author's name between the headline and the stamp of the page."""
    for index in range(1, min(len(lines) - 1, _HEAD_LINES)):
        words = _WORD.findall(lines[index].text)
        short = (
            1 < len(words) <= _SECTION_WORDS and not lines[index].complete and all(w[0].isupper() for w in words[:2])
        )
        stamped = flags[index + 1] and _is_stamp(lines[index + 1].text.lower(), layout)
        if short and stamped:
            flags[index] = True


def _flag_captions(lines: list[Paragraph], flags: list[bool]) -> None:
    """Flag the lines that close with a credit and stand behind a pointer, or in front of the article's body.

    Only there is such a line a picture's caption; elsewhere it is the paragraph that ends the article. Where a line
    opens with place and outlet, lines that open with another title in capitals and a dash are captions as well.
    """
    titles = [_CAPTION.match(line.text) for line in lines]
    origins = [title is not None and ("," in title.group() or bool(_HOST.search(title.group()))) for title in titles]
    for index, title in enumerate(titles):
        if title and any(origins) and not origins[index] and lines[index].complete:
            words, rest = _WORD.findall(title.group()), lines[index].text[title.end() :]
            flags[index] = flags[index] or (len(words) > 1 and len(rest.split()) >= _CAPTION_WORDS)
    bodies = 0
    for index, line in enumerate(lines):
        credit = _CLOSING_CREDIT.search(line.text[-100:])
        named = credit is not None and credit.group().count(" ") + credit.group().count(".") > 0
        if named and not flags[index] and index + 1 < len(lines) and (bodies < _LEAD_PARAGRAPHS or flags[index - 1]):
            flags[index] = index > 0 or len(lines) > 1
        bodies += line.complete and not flags[index]


def _promotes(lower: str, layout: Layout) -> bool:
    """Whether a paragraph calls the reader to do something, or invites to one of the outlet's channels."""
    if any(call in lower for call in layout.calls_to_action):
        return True
    invited = any(opening in layout.invitations for opening in _SENTENCE_OPENING.findall(lower))
    return invited and (_HOST.search(lower) is not None or any(channel in lower for channel in layout.channels))


def _flag_ends(lines: list[Paragraph], flags: list[bool], layout: Layout) -> None:
    """Flag what only its place tells: promotion and navigation at the end, the section's name at the start."""
    for index in range(len(lines) - 1, max(-1, len(lines) - 1 - _END_PARAGRAPHS), -1):
        if not flags[index] and _promotes(lines[index].text.lower(), layout):
            flags[index] = True
    body = [i for i, (line, flag) in enumerate(zip(lines, flags, strict=True)) if line.complete and not flag]
    if not body:
        return
    after_credit = any(flags[body[-1] + 1 :])
    for index in range(body[-1] + 1, len(lines)):
        if after_credit or len(lines[index].text.split()) <= _NAVIGATION_WORDS:
            flags[index] = True
    headlines = [i for i in range(body[0]) if not flags[i]]
    if len(headlines) > 1 and len(lines[headlines[0]].text.split()) <= _SECTION_WORDS:
        flags[headlines[0]] = True
