"""Files of requests, one a line: every request leaves one line, whatever happens on the way."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.api.problems import RefusedError
from service.app import create_app
from service.commands import main
from service.settings import Settings
from tests.serving import post, serve

ROOT = Path(__file__).parents[2]
TEXT = "Sebanyak {} orang tewas di Cianjur, kata Kepala BPBD Rudi Hartono, Senin (5/1/2026)."


def request(number: int) -> bytes:
    articles = [{"id": f"{number}-{name}", "text": TEXT.format(number + ord(name))} for name in "ab"]
    return json.dumps({"articles": articles}).encode()


BAD = {
    3: b"{",
    5: b'{"articles": [{"id": "a"}]}',
    6: b'{"articles": [], "x": "\xff"}',
}


def write(path: Path, count: int, bad: dict[int, bytes] | None = None) -> Path:
    lines = [(bad or {}).get(number, request(number)) for number in range(1, count + 1)]
    path.write_bytes(b"\n".join(lines) + b"\n")
    return path


def run(*arguments: object):
    return CliRunner().invoke(main, ["analyze", "--jsonl", *map(str, arguments)])


def test_each_answer_is_that_of_the_service_byte_for_byte(tmp_path):
    file, output = write(tmp_path / "in.jsonl", 3), tmp_path / "out.jsonl"
    result = run(file, "--output", output)
    assert result.exit_code == 0, result.output
    with serve(create_app(Settings(log_level="error"))) as port:
        answers = [post(port, "/v1/analyses", request(number))[1] for number in (1, 2, 3)]
    assert output.read_bytes().splitlines() == answers
    assert "3 answered" in result.stderr
    assert result.stdout == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_bad_lines_are_told_and_kept_with_their_reasons(tmp_path):
    file, output = write(tmp_path / "in.jsonl", 7, BAD), tmp_path / "out.jsonl"
    result = run(file, "--output", output)
    assert result.exit_code == 3
    assert len(output.read_bytes().splitlines()) == 4
    refused = [json.loads(line) for line in (tmp_path / "out.refused.jsonl").read_text().splitlines()]
    assert [one["line"] for one in refused] == [3, 5, 6]
    assert [one["problem"]["status"] for one in refused] == [400, 422, 400]
    assert refused[0]["request"] == "{"
    assert refused[1]["problem"]["errors"][0]["pointer"] == "/articles/0/text"
    assert "request" not in refused[2]
    assert "line 5: /articles/0/text: This field is required." in result.stderr
    assert "4 answered" in result.stderr
    assert "3 refused" in result.stderr


def test_blank_lines_and_a_last_line_without_its_end_are_no_trouble(tmp_path):
    file, output = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    file.write_bytes(b"\r\n" + request(1) + b"\r\n\n  \n" + request(2))
    assert run(file, "--output", output).exit_code == 0
    assert len(output.read_bytes().splitlines()) == 2
    empty = tmp_path / "empty.jsonl"
    empty.touch()
    assert run(empty, "--output", tmp_path / "none.jsonl").exit_code == 0


@pytest.mark.parametrize("kept", [0, 1, 2, 4])
@pytest.mark.parametrize("torn", [b"", b"{", b'{"documents":[', b'{"documents":[' + b"x" * 100_000])
def test_work_goes_on_where_it_stopped(tmp_path, kept, torn):
    file, output, refused = write(tmp_path / "in.jsonl", 7, BAD), tmp_path / "out.jsonl", tmp_path / "out.refused.jsonl"
    run(file, "--output", output)
    whole = output.read_bytes(), refused.read_bytes()
    # as if it had been killed while it wrote: the refusals of the lines up to there stand
    refusals = [0, 0, 0, 0, 3][kept] if kept < 4 else 3
    output.write_bytes(b"".join(whole[0].splitlines(keepends=True)[:kept]) + torn)
    refused.write_bytes(b"".join(whole[1].splitlines(keepends=True)[:refusals]) + torn[:1])
    result = run(file, "--output", output)
    assert result.exit_code == 3
    assert (output.read_bytes(), refused.read_bytes()) == whole
    if kept + refusals:
        assert f"{kept + refusals} of them before" in result.stderr


def test_work_that_is_done_is_not_done_again(tmp_path):
    file, output = write(tmp_path / "in.jsonl", 2), tmp_path / "out.jsonl"
    run(file, "--output", output)
    before = output.stat()
    result = run(file, "--output", output)
    assert "2 of them before" in result.stderr
    assert output.stat().st_mtime_ns == before.st_mtime_ns


def test_requests_that_are_added_at_the_end_are_answered_too(tmp_path):
    file, output = write(tmp_path / "in.jsonl", 2), tmp_path / "out.jsonl"
    run(file, "--output", output)
    write(file, 3)
    assert "3 answered" in run(file, "--output", output).stderr
    assert len(output.read_bytes().splitlines()) == 3


@pytest.mark.parametrize("content", [b'{"a": 1}\n', b"hello\n", b"[]\n", b"hello", b'{"a": 1}', b"x" * 100_000])
def test_a_file_of_something_else_is_not_written_to(tmp_path, content):
    file, output = write(tmp_path / "in.jsonl", 2), tmp_path / "out.jsonl"
    output.write_bytes(content)
    result = run(file, "--output", output)
    assert result.exit_code == 1
    assert output.read_bytes() == content


def test_answers_to_other_requests_are_not_added_to(tmp_path):
    file, output = write(tmp_path / "in.jsonl", 2), tmp_path / "out.jsonl"
    run(file, "--output", output)
    before = output.read_bytes()
    file.write_bytes(request(8) + b"\n" + request(2) + b"\n")
    result = run(file, "--output", output)
    assert result.exit_code == 1
    assert "at line 1" in result.stderr
    file.write_bytes(request(1) + b"\n")
    assert "behind its last line" in run(file, "--output", output).stderr
    assert output.read_bytes() == before


def test_two_runs_do_not_write_one_file(tmp_path):
    file, output = write(tmp_path / "in.jsonl", 2), tmp_path / "out.jsonl"
    with output.open("ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        result = run(file, "--output", output)
    assert result.exit_code == 1
    assert "Another run" in result.stderr


def test_several_processes_keep_the_order(tmp_path):
    file = write(tmp_path / "in.jsonl", 12, BAD)
    run(file, "--output", tmp_path / "one.jsonl")
    result = run(file, "--output", tmp_path / "two.jsonl", "--processes", 2)
    assert result.exit_code == 3
    for name in ("{}.jsonl", "{}.refused.jsonl"):
        assert (tmp_path / name.format("two")).read_bytes() == (tmp_path / name.format("one")).read_bytes()


@pytest.mark.parametrize("processes", [1, 2])
def test_a_kill_in_the_middle_loses_nothing_and_repeats_nothing(tmp_path, processes):
    count = 160
    file, output = write(tmp_path / "in.jsonl", count, BAD), tmp_path / "out.jsonl"
    command = [sys.executable, "-m", "service", "analyze", "--jsonl", file, "--output", output]
    command += ["--processes", str(processes)]
    kept = 0
    for rounds in range(2):
        work = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 120
        while lines(output) < kept + 20 and work.poll() is None and time.monotonic() < deadline:
            time.sleep(0.002)
        work.send_signal(signal.SIGKILL)
        work.wait()
        assert kept < lines(output) < count - len(BAD), rounds
        kept = lines(output)
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 3, done.stderr
    assert lines(output) == count - len(BAD)
    documents = [document["id"] for line in output.open() for document in json.loads(line)["documents"]]
    assert documents == [f"{number}-{name}" for number in range(1, count + 1) if number not in BAD for name in "ab"]
    assert [json.loads(line)["line"] for line in (tmp_path / "out.refused.jsonl").open()] == list(BAD)


def lines(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0


def test_a_terminal_shows_a_bar(tmp_path):
    file, output = write(tmp_path / "in.jsonl", 3), tmp_path / "out.jsonl"
    leader, follower = os.openpty()
    command = [sys.executable, "-m", "service", "analyze", "--jsonl", file, "--output", output]
    shown = b""
    with subprocess.Popen(command, cwd=ROOT, stderr=follower, env=os.environ | {"TERM": "xterm"}) as work:
        os.close(follower)
        # read while it runs: the line holds some kilobytes, and a slow machine shows the bar many times
        with suppress(OSError):  # nobody holds the other end any more
            while part := os.read(leader, 1 << 16):
                shown += part
    os.close(leader)
    assert work.returncode == 0
    assert b"100 %" in shown
    assert b"3 requests" in shown


@pytest.mark.parametrize(
    "arguments",
    [["--jsonl", "IN"], ["--output", "OUT", "IN"], ["--jsonl", "--output", "OUT", "IN", "IN"], ["--bom", "IN"],
     ["--jsonl", "--output", "OUT", "."], ["--jsonl", "--output", "OUT", "--processes", "0", "IN"]],
)  # fmt: skip
def test_what_does_not_go_together_is_said(tmp_path, arguments):
    write(tmp_path / "in.jsonl", 1)
    told = [str(tmp_path / f"{word.lower()}.jsonl") if word.isupper() else word for word in arguments]
    assert CliRunner().invoke(main, ["analyze", *told]).exit_code == 2


def test_an_output_that_cannot_be_written_is_a_plain_error(tmp_path):
    result = run(write(tmp_path / "in.jsonl", 1), "--output", tmp_path / "no" / "out.jsonl")
    assert result.exit_code == 1
    assert not isinstance(result.exception, RefusedError)
    assert "No such file" in result.stderr
