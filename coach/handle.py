"""What a front end needs of a running session."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from coach.events import Command, Event

Watch = Callable[[Event | Command], None]
"""Called on the engine's thread with every event and every command, in order. Must return at once."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What is in use in this session, for the status line."""

    recognizer: str | None
    """Such as `pocketsphinx:en-us`; None until it is loaded."""

    recognizer_advice: str | None
    """What would be better and the way to it; None when nothing would."""

    microphone: str | None
    """The microphone's name; None when there is none and replies are typed or opened."""

    voice: str | None
    """The voice's name; None when the coach's words are only shown."""


class SessionHandle(Protocol):
    """A running session, seen from a front end."""

    @property
    def setup(self) -> Setup:
        """What the session will use, as far as it is known before `HearingReady`."""
        ...

    def start(self, watch: Watch) -> None:
        """Start the engine's threads and report to `watch`."""
        ...

    def post(self, event: Event) -> None:
        """Hand the engine an event; safe from any thread, returns at once."""
        ...

    def join(self) -> None:
        """Wait for the end of the session."""
        ...

    def stop(self) -> None:
        """End the session and wait for its threads."""
        ...
