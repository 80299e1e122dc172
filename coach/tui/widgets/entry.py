"""Lines to type in."""

import os
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input

from coach.tui import texts

RECORDINGS = frozenset({".wav", ".flac"})
"""Suffixes of files that are suggested."""


class Entry(Input):
    """A line to type in, hidden until it is asked for. Enter sends it, Escape leaves it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", texts.SEND),
        Binding("escape", "leave", texts.BACK),
    ]

    class Left(Message):
        """Typing ended without a reply."""

    def on_mount(self) -> None:
        """Hidden until it is asked for."""
        self.display = False

    def ask(self) -> None:
        """Appear, empty, and take the keys."""
        self.value = ""
        self.display = True
        self.focus()

    def action_leave(self) -> None:
        """Give the keys back."""
        self.post_message(self.Left())


class RecordingEntry(Entry):
    """The path of a recording. Tab completes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", texts.OPEN),
        Binding("tab", "complete", texts.COMPLETE),
    ]

    def __init__(self, *, placeholder: str, id: str) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(
            placeholder=placeholder, id=id, suggester=PathSuggester(use_cache=False, case_sensitive=True)
        )

    def action_complete(self) -> None:
        """Take the suggestion, and stay."""
        self.action_end()
        self.action_cursor_right()


class PathSuggester(Suggester):
    """Suggests the first folder or recording whose path begins as typed."""

    async def get_suggestion(self, value: str) -> str | None:
        """The completed path; None when nothing fits."""
        return completed(value)


def completed(typed: str) -> str | None:
    """The first folder or recording, by name, whose path begins with `typed`; None when there is none."""
    folder, _, beginning = typed.rpartition("/")
    try:
        with os.scandir(Path(f"{folder}/" if "/" in typed else ".").expanduser()) as entries:
            names = sorted(
                f"{entry.name}/" if entry.is_dir() else entry.name
                for entry in entries
                if entry.name.startswith(beginning)
                and entry.name.startswith(".") == beginning.startswith(".")
                and (entry.is_dir() or Path(entry.name).suffix.lower() in RECORDINGS)
            )
    except (OSError, ValueError, RuntimeError):
        return None  # nothing there yet: the path is still being typed
    return typed.removesuffix(beginning) + names[0] if names else None


def existing_file(typed: str) -> Path | None:
    """The file a typed path names; None when there is none."""
    try:
        path = Path(typed).expanduser()
        return path if path.is_file() else None
    except (OSError, ValueError, RuntimeError):
        return None  # a path that no file can have
