"""Small stand-ins for what a test cannot have: a person, a microphone, a loudspeaker, a voice."""

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from coach.audio.frames import FRAME_SAMPLES, FRAME_SECONDS, Frame, Samples
from coach.errors import CoachError
from coach.reply.words import Word
from coach.speech.recognizer import RecognizerInfo

SPEECH: Samples = np.full(FRAME_SAMPLES, 0.1, np.float32)
SILENCE: Samples = np.zeros(FRAME_SAMPLES, np.float32)


class LoudIsSpeech:
    """Voice activity for sound that is either loud or silent."""

    def probability(self, samples: Samples) -> float:
        return float(np.abs(samples).max() > 0.05)

    def reset(self) -> None:
        return


class Dictated:
    """A recognizer that hears one sentence after the other, whatever is said."""

    info = RecognizerInfo(name="dictated", advice=None)

    def __init__(self, *sentences: str) -> None:
        self._sentences = list(sentences)
        self.loudest = 0.0
        """The loudest sample it was ever given."""

    def accept(self, samples: Samples) -> str:
        self.loudest = max(self.loudest, float(np.abs(samples).max()))
        return self._sentences[0] if self._sentences else ""

    def finish(self) -> tuple[Word, ...]:
        if not self._sentences:
            return ()
        words = self._sentences.pop(0).split()
        return tuple(
            Word(word, start=n * 0.2, end=n * 0.2 + 0.2, confidence=0.9) for n, word in enumerate(words)
        )


class Sound:
    """A recording, or with `live` a microphone, of seconds of speech (above 0) and silence (below 0)."""

    dropped_seconds = 0.0
    name = "sound"

    def __init__(
        self, seconds: Sequence[float], *, live: bool = False, failure: CoachError | None = None
    ) -> None:
        self.live = live
        self.closed = threading.Event()
        self._seconds = seconds
        self._failure = failure

    def frames(self) -> Iterator[Frame]:
        count = 0
        for seconds in self._seconds:
            for _ in range(round(abs(seconds) / FRAME_SECONDS)):
                if self.closed.is_set():
                    return
                yield Frame(start=count * FRAME_SECONDS, samples=SPEECH if seconds > 0 else SILENCE)
                count += 1
        if self._failure is not None:
            raise self._failure
        if self.live:
            self.closed.wait()

    def drain(self) -> None:
        return

    def close(self) -> None:
        self.closed.set()


class Written:
    """A voice that writes what it would say."""

    def __init__(self, failure: CoachError | None = None) -> None:
        self.said: list[str] = []
        self.closed = False
        self._failure = failure

    def synthesize(self, text: str) -> Path:
        if self._failure is not None:
            raise self._failure
        self.said.append(text)
        return Path(f"{len(self.said)}.wav")

    def close(self) -> None:
        self.closed = True


class Played:
    """A loudspeaker whose sounds last until `over` is set, or they are stopped."""

    def __init__(self, *, lasting: bool = False) -> None:
        self.over = threading.Event()
        self.stopped = 0
        if not lasting:
            self.over.set()

    def play(self, _path: Path, *, stop: threading.Event, started: Callable[[], None]) -> bool:
        started()
        while not self.over.wait(0.002):
            if stop.is_set():
                self.stopped += 1
                return False
        return True

    def close(self) -> None:
        self.over.set()
