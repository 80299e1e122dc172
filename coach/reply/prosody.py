"""The numbers behind `delivery`: sound to pitch, pauses, loudness and tone."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from coach.reply.delivery import Delivery, FinalPitch, Pause
from coach.reply.words import Word

FloatArray = npt.NDArray[np.floating]

SAMPLE_RATE = 16_000
"""Samples a second of every reply; the same as in `coach.audio`, a layer above and so not imported here."""

HOP = 256
"""Samples from one measurement to the next (16 ms)."""

HOP_SECONDS = HOP / SAMPLE_RATE

WINDOW = 1024
"""Samples of one measurement of pitch (64 ms): four periods of the lowest voice."""

LEVEL_WINDOW = slice(WINDOW // 4, 3 * WINDOW // 4)
"""The middle of a window (32 ms), whose level counts as the level at that time."""

FLOOR_DB = -80.0
"""Quieter than this is silence, in dB relative to full scale."""

SPEECH_RANGE_DB = 25.0
"""Speech is what lies within this of its loudest twentieth."""

PAUSE_SECONDS = 0.3
"""A shorter silence belongs to a consonant."""

SHORTEST_WORD_SECONDS = 0.1
"""Recognizers stretch words over silence; less of one before a pause is none of it."""

LOWEST_PITCH_HZ, HIGHEST_PITCH_HZ = 62.5, 500.0

CREDIBLE_PITCH_HZ = 0.98 * HIGHEST_PITCH_HZ
"""At its limit YIN has found no voice but a hiss."""

APERIODIC = 0.15
"""YIN takes the first period whose mismatch is below this (de Cheveigne & Kawahara 2002)."""

PERIODIC = 0.7
"""A voiced window correlates at least so much with itself one period later."""

JUMP_SEMITONES = 8.0
"""Farther than this from the median of those around it, a pitch is a mistaken octave."""

JUMP_WINDOWS = 15
"""How many voiced windows to each side are around it (240 ms)."""

LEAST_VOICED_SECONDS = 0.2

LEAST_VOICED_SHARE = 0.2
"""Speech with less voice in it is whispered, or hoarse beyond measure."""

LEAST_WORDS = 3

FINAL_WINDOWS = 25
"""The voice's end: its last 400 ms."""

LEAST_FINAL_WINDOWS = 8
"""Fewer voiced windows (128 ms) say nothing about a direction."""

END_WINDOWS = 50
"""A voice that ceased earlier than this (800 ms) before the last word's end was lost, in creak or noise."""

FINAL_SEMITONES = 2.0
"""How far the pitch must go, at the pace of its last 400 ms, to have risen or fallen."""

CLEAR_DB = 15.0
"""Noise that is nearer than this to the loudest speech hides the tone."""

EFFORT_CENTRE_DB, EFFORT_SCALE_DB = 20.0, 4.0
"""Hammarberg index of a voice between calm and harsh, and how much of it is one step."""

PITCH_CENTRE, PITCH_SCALE = 22.0, 12.0
"""The same for pitch, in semitones above SEMITONES_ABOVE_HZ: a small part, as voices differ by an octave."""

SEMITONES_ABOVE_HZ = 55.0
"""Pitch is counted in semitones above this A."""


def compile_pitch() -> None:
    """Find the pitch of a tone, so that librosa is loaded and compiled."""
    time = np.arange(SAMPLE_RATE, dtype=np.float32) / SAMPLE_RATE
    _pitch(_windows(np.sin(2 * np.pi * 150 * time)))


def measure_sound(samples: FloatArray, words: Sequence[Word], *, start: float) -> Delivery:
    """Do what `delivery.measure` says."""
    start = float(start)
    timed = [
        (float(word.start), float(word.end))
        for word in words
        if word.start is not None and word.end is not None
    ]
    end = start + len(samples) / SAMPLE_RATE
    first, last = (max(start, timed[0][0]), min(end, timed[-1][1])) if timed else (start, end)
    windows = _windows(samples[round((first - start) * SAMPLE_RATE) : round((last - start) * SAMPLE_RATE)])
    levels = 10 * np.log10(np.mean(np.square(windows[:, LEVEL_WINDOW]), axis=1) + 1e-12)
    loud = np.percentile(levels, 95) if len(levels) else -np.inf
    sounding = levels > max(loud - SPEECH_RANGE_DB, FLOOR_DB)
    clear = len(levels) > 0 and loud - np.percentile(levels, 5) > CLEAR_DB
    pauses = _pauses(sounding, timed, first=first, last=last)
    speaking = last - first - sum(pause.seconds for pause in pauses)
    melody = _melody(windows, sounding)
    voiced = melody[np.isfinite(melody)]
    has_pitch = len(voiced) > max(LEAST_VOICED_SECONDS / HOP_SECONDS, LEAST_VOICED_SHARE * sounding.sum())
    low, median, high = np.percentile(voiced, (10, 50, 90)) if has_pitch else (0.0, 0.0, 0.0)
    return Delivery(
        seconds=max(0.0, last - first) if timed else 0.0,
        words_per_minute=60 * len(timed) / speaking if len(timed) >= LEAST_WORDS and speaking > 0 else None,
        pauses=pauses,
        pitch_median_hz=float(SEMITONES_ABOVE_HZ * 2 ** (median / 12)) if has_pitch else None,
        pitch_range_semitones=float(high - low) if has_pitch else None,
        final_pitch=_final_pitch(melody) if has_pitch else None,
        loudness_db=float(10 * np.log10(np.mean(10 ** (levels[sounding] / 10)))) if sounding.any() else None,
        tone=_tone(windows[np.isfinite(melody)], pitch=median) if has_pitch and clear else None,
    )


def _windows(samples: FloatArray) -> FloatArray:
    """Cut sound into windows, shape (n, WINDOW), the middle of each HOP samples after the one before."""
    if not len(samples):
        return np.zeros((0, WINDOW), np.float32)
    padded = np.pad(samples - np.mean(samples), WINDOW // 2)
    return sliding_window_view(padded, WINDOW)[::HOP]


def _pauses(
    sounding: npt.NDArray[np.bool_], timed: Sequence[tuple[float, float]], *, first: float, last: float
) -> tuple[Pause, ...]:
    """Find silences between words, by the recognizer's times or, where it stretched a word, by the sound."""
    if not timed:
        return ()
    edges = np.flatnonzero(np.diff(np.concatenate(([True], sounding, [True])).astype(np.int8)))
    quiet = [
        (first + begin * HOP_SECONDS, first + end * HOP_SECONDS)
        for begin, end in edges.reshape(-1, 2).tolist()  # Python's own numbers, which JSON can hold
    ]
    between = [(before[1], after[0]) for before, after in pairwise(timed)]
    merged: list[tuple[float, float]] = []
    for begin, end in sorted(gap for gap in [*quiet, *between] if gap[1] - gap[0] >= PAUSE_SECONDS):
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        elif begin > first and end < last:
            merged.append((begin, end))
    return tuple(
        Pause(
            start=begin,
            seconds=end - begin,
            after_word=max(0, sum(word[0] + SHORTEST_WORD_SECONDS < begin for word in timed) - 1),
        )
        for begin, end in merged
    )


def _pitch(windows: FloatArray) -> FloatArray:
    """Pitch of each window in Hz by YIN, whether or not it is voiced, shape (n,)."""
    import librosa  # it compiles, which takes seconds; see `warm`

    found: FloatArray = librosa.yin(
        windows.reshape(-1),
        fmin=LOWEST_PITCH_HZ,
        fmax=HIGHEST_PITCH_HZ,
        sr=SAMPLE_RATE,
        frame_length=WINDOW,
        hop_length=WINDOW,
        trough_threshold=APERIODIC,
        center=False,
    )
    return found


def _melody(windows: FloatArray, sounding: npt.NDArray[np.bool_]) -> FloatArray:
    """Pitch in semitones above SEMITONES_ABOVE_HZ, NaN where there is no voice, shape (n,)."""
    melody = np.full(len(windows), np.nan)
    at = np.flatnonzero(sounding)
    if not len(at):
        return melody
    hertz = _pitch(windows[at])
    periodic = (_periodicity(windows[at], hertz) > PERIODIC) & (hertz < CREDIBLE_PITCH_HZ)
    at, semitones = at[periodic], 12 * np.log2(hertz[periodic] / SEMITONES_ABOVE_HZ)
    if not len(at):
        return melody
    around = sliding_window_view(np.pad(semitones, JUMP_WINDOWS, mode="edge"), 2 * JUMP_WINDOWS + 1)
    steady = np.abs(semitones - np.median(around, axis=1)) < JUMP_SEMITONES
    melody[at[steady]] = semitones[steady]
    return melody


def _periodicity(windows: FloatArray, hertz: FloatArray) -> FloatArray:
    """Correlation of each window with itself one period later, -1 to 1, shape (n,)."""
    period = np.rint(SAMPLE_RATE / hertz).astype(np.intp)
    here = windows[:, : WINDOW - int(SAMPLE_RATE / LOWEST_PITCH_HZ) - 1]
    there = np.take_along_axis(windows, period[:, None] + np.arange(here.shape[1]), axis=1)
    energy = np.sum(here * here, axis=1) * np.sum(there * there, axis=1)
    together: FloatArray = np.sum(here * there, axis=1) / np.sqrt(energy + 1e-30)
    return together


def _final_pitch(melody: FloatArray) -> FinalPitch | None:
    """Say where the voice goes at its end, by the median slope between any two of its last windows."""
    voiced = np.flatnonzero(np.isfinite(melody))
    if not len(voiced) or len(melody) - voiced[-1] > END_WINDOWS:
        return None
    at = voiced[voiced > voiced[-1] - FINAL_WINDOWS]
    if len(at) < LEAST_FINAL_WINDOWS:
        return None
    one, other = np.triu_indices(len(at), 1)
    change = np.median((melody[at[other]] - melody[at[one]]) / (at[other] - at[one])) * FINAL_WINDOWS
    if abs(change) < FINAL_SEMITONES:
        return "level"
    return "rise" if change > 0 else "fall"


def _tone(voiced: FloatArray, *, pitch: float) -> dict[str, float]:
    """Rate a voice from pressed and high (0) to soft and low (1), by measures that know no level.

    Vocal effort shows in the Hammarberg index, the strongest peak below 2 kHz over the strongest between
    2 and 5 kHz, and in pitch (Hammarberg et al. 1980; GeMAPS, Eyben et al. 2016). The scale was set by hand.
    A microphone tilts the spectrum too, so only the ends of the scale mean anything.
    """
    power = np.square(np.abs(np.fft.rfft(voiced * np.hanning(WINDOW), axis=1)))
    bins = WINDOW / SAMPLE_RATE
    low, high = (
        power[:, round(start * bins) : round(end * bins)].max(axis=1)
        for start, end in ((0, 2000), (2000, 5000))
    )
    hammarberg = float(np.mean(10 * np.log10(low / (high + 1e-12))))
    effort = (EFFORT_CENTRE_DB - hammarberg) / EFFORT_SCALE_DB + (pitch - PITCH_CENTRE) / PITCH_SCALE
    return {"calm": float(1 / (1 + np.exp(effort)))}
