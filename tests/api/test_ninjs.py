"""ninjs items in requests: the mapping as data, the text that is returned, and faults by their place in the item."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from schemas.ninjs_item import NinjsItem
from service.api import ninjs
from service.api.problems import point

CASES = json.loads((Path(__file__).parents[1] / "specs" / "formats" / "ninjs.json").read_text(encoding="utf-8"))
HTML = "<p>Warga Genuk mengungsi.</p><p>“Ada 12 rumah rusak,” kata Lurah Sri Wahyuni.</p>"
TEXT = "Warga Genuk mengungsi.\n\n“Ada 12 rumah rusak,” kata Lurah Sri Wahyuni."


def item(uri="urn:nusa:1", **members):
    return {"uri": uri, "bodies": [{"contentType": "text/html", "value": HTML}], **members}


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_an_item_becomes_an_article(case, client):
    article = dict(case["article"])
    if "source" in article:
        article["source"] = {"name": article["source"]}
    read = ninjs.read(NinjsItem().load(case["item"]))
    if "published_at" in article:
        article["published_at"] = datetime.fromisoformat(article["published_at"])
    assert read == article
    assert point(*ninjs.find_body(case["item"])) == case["body"]
    answer = client.post("/v1/entities", json={"articles": [case["item"]]})
    assert answer.status_code == 200, answer.json
    assert answer.json["documents"][0]["text"] == article["text"]


@pytest.mark.parametrize("path", ["/v1/entities", "/v1/claims", "/v1/analyses"])
def test_offsets_count_the_text_that_is_returned(client, path):
    plain = {"id": "b", "text": TEXT}
    first, second = client.post(path, json={"articles": [item(), plain]}).json["documents"]
    assert first["text"] == TEXT
    assert "text" not in second
    mentions = [mention for entity in first["entities"] for mention in entity["mentions"]]
    assert mentions
    assert all(TEXT[mention["start"] : mention["end"]] == mention["text"] for mention in mentions)
    assert first["entities"] == second["entities"]


def test_conflicts_bring_the_texts_of_items_alone(client):
    answer = client.post("/v1/conflicts", json={"articles": [item(), {"id": "b", "text": TEXT}]}).json
    assert answer["texts"] == [{"article_id": "urn:nusa:1", "text": TEXT}]
    evidence = answer["conflicts"][0]["positions"][0]["evidence"][0]
    assert evidence["article_id"] == "urn:nusa:1"
    assert TEXT[evidence["span"]["start"] : evidence["span"]["end"]] == evidence["span"]["text"]
    two = [{"id": name, "text": TEXT} for name in "ab"]
    assert "texts" not in client.post("/v1/conflicts", json={"articles": two}).json


def test_an_item_without_words_does_not_spoil_the_others(client):
    empty = item("urn:nusa:2", bodies=[{"value": "<p></p>"}])
    first, second = client.post("/v1/entities", json={"articles": [empty, item()]}).json["documents"]
    assert (first["text"], first["problem"]["code"]) == ("", "no_content")
    assert second["entities"]


FAULTS = [
    ({"uri": 7}, ["/uri"]),
    ({"uri": ""}, ["/uri"]),
    ({"uri": "a\nb"}, ["/uri"]),
    ({"bodies": None}, ["/bodies"]),
    ({"bodies": []}, ["/bodies"]),
    ({"bodies": "x"}, ["/bodies"]),
    ({"bodies": [7]}, ["/bodies/0"]),
    ({"bodies": [{"contentType": "text/html"}]}, ["/bodies/0/value"]),
    ({"bodies": [{"value": "a"}, {"value": 7, "contentType": 7}]}, ["/bodies/1/value", "/bodies/1/contentType"]),
    ({"bodies": [{"value": "a\0"}]}, ["/bodies/0/value"]),
    ({"bodies": [{"value": "a", "contentType": "application/nitf+xml"}]}, ["/bodies"]),
    ({"bodies": [{"value": "x" * 2001}]}, ["/bodies/0/value"]),
    ({"bodies": [{"value": "a", "role": "teaser"}, {"value": f"<p>{'x' * 2001}"}]}, ["/bodies/1/value"]),
    ({"bodies": [{"value": "<p>" * 20_001}]}, ["/bodies/0/value"]),
    ({"versionCreated": "2026-01-06"}, ["/versionCreated"]),
    ({"versionCreated": "2026-01-06T10:00:00"}, ["/versionCreated"]),
    ({"contentCreated": 7, "firstcreated": "kemarin"}, ["/contentCreated", "/firstcreated"]),
    ({"versioncreated": "2026-01-06T10:00:00+07"}, ["/versioncreated"]),
    ({"versioncreated": "2026-01-06T10:00:00+2400"}, ["/versioncreated"]),
    ({"versioncreated": "2026-01-06T10:00:00 +0700"}, ["/versioncreated"]),
    ({"language": "bahasa indonesia"}, ["/language"]),
    ({"headlines": [{"value": 7}]}, ["/headlines/0/value"]),
    ({"infoSources": [{"name": 7}]}, ["/infoSources/0/name"]),
    ({"infoSources": {"name": "Nusa"}}, ["/infoSources"]),
]


@pytest.mark.parametrize(("members", "pointers"), FAULTS, ids=[str(pointers) for _, pointers in FAULTS])
def test_faults_are_pointed_at_in_the_item(make_app, members, pointers):
    client = make_app(max_article_characters=2000).test_client()
    answer = client.post("/v1/entities", json={"articles": [item("b"), {**item(), **members}]})
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.json["errors"]] == [f"/articles/1{pointer}" for pointer in pointers]


def test_an_offset_without_its_colon_is_read_in_items_alone(client):
    told = "2026-01-06T10:00:00+0700"
    assert client.post("/v1/entities", json={"articles": [item(versioncreated=told)]}).status_code == 200
    plain = {"id": "a", "text": TEXT, "published_at": told}
    answer = client.post("/v1/entities", json={"articles": [plain]})
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/articles/0/published_at")


def test_an_item_without_a_body_is_refused(client):
    answer = client.post("/v1/entities", json={"articles": [{"uri": "a", "type": "picture"}]})
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/articles/0/bodies")


def test_ids_and_uris_are_one_set_of_names(client):
    answer = client.post("/v1/entities", json={"articles": [{"id": "a", "text": TEXT}, item("a")]})
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/articles/1/uri")


def test_what_is_not_read_of_an_item_is_passed_over(client):
    unread = {"people": 7, "text": 7, "x_newsroom": {"bodies": []}, "pubStatus": "usable"}
    assert client.post("/v1/entities", json={"articles": [item(**unread)]}).status_code == 200


def test_an_item_on_the_command_line_is_shown_with_its_outlet(tmp_path):
    from click.testing import CliRunner  # noqa: PLC0415

    from service.commands import main  # noqa: PLC0415

    file = tmp_path / "longsor.ninjs"
    file.write_text(json.dumps(item(infoSources=[{"name": "Harian Nusa"}])), encoding="utf-8")
    result = CliRunner().invoke(main, ["analyze", str(file)])
    assert result.exit_code == 0, result.output
    assert "Harian Nusa" in result.output
