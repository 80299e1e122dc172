"""How a reply was said, measured on sounds whose answer is known."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import coach.demo
from coach.audio.frames import Samples
from coach.audio.recording import Recording
from coach.reply import delivery
from coach.reply.delivery import Delivery, measure
from coach.reply.words import Word, words_from_text

RATE = 16_000


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    delivery.warm()


def voice(
    hertz: float | np.ndarray, seconds: float, *, brightness: float = 0.5, level: float = 0.1
) -> Samples:
    """A voiced sound: harmonics to 5 kHz, each `brightness` times as strong as the one before."""
    phase = 2 * np.pi * np.cumsum(np.broadcast_to(hertz, round(seconds * RATE))) / RATE
    top = int(5000 / np.max(hertz))
    sound = sum(brightness**k * np.sin((k + 1) * phase) for k in range(top))
    return np.asarray(level * sound / np.sqrt(np.mean(np.square(sound))), np.float32)


def silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * RATE), np.float32)


def spoken(*spans: tuple[float, float]) -> tuple[Word, ...]:
    return tuple(Word("word", start, end, 1.0) for start, end in spans)


REPLY = np.concatenate((silence(0.5), voice(120, 1.0), silence(0.6), voice(130, 1.0), silence(0.5)))
WORDS = spoken((0.5, 1.0), (1.0, 1.5), (2.1, 2.6), (2.6, 3.1))


@pytest.mark.parametrize("hertz", [80, 150, 220, 400])
def test_a_tone_reads_as_its_pitch(hertz: float) -> None:
    tone = 0.1 * np.sin(2 * np.pi * hertz / RATE * np.arange(2 * RATE), dtype=np.float32)
    measured = measure(tone, (), start=0.0)
    assert measured.pitch_median_hz == pytest.approx(hertz, rel=0.01)
    assert measured.pitch_range_semitones == pytest.approx(0, abs=0.2)
    assert measured.loudness_db == pytest.approx(20 * np.log10(0.1 / np.sqrt(2)), abs=0.1)
    assert measured.final_pitch == "level"


@pytest.mark.parametrize("hertz", [90, 120, 200, 300])
@pytest.mark.parametrize("brightness", [0.3, 0.9])
def test_a_voice_reads_as_its_fundamental(hertz: float, brightness: float) -> None:
    measured = measure(voice(hertz, 1.0, brightness=brightness), (), start=0.0)
    assert measured.pitch_median_hz == pytest.approx(hertz, rel=0.01)


@settings(max_examples=20, deadline=None)
@given(gain=st.floats(min_value=0.05, max_value=8.0))
def test_louder_is_louder_and_nothing_else(gain: float) -> None:
    before, after = measure(REPLY, WORDS, start=0.0), measure(gain * REPLY, WORDS, start=0.0)
    assert before.loudness_db is not None
    assert after.loudness_db == pytest.approx(before.loudness_db + 20 * np.log10(gain), abs=0.01)
    rest = replace(after, loudness_db=before.loudness_db)
    assert approximately(rest) == approximately(before)


def approximately(measured: Delivery) -> tuple[object, ...]:
    tone = measured.tone and round(measured.tone["calm"], 3)
    pitch = (measured.pitch_median_hz, measured.pitch_range_semitones)
    rounded = tuple(value and round(value, 2) for value in pitch)
    return (measured.seconds, measured.pauses, measured.words_per_minute, measured.final_pitch, tone, rounded)


def test_twice_as_loud_is_6_02_db_more() -> None:
    once, twice = measure(REPLY, WORDS, start=0.0), measure(2 * REPLY, WORDS, start=0.0)
    assert once.loudness_db is not None
    assert twice.loudness_db == pytest.approx(once.loudness_db + 6.02, abs=0.005)


@settings(max_examples=20, deadline=None)
@given(shift=st.floats(min_value=0.0, max_value=3600.0))
def test_a_later_clock_moves_the_pauses_and_nothing_else(shift: float) -> None:
    later = tuple(Word(word.word, (word.start or 0) + shift, (word.end or 0) + shift, 1.0) for word in WORDS)
    before, after = measure(REPLY, WORDS, start=0.0), measure(REPLY, later, start=shift)
    assert [pause.start - shift for pause in after.pauses] == pytest.approx(
        [pause.start for pause in before.pauses], abs=1e-6
    )
    assert after.seconds == pytest.approx(before.seconds)
    assert after.words_per_minute == pytest.approx(before.words_per_minute)
    assert after.pitch_median_hz == pytest.approx(before.pitch_median_hz)


def test_silence_around_the_words_changes_nothing() -> None:
    padded = np.concatenate((silence(2.0), REPLY, silence(3.0)))
    assert approximately(measure(padded, WORDS, start=-2.0)) == approximately(
        measure(REPLY, WORDS, start=0.0)
    )


def test_pace_leaves_pauses_out() -> None:
    measured = measure(REPLY, WORDS, start=0.0)
    (pause,) = measured.pauses
    assert pause.start == pytest.approx(1.5, abs=0.03)
    assert pause.seconds == pytest.approx(0.6, abs=0.05)
    assert pause.after_word == 1
    assert measured.seconds == pytest.approx(2.6)
    assert measured.words_per_minute == pytest.approx(4 / 2.0 * 60, rel=0.05)


def test_a_pause_is_found_where_the_recognizer_stretched_a_word() -> None:
    (pause,) = measure(REPLY, spoken((0.5, 1.0), (1.0, 2.1), (2.1, 2.6), (2.6, 3.1)), start=0.0).pauses
    assert pause.start == pytest.approx(1.5, abs=0.03)
    assert pause.after_word == 1


@pytest.mark.parametrize("start", [0, np.float32(0.0)])
def test_what_was_measured_is_in_plain_numbers(start: float) -> None:
    recording = Recording(Path(coach.demo.__file__).with_name("validates.flac"))
    once = np.concatenate([frame.samples for frame in recording.frames()])[: round(recording.seconds * RATE)]
    twice = np.concatenate((once, silence(1.6), once))
    begin, end = recording.seconds, len(twice) / RATE
    measured = measure(
        twice, spoken((0, 1), (1, begin + 1.6), (begin + 1.6, end - 1), (end - 1, end)), start=start
    )
    assert any(1.6 <= pause.seconds < 3.2 for pause in measured.pauses)  # the recording has silent ends
    numbers = [
        *(pause_number for pause in measured.pauses for pause_number in (pause.start, pause.seconds)),
        *(measured.seconds, measured.words_per_minute, measured.loudness_db),
        *(measured.pitch_median_hz, measured.pitch_range_semitones),
        *(measured.tone or {}).values(),
    ]
    assert {type(number) for number in numbers} == {float}
    assert {type(pause.after_word) for pause in measured.pauses} == {int}
    assert isinstance(measured.final_pitch, str)
    assert msgspec.json.decode(msgspec.json.encode(measured), type=Delivery) == measured


def test_a_pause_is_found_between_words_though_the_room_is_loud() -> None:
    noise = np.random.default_rng(1).normal(0, 0.03, len(REPLY)).astype(np.float32)
    (pause,) = measure(REPLY + noise, WORDS, start=0.0).pauses
    assert (pause.start, pause.seconds) == pytest.approx((1.5, 0.6))


@settings(max_examples=20, deadline=None)
@given(gaps=st.lists(st.floats(min_value=0.0, max_value=1.5), min_size=1, max_size=5))
def test_pauses_lie_in_order_inside_the_reply(gaps: list[float]) -> None:
    pieces, spans, at = [voice(120, 0.4)], [(0.0, 0.4)], 0.4
    for gap in gaps:
        pieces += [silence(gap), voice(120, 0.4)]
        spans.append((at + gap, at + gap + 0.4))
        at += gap + 0.4
    pauses = measure(np.concatenate(pieces), spoken(*spans), start=0.0).pauses
    assert len(pauses) == sum(gap >= 0.3 for gap in gaps) or any(0.25 < gap < 0.35 for gap in gaps)
    assert all(one.start + one.seconds <= other.start for one, other in pairwise(pauses))
    assert all(pause.start > 0 and pause.start + pause.seconds < at for pause in pauses)
    assert [pause.after_word for pause in pauses] == sorted({pause.after_word for pause in pauses})


@pytest.mark.parametrize(
    ("semitones", "heard"), [(6, "rise"), (3, "rise"), (0, "level"), (-3, "fall"), (-6, "fall")]
)
def test_the_end_of_the_melody(semitones: float, heard: str) -> None:
    bend = np.concatenate((np.zeros(RATE), np.linspace(0, semitones, RATE // 2)))
    assert measure(voice(140 * 2 ** (bend / 12), 1.5), (), start=0.0).final_pitch == heard


def test_a_voice_that_was_lost_long_before_the_end_has_no_final_pitch() -> None:
    sound = np.concatenate((voice(140, 1.0), silence(1.0)))
    assert measure(sound, spoken((0.0, 2.0)), start=0.0).final_pitch is None


def test_range_is_what_the_melody_spans() -> None:
    glide = 120 * 2 ** (np.linspace(0, 12, 3 * RATE) / 12)
    measured = measure(voice(glide, 3.0), (), start=0.0)
    assert measured.pitch_range_semitones == pytest.approx(0.8 * 12, abs=0.5)


def test_noise_has_no_pitch_and_no_tone() -> None:
    noise = np.random.default_rng(2).normal(0, 0.05, 2 * RATE).astype(np.float32)
    measured = measure(noise, spoken((0.0, 1.0), (1.0, 2.0)), start=0.0)
    assert (measured.pitch_median_hz, measured.final_pitch, measured.tone) == (None, None, None)
    assert measured.loudness_db == pytest.approx(20 * np.log10(0.05), abs=0.3)


@pytest.mark.parametrize("samples", [silence(0.0), silence(0.01), silence(2.0)])
@pytest.mark.parametrize("words", [(), spoken((0.2, 0.5)), spoken((5.0, 6.0), (7.0, 7.5), (8.0, 9.0))])
def test_where_there_is_no_sound_nothing_is_claimed(samples: Samples, words: tuple[Word, ...]) -> None:
    measured = measure(samples, words, start=0.0)
    assert (measured.pitch_median_hz, measured.loudness_db, measured.tone) == (None, None, None)
    assert measured.final_pitch is None


def test_typed_words_have_no_pace() -> None:
    measured = measure(REPLY, words_from_text("that sounds really hard"), start=0.0)
    assert (measured.words_per_minute, measured.pauses, measured.seconds) == (None, (), 0.0)
    assert measured.pitch_median_hz == pytest.approx(125, rel=0.05)


def test_a_pressed_high_voice_is_less_calm_than_a_soft_low_one_at_the_same_level() -> None:
    def calm(hertz: float, brightness: float) -> float:
        tone = measure(
            np.concatenate((silence(0.3), voice(hertz, 1.0, brightness=brightness))), (), start=0.0
        ).tone
        assert tone is not None
        return tone["calm"]

    assert 1 >= calm(110, 0.5) > 0.9
    assert 0.3 > calm(250, 0.9) >= 0
    assert calm(110, 0.5) > calm(110, 0.9)
    assert calm(110, 0.8) > calm(220, 0.8)


def test_it_knows_that_it_is_warm() -> None:
    assert delivery.is_warm()
