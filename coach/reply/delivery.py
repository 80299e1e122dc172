"""How a reply was said: pace, pauses, pitch, loudness. Pure functions on samples and words."""

from dataclasses import dataclass
from typing import Literal

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
