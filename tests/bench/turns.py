"""Turns at the pace of real speech, from the end-of-turn decision to the first sample of the answer.

Runs as a child process in a sound card's environment; prints one JSON object.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event as Flag

from coach import events as ev
from coach.audio.frames import FRAME_SECONDS, Frame
from coach.audio.loudspeaker import Loudspeaker
from coach.demo import Recordings, rehearsals
from coach.engine import Engine
from coach.hearing import Ear
from coach.practice.session import PartnerLine, Session
from coach.speech.recognizer import choose_recognizer
from coach.speech.voice import Voice


class Paced:
    """Recordings that pass by at the speed of sound, as at a microphone."""

    live = True
    dropped_seconds = 0.0
    name = "paced"

    def __init__(self, paths: list[Path]) -> None:
        self._recordings = Recordings(paths)
        self._closed = Flag()

    def frames(self) -> Iterator[Frame]:
        began = time.monotonic()
        for frame in self._recordings.frames():
            if self._closed.wait(max(0.0, began + frame.start + FRAME_SECONDS - time.monotonic())):
                return
            yield frame

    def drain(self) -> None:
        return

    def close(self) -> None:
        self._closed.set()


class TimedEar(Ear):
    """Notes when the frame came in that ended an utterance."""

    decided = 0.0

    def hear(self, frame: Frame) -> list[ev.Event]:
        now = time.monotonic()
        heard = list(super().hear(frame))
        if any(isinstance(event, ev.UtteranceHeard) for event in heard):
            self.decided = now
        return heard


class NoLoudspeaker:
    """Takes a sound and ends at once, where there is no sound card."""

    def play(self, _path: Path, *, stop: Flag, started: Callable[[], None]) -> bool:
        started()
        return not stop.is_set()

    def close(self) -> None:
        return


def measure(turns: int, *, audible: bool) -> list[float]:
    """Seconds from decision to first sample, one a turn."""
    recorded = rehearsals()
    paths = [recorded[turn % len(recorded)].recording for turn in range(turns)]
    ear = TimedEar(choose_recognizer("pocketsphinx"))
    latencies: list[float] = []
    judged = Flag()

    def watch(happened: ev.Event | ev.Command) -> None:
        match happened:
            case ev.UtteranceAssessed():
                judged.set()
            case ev.CoachStartedSpeaking() if judged.is_set():
                latencies.append(time.monotonic() - ear.decided)
                judged.clear()
                engine.post(ev.InterruptRequested())
            case _:
                pass

    engine = Engine(
        Session([PartnerLine("")]),
        open_source=lambda: Paced(paths),
        make_ear=lambda: ear,
        voice=Voice(),
        open_loudspeaker=Loudspeaker if audible else NoLoudspeaker,
    )
    engine.start(watch)
    engine.join()
    return latencies


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]), audible=sys.argv[2] == "audible")))
