"""Where the rehearsal stands, for any order of reports."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from coach import events as ev
from coach.tui.situation import Activity, Situation

REPORTS = st.sampled_from(
    [
        ev.SessionStarted(),
        ev.Listen(),
        ev.ListeningStarted(),
        ev.LevelMeasured(-40.0, 0.1),
        ev.SpeechStarted(0.0),
        ev.PartialTranscript("that"),
        ev.SpeechWithoutWords(),
        ev.StopListening(),
        ev.EndTurn(),
        ev.Assess(ev.UtteranceHeard(()), None),
        ev.Say("Well."),
        ev.CoachStartedSpeaking("Well."),
        ev.CoachFinishedSpeaking("Well."),
        ev.Hush(),
        ev.HearRecording(Path("a.wav")),
        ev.HearingFailed("No microphone", "None was found."),
        ev.PauseToggled(),
        ev.Finish(),
    ]
)


def situation_after(reports: list[ev.Event | ev.Command]) -> Situation:
    situation = Situation()
    for report in reports:
        situation = situation.after(report)
    return situation


@settings(max_examples=1000)
@given(st.lists(REPORTS))
def test_never_listens_before_the_ear_was_asked_to_open(reports: list[ev.Event | ev.Command]) -> None:
    if situation_after(reports).activity in (Activity.LISTENING, Activity.HEARING):
        assert ev.Listen() in reports


@given(st.lists(REPORTS), st.lists(REPORTS.filter(lambda one: isinstance(one, ev.Event))))
def test_only_a_command_ends_a_pause(
    before: list[ev.Event | ev.Command], after: list[ev.Event | ev.Command]
) -> None:
    paused = situation_after([*before, ev.Listen(), ev.PauseToggled()])
    for report in after:
        paused = paused.after(report)
    assert paused.activity is Activity.PAUSED


@given(st.lists(REPORTS))
def test_an_open_ear_is_shown_whatever_was_before(reports: list[ev.Event | ev.Command]) -> None:
    assert situation_after([*reports, ev.Listen(), ev.ListeningStarted()]) == Situation(Activity.LISTENING)


def test_an_ear_that_opens_late_does_not_end_a_pause() -> None:
    reports: list[ev.Event | ev.Command] = [ev.Listen(), ev.PauseToggled(), ev.ListeningStarted()]
    assert situation_after(reports).activity is Activity.PAUSED
