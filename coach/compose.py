"""Puts a session together from what this machine has, for every front end that listens."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from coach import events as ev
from coach.handle import Setup, Watch
from coach.practice.session import Session

if TYPE_CHECKING:  # the engine and numpy take a while, and a screen is drawn before
    from coach.audio.frames import SoundSource
    from coach.engine import Engine


@dataclass(frozen=True, slots=True)
class Options:
    """What a person chose on the command line."""

    recognizer: Literal["auto", "vosk", "pocketsphinx"] = "auto"
    model: Path | None = None
    """A Vosk model's folder; None means: the first found."""
    microphone: str | None = None
    """Part of its name; None means the system's default."""
    loudspeaker: str | None = None
    """Part of its name; None means the system's default."""
    mute: bool = False
    """The coach's words are shown and not said."""


class Rehearsal:
    """A session that is put together on its own thread, so that a screen can be drawn meanwhile.

    A `SessionHandle`.
    """

    def __init__(self, setup: Setup, build: Callable[[], "Engine"]) -> None:
        """Nothing starts here."""
        self.setup = setup
        """What is known before the session has started."""
        self._build = build
        self._engine: Engine | None = None
        self._early: list[ev.Event] = []
        """What was posted before there was an engine."""
        self._turn = threading.Lock()
        self._fault: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="coach-session")
        self._watch: Watch = lambda _: None

    def start(self, watch: Watch) -> None:
        """Start the session and report to `watch`."""
        self._watch = watch
        self._thread.start()

    def post(self, event: ev.Event) -> None:
        """Hand the engine an event; safe from any thread, returns at once."""
        with self._turn:
            if self._engine is None:
                self._early.append(event)
            else:
                self._engine.post(event)

    def join(self) -> None:
        """Wait for the end of the session; raise the fault that ended it, if one did."""
        self._thread.join()
        if self._fault is not None:
            raise self._fault

    def stop(self) -> None:
        """End the session and wait for its threads; nothing happens when it was not started."""
        self.post(ev.QuitRequested())
        if self._thread.ident is not None:
            self.join()

    def _run(self) -> None:
        try:
            engine = self._build()
            engine.start(self._watch)
            with self._turn:
                self._engine = engine
                for event in self._early:
                    engine.post(event)
            engine.join()
        except BaseException as fault:  # noqa: BLE001  (handed to whoever joins)
            self._fault = fault
            self._watch(ev.Finish())


def open_microphone(options: Options) -> "SoundSource":
    """Open the chosen microphone; raise SoundError when there is none."""
    from coach.audio.microphone import Microphone

    return Microphone(options.microphone)


def compose(
    session: Session, options: Options, *, source: Callable[[], "SoundSource"] | None, live: bool
) -> Rehearsal:
    """A session that hears `source`, or only what is opened or typed where that is None.

    Unless it is `live`, a reply waits until it can be measured how it was said. A microphone or loudspeaker
    that is missing is reported in the session, by the thread that needed it.
    """

    def build() -> "Engine":
        from coach.audio.loudspeaker import Loudspeaker
        from coach.engine import Engine
        from coach.hearing import Ear
        from coach.speech.recognizer import choose_recognizer
        from coach.speech.voice import Voice

        return Engine(
            session,
            open_source=source,
            make_ear=lambda: Ear(choose_recognizer(options.recognizer, options.model)),
            voice=None if options.mute else Voice(),
            open_loudspeaker=None if options.mute else lambda: Loudspeaker(options.loudspeaker),
            wait_for_delivery=not live,
        )

    setup = Setup(
        recognizer=None,
        recognizer_advice=None,
        microphone=(options.microphone or "default") if live else None,
        voice=None if options.mute else "espeak-ng",
    )
    return Rehearsal(setup, build)
