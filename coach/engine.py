"""Carries out what the session decides.

    listener   sound ─▶ ear ─▶ events                    coach.listener, owns source and recognizer
    engine     events ─▶ session ─▶ commands, judging    this file, owns the session
    voice      sentences ─▶ loudspeaker                  coach.speaker, waits on the voice's child process
    warm       loads the judge and librosa once

Half duplex: the session opens the ear only when the coach is silent, and a live ear stays deaf for a moment
longer, so the recognizer never hears the coach.
"""

import threading
from collections.abc import Callable
from contextlib import ExitStack
from queue import SimpleQueue
from typing import assert_never

from coach import events as ev
from coach.audio.frames import SoundSource
from coach.handle import Watch
from coach.hearing import Ear
from coach.listener import Listener
from coach.practice.feedback import Feedback, feedback_for
from coach.practice.session import Session
from coach.reply import delivery
from coach.reply.assessment import assess
from coach.speaker import SoundOutput, Speaker, SpeakingVoice
from coach.warming import warm_up

WARMING = "Getting ready to measure how it was said. The very first time this takes a while."


class Engine:
    """One session, from `start` to `Finish`.

    What fails in sound is reported as an event and ends nothing. A fault in Coach itself ends the session:
    `join` raises it.
    """

    def __init__(
        self,
        session: Session,
        *,
        open_source: Callable[[], SoundSource] | None,
        make_ear: Callable[[], Ear],
        voice: SpeakingVoice | None,
        open_loudspeaker: Callable[[], SoundOutput] | None,
        wait_for_delivery: bool = False,
    ) -> None:
        """Nothing starts here. With `wait_for_delivery` the first reply waits until librosa is loaded."""
        self._session = session
        self._events: SimpleQueue[ev.Event] = SimpleQueue()
        """Unbounded: what the listener reports is bounded by the pace of sound."""
        self._listener = Listener(open_source, make_ear, self.post)
        self._speaker = Speaker(voice, open_loudspeaker, self.post)
        self._warming = threading.Thread(
            target=warm_up,
            name="coach-warm",
            daemon=True,  # loading librosa can take half a minute, and whoever quits waits for nothing
        )
        self._wait_for_delivery = wait_for_delivery
        self._thread = threading.Thread(target=self._run, name="coach-engine")
        self._quitting = threading.Event()
        self._watch: Watch = lambda _: None
        self._feedback: Feedback | None = None
        """What was said last about a reply to this line."""
        self._fault: BaseException | None = None

    def start(self, watch: Watch) -> None:
        """Start the threads and report to `watch`."""
        self._watch = watch
        for part in (self._warming, self._listener, self._speaker, self._thread):
            part.start()
        self.post(ev.SessionStarted())

    def post(self, event: ev.Event) -> None:
        """Hand over an event; safe from any thread, returns at once."""
        if isinstance(event, ev.QuitRequested):
            self._quitting.set()
        self._events.put(event)

    def join(self) -> None:
        """Wait for the end of the session; raise the fault that ended it, if one did."""
        self._thread.join()
        if self._fault is not None:
            raise self._fault

    def stop(self) -> None:
        """End the session and wait for its threads. Not before `start`."""
        self.post(ev.QuitRequested())
        self.join()

    def _run(self) -> None:
        try:
            while self._handle(self._events.get()):
                pass
        except BaseException as fault:  # noqa: BLE001  (handed to whoever joins)
            self._fault = fault
            self._watch(ev.Finish())
        finally:
            with ExitStack() as parts:
                parts.callback(self._speaker.close)
                parts.callback(self._listener.close)

    def _handle(self, event: ev.Event) -> bool:
        """Carry out what follows from one event; False after `Finish`."""
        self._watch(event)
        for command in self._session.handle(event):
            self._watch(command)
            if not self._carry_out(command):
                return False
        return True

    def _carry_out(self, command: ev.Command) -> bool:
        match command:
            case ev.Say():
                self._speaker.say(command)
            case ev.Hush():
                self._speaker.hush()
            case ev.Listen(turn):
                self._listener.open(turn)
            case ev.StopListening():
                self._listener.close_ear()
            case ev.EndTurn():
                self._listener.end_turn()
            case ev.HearRecording(path, turn):
                self._listener.hear(path, turn)
            case ev.Assess(utterance, partner):
                return self._handle(self._assess(utterance, partner))
            case ev.ShowPartner():
                self._feedback = None  # a new line is nobody's second try
            case ev.ShowNotice():
                pass
            case ev.Finish():
                return False
            case _:
                assert_never(command)
        return True

    def _assess(self, utterance: ev.UtteranceHeard, partner: str | None) -> ev.UtteranceAssessed:
        assessment = assess(utterance.words, partner=partner, delivery=self._measure(utterance))
        self._feedback = feedback_for(assessment, previous=self._feedback)
        return ev.UtteranceAssessed(assessment, self._feedback)

    def _measure(self, utterance: ev.UtteranceHeard) -> delivery.Delivery | None:
        """How it was said; None for typed words, and while librosa is still loading."""
        if utterance.samples is None:
            return None
        if self._wait_for_delivery and self._warming.is_alive():
            self._watch(ev.ShowNotice(WARMING))
            while self._warming.is_alive() and not self._quitting.wait(0.1):
                pass
        if not delivery.is_warm():
            return None
        return delivery.measure(utterance.samples, utterance.words, start=utterance.start)
