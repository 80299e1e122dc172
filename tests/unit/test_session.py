"""The session: a state machine without devices."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach import events as ev
from coach.practice.feedback import Feedback
from coach.practice.session import (
    EMPTY_REPLY,
    HEARD_UNCLEARLY,
    NO_WORDS,
    NOT_SURE,
    PartnerLine,
    Phase,
    Session,
)
from coach.reply.assessment import Assessment
from coach.reply.words import Word, words_from_text

LINES = (PartnerLine("my boss yelled at me", setting="kitchen"), PartnerLine("i got the job"))
HEARD = ev.UtteranceHeard(words=words_from_text("that sounds hard"), samples=np.zeros(512, np.float32))
"""A reply that fits whatever is listened for, as typed ones do."""

ASSESSED = ev.UtteranceAssessed(
    Assessment(
        words=HEARD.words,
        partner=None,
        moves=(),
        findings=(),
        main_behavior="other",
        score=50,
        delivery=None,
        crisis=None,
    ),
    Feedback(spoken="That landed.", strength=None, next_step="Ask more.", better_wording=None),
)


def finished(command: ev.Command, *, interrupted: bool = False) -> ev.CoachFinishedSpeaking:
    assert isinstance(command, ev.Say)
    return ev.CoachFinishedSpeaking(command.text, interrupted=interrupted, number=command.number)


def listens(commands: tuple[ev.Command, ...]) -> bool:
    return len(commands) == 1 and isinstance(commands[0], ev.Listen)


def listening(*, one_try_each: bool = False) -> Session:
    session = Session(LINES, one_try_each=one_try_each)
    _, said = session.handle(ev.SessionStarted())
    assert session.handle(finished(said)) == (ev.Listen(1),)
    return session


def speaking_feedback(session: Session) -> ev.Say:
    session.handle(HEARD)
    (said,) = session.handle(ASSESSED)
    assert isinstance(said, ev.Say)
    return said


def test_the_partner_speaks_first() -> None:
    session = Session(LINES)
    shown, said = session.handle(ev.SessionStarted())
    assert shown == ev.ShowPartner(setting="kitchen", line="my boss yelled at me")
    assert said == ev.Say("my boss yelled at me", number=1)
    assert session.phase is Phase.SPEAKING


def test_without_a_partner_line_it_listens_at_once() -> None:
    assert Session(()).handle(ev.SessionStarted()) == (ev.ShowPartner("", ""), ev.Listen(1))


def test_a_reply_is_judged_and_answered_and_the_ear_opens_again() -> None:
    session = listening()
    assert session.handle(ev.SpeechStarted(0.5, turn=1)) == ()
    assert session.handle(HEARD) == (ev.StopListening(), ev.Assess(HEARD, "my boss yelled at me"))
    (said,) = session.handle(ASSESSED)
    assert said == ev.Say("That landed.", number=2)
    assert listens(session.handle(finished(said)))
    assert session.index == 0


def test_with_one_try_each_the_next_line_follows_and_then_the_end() -> None:
    session = listening(one_try_each=True)
    shown, said = session.handle(finished(speaking_feedback(session)))
    assert shown == ev.ShowPartner(setting="", line="i got the job")
    session.handle(finished(said))
    assert session.handle(finished(speaking_feedback(session)))[-1] == ev.Finish()


def test_a_key_stops_the_voice_and_ends_a_turn() -> None:
    session = listening()
    assert session.handle(ev.InterruptRequested()) == ()
    session.handle(ev.SpeechStarted(0.5, turn=1))
    assert session.handle(ev.InterruptRequested()) == (ev.EndTurn(),)
    said = speaking_feedback(session)
    assert session.handle(ev.InterruptRequested()) == (ev.Hush(),)
    assert listens(session.handle(finished(said, interrupted=True)))


def test_the_end_of_an_older_sentence_opens_no_ear() -> None:
    session = listening()
    said = speaking_feedback(session)
    hush, again = session.handle(ev.RepeatRequested())
    assert hush == ev.Hush()
    assert session.handle(finished(said, interrupted=True)) == ()
    assert listens(session.handle(finished(again)))


def test_a_typed_reply_is_judged_whatever_goes_on() -> None:
    session = Session(LINES)
    session.handle(ev.SessionStarted())
    hush, assess = session.handle(ev.ReplyTyped("That sounds hard."))
    assert hush == ev.Hush()
    assert isinstance(assess, ev.Assess)
    assert [word.word for word in assess.utterance.words] == ["that", "sounds", "hard"]


def test_an_empty_reply_gets_a_word_and_changes_nothing() -> None:
    session = listening()
    assert session.handle(ev.ReplyTyped("  ?! ")) == (ev.ShowNotice(EMPTY_REPLY),)
    assert session.phase is Phase.LISTENING


def test_speech_without_words_is_met_and_listening_goes_on() -> None:
    session = listening()
    session.handle(ev.SpeechStarted(0.1, turn=1))
    assert session.handle(ev.SpeechWithoutWords(turn=1)) == (ev.ShowNotice(NO_WORDS), ev.Listen(2))


def test_a_reply_that_was_heard_unclearly_is_asked_for_again_and_not_judged() -> None:
    session = listening()
    mumbled = ev.UtteranceHeard(words=tuple(Word(word, 0.0, 0.1, 0.3) for word in ("chan", "charge")))
    stop, notice, said = session.handle(mumbled)
    assert stop == ev.StopListening()
    assert notice == ev.ShowNotice(HEARD_UNCLEARLY.format(heard="chan charge"))
    assert said == ev.Say(NOT_SURE, number=2)
    assert listens(session.handle(finished(said)))


def test_an_unclear_recording_of_several_is_passed_over() -> None:
    session = listening(one_try_each=True)
    said = session.handle(ev.UtteranceHeard(words=(Word("chan", 0.0, 0.1, 0.1),)))[-1]
    assert session.handle(finished(said))[0] == ev.ShowPartner(setting="", line="i got the job")


def test_a_recording_is_heard_as_a_reply() -> None:
    session = listening()
    path = Path("reply.wav")
    assert session.handle(ev.RecordingOpened(path)) == (ev.StopListening(), ev.HearRecording(path, 2))
    heard = replace(HEARD, turn=2)
    assert session.handle(heard) == (ev.StopListening(), ev.Assess(heard, "my boss yelled at me"))


def test_a_recording_that_cannot_be_heard_leaves_the_session_listening() -> None:
    session = listening()
    session.handle(ev.RecordingOpened(Path("gone.wav")))
    assert listens(session.handle(ev.RecordingFailed("t", "m", turn=2)))


def test_pause_closes_the_ear_and_a_reply_on_its_way_is_still_judged() -> None:
    session = listening()
    assert session.handle(ev.PauseToggled()) == (ev.StopListening(),)
    assert session.handle(HEARD) == (ev.Assess(HEARD, "my boss yelled at me"),)
    assert session.handle(ASSESSED) == ()
    assert listens(session.handle(ev.PauseToggled()))


def test_next_goes_round() -> None:
    session = listening()
    assert session.handle(ev.NextRequested())[1] == ev.ShowPartner("", "i got the job")
    session.handle(ev.NextRequested())
    assert session.index == 0


def test_a_reply_that_comes_after_the_next_line_began_is_not_taken_for_an_answer_to_it() -> None:
    session = listening()
    session.handle(ev.SpeechStarted(0.5, turn=1))
    session.handle(ev.NextRequested())
    assert session.handle(replace(HEARD, turn=1)) == ()
    assert session.index == 1
    assert session.phase is Phase.SPEAKING


def test_another_key_stops_a_recording_that_is_being_heard() -> None:
    session = listening()
    session.handle(ev.RecordingOpened(Path("long.wav")))
    assert session.handle(ev.NextRequested())[0] == ev.StopListening()
    assert session.handle(replace(HEARD, turn=2)) == ()


def test_the_end_of_sound_ends_a_pause() -> None:
    session = listening()
    session.handle(ev.PauseToggled())
    assert session.handle(ev.SoundEnded())[-1] == ev.Finish()


def test_the_end_of_sound_waits_for_the_feedback() -> None:
    session = listening()
    said = speaking_feedback(session)
    assert session.handle(ev.SoundEnded()) == ()
    assert session.handle(finished(said))[-1] == ev.Finish()


REQUESTS = [
    ev.SessionStarted(),
    ev.HearingReady("pocketsphinx:en-us", None, None),
    ev.ListeningStarted(),
    ev.LevelMeasured(-30.0, 0.9),
    *(ev.SpeechStarted(0.1, turn) for turn in range(4)),
    ev.PartialTranscript("that"),
    HEARD,
    ev.UtteranceHeard(words=(Word("chan", 0.0, 0.1, 0.1),)),
    *(ev.SpeechWithoutWords(turn) for turn in range(4)),
    *(replace(HEARD, turn=turn) for turn in range(4)),
    ev.RecordingFlawed("cut short"),
    ev.RecordingFailed("No recording", "gone", turn=2),
    ev.SoundDropped(0.1),
    ev.HearingFailed("No microphone", "none"),
    ASSESSED,
    ev.CoachStartedSpeaking("x"),
    ev.VoiceFailed("none"),
    ev.ReplyTyped("you should rest"),
    ev.ReplyTyped(""),
    ev.RecordingOpened(Path("x.wav")),
    ev.InterruptRequested(),
    ev.RepeatRequested(),
    ev.NextRequested(),
    ev.PauseToggled(),
    ev.SoundEnded(),
    ev.QuitRequested(),
]
happenings = st.one_of(
    st.sampled_from(REQUESTS),
    st.builds(ev.CoachFinishedSpeaking, st.just("x"), interrupted=st.booleans(), number=st.integers(0, 6)),
)


@given(st.lists(happenings, max_size=40), st.booleans())
def test_any_sequence_is_handled_the_ear_is_shut_while_the_coach_speaks_and_nothing_follows_finish(
    sequence: list[ev.Event],
    one_try_each: bool,  # noqa: FBT001  (drawn by Hypothesis)
) -> None:
    session = Session(LINES, one_try_each=one_try_each)
    ear_open = False
    done = False
    for event in sequence:
        for command in session.handle(event):
            assert not done
            match command:
                case ev.Listen():
                    ear_open = True
                case ev.StopListening():
                    ear_open = False
                case ev.Say():
                    assert not ear_open
                case ev.Finish():
                    done = True
                case _:
                    pass
        assert ear_open <= (session.phase in (Phase.LISTENING, Phase.HEARING, Phase.FINISHED))


@pytest.mark.parametrize("event", REQUESTS, ids=lambda event: type(event).__name__)
def test_nothing_follows_finish(event: ev.Event) -> None:
    session = listening()
    assert session.handle(ev.QuitRequested()) == (ev.StopListening(), ev.Finish())
    assert session.handle(event) == ()
