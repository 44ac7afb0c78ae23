"""HTML bodies of articles to plain text.

Markup is read as a stream of tags and text, never as a tree: what HTML's rules make of tags that are nested wrongly
can take hours to build from a few kilobytes, and the text of an article does not depend on it. Nothing is fetched, no
script is run.
"""

from __future__ import annotations

import re

from lxml import etree  # type: ignore[import-untyped]

MOST_TAGS = 20_000
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "br", "dd", "details", "div", "dl", "dt", "fieldset", "footer",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "li", "main", "nav", "ol", "p", "pre",
    "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
))  # fmt: skip
# what is not read as part of the text, or is not shown at all
_LEFT_OUT = frozenset((
    "audio", "button", "canvas", "datalist", "figure", "form", "head", "iframe", "math", "noscript", "object",
    "script", "select", "style", "svg", "template", "textarea", "title", "video",
))  # fmt: skip
_TAG = re.compile(r"<[/A-Za-z]")
_SPACE = re.compile("[ \t\n\f\r\u00a0]+")
# a hyphen or a break that shows only where a line ends is no part of a word
_INVISIBLE = re.compile("[\u00ad\u200b]")


class MarkupError(ValueError):
    """A piece of HTML that is not read."""


def is_markup(content: str) -> bool:
    """Whether ``content`` of an untold type is HTML: it opens with a tag, a comment or a document type."""
    return re.match(r"[ \t\n\f\r]*<[A-Za-z!]", content) is not None


def read_text(html: str) -> str:
    """The words of ``html``, its blocks parted by empty lines and white space folded; "" where it has none.

    Captions, forms, scripts and embedded media are left out; quotation elements get the marks that a browser shows.
    Raises MarkupError where there are more than ``MOST_TAGS`` tags: the time to read end tags that close nothing
    grows with the square of their number.
    """
    tags = sum(1 for _ in _TAG.finditer(html))
    if tags > MOST_TAGS:
        raise MarkupError(f"HTML may have at most {MOST_TAGS} tags; this has {tags}.")
    gatherer = _Gatherer()
    parser = etree.HTMLParser(target=gatherer, huge_tree=True)
    # without an element the parser takes empty input for an error
    parser.feed("<body>")
    parser.feed(html)
    return str(parser.close())


class _Gatherer:
    """What the parser reports to: it collects the text, block by block."""

    def __init__(self) -> None:
        self._blocks: list[str] = []
        self._pieces: list[str] = []
        self._skipped = 0
        self._preformatted = 0

    def start(self, tag: str, attributes: object) -> None:
        if tag in _LEFT_OUT:
            self._skipped += 1
        self._meet(tag, "\u201c")
        self._preformatted += tag == "pre"

    def end(self, tag: str) -> None:
        self._preformatted -= tag == "pre"
        self._meet(tag, "\u201d")
        if tag in _LEFT_OUT:
            self._skipped -= 1

    def _meet(self, tag: str, mark: str) -> None:
        if self._skipped:
            return
        if tag in _BLOCKS:
            self._part()
        elif tag in {"td", "th"}:
            self._pieces.append(" ")
        elif tag == "q":
            self._pieces.append(mark)

    def data(self, text: str) -> None:
        if self._skipped:
            return
        first, *others = text.split("\n") if self._preformatted else [text]
        self._pieces.append(first)
        for line in others:
            self._part()
            self._pieces.append(line)

    def close(self) -> str:
        self._part()
        return "\n\n".join(self._blocks)

    def _part(self) -> None:
        block = _SPACE.sub(" ", _INVISIBLE.sub("", "".join(self._pieces))).strip(" ")
        self._pieces.clear()
        if block:
            self._blocks.append(block)
