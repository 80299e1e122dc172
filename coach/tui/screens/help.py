"""All keys, and how a rehearsal goes."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Footer, Static

from coach.tui import texts
from coach.tui.keys import KEYS
from coach.tui.marking import Sign
from coach.tui.widgets.reply import MEANINGS, STYLES

_KEY_WIDTH = 9


class HelpScreen(ModalScreen[None]):
    """Covers the practice screen until it is closed; the rehearsal goes on behind it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,f1,q", "close", texts.CLOSE, key_display="Esc")
    ]

    def compose(self) -> ComposeResult:
        """One text that scrolls."""
        with VerticalScroll(id="help"):
            yield Static(Content(texts.HELP_TITLE), classes="title")
            yield Static(Content(texts.HELP_TEXT))
            yield Static(Content(texts.MARKS_TITLE), classes="title")
            yield Static(Content("\n").join(Content.styled(f"{sign} {MEANINGS[sign]}", STYLES[sign]) for sign in Sign))
            yield Static(Content(texts.KEYS_TITLE), classes="title")
            for shown, title, help_text in (
                *((key.shown, key.title, key.help) for key in KEYS),
                ("Ctrl+P", texts.PALETTE, texts.PALETTE_HELP),
                ("\u2191 \u2193", texts.SCROLL, texts.SCROLL_HELP),
            ):
                yield Static(_entry(shown, title, help_text), classes="key")
        yield Footer(show_command_palette=False)

    def action_close(self) -> None:
        """Back to the rehearsal."""
        self.dismiss()


def _entry(shown: str, title: str, help_text: str) -> Content:
    return Content.assemble(
        (shown.ljust(_KEY_WIDTH), "$accent bold"), title, "\n", (" " * _KEY_WIDTH + help_text, "$foreground-muted")
    )
