"""The microphone on a sound card: what is said into it arrives, until it is closed or pulled out."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from coach.audio.frames import FRAME_SECONDS
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


DRAIN = """
import time
from coach.audio.microphone import Microphone

microphone = Microphone()
frames = microphone.frames()
first = next(frames)
began = time.monotonic()
time.sleep(2.0)
waiting = microphone._blocks.qsize()
microphone.drain()
next_one, after = next(frames), next(frames)
passed = time.monotonic() - began
print(waiting, next_one.start, after.start - next_one.start, passed, microphone.dropped_seconds)
microphone.close()
"""
"""Leaves the microphone alone for two seconds, drops what it captured, and listens on."""

BUSY = """
import math, time
from coach.audio.microphone import Microphone

microphone = Microphone()
began = time.monotonic()
for frame in microphone.frames():
    sum(math.sqrt(n) for n in range(50_000))
    if frame.start > 4.0:
        break
print(microphone._stream.latency, microphone.dropped_seconds)
microphone.close()
"""
"""Listens for four seconds while it holds Python's lock most of the time."""

CLOSE_WHILE_STARTING = """
import threading
from coach.audio.microphone import Microphone

for _ in range(10):
    microphone = Microphone()
    closing = threading.Thread(target=microphone.close)
    closing.start()
    list(microphone.frames())
    closing.join()
    assert list(microphone.frames()) == []
print("closed")
"""


def told_by(program: str, card: SoundCard) -> str:
    return subprocess.run(
        [sys.executable, "-c", program],
        env=card.env,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
        timeout=60,
    ).stdout


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


def test_what_waits_can_be_dropped_and_the_clock_goes_on(sound_card: SoundCard) -> None:
    waiting, start, step, passed, lost = map(float, told_by(DRAIN, sound_card).split())
    assert waiting > 50  # blocks, 30 ms each
    assert 1.7 < start <= passed + 0.1
    assert step == pytest.approx(FRAME_SECONDS)
    assert lost == 0.0


def test_a_busy_program_loses_nothing_of_what_comes_without_delay(sound_card: SoundCard) -> None:
    latency, lost = map(float, told_by(BUSY, sound_card).split())
    assert 0 < latency <= 0.2
    assert lost == 0.0


def test_a_microphone_may_be_closed_while_it_starts(sound_card: SoundCard) -> None:
    assert told_by(CLOSE_WHILE_STARTING, sound_card) == "closed\n"


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
