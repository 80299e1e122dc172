"""Words by Vosk. The one file that imports it."""

import atexit
import sys
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from coach.audio.frames import SAMPLE_RATE, Samples
from coach.errors import ModelError
from coach.reply.words import Word
from coach.speech.models import check_vosk_model, vosk_sample_rate
from coach.speech.recognizer import RecognizerInfo

GHOSTS = frozenset({"the", "huh", "hm", "uh", "um", "a"})
"""Words that Vosk hears in silence; one of them alone is nothing that was said."""

SUREST_GHOST = 0.9
"""Confidence from which a lone ghost word counts as said."""

UNKNOWN = "[unk]"


class _Heard(msgspec.Struct):
    """A word as Vosk reports it; times in seconds since the recognizer was made."""

    word: str
    start: float
    end: float
    conf: float = 1.0


class _Answer(msgspec.Struct):
    """What Vosk says, of which every answer holds a part."""

    partial: str = ""
    result: list[_Heard] = []


class VoskRecognizer:
    """A recognizer on a Vosk model in a folder."""

    def __init__(self, folder: Path) -> None:
        """Load the model, or share it if it is loaded already.

        Raises:
            ModelError: the folder holds no sound Vosk model.
        """
        self.info = RecognizerInfo(name=f"vosk:{folder.resolve().name}", advice=None)
        self._rate = vosk_sample_rate(folder)
        self._recognizer = _new_recognizer(load_model(folder.resolve()), self._rate)
        self._resampler: Any = None
        """Takes 16 kHz to the model's rate; None between stretches, and where they are the same."""
        self._decoder = msgspec.json.Decoder(_Answer)
        self._closed: list[Word] = []
        """Words of this stretch in which Vosk's own endpointing saw an end."""
        self._taken = 0
        """Samples given to Vosk, at its rate."""
        self._stretch_start = 0.0
        """Seconds on Vosk's clock, which runs through all stretches."""

    def accept(self, samples: Samples) -> str:
        """Take sound at 16 kHz; return the words so far, lower case, empty when there are none."""
        self._give(samples)
        partial = self._decoder.decode(self._recognizer.PartialResult()).partial
        words = [word.word for word in self._closed] + [each for each in partial.split() if each != UNKNOWN]
        return " ".join(words)

    def finish(self) -> tuple[Word, ...]:
        """End the stretch; return its words, times in seconds from the stretch's first sample."""
        if self._resampler is not None:
            self._give(np.zeros(0, np.float32), last=True)
        words = (*self._closed, *self._read(self._recognizer.FinalResult()))
        self._closed = []
        self._resampler = None
        self._stretch_start = self._taken / self._rate
        match words:
            case [Word(word=word, confidence=float(confidence))] if (
                word in GHOSTS and confidence < SUREST_GHOST
            ):
                return ()
            case _:
                return words

    def _give(self, samples: Samples, *, last: bool = False) -> None:
        if self._rate != SAMPLE_RATE:
            if self._resampler is None:
                import soxr  # a native library

                self._resampler = soxr.ResampleStream(SAMPLE_RATE, self._rate, 1, dtype="float32")
            samples = self._resampler.resample_chunk(samples, last=last)
        self._taken += samples.size
        if self._recognizer.AcceptWaveform((samples.clip(-1, 1) * 32767).astype("<i2").tobytes()):
            self._closed += self._read(self._recognizer.Result())

    def _read(self, answer: str) -> list[Word]:
        return [
            Word(
                word=heard.word,
                start=max(0.0, heard.start - self._stretch_start),
                end=max(0.0, heard.end - self._stretch_start),
                confidence=min(heard.conf, 1.0),
            )
            for heard in self._decoder.decode(answer).result
            if heard.word and heard.word != UNKNOWN
        ]


@cache
def load_model(folder: Path) -> Any:
    """Load the model in `folder` once.

    Raises:
        ModelError: the folder holds no sound Vosk model.
    """
    check_vosk_model(folder)
    try:
        model = _library().Model(model_path=str(folder))
    except Exception as error:  # Vosk raises the bare class
        raise ModelError(f"{folder} cannot be loaded by Vosk: unpack the model again.") from error
    atexit.register(load_model.cache_clear)  # while Vosk's own module is still whole
    return model


@cache
def _library() -> Any:
    import vosk  # 20 MB of native code

    vosk.SetLogLevel(-1)
    return vosk


def _new_recognizer(model: Any, rate: int) -> Any:
    recognizer = _library().KaldiRecognizer(model, float(rate))
    recognizer.SetWords(True)  # noqa: FBT003  (Vosk's own signature)
    return recognizer


def _try_out(folder: Path) -> None:
    """Load a model that may be damaged and have it decode a second of noise, down to words."""
    recognizer = _new_recognizer(_library().Model(model_path=str(folder)), vosk_sample_rate(folder))
    noise = np.random.default_rng(0).normal(0, 3000, SAMPLE_RATE)
    recognizer.AcceptWaveform(noise.clip(-32768, 32767).astype("<i2").tobytes())
    recognizer.PartialResult()
    recognizer.FinalResult()


if __name__ == "__main__":  # a trial in a child process, for coach.speech.models
    _try_out(Path(sys.argv[1]))
