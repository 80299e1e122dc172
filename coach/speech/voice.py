"""The coach's voice: sentences in, WAV files out, made by a child process that may fail without harm."""

import contextlib
import json
import queue
import re
import shutil
import subprocess
import sys
import threading
import unicodedata
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from coach.errors import VoiceError
from coach.speech.sound_folder import new_sound_folder, remove_stale_sound_folders

MAX_CHARACTERS = 2000
"""A longer text is cut at a word: more than two minutes of speech is no feedback."""

KEPT_SENTENCES = 64
"""Sentences whose sound is kept: the lines of a session that come again."""

START_SECONDS = 5.0
"""How long the child may take to load the voice; a cold disk is slow."""

ANSWER_SECONDS, ANSWER_SECONDS_A_CHARACTER = 0.4, 0.001
"""How long an answer may take: for any text, and what each character adds."""

PATIENT_ANSWER_SECONDS, PATIENT_ANSWER_SECONDS_A_CHARACTER = 1.0, 0.005
"""The same for the second try: perhaps nothing hangs and the machine is busy."""

END_SECONDS = 0.5
"""How long the child may take to end when its stdin closes."""

WAY_OUT = "`coach check` shows what is missing"

_TAG = re.compile(r"</?[A-Za-z!?][^<>]*>")
_SPOKEN_MARKS = frozenset(".,;:!?'\"()%&$+=/@-")
_PLAIN = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2026": "..."})
_DASHES = re.compile(r"\s*(?:[\u2013\u2014]|\s--?\s)\s*")


@dataclass(frozen=True, slots=True)
class VoiceSettings:
    """How the coach sounds."""

    voice: str | None = "en-us+f2"
    """A voice as the library names it; None for the library's own choice. The default is a warm one of
    espeak-ng, and of those tried the one that a recognizer understood best."""

    rate: int = 165
    """Words a minute."""


def speakable(text: str) -> str:
    """Leave what can be said: no markup, no control characters, no emoji, and no more than a person can bear.

    A dash becomes a comma, which is how it sounds. Empty when nothing can be said.
    """
    text = _TAG.sub(" ", text[: 2 * MAX_CHARACTERS])
    text = _DASHES.sub(", ", unicodedata.normalize("NFC", text)).translate(_PLAIN)
    kept = "".join(
        character if character in _SPOKEN_MARKS or unicodedata.category(character)[0] in "LNM" else " "
        for character in text
    )
    kept = " ".join(kept.split())
    if len(kept) > MAX_CHARACTERS:
        kept = kept[:MAX_CHARACTERS].rpartition(" ")[0] or kept[:MAX_CHARACTERS]
    return kept if any(character.isalnum() for character in kept) else ""


class Voice:
    """Makes sound files of sentences.

    The child process starts with the first `Voice` and loads its library while the app goes on. When it
    dies or hangs it is ended, started anew, and the sentence is tried once more.
    Every method may be called from any thread.
    """

    def __init__(self, settings: VoiceSettings | None = None) -> None:
        """Start the child process, and do not wait for it."""
        self._settings = settings or VoiceSettings()
        remove_stale_sound_folders()
        self._folder = new_sound_folder()
        self._sounds: OrderedDict[str, Path] = OrderedDict()
        self._made = 0
        self._turn = threading.Lock()
        """Held while a sentence is made."""
        self._closed = threading.Event()
        self._child: _Child | None = None
        with contextlib.suppress(OSError):  # tried again, and reported, with the first sentence
            self._child = _Child(self._folder)

    @property
    def name(self) -> str:
        """Library and voice, such as `espeak-ng en-us+f2`. Waits until the child is ready.

        Raises:
            VoiceError: When there is no voice.
        """
        with self._turn:
            try:
                library = self._ready_child().library
            except _ChildFailedError as error:
                self._end_child()
                raise VoiceError(f"The voice {error}; {WAY_OUT}.") from None
        return f"{library} {self._settings.voice or 'default voice'}"

    def synthesize(self, text: str) -> Path:
        """Return a WAV file of `text` being said; the same text again costs nothing.

        The file lasts until `close`, or until many other sentences have been made. Call it early to have a
        sentence ready when it is needed.

        Raises:
            VoiceError: When the child failed twice, or the library refuses.
        """
        sentence = speakable(text)
        with self._turn:
            if (sound := self._sounds.get(sentence)) is not None and sound.exists():
                self._sounds.move_to_end(sentence)
                return sound
            sound = self._make(sentence)
            self._sounds[sentence] = sound
            if len(self._sounds) > KEPT_SENTENCES:
                self._sounds.popitem(last=False)[1].unlink(missing_ok=True)
            return sound

    def close(self) -> None:
        """End the child process and remove every sound. May be called twice."""
        self._closed.set()
        child = self._child
        if child is not None:
            child.end()  # lets go whoever waits for it
        with self._turn:
            if self._child is not None:
                self._child.end()
                self._child = None
            shutil.rmtree(self._folder, ignore_errors=True)
            self._sounds.clear()

    def _make(self, sentence: str) -> Path:
        self._made += 1
        sound = self._folder / f"{self._made}.wav"
        request = {
            "text": sentence or " ",  # the library makes a moment of silence of it
            "path": str(sound),
            "rate": self._settings.rate,
            "voice": self._settings.voice,
        }
        seconds = ANSWER_SECONDS + ANSWER_SECONDS_A_CHARACTER * len(sentence)
        patient = PATIENT_ANSWER_SECONDS + PATIENT_ANSWER_SECONDS_A_CHARACTER * len(sentence)
        try:
            answer = self._ready_child().ask(request, seconds=seconds)
        except _ChildFailedError:
            self._end_child()
            sound.unlink(missing_ok=True)
            try:
                answer = self._ready_child().ask(request, seconds=patient)
            except _ChildFailedError as error:
                self._end_child()
                raise VoiceError(f"The voice {error}, twice; {WAY_OUT}.") from None
        if "error" in answer:
            raise VoiceError(
                f"The voice {self._settings.voice or 'espeak-ng'} cannot speak: {answer['error']}; {WAY_OUT}."
            )
        return sound

    def _ready_child(self) -> "_Child":
        """The child that is running, or a new one. Called with the turn held."""
        if self._closed.is_set():
            raise VoiceError("The voice was closed.")
        if self._child is None:
            try:
                self._folder.mkdir(mode=0o700, exist_ok=True)
                self._child = _Child(self._folder)
            except OSError as error:
                raise VoiceError(f"The voice cannot be started ({error}); {WAY_OUT}.") from None
        try:
            self._child.wait_until_ready()
        except VoiceError:
            self._end_child()
            raise
        return self._child

    def _end_child(self) -> None:
        if self._child is not None:
            self._child.end(kill=True)
            self._child = None


class _ChildFailedError(Exception):
    """The child died, hung, or said something that is no answer. Its text follows "The voice"."""


class _Child:
    """One run of `voice_process`, and the thread that reads its answers."""

    def __init__(self, folder: Path) -> None:
        program = Path(__file__).with_name("voice_process.py")
        self._process = subprocess.Popen(
            # -P: nothing of the current folder, or of ours, stands in for the standard library.
            [sys.executable, "-P", str(program), str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the app; the child ends when its stdin does
        )
        self._requests = cast(IO[bytes], self._process.stdin)
        self._lines = cast(IO[bytes], self._process.stdout)
        self._answers: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, name="coach-voice-answers", daemon=True)
        self._reader.start()
        self.library = ""
        """What the child calls its library; empty until it is ready."""

    def _read(self) -> None:
        """Pass answers on until the child ends, which is None."""
        for line in self._lines:
            try:
                answer = json.loads(line)
            except ValueError:
                break
            if not isinstance(answer, dict):
                break
            self._answers.put(answer)
        self._answers.put(None)

    def wait_until_ready(self) -> None:
        """Wait for the child's greeting.

        Raises:
            VoiceError: When the voice library is missing.
            _ChildFailedError: When the child did not greet.
        """
        if self.library:
            return
        greeting = self._answer(seconds=START_SECONDS)
        if "error" in greeting:
            raise VoiceError(f"No voice: {greeting['error']}.")
        self.library = str(greeting.get("name", "voice"))

    def ask(self, request: dict[str, Any], *, seconds: float) -> dict[str, Any]:
        """Send a request and wait for its answer.

        Raises:
            _ChildFailedError: When none came in time.
        """
        try:
            self._requests.write(json.dumps(request).encode() + b"\n")
            self._requests.flush()
        except (OSError, ValueError):
            raise _ChildFailedError("stopped") from None
        return self._answer(seconds=seconds)

    def _answer(self, *, seconds: float) -> dict[str, Any]:
        try:
            answer = self._answers.get(timeout=seconds)
        except queue.Empty:
            raise _ChildFailedError("does not answer") from None
        if answer is None:
            self._answers.put(None)  # for whoever asks after the end
            raise _ChildFailedError("stopped")
        return answer

    def end(self, *, kill: bool = False) -> None:
        """End the process and the thread; with `kill` without asking. May be called twice."""
        if kill:
            self._process.kill()
        with contextlib.suppress(OSError):  # when it ended before reading all
            self._requests.close()
        try:
            self._process.wait(timeout=END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join()
        self._lines.close()
