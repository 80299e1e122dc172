"""The person's own words: as they are heard, and marked once they were judged."""

from collections.abc import Iterable
from itertools import groupby

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from coach.reply.moves import MoveSpan
from coach.reply.words import Word
from coach.shown import plain
from coach.signs import Sign, sign_of
from coach.tui import texts
from coach.tui.marking import runs
from coach.tui.widgets.labelled import Labelled

STYLES = {
    Sign.HELPS: "$helps",
    Sign.BLOCKS: "$blocks",
    Sign.NEUTRAL: "$neutral",
}
"""How the words of a move look."""

MEANINGS = {
    Sign.HELPS: texts.MAY_HELP,
    Sign.BLOCKS: texts.MAY_BLOCK,
    Sign.NEUTRAL: texts.NEUTRAL,
}
"""What a sign says."""


class ReplyView(Vertical):
    """What was said, and a line that says what the marks mean."""

    def __init__(self) -> None:
        super().__init__()
        self._judged: Content | None = None
        """The last reply that was judged; None when there is none."""
        self._legend: Content | None = None

    def compose(self) -> ComposeResult:
        """Reply above legend."""
        yield Labelled(texts.YOU_SAID, id="said")
        yield Labelled("", id="legend")

    def hear(self, text: str) -> None:
        """Show words that are not judged."""
        self.query_one("#said", Labelled).show(Content.styled(plain(text) or texts.NO_WORDS_YET, "$heard"))
        self.query_one("#legend", Labelled).show(None)

    def judge(self, words: tuple[Word, ...], moves: tuple[MoveSpan, ...]) -> None:
        """Show words with their marks."""
        self._judged = marked(words, moves, underlined=self.app.no_color)
        self._legend = legend(moves)
        self.restore()

    def restore(self) -> None:
        """Show the last reply that was judged, if there is one."""
        self.query_one("#said", Labelled).show(self._judged)
        self.query_one("#legend", Labelled).show(self._legend)

    def clear(self) -> None:
        """Forget the last reply."""
        self._judged = self._legend = None
        self.restore()


def marked(words: tuple[Word, ...], moves: tuple[MoveSpan, ...], *, underlined: bool = False) -> Content:
    """The words of a reply, each move begun by its sign.

    `underlined` shows where it ends when there is no colour.
    """
    parts: list[Content | str | tuple[str, str]] = []
    for run in runs(words, moves):
        if parts:
            parts.append(" ")
        style = f"{STYLES[run.sign]}{' underline' * underlined}" if run.sign else ""
        parts += [(sign.value, f"{STYLES[sign]} bold") for sign in run.begins]
        parts.append((" ".join(plain(word.word + word.mark) for word in run.words), style))
    return Content.assemble(*parts)


def legend(moves: Iterable[MoveSpan]) -> Content | None:
    """What the signs in a reply mean and which moves carry them; None when there are none."""
    names = dict.fromkeys((sign_of(span.move), texts.MOVES[span.move]) for span in moves)
    if not names:
        return None
    parts: list[Content | str | tuple[str, str]] = []
    for sign, group in groupby(
        sorted(names, key=lambda name: list(Sign).index(name[0])), key=lambda name: name[0]
    ):
        parts += [
            (f"{sign} {MEANINGS[sign]} ", STYLES[sign]),
            (f"\u2013 {', '.join(name for _, name in group)}   ", "$foreground-muted"),
        ]
    return Content.assemble(*parts)
