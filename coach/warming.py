"""Loading what judging and measuring need before the first reply does."""

import fcntl
from contextlib import suppress

from coach.paths import cache_folder
from coach.practice.feedback import feedback_for
from coach.reply import delivery
from coach.reply.assessment import assess
from coach.reply.words import words_from_text


def warm_up() -> None:
    """Load the judge, then librosa; seconds, and half a minute when librosa's code has yet to be compiled.

    One process compiles at a time, since numba's cache does not bear two writers. What cannot be loaded is
    missing later: delivery is then not measured.
    """
    feedback_for(assess(words_from_text("that sounds hard")))
    folder = cache_folder() / "numba"
    with suppress(Exception):  # a broken numba or a full disk keep nobody from practising
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            delivery.warm(cache_folder())
