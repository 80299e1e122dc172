"""What is in use: recognizer, microphone, voice, and what would be better."""

from textual.content import Content
from textual.widgets import Static

from coach.tui import texts
from coach.tui.handle import Setup
from coach.tui.plain import plain


class StatusLine(Static):
    """A quiet line at the bottom."""

    def show(self, setup: Setup, *, voice_works: bool, lost_seconds: float) -> None:
        """Show what is in use; `lost_seconds` of sound were lost so far."""
        in_use = [
            plain(setup.recognizer),
            texts.microphone(plain(setup.microphone)) if setup.microphone else texts.NO_MICROPHONE,
            texts.voice(plain(setup.voice)) if setup.voice and voice_works else texts.NO_VOICE,
        ]
        if lost_seconds > 0:
            in_use.append(texts.sound_dropped(lost_seconds))
        lines = [" \u00b7 ".join(in_use)]
        if setup.recognizer_advice:
            lines.append(plain(setup.recognizer_advice))
        self.update(Content("\n".join(lines)))
