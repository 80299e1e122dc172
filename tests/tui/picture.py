"""The README's picture: a real reply, really judged, on the real screen. Run by `make picture`."""

import asyncio
import sys
from collections.abc import Iterable
from pathlib import Path

from coach import events as ev
from coach.practice.feedback import feedback_for
from coach.reply.assessment import assess
from coach.reply.words import words_from_text
from coach.tui.app import CoachApp
from tests.fakes import FakeSession

SETTING = "Tuesday evening, in the kitchen"
LINE = "I feel like I do everything around here, and nobody even notices."
REPLY = "That sounds exhausting. But you should just make a list, and then we can split it up."


def judged_reply(reply: str = REPLY) -> tuple[ev.Event | ev.Command, ...]:
    """What the engine reports when `reply` is typed, until it listens again."""
    utterance = ev.UtteranceHeard(words=words_from_text(reply))
    assessment = assess(utterance.words, partner=LINE)
    return (
        ev.ShowPartner(setting=SETTING, line=LINE),
        ev.Assess(utterance, LINE),
        ev.UtteranceAssessed(assessment, feedback_for(assessment)),
        ev.Listen(),
        ev.ListeningStarted(),
    )


async def picture(reports: Iterable[ev.Event | ev.Command], *, size: tuple[int, int] = (100, 30)) -> str:
    """The screen after `reports`, as SVG; `size` in columns and rows."""
    session = FakeSession()
    app = CoachApp(session)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        session.report(*reports)
        await pilot.pause()
        await pilot.pause()
        return app.export_screenshot(simplify=True)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(asyncio.run(picture(judged_reply())))
