"""Words by PocketSphinx, with the US English model of its own wheel. The one file that imports it.

PocketSphinx subtracts the mean cepstrum from every frame: voice, room and microphone in 13 numbers. It works
with a guess until it has heard somebody for a while, and a wrong guess costs many words. So the first second
of a new voice is measured before it is decoded, and blended with what voices are like on the average.
"""

import re
from typing import Any

import numpy as np
import numpy.typing as npt

from coach.audio.frames import SAMPLE_RATE, Samples
from coach.errors import RecognizerError
from coach.reply.words import Word
from coach.speech.recognizer import RecognizerInfo

FIRST_LOOK = 1.0
"""Seconds of a new voice that are measured before any is decoded."""

AVERAGE_VOICE = (2.3, -1.6, 9.9, -1.4, -0.6, -4.7, -3.5, -1.8, 0.2, -1.0, -1.1, 0.4)
"""Mean cepstrum of 43 people reading (LibriSpeech), without its first number, the loudness."""

AVERAGE_WEIGHT = 1.5
"""Seconds of a voice that weigh as much as the average voice does."""

REMEMBERED = 60.0
"""Seconds of a voice that weigh in its mean at most, so that it follows a move to another room."""

HISS = 1e-4
"""Amplitude of the noise that is added: of digital silence PocketSphinx measures no mean."""

MOST_STATES = 3000
"""States searched in a frame: a third less work than without a limit, and no more words mistaken."""

MOST_WORD_ENDS = 5
"""Words that may end in a frame."""

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
        self._decoder, self._words_search = _load()
        self._is_fresh = True
        """Whether the decoder has decoded nothing yet."""
        self._hiss = np.random.default_rng(0).normal(0, HISS, SAMPLE_RATE).astype(np.float32)
        self._sound = bytearray()
        """The stretch so far, 16-bit samples."""
        self._is_decoding = False
        self._mean = np.zeros(1 + len(AVERAGE_VOICE))
        self._known = 0.0
        """Seconds of the voice that `_mean` was measured on."""

    def accept(self, samples: Samples) -> str:
        """Take sound at 16 kHz; return the words so far, lower case, empty when there are none."""
        position = len(self._sound) // 2
        hiss = self._hiss[np.arange(position, position + samples.size) % self._hiss.size]
        sound = ((samples + hiss).clip(-1, 1) * 32767).astype("<i2").tobytes()
        self._sound += sound
        if self._is_decoding:
            self._decode(sound)
        elif self._known or len(self._sound) >= 2 * SAMPLE_RATE * FIRST_LOOK:
            self._begin()
        else:
            return ""
        hypothesis = self._decoder.hyp()
        if hypothesis is None:
            return ""
        return " ".join(_plain(word) for word in hypothesis.hypstr.split() if not _NO_WORD.match(word))

    def finish(self) -> tuple[Word, ...]:
        """End the stretch; return its words, times in seconds from the stretch's first sample."""
        if not self._sound:
            return ()
        if not self._is_decoding:
            self._begin()
        self._decoder.end_utt()
        words = self._read()
        self._mean, self._known = self._measured()
        self._known = min(self._known, REMEMBERED)
        self._sound.clear()
        self._is_decoding = False
        return words

    def forget_voice(self) -> None:
        """Expect another speaker, room or microphone."""
        self._sound.clear()
        self._is_decoding = False
        self._known = 0.0
        if not self._is_fresh:  # a decoder keeps more of a voice than can be reset
            self._decoder, self._words_search = _load()
            self._is_fresh = True

    def _begin(self) -> None:
        """Begin to decode the stretch, with the sound there is."""
        mean, seconds = (self._mean, self._known) if self._known else self._measured()
        average = np.array((mean[0], *AVERAGE_VOICE))
        mean = (mean * seconds + average * AVERAGE_WEIGHT) / (seconds + AVERAGE_WEIGHT)
        self._decoder.set_cmn(",".join(f"{number:.4f}" for number in mean))
        self._decoder.start_utt()
        self._is_decoding = True
        self._is_fresh = False
        self._decode(bytes(self._sound))

    def _decode(self, sound: bytes) -> None:
        for begin in range(0, len(sound), _PIECE):
            self._decoder.process_raw(sound[begin : begin + _PIECE])

    def _measured(self) -> tuple[npt.NDArray[np.float64], float]:
        """The mean of the voice, the stretch so far included, and the seconds it rests on."""
        decoder = self._decoder
        decoder.activate_search(_MEASURE)  # a grammar of one word takes next to no time
        decoder.start_utt()
        decoder.process_raw(bytes(self._sound), full_utt=True)
        decoder.end_utt()
        mean = np.array([float(number) for number in decoder.get_cmn(False).split(",")])  # noqa: FBT003  (its own signature)
        decoder.activate_search(self._words_search)
        seconds = len(self._sound) / 2 / SAMPLE_RATE
        total = self._known + seconds
        return (self._mean * self._known + mean * seconds) / total, total

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


def _load() -> tuple[Any, str]:
    """Make a decoder; return it with the name of its search for words."""
    try:
        from pocketsphinx import Decoder  # native code and 35 MB of model

        decoder = Decoder(samprate=SAMPLE_RATE, loglevel="FATAL", maxhmmpf=MOST_STATES, maxwpf=MOST_WORD_ENDS)
        words_search = decoder.current_search()
        decoder.add_jsgf_string(_MEASURE, _SMALLEST_GRAMMAR)
        decoder.activate_search(words_search)
    except (ImportError, OSError, RuntimeError) as error:
        raise RecognizerError(f"PocketSphinx cannot be loaded ({error}): install Coach again.") from error
    return decoder, words_search


def _plain(word: str) -> str:
    """The word without the number of its pronunciation."""
    return _OTHER_PRONUNCIATION.sub("", word)
