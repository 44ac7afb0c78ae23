"""Prometheus: what several workers count is added up on a port of its own, and what uses it names what is there."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families

from service import metrics
from service.api import examples
from tests.deploy.servers import ROOT, Server, find_port, run

JSON = {"Content-Type": "application/json"}
EXAMPLE = json.dumps(examples.request("analyze_articles")).encode()
ALERTS = ROOT / "deploy" / "prometheus" / "alerts.yml"
DASHBOARD = ROOT / "deploy" / "grafana" / "kroscek.json"
PORT = find_port()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("metrics")
    with run(folder, workers=2, metrics_port=PORT) as started:
        yield started


def read() -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/metrics", timeout=5) as answer:
        text = answer.read().decode()
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def total(name: str, **labels: str) -> float:
    return sum(value for (found, held), value in read().items() if found == name and labels.items() <= set(held))


def test_what_all_workers_count_is_added_up(server: Server) -> None:
    answer = {}
    for _ in range(12):  # each on a connection of its own, so that both workers have some
        status, _, body = server.ask("POST", "/v1/analyses", EXAMPLE, **JSON)
        assert status == 200
        answer = json.loads(body)
    server.ask("POST", "/v1/claims", b"x", **JSON)
    route = {"route": "/v1/analyses", "method": "POST"}
    assert total("kroscek_requests_total", status="200", **route) == 12
    assert total("kroscek_requests_total", route="/v1/claims", status="400") == 1
    assert total("kroscek_request_seconds_count", route="/v1/analyses") == 12
    assert total("kroscek_articles_total") == 24
    for name, items in (("entities", "entities"), ("claims", "claims")):
        assert total(f"kroscek_{name}_total") == 12 * sum(len(item[items]) for item in answer["documents"])
    assert total("kroscek_conflicts_total") == 12 * len(answer["conflicts"]) > 0
    for stage in ("document", "entities", "names", "values", "attribution", "claims", "conflicts"):
        assert total("kroscek_stage_seconds_count", stage=stage) == 12
        assert total("kroscek_stage_seconds_sum", stage=stage) > 0
    assert total("kroscek_working") == total("kroscek_waiting") == 0
    assert total("kroscek_worker_memory_bytes") > 20_000_000


def test_a_worker_that_died_keeps_its_counts_and_loses_its_gauges(server: Server) -> None:
    assert server.ask("POST", "/v1/analyses", EXAMPLE, **JSON)[0] == 200
    before = total("kroscek_requests_total", route="/v1/analyses")
    assert before > 0
    victim = server.workers[0]
    os.kill(victim, signal.SIGKILL)
    deadline = time.monotonic() + 10
    while victim in server.workers and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.5)
    assert total("kroscek_requests_total", route="/v1/analyses") == before
    assert total("kroscek_worker_memory_bytes", pid=str(victim)) == 0


def test_metrics_are_not_on_the_port_of_the_service(server: Server) -> None:
    assert server.ask("GET", "/metrics")[0] == 404


def test_no_word_of_an_article_is_among_them(server: Server) -> None:
    body = json.dumps({"articles": [{"id": "rahasia", "text": "Gubernur Rahasiawan pergi ke Bogor."}]}).encode()
    assert server.ask("POST", "/v1/claims", body, **JSON)[0] == 200
    assert server.ask("GET", "/rahasia")[0] == 404
    assert "ahasia" not in str(read())


def test_the_folder_is_emptied_at_the_start_and_an_own_one_is_removed_at_the_end(tmp_path: Path) -> None:
    folder = tmp_path / "metrics"
    folder.mkdir()
    (folder / "counter_1.db").write_bytes(b"old")
    (folder / "kept.txt").write_text("not ours", encoding="utf-8")
    metrics.prepare_folder(folder)
    assert [file.name for file in folder.iterdir()] == ["kept.txt"]

    with run(tmp_path, metrics_port=find_port()) as started:
        assert started.ask("GET", "/livez")[0] == 200
        # other servers have folders of their own there: this one's is that of the files which its workers have mapped
        maps = "".join(Path(f"/proc/{worker}/maps").read_text(encoding="utf-8") for worker in started.workers)
        made = set(map(Path, re.findall(r"/\S+/kroscek-metrics-[^/\s]+", maps)))
        assert [path.is_dir() for path in made] == [True]
    assert not any(path.exists() for path in made)


def names_there() -> set[str]:
    return {
        sample
        for family in REGISTRY.collect()
        if family.name.startswith("kroscek_")
        for sample in (
            [family.name + end for end in ("_bucket", "_count", "_sum")]
            if family.type == "histogram"
            else [family.name + ("_total" if family.type == "counter" else "")]
        )
    }


def test_alerts_and_dashboard_name_metrics_that_are_there_and_leave_none_out() -> None:
    used = {
        file: set(re.findall(r"\bkroscek_[a-z_]+\b", file.read_text(encoding="utf-8"))) for file in (ALERTS, DASHBOARD)
    }
    for file, names in used.items():
        assert names - names_there() == set(), file.name
    shown = used[DASHBOARD]
    families = {name.removesuffix("_bucket").removesuffix("_count").removesuffix("_sum") for name in names_there()}
    assert {family for family in families if not any(name.startswith(family) for name in shown)} == set()


def test_alerts_say_what_to_do() -> None:
    rules = [rule for group in yaml.safe_load(ALERTS.read_text(encoding="utf-8"))["groups"] for rule in group["rules"]]
    assert len(rules) >= 6
    for rule in rules:
        assert rule["labels"]["severity"] in {"page", "ticket"}
        assert rule["annotations"]["summary"]
        assert rule["annotations"]["action"]


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not installed (Debian: prometheus)")
def test_alerts_are_what_prometheus_reads() -> None:
    done = subprocess.run(["promtool", "check", "rules", str(ALERTS)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not installed (Debian: prometheus)")
def test_expressions_of_the_dashboard_are_what_prometheus_reads(tmp_path: Path) -> None:
    panels = json.loads(DASHBOARD.read_text(encoding="utf-8"))["panels"]
    expressions = [target["expr"].replace("$__rate_interval", "5m") for panel in panels for target in panel["targets"]]
    rules = [{"record": f"panel:{number}", "expr": expression} for number, expression in enumerate(expressions)]
    file = tmp_path / "rules.yml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "dashboard", "rules": rules}]}), encoding="utf-8")
    done = subprocess.run(["promtool", "check", "rules", str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
