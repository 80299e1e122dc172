"""The keys of the practice screen: one table for the footer, the help and the command palette."""

from collections.abc import Iterator
from dataclasses import dataclass

from textual.binding import Binding

from coach.tui import texts


@dataclass(frozen=True, slots=True)
class Key:
    """One thing the person can do."""

    keys: str
    """Textual's names of its keys, separated by commas."""

    shown: str
    """The keys as people know them."""

    action: str
    """The action of the practice screen, or `app.` and one of the app."""

    short: str
    """A word for the footer."""

    title: str
    """A readable name for the command palette and the help."""

    help: str
    """A sentence that says what it does."""

    def bindings(self) -> Iterator[Binding]:
        """Its keys as Textual binds them; the footer shows the first."""
        first, *others = self.keys.split(",")
        yield Binding(first, self.action, self.short, key_display=self.shown.split(",")[0])
        for key in others:
            yield Binding(key, self.action, self.short, show=False)


KEYS = (
    Key("space", "space", "interrupt", texts.INTERRUPT_SHORT, texts.INTERRUPT, texts.INTERRUPT_HELP),
    Key("r", "r", "repeat", texts.REPEAT_SHORT, texts.REPEAT, texts.REPEAT_HELP),
    Key("n", "n", "next", texts.NEXT_SHORT, texts.NEXT, texts.NEXT_HELP),
    Key("p", "p", "pause", texts.PAUSE_SHORT, texts.PAUSE, texts.PAUSE_HELP),
    Key("t", "t", "type", texts.TYPE_SHORT, texts.TYPE, texts.TYPE_HELP),
    Key("o", "o", "open", texts.OPEN_SHORT, texts.OPEN_RECORDING, texts.OPEN_HELP),
    Key("d", "d", "details", texts.DETAILS_SHORT, texts.DETAILS, texts.DETAILS_HELP),
    Key("question_mark,f1", "?, F1", "help", texts.HELP_SHORT, texts.HELP, texts.HELP_HELP),
    Key("q", "q", "app.quit", texts.QUIT_SHORT, texts.QUIT, texts.QUIT_HELP),
)
