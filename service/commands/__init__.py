"""The command line: serve, make API keys, analyze files, evaluate against gold clusters."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from service import __version__


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kroscek")
def main() -> None:
    """Check what news articles say against each other."""
    # before numpy is loaded: its products are small, and threads that wait for each other burn more than they save
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@main.command()
def serve() -> None:
    """Serve the API with gunicorn, on 127.0.0.1:8000 unless KROSCEK_HOST, KROSCEK_PORT or PORT say otherwise."""
    from service import settings  # noqa: PLC0415

    try:
        settings.check(settings.read())
    except settings.SettingsError as problem:
        raise click.ClickException(str(problem)) from problem
    configuration = Path(__file__).parents[2] / "deploy" / "gunicorn.conf.py"
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", "--config", str(configuration)])


@main.command()
@click.argument("name")
@click.option("--add-to", type=click.Path(dir_okay=False, path_type=Path), help="Add the entry to this file.")
def key(name: str, add_to: Path | None) -> None:
    """Make an API key for NAME, and print it with the entry by which the service knows it.

    The key is shown this once; the entry goes into KROSCEK_API_KEYS, or into the file of KROSCEK_API_KEYS_FILE.
    """
    from service import keys  # noqa: PLC0415

    try:
        made, entry = keys.make(name)
    except ValueError as problem:
        raise click.BadParameter(str(problem)) from problem
    click.echo(f"key    {made}")
    if add_to is None:
        click.echo(f"entry  {entry}")
        return
    try:
        # readable by its owner alone, where it is new: who may add a line here may let anybody in
        with os.fdopen(os.open(add_to, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w", encoding="utf-8") as file:
            file.write(f"{entry}\n")
    except OSError as problem:
        raise click.ClickException(f"{add_to}: {problem.strerror}") from problem
    click.echo(f"entry  added to {add_to}")


@main.command()
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--json", "form", flag_value="json", help="Print the answer of POST /v1/analyses, byte for byte.")
@click.option("--csv", "form", flag_value="csv", help="Print the conflicts as CSV, a row for each piece of evidence.")
@click.option("--bom", is_flag=True, help="Open the CSV with a byte order mark, by which Excel knows UTF-8.")
@click.option("--jsonl", "form", flag_value="jsonl", help="Answer the requests in FILE, one a line, into --output.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Where the answers go, one a line.")
@click.option("--processes", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes for --jsonl.")
@click.option("--language", type=click.Choice(["id", "en"]), default="id", help="Language of topics and questions.")
def analyze(
    paths: tuple[Path, ...], form: str | None, bom: bool, output: Path | None, processes: int, language: str
) -> None:
    """Print what the articles in FILE... hold, conflicts first.

    A FILE is an article as plain text (.txt); an article or a ninjs item, a list of them, or a request as JSON
    (.json, .ninjs); or a folder with a cluster.json and its articles.

    With --jsonl, FILE holds requests, one a line. Each leaves one line in the file of --output, in their order, or in
    a file beside it (.refused.jsonl) where it is refused. What was interrupted goes on where it stopped when it is
    run again. The exit status is 3 where requests were refused.
    """
    if (form == "jsonl") != (output is not None):
        raise click.UsageError("--jsonl and --output go together")
    if bom and form != "csv":
        raise click.UsageError("--bom goes with --csv")
    # the models take a while to load, and --help should not
    from service.commands import batch_progress, spreadsheet  # noqa: PLC0415
    from service.commands.articles import InputError, read_articles  # noqa: PLC0415
    from service.commands.exchange import post_analyses  # noqa: PLC0415
    from service.commands.report import report  # noqa: PLC0415

    try:
        if output is not None:
            if len(paths) != 1 or paths[0].is_dir():
                raise click.UsageError("--jsonl takes one FILE")
            sys.exit(3 if batch_progress.run(paths[0], output, language, processes).refused else 0)
        request = read_articles(paths)
        answer = post_analyses(request, language)
    except InputError as problem:
        raise click.ClickException(str(problem)) from problem
    if form == "json":
        click.echo(answer, nl=False)
    elif form == "csv":
        click.echo(spreadsheet.write(answer, request.body, bom), nl=False)
    else:
        report(answer, request.body)


@main.command()
@click.argument("folders", metavar="CLUSTER...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--floors", type=click.Path(path_type=Path), help="Fail where a figure is below its floor in this file.")
@click.option("--raise-floors", is_flag=True, help="Move the floors up to the figures instead.")
def evaluate(folders: tuple[Path, ...], as_json: bool, floors: Path | None, raise_floors: bool) -> None:
    """Score the pipeline against the gold clusters in the folders CLUSTER..."""
    from evaluation.report import evaluate_clusters  # noqa: PLC0415

    missing = [str(folder) for folder in folders if not (folder / "cluster.json").is_file()]
    if missing:
        raise click.ClickException(f"no cluster.json in {', '.join(missing)}")
    if raise_floors and floors is None:
        raise click.UsageError("--raise-floors needs --floors FILE")
    try:
        reached = evaluate_clusters(folders, as_json, floors, raise_floors)
    except (OSError, ValueError) as problem:
        raise click.ClickException(str(problem)) from problem
    if not reached:
        sys.exit(1)
