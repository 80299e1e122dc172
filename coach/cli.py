"""The command line. Each command imports what it needs, so that `coach --help` is quick."""

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coach import __version__
from coach.errors import CoachError, InputError, SoundError
from coach.shown import plain

if TYPE_CHECKING:
    from rich.console import Console

    from coach.analysis import Result
    from coach.practice.session import PartnerLine
    from coach.speech.recognizer import RecognizerKind

FILE = click.Path(path_type=Path)

recognizer_option = click.option(
    "--recognizer",
    type=click.Choice(["auto", "vosk", "pocketsphinx"]),
    default="auto",
    show_default=True,
    help="What turns speech into words; auto takes Vosk where a model is found.",
)
model_option = click.option("--model", type=FILE, help="A Vosk model's folder.")
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object a reply.")


def _console() -> "Console":
    from rich.console import Console

    return Console(highlight=False, emoji=False, markup=False)


def _quiet() -> AbstractContextManager[None]:
    """Keep what sound libraries print off the terminal."""
    from coach.paths import log_file
    from coach.terminal import quiet_terminal

    return quiet_terminal(log_file())


mute_option = click.option("--mute", is_flag=True, help="Show the coach's words; do not say them.")


def device_options(command: Any) -> Any:
    """The options of every command that listens and speaks."""
    for option in (
        click.option("--loudspeaker", metavar="NAME", help="Part of its name; see `coach devices`."),
        click.option("--microphone", metavar="NAME", help="Part of its name; see `coach devices`."),
        model_option,
        recognizer_option,
    ):
        command = option(command)
    return command


INTERRUPTED = 130
"""The exit code of a program that Ctrl-C ended."""


class CoachGroup(click.Group):
    """Shows what went wrong as one line: the thing and the way out."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; a CoachError ends with exit code 1 and its line on stderr."""
        try:
            return super().invoke(ctx)
        except CoachError as error:
            click.echo(f"coach: {plain(str(error))}", err=True)
            ctx.exit(1)
        except BrokenPipeError:
            sys.stderr.close()
            ctx.exit(1)
        except KeyboardInterrupt:
            click.echo("", err=True)
            ctx.exit(INTERRUPTED)


@click.group(
    cls=CoachGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "COACH"},
)
@click.version_option(__version__, prog_name="coach")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Rehearse, aloud and alone, the reply you want to be able to give.

    Without a command: the practice screen; without a terminal: the demo. Nothing said leaves this machine.
    """
    if ctx.invoked_subcommand is None:
        if sys.stdin.isatty() and sys.stdout.isatty():
            ctx.invoke(practice)
        else:
            ctx.invoke(demo)


@main.command()
@click.argument("script", required=False)
@click.option("--partner", metavar="LINE", help="What your partner says; practise your answer to it.")
@click.option("--recording", type=FILE, help="Hear this recording instead of a microphone.")
@click.option("--plain", "line_by_line", is_flag=True, help="Line by line, for screen readers and pipes.")
@mute_option
@device_options
def practice(
    script: str | None, partner: str | None, recording: Path | None, *, line_by_line: bool, **chosen: Any
) -> None:
    """Practise replies, spoken or typed.

    SCRIPT names a guided script whose lines your partner says, or is the path of one; the first five minutes
    when it is left out.
    """
    from coach.compose import Options, compose, open_microphone
    from coach.practice.session import PartnerLine, Session

    if script and partner is not None:
        raise click.UsageError("give a SCRIPT or --partner, not both")
    options = Options(**chosen)
    lines = (
        _lines_of(script or FIRST_SCRIPT)
        if partner is None
        else [PartnerLine(line=_without_escapes(partner))]
    )
    if recording is not None:
        from coach.plain import run_to_end

        session = Session(lines[:1], one_try_each=True)
        with _quiet():
            run_to_end(compose(session, options, source=None, live=False), _console(), recording=recording)
        return
    rehearsal = compose(Session(lines), options, source=lambda: open_microphone(options), live=True)
    if line_by_line or not (sys.stdin.isatty() and sys.stdout.isatty()):
        from coach.plain import run

        with _quiet():
            run(rehearsal, _console())
    else:
        from coach.paths import log_file
        from coach.tui.run import run as run_on_screen

        run_on_screen(rehearsal, log=log_file())


FIRST_SCRIPT = "first-five-minutes"


def _without_escapes(text: str) -> str:
    """What was typed, with the bytes that are no text replaced."""
    return text.encode(errors="replace").decode()


def _lines_of(script: str) -> "list[PartnerLine]":
    from coach.paths import scripts_folder
    from coach.practice.script import find_script
    from coach.practice.session import PartnerLine

    found = find_script(script, scripts_folder())
    return [PartnerLine(line=scene.line, setting=scene.setting) for scene in found.scenes]


@main.command()
@click.argument("files", nargs=-1, type=FILE)
@click.option("--text", help="A written reply.")
@click.option("--partner", metavar="LINE", help="What the reply answers.")
@click.option(
    "--jsonl", type=click.Path(allow_dash=True), help="Replies, one JSON object a line; - is stdin."
)
@recognizer_option
@model_option
@json_option
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

    partner = None if partner is None else _without_escapes(partner)
    if text is not None:
        yield analyze_text(_without_escapes(text), partner=partner)
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

    console = _console()
    if result.source:
        console.print(plain(result.source), style="bold")
    print_partner(console, "", result.partner or "")
    print_judged(console, result, result.feedback)


@main.command()
@mute_option
@device_options
def demo(**chosen: Any) -> None:
    """Three recorded rehearsals through the whole of the real pipeline: no microphone needed."""
    from coach.compose import Options, compose
    from coach.demo import Recordings, rehearsals
    from coach.plain import run_to_end
    from coach.practice.session import Session

    recorded = rehearsals()
    source = Recordings([one.recording for one in recorded])
    session = Session([one.partner for one in recorded], one_try_each=True)
    rehearsal = compose(session, Options(**chosen), source=lambda: source, live=False)
    console = _console()
    console.print(
        "Coach listens to three recorded replies: one that validates, one that fixes too early, one that "
        "does both. Nothing leaves this machine.",
        style="dim",
    )
    with _quiet():
        run_to_end(rehearsal, console)
    console.print("\nYour turn: `coach` starts a rehearsal, `coach check` looks at your microphone.")


@main.command()
@device_options
def check(**chosen: Any) -> None:
    """See what this machine has for hearing and speaking, and what mends what is missing."""
    from rich.table import Table
    from rich.text import Text

    from coach.check import inspect
    from coach.compose import Options

    table = Table.grid(padding=(0, 2))
    missing = 0
    with _quiet():
        items = list(inspect(Options(**chosen)))
    for item in items:
        missing += not item.works
        mark = Text("ok", "green") if item.works else Text("--", "yellow")
        table.add_row(mark, item.thing, plain(item.found))
        if item.advice:
            table.add_row("", "", Text(plain(item.advice), "dim"))
    _console().print(table)
    if missing:
        raise CoachError(f"{missing} of these need care; Coach works without them in writing.")


@main.command()
def devices() -> None:
    """List microphones and loudspeakers by name."""
    from rich.table import Table

    from coach.audio.devices import list_devices

    with _quiet():
        found = list_devices()
    if not found:
        raise SoundError("No microphone and no loudspeaker was found: plug one in.")
    table = Table("", "Name", "In", "Out", "Rate", box=None)
    for device in found:
        table.add_row(
            "*" if device.is_default else "",
            plain(device.name),
            str(device.inputs),
            str(device.outputs),
            f"{device.default_rate:.0f} Hz",
        )
    _console().print(table)


@main.command()
@click.argument("data", type=FILE)
@click.option("--errors", default=0, metavar="N", help="List N replies that were judged otherwise.")
def evaluate(data: Path, errors: int) -> None:
    """Measure the judge against labelled replies, one JSON object a line."""
    from coach.evaluation import evaluate as measure
    from coach.report import print_evaluation

    print_evaluation(_console(), measure(data), errors=errors)
