"""Turns frames of sound into events: who speaks, which words so far, what the whole reply was.

No thread and no clock: whoever has a frame calls `Ear.hear` and gets what it means.
"""

from collections.abc import Iterable

import numpy as np

from coach.audio.endpointing import (
    Boundary,
    Endpointer,
    EndpointSettings,
    SpeechBegan,
    SpeechContinued,
    SpeechResumed,
    StretchEnded,
    UtteranceEnded,
)
from coach.audio.frames import FRAME_SECONDS, SAMPLE_RATE, Frame, RecordedSound
from coach.audio.levels import QUIETEST_DB, level_db
from coach.audio.vad import SileroVoiceActivity, VoiceActivity
from coach.events import (
    Event,
    LevelMeasured,
    PartialTranscript,
    SpeechStarted,
    SpeechWithoutWords,
    UtteranceHeard,
)
from coach.reply.words import Word, shifted, text_of
from coach.speech.recognizer import Recognizer, VoiceLearner

UNFINISHED_SILENCE = 2.0
"""Seconds of silence that end a reply which stopped on one of `UNFINISHED_WORDS`."""

_UNFINISHED = """
    a an the my your our their and but or because if when while than to of
    i i'm i'd i'll i've it's we're you're uh um
"""

UNFINISHED_WORDS = frozenset(_UNFINISHED.split())
"""Words on which people pause rather than end."""

_FRAMES_A_LEVEL = 2
"""Frames to one LevelMeasured: a meter is drawn 15 times a second."""


class Ear:
    """Hears one utterance after the other. Not for use by two threads at once."""

    def __init__(
        self,
        recognizer: Recognizer,
        *,
        activity: VoiceActivity | None = None,
        settings: EndpointSettings | None = None,
    ) -> None:
        """Hear with `recognizer`. Without `activity`, Silero's; without settings, the defaults."""
        self.recognizer = recognizer
        self._activity = activity or SileroVoiceActivity()
        self._endpointer = Endpointer(settings)
        self._sound: list[Frame] = []
        """All frames of the utterance so far, pauses included."""
        self._words: list[Word] = []
        """Words of the stretches that ended."""
        self._stretch_start = 0.0
        self._in_stretch = False
        self._partial = ""
        self._next_start: float | None = None
        """Where the next frame begins if no sound is missing; None before the first."""
        self._frames = 0
        self._loudest = (QUIETEST_DB, 0.0)

    def hear(self, frame: Frame) -> list[Event]:
        """Take the next frame; return what happened, in order."""
        if self._next_start is not None and abs(frame.start - self._next_start) > FRAME_SECONDS / 2:
            self._skip()
        self._next_start = frame.start + FRAME_SECONDS
        probability = self._activity.probability(frame.samples)
        if self._endpointer.in_utterance:
            self._sound.append(frame)
        events = self._measure(frame, probability)
        return [*events, *self._follow(self._endpointer.hear(frame, probability))]

    def end_turn(self) -> list[Event]:
        """Take what was said so far as the whole utterance; nothing happens while nobody speaks."""
        return self._follow(self._endpointer.end_now())

    def reset(self) -> None:
        """Drop what was half heard."""
        if self._in_stretch:
            self.recognizer.finish()
        self._endpointer.reset()
        self._activity.reset()
        self._next_start = None
        self._forget()

    def _skip(self) -> None:
        """Sound is missing before the next frame: between utterances nothing before it counts any more."""
        self._activity.reset()
        if not self._endpointer.in_utterance:
            self._endpointer.reset()

    def _follow(self, boundaries: Iterable[Boundary]) -> list[Event]:
        events: list[Event] = []
        for boundary in boundaries:
            match boundary:
                case SpeechBegan(frames):
                    self._sound = list(frames)
                    events.append(SpeechStarted(frames[0].start))
                    events += self._begin_stretch(frames)
                case SpeechResumed(frames):
                    events += self._begin_stretch(frames)
                case SpeechContinued(frame):
                    events += self._recognize(frame)
                case StretchEnded():
                    events += self._end_stretch()
                case UtteranceEnded():
                    events.append(self._end_utterance())
        return events

    def _begin_stretch(self, frames: tuple[Frame, ...]) -> list[Event]:
        self._stretch_start = frames[0].start
        self._in_stretch = True
        return [event for frame in frames for event in self._recognize(frame)]

    def _recognize(self, frame: Frame) -> list[Event]:
        return self._show(self.recognizer.accept(frame.samples))

    def _end_stretch(self) -> list[Event]:
        self._in_stretch = False
        self._words += shifted(self.recognizer.finish(), seconds=self._stretch_start)
        if self._words and self._words[-1].word in UNFINISHED_WORDS:
            self._endpointer.wait_longer(UNFINISHED_SILENCE)
        return self._show("")

    def _end_utterance(self) -> Event:
        words, sound = tuple(self._words), self._sound
        self._forget()
        if not words:
            return SpeechWithoutWords()
        samples = np.concatenate([frame.samples for frame in sound])
        return UtteranceHeard(words=words, samples=samples, start=sound[0].start)

    def _show(self, stretch: str) -> list[Event]:
        """Report the words so far, if they changed: those of ended stretches, then this one's."""
        text = f"{text_of(self._words)} {stretch}".strip()
        if text == self._partial:
            return []
        self._partial = text
        return [PartialTranscript(text)]

    def _measure(self, frame: Frame, probability: float) -> list[Event]:
        """Report the loudest of every few frames."""
        level = level_db(frame.samples)
        self._loudest = max(self._loudest[0], level), max(self._loudest[1], probability)
        self._frames += 1
        if self._frames % _FRAMES_A_LEVEL:
            return []
        level, probability = self._loudest
        self._loudest = QUIETEST_DB, 0.0
        return [LevelMeasured(level_db=level, speech=probability)]

    def _forget(self) -> None:
        self._sound = []
        self._words = []
        self._partial = ""
        self._in_stretch = False


def hear_recording(recording: RecordedSound, ear: Ear) -> UtteranceHeard | None:
    """Hear a whole recording as one reply, its utterances joined; None when no word could be made out.

    None as well, and soon, when another thread closes the recording. What was heard before makes no
    difference. `samples` is the sound from the first utterance's start to the last one's end.

    Raises:
        RecordingError: the file went away or changed while it was read.
    """
    ear.reset()
    if isinstance(ear.recognizer, VoiceLearner):
        ear.recognizer.forget_voice()
    heard: list[UtteranceHeard] = []
    sound: list[Frame] = []
    for frame in recording.frames():
        sound.append(frame)
        heard += [event for event in ear.hear(frame) if isinstance(event, UtteranceHeard)]
    if recording.is_closed:
        ear.reset()
        return None
    heard += [event for event in ear.end_turn() if isinstance(event, UtteranceHeard)]
    ear.reset()
    if not heard:
        return None
    start, end = heard[0].start, _end(heard[-1])
    samples = np.concatenate([frame.samples for frame in sound if start <= frame.start < end])
    words = tuple(word for utterance in heard for word in utterance.words)
    return UtteranceHeard(words=words, samples=samples, start=start)


def _end(utterance: UtteranceHeard) -> float:
    length = 0 if utterance.samples is None else utterance.samples.size
    return utterance.start + length / SAMPLE_RATE
