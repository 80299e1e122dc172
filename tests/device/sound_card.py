"""A sound card made of software, so that real devices are opened where there is no hardware.

A private PulseAudio with two lines, neither of which reaches anything else on the machine:

    say_into_microphone() ─▶ coach_line ─▶ coach_microphone    the default source
    whoever plays         ─▶ coach_loudspeaker                 the default sink; record_loudspeaker() hears it

PortAudio reads its environment when it is loaded, so the program under test is a child process started with
`env=sound_card.env`. In it the default ALSA device is this card.
"""

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

RECORDED_RATE = 48_000
"""Samples a second of what `record_loudspeaker` writes: mono, 16 bits."""

LINE = "coach_line"
MICROPHONE = "coach_microphone"
LOUDSPEAKER = "coach_loudspeaker"

_SETUP = f"""
load-module module-native-protocol-unix auth-anonymous=1 socket={{socket}}
load-module module-null-sink sink_name={LINE} rate=48000 norewinds=1
load-module module-null-sink sink_name={LOUDSPEAKER} rate=48000 norewinds=1
load-module module-remap-source source_name={MICROPHONE} master={LINE}.monitor
set-default-sink {LOUDSPEAKER}
set-default-source {MICROPHONE}
"""

_ASOUND = """
pcm.!default { type pulse hint { show on description "Coach test sound card" } }
ctl.!default { type pulse }
"""


def missing() -> str | None:
    """Say what keeps this machine from having such a card; None when nothing does."""
    for program, package in (
        ("pulseaudio", "pulseaudio"),
        ("paplay", "pulseaudio-utils"),
        ("parec", "pulseaudio-utils"),
        ("flite", "flite"),
        ("sox", "sox"),
    ):
        if shutil.which(program) is None:
            return f"{program} is not installed: sudo apt install {package}"
    if not any(Path("/usr/lib").glob("*/alsa-lib/libasound_module_pcm_pulse.so")):
        return "ALSA cannot reach PulseAudio: sudo apt install libasound2-plugins"
    return None


class SoundCard:
    """The card while it is running. `open_sound_card` makes one."""

    def __init__(self, folder: Path) -> None:
        """Prepare the files of a card in `folder`, which is its own and whose path is short."""
        self._folder = folder
        self._socket = folder / "pulse.socket"
        home, runtime = folder / "home", folder / "runtime"
        for made in (home, runtime):
            made.mkdir(mode=0o700)
        (home / ".asoundrc").write_text(_ASOUND)
        (folder / "setup.pa").write_text(_SETUP.format(socket=self._socket))
        self.env = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("PULSE_", "XDG_"))},
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(runtime),
            "PULSE_RUNTIME_PATH": str(runtime),
            "PULSE_SERVER": f"unix:{self._socket}",
            "PULSE_COOKIE": str(home / "cookie"),
        }
        """Environment for a child process that is to see this card; its home folder is empty and its own."""
        self._log = (folder / "pulseaudio.log").open("wb")
        self._daemon = subprocess.Popen(
            [
                *("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"),
                *("--disable-shm=yes", "--log-target=stderr", "-F", str(folder / "setup.pa")),
            ],
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
        )

    def wait_until_ready(self, seconds: float = 10.0) -> None:
        """Wait until the microphone is there, the last thing that the daemon sets up."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self._daemon.poll() is None:
            listed = subprocess.run(
                ["pactl", "list", "short", "sources"],
                env=self.env,
                capture_output=True,
                text=True,
                check=False,
            )
            if MICROPHONE in listed.stdout:
                return
            time.sleep(0.05)
        raise RuntimeError(
            f"pulseaudio did not start: {(self._folder / 'pulseaudio.log').read_text()[-500:]}"
        )

    def say_into_microphone(self, wav: Path) -> None:
        """Play a WAV file into the microphone, in real time; returns when it has been heard to its end."""
        subprocess.run(
            ["paplay", f"--device={LINE}", "--latency-msec=30", str(wav)], env=self.env, check=True
        )

    @contextlib.contextmanager
    def record_loudspeaker(self, wav: Path) -> Iterator[Path]:
        """Record what the loudspeaker plays into `wav`, which is whole when the block ends.

        The recording has begun when the block begins: sound of the block is never missed.
        """
        recorder = subprocess.Popen(
            [
                *("parec", f"--device={LOUDSPEAKER}.monitor", "--latency-msec=20", "--format=s16le"),
                *(f"--rate={RECORDED_RATE}", "--channels=1", "--file-format=wav", str(wav)),
            ],
            env=self.env,
            stderr=self._log,
        )
        try:
            deadline = time.monotonic() + 5.0
            while not (wav.exists() and wav.stat().st_size > 2 * RECORDED_RATE // 20):
                if time.monotonic() > deadline or recorder.poll() is not None:
                    raise RuntimeError("parec records nothing")
                time.sleep(0.005)
            yield wav
            time.sleep(0.1)  # what is on its way through the monitor
        finally:
            recorder.terminate()  # parec completes the file
            recorder.wait()

    def close(self) -> None:
        """End the daemon."""
        self._daemon.terminate()
        try:
            self._daemon.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._daemon.kill()
            self._daemon.wait()
        self._log.close()


def say_as_person(text: str, wav: Path, *, voice: str = "slt", silence_after: float = 0.0) -> Path:
    """Write `text` to `wav` in a voice of flite, `slt` (a woman) or `rms` (a man), at 16 kHz."""
    spoken = wav.with_suffix(".flite.wav")
    subprocess.run(["flite", "-voice", voice, "-t", text, "-o", str(spoken)], check=True)
    subprocess.run(["sox", str(spoken), str(wav), "pad", "0", str(silence_after)], check=True)
    spoken.unlink()
    return wav


@contextlib.contextmanager
def open_sound_card(folder: Path) -> Iterator[SoundCard]:
    """Run a sound card whose files lie in `folder`."""
    card = SoundCard(folder)
    try:
        card.wait_until_ready()
        yield card
    finally:
        card.close()
