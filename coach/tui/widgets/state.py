"""Where the rehearsal stands, in a few words."""

from typing import assert_never

from textual.content import Content
from textual.widgets import Static

from coach.tui import texts
from coach.tui.situation import Activity, Situation


class StateLine(Static):
    """A sign, a sentence, and sometimes the key that matters now."""

    def show(self, situation: Situation) -> None:
        """Show where the rehearsal stands."""
        sign, sentence, hint = _words(situation)
        parts: list[Content | str | tuple[str, str]] = [(f"{sign} ", "$accent"), f"{sentence}  "]
        if hint:
            parts.append((hint, "$foreground-muted"))
        self.update(Content.assemble(*parts))


def _words(situation: Situation) -> tuple[str, str, str]:
    """The sign, the sentence and the hint of a situation."""
    match situation.activity:
        case Activity.WAITING:
            return "\u25cb", texts.WAITING, ""
        case Activity.READY:
            return "\u25cb", texts.READY if situation.can_hear else texts.READY_WITHOUT_EAR, ""
        case Activity.LISTENING:
            return "\u25cf", texts.LISTENING, ""
        case Activity.HEARING:
            return "\u25cf", texts.HEARING, texts.HEARING_HINT
        case Activity.HEARING_RECORDING:
            return "\u25cf", texts.HEARING_RECORDING, ""
        case Activity.THINKING:
            return "\u25cb", texts.THINKING, ""
        case Activity.SPEAKING:
            return "\u25b8", texts.SPEAKING, ""
        case Activity.PAUSED:
            return "\u25cb", texts.PAUSED, texts.PAUSED_HINT
        case _:
            assert_never(situation.activity)
