"""How loud sound is."""

import math

import numpy as np

from coach.audio.frames import Samples

QUIETEST_DB = -90.0
"""The level of silence."""


def level_db(samples: Samples) -> float:
    """RMS of `samples`, shape (n,), in dB relative to full scale; QUIETEST_DB at the least."""
    power = float(np.mean(np.square(samples, dtype=np.float64))) if samples.size else 0.0
    return max(QUIETEST_DB, 10 * math.log10(power)) if power > 0 else QUIETEST_DB
