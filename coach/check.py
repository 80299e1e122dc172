"""What this machine has for hearing and speaking."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from coach.compose import Options
from coach.errors import CoachError


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a session uses."""

    thing: str
    works: bool
    found: str
    """What was found, or what is missing and the command that mends it."""

    advice: str | None = None
    """What would be better, when something would."""


def inspect(options: Options) -> Iterator[Item]:
    """Try each thing a session uses, in the order a sound takes."""
    yield _tried("microphone", lambda: (_microphone(options), None))
    yield _tried("recognizer", lambda: _recognizer(options))
    yield _tried("voice", lambda: (_voice(), None))
    yield _tried("loudspeaker", lambda: (_loudspeaker(options), None))


def _tried(thing: str, look: Callable[[], tuple[str, str | None]]) -> Item:
    try:
        found, advice = look()
    except CoachError as error:
        return Item(thing, works=False, found=str(error))
    return Item(thing, works=True, found=found, advice=advice)


def _microphone(options: Options) -> str:
    """Hear half a second."""
    from itertools import islice

    from coach.audio.frames import FRAME_SECONDS
    from coach.audio.levels import level_db
    from coach.audio.microphone import Microphone

    microphone = Microphone(options.microphone)
    try:
        frames = list(islice(microphone.frames(), int(0.5 / FRAME_SECONDS)))
    finally:
        microphone.close()
    loudest = max(level_db(frame.samples) for frame in frames)
    hint = "; it is silent: is it muted?" if loudest < -80 else ""  # noqa: PLR2004  (digital silence)
    return f"{microphone.name}, {loudest:.0f} dB{hint}"


def _recognizer(options: Options) -> tuple[str, str | None]:
    from coach.speech.recognizer import choose_recognizer

    info = choose_recognizer(options.recognizer, options.model).info
    return info.name, info.advice


def _voice() -> str:
    from coach.speech.voice import Voice

    voice = Voice()
    try:
        voice.synthesize("hello")
        return voice.name
    finally:
        voice.close()


def _loudspeaker(options: Options) -> str:
    from coach.audio.loudspeaker import Loudspeaker

    loudspeaker = Loudspeaker(options.loudspeaker)
    try:
        return loudspeaker.name
    finally:
        loudspeaker.close()
