"""How a reply was said: pace, pauses, pitch, loudness, tone. Pure functions on samples and words."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from coach.reply.words import Word

if TYPE_CHECKING:  # numpy is not loaded to judge a text
    import numpy as np
    import numpy.typing as npt

FinalPitch = Literal["rise", "fall", "level"]


@dataclass(frozen=True, slots=True)
class Pause:
    """A silence inside a reply."""

    start: float
    """Seconds from the start of the recording."""

    seconds: float
    after_word: int
    """Index of the word before it."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a reply was said. None means it could not be measured in this sound."""

    seconds: float
    """From the first word's start to the last word's end."""

    words_per_minute: float | None
    """Pauses left out."""

    pauses: tuple[Pause, ...]
    pitch_median_hz: float | None
    pitch_range_semitones: float | None
    """Between the 10th and 90th percentile of voiced frames."""

    final_pitch: FinalPitch | None
    loudness_db: float | None
    """RMS of the speech in dB relative to full scale."""

    tone: dict[str, float] | None
    """From 0 to 1, `calm`: how far the voice is from harsh, whatever its level."""


def is_warm() -> bool:
    """Whether `measure` is quick by now."""
    return _compiled.cache_info().currsize > 0


def warm(cache_folder: Path | None = None) -> None:
    """Load librosa and let it compile what `measure` needs. It takes seconds: call it on a thread.

    Args:
        cache_folder: Where what was compiled is kept for the next process; None leaves the choice to librosa.
    """
    if cache_folder is not None:
        os.environ.setdefault("NUMBA_CACHE_DIR", str(cache_folder / "numba"))
    _compiled()


@cache
def _compiled() -> None:
    from coach.reply.prosody import compile_pitch  # numpy and librosa

    compile_pitch()


def measure(samples: "npt.NDArray[np.float32]", words: Sequence[Word], *, start: float) -> Delivery:
    """Measure how a reply was said. Said twice as loud, it is 6.02 dB louder and otherwise the same.

    Args:
        samples: The reply's sound at 16 kHz, shape (n,), with silence around it or not.
        words: Its words, times in seconds on the clock of `start`. Without times the whole sound counts.
        start: Time of the first sample.

    Returns:
        What can be trusted; None for the rest.
    """
    from coach.reply.prosody import measure_sound  # numpy and librosa

    return measure_sound(samples, words, start=start)
