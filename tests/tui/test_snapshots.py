"""How the screen looks. Look at a snapshot before it is updated."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from coach import events as ev
from coach.handle import Setup
from coach.tui.app import CoachApp
from coach.tui.themes import DARK, LIGHT
from tests.fakes import SETUP, FakeSession
from tests.tui import scenes

Compare = Callable[..., bool]

HELPFUL = scenes.judged(scenes.HELPFUL, scenes.HELPFUL_FEEDBACK)
FIXING = scenes.judged(scenes.FIXING, scenes.FIXING_FEEDBACK)
CRISIS = scenes.judged(scenes.CRISIS, scenes.CRISIS_FEEDBACK)
PAUSED = (*scenes.LISTENING, ev.PauseToggled(), ev.StopListening())
NO_MICROPHONE = (*scenes.PARTNER, scenes.NO_MICROPHONE, ev.Listen())
VOICE_FAILED = (*FIXING[:-1], scenes.VOICE_FAILED, FIXING[-1])


@pytest.fixture
def looks(snap_compare: Compare, monkeypatch: pytest.MonkeyPatch) -> Compare:
    """Compare the screen, after reports and keys, with how it looked."""
    # The plugin names the suffix as syrupy 4 did; without it a snapshot could not be opened as a picture.
    monkeypatch.setattr("pytest_textual_snapshot.SVGImageExtension.file_extension", "svg")

    def compare(
        *reports: scenes.Report,
        keys: tuple[str, ...] = (),
        size: tuple[int, int] = (100, 30),
        theme: str = DARK.name,
        setup: Setup = SETUP,
    ) -> bool:
        session = FakeSession(setup)
        app = CoachApp(session)
        app.theme = theme
        app.animation_level = "none"

        async def play(pilot: Pilot[None]) -> None:
            await pilot.pause()
            for entry in app.screen.query(Input):
                entry.cursor_blink = False
            session.report(*reports)
            await pilot.pause()
            await pilot.press(*keys)
            await pilot.pause()

        return snap_compare(app, terminal_size=size, run_before=play)

    return compare


def test_opening(looks: Compare) -> None:
    assert looks()


def test_listening(looks: Compare) -> None:
    assert looks(*scenes.LISTENING)


def test_somebody_speaks(looks: Compare) -> None:
    assert looks(*scenes.SPEAKING)


def test_a_helpful_reply(looks: Compare) -> None:
    assert looks(*HELPFUL)


def test_a_fixing_reply(looks: Compare) -> None:
    assert looks(*FIXING)


def test_a_fixing_reply_light(looks: Compare) -> None:
    assert looks(*FIXING, theme=LIGHT.name)


def test_a_fixing_reply_without_colour(looks: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert looks(*FIXING)


def test_a_fixing_reply_small(looks: Compare) -> None:
    assert looks(*FIXING, size=(60, 20))


def test_the_reasons_large(looks: Compare) -> None:
    assert looks(*FIXING, keys=("d",), size=(140, 45))


def test_words_of_care(looks: Compare) -> None:
    assert looks(*CRISIS)


def test_no_microphone(looks: Compare) -> None:
    assert looks(*NO_MICROPHONE, setup=replace(SETUP, microphone=None))


def test_the_voice_failed(looks: Compare) -> None:
    assert looks(*VOICE_FAILED)


def test_paused(looks: Compare) -> None:
    assert looks(*PAUSED)


def test_typing_light(looks: Compare) -> None:
    assert looks(*scenes.LISTENING, keys=("t", *"that sounds"), theme=LIGHT.name)


def test_help(looks: Compare) -> None:
    assert looks(*scenes.LISTENING, keys=("question_mark",))
