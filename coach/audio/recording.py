"""A reply in a file: a microphone that is faster."""

import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from coach.audio.frames import Frame, Samples
from coach.audio.resampling import Framer
from coach.errors import RecordingError

LONGEST_SECONDS = 300.0
"""Longest recording that is heard as one reply."""

TRAILING_SILENCE = 2.5
"""Seconds of silence after the last sample, which end the last utterance."""

QUIETEST_PEAK = 10 ** (-60 / 20)
"""Largest sample of a recording that holds no sound: 60 dB below full scale."""

CANCELLED_SHARE = 0.1
"""Power of all channels mixed over that of the loudest one, below which they cancel each other out."""

CLIPPED_SHARE = 0.001
"""Share of samples at full scale from which a recording counts as clipped."""

_BLOCK = 16_384
"""Samples read at once, all channels together: where a file is cut short, at most these are lost."""
_FULL_SCALE = 0.999
_SLOWEST, _FASTEST = 4_000, 768_000
_ENDLESS = (0xFFFFFFFF, 2**63 - 1)
"""Lengths that stand for one nobody knew yet when the header was written."""

_DATA_CHUNK = re.compile(r"^data : (\d+) \(should be (\d+)\)$", re.MULTILINE)
"""What libsndfile notes when a WAV's header and its length disagree."""


class Recording:
    """A WAV or FLAC file of any rate, any number of channels and 8 to 32 bits, heard as one reply."""

    live = False

    dropped_seconds = 0.0
    """A recording waits, so nothing is ever lost."""

    def __init__(self, path: Path) -> None:
        """Read it once to its end, to see whether it can be heard.

        Raises:
            RecordingError: it is no recording, holds no sound, or is too long.
        """
        _check_file(path)
        self._closed = False
        scan = _Scan.of(path)
        if scan.samples == 0:
            raise RecordingError(f"{path} is a recording without a single sample: record it again.")
        self.path = path
        self._channel = scan.channel
        self.name: str = path.name
        """The file's name without its folder."""
        self.seconds: float = scan.samples / scan.rate
        """Length, the silence that is added at the end not counted."""
        if self.seconds > LONGEST_SECONDS:
            minutes, seconds = divmod(int(self.seconds), 60)
            raise RecordingError(
                f"{path} is {minutes}:{seconds:02} long; Coach judges one reply of at most "
                f"{LONGEST_SECONDS / 60:.0f} minutes: cut it with `ffmpeg -ss 0 -t 60 -i {path} reply.wav`."
            )
        if scan.peak < QUIETEST_PEAK:
            raise RecordingError(
                f"{path} holds no sound, or is far too quiet: check the microphone with `coach check`, "
                "then record it again."
            )
        self.notes: tuple[str, ...] = scan.notes(path)
        """One line for each thing wrong with it that does not keep it from being heard."""

    @property
    def is_closed(self) -> bool:
        """Whether somebody wants no more of it."""
        return self._closed

    def frames(self) -> Iterator[Frame]:
        """Yield frames in order, then some silence; stop early once closed.

        Raises:
            RecordingError: the file went away or changed.
        """
        framer: Framer | None = None
        for block, rate in _blocks(self.path):
            framer = framer or Framer(rate)
            for frame in framer.push(_mono(block, self._channel)):
                if self._closed:
                    return
                yield frame
        for frame in framer.finish(silence=TRAILING_SILENCE) if framer else ():
            if self._closed:
                return
            yield frame

    def drain(self) -> None:
        """A recording waits, so there is nothing to drop."""

    def close(self) -> None:
        """Stop `frames`. From any thread, and twice."""
        self._closed = True


@dataclass(frozen=True, slots=True)
class _Scan:
    """What one pass through a file found."""

    rate: int
    samples: int
    """A channel."""
    channel: int | None
    """The one that is heard where all together cancel each other out; None means all, mixed."""
    peak: float
    clipped: int
    """Samples at full scale."""
    is_cut_short: bool
    """Its header promises more than there is."""

    @classmethod
    def of(cls, path: Path) -> "_Scan":
        rate, samples = 0, 0
        power, peak, clipped = np.zeros(1), np.zeros(1), np.zeros(1, int)
        for block, rate in _blocks(path):  # noqa: B007  (the last rate is every block's rate)
            tracks = np.column_stack((_mono(block, None), block)).astype(np.float64)  # the mix, each channel
            level = np.abs(tracks)
            samples += len(tracks)
            power = power + np.square(tracks).sum(axis=0)
            peak = np.maximum(peak, level.max(axis=0))
            clipped = clipped + np.count_nonzero(level >= _FULL_SCALE, axis=0)
        loudest = int(power.argmax())
        track = loudest if power[0] < CANCELLED_SHARE * power[loudest] else 0
        return cls(
            rate=rate,
            samples=samples,
            channel=track - 1 if track else None,
            peak=float(peak[track]),
            clipped=int(clipped[track]),
            is_cut_short=_promises_more(path, samples),
        )

    def notes(self, path: Path) -> tuple[str, ...]:
        notes = []
        if self.is_cut_short:
            notes.append(f"{path.name} is cut short: its header promises more. Coach used what is there.")
        if self.clipped > self.samples * CLIPPED_SHARE:
            notes.append(f"{path.name} is clipped: it was recorded too loud, so some words may be misheard.")
        return tuple(notes)


def _check_file(path: Path) -> None:
    """Refuse what is no plain file with something in it."""
    try:
        status = path.stat()
    except FileNotFoundError:
        raise RecordingError(f"{path}: there is no such file.") from None
    except (OSError, ValueError) as error:
        raise RecordingError(f"{path} cannot be opened: {error}.") from error
    if stat.S_ISDIR(status.st_mode):
        raise RecordingError(f"{path} is a folder: name the recording in it.")
    if not stat.S_ISREG(status.st_mode):
        raise RecordingError(f"{path} is not a plain file: save the recording to a file first.")
    if status.st_size == 0:
        raise RecordingError(f"{path} is empty: record it again.")


def _blocks(path: Path) -> Iterator[tuple[Samples, int]]:
    """Yield sound as blocks, shape (n, channels), each with its rate; end where it is cut short."""
    soundfile = _soundfile()
    try:
        sound = soundfile.SoundFile(path)
    except soundfile.LibsndfileError as error:
        raise _refusal(path) from error
    with sound:
        if not _SLOWEST <= sound.samplerate <= _FASTEST:
            raise RecordingError(f"{path} says it has {sound.samplerate} samples a second: record it again.")
        while True:
            try:
                block = sound.read(_BLOCK // sound.channels or 1, dtype="float32", always_2d=True)
            except soundfile.LibsndfileError:
                return
            if not len(block):
                return
            yield np.nan_to_num(block, nan=0.0, posinf=1.0, neginf=-1.0).clip(-1, 1), sound.samplerate


def _mono(block: Samples, channel: int | None) -> Samples:
    """Take one channel of a block, shape (n, channels), or mix them all; shape (n,)."""
    if channel is None or channel >= block.shape[1]:
        return np.asarray(block.mean(axis=1), np.float32)
    return block[:, channel]


def _refusal(path: Path) -> RecordingError:
    try:
        path.open("rb").close()
    except OSError as error:
        return RecordingError(f"{path} cannot be opened: {error.strerror}.")
    return RecordingError(
        f"{path} is not a recording: Coach reads WAV and FLAC; convert it with `ffmpeg -i {path} reply.wav`."
    )


def _promises_more(path: Path, samples: int) -> bool:
    """Whether the header of `path` promises more than `samples` a channel."""
    info = _soundfile().info(path, verbose=True)
    if info.frames not in _ENDLESS and info.frames > samples:
        return True
    data = _DATA_CHUNK.search(info.extra_info)
    return data is not None and int(data[1]) not in _ENDLESS and int(data[1]) > int(data[2]) + 1


def _soundfile() -> Any:
    import soundfile  # loads libsndfile

    return soundfile
