"""The whole loop on a sound card: a person speaks to the microphone, the coach answers aloud."""

import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.audio.recording import Recording
from coach.hearing import Ear, hear_recording
from coach.speech.recognizer import choose_recognizer
from tests.conftest import ROOT
from tests.device.sound_card import LINE, LOUDSPEAKER, SoundCard, say_as_person

pytestmark = pytest.mark.device

REPLY = "That sounds really hard. Want to talk more about it?"


class Screen:
    """Coach in a terminal of 100 by 40, as tmux sees it."""

    def __init__(self, socket: Path, env: dict[str, str], command: list[str]) -> None:
        self._tmux = ["tmux", "-S", str(socket)]
        self._env = {**env, "TERM": "xterm-256color"}
        self._run("new-session", "-d", "-x", "100", "-y", "40", shlex.join(command))

    def _run(self, *arguments: str) -> str:
        return subprocess.run(
            [*self._tmux, *arguments], env=self._env, capture_output=True, text=True, check=True
        ).stdout

    @property
    def text(self) -> str:
        return self._run("capture-pane", "-p")

    def press(self, key: str) -> None:
        self._run("send-keys", key)

    def wait_for(self, *wanted: str, seconds: float = 40.0) -> str:
        """Wait until all of `wanted` stand on the screen; return what does."""
        deadline = time.monotonic() + seconds
        while True:
            shown = self.text
            if all(one.lower() in " ".join(shown.lower().split()) for one in wanted):
                return shown
            assert time.monotonic() < deadline, f"no {wanted} in:\n{shown}"
            time.sleep(0.1)

    def close(self) -> None:
        subprocess.run([*self._tmux, "kill-server"], env=self._env, capture_output=True, check=False)


@pytest.fixture
def screen(sound_card: SoundCard) -> Iterator[Screen]:
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed: sudo apt install tmux")
    command = [sys.executable, "-m", "coach", "practice", "--partner", "my boss yelled at me"]
    with tempfile.TemporaryDirectory(prefix="coach-tmux-") as folder:  # a socket's path has to be short
        opened = Screen(Path(folder) / "socket", {**sound_card.env, "PYTHONPATH": str(ROOT)}, command)
        yield opened
        opened.close()


def words_in(wav: Path) -> set[str]:
    heard = hear_recording(Recording(wav), Ear(choose_recognizer("pocketsphinx")))
    return set() if heard is None else {word.word for word in heard.words}


def test_a_spoken_reply_is_written_down_judged_and_answered_aloud(
    screen: Screen, sound_card: SoundCard, tmp_path: Path
) -> None:
    said = say_as_person(REPLY, tmp_path / "said.wav", voice="rms", silence_after=1.5)
    screen.wait_for("my boss yelled at me", "Listening")
    with sound_card.record_loudspeaker(tmp_path / "answer.wav") as answer:
        sound_card.say_into_microphone(said)
        screen.wait_for("really hard", "want to talk more about it", "validation", "open question")
        screen.wait_for("Listening")
    assert len(words_in(answer)) >= 5, "the feedback was not heard from the loudspeaker"
    screen.press("q")


def test_the_coach_does_not_hear_itself(screen: Screen, sound_card: SoundCard) -> None:
    """The loudspeaker is fed back to the microphone at full level while the coach speaks."""
    echo = ["pactl", "load-module", "module-loopback", f"source={LOUDSPEAKER}.monitor", f"sink={LINE}"]
    module = subprocess.run(
        [*echo, "latency_msec=100"], env=sound_card.env, capture_output=True, text=True, check=True
    ).stdout.strip()
    try:
        for _ in range(3):
            screen.wait_for("Coach is speaking")
            screen.wait_for("Listening")
            time.sleep(2.0)  # as long as the end of a reply would take to be noticed
            assert "Listening" in screen.text
            screen.press("r")
    finally:
        subprocess.run(["pactl", "unload-module", module], env=sound_card.env, check=True)
    assert "You said" not in screen.text
