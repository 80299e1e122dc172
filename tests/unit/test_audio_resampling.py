import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.audio.frames import FRAME_SAMPLES, FRAME_SECONDS, SAMPLE_RATE, Samples
from coach.audio.resampling import Framer
from tests.strategies import cut_at, tone

RATES = [8_000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000]


def framed(pieces: list[Samples], rate: float, *, silence: float = 0.0) -> Samples:
    framer = Framer(rate)
    frames = [frame for piece in pieces for frame in framer.push(piece)]
    frames += framer.finish(silence=silence)
    assert [frame.start for frame in frames] == pytest.approx([n * FRAME_SECONDS for n in range(len(frames))])
    assert all(frame.samples.shape == (FRAME_SAMPLES,) for frame in frames)
    return np.concatenate([frame.samples for frame in frames]) if frames else np.zeros(0, np.float32)


@pytest.mark.parametrize("rate", RATES)
def test_a_tone_keeps_its_length_pitch_and_level(rate: int) -> None:
    sound = framed([tone(1.0, rate=rate, hertz=440.0, level=0.5)], rate)
    assert sound.size == pytest.approx(SAMPLE_RATE, abs=FRAME_SAMPLES)
    middle = sound[4_000:12_000]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(middle.size)))
    assert np.argmax(spectrum) * SAMPLE_RATE / middle.size == pytest.approx(440, abs=4)
    assert np.abs(middle).max() == pytest.approx(0.5, abs=0.01)


@given(st.sampled_from(RATES), st.lists(st.integers(0, 20_000), max_size=8))
def test_how_sound_is_cut_makes_no_difference(rate: int, places: list[int]) -> None:
    sound = tone(0.2, rate=rate)
    whole = framed([sound], rate)
    pieces = framed(list(cut_at(sound, places)), rate)
    np.testing.assert_allclose(pieces, whole, atol=1e-6)


@given(st.integers(0, 3_000), st.floats(0, 1))
def test_silence_at_the_end_fills_whole_frames(samples: int, silence: float) -> None:
    sound = framed([np.ones(samples, np.float32)], SAMPLE_RATE, silence=silence)
    assert sound.size >= samples + round(silence * SAMPLE_RATE)
    assert sound.size < samples + round(silence * SAMPLE_RATE) + FRAME_SAMPLES
    assert sound[:samples].all()
    assert not sound[samples:].any()


@given(st.sampled_from(RATES), st.floats(0, 3_600))
def test_a_later_start_moves_the_clock_and_nothing_else(rate: int, start: float) -> None:
    sound = tone(0.2, rate=rate)
    once, later = list(Framer(rate).push(sound)), list(Framer(rate, start=start).push(sound))
    assert [frame.start - start for frame in later] == pytest.approx([frame.start for frame in once])
    np.testing.assert_array_equal([frame.samples for frame in later], [frame.samples for frame in once])
