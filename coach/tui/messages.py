"""Messages between the app, its screens and its widgets."""

from textual.message import Message

from coach import events as ev


class Reported(Message, bubble=False):
    """The engine reported an event or a command."""

    def __init__(self, report: ev.Event | ev.Command) -> None:
        super().__init__()
        self.report = report

    def can_replace(self, message: Message) -> bool:
        """Of a burst of levels, or of partial words, only the last is worth drawing."""
        return (
            isinstance(message, Reported)
            and isinstance(self.report, ev.LevelMeasured | ev.PartialTranscript)
            and type(self.report) is type(message.report)
        )


class Requested(Message):
    """The person asks for something."""

    def __init__(self, event: ev.Event) -> None:
        super().__init__()
        self.event = event
