"""Tokens: words, numbers, punctuation, each with its place in the text.

A rule tokenizer without a lexicon. It keeps hyphenated words (``Jong-un``, ``2000-an``, ``negara-negara``), grouped and
decimal numbers, clock times and numeric dates (``11.000``, ``22.30``, ``3/9/2025``), host names (``KOMPAS.com``) and
dotted abbreviations (``S.H.``, ``M.Si.``) whole. A hyphen between two numbers separates them. Clitics stay joined.
"""

from __future__ import annotations

import re

from service.pipeline.annotations import Token

# A letter with its combining marks; every repetition below is bounded or cannot overlap with what follows it, so that
# matching takes linear time.
_LETTER = r"[^\W\d_][\u0300-\u036f]*"
_WORD_PART = r"(?:[^\W_][\u0300-\u036f]*)+"
_TOKEN = re.compile(
    rf"""
    \s*+(                                                            # space is passed in one step
      (?:https?://|www\.)[^\s<>"“”()]{{1,400}}                       # addresses
    | (?:[A-Za-z]\.){{2,8}}                                          # S.H.
    | [A-Z][a-z]{{0,2}}(?:\.[A-Z][A-Za-z]{{0,6}}){{1,4}}\.?(?!\w)    # M.Si.
    | [^\W\d_]{{1,4}}(?=\d+[.,]\d)                                   # the currency of Rp1,2
    | [A-Z]{{1,3}}\$                                                 # US$
    | \d+(?:[.,/:]\d+)*(?:x\d+)?(?:-[^\W\d_]+)?                      # 11.000  3/9/2025  2x24  2000-an
    | {_LETTER}(?:{_WORD_PART})?(?:[-'’]{_WORD_PART})*(?:\.(?:[a-z]{{2,8}}|COM|CO|ID|NET|ORG|TV|EXAMPLE)(?!\w)){{0,3}}
    | \.{{2,}}|…+|-{{2,}}|\*+|={{2,}}|_+
    | [\u0300-\u036f]+
    | \S
    )
    """,
    re.VERBOSE,
)


def tokenize(text: str, start: int, end: int) -> list[Token]:
    """The tokens of ``text[start:end]``, with offsets into ``text``."""
    # at the end, space without a token behind it would be gone through from each of its characters
    end = start + len(text[start:end].rstrip())
    found: list[Token] = []
    for match in _TOKEN.finditer(text, start, end):
        word = match[1]
        found.append(Token(*match.span(1), word, word.lower()))
    return found
