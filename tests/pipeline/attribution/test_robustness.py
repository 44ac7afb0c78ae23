from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.pipeline import attribution, claims
from service.pipeline.annotations import Entity, Span
from tests.pipeline.attribution import specs

KNOWLEDGE = attribution.load("id")
WORDS = [
    *("kata", "ujarnya", "menurut", "mengatakan", "bahwa", "disebut", "diduga", "dilansir dari", "seperti dilaporkan"),
    *("Budi", "Santoso", "dia", "itu", "yang", "dan", "sementara", "Rabu (3/9/2025)", "jelas", "berdasarkan data"),
    *("menampik kabar bahwa", "oleh", "S.H.", '"', "“", "”", "'", ",", ".", "?", ":", "(", ")", "—", "\n\n"),
    *("\u200f", "e\u0301", "😀", "\r\n"),
]


def check(text: str) -> None:
    document = specs.read(text)
    start = text.find("Budi")
    entities = (Entity("e0", "PERSON", "Budi", (Span(start, start + 4),)),) if start >= 0 else ()
    statements = attribution.find_attributions(document, entities, KNOWLEDGE)
    for statement in statements:
        assert 0 <= statement.span.start < statement.span.end <= len(text)
        for span in (statement.attribution.cue, statement.attribution.speaker and statement.attribution.speaker.span):
            assert span is None or 0 <= span.start < span.end <= len(text)
        assert 0 < statement.score <= 1
    found = claims.find_claims(document, entities, (), statements, claims.load("id"))
    assert len(found) >= len(statements)
    assert statements == attribution.find_attributions(document, entities, KNOWLEDGE)


@settings(max_examples=250, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_any_run_of_cues_marks_and_names_is_read(words: list[str]) -> None:
    check(" ".join(words))


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=200))
def test_any_text_is_read(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    "text",
    [
        '"' * 20_000,
        "”“" * 10_000,
        "kata " * 10_000,
        '"Ya," kata ' * 3_000,
        "mengatakan " * 10_000,
        "Budi, " * 10_000,
        "(" * 20_000,
        "menurut dia, " * 5_000,
        "dan Budi mengatakan bahwa " * 4_000,
        "yang menyebut X, yang mengutip Y, " * 3_000,
        '"a\n\n' * 5_000,
        "disebut “a” " * 5_000,
    ],
    ids=lambda text: text[:12],
)
def test_repetition_takes_linear_time(text: str) -> None:
    document = specs.read("Ini sebuah berita tentang banjir. " + text)
    began = time.process_time()
    attribution.find_attributions(document, (), KNOWLEDGE)
    assert time.process_time() - began < 8
