"""The thread that says sentences: text to the voice's child process, its sound to the loudspeaker."""

import threading
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from typing import Protocol

from coach import events as ev
from coach.errors import SoundError, VoiceError, fault_in_short


class SpeakingVoice(Protocol):
    """Turns text into sound."""

    def synthesize(self, text: str) -> Path:
        """Return a WAV of `text` being spoken; raise VoiceError."""
        ...

    def close(self) -> None:
        """End its process."""
        ...


class SoundOutput(Protocol):
    """Plays sound."""

    def play(self, path: Path, *, stop: threading.Event, started: Callable[[], None]) -> bool:
        """Play a WAV until its end (True) or until `stop` is set (False); raise SoundError."""
        ...

    def close(self) -> None:
        """Let go of the device."""
        ...


class Speaker:
    """Says one sentence at a time; reports its start, its end and its failures as events.

    Without a voice or a loudspeaker a sentence starts and ends at once: its text is on the screen.
    The same failure is reported once, not with every sentence.
    """

    def __init__(
        self,
        voice: SpeakingVoice | None,
        open_loudspeaker: Callable[[], SoundOutput] | None,
        post: Callable[[ev.Event], None],
    ) -> None:
        """Nothing starts here; the loudspeaker is opened with the first sentence, on the speaker's thread."""
        self._voice = voice
        self._open_loudspeaker = open_loudspeaker
        self._loudspeaker: SoundOutput | None = None
        self._post = post
        self._jobs: SimpleQueue[tuple[ev.Say, threading.Event] | None] = SimpleQueue()
        """Unbounded: the session asks for one sentence at a time."""
        self._current = threading.Event()
        self._reported: set[str] = set()
        self._thread = threading.Thread(target=self._run, name="coach-voice")

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def say(self, sentence: ev.Say) -> None:
        """Say a sentence after those before it."""
        self._current = threading.Event()
        self._jobs.put((sentence, self._current))

    def hush(self) -> None:
        """Stop the sentence being said, or about to be."""
        self._current.set()

    def close(self) -> None:
        """Stop speaking, end the thread and the voice."""
        self.hush()
        self._jobs.put(None)
        self._thread.join()
        if self._voice is not None:
            self._voice.close()
        if self._loudspeaker is not None:
            self._loudspeaker.close()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            sentence, stop = job
            played = self._say(sentence, stop)
            self._post(
                ev.CoachFinishedSpeaking(sentence.text, interrupted=not played, number=sentence.number)
            )

    def _say(self, sentence: ev.Say, stop: threading.Event) -> bool:
        started = ev.CoachStartedSpeaking(sentence.text)
        if self._voice is not None and self._open_loudspeaker is not None:
            try:
                self._loudspeaker = self._loudspeaker or self._open_loudspeaker()
                sound = self._voice.synthesize(sentence.text)
                return self._loudspeaker.play(sound, stop=stop, started=lambda: self._post(started))
            except (VoiceError, SoundError) as error:
                self._fail(str(error))
            except Exception as fault:  # noqa: BLE001  (the session goes on in writing)
                self._fail(f"The voice stumbled: {fault_in_short(fault)}; the words are shown.")
        self._post(started)
        return True

    def _fail(self, message: str) -> None:
        if message not in self._reported:
            self._reported.add(message)
            self._post(ev.VoiceFailed(message))
