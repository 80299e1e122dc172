"""The practice screen: everything can be done by key, by name, and much of it by mouse."""

from pathlib import Path

from textual.widgets import Input
from textual.widgets._footer import FooterKey

from coach import events as ev
from coach.shown import plain
from coach.tui import texts
from coach.tui.keys import KEYS
from coach.tui.screens.help import HelpScreen
from tests.tui import scenes
from tests.tui.playing import rehearsal

HELPFUL = scenes.judged(scenes.HELPFUL, scenes.HELPFUL_FEEDBACK)
FIXING = scenes.judged(scenes.FIXING, scenes.FIXING_FEEDBACK)


async def test_a_key_asks_the_engine() -> None:
    async with rehearsal(*scenes.LISTENING) as playing:
        assert await playing.press("space") == [ev.InterruptRequested()]
        assert await playing.press("r") == [ev.RepeatRequested()]
        assert await playing.press("n") == [ev.NextRequested()]
        assert await playing.press("p") == [ev.PauseToggled()]
        assert await playing.press("q") == [ev.QuitRequested()]
        assert await playing.press("x", "enter", "up") == []


async def test_any_key_quiets_the_coach_and_still_does_what_it_does() -> None:
    async with rehearsal(*HELPFUL) as playing:
        assert await playing.press("r") == [ev.InterruptRequested(), ev.RepeatRequested()]
    async with rehearsal(*HELPFUL) as playing:
        assert await playing.press("x") == [ev.InterruptRequested()]


async def test_quiets_the_coach_once() -> None:
    async with rehearsal(*HELPFUL) as playing:
        assert await playing.press("x", "y", "z") == [ev.InterruptRequested()]
        await playing.report(ev.CoachStartedSpeaking("Once more."))
        assert await playing.press("x") == [ev.InterruptRequested()]


async def test_reading_leaves_the_coach_speaking() -> None:
    async with rehearsal(*HELPFUL) as playing:
        assert await playing.press("down", "up", "pagedown", "home", "end", "tab") == []


async def test_a_reply_is_typed() -> None:
    async with rehearsal(*scenes.LISTENING) as playing:
        assert await playing.press("t", *"no [b]", "enter") == [ev.ReplyTyped("no [b]")]
        assert await playing.press("t", *"ok", "enter") == [ev.ReplyTyped("ok")]
        assert await playing.press("p") == [ev.PauseToggled()]


async def test_typing_can_be_left_without_a_reply() -> None:
    async with rehearsal(*scenes.LISTENING) as playing:
        assert await playing.press("t", "n", "o", "escape", "n") == [ev.NextRequested()]
        assert await playing.press("t", "space", "enter") == []


async def test_a_recording_is_opened(tmp_path: Path) -> None:
    recording = tmp_path / "reply.wav"
    recording.touch()
    async with rehearsal(*scenes.LISTENING) as playing:
        await playing.press("o")
        playing.app.screen.query_one("#recording-entry", Input).value = str(recording)
        assert await playing.press("enter") == [ev.RecordingOpened(recording)]


async def test_tab_completes_the_path(tmp_path: Path) -> None:
    recording = tmp_path / "reply.wav"
    recording.touch()
    async with rehearsal(*scenes.LISTENING) as playing:
        await playing.press("o")
        playing.app.screen.query_one("#recording-entry", Input).value = f"{tmp_path}/re"
        await playing.app.workers.wait_for_complete()
        await playing.pilot.pause()
        assert await playing.press("tab", "enter") == [ev.RecordingOpened(recording)]


async def test_a_path_without_a_file_is_told_and_can_be_mended() -> None:
    async with rehearsal(*scenes.LISTENING) as playing:
        await playing.press("o")
        entry = playing.app.screen.query_one("#recording-entry", Input)
        for path in ("/no/such/file.wav", "/", "~nobody-by-this-name/a.wav", "a\0b"):
            entry.value = path
            assert await playing.press("enter") == []
            assert texts.no_such_file(plain(path)) in playing.seen
            assert entry.has_focus


async def test_reasons_on_demand() -> None:
    reason = "This may land as advice that nobody asked for."
    async with rehearsal(*FIXING, size=(100, 50)) as playing:
        assert reason not in playing.seen
        await playing.press("d")
        assert reason in playing.seen
        assert "The \u201cbut\u201d may take back" in playing.seen
        await playing.press("d")
        assert reason not in playing.seen


async def test_help_names_every_key_and_the_rehearsal_goes_on_behind_it() -> None:
    async with rehearsal(*scenes.LISTENING) as playing:
        await playing.press("question_mark")
        for entry in KEYS:
            assert f"{entry.shown} {entry.help}" in playing.seen
        await playing.report(ev.SpeechStarted(1.0))
        assert await playing.press("escape") == []
        assert texts.HEARING in playing.seen


async def test_help_comes_and_goes_by_several_keys() -> None:
    async with rehearsal(*scenes.LISTENING) as playing:
        for opens, closes in (("f1", "f1"), ("question_mark", "question_mark"), ("f1", "q")):
            await playing.press(opens)
            assert isinstance(playing.app.screen, HelpScreen)
            assert await playing.press(closes) == []
            assert not isinstance(playing.app.screen, HelpScreen)
        await playing.press("t", "f1")
        assert isinstance(playing.app.screen, HelpScreen)


async def test_the_command_palette_holds_every_key() -> None:
    async with rehearsal(*scenes.LISTENING) as playing:
        titles = {command.title for command in playing.app.get_system_commands(playing.app.screen)}
        assert {key.title for key in KEYS} < titles


async def test_the_command_palette_does_what_the_keys_do() -> None:
    async with rehearsal(*scenes.LISTENING) as playing:
        await playing.press("ctrl+p")
        await playing.press(*"next line")
        await playing.app.workers.wait_for_complete()
        await playing.pilot.pause()
        await playing.press("enter")
        await playing.app.workers.wait_for_complete()
        await playing.pilot.pause()
        assert playing.session.posted == [ev.NextRequested()]


async def test_light_and_dark() -> None:
    async with rehearsal(*scenes.LISTENING) as playing:
        themes = []
        for _ in range(3):
            themes.append(playing.app.theme)
            playing.app.action_change_theme_brightness()
        assert themes == ["coach-dark", "coach-light", "coach-dark"]


async def test_the_mouse_presses_keys_and_scrolls() -> None:
    async with rehearsal(*scenes.LISTENING) as playing:
        next_key = next(key for key in playing.app.screen.query(FooterKey) if key.key == "n")
        await playing.pilot.click(next_key)
        await playing.pilot.pause()
        assert playing.session.posted == [ev.NextRequested()]


async def test_every_key_is_on_a_small_screen() -> None:
    async with rehearsal(*scenes.LISTENING, size=(60, 20)) as playing:
        for key in KEYS:
            assert f"{key.shown.split(',')[0]} {key.short}" in playing.seen


async def test_leaves_when_the_engine_finishes() -> None:
    async with rehearsal(*scenes.LISTENING) as playing:
        assert await playing.press("q") == [ev.QuitRequested()]
        assert texts.LISTENING in playing.seen
        await playing.report(ev.Finish())
        assert not playing.app.is_running
    assert playing.session.stopped == 1


async def test_leaves_at_once_when_asked_twice() -> None:
    async with rehearsal(*scenes.LISTENING) as playing:
        await playing.press("q", "q")
        assert not playing.app.is_running
    assert playing.session.stopped == 1
