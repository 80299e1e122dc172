"""Where speech begins, pauses and ends. Pure: it counts audio and never asks a clock.

    quiet ──SpeechBegan──▶ speaking ──StretchEnded──▶ pausing ──SpeechResumed──▶ speaking
      ▲                                                  │
      └───────────────────UtteranceEnded─────────────────┘

An utterance is a row of stretches with short pauses between them. A stretch ends long before its utterance
does, so that its words can be worked out while nobody knows yet whether more will follow.
"""

from collections import deque
from dataclasses import dataclass
from enum import Enum, auto

from coach.audio.frames import SAMPLE_RATE, Frame


@dataclass(frozen=True, slots=True)
class EndpointSettings:
    """When sound counts as speech and when silence ends it."""

    speech_on: float = 0.5
    """Probability at which a frame begins to be speech, 0 to 1."""

    speech_off: float = 0.3
    """Probability under which it stops being speech, 0 to `speech_on`."""

    minimum_speech: float = 0.16
    """Seconds of speech within `onset_window` that begin a stretch: a click has less, `no` has more."""

    onset_window: float = 0.4
    """Seconds in which `minimum_speech` must come together, at least as long as that."""

    lead_in: float = 0.3
    """Seconds kept from before the first speech, 0 or more: a soft first sound lies there."""

    stretch_pause: float = 0.45
    """Seconds of silence that end a stretch, more than 0."""

    end_silence: float = 1.0
    """Seconds of silence that end an utterance, at least `stretch_pause`."""

    longest_utterance: float = 120.0
    """Seconds after which an utterance ends though nobody paused."""

    def __post_init__(self) -> None:
        """Refuse settings that contradict each other."""
        if not (
            0 <= self.speech_off <= self.speech_on <= 1
            and 0 < self.minimum_speech <= self.onset_window
            and self.lead_in >= 0
            and 0 < self.stretch_pause <= self.end_silence < self.longest_utterance
        ):
            raise ValueError(f"these settings contradict each other: {self}")


@dataclass(frozen=True, slots=True, eq=False)
class SpeechBegan:
    """An utterance and its first stretch began."""

    frames: tuple[Frame, ...]
    """The lead-in, and all up to the frame just taken."""


@dataclass(frozen=True, slots=True, eq=False)
class SpeechContinued:
    """One more frame of the stretch came in, speech or a pause too short to end it."""

    frame: Frame


@dataclass(frozen=True, slots=True)
class StretchEnded:
    """The speaker paused; the utterance may go on."""


@dataclass(frozen=True, slots=True, eq=False)
class SpeechResumed:
    """After a pause a new stretch of the same utterance began."""

    frames: tuple[Frame, ...]
    """The lead-in, none of it heard in the stretch before, and all up to the frame just taken."""


@dataclass(frozen=True, slots=True)
class UtteranceEnded:
    """The speaker is done."""


Boundary = SpeechBegan | SpeechContinued | StretchEnded | SpeechResumed | UtteranceEnded


class _State(Enum):
    QUIET = auto()
    SPEAKING = auto()
    PAUSING = auto()


class Endpointer:
    """Takes frames with their probability of speech; answers what they mean."""

    def __init__(self, settings: EndpointSettings | None = None) -> None:
        """Begin in silence. Without settings the defaults hold."""
        self._settings = settings or EndpointSettings()
        self._end_silence = self._settings.end_silence
        self._state = _State.QUIET
        self._is_speech = False
        """Whether the frame before was speech."""
        self._recent: deque[tuple[Frame, bool]] = deque()
        """While no stretch is under way: the last frames and whether each was speech."""
        self._silence = 0
        """Samples since the last speech of the utterance."""
        self._length = 0
        """Samples since the utterance began."""

    @property
    def in_utterance(self) -> bool:
        """Whether an utterance has begun and not ended."""
        return self._state is not _State.QUIET

    def hear(self, frame: Frame, probability: float) -> tuple[Boundary, ...]:
        """Take the next frame; answer with what it begins, continues or ends, in order."""
        threshold = self._settings.speech_off if self._is_speech else self._settings.speech_on
        self._is_speech = probability >= threshold
        self._length += frame.samples.size
        match self._state:
            case _State.QUIET:
                return self._wait_for_speech(frame)
            case _State.SPEAKING:
                return self._follow_speech(frame)
            case _State.PAUSING:
                return self._follow_pause(frame)

    def wait_longer(self, seconds: float) -> None:
        """Let this pause last `seconds` before it ends the utterance: the words so far ask for more."""
        self._end_silence = max(self._end_silence, seconds)

    def end_now(self) -> tuple[Boundary, ...]:
        """End the utterance where it is, if there is one."""
        match self._state:
            case _State.QUIET:
                return ()
            case _State.SPEAKING:
                self.reset()
                return (StretchEnded(), UtteranceEnded())
            case _State.PAUSING:
                self.reset()
                return (UtteranceEnded(),)

    def reset(self) -> None:
        """Begin anew in silence; what was under way is dropped."""
        self._state = _State.QUIET
        self._is_speech = False
        self._recent.clear()
        self._end_silence = self._settings.end_silence

    def _wait_for_speech(self, frame: Frame) -> tuple[Boundary, ...]:
        onset = self._find_onset(frame)
        if onset is None:
            return ()
        self._state = _State.SPEAKING
        self._silence = 0
        self._length = sum(each.samples.size for each in onset)
        return (SpeechBegan(onset),)

    def _follow_speech(self, frame: Frame) -> tuple[Boundary, ...]:
        self._silence = 0 if self._is_speech else self._silence + frame.samples.size
        continued = SpeechContinued(frame)
        if self._is_too_long():
            return (continued, *self.end_now())
        if self._silence < _samples(self._settings.stretch_pause):
            return (continued,)
        self._state = _State.PAUSING
        if self._is_over():
            return (continued, StretchEnded(), *self.end_now())
        return (continued, StretchEnded())

    def _follow_pause(self, frame: Frame) -> tuple[Boundary, ...]:
        self._silence += frame.samples.size
        onset = self._find_onset(frame)
        if onset is not None:
            self._state = _State.SPEAKING
            self._silence = 0
            self._end_silence = self._settings.end_silence
            return (SpeechResumed(onset),)
        if self._is_too_long() or (self._is_over() and not self._is_speech):
            return self.end_now()
        return ()

    def _find_onset(self, frame: Frame) -> tuple[Frame, ...] | None:
        """Keep the frame; when enough of the last ones are speech, let go of them, lead-in first."""
        recent = self._recent
        recent.append((frame, self._is_speech))
        window = _samples(self._settings.onset_window)
        kept = window + _samples(self._settings.lead_in)
        while sum(each.samples.size for each, _ in recent) - recent[0][0].samples.size >= kept:
            recent.popleft()
        if not self._is_speech:
            return None
        frames = tuple(each for each, _ in recent)
        speech = first = position = 0
        for index, (each, is_speech) in reversed(tuple(enumerate(recent))):
            position += each.samples.size
            if position > window:
                break
            if is_speech:
                speech += each.samples.size
                first = index
        if speech < _samples(self._settings.minimum_speech):
            return None
        lead_in = _samples(self._settings.lead_in)
        while first > 0 and lead_in > 0:
            first -= 1
            lead_in -= frames[first].samples.size
        recent.clear()
        return frames[first:]

    def _is_over(self) -> bool:
        return self._silence >= _samples(self._end_silence)

    def _is_too_long(self) -> bool:
        return self._length >= _samples(self._settings.longest_utterance)


def _samples(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE)
