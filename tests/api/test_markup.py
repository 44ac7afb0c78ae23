"""HTML bodies become text: cases as data, and input that is meant to take long."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.api import markup

CASES = json.loads((Path(__file__).parents[1] / "specs" / "formats" / "markup.json").read_text(encoding="utf-8"))
MOST = markup.MOST_TAGS
HARD = {
    "nested": "<div>" * MOST,
    "formatting around blocks": "".join(f"<b c={number}><p>" for number in range(MOST // 2)) + "x",
    "formatting closed late": "".join(f"<b c={number}>" for number in range(MOST // 2)) + "<div></b>" * (MOST // 4),
    "tables": "<table><tr><td>" * (MOST // 3),
    "ends that close nothing": "<div>" * (MOST // 2) + "</p>" * (MOST // 2),
    "attributes": "<p " + " ".join(f"a{number}" for number in range(50_000)) + ">",
    "angle brackets": "<" * 500_000,
    "comments": "<!--" * 300_000,
    "scripts in comments": "<script>" + "<!--<script >" * (MOST // 2),
    "references": "&#" * 500_000,
}


@pytest.mark.parametrize(("html", "text"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_html_becomes_text(html, text):
    assert markup.read_text(html) == text


@pytest.mark.parametrize("html", HARD.values(), ids=HARD)
def test_no_markup_takes_long(html):
    began = time.process_time()
    markup.read_text(html)
    assert time.process_time() - began < 3


def test_too_many_tags_are_refused():
    assert markup.read_text("<br>" * MOST) == ""
    with pytest.raises(markup.MarkupError, match=str(MOST + 1)):
        markup.read_text("<br>" * (MOST + 1))


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0<&\r\f\u00a0\u00ad\u200b\x0b")))
def test_text_without_markup_keeps_all_but_white_space(text):
    assert markup.read_text(f"<p>{text}</p>").split() == text.split()


PIECES = [*"<>/ab p=\"'!-&;#x1 \n\U0001f30b", "<p>", "</p>", "<pre>", "<q>", "<td>", "<script>", "</script>"]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_markup_gives_blocks_without_superfluous_space(html):
    text = markup.read_text(html)
    blocks = text.split("\n\n")
    assert text == "" or all(block and block == " ".join(block.split(" ")).strip(" ") for block in blocks)
