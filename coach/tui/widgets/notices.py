"""What the person should know besides: failures that stay, and one passing remark."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from coach.shown import plain
from coach.tui import texts


class Notices(Vertical):
    """At most three notices: no hearing, no voice, a remark."""

    def compose(self) -> ComposeResult:
        """One text for each."""
        for name in ("no-hearing", "no-voice", "remark"):
            yield Static(id=name, markup=False)

    def on_mount(self) -> None:
        """There is nothing to say yet."""
        for name in ("no-hearing", "no-voice", "remark"):
            self._update(name, None)

    def hearing_failed(self, title: str, message: str) -> None:
        """Stays until `hearing_works`."""
        self._update("no-hearing", _titled(title, message, texts.FALLBACK))

    def hearing_works(self) -> None:
        """Take the failure away."""
        self._update("no-hearing", None)

    def voice_failed(self, message: str) -> None:
        """Stays until `clear_voice`."""
        self._update("no-voice", _titled(texts.VOICE_FAILED, message, texts.WORDS_ARE_SHOWN))

    def clear_voice(self) -> None:
        """Take it away."""
        self._update("no-voice", None)

    def remark(self, text: str | None) -> None:
        """Show a remark in place of the one before; None takes it away."""
        self._update("remark", Content(plain(text)) if text else None)

    def _update(self, name: str, content: Content | None) -> None:
        notice = self.query_one(f"#{name}", Static)
        notice.display = content is not None
        notice.update(content or Content())
        self.display = any(child.display for child in self.children)


def _titled(title: str, message: str, way_out: str) -> Content:
    return Content.assemble((f"{plain(title)}  ", "bold"), f"{plain(message)} {way_out}")
