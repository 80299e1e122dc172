"""The practice screen: what it shows of what the engine reports."""

from dataclasses import replace
from pathlib import Path

import pytest

from coach import events as ev
from coach.handle import Watch
from coach.tui import texts
from coach.tui.app import CoachApp
from coach.tui.widgets.level import LevelBar
from tests.fakes import SETUP, FakeSession
from tests.tui import scenes
from tests.tui.playing import rehearsal

HELPFUL = scenes.judged(scenes.HELPFUL, scenes.HELPFUL_FEEDBACK)
FIXING = scenes.judged(scenes.FIXING, scenes.FIXING_FEEDBACK)


async def test_starts_the_session_and_stops_it_once() -> None:
    async with rehearsal() as playing:
        assert playing.session.started
        assert playing.session.stopped == 0
    assert playing.session.stopped == 1


STATES: tuple[tuple[tuple[scenes.Report, ...], str], ...] = (
    (scenes.PARTNER, texts.WAITING),
    (scenes.LISTENING, texts.LISTENING),
    (scenes.SPEAKING, texts.HEARING),
    ((*scenes.SPEAKING, ev.EndTurn()), texts.THINKING),
    (HELPFUL, texts.SPEAKING),
    ((*HELPFUL, ev.CoachFinishedSpeaking("x"), ev.Listen(), ev.ListeningStarted()), texts.LISTENING),
    ((*scenes.LISTENING, ev.HearRecording(Path("a.wav"))), texts.HEARING_RECORDING),
    ((*scenes.LISTENING, scenes.NO_MICROPHONE), texts.READY_WITHOUT_EAR),
    ((*scenes.LISTENING, ev.PauseToggled(), ev.StopListening()), texts.PAUSED),
)


async def test_says_where_the_rehearsal_stands() -> None:
    async with rehearsal() as playing:
        assert texts.WAITING in playing.seen
        for reports, state in STATES:
            await playing.report(*reports)
            assert state in playing.seen


async def test_shows_the_words_while_they_are_said() -> None:
    async with rehearsal(*scenes.SPEAKING) as playing:
        assert "that sounds really lonely and you" in playing.seen


async def test_the_last_words_of_a_long_reply_are_in_sight() -> None:
    words = " ".join(f"word{number}" for number in range(300))
    async with rehearsal(*scenes.SPEAKING, ev.PartialTranscript(words), size=(60, 20)) as playing:
        assert "word299" in playing.seen


async def test_hides_what_was_judged_while_somebody_speaks() -> None:
    async with rehearsal(*FIXING, ev.Listen(), ev.ListeningStarted(), ev.SpeechStarted(9.0)) as playing:
        assert texts.TO_TRY not in playing.seen
        assert "make a list" not in playing.seen


async def test_shows_it_again_when_no_words_were_heard() -> None:
    again = (ev.Listen(), ev.ListeningStarted(), ev.SpeechStarted(9.0), ev.SpeechWithoutWords(), ev.Listen())
    async with rehearsal(*FIXING, *again) as playing:
        assert texts.TO_TRY in playing.seen
        assert "make a list" in playing.seen
        assert texts.NO_WORDS_HEARD in playing.seen


async def test_marks_the_reply_and_says_what_the_marks_mean() -> None:
    async with rehearsal(*FIXING) as playing:
        assert "+i hear you, but !you should just make a list. \u00b7do you know" in playing.seen
        assert "! may get in the way \u2013 advice" in playing.seen


async def test_shows_one_thing_that_landed_and_one_to_try() -> None:
    async with rehearsal(*FIXING) as playing:
        assert "What landed \u201cI hear you\u201d is a good place to begin." in playing.seen
        assert "One thing to try Stay with the feeling" in playing.seen
        assert "You might say I hear you. Doing all of it" in playing.seen


async def test_what_is_not_there_takes_no_room() -> None:
    async with rehearsal(*HELPFUL) as playing:
        assert texts.BETTER_WORDING not in playing.seen


async def test_shows_no_grade() -> None:
    async with rehearsal(*FIXING) as playing:
        await playing.press("d")
        assert "70" not in playing.seen


async def test_a_reply_in_which_nothing_stood_out_has_reasons_too() -> None:
    plain_reply = scenes.assessed(scenes.FIXING_WORDS)
    async with rehearsal(*scenes.judged(plain_reply, scenes.FIXING_FEEDBACK)) as playing:
        await playing.press("d")
        assert texts.NO_DETAILS in playing.seen


async def test_care_stands_instead_of_coaching() -> None:
    async with rehearsal(*scenes.judged(scenes.CRISIS, scenes.CRISIS_FEEDBACK)) as playing:
        await playing.press("d")
        assert "matters more than this exercise" in playing.seen
        assert "You said i cannot go on" in playing.seen
        for coaching in (texts.LANDED, texts.TO_TRY, texts.WHY + " ", texts.MAY_HELP, "An own feeling."):
            assert coaching not in playing.seen.replace("d Why", "")


async def test_care_gives_way_to_the_next_reply() -> None:
    crisis = scenes.judged(scenes.CRISIS, scenes.CRISIS_FEEDBACK)
    async with rehearsal(*crisis, *FIXING[len(scenes.PARTNER) :]) as playing:
        assert "matters more" not in playing.seen
        assert texts.TO_TRY in playing.seen


async def test_the_next_line_begins_afresh() -> None:
    async with rehearsal(*FIXING, ev.ShowPartner(setting="", line="And now?")) as playing:
        assert "\u201cAnd now?\u201d" in playing.seen
        for old in (scenes.SETTING, "make a list", texts.TO_TRY):
            assert old not in playing.seen


async def test_a_line_may_be_empty() -> None:
    async with rehearsal(ev.ShowPartner(setting="", line=""), ev.Listen(), ev.ListeningStarted()) as playing:
        assert "\u201c" not in playing.seen
        assert texts.LISTENING in playing.seen


async def test_a_missing_microphone_stays_visible_with_a_way_out() -> None:
    await_reply = (ev.ShowPartner(setting="", line="And now?"), ev.Listen())
    silent = replace(SETUP, microphone=None)
    async with rehearsal(*scenes.PARTNER, scenes.NO_MICROPHONE, *await_reply, setup=silent) as playing:
        assert "No microphone" in playing.seen
        assert "run coach check" in playing.seen
        assert texts.FALLBACK in playing.seen
        assert texts.NO_MICROPHONE in playing.seen
        await playing.report(ev.Assess(ev.UtteranceHeard(words=scenes.FIXING_WORDS), None))
        assert "run coach check" in playing.seen


async def test_hearing_that_works_again_ends_the_notice() -> None:
    again = (ev.Listen(), ev.ListeningStarted(), ev.SpeechStarted(2.0))
    async with rehearsal(*scenes.PARTNER, scenes.NO_MICROPHONE, *again) as playing:
        assert "run coach check" not in playing.seen


async def test_without_a_voice_the_coachs_words_are_shown() -> None:
    async with rehearsal(*scenes.PARTNER, scenes.VOICE_FAILED) as playing:
        assert texts.VOICE_FAILED in playing.seen
        await playing.report(*FIXING[1:])
        assert "You began by listening." in playing.seen
        assert texts.NO_VOICE in playing.seen


async def test_with_a_voice_they_are_not_shown_twice() -> None:
    async with rehearsal(*FIXING) as playing:
        assert "You began by listening." not in playing.seen


async def test_says_what_is_in_use_and_what_would_be_better() -> None:
    async with rehearsal(*scenes.LISTENING) as playing:
        assert "pocketsphinx:en-us \u00b7 microphone Built-in Audio \u00b7 voice espeak-ng" in playing.seen
        assert "A Vosk model mishears fewer words" in playing.seen


async def test_lost_sound_is_counted() -> None:
    async with rehearsal(*scenes.LISTENING, ev.SoundDropped(0.25), ev.SoundDropped(0.25)) as playing:
        assert texts.sound_dropped(0.5) in playing.seen


async def test_a_remark_passes_with_the_next_reply() -> None:
    async with rehearsal(*scenes.LISTENING, ev.ShowNotice("A small remark.")) as playing:
        assert "A small remark." in playing.seen
        await playing.report(ev.SpeechStarted(1.0))
        assert "A small remark." not in playing.seen


async def test_the_level_breathes_and_rests() -> None:
    async with rehearsal(*scenes.LISTENING) as playing:
        bar = playing.app.screen.query_one(LevelBar)
        widths = []
        for _ in range(4):
            await playing.report(*scenes.LOUD)
            widths.append(bar.lit)
        assert widths == sorted(set(widths))
        assert widths[-1] < bar.size.width
        await playing.report(*[ev.LevelMeasured(level_db=-90.0, speech=0.0)] * 3)
        assert 0 < bar.lit < widths[-1]
        await playing.report(ev.StopListening())
        assert bar.lit == 0
        await playing.report(*scenes.LOUD)
        assert bar.lit == 0


async def test_a_burst_of_levels_is_drawn_once() -> None:
    async with rehearsal(*scenes.LISTENING) as playing:
        bar = playing.app.screen.query_one(LevelBar)
        await playing.report(*scenes.LOUD)
        after_one = bar.lit
        await playing.report(ev.StopListening(), ev.Listen(), ev.ListeningStarted())
        await playing.report(*scenes.LOUD * 20)
        assert bar.lit == after_one


async def test_nothing_is_lost_on_a_small_screen() -> None:
    async with rehearsal(*FIXING, size=(60, 20)) as playing:
        await playing.press("d", "home")
        pages = []
        for _ in range(5):
            pages.append(playing.seen)
            await playing.press("pagedown")
        all_seen = " ".join(pages)
        for text in ("make a list", "What landed", "You might say", "nobody asked for", "take back"):
            assert text in all_seen


class SessionThatCannotStart(FakeSession):
    def start(self, watch: Watch) -> None:
        super().start(watch)
        raise RuntimeError("no")


async def test_a_session_that_cannot_start_ends_the_app_with_its_reason() -> None:
    app = CoachApp(SessionThatCannotStart())
    async with app.run_test() as pilot:
        await pilot.pause()
    assert str(app.failure) == "no"


class SessionThatFails(FakeSession):
    def post(self, event: ev.Event) -> None:
        super().post(event)
        raise RuntimeError("no")


async def test_a_failing_screen_still_stops_the_session() -> None:
    session = SessionThatFails()
    with pytest.raises(RuntimeError):
        async with CoachApp(session).run_test() as pilot:
            await pilot.press("n")
    assert session.stopped == 1
