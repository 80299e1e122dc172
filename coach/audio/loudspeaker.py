"""Sound out: plays a WAV file on a device, and falls silent at once when asked."""

import threading
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from coach.audio.devices import find_device, first_line, sounddevice
from coach.audio.frames import Samples
from coach.errors import LoudspeakerError

LATENCY_SECONDS = 0.06
"""How much sound the device holds. Less would crackle when Python is busy, more would go on after a stop."""

TAIL_SECONDS = 0.12
"""Silence after a sound: PulseAudio drops the last samples that a device holds when it is closed."""

FADE_SECONDS = 0.006
"""How quickly an interrupted sound falls silent; cut off in the middle it would click."""

SAMPLE_BYTES = 2
"""Bytes of a sample in the files that can be played."""

LOST_SECONDS = 2.0
"""A device that takes no sound for so long is taken to be gone."""


class Loudspeaker:
    """Plays one sound at a time.

    The device is opened for each sound, which takes a few milliseconds, and is free for others in between.
    """

    def __init__(self, device: str | None = None) -> None:
        """Choose a device by its name or a part of it; None is the system's own choice.

        Raises:
            SoundLibraryError: PortAudio is not installed.
            LoudspeakerError: There is no such device.
        """
        self._sounddevice = sounddevice()
        self._device = find_device(device, "output")
        self._stop = threading.Event()
        """Set when the loudspeaker is closed."""

    @property
    def name(self) -> str:
        """The device as the system names it."""
        return self._device.name

    def play(self, path: Path, *, stop: threading.Event, started: Callable[[], None]) -> bool:
        """Play a 16-bit WAV file and wait until its last sample is out.

        Args:
            path: The WAV file.
            stop: Ends the sound, with a short fade, when anybody sets it.
            started: Called once, on the calling thread, when the first samples went to the device.

        Returns:
            True when it was played to its end, False when it was stopped.

        Raises:
            LoudspeakerError: The device is busy or went away, or the file is no such WAV.
        """
        rate = int(self._device.default_rate)
        playback = Playback(read_wav(path, rate=rate), rate=rate, stopped=lambda: self._stopped(stop))
        if self._stopped(stop):
            return False
        stream = self._open(playback, rate)
        try:
            if self._progresses(playback, playback.begun, stream):
                started()
                self._progresses(playback, playback.ended, stream)
        finally:
            stream.close()
        if not playback.handed_over:
            raise LoudspeakerError(
                f"The loudspeaker \u201c{self.name}\u201d went away: connect it again, "
                "or choose another with `coach devices`."
            )
        return not playback.interrupted

    def close(self) -> None:
        """Stop what is being played. May be called from any thread, and twice."""
        self._stop.set()

    def _stopped(self, stop: threading.Event) -> bool:
        return stop.is_set() or self._stop.is_set()

    def _open(self, playback: "Playback", rate: int) -> Any:
        """Start a stream that takes its sound from `playback`."""
        stop_stream = self._sounddevice.CallbackStop

        def take(out: Samples, _frames: int, _time: object, _status: object) -> None:
            if not playback.fill(out):
                raise stop_stream

        stream = None
        try:
            stream = self._sounddevice.OutputStream(
                device=self._device.index,
                samplerate=rate,
                channels=min(2, self._device.outputs),  # some drivers know no mono
                dtype="float32",
                latency=LATENCY_SECONDS,
                callback=take,
                finished_callback=playback.ended.set,  # after the last sample was heard
            )
            stream.start()
        except self._sounddevice.PortAudioError as error:
            if stream is not None:
                stream.close()
            raise LoudspeakerError(
                f"The loudspeaker \u201c{self.name}\u201d cannot be used ({first_line(error)}): close the "
                "program that holds it, or choose another with `coach devices`."
            ) from error
        return stream

    @staticmethod
    def _progresses(playback: "Playback", event: threading.Event, stream: Any) -> bool:
        """Wait for `event` as long as the device takes sound; False when it ceased to."""
        position = -1
        while not event.wait(LOST_SECONDS):
            if playback.position == position or not stream.active:
                return False
            position = playback.position
        return True


class Playback:
    """A sound on its way out, piece by piece. `fill` runs on the device's thread; it copies and leaves."""

    def __init__(self, samples: Samples, *, rate: int, stopped: Callable[[], bool]) -> None:
        """Hold mono `samples`, shape (n,), at `rate` samples a second, until they end or `stopped()`."""
        self._tail = np.zeros(round(TAIL_SECONDS * rate), np.float32)
        self._samples = np.concatenate((samples, self._tail))
        self._fade = round(FADE_SECONDS * rate)
        self._stopped = stopped
        self.position = 0
        """Samples handed over."""

        self.begun = threading.Event()
        """The first samples were handed over."""

        self.ended = threading.Event()
        """The device has fallen silent."""

        self.interrupted = False
        """Stopped before its end."""

    @property
    def handed_over(self) -> bool:
        """Whether the whole sound, its fade and the silence after it went to the device."""
        return self.position >= len(self._samples)

    def fill(self, out: Samples) -> bool:
        """Write the next samples to `out`, shape (frames, channels); False when they were the last."""
        sounding = self.position < len(self._samples) - len(self._tail)
        if sounding and not self.interrupted and self._stopped():
            self._fall_silent()
        piece = self._samples[self.position : self.position + len(out)]
        out[: len(piece)] = piece[:, None]
        out[len(piece) :] = 0
        self.position += len(piece)
        self.begun.set()
        return not self.handed_over

    def _fall_silent(self) -> None:
        """Let the sound end here, with a fade."""
        self.interrupted = True
        rest = self._samples[self.position : self.position + self._fade]
        fade = np.linspace(1, 0, len(rest), dtype=np.float32)
        self._samples = np.concatenate((self._samples[: self.position], rest * fade, self._tail))


def read_wav(path: Path, *, rate: int) -> Samples:
    """Read a 16-bit WAV file as mono at `rate` samples a second, shape (n,), -1 to 1.

    Raises:
        LoudspeakerError: The file is no such WAV, or is not there.
    """
    problem = "not 16 bits a sample"
    try:
        with wave.open(str(path), "rb") as file:
            width, channels, own_rate = file.getsampwidth(), file.getnchannels(), file.getframerate()
            data = file.readframes(file.getnframes())
    except (OSError, EOFError, wave.Error) as error:
        width, problem = 0, first_line(error)
    if width != SAMPLE_BYTES:
        raise LoudspeakerError(f"The sound {path.name} cannot be played ({problem}): restart Coach.")
    samples = np.frombuffer(data, "<i2").reshape(-1, channels).mean(axis=1, dtype=np.float32) / 32768
    if own_rate != rate and len(samples):
        import soxr  # a native library

        samples = soxr.resample(samples, own_rate, rate)
    return np.asarray(samples, np.float32)
