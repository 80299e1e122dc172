"""A text with a quiet label before it, or above it where the screen is narrow."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static


class Labelled(Horizontal):
    """One labelled text; hidden while there is none."""

    def __init__(self, label: str, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id, classes="-empty")
        self._label = label

    def compose(self) -> ComposeResult:
        """A label and a text."""
        yield Static(Content(self._label), classes="label")
        yield Static(classes="text", markup=False)

    def show(self, text: Content | None) -> None:
        """Show `text`; None hides the label too."""
        if text is None and self.has_class("-empty"):
            return
        self.set_class(text is None, "-empty")
        self.query_one(".text", Static).update(text or Content())
