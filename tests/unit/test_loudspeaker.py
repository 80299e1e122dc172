"""A sound on its way out, without a device. With one: device/test_loudspeaker.py."""

import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.audio.frames import Samples
from coach.audio.loudspeaker import FADE_SECONDS, TAIL_SECONDS, Playback, read_wav
from coach.errors import LoudspeakerError
from tests.strategies import write_wav

RATE = 48_000
BLOCK = 480
TAIL = round(TAIL_SECONDS * RATE)
FADE = round(FADE_SECONDS * RATE)

block_sizes = st.integers(min_value=100, max_value=5000)


def played(playback: Playback, block: int = BLOCK) -> Samples:
    """Everything that a device with blocks of this size and two channels would get; its left channel."""
    blocks, more = [], True
    while more:
        out = np.full((block, 2), np.nan, np.float32)
        more = playback.fill(out)
        assert np.array_equal(out[:, 0], out[:, 1])
        blocks.append(out[:, 0])
    return np.concatenate(blocks)


@given(length=st.integers(min_value=0, max_value=20_000), block=block_sizes)
def test_every_sample_goes_out_once_then_silence(length: int, block: int) -> None:
    sound = np.linspace(0.1, 0.9, length, dtype=np.float32)
    playback = Playback(sound, rate=RATE, stopped=lambda: False)
    out = played(playback, block)
    assert np.array_equal(out[:length], sound)
    assert not out[length:].any()
    assert len(out) >= length + TAIL
    assert playback.begun.is_set()
    assert playback.handed_over
    assert not playback.interrupted


@given(blocks_before=st.integers(min_value=1, max_value=9), block=block_sizes)
def test_a_stop_fades_and_never_steps(blocks_before: int, block: int) -> None:
    asked = iter(range(10_000))
    sound = np.ones(blocks_before * block + 2 * FADE, np.float32)
    playback = Playback(sound, rate=RATE, stopped=lambda: next(asked) >= blocks_before)
    out = played(playback, block)
    assert playback.interrupted
    assert blocks_before * block < np.count_nonzero(out) < blocks_before * block + FADE
    assert np.abs(np.diff(out)).max() < 1.01 / (FADE - 1)


def test_a_stop_after_the_last_sample_interrupts_nothing() -> None:
    stop = threading.Event()
    playback = Playback(np.ones(BLOCK, np.float32), rate=RATE, stopped=stop.is_set)
    assert playback.fill(np.zeros((BLOCK, 1), np.float32))
    stop.set()
    played(playback)
    assert not playback.interrupted


@pytest.mark.parametrize("rate", [16_000, 44_100, 48_000])
def test_a_wav_is_read_at_the_rate_of_the_device(tmp_path: Path, rate: int) -> None:
    path = tmp_path / "tone.wav"
    write_wav(path, 0.5 * np.sin(2 * np.pi * 440 / 16_000 * np.arange(16_000), dtype=np.float32))
    samples = read_wav(path, rate=rate)
    assert abs(len(samples) - rate) <= 1
    assert samples.dtype == np.float32
    loudest = np.argmax(np.abs(np.fft.rfft(samples))) * rate / len(samples)
    assert loudest == pytest.approx(440, abs=1.5)
    assert np.sqrt(np.mean(samples**2)) == pytest.approx(0.5 / np.sqrt(2), rel=0.02)


@pytest.mark.parametrize("content", [b"", b"RIFF", b"no sound at all, " * 9])
def test_a_file_that_is_no_wav_is_named_in_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.wav"
    path.write_bytes(content)
    with pytest.raises(LoudspeakerError, match=r"broken\.wav") as raised:
        read_wav(path, rate=RATE)
    assert "\n" not in str(raised.value)


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(LoudspeakerError, match=r"gone\.wav"):
        read_wav(tmp_path / "gone.wav", rate=RATE)
