"""A rehearsal line by line: for screen readers, pipes, and the demo."""

import os
import selectors
import threading
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.text import Text

from coach import events as ev
from coach.errors import RecordingError
from coach.handle import SessionHandle
from coach.report import print_judged, print_partner
from coach.shown import plain

HELP = (
    "Speak your reply, or type it and press Enter. "
    "Enter alone: be quiet, or I am done. r: say it again. n: next line. p: pause. q: quit."
)

_PATIENCE = 0.1
"""Seconds between looks at whether the session has ended."""

_REQUESTS: dict[str, ev.Event] = {
    "": ev.InterruptRequested(),
    "r": ev.RepeatRequested(),
    "n": ev.NextRequested(),
    "p": ev.PauseToggled(),
    "q": ev.QuitRequested(),
}


class PlainFrontEnd:
    """Prints what happens, a line at a time."""

    def __init__(self, console: Console, *, typing: bool) -> None:
        """`typing` tells whether replies can be typed."""
        self._console = console
        self._typing = typing
        self.finished = threading.Event()
        """Set when the session is over."""
        self.deaf = False
        """Whether nothing can be heard any more, so that replies have to be typed."""
        self.failure = ""
        """Why a reply could not be heard, or heard clearly; empty when none failed."""
        self.judged = 0
        """How many replies were judged."""
        self._paused = False
        self._partner = ""
        """The line being answered, which is shown before it is said."""

    def watch(self, happened: ev.Event | ev.Command) -> None:
        """Print one event or command of the engine."""
        out = self._console.print
        match happened:
            case ev.ShowPartner(setting, line):
                out()
                self._partner = line
                print_partner(self._console, setting, line)
            case ev.HearingReady(recognizer, advice, _):
                out(Text(plain(f"Heard by {recognizer}. {advice or ''}"), style="dim"))
            case ev.ListeningStarted():
                out(Text("Listening. Speak when you are ready.", style="dim"))
            case ev.UtteranceAssessed(assessment, feedback):
                self.judged += 1
                print_judged(self._console, assessment, feedback)
            case ev.CoachStartedSpeaking(text) if text != self._partner:
                out(Text.assemble(("Aloud     ", "magenta"), plain(text)))
            case ev.HearingFailed(title, message):
                self.deaf = True
                self.failure = message
                out(Text.assemble((f"{plain(title)}: ", "bold yellow"), plain(message)))
                if self._typing:
                    out(Text("Type a reply and press Enter instead.", style="dim"))
            case ev.RecordingFailed(title, message, _):
                self.failure = message
                out(Text.assemble((f"{plain(title)}: ", "bold yellow"), plain(message)))
            case ev.VoiceFailed(message):
                out(Text.assemble(("No voice: ", "bold yellow"), plain(message)))
            case ev.SoundDropped(seconds):
                out(Text(f"{seconds:.1f} s of sound were lost: the machine is busy.", style="yellow"))
            case ev.ShowNotice(text):
                self.failure = text
                out(Text(plain(text), style="yellow"))
            case ev.PauseToggled():
                self._paused = not self._paused
                out(Text("Paused. p goes on." if self._paused else "Going on.", style="dim"))
            case ev.Finish():
                self.finished.set()
            case _:
                pass


def run_to_end(session: SessionHandle, console: Console, *, recording: Path | None = None) -> None:
    """Run a session that ends by itself: over a source that ends, or over a `recording` opened for it.

    Raises:
        RecordingError: nothing was judged.
    """
    front_end = PlainFrontEnd(console, typing=False)

    def watch(happened: ev.Event | ev.Command) -> None:
        front_end.watch(happened)
        if isinstance(happened, ev.HearingFailed):
            session.post(ev.SoundEnded())
        elif isinstance(happened, ev.Listen) and recording is not None:
            session.post(ev.SoundEnded() if opened.is_set() else ev.RecordingOpened(recording))
            opened.set()

    opened = threading.Event()
    session.start(watch)
    try:
        session.join()
    except BaseException:
        session.stop()
        raise
    if not front_end.judged:
        raise RecordingError(front_end.failure or "No reply was heard.")


def run(session: SessionHandle, console: Console, *, requests: int = 0) -> None:
    """Run a session with requests and typed replies from the descriptor `requests`, until `q` or its end.

    The end of the requests ends the session too where nothing can be heard.
    """
    front_end = PlainFrontEnd(console, typing=True)
    console.print(Text(HELP, style="dim"))
    session.start(front_end.watch)
    try:
        for line in _lines(requests, until=front_end.finished):
            session.post(_REQUESTS.get(line, ev.ReplyTyped(line)))
        while not front_end.finished.wait(_PATIENCE):
            if front_end.deaf:
                session.post(ev.SoundEnded())
                break
        session.join()
    except BaseException:
        session.stop()
        raise


def _lines(descriptor: int, *, until: threading.Event) -> Iterator[str]:
    """Yield what is typed, line by line, until the end of it or of the session."""
    typed = b""
    with selectors.SelectSelector() as ready:  # the others take no plain files
        ready.register(descriptor, selectors.EVENT_READ)
        while not until.is_set():
            if not ready.select(timeout=_PATIENCE):
                continue
            piece = os.read(descriptor, 4096)
            *whole, typed = (typed + piece).split(b"\n")
            if not piece and typed:
                whole, typed = [typed], b""
            for line in whole:
                yield line.decode(errors="replace").strip()
            if not piece:
                return
