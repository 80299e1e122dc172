"""What is in use: recognizer, microphone, voice, and what would be better."""

from textual.content import Content
from textual.widgets import Static

from coach.handle import Setup
from coach.shown import plain
from coach.tui import texts


class StatusLine(Static):
    """A quiet line at the bottom."""

    lines: tuple[str, ...] = ()
    """What it says, where there may be too little room for it."""

    def show(self, setup: Setup, *, can_hear: bool, voice_works: bool, lost_seconds: float) -> None:
        """Show what is in use; `lost_seconds` of sound were lost so far."""
        lost = [texts.sound_dropped(lost_seconds)] if lost_seconds > 0 else []
        microphone = setup.microphone if can_hear else None
        in_use = [
            *lost,
            plain(setup.recognizer) if setup.recognizer else texts.RECOGNIZER_LOADING,
            texts.microphone(plain(microphone)) if microphone else texts.NO_MICROPHONE,
            texts.voice(plain(setup.voice)) if setup.voice and voice_works else texts.NO_VOICE,
        ]
        advice = [plain(setup.recognizer_advice)] if setup.recognizer_advice else []
        self.lines = (" \u00b7 ".join(in_use), *advice)
        self.update(Content("\n".join(self.lines)))
