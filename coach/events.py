"""What happens in a session (events, past tense) and what is to be done about it (commands, imperative).

The laws:

1. Events are facts. They come from the listener, the voice, the judge and the person.
2. `practice.session` answers an event with commands; the engine carries them out and the screen watches.
3. Times are seconds of audio since the source was opened, never the wall clock.
4. Nothing follows `Finish`.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from coach.reply.words import Word

if TYPE_CHECKING:  # the judge and numpy, which a screen does without until the first reply
    from coach.audio.frames import Samples
    from coach.practice.feedback import Feedback
    from coach.reply.assessment import Assessment

# What the listener reports.


@dataclass(frozen=True, slots=True)
class HearingReady:
    """The recognizer is loaded and, where there is one, the microphone is open."""

    recognizer: str
    """Engine and model, such as `pocketsphinx:en-us`."""

    advice: str | None
    """What would hear better and the way to it; None when nothing would."""

    source: str | None
    """The name of the microphone or recording; None where there is none."""


@dataclass(frozen=True, slots=True)
class ListeningStarted:
    """The ear opened: from here on speech is heard."""


@dataclass(frozen=True, slots=True)
class LevelMeasured:
    """A frame of sound came in, whether or not it was speech."""

    level_db: float
    """RMS in dB relative to full scale, -90 at the least."""

    speech: float
    """Probability that it holds speech, 0 to 1."""


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    """Somebody began to speak."""

    start: float
    """Seconds of audio, the lead-in included."""

    turn: int = 0
    """The turn of the `Listen` it answers."""


@dataclass(frozen=True, slots=True)
class PartialTranscript:
    """More words were recognized while the person speaks; they may still change."""

    text: str


@dataclass(frozen=True, slots=True)
class UtteranceHeard:
    """A reply ended and its words are known."""

    words: tuple[Word, ...]
    """Times in seconds since the source was opened."""

    samples: "Samples | None" = field(default=None, repr=False)
    """Its sound at 16 kHz from `start` on; None when the reply was typed."""

    start: float = 0.0
    """Seconds of audio at which `samples` begins."""

    turn: int | None = None
    """The turn of the `Listen` or `HearRecording` it answers; None when it was typed."""


@dataclass(frozen=True, slots=True)
class SpeechWithoutWords:
    """Speech, or something like it, ended and no word was recognized."""

    turn: int = 0
    """The turn of the `Listen` or `HearRecording` it answers."""


@dataclass(frozen=True, slots=True)
class SoundEnded:
    """The recording has no more sound."""


@dataclass(frozen=True, slots=True)
class SoundDropped:
    """Sound was lost because the machine could not keep up."""

    seconds: float


@dataclass(frozen=True, slots=True)
class RecordingFlawed:
    """A recording that was opened can be used, and something is wrong with it."""

    message: str


@dataclass(frozen=True, slots=True)
class RecordingFailed:
    """A recording that was opened cannot be heard as a reply."""

    title: str
    message: str
    turn: int
    """The turn of its `HearRecording`."""


@dataclass(frozen=True, slots=True)
class HearingFailed:
    """The microphone or the recognizer failed; the session goes on without it."""

    title: str
    message: str


# What the judge and the voice report.


@dataclass(frozen=True, slots=True)
class UtteranceAssessed:
    """A reply was judged."""

    assessment: "Assessment"
    feedback: "Feedback"


@dataclass(frozen=True, slots=True)
class CoachStartedSpeaking:
    """The first sample of a sentence went to the loudspeaker, or its text is being shown instead."""

    text: str


@dataclass(frozen=True, slots=True)
class CoachFinishedSpeaking:
    """A sentence was said to its end, or was interrupted."""

    text: str
    interrupted: bool = False
    number: int = 0
    """The number of the `Say` that asked for it."""


@dataclass(frozen=True, slots=True)
class VoiceFailed:
    """The coach could not be heard; its words are on the screen."""

    message: str


# What the person asks for.


@dataclass(frozen=True, slots=True)
class SessionStarted:
    """The front end is ready."""


@dataclass(frozen=True, slots=True)
class ReplyTyped:
    """A reply was typed instead of spoken."""

    text: str


@dataclass(frozen=True, slots=True)
class RecordingOpened:
    """A recording is to be heard as a reply."""

    path: Path


@dataclass(frozen=True, slots=True)
class InterruptRequested:
    """Be quiet, please; or, while a reply is being spoken: I am done."""


@dataclass(frozen=True, slots=True)
class RepeatRequested:
    """Say that again."""


@dataclass(frozen=True, slots=True)
class NextRequested:
    """On to the next partner's line."""


@dataclass(frozen=True, slots=True)
class PauseToggled:
    """Stop listening, or listen again."""


@dataclass(frozen=True, slots=True)
class QuitRequested:
    """End the session."""


Event = (
    HearingReady
    | ListeningStarted
    | LevelMeasured
    | SpeechStarted
    | PartialTranscript
    | UtteranceHeard
    | SpeechWithoutWords
    | SoundEnded
    | SoundDropped
    | RecordingFlawed
    | RecordingFailed
    | HearingFailed
    | UtteranceAssessed
    | CoachStartedSpeaking
    | CoachFinishedSpeaking
    | VoiceFailed
    | SessionStarted
    | ReplyTyped
    | RecordingOpened
    | InterruptRequested
    | RepeatRequested
    | NextRequested
    | PauseToggled
    | QuitRequested
)

# Commands.


@dataclass(frozen=True, slots=True)
class ShowPartner:
    """Show the partner's line that is to be answered."""

    setting: str
    """Where and when, in a few words; may be empty."""

    line: str


@dataclass(frozen=True, slots=True)
class Say:
    """Say a sentence aloud, with the ear closed."""

    text: str
    number: int = 0
    """Counts what was said in a session, so that the end of one sentence is never taken for another's."""


@dataclass(frozen=True, slots=True)
class Hush:
    """Stop speaking at once."""


@dataclass(frozen=True, slots=True)
class Listen:
    """Open the ear for a reply."""

    turn: int = 0
    """Counts what is listened for, so that a reply that comes late is never taken for another."""


@dataclass(frozen=True, slots=True)
class StopListening:
    """Close the ear; what was half heard is dropped."""


@dataclass(frozen=True, slots=True)
class EndTurn:
    """Take what has been said so far as the whole reply."""


@dataclass(frozen=True, slots=True)
class HearRecording:
    """Hear a recording as a reply."""

    path: Path
    turn: int = 0
    """As in `Listen`."""


@dataclass(frozen=True, slots=True)
class Assess:
    """Judge a reply."""

    utterance: UtteranceHeard
    partner: str | None


@dataclass(frozen=True, slots=True)
class ShowNotice:
    """Tell the person something in one line, without judging."""

    text: str


@dataclass(frozen=True, slots=True)
class Finish:
    """End the session. Nothing follows it."""


Command = (
    ShowPartner | Say | Hush | Listen | StopListening | EndTurn | HearRecording | Assess | ShowNotice | Finish
)
