"""Three recorded rehearsals, heard through the whole of the real pipeline."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coach.audio.frames import FRAME_SECONDS, Frame
from coach.audio.recording import Recording
from coach.paths import demo_folder
from coach.practice.session import PartnerLine


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """One recorded reply and the line it answers."""

    title: str
    partner: PartnerLine
    recording: Path
    said: str
    """What the recording holds, in writing."""


def rehearsals() -> tuple[Rehearsed, ...]:
    """The recorded rehearsals, in order."""
    folder = demo_folder()
    with (folder / "rehearsals.toml").open("rb") as file:
        entries = tomllib.load(file)["rehearsal"]
    return tuple(
        Rehearsed(
            title=entry["title"],
            partner=PartnerLine(line=entry["partner"], setting=entry["setting"]),
            recording=folder / entry["recording"],
            said=entry["said"],
        )
        for entry in entries
    )


class Recordings:
    """Recordings one after another, as a microphone that waits while nobody listens."""

    live = False
    dropped_seconds = 0.0

    @property
    def name(self) -> str:
        """The files' names."""
        return ", ".join(recording.name for recording in self._recordings)

    def __init__(self, paths: Sequence[Path]) -> None:
        """Raises RecordingError when one cannot be read."""
        self._recordings = tuple(Recording(path) for path in paths)

    def frames(self) -> Iterator[Frame]:
        """Yield the frames of all recordings on one clock."""
        count = 0
        for recording in self._recordings:
            for frame in recording.frames():
                yield replace(frame, start=count * FRAME_SECONDS)
                count += 1

    def drain(self) -> None:
        """A recording waits: nothing is dropped."""

    def close(self) -> None:
        """Let go of the files."""
        for recording in self._recordings:
            recording.close()
