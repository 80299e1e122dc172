"""Sound from a microphone, as it comes."""

import threading
from collections.abc import Iterator
from queue import Empty, Full, Queue
from typing import Any

import numpy as np

from coach.audio.devices import find_device, first_line, sounddevice
from coach.audio.frames import Frame, Samples
from coach.audio.resampling import Framer
from coach.errors import MicrophoneError

BLOCK_SECONDS = 0.03
"""Sound that PortAudio hands over at once."""

LATENCY_SECONDS = 0.1
"""How much sound the device may hold back: less than the coach stays deaf after it spoke."""

QUEUE_SECONDS = 20.0
"""Sound that may wait: a recognizer slower than speech catches up in the pauses."""

PATIENCE_SECONDS = 2.0
"""Time without a single block after which the microphone counts as unplugged."""

MOST_CHANNELS = 8
"""Channels that are mixed into one; an interface with more gives its first ones."""


class Microphone:
    """A microphone by (part of) its name, or the system's default.

    It is opened at its own default rate and with as few channels as it allows.
    """

    live = True

    def __init__(self, device: str | None = None) -> None:
        """Open it. It records from the first `frames` on.

        Raises:
            MicrophoneError: there is none, none of that name, or it is busy.
            SoundLibraryError: PortAudio is not installed.
        """
        found = find_device(device, "input")
        self.name: str = found.name
        """As the system names it."""
        self._rate = found.default_rate
        self._closed = threading.Event()
        self._ended = threading.Event()
        """Set when the stream stops, whoever stopped it."""
        self._closing = threading.Lock()
        """Held while the stream is started or freed."""
        self._draining = threading.Event()
        """Set when what waits is not wanted."""
        self._lost_samples = 0
        self._blocks: Queue[Samples] = Queue(maxsize=round(QUEUE_SECONDS / BLOCK_SECONDS))
        self._stream = self._open(found.index, found.inputs)

    @property
    def dropped_seconds(self) -> float:
        """Seconds of sound lost so far because nobody took it in time."""
        return self._lost_samples / self._rate

    def frames(self) -> Iterator[Frame]:
        """Yield frames as they are recorded, until the microphone is closed.

        Raises:
            MicrophoneError: no sound came for a while, or the stream broke off.
        """
        with self._closing:
            if self._closed.is_set():
                return
            try:
                self._stream.start()
            except sounddevice().PortAudioError as error:
                raise self._unusable(error) from error
        framer = Framer(self._rate)
        taken = 0
        while (block := self._next_block()) is not None:
            taken += block.size
            for frame in framer.push(block):
                yield frame
                if self._draining.is_set():
                    break
            if self._draining.is_set():
                self._draining.clear()
                taken += self._drop_blocks()
                framer = Framer(self._rate, start=taken / self._rate)

    def drain(self) -> None:
        """Drop what was captured and not yet yielded; the next frame's `start` counts it."""
        self._draining.set()

    def close(self) -> None:
        """Stop `frames` and let go of the device. From any thread, and twice."""
        self._closed.set()
        with self._closing:
            self._stream.close(ignore_errors=True)

    def _next_block(self) -> Samples | None:
        """Wait for the next block; None once the microphone is closed."""
        waited = 0.0
        step = 0.1
        while not self._closed.is_set():
            try:
                return self._blocks.get(timeout=step)
            except Empty:
                waited += step
            if not self._closed.is_set() and (self._ended.is_set() or waited >= PATIENCE_SECONDS):
                raise MicrophoneError(
                    f"The microphone \u201c{self.name}\u201d was unplugged or fell silent: "
                    "plug it in again, then see `coach devices`."
                )
        return None

    def _drop_blocks(self) -> int:
        """Empty the queue; return how many samples were in it."""
        dropped = 0
        while True:
            try:
                dropped += self._blocks.get_nowait().size
            except Empty:
                return dropped

    def _open(self, index: int, inputs: int) -> Any:
        """Open a stream with one channel, or with more where the device insists."""
        module = sounddevice()
        refused: Exception
        for channels in (1, min(inputs, MOST_CHANNELS)):
            try:
                return module.InputStream(
                    device=index,
                    channels=channels,
                    samplerate=self._rate,
                    blocksize=round(self._rate * BLOCK_SECONDS),
                    dtype="float32",
                    latency=LATENCY_SECONDS,
                    callback=self._take,
                    finished_callback=self._ended.set,
                )
            except module.PortAudioError as error:
                refused = error
        raise self._unusable(refused) from refused

    def _unusable(self, error: Exception) -> MicrophoneError:
        return MicrophoneError(
            f"The microphone \u201c{self.name}\u201d cannot be opened ({first_line(error)}): "
            "another program may be using it; `coach devices` lists the others."
        )

    def _take(self, block: Samples, frames: int, _time: object, status: Any) -> None:
        """Copy and leave: PortAudio calls this on its own thread and must not wait."""
        if status.input_overflow:
            self._lost_samples += frames  # at least: PortAudio does not say how much it lost
        try:
            self._blocks.put_nowait(block.mean(axis=1, dtype=np.float32))
        except Full:
            self._lost_samples += frames
