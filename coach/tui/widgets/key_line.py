"""The keys that work now."""

from textual.app import ComposeResult
from textual.widgets import Footer

_COLUMNS = 5
"""Keys in a row where the screen is too narrow for one row."""


class KeyLine(Footer):
    """A footer that takes a second row rather than hide a key."""

    def compose(self) -> ComposeResult:
        """The footer's keys, in columns that matter only to a grid layout."""
        yield from super().compose()
        self.styles.grid_size_columns = _COLUMNS
