"""Files become the body of a request, and what cannot be read is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from service.commands.articles import InputError, read_articles

TEXT = "Banjir merendam tiga desa di Kabupaten Demak, Rabu.\r\n\r\nSebanyak 40 orang mengungsi. 😀"


def write(path: Path, content: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    path.write_bytes(data)
    return path


def read(*paths: Path) -> list[object]:
    return json.loads(read_articles(paths).body)["articles"]


def test_a_text_is_an_article_named_by_its_file_and_kept_verbatim(tmp_path):
    file = write(tmp_path / "nusa-1.txt", TEXT.encode())
    assert read(file) == [{"id": "nusa-1", "text": TEXT}]


def test_the_byte_order_mark_of_a_text_is_no_text(tmp_path):
    assert read(write(tmp_path / "a.txt", b"\xef\xbb\xbfHalo")) == [{"id": "a", "text": "Halo"}]


def test_a_request_alone_is_sent_byte_for_byte(tmp_path):
    data = b'{ "articles" : [{"id":"a","text":"b"}], "include":["near_misses"]}\n'
    request = read_articles([write(tmp_path / "r.json", data)])
    assert (request.body, len(request.origins)) == (data, 1)


def test_articles_lists_requests_and_texts_go_together_in_order(tmp_path):
    one = write(tmp_path / "1.json", {"id": "one", "text": "a"})
    two = write(tmp_path / "2.json", [{"id": "two", "text": "b"}, {"id": "three", "text": "c"}])
    three = write(tmp_path / "3.json", {"articles": [{"id": "four", "text": "d"}], "include": ["near_misses"]})
    four = write(tmp_path / "five.txt", b"e")
    request = read_articles([one, two, three, four])
    message = json.loads(request.body)
    assert [article["id"] for article in message["articles"]] == ["one", "two", "three", "four", "five"]
    assert message["include"] == ["near_misses"]
    assert request.origins == (str(one), str(two), str(two), str(three), str(four))


def test_a_folder_is_a_cluster_and_a_bare_day_is_noon_in_western_indonesia(tmp_path):
    write(
        tmp_path / "banjir" / "cluster.json",
        {
            "cluster": "banjir",
            "articles": [
                {"id": "a", "source": "Harian Nusa", "published_at": "2026-01-02", "title": "Banjir"},
                {
                    "id": "b",
                    "source": "Mandala",
                    "published_at": "2026-01-02T08:00:00+07:00",
                    "url": "https://m.example/b",
                },
            ],
            "entities": [],
        },
    )
    for name in "ab":
        write(tmp_path / "banjir" / "articles" / f"{name}.txt", TEXT.encode())
    first, second = read(tmp_path / "banjir")
    assert first["published_at"] == "2026-01-02T12:00:00+07:00"
    assert (first["text"], first["title"], first["source"]) == (TEXT, "Banjir", {"name": "Harian Nusa"})
    assert (second["published_at"], second["url"]) == ("2026-01-02T08:00:00+07:00", "https://m.example/b")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", b"Rp\xff", "byte 2"),
        ("a.json", b"{", "not JSON"),
        ("a.json", b'{"id": "a", "id": "b", "text": "c"}', "/id"),
        ("a.json", b'{"id": "a", "text": NaN}', "/text"),
        ("a.json", b'"a"', "neither an article"),
        ("a.json", b"\xff", "UTF-8"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path, name, data, said):
    with pytest.raises(InputError) as error:
        read(write(tmp_path / name, data))
    assert name in str(error.value)
    assert said in str(error.value)


@pytest.mark.parametrize(
    "cluster",
    [
        b"{",
        b"[]",
        b'{"articles": [{"source": "x"}]}',
        b'{"articles": [{"id": 3}]}',
        b'{"articles": [{"id": "gone"}]}',
        None,
    ],
)
def test_a_broken_cluster_is_named(tmp_path, cluster):
    if cluster is not None:
        write(tmp_path / "cluster.json", cluster)
    with pytest.raises(InputError, match=str(tmp_path)):
        read(tmp_path)
