"""The engine, its listener and its speaker: real threads, real ear, real judge, and no hardware."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
import soundfile

from coach import events as ev
from coach.engine import Engine
from coach.errors import LoudspeakerError, MicrophoneError, ModelError, SoundError, VoiceError
from coach.hearing import Ear
from coach.paths import cache_folder
from coach.practice.session import PartnerLine, Session
from coach.reply import delivery
from tests.sound_fakes import Dictated, LoudIsSpeech, Played, Sound, Written

T = TypeVar("T")
LINE = PartnerLine("my boss yelled at me")
VALIDATION = "that sounds really hard"


@pytest.fixture(autouse=True, scope="module")
def warm() -> None:
    delivery.warm(cache_folder())


class Log:
    """Everything the engine reported, which a test can wait for."""

    def __init__(self) -> None:
        self.all: list[ev.Event | ev.Command] = []
        self._changed = threading.Condition()

    def __call__(self, happened: ev.Event | ev.Command) -> None:
        with self._changed:
            self.all.append(happened)
            self._changed.notify_all()

    def wait_for(self, kind: type[T], *, count: int = 1, seconds: float = 10.0) -> T:
        def enough() -> bool:
            return sum(isinstance(one, kind) for one in self.all) >= count

        with self._changed:
            assert self._changed.wait_for(enough, seconds), f"no {kind.__name__} in {self.kinds()}"
        return [one for one in self.all if isinstance(one, kind)][count - 1]

    def kinds(self) -> list[str]:
        return [type(one).__name__ for one in self.all]


def engine(
    session: Session,
    *,
    source: Sound | None = None,
    recognizer: Dictated | None = None,
    voice: Written | None = None,
    open_loudspeaker: Callable[[], Played] | None = None,
    make_ear: Callable[[], Ear] | None = None,
) -> Engine:
    heard = recognizer or Dictated(VALIDATION)
    return Engine(
        session,
        open_source=None if source is None else lambda: source,
        make_ear=make_ear or (lambda: Ear(heard, activity=LoudIsSpeech())),
        voice=voice,
        open_loudspeaker=open_loudspeaker,
    )


def test_a_recording_is_heard_judged_answered_and_ends_the_session() -> None:
    log, voice = Log(), Written()
    running = engine(
        Session([LINE], one_try_each=True),
        source=Sound([-0.5, 1.0, -1.5]),
        voice=voice,
        open_loudspeaker=Played,
    )
    running.start(log)
    running.join()
    assessed = log.wait_for(ev.UtteranceAssessed)
    assert [word.word for word in assessed.assessment.words] == VALIDATION.split()
    assert assessed.assessment.partner == LINE.line
    assert voice.said == [LINE.line, assessed.feedback.spoken]
    assert voice.closed
    assert isinstance(log.all[-1], ev.Finish)


def test_a_recording_waits_while_the_coach_speaks() -> None:
    log = Log()
    recognizer = Dictated("you should rest", VALIDATION)
    running = engine(
        Session([LINE, LINE], one_try_each=True),
        source=Sound([1.0, -1.5, 1.0, -1.5]),
        recognizer=recognizer,
        voice=Written(),
        open_loudspeaker=Played,
    )
    running.start(log)
    running.join()
    assert log.wait_for(ev.UtteranceHeard, count=2).words[0].word == "that"


def test_a_live_microphone_is_not_heard_while_the_coach_speaks() -> None:
    log, loudspeaker = Log(), Played(lasting=True)
    source = Sound([2.0, -2.0], live=True)
    recognizer = Dictated("this is the coach itself")
    running = engine(
        Session([LINE]),
        source=source,
        recognizer=recognizer,
        voice=Written(),
        open_loudspeaker=lambda: loudspeaker,
    )
    running.start(log)
    log.wait_for(ev.CoachStartedSpeaking)
    running.stop()
    assert recognizer.loudest == 0.0
    assert "SpeechStarted" not in log.kinds()


def test_a_key_stops_the_voice_at_once() -> None:
    log, loudspeaker = Log(), Played(lasting=True)
    running = engine(Session([LINE]), voice=Written(), open_loudspeaker=lambda: loudspeaker)
    running.start(log)
    log.wait_for(ev.CoachStartedSpeaking)
    running.post(ev.InterruptRequested())
    assert log.wait_for(ev.CoachFinishedSpeaking).interrupted
    assert loudspeaker.stopped == 1
    running.stop()


@pytest.mark.parametrize(
    ("voice", "failure"),
    [
        (Written(failure=VoiceError("no voice library")), None),
        (Written(), LoudspeakerError("no loudspeaker")),
    ],
)
def test_a_voice_that_fails_is_reported_once_and_the_session_goes_on(
    voice: Written, failure: SoundError | None
) -> None:
    def open_loudspeaker() -> Played:
        if failure is not None:
            raise failure
        return Played()

    log = Log()
    running = engine(Session([LINE]), voice=voice, open_loudspeaker=open_loudspeaker)
    running.start(log)
    log.wait_for(ev.Listen)
    running.post(ev.ReplyTyped("you should rest"))
    log.wait_for(ev.Listen, count=2)
    running.stop()
    assert log.kinds().count("VoiceFailed") == 1
    assert log.kinds().count("CoachFinishedSpeaking") == 2


def test_a_microphone_that_goes_away_leaves_typing() -> None:
    log = Log()
    running = engine(Session([LINE]), source=Sound([-0.1], live=True, failure=MicrophoneError("unplugged")))
    running.start(log)
    assert log.wait_for(ev.HearingFailed).message == "unplugged"
    running.post(ev.ReplyTyped(VALIDATION))
    assert log.wait_for(ev.UtteranceAssessed).assessment.moves
    listened = log.kinds().count("Listen")
    log.wait_for(ev.Listen, count=listened + 1)
    running.post(ev.RecordingOpened(Path("a.wav")))
    log.wait_for(ev.RecordingFailed)  # whatever the listener was asked before is answered by now
    running.stop()
    ready = log.kinds().index("HearingFailed")
    assert "ListeningStarted" not in log.kinds()[ready:]


def test_a_recognizer_that_cannot_be_loaded_leaves_typing() -> None:
    def no_ear() -> Ear:
        raise ModelError("models/x is damaged")

    log = Log()
    running = engine(Session([LINE]), source=Sound([1.0]), make_ear=no_ear)
    running.start(log)
    assert log.wait_for(ev.HearingFailed).message == "models/x is damaged"
    running.post(ev.RecordingOpened(Path("reply.wav")))
    log.wait_for(ev.RecordingFailed)
    running.post(ev.ReplyTyped(VALIDATION))
    log.wait_for(ev.UtteranceAssessed)
    running.stop()


def test_a_recording_that_does_not_exist_is_named_and_listening_goes_on(tmp_path: Path) -> None:
    log = Log()
    running = engine(Session([LINE]))
    running.start(log)
    log.wait_for(ev.Listen)
    running.post(ev.RecordingOpened(tmp_path / "gone.wav"))
    assert "gone.wav" in log.wait_for(ev.RecordingFailed).message
    log.wait_for(ev.Listen, count=2)
    running.stop()


def test_a_long_recording_is_given_up_when_the_person_goes_on(tmp_path: Path) -> None:
    long = tmp_path / "long.wav"
    soundfile.write(long, np.random.default_rng(1).normal(0, 0.1, 16_000 * 200), 16_000)
    log = Log()
    running = engine(Session([LINE]))
    running.start(log)
    log.wait_for(ev.Listen)
    running.post(ev.RecordingOpened(long))
    log.wait_for(ev.HearRecording)
    running.post(ev.ReplyTyped(VALIDATION))
    running.post(ev.RecordingOpened(tmp_path / "gone.wav"))
    log.wait_for(ev.RecordingFailed)
    running.stop()
    assert log.kinds().count("UtteranceAssessed") == 1


def test_a_fault_of_the_judge_ends_the_session_and_is_raised() -> None:
    class Faulty(Session):
        def handle(self, event: ev.Event) -> tuple[ev.Command, ...]:
            raise ZeroDivisionError(event)

    log = Log()
    running = engine(Faulty([LINE]))
    running.start(log)
    with pytest.raises(ZeroDivisionError):
        running.join()
    assert isinstance(log.all[-1], ev.Finish)
