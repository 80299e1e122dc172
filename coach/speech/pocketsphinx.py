"""Words by PocketSphinx, with the US English model of its own wheel. The one file that imports it."""

import re
from typing import Any

from coach.audio.frames import Samples
from coach.errors import RecognizerError
from coach.reply.words import Word
from coach.speech.recognizer import RecognizerInfo

_FRAMES_A_SECOND = 100
_OTHER_PRONUNCIATION = re.compile(r"\(\d+\)$")
_NO_WORD = re.compile(r"[<\[+]")


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

            self._decoder: Any = Decoder(samprate=16_000, loglevel="FATAL")
        except (ImportError, OSError, RuntimeError) as error:
            raise RecognizerError(f"PocketSphinx cannot be loaded ({error}): install Coach again.") from error
        self._is_open = False

    def accept(self, samples: Samples) -> str:
        """Take sound at 16 kHz; return the words so far, lower case, empty when there are none."""
        if not self._is_open:
            self._decoder.start_utt()
            self._is_open = True
        self._decoder.process_raw((samples.clip(-1, 1) * 32767).astype("<i2").tobytes())
        hypothesis = self._decoder.hyp()
        if hypothesis is None:
            return ""
        return " ".join(_plain(word) for word in hypothesis.hypstr.split() if not _NO_WORD.match(word))

    def finish(self) -> tuple[Word, ...]:
        """End the stretch; return its words, times in seconds from the stretch's first sample."""
        if not self._is_open:
            return ()
        self._is_open = False
        self._decoder.end_utt()
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
