"""Hypothesis strategies for sound, and small helpers that make it."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import soundfile
from hypothesis import strategies as st

from coach.audio.frames import FRAME_SAMPLES, FRAME_SECONDS, SAMPLE_RATE, Frame, Samples

SILENCE, SPEECH = 0.02, 0.97
"""Probabilities that no setting takes for the other."""

Probabilities = list[float]
"""One for each frame."""

runs = st.lists(st.tuples(st.sampled_from([SILENCE, SPEECH]), st.integers(1, 60)), max_size=12)
"""Speech and silence in turn: a probability and for how many frames it holds."""

probabilities = runs.map(lambda each: [probability for probability, count in each for _ in range(count)])

any_probabilities = st.lists(st.floats(0, 1), max_size=200)
"""Including those of a detector that cannot make up its mind."""


def frames_of(sound: Samples, *, start: float = 0.0) -> list[Frame]:
    """Cut sound into frames; what does not fill one is left out."""
    count = sound.size // FRAME_SAMPLES
    return [
        Frame(start + index * FRAME_SECONDS, sound[index * FRAME_SAMPLES : (index + 1) * FRAME_SAMPLES])
        for index in range(count)
    ]


def blank_frames(count: int, *, start: float = 0.0) -> list[Frame]:
    """Frames that stand for any sound."""
    return frames_of(np.zeros(count * FRAME_SAMPLES, np.float32), start=start)


def tone(seconds: float, *, rate: float = SAMPLE_RATE, hertz: float = 220.0, level: float = 0.3) -> Samples:
    """A sine, shape (n,), of amplitude `level`."""
    time = np.arange(round(seconds * rate)) / rate
    return (level * np.sin(2 * np.pi * hertz * time)).astype(np.float32)


def write_wav(path: Path, sound: Samples) -> None:
    """Write sound at 16 kHz as a 16-bit WAV; what lies beyond -1 to 1 is clipped."""
    soundfile.write(path, np.clip(sound, -1, 1), SAMPLE_RATE, subtype="PCM_16", format="WAV")


def cut_at(sound: Samples, places: Iterable[int]) -> Sequence[Samples]:
    """Cut sound into pieces at any places."""
    return np.split(sound, sorted({place % (sound.size + 1) for place in places}))
