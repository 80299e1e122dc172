"""Sound of any rate, in pieces of any length, to frames."""

from collections.abc import Iterator

import numpy as np

from coach.audio.frames import FRAME_SAMPLES, SAMPLE_RATE, Frame, Samples


class Framer:
    """Cuts a stream of mono sound into frames at 16 kHz.

    How the stream is cut into pieces on the way in makes no difference to the frames that come out.
    """

    def __init__(self, rate: float, *, start: float = 0.0) -> None:
        """Take sound at `rate` samples a second, whose first sample lies at `start` seconds."""
        self._start = start
        self._resampler = None
        if rate != SAMPLE_RATE:
            import soxr  # a native library

            self._resampler = soxr.ResampleStream(rate, SAMPLE_RATE, 1, dtype="float32")
        self._rest = np.zeros(0, np.float32)
        """Sound that does not fill a frame yet."""
        self._framed = 0
        """Samples at 16 kHz that went out in frames."""

    def push(self, samples: Samples) -> Iterator[Frame]:
        """Take the next piece, shape (n,); yield the frames it completes."""
        if self._resampler is not None:
            samples = self._resampler.resample_chunk(np.ascontiguousarray(samples, np.float32))
        yield from self._cut(samples)

    def finish(self, *, silence: float = 0.0) -> Iterator[Frame]:
        """End the stream: yield what is left, then at least `silence` seconds of zeros, in whole frames."""
        if self._resampler is not None:
            yield from self._cut(self._resampler.resample_chunk(np.zeros(0, np.float32), last=True))
        padding = round(silence * SAMPLE_RATE)
        padding += -(self._rest.size + padding) % FRAME_SAMPLES
        yield from self._cut(np.zeros(padding, np.float32))

    def _cut(self, samples: Samples) -> Iterator[Frame]:
        sound = np.concatenate((self._rest, samples))
        whole = sound.size - sound.size % FRAME_SAMPLES
        self._rest = sound[whole:]
        for begin in range(0, whole, FRAME_SAMPLES):
            start = self._start + self._framed / SAMPLE_RATE
            self._framed += FRAME_SAMPLES
            yield Frame(start=start, samples=sound[begin : begin + FRAME_SAMPLES])
