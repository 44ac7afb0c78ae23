"""Figures: the same as the shared scorer's, printed with a signature, held against floors."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Request, Response

from evaluation.report import evaluate_clusters
from evaluation.signature import sign
from service.app import create_app
from service.settings import Settings
from tests.serving import serve

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "evaluation"
EXAMPLE = ROOT / "examples" / "kapal-selat-bali"
OWN = sorted(file.parent for file in ROOT.glob("evaluation/clusters/*/cluster.json"))


def evaluate(folders, capsys, floors=None, raise_floors=False):
    passed = evaluate_clusters(folders, True, floors, raise_floors)
    return passed, capsys.readouterr().out


def figures_of(folders, capsys):
    return json.loads(evaluate(folders, capsys)[1])


def test_figures_are_those_of_the_shared_scorer(capsys):
    if not (SHARED / "score.py").is_file():
        pytest.skip("the shared evaluation set is not beside this repository")
    folders = [*sorted(file.parent for file in SHARED.glob("clusters/*/cluster.json")), EXAMPLE, *OWN]
    ours = figures_of(folders, capsys)
    with serve(Remembering(create_app(Settings(log_level="error")))) as port:
        for name, some in [("all", folders), *((folder.name, [folder]) for folder in folders)]:
            theirs = ask_scorer(port, some)
            mine = ours["all"] if name == "all" else ours["clusters"][name]
            assert {figure: mine[figure] for figure in theirs} == pytest.approx(theirs), name


class Remembering:
    """Answers a request as it did the first time: the scorer sends that of each cluster twice."""

    def __init__(self, app: WSGIApplication) -> None:
        self._client = Client(app)
        self._known: dict[tuple[str, str, bytes], Response] = {}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        asked = (request.method, request.path, request.get_data())
        if asked not in self._known:
            method, path, body = asked
            answer = self._client.open(path, method=method, headers=dict(request.headers), data=body)
            self._known[asked] = Response(answer.get_data(), answer.status, list(answer.headers))
        return self._known[asked](environ, start_response)


def ask_scorer(port: int, folders: list[Path]) -> dict[str, float]:
    command = [
        sys.executable,
        str(SHARED / "score.py"),
        "--json",
        "--url",
        f"http://127.0.0.1:{port}",
        *map(str, folders),
    ]
    scored = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(scored.stdout.splitlines()[-1])


def test_attributions_are_counted_by_form(capsys):
    figures = figures_of([EXAMPLE], capsys)["clusters"][EXAMPLE.name]
    forms = {form["form"] for form in json.loads((EXAMPLE / "cluster.json").read_text())["attributions"]}
    assert {f"attributions_{form}_r" for form in forms} <= figures.keys()


def test_the_table_ends_with_the_signature(capsys):
    assert evaluate_clusters([EXAMPLE], False, None, False)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == EXAMPLE.name
    assert lines[-1].startswith("signature  data:")


def test_the_signature_changes_with_the_data_and_not_with_its_place(tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(EXAMPLE, copy)
    assert sign([copy]) == sign([EXAMPLE])
    article = next((copy / "articles").glob("*.txt"))
    article.write_text(article.read_text(encoding="utf-8") + " ", encoding="utf-8")
    assert sign([copy])["data"] != sign([EXAMPLE])["data"]
    assert sign([copy])["matching"] == sign([EXAMPLE])["matching"]


def test_a_figure_below_its_floor_fails_and_is_named(capsys, tmp_path):
    floors = tmp_path / "floors.json"
    floors.write_text(json.dumps({EXAMPLE.name: {"values_f1": 1.01, "traps_tripped": -1, "entities_f1": 0.0}}))
    passed, out = evaluate([EXAMPLE], capsys, floors)
    assert not passed
    assert f"below its floor: {EXAMPLE.name}: values_f1" in out
    assert f"below its floor: {EXAMPLE.name}: traps_tripped" in out
    assert "entities_f1 0" not in out.partition("below")[2]


def test_raised_floors_hold_the_figures_that_raised_them(capsys, tmp_path):
    floors = tmp_path / "floors.json"
    assert evaluate([EXAMPLE], capsys, floors, raise_floors=True)[0]
    kept = json.loads(floors.read_text())
    assert kept.keys() == {EXAMPLE.name}
    assert evaluate([EXAMPLE], capsys, floors)[0]
    kept[EXAMPLE.name]["values_f1"] = 0.001
    floors.write_text(json.dumps(kept))
    evaluate([EXAMPLE], capsys, floors, raise_floors=True)
    assert json.loads(floors.read_text())[EXAMPLE.name]["values_f1"] > 0.001


def test_floors_are_kept_for_every_cluster_of_this_repository():
    kept = json.loads((ROOT / "evaluation" / "floors.json").read_text(encoding="utf-8"))
    assert {folder.name for folder in [EXAMPLE, *OWN]} <= kept.keys()
