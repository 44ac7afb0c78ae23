from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.pipeline.attribution import specs

ROWS = list(specs.rows())


@pytest.mark.parametrize("row", [row for _, row in ROWS], ids=[name for name, _ in ROWS])
def test_statements_of_the_specs(row: Mapping[str, Any]) -> None:
    text = row["text"]
    found = specs.find(row)
    said = [
        [text[s.span.start : s.span.end], s.attribution.speaker.name if s.attribution.speaker else None, s.form]
        for s in found
    ]
    assert sorted(said, key=str) == sorted(row.get("says", []), key=str)
    for statement in found:
        speaker = statement.attribution.speaker
        if "as" in row:
            assert speaker is not None
            assert speaker.span is not None
            assert text[speaker.span.start : speaker.span.end] == row["as"]
        if "role" in row:
            assert speaker is not None
            assert speaker.role == row["role"]
        if "via" in row and speaker is not None:
            assert [relay.name for relay in statement.attribution.via] == row["via"].get(speaker.name, [])
        if "anonymous" in row:
            assert statement.attribution.anonymous is row["anonymous"]


def test_the_specs_cover_every_form_with_positive_and_negative_rows() -> None:
    forms = {said[2] for _, row in ROWS for said in row.get("says", [])}
    assert forms == {"direct", "indirect", "mixed"}
    assert len(ROWS) >= 300
    assert sum(not row.get("says") for _, row in ROWS) >= 60
