"""Nothing in a text, and no set of names, makes clustering or coreference raise or run away."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from service.pipeline import document, entities
from service.pipeline.annotations import Analysis, Article, Span
from service.pipeline.entities import resolve
from service.pipeline.entities.coreference import resolve_reference
from service.pipeline.entities.recognition import Recognition
from service.pipeline.entities.titles import describe
from service.pipeline.entities.unification import unify_names
from tests.pipeline.entities.marked import KNOWLEDGE

READING = document.load("id")
TYPES = ("PERSON", "ORG", "GPE", "LOC", "FAC", "EVENT", "LAW", "PRODUCT", "NORP")
AWKWARD = [
    *("Kim", "Kim Jong-un", "Bupati", "kata", " dia ", "ujarnya", "lembaga itu", "sang pemimpin", "PT ", "Kab. ", "AS"),
    *("(", ")", ", ", ". ", "“", "”", '"', "-", "\n\n", "\r\n", "RI", "UU", "(BPBD)", ", 67 tahun, "),
    *("Rina", ", ²", ", ٣", " (½)", ", ๔ tahun,"),
    *("😀", "e\u0301", "\u202e", "İ", "ǅ"),
]
PIECES = st.one_of(
    st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), min_size=1, max_size=5),
    st.sampled_from(AWKWARD),
)


@st.composite
def texts_with_names(draw):
    """A text and names in it, by position and not overlapping."""
    pieces = draw(st.lists(PIECES, min_size=1, max_size=40))
    names, position = [], 0
    for piece in pieces:
        if piece.strip() and draw(st.booleans()):
            names.append(Recognition(position, position + len(piece), draw(st.sampled_from(TYPES)), 0.5, "drawn"))
        position += len(piece)
    return "".join(pieces), tuple(names)


@settings(max_examples=120, deadline=None)
@given(st.lists(texts_with_names(), min_size=1, max_size=3))
def test_any_text_with_any_names(drawn):
    analyses = []
    for number, (text, names) in enumerate(drawn):
        read = document.read(Article(str(number), text, language="id"), READING)
        entities = resolve(read, names, KNOWLEDGE)
        assert sorted(span for entity in entities for span in entity.mentions) == [Span(n.start, n.end) for n in names]
        assert all(entity.name for entity in entities)
        for entity in entities:
            describe(read, entities, entity.mentions[0], KNOWLEDGE)
            for span in entity.references:
                assert 0 <= span.start < span.end <= len(text)
        for start in range(0, len(text), 7):
            resolve_reference(read, entities, Span(start, min(len(text), start + 5)), KNOWLEDGE)
        analyses.append(Analysis(read, entities))
    unified = unify_names(analyses, KNOWLEDGE)
    assert [len(analysis.entities) for analysis in unified] == [len(analysis.entities) for analysis in analyses]


@pytest.mark.parametrize("kind", ["PERSON", "ORG", "GPE", "LAW"])
@pytest.mark.parametrize("pattern", ["Nama{n} Kim. ", "Kim{n} ", "Kab. Nama{n}, ", "“Nama{n},” katanya. ", "(A{n}) "])
def test_many_names_take_linear_time(kind, pattern):
    pieces, names, position = [], [], 0
    for number in range(600):
        piece = pattern.format(n=number)
        pieces.append(piece)
        names.append(Recognition(position, position + len(piece.rstrip(" .,")), kind, 0.9, "made"))
        position += len(piece)
    read = document.read(Article("a", "".join(pieces), language="id"), READING)
    began = time.process_time()
    entities = resolve(read, names, KNOWLEDGE)
    unify_names([Analysis(read, entities)] * 2, KNOWLEDGE)
    assert time.process_time() - began < 3


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=40).map("".join))
@example("Kapolsek A, ² tahun.")
@example("Warga Sari Wulan (²).")
@example("dilansir Dokter tim Melati United Anwar Hasan menjelaskan, pemain 21 tahun itu dirawat.")
def test_names_of_any_text_are_found_or_not(text):
    read = document.read(Article("a", text, language="id"), READING)
    tagged, found = entities.find_entities(read, entities.load("id"))
    assert len(tagged.tags) == len(tagged.tokens)
    spans = [mention for entity in found for mention in entity.mentions]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
