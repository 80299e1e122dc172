"""The app: passes on what the engine reports and what the person asks for."""

from collections.abc import Iterable
from functools import partial

from textual.app import App, SystemCommand
from textual.screen import Screen

from coach import events as ev
from coach.handle import SessionHandle
from coach.tui import texts
from coach.tui.keys import KEYS
from coach.tui.messages import Reported, Requested
from coach.tui.screens.practice import PracticeScreen
from coach.tui.themes import DARK, LIGHT

_LEVELS_FOR_ONE = 3
"""Of so many levels one is shown: ten a second are enough for a line that breathes."""


class CoachApp(App[None]):
    """One rehearsal. It ends when the engine says so, and leaves no thread."""

    TITLE = texts.TITLE
    CSS_PATH = "coach.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-wide")]  # noqa: RUF012  (Textual types it so)
    VERTICAL_BREAKPOINTS = [(0, "-low"), (26, "-high")]  # noqa: RUF012  (Textual types it so)

    def __init__(self, session: SessionHandle) -> None:
        super().__init__()
        self._session = session
        self._practice = PracticeScreen(session.setup)
        self._quitting = False
        self._levels = 0
        """Levels reported so far."""
        self.failure: Exception | None = None
        """What went wrong while the session was started or stopped; None when nothing did."""
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colours that a theme of somebody else lacks."""
        return DARK.variables

    def get_default_screen(self) -> Screen[None]:
        """The rehearsal."""
        return self._practice

    def on_mount(self) -> None:
        """Start once the screen was drawn."""
        self.call_after_refresh(self._start)

    def _start(self) -> None:
        try:
            self._session.start(self._watch)
        except Exception as error:  # noqa: BLE001  (`run` raises it when the terminal is restored)
            self.failure = error
            self.exit()

    def _watch(self, report: ev.Event | ev.Command) -> None:
        """Called on the engine's thread."""
        if isinstance(report, ev.LevelMeasured):
            self._levels += 1
            if self._levels % _LEVELS_FOR_ONE:
                return
        self._practice.post_message(Reported(report))

    def on_requested(self, message: Requested) -> None:
        """Pass on what the person asks for."""
        self._session.post(message.event)

    async def action_quit(self) -> None:
        """Ask the engine to finish; leave at once when asked again."""
        if self._quitting:
            self.exit()
        self._quitting = True
        self._session.post(ev.QuitRequested())

    def action_change_theme_brightness(self) -> None:
        """Change between dark and light."""
        self.theme = DARK.name if self.theme == LIGHT.name else LIGHT.name

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:  # noqa: ARG002  (Textual hands it over)
        """What the command palette offers: the same as the keys, by readable names."""
        for key in KEYS:
            yield SystemCommand(
                key.title, f"{key.help} ({key.shown})", partial(self.run_action, key.action, self._practice)
            )
        yield SystemCommand(texts.THEME, texts.THEME_HELP, self.action_change_theme_brightness)

    def on_unmount(self) -> None:
        """End the session and its threads."""
        try:
            self._session.stop()
        except Exception as error:  # noqa: BLE001  (`run` raises it when the terminal is restored)
            self.failure = self.failure or error
