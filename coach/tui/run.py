"""The door to the screen for a front end."""

from pathlib import Path

from coach.handle import SessionHandle
from coach.terminal import quiet_terminal


def run(session: SessionHandle, *, log: Path) -> None:
    """Rehearse on the screen until the session ends; what sound libraries print goes to `log`.

    Raises whatever kept the session from starting, or a fault that ended it; SystemExit where the screen
    itself failed and has shown why.
    """
    with quiet_terminal(log):
        from coach.tui.app import CoachApp  # Textual has to find the quiet terminal

        app = CoachApp(session)
        app.run()
    if app.failure is not None:
        raise app.failure
    if app.return_code:
        raise SystemExit(app.return_code)
