"""The voice and its child process: real sound, and a child that may die, hang or lack its library."""

import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from coach.errors import VoiceError
from coach.speech import voice_process
from coach.speech.voice import KEPT_SENTENCES, Voice, VoiceSettings

KILLED = """
import os, signal
from coach.speech.voice import Voice
voice = Voice()
voice.synthesize("One.")
for process in (voice._child._process.pid, os.getpid()):
    os.kill(process, signal.SIGKILL)
"""
"""Says something, then is killed together with its voice."""

PROGRAM = Path(voice_process.__file__)


@pytest.fixture
def voice() -> Iterator[Voice]:
    voice = Voice()
    yield voice
    voice.close()


def seconds_of(wav: Path) -> float:
    with wave.open(str(wav), "rb") as file:
        return file.getnframes() / file.getframerate()


def child_of(voice: Voice) -> int:
    assert voice._child is not None
    return voice._child._process.pid


def test_a_sentence_becomes_sound_of_its_length(voice: Voice) -> None:
    with wave.open(str(voice.synthesize("You named the feeling, and that landed.")), "rb") as file:
        sound = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        seconds = len(sound) / file.getframerate()
    assert 1.5 < seconds < 4.0
    assert np.abs(sound).max() > 3000


def test_the_name_tells_library_and_voice(voice: Voice) -> None:
    assert voice.name == f"espeak-ng {VoiceSettings().voice}"


def test_no_sentence_is_cut_short(voice: Voice) -> None:
    lengths = []
    for _ in range(60):
        lengths.append(seconds_of(voice.synthesize("That landed. Try that.")))
        voice._sounds.clear()
    assert min(lengths) > 0.9 * max(lengths) > 1.5


def test_the_same_sentence_is_made_once(voice: Voice) -> None:
    assert voice.synthesize("Try that again.") == voice.synthesize("Try that again.")
    assert voice.synthesize("Try that again.") != voice.synthesize("Try it again.")


def test_old_sentences_are_let_go(voice: Voice) -> None:
    made = [voice.synthesize(f"Sentence {number}.") for number in range(KEPT_SENTENCES + 3)]
    assert [sound.exists() for sound in made] == [False] * 3 + [True] * KEPT_SENTENCES


def test_a_faster_voice_takes_less_time(voice: Voice) -> None:
    faster = Voice(VoiceSettings(rate=250))
    text = "It makes sense that you are tired after a day like that."
    assert seconds_of(faster.synthesize(text)) < 0.8 * seconds_of(voice.synthesize(text))
    faster.close()


@pytest.mark.parametrize("text", ["", "...", "\U0001f642", "<b></b>"])
def test_what_cannot_be_said_is_a_moment_of_silence(voice: Voice, text: str) -> None:
    assert seconds_of(voice.synthesize(text)) < 0.1


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("harm", [signal.SIGKILL, signal.SIGSTOP])
def test_a_child_that_died_or_hangs_is_replaced_within_a_second(voice: Voice, harm: signal.Signals) -> None:
    taken = []
    for number in range(3):  # the machine may be busy once
        voice.synthesize(f"Sentence {number}.")
        harmed = child_of(voice)
        os.kill(harmed, harm)
        began = time.monotonic()
        said = voice.synthesize(
            f"You named what she felt, and asked before offering a fix. Next time: wait {number}."
        )
        taken.append(time.monotonic() - began)
        assert seconds_of(said) > 2.0
        assert child_of(voice) != harmed
    assert min(taken) < 1.0


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_what_was_left_when_app_and_child_were_killed_is_removed_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    killed = subprocess.run(
        [sys.executable, "-c", KILLED], env={**os.environ, "TMPDIR": str(tmp_path)}, check=False, timeout=30
    )
    assert killed.returncode == -signal.SIGKILL
    (left,) = tmp_path.iterdir()
    assert list(left.glob("*.wav"))
    voice = Voice()
    assert not left.exists()
    voice.close()
    assert not list(tmp_path.iterdir())


def test_sounds_are_private_and_removed(voice: Voice) -> None:
    sound = voice.synthesize("Try that again.")
    assert stat.S_IMODE(sound.parent.stat().st_mode) == 0o700
    voice.close()
    voice.close()
    assert not sound.parent.exists()
    with pytest.raises(VoiceError, match="closed"):
        voice.synthesize("Try that again.")


def test_a_voice_that_is_not_there_is_named_in_one_line() -> None:
    voice = Voice(VoiceSettings(voice="nobody"))
    with pytest.raises(VoiceError, match=r"nobody.*coach check") as raised:
        voice.synthesize("Try that again.")
    assert "\n" not in str(raised.value)
    voice.close()


def test_sounds_are_removed_when_the_app_is_killed(tmp_path: Path) -> None:
    folder = tmp_path / "sounds"
    folder.mkdir()
    request = f'{{"text": "One.", "path": "{folder / "1.wav"}", "rate": 165, "voice": null}}\n'
    done = subprocess.run(
        [sys.executable, str(PROGRAM), str(folder)],
        input=request,
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    assert done.stdout.splitlines() == ['{"name": "espeak-ng"}', '{"ok": true}']
    assert not folder.exists()


def test_a_missing_library_is_named_with_the_way_out(tmp_path: Path) -> None:
    """A Python that sees neither pyttsx3 nor the library's wheel."""
    done = subprocess.run(
        [sys.executable, "-S", str(PROGRAM), str(tmp_path)],
        input="",
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    assert '"error"' in done.stdout
    assert "apt install" in done.stdout
    assert tmp_path.exists()
