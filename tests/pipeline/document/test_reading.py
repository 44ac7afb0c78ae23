"""Reading an article: its language, layout, dateline, sentences and tokens, case by case from the specs."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.languages import loader
from service.pipeline import document
from service.pipeline.annotations import Article
from service.pipeline.document import language, layout, tokens
from tests.specs import load as load_spec

SPEC = load_spec("id", "document")
BODY = "Hujan deras mengguyur kota itu sejak pagi dan jalan utama tergenang air setinggi lutut orang dewasa."
KNOWLEDGE = document.load("id")

# every kind of character that has broken offsets somewhere: astral, combining, right-to-left, joiners, line ends
HARD_TEXT = st.lists(
    st.one_of(
        st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=6),
        st.sampled_from("\r\n\u0301\u200d\u202e😀“”\"'-–—.,:()/0123456789 \t\u2028\x85"),
        st.sampled_from(["kata ", "Menurut ", "Rp ", "Baca juga: ", " tewas. ", "Kim Jong-un ", "3/9/2025 "]),
    ),
    max_size=60,
).map("".join)


def read(text: str, code: str | None = "id") -> document.Document:
    return document.read(Article("a", text, language=code), KNOWLEDGE)


@pytest.mark.parametrize("case", SPEC["boilerplate"], ids=lambda c: c["line"][:40])
def test_boilerplate_by_form(case):
    read_document = read(f"{BODY}\n{case['line']}\n{BODY}\n{BODY}")
    flagged = [read_document.text_of(span) for span in read_document.boilerplate]
    assert flagged == ([case["line"]] if case["is"] else [])


@pytest.mark.parametrize("case", SPEC["datelines"], ids=lambda c: c["text"])
def test_dateline(case):
    read_document = read(case["text"] + BODY)
    datelines = [read_document.text_of(s) for s in read_document.sentences if s.role == "dateline"]
    assert datelines == ([case["text"].strip()] if case["is"] else [])


@pytest.mark.parametrize("case", SPEC["sentences"], ids=lambda c: c[0][:40])
def test_sentences(case):
    read_document = read(" ".join(case))
    assert [read_document.text_of(s) for s in read_document.sentences] == case


@pytest.mark.parametrize("case", SPEC["tokens"], ids=lambda c: c["text"])
def test_tokens(case):
    assert [t.text for t in tokens.tokenize(case["text"], 0, len(case["text"]))] == case["are"]


def test_space_is_passed_in_time_that_grows_with_its_length():
    began = time.process_time()
    for text in (" " * 50_000, "a" + " " * 50_000, " " * 50_000 + "a"):
        found = [token.start for token in tokens.tokenize(text, 0, len(text))]
        assert found == [i for i in range(len(text)) if text[i] == "a"]
    assert time.process_time() - began < 1


@pytest.mark.parametrize("case", SPEC["languages"], ids=lambda c: f"{c['is']}: {c['text'][:30]}")
def test_language(case):
    assert language.identify(case["text"], KNOWLEDGE.profiles)[0] == case["is"]


def test_headline_is_a_line_without_full_stop():
    read_document = read(f"Kota Uji Kembali Banjir\n{BODY}\nWarga Mulai Mengungsi\n{BODY}")
    assert [s.role for s in read_document.sentences] == ["headline", "body", "headline", "body"]


def test_text_without_any_full_stop_is_body():
    assert [s.role for s in read("Warga mengungsi ke balai desa").sentences] == ["body"]


def test_navigation_behind_the_last_sentence_is_boilerplate():
    read_document = read(f"{BODY}\nBerita Terkini\nTentang Kami Redaksi Karier")
    assert [read_document.text_of(b) for b in read_document.boilerplate] == [
        "Berita Terkini",
        "Tentang Kami Redaksi Karier",
    ]


def test_wrapped_lines_are_one_paragraph():
    text = "Hujan deras mengguyur kota itu sejak pagi dan jalan utama\ntergenang air setinggi lutut orang dewasa."
    assert len(read(text).sentences) == 1


@pytest.mark.parametrize("case", SPEC["promotion"], ids=lambda c: c["line"][:40])
def test_promotion_in_the_last_paragraph(case):
    read_document = read(f"{BODY}\n{BODY}\n{case['line']}")
    flagged = [read_document.text_of(span) for span in read_document.boilerplate]
    assert flagged == ([case["line"]] if case["is"] else [])


@pytest.mark.parametrize("case", SPEC["closing_lines"], ids=lambda c: c["line"][:40])
def test_lines_behind_the_body(case):
    read_document = read(f"{BODY}\n{BODY}\n{case['line']}")
    flagged = [read_document.text_of(span) for span in read_document.boilerplate]
    assert (case["line"] in flagged) == (case["is"] == "boilerplate")
    assert (read_document.sentences[-1].role == "body" and len(read_document.sentences) > 2) == (case["is"] == "body")


@pytest.mark.parametrize("case", SPEC["broken_lines"], ids=lambda c: c[0][:40])
def test_lines_broken_at_links(case):
    read_document = read("\n".join([BODY, *case]))
    paragraphs = [read_document.text_of(s).replace("\n", "|") for s in read_document.sentences if s.paragraph]
    assert paragraphs == ["|".join(case)]


def test_author_between_headline_and_stamp_is_boilerplate():
    read_document = read(
        f"Kota Uji Kembali Banjir\nSari Wulandari - uji.example\nSenin, 2 Maret 2026 21:20 WIB\n{BODY}"
    )
    assert [read_document.text_of(b) for b in read_document.boilerplate] == [
        "Sari Wulandari - uji.example",
        "Senin, 2 Maret 2026 21:20 WIB",
    ]


def test_titles_in_capitals_beside_a_dateline_open_captions():
    caption = "SIDANG PUTUSAN - Suasana ruang sidang setelah putusan dibacakan, Selasa (3/3/2026)."
    read_document = read(f"{caption}\nUJI.EXAMPLE, SOLO - {BODY}\n{BODY}")
    assert [read_document.text_of(b) for b in read_document.boilerplate] == [caption]


def test_caption_with_credit_in_front_of_the_body_is_boilerplate():
    caption = "Warga memeriksa jembatan yang ambruk, Rabu (4/3/2026).(UJI.com/NINING SARI)"
    assert [read(f"{caption}\n{BODY}").text_of(b) for b in read(f"{caption}\n{BODY}").boilerplate] == [caption]


def test_credit_behind_the_last_paragraph_leaves_the_paragraph():
    read_document = read(f"{BODY}\n{BODY} (Uji/Nining Sari)")
    assert [read_document.text_of(b) for b in read_document.boilerplate] == ["(Uji/Nining Sari)"]


def test_closing_initials_are_boilerplate():
    read_document = read(f"{BODY} (abc/xyz)")
    assert [read_document.text_of(b) for b in read_document.boilerplate] == ["(abc/xyz)"]


def test_endless_sentence_is_broken_at_its_commas():
    sentences = read("satu dua tiga empat lima, " * 200 + "enam.").sentences
    assert max(s.last - s.first for s in sentences) <= 256
    assert all(read("satu dua tiga empat lima, " * 200).text[s.end - 1] == "," for s in sentences[:-1])


def test_other_language_is_a_problem_not_an_error():
    problem = read("The flood has forced hundreds of people to leave their homes in the city.", None)
    assert (problem.language, problem.problem, problem.tokens) == ("en", document.UNSUPPORTED_LANGUAGE, ())


def test_nothing_but_boilerplate_is_a_problem():
    assert read("Baca juga: Harga Cabai Turun").problem == document.NO_CONTENT


@given(HARD_TEXT)
@settings(max_examples=300, deadline=None)
def test_offsets_hold_for_any_text(text):
    read_document = read(text)
    spans = [*read_document.sentences, *read_document.tokens, *read_document.boilerplate]
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(text[t.start : t.end] == t.text for t in read_document.tokens)
    assert all(a.end <= b.start for a, b in zip(read_document.tokens, read_document.tokens[1:], strict=False))
    covered = {t for s in read_document.sentences for t in range(s.first, s.last)}
    assert covered == set(range(len(read_document.tokens)))
    assert not any(t.start < b.end and b.start < t.end for t in read_document.tokens for b in read_document.boilerplate)


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        ".",
        "-",
        '"',
        "A.",
        "1.",
        "1,",
        "a-",
        "(",
        "\n",
        "a.b",
        "\u0301",
        "😀",
        "Rp",
        "- ",
        "A B, ",
        ",a\n",
        "a\ndi ",
    ],
)
def test_time_grows_linearly(unit):
    def seconds(count: int) -> float:
        text = unit * (count // len(unit))
        best = float("inf")
        for _ in range(3):
            began = time.process_time()
            read(text)
            best = min(best, time.process_time() - began)
        return best

    small, large = seconds(10_000), seconds(80_000)
    assert large < 8 * 4 * max(small, 0.002)


def test_data_files_are_checked(tmp_path, monkeypatch):
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / "document.yaml").write_text("abbreviations: [dr]\nopenerss: []\n", encoding="utf-8")
    monkeypatch.setattr(loader, "FOLDER", tmp_path)
    with pytest.raises(loader.LanguageDataError, match=r"document\.yaml"):
        loader.load.__wrapped__("xx", "document", layout.Layout)
