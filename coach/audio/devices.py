"""The machine's microphones and loudspeakers. The one file that imports sounddevice."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from coach.errors import LoudspeakerError, MicrophoneError, SoundLibraryError

Direction = Literal["input", "output"]


@dataclass(frozen=True, slots=True)
class Device:
    """A microphone, a loudspeaker, or both in one."""

    name: str
    """As the system names it."""

    inputs: int
    """Channels it records, 0 or more."""

    outputs: int
    """Channels it plays, 0 or more."""

    default_rate: float
    """Samples a second it prefers."""

    is_default_input: bool
    is_default_output: bool

    index: int
    """PortAudio's number, which holds until this process ends: never shown, never saved."""

    @property
    def is_default(self) -> bool:
        """Whether the system prefers it, for recording or for playing."""
        return self.is_default_input or self.is_default_output


def sounddevice() -> Any:
    """Return the module `sounddevice`.

    Raises:
        SoundLibraryError: PortAudio is not installed.
    """
    try:
        import sounddevice as module  # initializes PortAudio, which looks at every device
    except OSError as error:
        raise SoundLibraryError(
            "The sound library PortAudio is missing: install it with `sudo apt-get install libportaudio2`."
        ) from error
    return module


def list_devices() -> list[Device]:
    """List what can record or play, in the system's order; empty when there is nothing.

    Raises:
        SoundLibraryError: PortAudio is not installed.
    """
    module = sounddevice()
    default_input, default_output = (_default_index(module, kind) for kind in ("input", "output"))
    return [
        Device(
            name=found["name"],
            inputs=found["max_input_channels"],
            outputs=found["max_output_channels"],
            default_rate=found["default_samplerate"],
            is_default_input=found["index"] == default_input,
            is_default_output=found["index"] == default_output,
            index=found["index"],
        )
        for found in module.query_devices()
    ]


def find_device(name: str | None, direction: Direction) -> Device:
    """Find the device whose name is, begins with or holds `name`, in any case; None finds the default.

    Raises:
        MicrophoneError: `direction` is input, and there is none, or none of that name.
        LoudspeakerError: `direction` is output, and there is none, or none of that name.
        SoundLibraryError: PortAudio is not installed.
    """
    return pick_device(list_devices(), name, direction)


def pick_device(devices: Sequence[Device], name: str | None, direction: Direction) -> Device:
    """Do what `find_device` does, on devices already listed."""
    error: type[MicrophoneError | LoudspeakerError]
    if direction == "input":
        usable = [device for device in devices if device.inputs > 0]
        defaults = [device for device in usable if device.is_default_input]
        error, kind = MicrophoneError, "microphone"
    else:
        usable = [device for device in devices if device.outputs > 0]
        defaults = [device for device in usable if device.is_default_output]
        error, kind = LoudspeakerError, "loudspeaker"
    if not usable:
        raise error(f"No {kind} was found: plug one in, then see `coach devices`.")
    if name is None:
        return (defaults or usable)[0]
    wanted = name.casefold()
    for matches in (str.__eq__, str.startswith, str.__contains__):
        for device in usable:
            if matches(device.name.casefold(), wanted):
                return device
    raise error(f"No {kind} is called \u201c{name}\u201d: `coach devices` lists those there are.")


def first_line(error: Exception) -> str:
    """Say in one line what a sound library reports in several."""
    return str(error).strip().partition("\n")[0] or type(error).__name__


def _default_index(module: Any, kind: str) -> int | None:
    """PortAudio's number of the default device; None when there is none."""
    try:
        index: int = module.query_devices(kind=kind)["index"]
    except (module.PortAudioError, ValueError):
        return None
    return index
