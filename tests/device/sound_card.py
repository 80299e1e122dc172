"""A sound card made of software, so that real devices are opened where there is no hardware.

A private PulseAudio with two lines, which reach nothing else on the machine:

    say_into_microphone() ─▶ coach_line ─▶ coach_microphone    the default source
    whoever plays ─────────────────────▶ coach_loudspeaker     the default sink ─▶ record_loudspeaker()

PortAudio reads its environment when it is loaded, so the program under test is a child process started with
`env=sound_card.env`; its default ALSA device is then this card:

    with sound_card.record_loudspeaker(tmp_path / "heard.wav") as heard:
        program = subprocess.Popen([sys.executable, "-m", "coach", ...], env=sound_card.env)
        sound_card.say_into_microphone(say_as_person("that sounds hard", tmp_path / "reply.wav"))
        program.wait(timeout=30)
    samples = read_recorded(heard)
"""

import contextlib
import os
import shutil
import subprocess
import time
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

RECORDED_RATE = 48_000
"""Samples a second of what `record_loudspeaker` writes: mono, 16 bits."""

LINE = "coach_line"
MICROPHONE = "coach_microphone"
LOUDSPEAKER = "coach_loudspeaker"

# Without norewinds a null sink takes its first sound up to two seconds late, as no hardware does.
_SETUP = f"""
load-module module-native-protocol-unix auth-anonymous=1 socket={{socket}}
load-module module-null-sink sink_name={LINE} rate={RECORDED_RATE} norewinds=1
load-module module-null-sink sink_name={LOUDSPEAKER} rate={RECORDED_RATE} norewinds=1
load-module module-remap-source source_name={MICROPHONE} master={LINE}.monitor
set-default-sink {LOUDSPEAKER}
set-default-source {MICROPHONE}
"""

_ASOUND = """
pcm.!default { type pulse hint { show on description "Coach test sound card" } }
ctl.!default { type pulse }
"""

_PACKAGES = {"pulseaudio": "pulseaudio", "paplay": "pulseaudio-utils", "flite": "flite", "sox": "sox"}
"""The programs that the card needs, and the packages they come in."""


def missing() -> str | None:
    """Say what keeps this machine from having such a card; None when nothing does."""
    for program, package in _PACKAGES.items():
        if shutil.which(program) is None:
            return f"{program} is not installed: sudo apt install {package}"
    if not any(Path("/usr/lib").glob("*/alsa-lib/libasound_module_pcm_pulse.so")):
        return "ALSA cannot reach PulseAudio: sudo apt install libasound2-plugins"
    return None


class SoundCard:
    """The card while it runs. `open_sound_card` makes one."""

    def __init__(self, folder: Path) -> None:
        """Start a card whose files lie in `folder`."""
        home, runtime = folder / "home", folder / "runtime"
        home.mkdir(mode=0o700)
        runtime.mkdir(mode=0o700)
        (home / ".asoundrc").write_text(_ASOUND)
        (folder / "setup.pa").write_text(_SETUP.format(socket=folder / "socket"))
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PULSE_", "XDG_", "ALSA_", "PIPEWIRE_", "JACK_"))
        }
        self.env = {
            **inherited,
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(runtime),
            "PULSE_RUNTIME_PATH": str(runtime),
            "PULSE_SERVER": f"unix:{folder / 'socket'}",
            "PULSE_COOKIE": str(home / "cookie"),
        }
        """Environment of a child process that is to have this card; its home folder is empty and its own."""
        self._log_path = folder / "pulseaudio.log"
        with self._log_path.open("wb") as log:
            self._daemon = subprocess.Popen(
                [
                    *("pulseaudio", "-n", "-F", str(folder / "setup.pa"), "--daemonize=no"),
                    *("--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm=yes", "--log-target=stderr"),
                ],
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def wait_until_ready(self, seconds: float = 10.0) -> None:
        """Wait until the microphone is there, the last thing that the daemon sets up."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self._daemon.poll() is None:
            sources = subprocess.run(
                ["pactl", "list", "short", "sources"],
                env=self.env,
                capture_output=True,
                text=True,
                check=False,
            )
            if MICROPHONE in sources.stdout:
                return
            time.sleep(0.05)
        raise RuntimeError(f"pulseaudio did not start: {self._log_path.read_text()[-500:]}")

    def say_into_microphone(self, wav: Path) -> None:
        """Play a WAV file into the microphone in real time; returns when it was heard to its end."""
        subprocess.run(
            ["paplay", f"--device={LINE}", "--latency-msec=30", str(wav)],
            env=self.env,
            check=True,
            timeout=120,
        )

    @contextlib.contextmanager
    def record_loudspeaker(self, wav: Path) -> Iterator[Path]:
        """Record what the loudspeaker plays into `wav`, from before the block to after it.

        The file is whole when the block has ended.
        """
        wav.unlink(missing_ok=True)
        recorder = subprocess.Popen(
            [
                *("parec", f"--device={LOUDSPEAKER}.monitor", "--latency-msec=20", "--format=s16le"),
                *(f"--rate={RECORDED_RATE}", "--channels=1", "--file-format=wav", str(wav)),
            ],
            env=self.env,
            stderr=subprocess.DEVNULL,
        )
        try:
            deadline = time.monotonic() + 5.0
            while not wav.exists() or wav.stat().st_size < RECORDED_RATE // 10:
                if time.monotonic() > deadline or recorder.poll() is not None:
                    raise RuntimeError("parec records nothing")
                time.sleep(0.005)
            yield wav
            time.sleep(0.15)  # what is still on its way through the monitor
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


@contextlib.contextmanager
def open_sound_card(folder: Path) -> Iterator[SoundCard]:
    """Run a sound card whose files lie in `folder`, an empty one with a short path."""
    card = SoundCard(folder)
    try:
        card.wait_until_ready()
        yield card
    finally:
        card.close()


def say_as_person(text: str, wav: Path, *, voice: str = "slt", silence_after: float = 0.0) -> Path:
    """Write `text` to `wav`, said by a voice of flite: `slt`, a woman, or `rms`, a man. At 16 kHz."""
    spoken = wav.with_suffix(".spoken.wav")
    subprocess.run(["flite", "-voice", voice, "-t", text, "-o", str(spoken)], check=True, timeout=60)
    subprocess.run(["sox", str(spoken), str(wav), "pad", "0", str(silence_after)], check=True, timeout=60)
    spoken.unlink()
    return wav


def read_recorded(wav: Path) -> npt.NDArray[np.float32]:
    """Read what `record_loudspeaker` wrote: shape (n,), -1 to 1, at RECORDED_RATE."""
    with wave.open(str(wav), "rb") as file:
        data = file.readframes(file.getnframes())
    return (np.frombuffer(data, "<i2") / 32768).astype(np.float32)
