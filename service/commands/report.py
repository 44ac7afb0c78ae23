"""What a person reads of an answer in a terminal: conflicts first, then agreements, then each article."""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from service.commands.articles import submitted

Message = Mapping[str, Any]
_CONTEXT = 60
_MOST_EVIDENCE = 3
_MOST_SPEAKERS = 4
_WIDTH_OF_FILES = 100
_PARTS = (("entities", "entity", "entities"), ("values", "value"), ("claims", "claim"))
# articles come from anywhere: nothing in them may move the cursor, colour the terminal or turn the line around
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\s]+")


def report(answer: bytes, request: bytes, console: Console | None = None) -> None:
    """Print the ``answer`` of ``POST /v1/analyses`` to ``request``; to standard output unless ``console`` is given."""
    out = console or _standard_output()
    found: Message = json.loads(answer)
    articles = submitted(request)
    out.print(Rule(_count(found["conflicts"], "conflict") + " between " + _count(articles, "article")))
    for number, conflict in enumerate(found["conflicts"], 1):
        _print_conflict(out, number, conflict, articles)
    out.print(Rule(_count(found["agreements"], "agreement")))
    for agreement in found["agreements"]:
        _print_agreement(out, agreement)
    out.print(Rule("Articles"))
    for document in found["documents"]:
        _print_document(out, document, articles[document["id"]])


def _standard_output() -> Console:
    terminal = sys.stdout.isatty() or "COLUMNS" in os.environ
    return Console(highlight=False, width=None if terminal else _WIDTH_OF_FILES)


def _count(things: Sequence[object] | Mapping[str, object], noun: str, plural: str = "") -> str:
    return f"{len(things)} {noun if len(things) == 1 else plural or noun + 's'}"


def _print_conflict(out: Console, number: int, conflict: Message, articles: Mapping[str, Message]) -> None:
    head = Text(f"{number}. {plain(conflict['topic'])}", style="bold")
    head.append(f"   {conflict['type']}, {conflict['status']}, {conflict['severity']} severity", style="not bold dim")
    out.print(head)
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(style="bold", max_width=28)
    table.add_column()
    for position in conflict["positions"]:
        chosen = _choose(position["evidence"])
        shown = [_quote(evidence, articles[evidence["article_id"]]) for evidence in chosen]
        if len(position["evidence"]) > len(chosen):
            shown.append(Text(f"and {len(position['evidence']) - len(chosen)} more", style="dim"))
        table.add_row(Text(plain(position["value"])), Text("\n").join(shown))
    out.print(Padding(table, (0, 0, 0, 3)))
    out.print(Padding(Text(plain(conflict["question"]), style="italic"), (0, 0, 1, 3)))


def _choose(evidence: Sequence[Message]) -> list[Message]:
    """The first few pieces of evidence, one of each article before a second of any."""
    seen: Counter[str] = Counter()
    ranked = []
    for index, item in enumerate(evidence):
        ranked.append((seen[item["article_id"]], index))
        seen[item["article_id"]] += 1
    return [evidence[index] for _, index in sorted(ranked)[:_MOST_EVIDENCE]]


def _quote(evidence: Message, article: Message) -> Text:
    """The evidence between « and », in its surroundings, with its outlet, speaker and time."""
    line = Text(outlet(article), style="cyan")
    speaker = (evidence.get("speaker") or {}).get("name")
    if speaker:
        line.append(f" ({plain(speaker)})", style="dim")
    if evidence.get("as_of"):
        line.append(f" as of {evidence['as_of']}", style="dim")
    text, span = article["text"], evidence["span"]
    line.append(": " + _lead(text[: span["start"]]), style="default")
    line.append(f"«{plain(text[span['start'] : span['end']])}»", style="bold")
    line.append(_tail(text[span["end"] :]), style="default")
    return line


def outlet(article: Message) -> str:
    """The name of the outlet of ``article``, or else the article's own."""
    return plain((article.get("source") or {}).get("name") or article["id"])


def _lead(before: str) -> str:
    """The last words of the line ``before`` some evidence."""
    line = plain(before[-2 * _CONTEXT :].rpartition("\n")[2])
    return line if len(line) <= _CONTEXT else "… " + line[-_CONTEXT:].partition(" ")[2]


def _tail(after: str) -> str:
    """The first words of the line ``after`` some evidence."""
    line = plain(after[: 2 * _CONTEXT].partition("\n")[0])
    return line if len(line) <= _CONTEXT else line[:_CONTEXT].rpartition(" ")[0] + " …"


def plain(text: str) -> str:
    """``text`` on one line, without what could act on a terminal."""
    return _CONTROLS.sub(" ", text)


def _print_agreement(out: Console, agreement: Message) -> None:
    line = Text(f"{plain(agreement['topic'])}: ", style="bold")
    line.append(plain(agreement["value"]), style="not bold")
    told = f"   {_count(agreement['sources'], 'outlet')}, {agreement['independent_sources']} independent"
    if agreement["origins"]:
        told += f" (from {plain(', '.join(agreement['origins']))})"
    line.append(told, style="not bold dim")
    out.print(line)


def _print_document(out: Console, document: Message, article: Message) -> None:
    line = Text(plain(document["id"]), style="bold")
    line.append(f"   {outlet(article)}, {document['language']}", style="not bold cyan")
    if document.get("problem"):
        line.append(f": {document['problem']['title']}", style="red")
    else:
        parts = (_count(document[part], *words) for part, *words in _PARTS)
        line.append(": " + ", ".join(parts), style="not bold default")
    out.print(line)
    speakers = _speakers(document["claims"])
    if speakers:
        out.print(Padding(Text(f"said by {plain(speakers)}", style="dim"), (0, 0, 0, 3)))


def _speakers(claims: Sequence[Message]) -> str:
    names: Counter[str] = Counter()
    for claim in claims:
        speaker = (claim.get("attribution") or {}).get("speaker") or {}
        if speaker.get("name"):
            names[speaker["name"]] += 1
    return ", ".join(f"{name} ({count})" for name, count in names.most_common(_MOST_SPEAKERS))
