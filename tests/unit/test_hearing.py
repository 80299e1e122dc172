import math
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given

from coach.audio.endpointing import EndpointSettings
from coach.audio.frames import FRAME_SECONDS, SAMPLE_RATE, Frame, Samples
from coach.events import (
    Event,
    LevelMeasured,
    PartialTranscript,
    SpeechStarted,
    SpeechWithoutWords,
    UtteranceHeard,
)
from coach.hearing import Ear, hear_recording
from coach.reply.words import Word, text_of
from coach.speech.recognizer import RecognizerInfo
from tests.strategies import SILENCE, SPEECH, Probabilities, frames_of, probabilities


class LoudnessActivity:
    """Takes anything that is not silence for speech."""

    def __init__(self) -> None:
        self.resets = 0

    def probability(self, samples: Samples) -> float:
        return SPEECH if samples.any() else SILENCE

    def reset(self) -> None:
        self.resets += 1


class CountingRecognizer:
    """Hears one word in each full second of a stretch, named by how often it was asked so far."""

    info = RecognizerInfo(name="counting", advice=None)

    def __init__(self, *, deaf: bool = False) -> None:
        self.deaf = deaf
        self.taken = 0
        self.stretches = 0

    def accept(self, samples: Samples) -> str:
        self.taken += samples.size
        return text_of(self._words())

    def finish(self) -> tuple[Word, ...]:
        words = self._words()
        self.taken = 0
        self.stretches += 1
        return words

    def _words(self) -> tuple[Word, ...]:
        count = 0 if self.deaf else self.taken // SAMPLE_RATE
        name = "abcdefghij"[self.stretches % 10]
        return tuple(Word(f"{name}{n}", n + 0.25, n + 0.75, 1.0) for n in range(count))


class Tape:
    """A source of frames that is no file."""

    live = False
    dropped_seconds = 0.0
    name = "tape"

    def __init__(self, frames: list[Frame], *, closed_after: float = math.inf) -> None:
        """Hold frames; somebody closes it after as many seconds."""
        self._frames = frames
        self._closed_after = closed_after
        self.is_closed = False

    def frames(self) -> Iterator[Frame]:
        for frame in self._frames:
            if frame.start > self._closed_after:
                self.close()
            if self.is_closed:
                return
            yield frame

    def drain(self) -> None:
        """There is nothing to drop."""

    def close(self) -> None:
        self.is_closed = True


def sound_of(given: Probabilities) -> Samples:
    """Sound that LoudnessActivity takes for `given`."""
    loud = np.repeat([1.0 if each > 0.5 else 0.0 for each in given], 512)
    return loud.astype(np.float32)


def speech(seconds: float) -> Samples:
    return np.ones(round(seconds / FRAME_SECONDS) * 512, np.float32)


def silence(seconds: float) -> Samples:
    return np.zeros(round(seconds / FRAME_SECONDS) * 512, np.float32)


def new_ear(*, deaf: bool = False) -> Ear:
    return Ear(CountingRecognizer(deaf=deaf), activity=LoudnessActivity())


def hear(ear: Ear, *sounds: Samples, start: float = 0.0) -> list[Event]:
    events = [event for frame in frames_of(np.concatenate(sounds), start=start) for event in ear.hear(frame)]
    return [event for event in events if not isinstance(event, LevelMeasured)]


def kinds(events: list[Event]) -> list[type[Event]]:
    return [type(event) for event in events if not isinstance(event, PartialTranscript)]


def utterances(events: list[Event]) -> list[UtteranceHeard]:
    return [event for event in events if isinstance(event, UtteranceHeard)]


def test_an_utterance_is_heard_from_its_start_to_its_end() -> None:
    events = hear(new_ear(), silence(1), speech(2), silence(2))
    assert kinds(events) == [SpeechStarted, UtteranceHeard]
    started, heard = events[0], events[-1]
    assert isinstance(started, SpeechStarted)
    assert isinstance(heard, UtteranceHeard)
    assert heard.start == started.start == pytest.approx(0.7, abs=2 * FRAME_SECONDS)
    assert heard.samples is not None
    assert heard.samples.size / SAMPLE_RATE == pytest.approx(0.3 + 2 + 1, abs=3 * FRAME_SECONDS)


def test_words_of_all_stretches_are_joined_on_one_clock() -> None:
    events = hear(new_ear(), silence(1), speech(2.5), silence(0.7), speech(2.5), silence(2))
    (heard,) = utterances(events)
    assert text_of(heard.words) == "a0 a1 a2 b0 b1 b2"
    starts = [word.start for word in heard.words]
    assert starts[0] == pytest.approx(heard.start + 0.25)
    assert starts[3] == pytest.approx(1 + 2.5 + 0.7 - 0.3 + 0.25, abs=3 * FRAME_SECONDS)


def test_partial_words_are_reported_when_they_change() -> None:
    events = hear(new_ear(), speech(2.6), silence(0.7), speech(1.5), silence(2))
    assert [event.text for event in events if isinstance(event, PartialTranscript)] == [
        "a0",
        "a0 a1",
        "a0 a1 a2",
        "a0 a1 a2 b0",
        "a0 a1 a2 b0 b1",
    ]


def test_speech_in_which_no_word_was_made_out_is_said() -> None:
    assert kinds(hear(new_ear(deaf=True), speech(2), silence(2))) == [SpeechStarted, SpeechWithoutWords]


def test_after_i_am_done_the_words_so_far_are_the_reply() -> None:
    ear = new_ear()
    hear(ear, speech(2.5))
    assert text_of(utterances(ear.end_turn())[0].words) == "a0 a1"
    assert ear.end_turn() == []


def test_reset_drops_what_was_half_heard() -> None:
    ear = new_ear()
    hear(ear, speech(2.5))
    ear.reset()
    assert ear.end_turn() == []
    (heard,) = utterances(hear(ear, silence(1), speech(1.5), silence(2), start=10.0))
    assert text_of(heard.words) == "b0 b1"
    assert heard.start == pytest.approx(10.7, abs=2 * FRAME_SECONDS)


def test_a_lead_in_never_reaches_across_missing_sound() -> None:
    ear = new_ear()
    hear(ear, silence(1))
    started = hear(ear, speech(1), start=100.0)[0]
    assert started == SpeechStarted(100.0)


def test_a_reply_that_stops_on_an_and_is_waited_for() -> None:
    class AndRecognizer(CountingRecognizer):
        def _words(self) -> tuple[Word, ...]:
            return (Word("and", 0.0, 0.5, 1.0),) if self.taken else ()

    def waited(ear: Ear) -> float:
        for frame in frames_of(np.concatenate((speech(1), silence(4)))):
            if utterances(ear.hear(frame)):
                return frame.start - 1.0
        raise AssertionError("it never ended")

    assert waited(new_ear()) == pytest.approx(1.0, abs=2 * FRAME_SECONDS)
    unfinished = Ear(AndRecognizer(), activity=LoudnessActivity())
    assert waited(unfinished) == pytest.approx(2.0, abs=2 * FRAME_SECONDS)


def test_levels_come_fifteen_times_a_second() -> None:
    ear = new_ear()
    frames = frames_of(np.concatenate((silence(1), speech(1) / 10)))
    levels = [event for frame in frames for event in ear.hear(frame) if isinstance(event, LevelMeasured)]
    assert len(levels) / 2 == pytest.approx(15.6, abs=0.5)
    assert levels[0] == LevelMeasured(level_db=-90.0, speech=SILENCE)
    assert levels[-1].level_db == pytest.approx(-20.0)
    assert levels[-1].speech == SPEECH


def test_a_recording_is_one_reply_however_long_its_pauses() -> None:
    tape = Tape(frames_of(np.concatenate((silence(1), speech(1.5), silence(3), speech(1.5), silence(3)))))
    heard = hear_recording(tape, new_ear())
    assert heard is not None
    assert text_of(heard.words) == "a0 a1 b0 b1"
    assert heard.words[2].start == pytest.approx(5.5 - 0.3 + 0.25, abs=3 * FRAME_SECONDS)
    assert heard.samples is not None
    assert heard.samples.size / SAMPLE_RATE == pytest.approx(0.3 + 1.5 + 3 + 1.5 + 1, abs=4 * FRAME_SECONDS)


def test_a_recording_that_ends_in_the_middle_of_a_word_is_heard() -> None:
    heard = hear_recording(Tape(frames_of(speech(1.5))), new_ear())
    assert heard is not None
    assert text_of(heard.words) == "a0"


def test_a_recording_without_words_is_none() -> None:
    assert hear_recording(Tape(frames_of(silence(3))), new_ear()) is None
    assert (
        hear_recording(Tape(frames_of(np.concatenate((speech(2), silence(2))))), new_ear(deaf=True)) is None
    )


@pytest.mark.parametrize("closed_after", [0.0, 0.5, 1.5, 4.0])
def test_a_recording_that_was_closed_is_none(closed_after: float) -> None:
    sound = frames_of(np.concatenate((speech(2.5), silence(2), speech(2.5))))
    ear = new_ear()
    assert hear_recording(Tape(sound, closed_after=closed_after), ear) is None
    heard = hear_recording(Tape(sound), ear)
    assert heard is not None
    assert [word.word[1:] for word in heard.words] == ["0", "1", "0", "1"]


def test_recordings_do_not_hear_each_other() -> None:
    ear = new_ear()
    hear(ear, speech(1.5))
    tape = Tape(frames_of(np.concatenate((speech(1.5), silence(2)))))
    first = hear_recording(tape, ear)
    second = hear_recording(tape, ear)
    assert first is not None
    assert second is not None
    assert [word.start for word in first.words] == [word.start for word in second.words]


@given(probabilities)
def test_the_sound_of_an_utterance_is_what_was_said_then(given: Probabilities) -> None:
    sound = np.arange(len(given) * 512, dtype=np.float32) + 1
    sound[sound_of(given) == 0] = 0
    for heard in utterances(hear(new_ear(), sound)):
        begin = round(heard.start * SAMPLE_RATE)
        assert heard.samples is not None
        np.testing.assert_array_equal(heard.samples, sound[begin : begin + heard.samples.size])


@given(probabilities)
def test_every_utterance_that_starts_ends_once(given: Probabilities) -> None:
    ear = Ear(
        CountingRecognizer(),
        activity=LoudnessActivity(),
        settings=EndpointSettings(stretch_pause=0.2, end_silence=0.4, longest_utterance=3.0),
    )
    events = kinds(hear(ear, sound_of([*given, SILENCE])) + ear.end_turn())
    assert events[0::2] == [SpeechStarted] * len(events[0::2])
    assert all(event in (UtteranceHeard, SpeechWithoutWords) for event in events[1::2])
    assert len(events) % 2 == 0
