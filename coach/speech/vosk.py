"""Words by Vosk. The one file that imports it."""

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

GHOSTS = frozenset({"", "[unk]", "the", "huh", "hm", "uh", "um", "a"})
"""Words that Vosk hears in silence; one of them alone is nothing that was said."""

SUREST_GHOST = 0.9
"""Confidence from which a lone ghost word counts as said."""


class _Heard(msgspec.Struct):
    word: str
    start: float
    end: float
    conf: float = 1.0


class _Result(msgspec.Struct):
    text: str = ""
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
        rate = vosk_sample_rate(folder)
        self._resampler: Any = None
        self._rate = rate
        self._recognizer = _library().KaldiRecognizer(load_model(folder.resolve()), float(rate))
        self._recognizer.SetWords(True)  # noqa: FBT003  (Vosk's own signature)
        self._decoder = msgspec.json.Decoder(_Result)
        self._words: list[Word] = []
        """Words of this stretch that Vosk's own endpointing already closed."""

    def accept(self, samples: Samples) -> str:
        """Take sound at 16 kHz; return the words so far, lower case, empty when there are none."""
        if self._recognizer.AcceptWaveform(self._pcm(samples)):
            self._words += self._read(self._recognizer.Result())
        partial = self._decoder.decode(self._recognizer.PartialResult()).partial
        closed = " ".join(word.word for word in self._words)
        return f"{closed} {partial}".strip()

    def finish(self) -> tuple[Word, ...]:
        """End the stretch; return its words, times in seconds from the stretch's first sample."""
        if self._resampler is not None:
            self._recognizer.AcceptWaveform(self._pcm(np.zeros(0, np.float32), last=True))
        words = (*self._words, *self._read(self._recognizer.FinalResult()))
        self._recognizer.Reset()
        self._words = []
        if len(words) == 1 and words[0].word in GHOSTS and (words[0].confidence or 0) < SUREST_GHOST:
            return ()
        return words

    def _pcm(self, samples: Samples, *, last: bool = False) -> bytes:
        if self._rate != SAMPLE_RATE:
            if self._resampler is None:
                import soxr  # a native library

                self._resampler = soxr.ResampleStream(SAMPLE_RATE, self._rate, 1, dtype="float32")
            samples = self._resampler.resample_chunk(samples, last=last)
            if last:
                self._resampler = None
        return (samples.clip(-1, 1) * 32767).astype("<i2").tobytes()

    def _read(self, answer: str) -> list[Word]:
        return [
            Word(heard.word, heard.start, heard.end, min(heard.conf, 1.0))
            for heard in self._decoder.decode(answer).result
            if heard.word != "[unk]"
        ]


@cache
def load_model(folder: Path) -> Any:
    """Load the model in `folder` once.

    Raises:
        ModelError: the folder holds no sound Vosk model.
    """
    check_vosk_model(folder)
    try:
        return _library().Model(model_path=str(folder))
    except Exception as error:  # Vosk raises the bare class
        raise ModelError(f"{folder} cannot be loaded by Vosk: install the model again.") from error


@cache
def _library() -> Any:
    import vosk  # loads 20 MB of native code

    vosk.SetLogLevel(-1)
    return vosk


def _try_out(folder: Path) -> None:
    """Load a model that may be damaged and make it decode a second of noise, down to words."""
    recognizer = _library().KaldiRecognizer(
        _library().Model(model_path=str(folder)), float(vosk_sample_rate(folder))
    )
    recognizer.SetWords(True)  # noqa: FBT003  (Vosk's own signature)
    noise = np.random.default_rng(0).normal(0, 3000, SAMPLE_RATE)
    recognizer.AcceptWaveform(noise.clip(-32768, 32767).astype("<i2").tobytes())
    recognizer.PartialResult()
    recognizer.FinalResult()


if __name__ == "__main__":  # a trial in a child process: coach.speech.models
    import sys

    _try_out(Path(sys.argv[1]))
