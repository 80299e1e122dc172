"""The commands that judge replies which are already there: recordings, text, JSON lines."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coach.cli_options import FILE, console, model_option, recognizer_option, without_escapes
from coach.errors import CoachError, InputError
from coach.shown import plain

if TYPE_CHECKING:
    from coach.analysis import Result
    from coach.speech.recognizer import RecognizerKind


@click.command()
@click.argument("files", nargs=-1, type=FILE)
@click.option("--text", help="A written reply.")
@click.option("--partner", metavar="LINE", help="What the reply answers.")
@click.option(
    "--jsonl", type=click.Path(allow_dash=True), help="Replies, one JSON object a line; - is stdin."
)
@recognizer_option
@model_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a reply.")
def analyze(
    files: tuple[Path, ...],
    *,
    text: str | None,
    partner: str | None,
    jsonl: str | None,
    recognizer: "RecognizerKind",
    model: Path | None,
    as_json: bool,
) -> None:
    """Judge replies: recordings, a written one, or many written ones."""
    if not files and text is None and jsonl is None:
        raise click.UsageError("give a recording, --text or --jsonl")
    if jsonl is not None and partner is not None:
        raise click.UsageError("--jsonl has a partner's line in each of its lines; leave --partner out")
    ok = True
    for outcome in _outcomes(
        files, text=text, partner=partner, jsonl=jsonl, recognizer=recognizer, model=model
    ):
        if isinstance(outcome, CoachError):
            click.echo(f"coach: {plain(str(outcome))}", err=True)
            ok = False
        else:
            _show(outcome, as_json=as_json or jsonl is not None)
    if not ok:
        sys.exit(1)


def _outcomes(
    files: tuple[Path, ...],
    *,
    text: str | None,
    partner: str | None,
    jsonl: str | None,
    recognizer: "RecognizerKind",
    model: Path | None,
) -> "Iterator[Result | CoachError]":
    from coach.analysis import analyze_lines, analyze_text

    partner = None if partner is None else without_escapes(partner)
    if text is not None:
        yield analyze_text(without_escapes(text), partner=partner)
    if jsonl is not None:
        try:
            with click.open_file(jsonl, "rb") as lines:
                yield from analyze_lines(lines, name=jsonl)
        except OSError as error:
            yield InputError(f"{jsonl}: {error.strerror}")
    if files:
        from coach.analysis import analyze_recordings
        from coach.speech.recognizer import choose_recognizer

        chosen = choose_recognizer(recognizer, model)
        for outcome, notes in analyze_recordings(files, recognizer=chosen, partner=partner):
            for note in notes:
                click.echo(f"coach: {plain(note)}", err=True)
            yield outcome


def _show(result: "Result", *, as_json: bool) -> None:
    if as_json:
        from coach.analysis import as_json as encode

        click.echo(encode(result))
        return
    from coach.report import print_judged, print_partner

    out = console()
    if result.source:
        out.print(plain(result.source), style="bold")
    print_partner(out, "", result.partner or "")
    print_judged(out, result, result.feedback)


@click.command()
@click.argument("data", type=FILE)
@click.option("--errors", default=0, metavar="N", help="List N replies that were judged otherwise.")
def evaluate(data: Path, errors: int) -> None:
    """Measure the judge against labelled replies, one JSON object a line."""
    from coach.evaluation import evaluate as measure
    from coach.report import print_evaluation

    print_evaluation(console(), measure(data), errors=errors)
