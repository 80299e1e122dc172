"""Recordings as people really have them: most of these files are broken in one way."""

import os
from pathlib import Path

import numpy as np
import pytest
import soundfile

from coach.audio.frames import FRAME_SAMPLES, FRAME_SECONDS, SAMPLE_RATE, Samples
from coach.audio.recording import TRAILING_SILENCE, Recording
from coach.errors import RecordingError
from tests.strategies import tone, write_wav


def heard(path: Path) -> Samples:
    """The sound of a recording, without the silence added at its end."""
    recording = Recording(path)
    frames = list(recording.frames())
    assert [frame.start for frame in frames] == pytest.approx([n * FRAME_SECONDS for n in range(len(frames))])
    sound = np.concatenate([frame.samples for frame in frames])
    end = round(recording.seconds * SAMPLE_RATE)
    assert not sound[end + FRAME_SAMPLES :].any()
    assert sound.size >= end + TRAILING_SILENCE * SAMPLE_RATE
    return sound[:end]


@pytest.mark.parametrize(
    ("suffix", "subtype", "rate", "channels"),
    [
        (".wav", "PCM_16", 16_000, 1),
        (".wav", "PCM_U8", 8_000, 1),
        (".wav", "PCM_24", 44_100, 2),
        (".wav", "PCM_32", 48_000, 1),
        (".wav", "FLOAT", 96_000, 2),
        (".wav", "ULAW", 8_000, 1),
        (".flac", "PCM_16", 22_050, 2),
        (".flac", "PCM_24", 48_000, 6),
        (".flac", "PCM_S8", 11_025, 1),
    ],
)
def test_whatever_the_format_the_sound_is_the_same(
    tmp_path: Path, suffix: str, subtype: str, rate: int, channels: int
) -> None:
    path = (tmp_path / "reply").with_suffix(suffix)
    sound = tone(1.0, rate=rate, level=0.4)
    soundfile.write(path, np.repeat(sound[:, None], channels, axis=1), rate, subtype=subtype)
    middle = heard(path)[4_000:12_000]
    assert np.abs(middle).max() == pytest.approx(0.4, abs=0.03)
    assert Recording(path).seconds == pytest.approx(1.0, abs=0.001)
    assert Recording(path).notes == ()


def test_stereo_is_mixed(tmp_path: Path) -> None:
    path = tmp_path / "one-side.wav"
    sound = tone(0.5)
    soundfile.write(path, np.stack([sound, np.zeros_like(sound)], axis=1), SAMPLE_RATE)
    np.testing.assert_allclose(heard(path), sound / 2, atol=0.001)


@pytest.mark.parametrize("shares", [(1.0, -1.0), (0.9, -1.0), (-1.0, 0.9)])
def test_of_channels_that_cancel_each_other_the_louder_one_is_heard(
    tmp_path: Path, shares: tuple[float, float]
) -> None:
    path = tmp_path / "antiphase.wav"
    soundfile.write(path, tone(0.5)[:, None] * np.array(shares), SAMPLE_RATE)
    np.testing.assert_allclose(np.abs(heard(path)), np.abs(tone(0.5)), atol=0.001)


def test_one_voice_in_eight_channels_is_heard(tmp_path: Path) -> None:
    path = tmp_path / "interface.wav"
    channels = np.zeros((SAMPLE_RATE, 8), np.float32)
    channels[:, 5] = tone(1.0)
    soundfile.write(path, channels, SAMPLE_RATE)
    np.testing.assert_allclose(heard(path), tone(1.0), atol=0.001)


def test_a_single_sample_is_a_recording(tmp_path: Path) -> None:
    path = tmp_path / "click.wav"
    write_wav(path, np.full(1, 0.5, np.float32))
    assert heard(path) == pytest.approx([0.5], abs=0.001)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "reply.wav"
    sound = tone(0.7)
    write_wav(path, sound)
    np.testing.assert_allclose(heard(path), sound, atol=1 / 32_768)
    assert Recording(path).name == "reply.wav"


@pytest.mark.parametrize("subtype", ["FLOAT", "DOUBLE"])
def test_sound_beyond_full_scale_is_heard_clipped(tmp_path: Path, subtype: str) -> None:
    path = tmp_path / "loud.wav"
    soundfile.write(path, tone(0.5, level=3.0), SAMPLE_RATE, subtype=subtype)
    assert np.abs(heard(path)).max() == 1.0
    assert [note for note in Recording(path).notes if "clipped" in note]


def test_a_clipped_recording_is_heard_with_a_note(tmp_path: Path) -> None:
    path = tmp_path / "loud.wav"
    write_wav(path, tone(0.5, level=3.0))
    assert [note for note in Recording(path).notes if "clipped" in note]


@pytest.mark.parametrize("subtype", ["FLOAT", "DOUBLE"])
def test_numbers_that_are_none_are_silence(tmp_path: Path, subtype: str) -> None:
    path = tmp_path / "float.wav"
    sound = np.repeat(tone(0.5)[:, None], 2, axis=1)
    sound[100:200, 0] = np.nan
    sound[300] = np.inf
    soundfile.write(path, sound, SAMPLE_RATE, subtype=subtype)
    read = heard(path)
    assert np.isfinite(read).all()
    np.testing.assert_allclose(read[100:200], tone(0.5)[100:200] / 2, atol=0.001)


def test_nothing_but_numbers_that_are_none_is_no_sound(tmp_path: Path) -> None:
    path = tmp_path / "float.wav"
    soundfile.write(path, np.full(SAMPLE_RATE, np.nan, np.float32), SAMPLE_RATE, subtype="FLOAT")
    assert "holds no sound" in refusal(path)


@pytest.mark.parametrize("suffix", [".wav", ".flac"])
def test_a_recording_cut_short_is_heard_as_far_as_it_goes(tmp_path: Path, suffix: str) -> None:
    path = (tmp_path / "reply").with_suffix(suffix)
    noise = np.random.default_rng(0).normal(0, 0.1, 10 * SAMPLE_RATE).astype(np.float32)
    soundfile.write(path, noise, SAMPLE_RATE)
    os.truncate(path, path.stat().st_size * 2 // 3)
    recording = Recording(path)
    assert [note for note in recording.notes if "cut short" in note]
    assert recording.seconds == pytest.approx(6.6, abs=1.2)
    assert heard(path).size == pytest.approx(recording.seconds * SAMPLE_RATE, abs=1)


def test_a_length_nobody_knew_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "piped.wav"
    write_wav(path, tone(0.5))
    data = bytearray(path.read_bytes())
    data[4:8] = data[40:44] = b"\xff\xff\xff\xff"
    path.write_bytes(data)
    assert Recording(path).notes == ()
    assert Recording(path).seconds == pytest.approx(0.5)


def refusal(path: Path) -> str:
    with pytest.raises(RecordingError) as refused:
        Recording(path)
    message = str(refused.value)
    assert "\n" not in message
    assert path.name in message
    return message


def test_no_such_file(tmp_path: Path) -> None:
    assert "no such file" in refusal(tmp_path / "none.wav")


def test_a_name_that_cannot_be(tmp_path: Path) -> None:
    assert "cannot be opened" in refusal(tmp_path / ("long" * 100 + ".wav"))


def test_a_folder(tmp_path: Path) -> None:
    assert "folder" in refusal(tmp_path)


def test_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "empty.wav"
    path.touch()
    assert "is empty" in refusal(path)


def test_a_header_without_samples(tmp_path: Path) -> None:
    path = tmp_path / "header.wav"
    write_wav(path, np.zeros(0, np.float32))
    assert "without a single sample" in refusal(path)


@pytest.mark.parametrize(
    "content", [b"this is what i said", b"RIFF", b"RIFF\x00\x00\x00\x00WAVE", bytes(5_000)]
)
def test_no_recording(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "reply.txt"
    path.write_bytes(content)
    message = refusal(path)
    assert "is not a recording" in message
    assert "ffmpeg -i" in message


@pytest.mark.parametrize("level", [0.0, 0.0005])
def test_no_sound(tmp_path: Path, level: float) -> None:
    path = tmp_path / "silent.wav"
    write_wav(path, tone(2.0, level=level))
    assert "holds no sound" in refusal(path)


def test_ten_minutes(tmp_path: Path) -> None:
    path = tmp_path / "talk.wav"
    soundfile.write(path, tone(600.0, rate=8_000), 8_000, subtype="PCM_U8")
    message = refusal(path)
    assert "is 10:00 long" in message
    assert "ffmpeg -ss 0 -t 60 -i" in message


def test_a_rate_that_cannot_be(tmp_path: Path) -> None:
    path = tmp_path / "slow.wav"
    soundfile.write(path, tone(1.0), 100)
    assert "100 samples a second" in refusal(path)


def test_a_pipe(tmp_path: Path) -> None:
    path = tmp_path / "pipe.wav"
    os.mkfifo(path)
    assert "not a plain file" in refusal(path)


def test_a_device_file() -> None:
    assert "not a plain file" in refusal(Path("/dev/zero"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "secret.wav"
    write_wav(path, tone(0.5))
    path.chmod(0)
    assert "Permission denied" in refusal(path)


def test_closing_ends_the_frames(tmp_path: Path) -> None:
    path = tmp_path / "reply.wav"
    write_wav(path, tone(1.0))
    recording = Recording(path)
    frames = recording.frames()
    next(frames)
    recording.close()
    recording.close()
    assert list(frames) == []
    assert recording.is_closed


def test_closing_ends_the_silence_at_the_end_too(tmp_path: Path) -> None:
    path = tmp_path / "reply.wav"
    write_wav(path, tone(0.2))
    recording = Recording(path)
    assert not recording.is_closed
    frames = recording.frames()
    while next(frames).start < recording.seconds:
        pass
    recording.close()
    assert list(frames) == []


def test_draining_loses_nothing_of_a_recording(tmp_path: Path) -> None:
    path = tmp_path / "reply.wav"
    write_wav(path, tone(1.0))
    recording = Recording(path)
    before = next(frames := recording.frames())
    recording.drain()
    assert next(frames).start == pytest.approx(before.start + FRAME_SECONDS)


def test_a_file_that_goes_away_is_said(tmp_path: Path) -> None:
    path = tmp_path / "reply.wav"
    write_wav(path, tone(1.0))
    recording = Recording(path)
    path.unlink()
    with pytest.raises(RecordingError, match="No such file"):
        list(recording.frames())
