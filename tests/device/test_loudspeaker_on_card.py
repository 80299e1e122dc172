"""The loudspeaker on a sound card: what is played is heard, whole, and falls silent when asked."""

import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import soxr

from coach.speech.voice import Voice
from tests.device.sound_card import RECORDED_RATE, SoundCard, read_recorded

pytestmark = pytest.mark.device

ALIKE = 0.5
"""Likeness of a sentence that was heard: 1 on a quiet machine, less where gaps part what follows."""

PLAY = """
import sys, threading, time
from pathlib import Path
from coach.audio.loudspeaker import Loudspeaker

stop, began = threading.Event(), []
loudspeaker = Loudspeaker()
if seconds := float(sys.argv[2]):
    timer = threading.Timer(seconds, lambda: (began.append(time.monotonic()), stop.set()))
    started = lambda: (began.append(time.monotonic()), timer.start())
else:
    started = lambda: began.append(time.monotonic())
asked = time.monotonic()
complete = loudspeaker.play(Path(sys.argv[1]), stop=stop, started=started)
print(complete, began[0] - asked, began[-1] - began[0])
"""
"""Plays argv[1], sets `stop` argv[2] seconds after the start unless 0; prints whether it played to the end,
the seconds to the first sample, and the seconds from there to the stop."""


def play(card: SoundCard, wav: Path, *, stop_after: float = 0.0) -> tuple[bool, float, float]:
    done = subprocess.run(
        [sys.executable, "-c", PLAY, str(wav), str(stop_after)],
        env=card.env,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    complete, to_start, to_stop = done.stdout.split()
    return complete == "True", float(to_start), float(to_stop)


def write_tone(wav: Path, seconds: float, rate: int = 22_050) -> Path:
    tone = 0.3 * np.sin(2 * np.pi * 220 * np.arange(round(seconds * rate)) / rate)
    with wave.open(str(wav), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((tone * 32767).astype("<i2").tobytes())
    return wav


def heard_seconds(samples: npt.NDArray[np.float32]) -> float:
    loud = np.flatnonzero(np.abs(samples) > 1e-3)
    return (loud[-1] - loud[0]) / RECORDED_RATE if len(loud) else 0.0


def test_a_sentence_of_the_voice_is_heard_whole(sound_card: SoundCard, tmp_path: Path) -> None:
    voice = Voice()
    try:
        sentence = tmp_path / "sentence.wav"
        sentence.write_bytes(voice.synthesize("You named the feeling, and that landed.").read_bytes())
    finally:
        voice.close()
    likenesses = []
    for attempt in range(3):  # the best counts: a busy machine leaves gaps
        with sound_card.record_loudspeaker(tmp_path / f"heard-{attempt}.wav") as heard:
            complete, _, _ = play(sound_card, sentence)
        assert complete
        likenesses.append(likeness(read_recorded(heard), sentence))
        if likenesses[-1] > ALIKE:
            return
    pytest.fail(f"what was heard is not what was said: {likenesses}")


def likeness(recorded: npt.NDArray[np.float32], sentence: Path) -> float:
    """From 0 to 1: how far the one sound is found in the other, wherever it begins."""
    with wave.open(str(sentence), "rb") as file:
        said = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / 32768
        said = soxr.resample(said, file.getframerate(), RECORDED_RATE)
    size = len(recorded) + len(said)
    match = np.fft.irfft(np.fft.rfft(recorded, size) * np.conj(np.fft.rfft(said, size)))
    return float(match.max() / (np.linalg.norm(recorded) * np.linalg.norm(said)))


def test_a_stopped_sound_falls_silent_at_once_and_does_not_click(
    sound_card: SoundCard, tmp_path: Path
) -> None:
    tone = write_tone(tmp_path / "tone.wav", 3.0)
    steepest = 0.3 * 2 * np.pi * 220 / RECORDED_RATE
    seen = []
    for attempt in range(6):  # one good one is enough: a busy machine delays and leaves gaps
        with sound_card.record_loudspeaker(tmp_path / f"heard-{attempt}.wav") as heard:
            complete, _, to_stop = play(sound_card, tone, stop_after=0.5)
        assert not complete
        recorded = read_recorded(heard)
        delay = heard_seconds(recorded) - to_stop
        last = np.flatnonzero(np.abs(recorded) > 1e-3)[-1]
        ending = recorded[last - RECORDED_RATE // 50 : last + RECORDED_RATE // 50]
        step = float(np.abs(np.diff(ending)).max())
        seen.append((delay, step))
        if -0.1 < delay < 0.25 and step < 1.2 * steepest:
            return
    pytest.fail(f"seconds to silence, and the steepest step of the end: {seen}")


def test_a_device_that_is_not_there_is_named(sound_card: SoundCard) -> None:
    program = (
        "from coach.audio.loudspeaker import Loudspeaker\n"
        "from coach.errors import LoudspeakerError\n"
        "try: Loudspeaker('nowhere')\n"
        "except LoudspeakerError as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env=sound_card.env, capture_output=True, text=True, check=True
    )
    assert "nowhere" in done.stdout
    assert "coach devices" in done.stdout
    assert len(done.stdout.splitlines()) == 1
