"""The line mode: what it prints, and what typed lines ask for."""

import io
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from coach import events as ev
from coach.errors import RecordingError
from coach.handle import Setup, Watch
from coach.plain import run, run_to_end
from coach.practice.session import PartnerLine, Session


class DirectSession:
    """A session that carries out nothing: the state machine alone, for the front end to watch."""

    setup = Setup(recognizer="none", recognizer_advice=None, microphone=None, voice=None)

    def __init__(self) -> None:
        self.posted: list[ev.Event] = []
        self._session = Session([PartnerLine("my boss yelled at me")])
        self._watch: Watch = lambda _: None
        self._over = threading.Event()

    def start(self, watch: Watch) -> None:
        self._watch = watch
        self.post(ev.SessionStarted())

    def post(self, event: ev.Event) -> None:
        self.posted.append(event)
        self._watch(event)
        for command in self._session.handle(event):
            self._watch(command)
            if isinstance(command, ev.Finish):
                self._over.set()

    def join(self) -> None:
        assert self._over.wait(5)

    def stop(self) -> None:
        self.post(ev.QuitRequested())


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    reading, writing = os.pipe()
    yield reading, writing
    for descriptor in (reading, writing):
        try:
            os.close(descriptor)
        except OSError:
            continue


def printed(session: DirectSession, requests: int) -> str:
    console = Console(file=io.StringIO(), width=100)
    run(session, console, requests=requests)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_lines_that_come_at_once_are_taken_one_by_one(pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    os.write(writing, b"p\n that sounds hard \n\nr\nn\nq\n")
    session = DirectSession()
    printed(session, reading)
    assert session.posted[1:] == [
        ev.PauseToggled(),
        ev.ReplyTyped("that sounds hard"),
        ev.InterruptRequested(),
        ev.RepeatRequested(),
        ev.NextRequested(),
        ev.QuitRequested(),
    ]


def test_a_last_line_without_its_end_counts(pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    os.write(writing, b"p\nq")
    os.close(writing)
    session = DirectSession()
    printed(session, reading)
    assert session.posted[-1] == ev.QuitRequested()


def test_the_end_of_typing_ends_a_session_that_hears_nothing(pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    os.close(writing)

    class Deaf(DirectSession):
        def start(self, watch: Watch) -> None:
            super().start(watch)
            self.post(ev.CoachFinishedSpeaking("my boss yelled at me", number=1))
            self.post(ev.HearingFailed("No microphone", "plug one in"))

    session = Deaf()
    text = printed(session, reading)
    assert session.posted[-1] == ev.SoundEnded()
    assert "No microphone: plug one in" in text


@pytest.mark.parametrize("typed", ["q\n", ""])
def test_typing_may_come_from_a_file(tmp_path: Path, typed: str) -> None:
    class Deaf(DirectSession):
        def start(self, watch: Watch) -> None:
            super().start(watch)
            self.post(ev.HearingFailed("No microphone", "plug one in"))
            self.post(ev.CoachFinishedSpeaking("my boss yelled at me", number=1))

    file = tmp_path / "typed.txt"
    file.write_text(typed)
    session = Deaf()
    with file.open() as opened:
        printed(session, opened.fileno())
    assert session.posted[-1] in {ev.QuitRequested(), ev.SoundEnded()}


def test_a_session_in_which_nothing_could_be_heard_says_why() -> None:
    class NoModel(DirectSession):
        def start(self, watch: Watch) -> None:
            super().start(watch)
            watch(ev.HearingFailed("No recognizer", "models/x is damaged"))
            self.post(ev.CoachFinishedSpeaking("my boss yelled at me", number=1))

    with pytest.raises(RecordingError, match="models/x is damaged"):
        run_to_end(NoModel(), Console(file=io.StringIO()))


def test_text_from_outside_cannot_command_the_terminal(pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    os.write(writing, b"q\n")

    class Hostile(DirectSession):
        def start(self, watch: Watch) -> None:
            super().start(watch)
            watch(ev.HearingFailed("[bold]x[/bold]", "a\x1b[2Jb\r\nc"))

    text = printed(Hostile(), reading)
    assert "\x1b" not in text
    assert "[bold]x[/bold]: a[2Jb c" in text.replace("  ", " ")
