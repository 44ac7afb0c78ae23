"""Conflicts as CSV: a row for each piece of evidence, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.commands import main, spreadsheet

EXAMPLE = Path(__file__).parents[2] / "examples" / "kapal-selat-bali"
CASE = json.loads((Path(__file__).parents[1] / "specs" / "formats" / "spreadsheet.json").read_text(encoding="utf-8"))


def conflict(words: str = "14 orang tewas", **members):
    span = {"start": 3, "end": 3 + len(words), "text": words}
    evidence = {"article_id": "a", "span": span, "speaker": {"name": 'Rudi, "Kepala"'}, "as_of": "2026-01-05"}
    positions = [{"value": "14 orang", "sources": ["Nusa"], "evidence": [evidence, evidence]},
                 {"value": "16", "sources": ["Nusa"], "evidence": [evidence]}]  # fmt: skip
    return {
        "id": "c1", "type": "quantity", "status": "contradiction", "severity": "high", "topic": "Korban",
        "positions": positions, "explanation": "Beda.", "question": "Berapa?", "score": 0.9, "rule": "r", **members,
    }  # fmt: skip


def write(*conflicts, bom=False, source="Nusa"):
    request = {"articles": [{"id": "a", "text": "x", "source": {"name": source}, "url": "https://nusa.example/1"}]}
    return spreadsheet.write(json.dumps({"conflicts": conflicts}).encode(), json.dumps(request).encode(), bom)


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def test_every_piece_of_evidence_is_a_row():
    found = rows(write(conflict()))
    assert [(row["conflict"], row["position"], row["value"]) for row in found] == [
        ("c1", "1", "14 orang"), ("c1", "1", "14 orang"), ("c1", "2", "16")]  # fmt: skip
    assert found[0]["speaker"] == 'Rudi, "Kepala"'
    assert (found[0]["words"], found[0]["start"], found[0]["end"]) == ("14 orang tewas", "3", "17")
    assert (found[0]["outlet"], found[0]["url"]) == ("Nusa", "https://nusa.example/1")


def test_the_file_is_as_rfc_4180_has_it():
    data = write(conflict('kata\r\n"ya", lagi'))
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert data.count(b"\r\n") == 4
    assert b'"kata ""ya"", lagi"' in data
    assert write() == (",".join(spreadsheet.COLUMNS) + "\r\n").encode()


def test_the_byte_order_mark_is_there_where_it_is_asked_for():
    assert write(bom=True)[:3] == b"\xef\xbb\xbf"
    assert write()[:3] != b"\xef\xbb\xbf"


@pytest.mark.parametrize("opening", ["=", "+", "-", "@", "\t=", "\r@", "\n=", " =", "＝", "＋", "－", "＠", "\u202e="])
def test_nothing_is_a_formula(opening):
    words = f'{opening}HYPERLINK("https://jahat.example";"klik")'
    [row, *_] = rows(write(conflict(words, topic=words), source=words))
    for name in ("words", "topic", "outlet"):
        assert row[name].startswith("'")
        assert row[name].endswith(")")


def test_signs_inside_and_numbers_stay_as_they_are():
    [row, *_] = rows(write(conflict("antara 10 - 12 = dua", score=-0.5)))
    assert (row["words"], row["score"]) == ("antara 10 - 12 = dua", "-0.5")


def test_the_rows_are_those_of_the_desk_page():
    """The page is held to the same case: tests/desk/formats.test.mjs."""
    given = (json.dumps(part).encode() for part in (CASE["answer"], {"articles": CASE["articles"]}))
    assert spreadsheet.write(*given, False).decode().split("\r\n") == CASE["csv"]


def test_the_example_on_the_command_line():
    plain = CliRunner().invoke(main, ["analyze", "--json", str(EXAMPLE)])
    found = CliRunner().invoke(main, ["analyze", "--csv", "--bom", str(EXAMPLE)])
    assert found.exit_code == 0
    assert found.stdout_bytes[:3] == b"\xef\xbb\xbf"
    conflicts = json.loads(plain.stdout)["conflicts"]
    count = sum(len(position["evidence"]) for one in conflicts for position in one["positions"])
    assert count
    assert len(rows(found.stdout_bytes)) == count
