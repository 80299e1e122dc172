"""The screen with a session that a test plays."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from textual.pilot import Pilot

from coach import events as ev
from coach.handle import Setup
from coach.tui.app import CoachApp
from tests.fakes import SETUP, FakeSession


@dataclass
class Rehearsal:
    """The screen with a session that the test plays."""

    session: FakeSession
    app: CoachApp
    pilot: Pilot[None]

    async def report(self, *reports: ev.Event | ev.Command) -> None:
        self.session.report(*reports)
        await self.pilot.pause()
        await self.pilot.pause()

    async def press(self, *keys: str) -> list[ev.Event]:
        """Press keys; return what was asked of the engine."""
        before = len(self.session.posted)
        await self.pilot.press(*keys)
        await self.pilot.pause()
        return self.session.posted[before:]

    @property
    def seen(self) -> str:
        """All text on the screen, in one line."""
        lines = (strip.text.split() for strip in self.app.screen._compositor.render_strips())
        return " ".join(word for line in lines for word in line)


@asynccontextmanager
async def rehearsal(
    *reports: ev.Event | ev.Command, setup: Setup = SETUP, size: tuple[int, int] = (100, 30)
) -> AsyncIterator[Rehearsal]:
    session = FakeSession(setup)
    app = CoachApp(session)
    app.animation_level = "none"
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        playing = Rehearsal(session, app, pilot)
        await playing.report(*reports)
        yield playing
