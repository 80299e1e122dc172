"""The line to be answered."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from coach.shown import plain


class PartnerCard(VerticalScroll):
    """Where and when, and what the partner says."""

    def compose(self) -> ComposeResult:
        """Setting above line."""
        yield Static(id="setting", markup=False)
        yield Static(id="line", markup=False)

    def on_mount(self) -> None:
        """There is no line yet."""
        self.display = False

    def show(self, *, setting: str, line: str) -> None:
        """Show a line; what is empty takes no room."""
        self.display = bool(setting or line)
        for name, text in (
            ("setting", plain(setting)),
            ("line", f"\u201c{plain(line)}\u201d" if line else ""),
        ):
            part = self.query_one(f"#{name}", Static)
            part.display = bool(text)
            part.update(Content(text))
        self.scroll_home(animate=False)
