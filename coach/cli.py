"""The command line. Each command imports what it needs, so that `coach --help` is quick."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coach import __version__
from coach.cli_judging import analyze, evaluate
from coach.cli_options import FILE, console, device_options, mute_option, quiet, without_escapes
from coach.errors import CoachError, SoundError
from coach.shown import plain

if TYPE_CHECKING:
    from coach.practice.session import PartnerLine

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
        _lines_of(script or FIRST_SCRIPT) if partner is None else [PartnerLine(line=without_escapes(partner))]
    )
    if recording is not None:
        from coach.plain import run_to_end

        session = Session(lines[:1], one_try_each=True)
        with quiet():
            run_to_end(compose(session, options, source=None, live=False), console(), recording=recording)
        return
    rehearsal = compose(Session(lines), options, source=lambda: open_microphone(options), live=True)
    if line_by_line or not (sys.stdin.isatty() and sys.stdout.isatty()):
        from coach.plain import run

        with quiet():
            run(rehearsal, console())
    else:
        from coach.paths import log_file
        from coach.tui.run import run as run_on_screen

        run_on_screen(rehearsal, log=log_file())


FIRST_SCRIPT = "first-five-minutes"


def _lines_of(script: str) -> "list[PartnerLine]":
    from coach.paths import scripts_folder
    from coach.practice.script import find_script
    from coach.practice.session import PartnerLine

    found = find_script(script, scripts_folder())
    return [PartnerLine(line=scene.line, setting=scene.setting) for scene in found.scenes]


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
    out = console()
    out.print(
        "Coach listens to three recorded replies: one that validates, one that fixes too early, one that "
        "does both. Nothing leaves this machine.",
        style="dim",
    )
    with quiet():
        run_to_end(rehearsal, out)
    out.print("\nYour turn: `coach` starts a rehearsal, `coach check` looks at your microphone.")


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
    with quiet():
        items = list(inspect(Options(**chosen)))
    for item in items:
        missing += not item.works
        mark = Text("ok", "green") if item.works else Text("--", "yellow")
        table.add_row(mark, item.thing, plain(item.found))
        if item.advice:
            table.add_row("", "", Text(plain(item.advice), "dim"))
    console().print(table)
    if missing:
        raise CoachError(f"{missing} of these need care; Coach works without them in writing.")


@main.command()
def devices() -> None:
    """List microphones and loudspeakers by name."""
    from rich.table import Table

    from coach.audio.devices import list_devices

    with quiet():
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
    console().print(table)


main.add_command(analyze)
main.add_command(evaluate)
