"""Every move and finding of a reply, with the words it rests on and its reason."""

from collections.abc import Iterable

from textual.content import Content

from coach.reply.moves import Finding, MoveSpan
from coach.shown import plain
from coach.signs import Sign, sign_of
from coach.tui import texts
from coach.tui.widgets.reply import STYLES


def details(moves: Iterable[MoveSpan], findings: Iterable[Finding]) -> Content:
    """List moves in the order of the reply, then findings."""
    entries = [_entry(sign_of(span.move), texts.MOVES[span.move], span.words, span.reason) for span in moves]
    entries += [_entry(None, texts.FINDINGS[found.finding], found.words, found.reason) for found in findings]
    return Content("\n\n").join(entries) if entries else Content(texts.NO_DETAILS)


def _entry(sign: Sign | None, name: str, words: str, reason: str) -> Content:
    mark, style = ("\u2013", "") if sign is None else (sign.value, STYLES[sign])
    quoted = f"\u201c{plain(words)}\u201d" if words else ""
    return Content.assemble(
        (f"{mark} {name}  ", style), f"{quoted}\n", (_sentence(plain(reason)), "$foreground-muted")
    )


def _sentence(reason: str) -> str:
    return reason[:1].upper() + reason[1:]
