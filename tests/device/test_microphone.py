"""The microphone on a sound card: what is said into it arrives, until it is closed or pulled out."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.device.sound_card import SoundCard, missing, open_sound_card, say_as_person

pytestmark = pytest.mark.device

LISTEN = """
import sys, threading
from coach.audio.levels import level_db
from coach.audio.microphone import Microphone
from coach.errors import MicrophoneError

microphone = Microphone(sys.argv[1] or None)
threading.Thread(target=lambda: (sys.stdin.readline(), microphone.close(), microphone.close())).start()
print("listening", flush=True)
loud = 0
try:
    for frame in microphone.frames():
        if level_db(frame.samples) > -50:
            loud += 1
            if loud == 1:
                print("hearing", flush=True)
    print("closed", loud * 0.032, microphone.dropped_seconds, flush=True)
except MicrophoneError as error:
    print("error", error, flush=True)
"""
"""Listens to the microphone called argv[1] until a line comes in; prints the seconds of loud sound."""


def listen(card: SoundCard, name: str = "") -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", LISTEN, name],
        env=card.env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "listening\n"
    return process


@pytest.mark.parametrize("name", ["", "PULSE"])
def test_what_is_said_arrives_and_nothing_is_lost(sound_card: SoundCard, tmp_path: Path, name: str) -> None:
    wav = say_as_person("that sounds really hard", tmp_path / "said.wav", silence_after=0.5)
    process = listen(sound_card, name)
    sound_card.say_into_microphone(wav)
    said, _ = process.communicate("enough\n", timeout=30)
    word, loud, dropped = said.splitlines()[-1].split()
    assert word == "closed"
    assert 0.8 < float(loud) < 2.0
    assert float(dropped) == 0.0


def test_a_microphone_that_is_pulled_out_is_said_in_one_line(tmp_path: Path) -> None:
    if reason := missing():
        pytest.skip(reason)
    wav = say_as_person("that sounds really hard", tmp_path / "said.wav")
    with tempfile.TemporaryDirectory(prefix="coach-card-") as folder:
        with open_sound_card(Path(folder)) as card:
            process = listen(card)
            card.say_into_microphone(wav)
        assert process.stdout is not None
        assert process.stdout.readline() == "hearing\n"
        line = process.stdout.readline()
        process.communicate("enough\n", timeout=30)
    assert line.startswith("error The microphone")
    assert "unplugged" in line
    assert "`coach devices`" in line


def test_a_name_nobody_has_is_said(sound_card: SoundCard) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from coach.audio.microphone import Microphone; Microphone('Trumpet')"],
        env=sound_card.env,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert "MicrophoneError: No microphone is called \u201cTrumpet\u201d" in done.stderr
