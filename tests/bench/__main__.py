"""Measure each budget of Coach and print the table; one exceeded is shown: machines are shared."""

import json
import os
import pty
import re
import resource
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from coach import events as ev
from coach.audio.recording import Recording
from coach.demo import rehearsals
from coach.hearing import Ear, hear_recording
from coach.paths import cache_folder
from coach.reply import delivery
from coach.speech.recognizer import choose_recognizer
from tests.device.sound_card import SoundCard, missing, open_sound_card

TURNS = 15
BARE_APP = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("READY")
Bare().run()
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    what: str
    measured: str
    reference: str
    budget: str
    within: bool


def p95(values: list[float]) -> float:
    return float(np.percentile(values, 95))


def turn_latency(card: SoundCard | None) -> Row:
    answer = subprocess.run(
        [sys.executable, "-m", "tests.bench.turns", str(TURNS), "audible" if card else "mute"],
        env=card.env if card else None,
        capture_output=True,
        check=True,
    )
    latencies = json.loads(answer.stdout)
    worst = p95(latencies)
    return Row(
        f"end of turn to first sample, p95 of {len(latencies)} turns",
        f"{worst * 1000:.0f} ms",
        "through the loudspeaker" if card else "no sound card: to the hand-over",
        "300 ms",
        worst <= 0.3,
    )


def pipeline() -> Row:
    recognizer = choose_recognizer("pocketsphinx")
    recordings = [one.recording for one in rehearsals()]
    delivery.warm(cache_folder())
    bare = whole = 0.0
    for path in recordings * 3:
        frames = [frame.samples for frame in Recording(path).frames()]
        began = time.process_time()
        for samples in frames:
            recognizer.accept(samples)
        recognizer.finish()
        bare += time.process_time() - began
        began = time.process_time()
        heard = hear_recording(Recording(path), Ear(recognizer))
        assert heard is not None
        assert heard.samples is not None
        measured = delivery.measure(heard.samples, heard.words, start=heard.start)
        judge(heard, measured)
        whole += time.process_time() - began
    return Row(
        "whole pipeline's CPU against the recognizer alone",
        f"{whole / bare:.2f} times",
        f"{bare:.1f} s alone",
        "1.15 times",
        whole / bare <= 1.15,
    )


def judge(heard: ev.UtteranceHeard, measured: delivery.Delivery | None) -> None:
    from coach.practice.feedback import feedback_for
    from coach.reply.assessment import assess

    feedback_for(assess(heard.words, partner="my boss yelled at me today", delivery=measured))


def judging() -> Iterator[Row]:
    from coach.reply.words import words_from_text

    replies = [
        json.loads(line)
        for line in (Path(__file__).parents[1] / "data" / "replies.jsonl").read_text().splitlines()
    ]
    from coach.reply.assessment import assess

    heard = [(words_from_text(one["reply"]), one.get("partner")) for one in replies]
    assess(*heard[0][:1], partner=heard[0][1])
    times = []
    for words, partner in heard * 3:
        began = time.perf_counter()
        assess(words, partner=partner)
        times.append(time.perf_counter() - began)
    yield Row(
        f"judging one reply as text, p95 of {len(times)}",
        f"{p95(times) * 1000:.2f} ms",
        f"median {np.median(times) * 1000:.2f} ms",
        "2 ms",
        p95(times) <= 0.002,
    )
    began = time.perf_counter()
    for words, partner in heard * 3:
        assess(words, partner=partner)
    rate = len(times) / (time.perf_counter() - began)
    yield Row(
        "judging in bulk, replies a second", f"{rate:.0f}", f"{len(times)} replies", "2000", rate >= 2000
    )
    long = words_from_text(" ".join(one["reply"] for one in replies * 20)[:40_000])
    began = time.perf_counter()
    assess(long)
    took = time.perf_counter() - began
    yield Row("judging a reply of 40,000 characters", f"{took * 1000:.0f} ms", "", "", within=True)
    with tempfile.TemporaryDirectory() as folder:
        many = Path(folder) / "many.jsonl"
        many.write_text("".join(json.dumps({"id": n, **one}) + "\n" for n, one in enumerate(replies * 10)))
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "coach", "analyze", "--jsonl", str(many)],
            stdout=subprocess.DEVNULL,
            check=True,
        )
        rate = len(replies) * 10 / (time.perf_counter() - began)
    yield Row(
        "coach analyze --jsonl, feedback and start included", f"{rate:.0f} a second", "", "", within=True
    )


def delivery_speed() -> Row:
    samples = np.concatenate([frame.samples for frame in Recording(rehearsals()[0].recording).frames()])
    ten = np.tile(samples, 5)[:160_000]
    delivery.warm(cache_folder())
    times = []
    for _ in range(10):
        began = time.perf_counter()
        delivery.measure(ten, (), start=0.0)
        times.append(time.perf_counter() - began)
    return Row(
        "delivery of 10 s, warm, median of 10",
        f"{np.median(times) * 1000:.0f} ms",
        f"p95 {p95(times) * 1000:.0f} ms",
        "60 ms",
        bool(np.median(times) <= 0.06),
    )


def seconds_until(command: list[str], marker: bytes, env: dict[str, str], *, limit: float = 30.0) -> float:
    """Run a command on a terminal of its own until it shows `marker`; return the seconds that took."""
    began = time.perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        os.environ.update({**env, "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"})
        os.execv(command[0], command)  # noqa: S606  (our own interpreter)
    shown = b""
    try:
        while time.perf_counter() - began < limit:
            if select.select([terminal], [], [], 0.2)[0]:
                shown += os.read(terminal, 65536)
                if marker in re.sub(rb"\x1b\[[0-9;?]*[a-zA-Z]", b"", shown):
                    return time.perf_counter() - began
    finally:
        os.kill(process, 9)
        os.waitpid(process, 0)
        os.close(terminal)
    raise RuntimeError(f"{command} did not show {marker!r}")


def median_of(times: int, measure: Callable[[], float]) -> float:
    measure()  # fills the caches of the disk
    return float(np.median([measure() for _ in range(times)]))


def starting(card: SoundCard | None) -> Iterator[Row]:
    env = dict(card.env if card else os.environ)
    coach = [sys.executable, "-m", "coach"]

    def help_time() -> float:
        began = time.perf_counter()
        subprocess.run([*coach, "--help"], stdout=subprocess.DEVNULL, check=True)
        return time.perf_counter() - began

    def bare_python() -> float:
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", "pass"], check=True)
        return time.perf_counter() - began

    took = median_of(5, help_time)
    yield Row(
        "coach --help, median of 5",
        f"{took * 1000:.0f} ms",
        f"bare Python {median_of(5, bare_python) * 1000:.0f} ms",
        "200 ms",
        took <= 0.2,
    )
    took = median_of(5, lambda: seconds_until([*coach, "practice", "--mute"], b"Quit", env))
    bare = median_of(5, lambda: seconds_until([sys.executable, "-c", BARE_APP], b"READY", env))
    yield Row(
        "first paint of the screen, median of 5",
        f"{took:.2f} s",
        f"bare Textual app {bare:.2f} s",
        "0.8 s",
        took <= 0.8,
    )
    if card is not None:
        listen = [*coach, "practice", "--plain", "--mute", "--partner", ""]
        took = median_of(5, lambda: seconds_until(listen, b"Listening", env))
        yield Row(
            "start to listening, median of 5", f"{took:.2f} s", "built-in recognizer", "1.5 s", took <= 1.5
        )


def memory() -> Row:
    program = """
import resource, threading
from coach import events as ev
from coach.engine import Engine
from coach.hearing import Ear
from coach.practice.session import PartnerLine, Session
from coach.speech.recognizer import choose_recognizer
judged = threading.Semaphore(0)
def watch(happened):
    if isinstance(happened, ev.UtteranceAssessed):
        judged.release()
engine = Engine(Session([PartnerLine("my boss yelled at me")]), open_source=None,
    make_ear=lambda: Ear(choose_recognizer("pocketsphinx")), voice=None, open_loudspeaker=None)
engine.start(watch)
for turn in range(1, 1001):
    engine.post(ev.ReplyTyped(f"that sounds really hard want to talk more about it number {turn}"))
    judged.acquire()
    if turn in (10, 1000):
        print(open("/proc/self/statm").read().split()[1])
    if turn == 10:
        engine._warming.join()
        print(open("/proc/self/statm").read().split()[1])
engine.stop()
"""
    pages = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    _, early, late = (int(line) * resource.getpagesize() / 1e6 for line in pages.split())
    return Row(
        "memory after 1,000 turns against after 10",
        f"{late - early:+.1f} MB",
        f"{early:.0f} MB",
        "+10 MB",
        late - early <= 10,
    )


def rows(card: SoundCard | None) -> Iterator[Row]:
    yield turn_latency(card)
    yield pipeline()
    yield from judging()
    yield delivery_speed()
    yield from starting(card)
    yield memory()


def main() -> None:
    table = Table("What", "Measured", "Beside it", "Budget", "", title="Budgets", box=None)
    with tempfile.TemporaryDirectory(prefix="coach") as folder:
        if reason := missing():
            Console().print(f"Without a virtual sound card: {reason}")
            measured = list(rows(None))
        else:
            with open_sound_card(Path(folder)) as card:
                measured = list(rows(card))
    for row in measured:
        table.add_row(row.what, row.measured, row.reference, row.budget, "ok" if row.within else "OVER")
    Console(width=130).print(table)


main()
