"""What the coach says about a reply."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from coach.shown import plain
from coach.tui import texts
from coach.tui.widgets.labelled import Labelled

if TYPE_CHECKING:  # the judge, which the first paint does without
    from coach.practice.feedback import Feedback


class FeedbackCard(Vertical):
    """One thing that landed, one thing to try, and other words for it; or care instead of them."""

    def compose(self) -> ComposeResult:
        """Three labelled texts, and one without a label."""
        yield Labelled(texts.LANDED, id="landed")
        yield Labelled(texts.TO_TRY, id="to-try")
        yield Labelled(texts.BETTER_WORDING, id="better-wording")
        yield Static(id="care", markup=False)

    def on_mount(self) -> None:
        """There is nothing to say yet."""
        self.clear()

    def show(self, feedback: "Feedback") -> None:
        """Show feedback; what it lacks takes no room."""
        self._update(feedback.strength, feedback.next_step, feedback.better_wording, care=None)

    def care(self, text: str) -> None:
        """Show words of care alone."""
        self._update(None, None, None, care=text)

    def clear(self) -> None:
        """Show nothing."""
        self._update(None, None, None, care=None)

    def _update(
        self, landed: str | None, to_try: str | None, better: str | None, *, care: str | None
    ) -> None:
        for name, text in (("landed", landed), ("to-try", to_try), ("better-wording", better)):
            self.query_one(f"#{name}", Labelled).show(Content(plain(text)) if text else None)
        box = self.query_one("#care", Static)
        box.display = care is not None
        box.update(Content(plain(care or "")))
        self.set_class(not any((landed, to_try, better, care)), "-empty")
