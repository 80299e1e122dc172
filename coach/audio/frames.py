"""The unit in which sound travels: 512 samples, 16 kHz, mono."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

SAMPLE_RATE = 16_000
"""Samples a second of every frame."""

FRAME_SAMPLES = 512
"""Samples in a frame (32 ms), the chunk Silero's voice activity expects."""

FRAME_SECONDS = FRAME_SAMPLES / SAMPLE_RATE

Samples = npt.NDArray[np.float32]
"""Mono sound, shape (n,), -1 to 1."""


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A short piece of sound and where it lies on the only clock there is."""

    start: float
    """Seconds of audio since the source was opened."""

    samples: Samples
    """Shape (FRAME_SAMPLES,), at SAMPLE_RATE."""


class SoundSource(Protocol):
    """A microphone, or a recording, which is a microphone that is faster."""

    live: bool
    """True when sound passes by whether or not somebody listens; a recording waits."""

    @property
    def dropped_seconds(self) -> float:
        """Seconds of sound lost so far because nobody took it in time; 0 for a recording."""
        ...

    @property
    def name(self) -> str:
        """The device's name, or the recording's."""
        ...

    def frames(self) -> Iterator[Frame]:
        """Yield frames in order, until the recording ends or the source is closed."""
        ...

    def drain(self) -> None:
        """Drop what was captured and not yet yielded; frames go on counting it. A recording holds nothing."""
        ...

    def close(self) -> None:
        """Stop `frames` and let go of the device or file. May be called from any thread, and twice."""
        ...


class RecordedSound(SoundSource, Protocol):
    """Sound that ends by itself, unless it is closed before."""

    @property
    def is_closed(self) -> bool:
        """Whether somebody wants no more of it."""
        ...
