"""Everything about a reply: its words, what the coach says about it, and the reasons."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from coach.shown import plain
from coach.tui import texts
from coach.tui.widgets.details import details
from coach.tui.widgets.feedback import FeedbackCard
from coach.tui.widgets.labelled import Labelled
from coach.tui.widgets.reply import ReplyView

if TYPE_CHECKING:  # the judge, which the first paint does without
    from coach.practice.feedback import Feedback
    from coach.reply.assessment import Assessment


class ReplyArea(VerticalScroll):
    """Scrolls. While a reply is taken in nothing that was judged is in sight."""

    def compose(self) -> ComposeResult:
        """The reply above the feedback above the reasons."""
        yield ReplyView()
        yield Labelled(texts.COACH_SAYS, id="caption")
        yield FeedbackCard()
        yield Labelled(texts.WHY, id="details")

    def on_mount(self) -> None:
        """There is no reply yet."""
        self._set_judged(judged=False)

    def take_in(self, text: str) -> None:
        """Show words that are being said, or thought about."""
        self.add_class("-taking-in")
        self.query_one(ReplyView).hear(text)
        self.call_after_refresh(self._follow)

    def _follow(self) -> None:
        if self.max_scroll_y:
            self.scroll_end(animate=False)

    def take_back(self) -> None:
        """Those words led to nothing: show again what was there before."""
        self.remove_class("-taking-in")
        self.query_one(ReplyView).restore()

    def judge(self, assessment: "Assessment", feedback: "Feedback") -> None:
        """Show a judged reply and what the coach says about it; with words of care, nothing else."""
        self.remove_class("-taking-in")
        self.query_one("#caption", Labelled).show(None)
        if assessment.crisis is not None:
            self.query_one(ReplyView).judge(assessment.words, ())
            self.query_one(FeedbackCard).care(assessment.crisis)
        else:
            self.query_one(ReplyView).judge(assessment.words, assessment.moves)
            self.query_one(FeedbackCard).show(feedback)
            self.query_one("#details", Labelled).show(details(assessment.moves, assessment.findings))
        self._set_judged(judged=assessment.crisis is None)
        self.call_after_refresh(self.scroll_to_widget, self.query_one(FeedbackCard), animate=False)

    def caption(self, text: str) -> None:
        """Show what the coach says, for those who cannot hear it."""
        self.query_one("#caption", Labelled).show(Content(plain(text)))

    def toggle_details(self) -> None:
        """Show or hide the reasons."""
        self.toggle_class("-details")
        if self.has_class("-details"):
            self.call_after_refresh(self.scroll_to_widget, self.query_one("#details"), animate=False)

    def clear(self) -> None:
        """Forget the reply."""
        self.query_one(ReplyView).clear()
        self.query_one("#caption", Labelled).show(None)
        self.query_one(FeedbackCard).clear()
        self._set_judged(judged=False)
        self.remove_class("-taking-in")

    def _set_judged(self, *, judged: bool) -> None:
        self.set_class(judged, "-judged")
