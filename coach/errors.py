"""Every error Coach raises on purpose, and the only ones a front end shows.

    CoachError
    ├── SoundError
    │   ├── SoundLibraryError       PortAudio is not installed
    │   ├── MicrophoneError         none, busy, or lost in the middle
    │   └── LoudspeakerError        none, busy, or lost in the middle
    ├── RecordingError              a file that cannot be heard as a reply
    ├── RecognizerError
    │   └── ModelError              a recognizer's model that is missing or damaged
    ├── VoiceError                  the coach cannot speak
    ├── InputError                  a JSON line, a rule file or a script that cannot be read
    └── SettingsError               a setting or data folder that cannot be used

A message is one line: it names the thing and the way out.
"""

from traceback import extract_tb


class CoachError(Exception):
    """Something the person can mend; its text is one line."""

    title = "Coach cannot go on"
    """A few words a screen shows above the message."""


class SoundError(CoachError):
    """Sound cannot come in or go out."""

    title = "No sound"


class SoundLibraryError(SoundError):
    """PortAudio, the system's sound library, cannot be loaded."""

    title = "No sound library"


class MicrophoneError(SoundError):
    """There is no microphone, it is busy, or it went away."""

    title = "No microphone"


class LoudspeakerError(SoundError):
    """There is no loudspeaker, it is busy, or it went away."""

    title = "No loudspeaker"


class RecordingError(CoachError):
    """A file is not a recording of a reply."""

    title = "That recording cannot be used"


class RecognizerError(CoachError):
    """Speech cannot be turned into words."""

    title = "No recognizer"


class ModelError(RecognizerError):
    """A recognizer's model is missing, truncated or of another kind."""

    title = "That model cannot be used"


class VoiceError(CoachError):
    """The coach cannot speak aloud."""

    title = "No voice"


class InputError(CoachError):
    """A line or a file given to Coach cannot be read."""

    title = "That cannot be read"


class SettingsError(CoachError):
    """A setting or a folder of Coach cannot be used."""

    title = "A setting needs care"


def fault_in_short(fault: BaseException) -> str:
    """Name a fault of Coach itself by kind and place, never by its text, which may hold what was said."""
    frames = extract_tb(fault.__traceback__)
    place = f" at {frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else ""
    return f"{type(fault).__name__}{place}"
