"""Words by PocketSphinx, with the US English model of its own wheel. The one file that imports it.

PocketSphinx subtracts from every frame the mean cepstrum of the speaker: voice, room and microphone in 13
numbers. It guesses that mean until it has heard somebody for a while, and a wrong guess costs many words. So
while the voice is new, a stretch is decoded again once it is over, with the mean that it turned out to have.
"""

import re
from typing import Any

import numpy as np

from coach.audio.frames import SAMPLE_RATE, Samples
from coach.errors import RecognizerError
from coach.reply.words import Word
from coach.speech.recognizer import RecognizerInfo

KNOWN_AFTER = 8.0
"""Seconds of a voice after which its mean is trusted and nothing is decoded twice."""

REMEMBERED = 60.0
"""Seconds of a voice that weigh in its mean at most, so that it follows a move to another room."""

HISS = 1e-4
"""Amplitude of the noise that is added: of digital silence PocketSphinx measures no mean."""

_PIECE = 1024
"""Bytes decoded at once: of a piece of some seconds PocketSphinx leaves out the end."""

_FRAMES_A_SECOND = 100
_OTHER_PRONUNCIATION = re.compile(r"\(\d+\)$")
_NO_WORD = re.compile(r"[<\[+]")
_MEASURE = "measure"
_SMALLEST_GRAMMAR = "#JSGF V1.0; grammar smallest; public <smallest> = a;"


class PocketSphinxRecognizer:
    """The recognizer that is always there."""

    def __init__(self, *, advice: str | None = None) -> None:
        """Load the model. `advice` is passed on in `info`.

        Raises:
            RecognizerError: the library or its model cannot be loaded.
        """
        self.info = RecognizerInfo(name="pocketsphinx:en-us", advice=advice)
        try:
            from pocketsphinx import Decoder  # native code and 35 MB of model

            self._decoder: Any = Decoder(samprate=SAMPLE_RATE, loglevel="FATAL")
            self._words_search = self._decoder.current_search()
            self._decoder.add_jsgf_string(_MEASURE, _SMALLEST_GRAMMAR)
            self._decoder.activate_search(self._words_search)
        except (ImportError, OSError, RuntimeError) as error:
            raise RecognizerError(f"PocketSphinx cannot be loaded ({error}): install Coach again.") from error
        self._first_guess: str = self._decoder.get_cmn(False)  # noqa: FBT003  (its own signature)
        self._hiss = np.random.default_rng(0).normal(0, HISS, SAMPLE_RATE).astype(np.float32)
        self._sound = bytearray()
        """The stretch so far, 16-bit samples."""
        self._mean = np.zeros(0)
        self._known = 0.0
        """Seconds of the voice that `_mean` was measured on."""

    def accept(self, samples: Samples) -> str:
        """Take sound at 16 kHz; return the words so far, lower case, empty when there are none."""
        if not self._sound:
            self._decoder.start_utt()
        position = len(self._sound) // 2
        hiss = self._hiss[np.arange(position, position + samples.size) % self._hiss.size]
        sound = ((samples + hiss).clip(-1, 1) * 32767).astype("<i2").tobytes()
        self._sound += sound
        self._decoder.process_raw(sound)
        hypothesis = self._decoder.hyp()
        if hypothesis is None:
            return ""
        return " ".join(_plain(word) for word in hypothesis.hypstr.split() if not _NO_WORD.match(word))

    def finish(self) -> tuple[Word, ...]:
        """End the stretch; return its words, times in seconds from the stretch's first sample."""
        if not self._sound:
            return ()
        sound = bytes(self._sound)
        self._sound.clear()
        self._decoder.end_utt()
        is_new = self._known < KNOWN_AFTER
        words = () if is_new else self._read()
        self._learn(sound)
        if is_new:
            self._decoder.start_utt()
            for begin in range(0, len(sound), _PIECE):
                self._decoder.process_raw(sound[begin : begin + _PIECE])
            self._decoder.end_utt()
            words = self._read()
            self._decoder.set_cmn(self._mean_text())
        return words

    def forget_voice(self) -> None:
        """Expect another speaker, room or microphone."""
        self.finish()
        self._known = 0.0
        self._decoder.set_cmn(self._first_guess)

    def _learn(self, sound: bytes) -> None:
        """Measure the mean of a stretch, weigh it with what was known, and decode with it from now on."""
        decoder = self._decoder
        decoder.activate_search(_MEASURE)  # a grammar of one word takes next to no time
        decoder.start_utt()
        decoder.process_raw(sound, full_utt=True)
        decoder.end_utt()
        mean = np.array([float(number) for number in decoder.get_cmn(False).split(",")])  # noqa: FBT003
        decoder.activate_search(self._words_search)
        seconds = len(sound) / 2 / SAMPLE_RATE
        if self._known:
            mean = (self._mean * self._known + mean * seconds) / (self._known + seconds)
        self._mean = mean
        self._known = min(self._known + seconds, REMEMBERED)
        decoder.set_cmn(self._mean_text())

    def _mean_text(self) -> str:
        return ",".join(f"{number:.4f}" for number in self._mean)

    def _read(self) -> tuple[Word, ...]:
        return tuple(
            Word(
                word=_plain(segment.word),
                start=segment.start_frame / _FRAMES_A_SECOND,
                end=(segment.end_frame + 1) / _FRAMES_A_SECOND,
                confidence=min(1.0, max(0.0, segment.prob)),
            )
            for segment in self._decoder.seg() or ()
            if not _NO_WORD.match(segment.word)
        )


def _plain(word: str) -> str:
    """The word without the number of its pronunciation."""
    return _OTHER_PRONUNCIATION.sub("", word)
