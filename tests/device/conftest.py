"""Gives tests a sound card that is real to the program and made of software."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.device.sound_card import SoundCard, missing, open_sound_card


@pytest.fixture(scope="session")
def sound_card() -> Iterator[SoundCard]:
    """A sound card for the whole run; skips, with the reason, where one cannot be made."""
    if reason := missing():
        pytest.skip(reason)
    # Not pytest's own folder: the path of a socket may have no more than 107 characters.
    with (
        tempfile.TemporaryDirectory(prefix="coach-card-") as folder,
        open_sound_card(Path(folder)) as card,
    ):
        yield card
