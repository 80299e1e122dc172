"""A judged reply in words and colour, for a person at a terminal."""

from collections.abc import Sequence
from typing import Protocol

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from coach.evaluation import Report
from coach.practice.feedback import Feedback
from coach.reply.moves import Finding, MoveSpan
from coach.reply.words import Word
from coach.shown import plain
from coach.signs import Sign, sign_of

_STYLES = {Sign.HELPS: "green", Sign.BLOCKS: "yellow", Sign.NEUTRAL: "dim"}


class Judged(Protocol):
    """An assessment, or a result of `coach analyze`."""

    @property
    def words(self) -> Sequence[Word]:
        """What was said."""
        ...

    @property
    def moves(self) -> Sequence[MoveSpan]:
        """In the order of their first words."""
        ...

    @property
    def findings(self) -> Sequence[Finding]:
        """About the whole reply."""
        ...

    @property
    def crisis(self) -> str | None:
        """Said instead of coaching; None when all is well."""
        ...


def marked(words: Sequence[Word], moves: Sequence[MoveSpan]) -> Text:
    """The words that were said, coloured by what they do."""
    line = Text()
    ends: list[tuple[int, int]] = []
    for word in words:
        if line:
            line.append(" ")
        start = len(line)
        line.append(plain(word.word))
        ends.append((start, len(line)))
    for span in moves:
        line.stylize(
            f"bold {_STYLES[sign_of(span.move)]}", ends[span.start_word][0], ends[span.end_word - 1][1]
        )
    return line


def move_line(span: MoveSpan) -> Text:
    """One move: sign, name, words and reason."""
    mark = sign_of(span.move)
    depth = f" ({span.depth})" if span.depth else ""
    return Text.assemble(
        (f"{mark} ", f"bold {_STYLES[mark]}"),
        (f"{span.move.replace('_', ' ')}{depth}", _STYLES[mark]),
        f"  \u201c{plain(span.words)}\u201d  ",
        (plain(span.reason), "dim"),
    )


def finding_line(finding: Finding) -> Text:
    """One finding: name and reason."""
    return Text.assemble(
        ("! ", "bold yellow"),
        (finding.finding.replace("-", " "), "yellow"),
        "  ",
        (plain(finding.reason), "dim"),
    )


def print_judged(console: Console, judged: Judged, feedback: Feedback) -> None:
    """Print what was heard, what it does, and the feedback; in a crisis only where help is found."""
    console.print(Text.assemble(("You said  ", "dim"), marked(judged.words, judged.moves)))
    if judged.crisis:
        console.print(Padding(Text(plain(judged.crisis), style="bold"), (1, 0, 1, 2)))
        return
    for line in (*map(move_line, judged.moves), *map(finding_line, judged.findings)):
        console.print(Padding(line, (0, 0, 0, 2)))
    if feedback.strength:
        console.print(Text.assemble(("Landed    ", "green"), plain(feedback.strength)))
    console.print(Text.assemble(("Try       ", "cyan"), plain(feedback.next_step)))
    if feedback.better_wording:
        console.print(Text.assemble(("Perhaps   ", "cyan"), f"\u201c{plain(feedback.better_wording)}\u201d"))


def print_partner(console: Console, setting: str, line: str) -> None:
    """Print the line that is to be answered."""
    if setting:
        console.print(Text(plain(setting), style="dim italic"))
    if line:
        console.print(Text.assemble(("Partner   ", "dim"), f"\u201c{plain(line)}\u201d"))


def print_evaluation(console: Console, report: Report, *, errors: int) -> None:
    """Print the agreement on each label, then the first `errors` replies that were judged otherwise."""
    table = Table("Label", "Answer", "Precision", "Recall", "F1", "Replies", box=None)
    for label in report.confusions:
        for answer, score in report.scores(label).items():
            numbers = (f"{value:.3f}" for value in (score.precision, score.recall, score.f1))
            table.add_row(plain(label), plain(answer), *numbers, str(score.support))
        table.add_row(plain(label), "macro", "", "", f"{report.macro_f1(label):.3f}", "", style="bold")
    console.print(f"{report.replies} replies")
    console.print(table)
    for error in report.errors[:errors]:
        console.print()
        console.print(Text(f"{error.label}: people {error.expected}, judge {error.found}", style="bold"))
        for who, text in (("Partner ", error.partner), ("Reply   ", error.reply)):
            if text:
                console.print(Text.assemble((who, "dim"), plain(text)))
