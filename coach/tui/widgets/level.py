"""How loud it is, as a line that breathes."""

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

_QUIET_DB = -60.0
_LOUD_DB = -15.0
_RISE = 0.5
"""Part of the way to a higher level that one measurement moves the line."""
_FALL = 0.2


class LevelBar(Widget):
    """A thin rule whose middle glows wider as it gets louder; it rises gently and falls slowly."""

    lit: reactive[int] = reactive(0)
    """Cells that glow."""

    def __init__(self) -> None:
        super().__init__()
        self._level = 0.0
        """From 0 to 1."""

    def measure(self, level_db: float) -> None:
        """Take a level in dB relative to full scale."""
        target = min(1.0, max(0.0, (level_db - _QUIET_DB) / (_LOUD_DB - _QUIET_DB)))
        self._level += (target - self._level) * (_RISE if target > self._level else _FALL)
        self._light()

    def rest(self) -> None:
        """Nobody listens: the line is still."""
        self._level = 0.0
        self._light()

    def on_resize(self) -> None:
        """Keep the level in another width."""
        self._light()

    def _light(self) -> None:
        self.lit = round(self._level * self.size.width / 2) * 2

    def render(self) -> Content:
        """The rule, and its glow in the middle."""
        width = self.size.width
        left = (width - self.lit) // 2
        right = max(0, width - self.lit - left)
        if not self.lit:
            return Content.styled("\u2500" * width, "$rule")
        return Content.assemble(
            ("\u2500" * left, "$rule"), ("\u2501" * self.lit, "$accent"), ("\u2500" * right, "$rule")
        )
