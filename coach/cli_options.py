"""What several commands share: options, a console, quiet."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console

FILE = click.Path(path_type=Path)

recognizer_option = click.option(
    "--recognizer",
    type=click.Choice(["auto", "vosk", "pocketsphinx"]),
    default="auto",
    show_default=True,
    help="What turns speech into words; auto takes Vosk where a model is found.",
)
model_option = click.option("--model", type=FILE, help="A Vosk model's folder.")


def console() -> "Console":
    """A console that takes text as text."""
    from rich.console import Console

    return Console(highlight=False, emoji=False, markup=False)


def quiet() -> AbstractContextManager[None]:
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


def without_escapes(text: str) -> str:
    """What was typed, with the bytes that are no text replaced."""
    return text.encode(errors="replace").decode()
