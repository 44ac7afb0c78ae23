"""How the work on a file of requests is shown: a bar where a person looks on, plain lines elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from service.commands import batch
from service.commands.report import plain

_MOST_FAULTS = 3


def run(requests: Path, answers: Path, language: str, processes: int) -> batch.Outcome:
    """Answer ``requests`` into ``answers`` and tell of it on standard error; raises InputError.

    Refused requests are kept, with the reasons, in a file beside ``answers``.
    """
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    refusals = answers.with_name(answers.name.removesuffix(".jsonl") + ".refused.jsonl")
    columns = (
        BarColumn(),
        TextColumn("{task.percentage:.0f} %"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[told]}"),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        watcher = _Watcher(progress, requests.stat().st_size)
        outcome = batch.run(requests, answers, refusals, language, processes, watcher)
    told = f"{outcome.answered} answered in {answers}"
    if outcome.refused:
        told += f", {outcome.refused} refused in {refusals}"
    else:
        refusals.unlink(missing_ok=True)
    if outcome.resumed:
        told += f"; {outcome.resumed} of them before this run"
    console.print(told, markup=False)
    return outcome


class _Watcher:
    """Moves the bar, and tells each refusal when it is met."""

    def __init__(self, progress: Progress, size: int) -> None:
        self._progress = progress
        self._task = progress.add_task("", total=size, told="")
        self._requests = 0

    def advance(self, end: int) -> None:
        self._requests += 1
        self._progress.update(self._task, completed=end, told=f"{self._requests} requests")

    def refuse(self, request: batch.Request, problem: Mapping[str, Any]) -> None:
        faults = problem.get("errors", [])
        told = [
            f"{fault.get('pointer', '')}: {fault['detail']}" for fault in faults[:_MOST_FAULTS] if fault.get("pointer")
        ]
        told += [f"and {len(faults) - _MOST_FAULTS} more"] if len(faults) > _MOST_FAULTS else []
        reason = "; ".join(told) or problem["detail"]
        self._progress.console.print(plain(f"line {request.number}: {reason}"), markup=False)
