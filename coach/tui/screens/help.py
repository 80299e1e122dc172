"""All keys, and how a rehearsal goes."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from coach.signs import Sign
from coach.tui import texts
from coach.tui.keys import KEYS
from coach.tui.widgets.key_line import KeyLine
from coach.tui.widgets.reply import MEANINGS, STYLES


class HelpScreen(ModalScreen[None]):
    """Covers the practice screen until it is closed; the rehearsal goes on behind it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,f1,q", "close", texts.CLOSE, key_display="Esc")
    ]

    def __init__(self, *, in_use: tuple[str, ...]) -> None:
        super().__init__()
        self._in_use = in_use

    def compose(self) -> ComposeResult:
        """One page that scrolls."""
        with Vertical(classes="page"):
            with VerticalScroll(id="help"):
                yield Static(Content(texts.HELP_TEXT))
                yield Static(Content(texts.MARKS_TITLE), classes="title")
                yield Static(_marks())
                yield Static(Content(texts.KEYS_TITLE), classes="title")
                for key in KEYS:
                    yield from _entry(key.shown, key.help)
                yield from _entry("Ctrl+P", texts.PALETTE_HELP)
                yield from _entry("\u2191 \u2193", texts.SCROLL_HELP)
                yield Static(Content(texts.IN_USE_TITLE), classes="title")
                yield Static(Content("\n".join(self._in_use)))
            yield KeyLine(show_command_palette=False)

    def action_close(self) -> None:
        """Back to the rehearsal."""
        self.dismiss()


def _marks() -> Content:
    return Content("   ").join(Content.styled(f"{sign} {MEANINGS[sign]}", STYLES[sign]) for sign in Sign)


def _entry(shown: str, help_text: str) -> ComposeResult:
    with Horizontal(classes="key"):
        yield Static(Content.styled(shown, "$accent bold"), classes="shown")
        yield Static(Content(help_text), classes="text")
