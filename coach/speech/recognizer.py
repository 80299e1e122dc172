"""What a recognizer is: words from sound, wherever they come from."""

from dataclasses import dataclass
from typing import Protocol

from coach.audio.frames import Samples
from coach.reply.words import Word


@dataclass(frozen=True, slots=True)
class RecognizerInfo:
    """Which recognizer is in use and what would be better."""

    name: str
    """Engine and model, such as `pocketsphinx:en-us` or `vosk:vosk-model-small-en-us-0.15`."""

    advice: str | None
    """One line that names a better choice and the way to it; None when there is none."""


class Recognizer(Protocol):
    """Turns the sound of one stretch of speech at a time into words.

    A stretch is speech between two pauses. `accept` is called for every frame of it, then `finish`;
    the next `accept` begins a new stretch. Not for use by two threads at once.
    """

    info: RecognizerInfo

    def accept(self, samples: Samples) -> str:
        """Take sound at 16 kHz; return the words so far, lower case, empty when there are none."""
        ...

    def finish(self) -> tuple[Word, ...]:
        """End the stretch; return its words, times in seconds from the stretch's first sample."""
        ...
