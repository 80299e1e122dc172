import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.audio.levels import QUIETEST_DB, level_db
from tests.strategies import tone


def test_a_full_sine_is_three_decibels_under_full_scale() -> None:
    assert level_db(tone(1.0, level=1.0)) == pytest.approx(-3.01, abs=0.01)


@pytest.mark.parametrize("samples", [0, 512])
def test_silence_has_the_least_level(samples: int) -> None:
    assert level_db(np.zeros(samples, np.float32)) == QUIETEST_DB


@given(st.floats(0.001, 0.5))
def test_doubling_sound_adds_six_decibels(level: float) -> None:
    assert level_db(tone(0.1, level=2 * level)) - level_db(tone(0.1, level=level)) == pytest.approx(
        6.02, abs=0.01
    )
