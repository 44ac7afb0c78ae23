"""The fields of requests: what they say of themselves in the contract is what they take."""

from __future__ import annotations

import itertools
import json
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from marshmallow import Schema, ValidationError

from schemas.analyses_request import AnalysesRequest
from schemas.article import Article
from schemas.conflicts_request import ConflictsRequest
from schemas.fields import INTERCHANGE_TIME, InterchangeTime, Members, Text, Timestamp
from schemas.ninjs_item import NinjsItem
from tests.api.contract import read_contract


def test_times_keep_their_instant() -> None:
    loaded = Timestamp().deserialize("2025-09-03T19:00:00.5+07:00")
    assert loaded == datetime(2025, 9, 3, 12, 0, 0, 500_000, UTC)
    assert loaded.utcoffset() == timedelta(hours=7)


def test_an_offset_without_its_colon_is_the_same_instant() -> None:
    one, other = (InterchangeTime().deserialize(f"2025-09-03T19:00:00{offset}") for offset in ("+0730", "+07:30"))
    assert one == other == datetime(2025, 9, 3, 11, 30, tzinfo=UTC)
    with pytest.raises(ValidationError):
        Timestamp().deserialize("2025-09-03T19:00:00+0730")


def test_the_contract_knows_every_day_that_there_is_and_no_other() -> None:
    pattern = re.compile(INTERCHANGE_TIME)
    for year in range(1800, 2200):
        for month, day in itertools.product(range(13), range(33)):
            try:
                real = bool(date(year, month, day))
            except ValueError:
                real = False
            assert bool(pattern.search(f"{year}-{month:02}-{day:02}T00:00:00+0000")) is real, (year, month, day)


@pytest.mark.parametrize("year", ["1800-01-01T00:00:00+23:59", "2199-12-31T23:59:59-23:59"])
def test_times_at_the_bounds_can_be_moved_to_any_zone(year: str) -> None:
    Timestamp().deserialize(year).astimezone(UTC)


def test_a_list_names_its_own_faults_beside_those_of_its_members() -> None:
    with pytest.raises(ValidationError) as refused:
        Members(Text(), fewest=4, distinct=True).deserialize(["a", 5, 5])
    assert set(refused.value.messages) == {1, 2, "_schema"}
    with pytest.raises(ValidationError) as refused:
        Members(Text(), fewest=3).deserialize(["a", 5])
    assert set(refused.value.messages) == {1, "_schema"}


@pytest.mark.parametrize("value", [b"text", bytearray(b"text"), 5, None])
def test_text_is_a_string(value: Any) -> None:
    with pytest.raises(ValidationError):
        Text().deserialize(value)


A = {"id": "a", "text": "Ia pergi."}
MESSAGES: list[tuple[type[Schema], Any, bool]] = [
    (Article, A, True),
    (Article, {**A, "url": None, "title": None, "source": None, "language": None, "published_at": None}, True),
    (Article, {**A, "id": None}, False),
    (Article, {**A, "id": "x" * 201}, False),
    (Article, {**A, "text": "a\0b"}, False),
    (Article, {**A, "url": "https://contoh.id/ü?a=1"}, True),
    (Article, {**A, "url": "//contoh.id"}, False),
    (Article, {**A, "language": "id-ID"}, True),
    (Article, {**A, "language": "id_ID"}, False),
    (Article, {**A, "published_at": "2025-09-03T19:00:00+07:00"}, True),
    (Article, {**A, "published_at": "2025-09-03T19:00:00"}, False),
    (Article, {**A, "published_at": "0001-01-01T00:00:00Z"}, False),
    (Article, {**A, "more": 1}, False),
    (AnalysesRequest, {"articles": [A]}, True),
    (AnalysesRequest, {"articles": []}, False),
    (AnalysesRequest, {"articles": [A], "include": ["near_misses"]}, True),
    (AnalysesRequest, {"articles": [A], "include": []}, True),
    (AnalysesRequest, {"articles": [A], "include": None}, True),
    (AnalysesRequest, {"articles": [A], "include": ["near_misses", "near_misses"]}, False),
    (AnalysesRequest, {"articles": [A], "include": ["all"]}, False),
    (NinjsItem, {"uri": "a", "body_text": "b", "versioncreated": "2025-09-03T19:00:00+0700"}, True),
    (NinjsItem, {"uri": "a", "body_text": "b", "versioncreated": "2025-09-03T19:00:00+07"}, False),
    (ConflictsRequest, {"articles": [A]}, False),
    (ConflictsRequest, {"articles": [A, {**A, "id": "b"}]}, True),
]


@pytest.mark.parametrize(("kind", "message", "valid"), MESSAGES, ids=lambda part: json.dumps(part, default=str)[:60])
def test_schema_and_contract_judge_alike(kind: type[Schema], message: Any, valid: bool) -> None:
    contract = {"$ref": f"#/components/schemas/{kind.__name__}", "components": read_contract()["components"]}
    assert Draft202012Validator(contract).is_valid(message) is valid
    assert (kind().validate(message) == {}) is valid
