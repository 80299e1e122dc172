"""Nothing but the screen draws on the terminal: shown on a real pseudo-terminal."""

import os
import pty
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from coach.terminal import quiet_terminal

REHEARSAL = """
import ctypes, sys
from pathlib import Path
from coach import events as ev
from coach.tui.run import run
from tests.fakes import FakeSession

def make_noise():
    noise = b"ALSA lib pcm.c: unknown PCM\\n"
    ctypes.CDLL(None).write(2, noise, len(noise))

class NoisySession(FakeSession):
    def start(self, watch):
        super().start(watch)
        make_noise()
        self.report(ev.ShowPartner(setting="", line="Are you there?"), ev.Listen(), ev.ListeningStarted())

    def post(self, event):
        make_noise()
        self.report(ev.Finish())

run(NoisySession(), log=Path(sys.argv[1]))
print("after", file=sys.stderr, flush=True)
ctypes.CDLL(None).write(2, b"and C again", 11)
"""


def run_on_a_terminal(program: str, log: Path) -> tuple[str, int]:
    """Run a program on a terminal of its own, pressing q once it listens; return what it drew."""
    controller, terminal = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-c", program, str(log)],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
        env={**os.environ, "COLUMNS": "100", "LINES": "30", "TERM": "xterm-256color"},
    )
    os.close(terminal)
    drawn, pressed = b"", False
    try:
        while chunk := os.read(controller, 65536):
            drawn += chunk
            if not pressed and b"Listening" in drawn:
                pressed = True
                os.write(controller, b"q")
    except OSError:
        pass  # the other end is closed: the program has ended
    os.close(controller)
    return drawn.decode(), child.wait(timeout=30)


def test_what_c_libraries_write_reaches_the_log_and_not_the_screen(tmp_path: Path) -> None:
    drawn, code = run_on_a_terminal(REHEARSAL, tmp_path / "noise.log")
    assert code == 0
    assert "Are you there?" in drawn
    assert "ALSA" not in drawn
    assert (tmp_path / "noise.log").read_text() == "ALSA lib pcm.c: unknown PCM\n" * 2


def test_the_terminal_is_given_back(tmp_path: Path) -> None:
    drawn, _ = run_on_a_terminal(REHEARSAL, tmp_path / "noise.log")
    _, _, after = drawn.rpartition("\x1b[?1049l")
    assert "after" in after
    assert "and C again" in after


def test_a_screen_that_fails_tells_the_terminal_and_not_the_log(tmp_path: Path) -> None:
    failing = REHEARSAL.replace(
        "        make_noise()\n        self.report(ev.Finish())", "        raise ValueError('said')"
    )
    drawn, code = run_on_a_terminal(failing, tmp_path / "noise.log")
    assert code == 1
    assert "ValueError" in drawn
    assert "said" not in (tmp_path / "noise.log").read_text()


def test_descriptor_2_is_restored_after_an_error(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    original = sys.stderr, sys.__stderr__
    log = tmp_path / "noise.log"
    with suppress(RuntimeError), quiet_terminal(log):
        os.write(2, b"noise")
        raise RuntimeError
    os.write(2, b"heard")
    assert (sys.stderr, sys.__stderr__) == original
    assert log.read_text() == "noise"
    assert log.stat().st_mode & 0o077 == 0
    assert capfd.readouterr().err == "heard"


def test_a_log_that_cannot_be_opened_loses_only_the_noise(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with quiet_terminal(tmp_path / "missing" / "noise.log"):
        os.write(2, b"noise")
    assert capfd.readouterr().err == ""


def test_python_still_speaks_to_the_terminal(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with quiet_terminal(tmp_path / "noise.log"):
        print("a traceback", file=sys.stderr)  # noqa: T201  (what a crash would print)
    assert capfd.readouterr().err == "a traceback\n"
    assert (tmp_path / "noise.log").read_text() == ""
