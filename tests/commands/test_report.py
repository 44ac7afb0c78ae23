"""The report for a person: conflicts first, evidence in its words, nothing that a terminal would obey."""

from __future__ import annotations

import io
import json

from rich.console import Console

from service.commands.report import report

TEXT_A = "Gempa mengguncang Cianjur.\nSebanyak 14 orang tewas, kata Kepala BPBD Rudi Hartono kepada wartawan."
TEXT_B = "Korban bertambah. Ada 62 orang tewas menurut catatan terakhir."


def evidence(article: str, text: str, words: str, **more: object) -> dict[str, object]:
    start = text.index(words)
    return {"article_id": article, "span": {"start": start, "end": start + len(words), "text": words}, **more}


def render(answer: dict[str, object], articles: list[dict[str, object]]) -> str:
    out = io.StringIO()
    console = Console(file=out, width=100, highlight=False, color_system=None)
    report(json.dumps(answer).encode(), json.dumps({"articles": articles}).encode(), console)
    return out.getvalue()


ARTICLES = [{"id": "a", "text": TEXT_A, "source": {"name": "Harian Nusa"}}, {"id": "b", "text": TEXT_B}]
DOCUMENTS = [
    {
        "id": "a",
        "language": "id",
        "entities": [{}],
        "values": [{}, {}],
        "claims": [{"attribution": {"speaker": {"name": "Rudi"}}}],
    },
    {
        "id": "b",
        "language": "und",
        "entities": [],
        "values": [],
        "claims": [],
        "problem": {"code": "x", "title": "Not read"},
    },
]
CONFLICT = {
    "topic": "jumlah orang tewas",
    "type": "quantity",
    "status": "contradiction",
    "severity": "high",
    "question": "Berapa orang tewas?",
    "positions": [
        {"value": "14 orang", "evidence": [evidence("a", TEXT_A, "14 orang tewas", speaker={"name": "Rudi Hartono"})]},
        {"value": "62 orang", "evidence": [evidence("b", TEXT_B, "62 orang tewas", as_of="2026-01-02")]},
    ],
}
AGREEMENT = {
    "topic": "tempat",
    "value": "Cianjur",
    "sources": ["a", "b"],
    "independent_sources": 1,
    "origins": ["BMKG"],
}


def test_conflicts_come_first_with_their_evidence_outlet_speaker_and_time():
    out = render({"conflicts": [CONFLICT], "agreements": [AGREEMENT], "documents": DOCUMENTS}, ARTICLES)
    order = [
        "1 conflict between 2 articles",
        "jumlah orang tewas",
        "Berapa orang tewas?",
        "1 agreement",
        "tempat: Cianjur",
    ]
    places = [out.index(words) for words in order]
    assert places == sorted(places)
    assert "Harian Nusa (Rudi Hartono): Sebanyak «14 orang tewas», kata Kepala BPBD" in out
    assert "b as of 2026-01-02: Korban bertambah. Ada «62 orang tewas» menurut" in out
    assert "2 outlets, 1 independent (from BMKG)" in out


def test_articles_are_listed_with_their_counts_or_their_problem():
    out = render({"conflicts": [], "agreements": [], "documents": DOCUMENTS}, ARTICLES)
    assert "0 conflicts between 2 articles" in out
    assert "a   Harian Nusa, id: 1 entity, 2 values, 1 claim" in out
    assert "said by Rudi (1)" in out
    assert "b   b, und: Not read" in out


def test_of_much_evidence_each_article_is_shown_before_any_is_shown_twice():
    many = [evidence("a", TEXT_A, words) for words in ("Gempa", "Cianjur", "14", "tewas")]
    position = {"value": "14", "evidence": [*many, evidence("b", TEXT_B, "62")]}
    out = render({"conflicts": [CONFLICT | {"positions": [position]}], "agreements": [], "documents": []}, ARTICLES)
    assert "«Gempa»" in out
    assert "«62»" in out
    assert "«14»" not in out
    assert "and 2 more" in out


def test_what_an_article_holds_cannot_steer_the_terminal():
    text = "Menurut \x1b[31mmerah\x1b[0m \x9b2J \u202eterbalik 14 orang\rtewas [bold]tebal[/bold]."
    hostile = CONFLICT | {
        "topic": "t\x1b]0;judul\x07",
        "positions": [
            {"value": "v\x1b[2J[red]", "evidence": [evidence("a", text, "14 orang", speaker={"name": "\x1bS"})]}
        ],
    }
    articles = [{"id": "a", "text": text, "source": {"name": "O\x1b[1m"}}]
    out = render({"conflicts": [hostile], "agreements": [], "documents": []}, articles)
    assert not set("\x1b\x07\x9b\u202e\r") & set(out)
    assert "[bold]tebal[/bold]" in out


def test_every_sort_of_answer_fits_a_narrow_terminal():
    out = io.StringIO()
    answer = {"conflicts": [CONFLICT], "agreements": [AGREEMENT], "documents": DOCUMENTS}
    console = Console(file=out, width=40, highlight=False, color_system=None)
    report(json.dumps(answer).encode(), json.dumps({"articles": ARTICLES}).encode(), console)
    assert max(map(len, out.getvalue().splitlines())) <= 40
