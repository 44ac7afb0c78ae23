"""The desk page as it is served: its files, its headers, and that nothing in it comes from elsewhere."""

from __future__ import annotations

import posixpath
import re
from html.parser import HTMLParser

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.api import desk
from service.app import create_app
from service.settings import Settings
from tests.api.pipelines import WordPipeline
from tests.desk import example

SCRIPTS = {name: content.decode() for name, content in desk.FILES.items() if name.endswith(".js")}
WORDS = re.compile(r'^  "?([\w.-]+)"?:', re.MULTILINE)
SAID = re.compile(
    r'(?:say|knows)\("([\w.-]+)"|(?<=\bt: )"([\w.-]+)"|key: "([\w.-]+)"|(?:IntakeError|button|blame)\("([\w.-]+)"'
)


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app(Settings(log_level="error"), WordPipeline())


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


class Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text_of_scripts = ""
        self._tag = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tag = tag
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self._tag in {"script", "style"}:
            self.text_of_scripts += data.strip()


def read_page(client: FlaskClient) -> Elements:
    elements = Elements()
    elements.feed(client.get("/").text)
    return elements


def addresses(elements: Elements) -> list[str]:
    return [
        value
        for _, attributes in elements.found
        for name, value in attributes.items()
        if name in {"src", "href", "action", "data", "poster"} and value and not value.startswith("#")
    ]


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere(client: FlaskClient) -> None:
    directives = dict(
        directive.split(" ", 1) for directive in client.get("/").headers["Content-Security-Policy"].split("; ")
    )
    assert directives["default-src"] == "'none'"
    assert directives["frame-ancestors"] == directives["base-uri"] == directives["form-action"] == "'none'"
    assert directives["require-trusted-types-for"] == "'script'"
    for name in ("script-src", "style-src", "img-src", "connect-src"):
        assert directives[name] == "'self'"


def test_the_page_holds_no_inline_code(client: FlaskClient) -> None:
    elements = read_page(client)
    assert elements.text_of_scripts == ""
    for tag, attributes in elements.found:
        assert tag != "style"
        assert not [name for name in attributes if name == "style" or name.startswith("on")]


def test_everything_that_the_page_refers_to_is_served(client: FlaskClient) -> None:
    files = [address for address in addresses(read_page(client)) if address.startswith("desk/")]
    assert len(files) > 4
    for address in files:
        assert client.get(f"/{address}").status_code == 200
    assert {address for address in addresses(read_page(client)) if not address.startswith("desk/")} == {"docs"}


def test_every_import_is_served_and_every_file_is_used(client: FlaskClient) -> None:
    used = {address.split("/", 2)[2] for address in addresses(read_page(client)) if address.startswith("desk/")}
    for name, script in SCRIPTS.items():
        for specifier in re.findall(r'(?:from|new URL\() ?"(\.[^"]+)"', script):
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), specifier))
            assert target in desk.FILES, f"{name} imports {specifier}"
            used.add(target)
    assert used == set(desk.FILES)


@pytest.mark.parametrize("name", [*desk.FILES, "index.html"])
def test_no_file_names_an_address_elsewhere(name: str) -> None:
    text = desk.PAGE if name == "index.html" else desk.FILES[name].decode()
    named = re.findall(r"(?:https?:|wss?:|data:|[\"'(])//[^\s\"')]+|@import|url\(", text)
    assert [address for address in named if address != "http://www.w3.org/2000/svg"] == []


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_script_parses_strings_as_markup_or_code(name: str) -> None:
    doors = re.findall(
        r"innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|document\.write|setHTML|parseFromString"
        r"|\beval\b|new Function|setAttribute\(\"on|srcdoc|javascript:",
        SCRIPTS[name],
    )
    assert doors == (["parseFromString"] if name == "scripts/html-text.js" else [])


def test_files_are_kept_for_good_under_an_address_that_changes_with_them(client: FlaskClient) -> None:
    for name in desk.FILES:
        address = f"/desk/{desk.EDITION}/{name}"
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer.data == desk.FILES[name]
        assert answer.mimetype == desk.MEDIA_TYPES[posixpath.splitext(name)[1]]
        assert {"public", "immutable", "max-age=31536000"} == set(answer.headers["Cache-Control"].split(", "))
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")


def test_the_page_itself_is_asked_for_anew(client: FlaskClient) -> None:
    answer = client.get("/")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert client.get("/", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert client.get("/", headers={"If-None-Match": '"another"'}).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/desk/0000000000000000/scripts/main.js",
        f"/desk/{desk.EDITION}/index.html",
        f"/desk/{desk.EDITION}/../__init__.py",
        f"/desk/{desk.EDITION}/%2e%2e/__init__.py",
        f"/desk/{desk.EDITION}/scripts/",
        f"/desk/{desk.EDITION}/scripts//main.js",
        f"/desk/{desk.EDITION}/",
    ],
)
def test_nothing_else_is_served(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"


def test_the_example_is_that_of_the_command_line(client: FlaskClient) -> None:
    assert example.FILE.read_text(encoding="utf-8") == example.encode(), "run python -m tests.desk.example"
    answer = client.post("/v1/analyses", data=client.get(f"/desk/{desk.EDITION}/example.json").data,
                         content_type="application/json")  # fmt: skip
    assert answer.status_code == 200


def test_both_languages_have_words_for_the_same_things() -> None:
    words = {code: WORDS.findall(SCRIPTS[f"scripts/words/{code}.js"]) for code in ("id", "en")}
    assert len(words["id"]) == len(set(words["id"]))
    assert words["id"] == words["en"]


def test_every_word_that_is_said_is_there_and_none_is_left_over(client: FlaskClient) -> None:
    words = set(WORDS.findall(SCRIPTS["scripts/words/id.js"]))
    code = "".join(script for name, script in SCRIPTS.items() if "/words/" not in name)
    marked = {
        str(value)
        for _, attributes in read_page(client).found
        for name, value in attributes.items()
        if name in {"data-t", "data-t-label", "data-t-placeholder"}
    }
    assert {next(filter(None, groups)) for groups in SAID.findall(code)} | marked <= words
    families = set(re.findall(r"`([a-z]+)\.\$\{", code))
    named = set(re.findall(r'"([\w.-]+)"', code)) | marked
    assert {word for word in words - named if word.split(".")[0] not in families} == set()
