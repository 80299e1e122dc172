"""Puts a session together from what this machine has, for every front end that listens."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from coach import events as ev
from coach.audio.frames import SoundSource
from coach.engine import Engine
from coach.handle import Setup, Watch
from coach.hearing import Ear
from coach.practice.session import Session
from coach.speech.recognizer import RecognizerKind, choose_recognizer, recognizer_info


@dataclass(frozen=True, slots=True)
class Options:
    """What a person chose on the command line."""

    recognizer: RecognizerKind = "auto"
    model: Path | None = None
    """A Vosk model's folder; None means: the first found."""
    microphone: str | None = None
    """Part of its name; None means the system's default."""
    loudspeaker: str | None = None
    """Part of its name; None means the system's default."""
    mute: bool = False
    """The coach's words are shown and not said."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A session and what it uses; a `SessionHandle`."""

    setup: Setup
    engine: Engine

    def start(self, watch: Watch) -> None:
        """Start the engine's threads and report to `watch`."""
        self.engine.start(watch)

    def post(self, event: ev.Event) -> None:
        """Hand the engine an event; safe from any thread, returns at once."""
        self.engine.post(event)

    def join(self) -> None:
        """Wait for the end of the session."""
        self.engine.join()

    def stop(self) -> None:
        """End the session and wait for its threads."""
        self.engine.stop()


def compose(
    session: Session,
    options: Options,
    *,
    source: Callable[[], SoundSource] | None = None,
    source_name: str | None = None,
) -> Rehearsal:
    """A session over the microphone, or over `source`, that can be started.

    A microphone or loudspeaker that is missing is reported in the session, by the thread that needed it.
    """
    from coach.audio.loudspeaker import Loudspeaker
    from coach.audio.microphone import Microphone
    from coach.speech.voice import Voice

    info = recognizer_info(options.recognizer, options.model)
    voice = None if options.mute else Voice()
    return Rehearsal(
        setup=Setup(
            recognizer=info.name,
            recognizer_advice=info.advice,
            microphone=source_name or options.microphone or "default",
            voice=None if voice is None else voice.name,
        ),
        engine=Engine(
            session,
            open_source=source or (lambda: Microphone(options.microphone)),
            make_ear=lambda: Ear(choose_recognizer(options.recognizer, options.model)),
            voice=voice,
            open_loudspeaker=None if options.mute else lambda: Loudspeaker(options.loudspeaker),
            wait_for_delivery=source is not None,
        ),
    )
