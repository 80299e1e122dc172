"""The voice's own process: reads sentences on stdin, writes each to a WAV file, answers on stdout.

It exists because pyttsx3 plays sound that cannot be interrupted, prints on stdout, and loads a C library
that may crash; none of that reaches the app from here. Only `save_to_file` is used: after it, pyttsx3's
`say` writes to the same file, in silence.

Run as `python -m coach.speech.voice_process FOLDER`; `coach.speech.voice.Voice` does. It starts in a blink,
because it imports the standard library and pyttsx3 and nothing of Coach.

One JSON line a request: `{"text": str, "path": str, "rate": int, "voice": str | null}`.
One JSON line an answer: `{"ok": true}` or `{"error": str}`; before the first request, `{"name": str}` or
`{"error": str}`. When stdin closes, the app has ended, perhaps abruptly: FOLDER, where the app keeps the
sentences' sound, is removed and the process ends.
"""

import ctypes
import json
import os
import sys
import threading
import time
from typing import Any, TextIO

SYSTEM_LIBRARY = "libespeak-ng.so.1"
ATTEMPTS = 3
"""How often a sentence is begun at most."""

WAY_OUT = "install it with: sudo apt install libespeak-ng1"


def load_espeak() -> ctypes.CDLL:
    """Load `libespeak-ng.so.1`, the system's if there is one, else the wheel's.

    pyttsx3 loads the library by that name, and finds the one that is loaded already.
    """
    try:
        return ctypes.CDLL(SYSTEM_LIBRARY, mode=ctypes.RTLD_GLOBAL)
    except OSError:
        import espeakng_loader

        os.environ["ESPEAK_DATA_PATH"] = str(espeakng_loader.get_data_path())
        return ctypes.CDLL(str(espeakng_loader.get_library_path()), mode=ctypes.RTLD_GLOBAL)


class Synthesizer:
    """pyttsx3's engine: with its errors brought to light, done when it says so, and whole."""

    def __init__(self) -> None:
        self._espeak = load_espeak() if sys.platform == "linux" else None
        import pyttsx3

        self._engine: Any = pyttsx3.init()
        self._finished = threading.Event()
        self._cancelled = False
        self._errors: list[str] = []
        self._sound: dict[str, int | str | None] = {}
        self._engine.connect("finished-utterance", self._on_finished)
        # What goes wrong in pyttsx3's queue is told to listeners only, and in espeak's thread to nobody.
        self._engine.connect("error", lambda exception=None, **_: self._errors.append(str(exception)))
        sys.unraisablehook = lambda failure: self._errors.append(str(failure.exc_value))
        self.name = "espeak-ng" if str(self._engine) == "espeak" else str(self._engine)

    def save(self, *, text: str, path: str, rate: int, voice: str | None) -> None:
        """Write `text` as a WAV file to `path`, which does not exist yet.

        Args:
            text: What to say, not empty.
            path: Where the WAV file goes.
            rate: Words a minute.
            voice: A voice as the library names it, such as `en-us+f2`; None for the library's own choice.

        Raises:
            RuntimeError: When the library refuses the voice or writes no file.
        """
        self._errors.clear()
        sound: dict[str, int | str | None] = {"voice": voice, "rate": rate}
        if sound != self._sound:
            for name, value in sound.items():
                if value is not None:
                    self._engine.setProperty(name, value)
            self._sound = sound
        for _ in range(ATTEMPTS):
            self._run(text, path)
            if self._errors:
                self._sound = {}
                raise RuntimeError(self._errors[0])
            if not self._cancelled and os.path.exists(path):  # noqa: PTH110 - without pathlib it starts quickly
                return
        raise RuntimeError("the voice library wrote no sound")

    def _run(self, text: str, path: str) -> None:
        """Have one sentence written, and wait until nothing goes on any more.

        pyttsx3 returns before espeak's own thread is done; a sentence begun too early comes out empty. And
        when it set a property for one sentence, it may cancel the next one; it reports that.
        """
        self._finished.clear()
        self._cancelled = False
        self._engine.save_to_file(text, path)
        self._engine.runAndWait()
        if self._espeak is None:
            return
        while not self._finished.wait(0.001):
            if self._errors and not self._espeak.espeak_IsPlaying():
                break
        while self._espeak.espeak_IsPlaying():
            time.sleep(0.001)

    def _on_finished(self, *, completed: bool = True, **_: object) -> None:
        self._cancelled = self._cancelled or not completed
        self._finished.set()


def private_streams() -> TextIO:
    """Give back a duplicate of stdout, and turn stdout itself into a void that libraries may print into."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    void = os.open(os.devnull, os.O_WRONLY)
    os.dup2(void, 1)
    os.close(void)
    return answers


def answer_requests(requests: TextIO, answers: TextIO) -> bool:
    """Answer until `requests` ends; errors are answers. False when there is no voice to answer with."""

    def answer(**fields: Any) -> None:
        answers.write(json.dumps(fields) + "\n")
        answers.flush()

    try:
        synthesizer = Synthesizer()
    except Exception as error:  # noqa: BLE001 - whatever a voice library raises is told to the app
        answer(error=f"the voice library espeak-ng cannot be loaded ({one_line(error)}); {WAY_OUT}")
        return False
    answer(name=synthesizer.name)
    for line in requests:
        try:
            synthesizer.save(**json.loads(line))
        except Exception as error:  # noqa: BLE001 - whatever a voice library raises is told to the app
            answer(error=one_line(error))
        else:
            answer(ok=True)
    return True


def one_line(error: Exception) -> str:
    """Say in one line what went wrong."""
    return " ".join(str(error).split()) or type(error).__name__


def main() -> None:
    """Serve the app that started this process until it ends."""
    answers = private_streams()
    try:
        ended = answer_requests(sys.stdin, answers)
    except BrokenPipeError:
        ended = True  # while an answer was on its way
    if ended and len(sys.argv) > 1:
        import shutil  # only now: it is needed once, at the end

        shutil.rmtree(sys.argv[1], ignore_errors=True)


if __name__ == "__main__":
    main()
