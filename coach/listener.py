"""The thread that hears: frames from a microphone or a recording, through the ear, to events."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import assert_never

from coach import events as ev
from coach.audio.frames import Frame, SoundSource
from coach.audio.recording import Recording
from coach.errors import CoachError, RecognizerError, RecordingError, fault_in_short
from coach.hearing import Ear, hear_recording

SETTLE_SECONDS = 0.25
"""Seconds of live audio that go unheard after the ear opens: the room's echo of the coach."""


@dataclass(frozen=True, slots=True)
class _Open:
    """Begin to hear a reply."""

    turn: int


@dataclass(frozen=True, slots=True)
class _Close:
    """Drop what was half heard."""


@dataclass(frozen=True, slots=True)
class _EndTurn:
    """The reply is whatever was said so far."""


@dataclass(frozen=True, slots=True)
class _Hear:
    """Hear a recording as a reply."""

    path: Path
    turn: int


@dataclass(frozen=True, slots=True)
class _Stop:
    """End the thread."""


_Request = _Open | _Close | _EndTurn | _Hear | _Stop


class Listener:
    """Owns the source of sound and the recognizer.

    Both are made on its own thread, by `open_source` and `make_ear`, since a model can take seconds to load.
    Where there is no source, recordings are still heard on request.
    """

    def __init__(
        self,
        open_source: Callable[[], SoundSource] | None,
        make_ear: Callable[[], Ear],
        post: Callable[[ev.Event], None],
    ) -> None:
        self._open_source = open_source
        self._make_ear = make_ear
        self._post = post
        self._requests: SimpleQueue[_Request] = SimpleQueue()
        """Unbounded: a handful of requests a turn, from the engine alone."""
        self._source: SoundSource | None = None
        self._recording: Recording | None = None
        """The one that is being heard on request."""
        self._turn = 0
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="coach-listener")
        self._opened = False
        self._deaf_until: float | None = None
        """Seconds of audio before which nothing is heard; None means: set it at the next frame."""
        self._dropped_before = 0.0

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def open(self, turn: int) -> None:
        """Hear from now on (and, live, after the room has settled)."""
        self._requests.put(_Open(turn))

    def close_ear(self) -> None:
        """Stop hearing, a recording too; drop what was half heard."""
        self._requests.put(_Close())
        if (recording := self._recording) is not None:
            recording.close()

    def end_turn(self) -> None:
        """Take what was heard so far as the whole utterance."""
        self._requests.put(_EndTurn())

    def hear(self, path: Path, turn: int) -> None:
        """Hear a recording as a reply."""
        self._requests.put(_Hear(path, turn))

    def close(self) -> None:
        """End the thread and let go of the source. Not before `start`."""
        self._stopping.set()
        self._requests.put(_Stop())
        for sound in (self._source, self._recording):
            if sound is not None:
                sound.close()
        self._thread.join()

    def _run(self) -> None:
        ear = None
        try:
            ear = self._make_ear()
            if self._open_source is None:
                self._report_ready(ear)
            else:
                self._hear_source(self._open_source, ear)
        except CoachError as error:
            self._post(ev.HearingFailed(error.title, str(error)))
        except Exception as fault:  # noqa: BLE001  (the session goes on by typing)
            self._post(ev.HearingFailed("Hearing stopped", f"Coach stumbled: {fault_in_short(fault)}."))
        self._opened = False
        while not self._stopping.is_set():
            self._answer(self._requests.get(), ear)

    def _hear_source(self, open_source: Callable[[], SoundSource], ear: Ear) -> None:
        try:
            source = open_source()
        except CoachError:
            self._report_ready(ear)
            raise
        self._source = source
        try:
            self._report_ready(ear)
            self._listen(source, ear)
        finally:
            self._source = None
            source.close()

    def _listen(self, source: SoundSource, ear: Ear) -> None:
        for frame in source.frames():
            was_open = self._opened
            self._take_requests(ear, wait=not source.live)
            if self._stopping.is_set():
                return
            if not self._opened:
                continue
            if source.live and (not was_open or self._is_settling(frame)):
                continue  # a frame from before the ear opened, or too soon after
            self._report_drops(source)
            self._report(ear.hear(frame))
        if not self._stopping.is_set():
            self._post(ev.SoundEnded())

    def _take_requests(self, ear: Ear, *, wait: bool) -> None:
        """Answer what was asked; with `wait`, stay until the ear is open."""
        while not self._stopping.is_set():
            try:
                request = self._requests.get(block=wait and not self._opened)
            except Empty:
                return
            self._answer(request, ear)

    def _answer(self, request: _Request, ear: Ear | None) -> None:
        match request:
            case _Open(turn):
                self._open(turn)
            case _Close():
                self._opened = False
                if ear is not None:
                    ear.reset()
            case _EndTurn():
                if ear is not None and self._opened:
                    self._report(ear.end_turn())
            case _Hear(path, turn):
                self._hear_recording(path, turn, ear)
            case _Stop():
                self._stopping.set()
            case _:
                assert_never(request)

    def _open(self, turn: int) -> None:
        self._turn = turn
        if self._source is None or self._opened:
            return
        self._opened = True
        self._deaf_until = None
        self._source.drain()
        self._dropped_before = self._source.dropped_seconds
        self._post(ev.ListeningStarted())

    def _report_ready(self, ear: Ear) -> None:
        info = ear.recognizer.info
        source = None if self._source is None else self._source.name
        self._post(ev.HearingReady(recognizer=info.name, advice=info.advice, source=source))

    def _report(self, events: Iterable[ev.Event]) -> None:
        """Post what was heard; the end of an utterance closes the ear, so that a recording waits."""
        for event in events:
            match event:
                case ev.UtteranceHeard() | ev.SpeechWithoutWords():
                    self._opened = False
                    self._post(replace(event, turn=self._turn))
                case ev.SpeechStarted():
                    self._post(replace(event, turn=self._turn))
                case _:
                    self._post(event)

    def _is_settling(self, frame: Frame) -> bool:
        if self._deaf_until is None:
            self._deaf_until = frame.start + SETTLE_SECONDS
        return frame.start < self._deaf_until

    def _report_drops(self, source: SoundSource) -> None:
        lost = source.dropped_seconds - self._dropped_before
        if lost > 0:
            self._dropped_before = source.dropped_seconds
            self._post(ev.SoundDropped(lost))

    def _hear_recording(self, path: Path, turn: int, ear: Ear | None) -> None:
        """Hear a recording to its end, or until the ear is closed."""
        if ear is None:
            no_ear = RecognizerError("No recognizer could be loaded: `coach check` says why.")
            self._post(ev.RecordingFailed(no_ear.title, str(no_ear), turn))
            return
        try:
            self._recording = recording = Recording(path)
            for note in recording.notes:
                self._post(ev.RecordingFlawed(note))
            heard = hear_recording(recording, ear)
        except CoachError as error:
            self._post(ev.RecordingFailed(error.title, str(error), turn))
        except Exception as fault:  # noqa: BLE001  (one recording, not the session)
            stumbled = f"Coach stumbled: {fault_in_short(fault)}."
            self._post(ev.RecordingFailed(RecordingError.title, stumbled, turn))
        else:
            self._post(ev.SpeechWithoutWords(turn) if heard is None else replace(heard, turn=turn))
        finally:
            self._recording = None
