"""Small real classes that stand in for machines in tests."""

from coach import events as ev
from coach.handle import Setup, Watch

SETUP = Setup(
    recognizer="pocketsphinx:en-us",
    recognizer_advice="A Vosk model mishears fewer words: unpack vosk-model-small-en-us-0.15 into models.",
    microphone="Built-in Audio",
    voice="espeak-ng",
)


class FakeSession:
    """A session that records what is asked of it and reports what a test wants; it has no threads."""

    def __init__(self, setup: Setup = SETUP) -> None:
        self.setup = setup
        self.posted: list[ev.Event] = []
        self.started = False
        self.stopped = 0
        """How often it was stopped."""
        self._watch: Watch = lambda _: None

    def start(self, watch: Watch) -> None:
        self.started = True
        self._watch = watch

    def post(self, event: ev.Event) -> None:
        self.posted.append(event)

    def join(self) -> None:
        """There is nothing to wait for."""

    def stop(self) -> None:
        self.stopped += 1

    def report(self, *reports: ev.Event | ev.Command) -> None:
        """Report events and commands, as the engine would."""
        for report in reports:
            self._watch(report)
