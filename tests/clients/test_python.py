"""The generated Python client: made anew from the contract, packaged, and asked against the real service."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from clients.python.build import HERE, build
from service import __version__, keys
from service.api import examples
from service.app import create_app
from service.settings import Settings
from tests.api.test_ninjs import TEXT, item
from tests.serving import serve

OPERATIONS = {
    "find_entities": ("entities", "ArticlesRequest"),
    "find_claims": ("claims", "ArticlesRequest"),
    "find_conflicts": ("conflicts", "ConflictsRequest"),
    "analyze_articles": ("analyses", "AnalysesRequest"),
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    return build(tmp_path_factory.mktemp("client"))


@pytest.fixture(scope="module")
def client(wheel):
    sys.path.insert(0, str(wheel))
    yield importlib.import_module("kroscek_client")
    sys.path.remove(str(wheel))


@pytest.fixture(scope="module")
def port():
    with serve(create_app(Settings(log_level="error"))) as number:
        yield number


def ask(client, connection, operation, request, **options):
    resource, schema = OPERATIONS[operation]
    function = importlib.import_module(f"kroscek_client.api.{resource}.{operation}")
    models = importlib.import_module("kroscek_client.models")
    return function.sync(client=connection, body=getattr(models, schema).from_dict(request), **options)


def test_the_wheel_is_typed_licensed_and_of_the_version_of_the_service(wheel):
    assert wheel.name == f"kroscek_client-{__version__}-py3-none-any.whl"
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert "kroscek_client/py.typed" in names
    assert any(name.endswith("LICENSE") for name in names)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_the_examples_go_there_and_back_unchanged(client, port, operation):
    connection = client.Client(f"http://127.0.0.1:{port}")
    answer = ask(client, connection, operation, examples.request(operation))
    example = examples.answers(operation)["landslide"]["value"]
    models = importlib.import_module("kroscek_client.models")
    assert type(answer).from_dict(example).to_dict() == example
    assert not isinstance(answer, models.Problem)
    assert answer.to_dict().keys() == example.keys()
    assert answer.provenance.to_dict()["input_digest"].startswith("sha-256:")


def test_ninjs_items_are_typed_too(client, port):
    connection = client.Client(f"http://127.0.0.1:{port}")
    answer = ask(client, connection, "find_entities", {"articles": [item()]})
    assert answer.documents[0].text == TEXT


def test_a_refusal_is_a_typed_problem(client, port):
    models = importlib.import_module("kroscek_client.models")
    answer = ask(client, client.Client(f"http://127.0.0.1:{port}"), "find_claims", {"articles": []})
    assert isinstance(answer, models.Problem)
    assert (answer.status, answer.errors[0].pointer) == (422, "/articles")


def test_the_language_and_the_key_are_sent(client):
    key, entry = keys.make("newsroom")
    with serve(create_app(Settings(log_level="error", api_keys=entry))) as port:
        address = f"http://127.0.0.1:{port}"
        request = examples.request("find_conflicts")
        refused = ask(client, client.Client(address), "find_conflicts", request)
        assert refused.status == 401
        told = {
            language: ask(client, client.AuthenticatedClient(address, token=key), "find_conflicts", request,
                          accept_language=language)
            for language in ("id", "en")
        }  # fmt: skip
    questions = {language: answer.conflicts[0].question for language, answer in told.items()}
    assert questions["id"] != questions["en"]


def test_the_example_of_the_readme_runs(wheel, port):
    [code] = re.findall(r"```python\n(.*?)```", (HERE / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    code = code.replace("https://kroscek.newsroom.example", f"http://127.0.0.1:{port}")
    run = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(wheel)!r})\n{code}"]
    done = subprocess.run(run, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
