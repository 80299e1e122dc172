from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.audio.endpointing import (
    Boundary,
    Endpointer,
    EndpointSettings,
    SpeechBegan,
    SpeechContinued,
    SpeechResumed,
    StretchEnded,
    UtteranceEnded,
)
from coach.audio.frames import FRAME_SECONDS, Frame
from tests.strategies import SILENCE, SPEECH, Probabilities, any_probabilities, blank_frames, probabilities

SECOND = round(1 / FRAME_SECONDS)
"""Frames."""


@dataclass(frozen=True)
class Span:
    start: float
    end: float
    stretches: int


def hear(given: Probabilities, endpointer: Endpointer | None = None, start: float = 0.0) -> list[Boundary]:
    endpointer = endpointer or Endpointer()
    frames = blank_frames(len(given), start=start)
    return [
        boundary
        for frame, probability in zip(frames, given, strict=True)
        for boundary in endpointer.hear(frame, probability)
    ]


def spans(given: Probabilities, start: float = 0.0, settings: EndpointSettings | None = None) -> list[Span]:
    """Utterances with the times at which they began and ended."""
    endpointer = Endpointer(settings)
    found: list[Span] = []
    began, stretches = 0.0, 0
    for frame, probability in zip(blank_frames(len(given), start=start), given, strict=True):
        for boundary in endpointer.hear(frame, probability):
            match boundary:
                case SpeechBegan(frames):
                    began = frames[0].start
                case StretchEnded():
                    stretches += 1
                case UtteranceEnded():
                    found.append(Span(round(began, 6), round(frame.start + FRAME_SECONDS, 6), stretches))
                    stretches = 0
                case _:
                    pass
    return found


def kinds(boundaries: list[Boundary]) -> list[type[Boundary]]:
    return [type(each) for each in boundaries if not isinstance(each, SpeechContinued)]


def test_an_utterance_begins_pauses_goes_on_and_ends() -> None:
    given = [SILENCE] * 20 + [SPEECH] * 30 + [SILENCE] * 20 + [SPEECH] * 30 + [SILENCE] * 40
    assert kinds(hear(given)) == [SpeechBegan, StretchEnded, SpeechResumed, StretchEnded, UtteranceEnded]


def test_the_lead_in_comes_before_the_first_speech() -> None:
    began = hear([SILENCE] * 40 + [SPEECH] * 10)[0]
    assert isinstance(began, SpeechBegan)
    assert began.frames[0].start == pytest.approx(40 * FRAME_SECONDS - 0.3, abs=FRAME_SECONDS)


def test_speech_at_once_has_only_the_lead_in_there_is() -> None:
    began = hear([SPEECH] * 10)[0]
    assert isinstance(began, SpeechBegan)
    assert began.frames[0].start == 0.0


@pytest.mark.parametrize("frames", [1, 2, 3, 4])
def test_a_click_is_no_utterance(frames: int) -> None:
    assert hear([SILENCE] * 20 + [SPEECH] * frames + [SILENCE] * 60) == []


def test_a_stretch_ends_before_its_utterance() -> None:
    given = [SPEECH] * 20 + [SILENCE] * 60
    endpointer = Endpointer()
    ended = {
        type(boundary): index
        for index, (frame, probability) in enumerate(zip(blank_frames(80), given, strict=True))
        for boundary in endpointer.hear(frame, probability)
    }
    pause, end = ((ended[kind] - 19) * FRAME_SECONDS for kind in (StretchEnded, UtteranceEnded))
    assert pause == pytest.approx(0.45, abs=FRAME_SECONDS)
    assert end == pytest.approx(1.0, abs=FRAME_SECONDS)


def test_an_undecided_detector_keeps_speech_going() -> None:
    boundaries = hear([SPEECH] * 10 + [0.4] * 2 * SECOND)
    assert kinds(boundaries) == [SpeechBegan]


def test_an_undecided_detector_begins_nothing() -> None:
    assert hear([0.4] * 2 * SECOND) == []


def test_nobody_speaks_for_ever() -> None:
    settings = EndpointSettings(longest_utterance=3.0)
    found = spans([SPEECH] * 10 * SECOND, settings=settings)
    assert len(found) == 3
    assert all(each.end - each.start == pytest.approx(3.0, abs=FRAME_SECONDS) for each in found)


def test_a_pause_lasts_longer_when_more_is_expected() -> None:
    endpointer = Endpointer()
    hear([SPEECH] * 20 + [SILENCE] * 20, endpointer)
    endpointer.wait_longer(2.0)
    assert kinds(hear([SILENCE] * 35, endpointer)) == []
    assert kinds(hear([SILENCE] * 20, endpointer)) == [UtteranceEnded]


def test_waiting_longer_holds_for_one_pause() -> None:
    endpointer = Endpointer()
    hear([SPEECH] * 20 + [SILENCE] * 20, endpointer)
    endpointer.wait_longer(2.0)
    assert kinds(hear([SPEECH] * 20 + [SILENCE] * 34, endpointer)) == [
        SpeechResumed,
        StretchEnded,
        UtteranceEnded,
    ]


def test_i_am_done_ends_it_now() -> None:
    endpointer = Endpointer()
    hear([SPEECH] * 20, endpointer)
    assert endpointer.end_now() == (StretchEnded(), UtteranceEnded())
    assert endpointer.end_now() == ()
    assert not endpointer.in_utterance


def test_i_am_done_in_a_pause_ends_it_now() -> None:
    endpointer = Endpointer()
    hear([SPEECH] * 20 + [SILENCE] * 20, endpointer)
    assert endpointer.end_now() == (UtteranceEnded(),)


def test_after_reset_nothing_is_left() -> None:
    endpointer = Endpointer()
    hear([SPEECH] * 20, endpointer)
    endpointer.reset()
    assert hear([SILENCE] * 60, endpointer) == []


@pytest.mark.parametrize(
    "change",
    [
        {"speech_off": 0.9},
        {"minimum_speech": 0.0},
        {"onset_window": 0.1},
        {"stretch_pause": 2.0},
        {"longest_utterance": 0.5},
        {"lead_in": -1.0},
    ],
)
def test_settings_that_contradict_each_other_are_refused(change: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="contradict"):
        replace(EndpointSettings(), **change)


@given(any_probabilities)
def test_boundaries_come_in_order(given: Probabilities) -> None:
    allowed: dict[type[Boundary] | None, set[type[Boundary]]] = {
        None: {SpeechBegan},
        SpeechBegan: {StretchEnded},
        SpeechResumed: {StretchEnded},
        StretchEnded: {SpeechResumed, UtteranceEnded},
        UtteranceEnded: {SpeechBegan},
    }
    before: type[Boundary] | None = None
    for kind in kinds(hear(given)):
        assert kind in allowed[before]
        before = kind


@given(any_probabilities)
def test_no_frame_is_handed_out_twice_and_all_are_in_order(given: Probabilities) -> None:
    handed: list[Frame] = []
    for boundary in hear(given):
        match boundary:
            case SpeechBegan(frames) | SpeechResumed(frames):
                handed += frames
            case SpeechContinued(frame):
                handed.append(frame)
            case _:
                pass
    starts = [frame.start for frame in handed]
    assert starts == sorted(set(starts))


@given(probabilities)
def test_utterances_never_overlap(given: Probabilities) -> None:
    found = spans(given)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(probabilities, st.integers(1, 1000))
def test_shifting_time_shifts_utterances(given: Probabilities, frames: int) -> None:
    shift = frames * FRAME_SECONDS
    moved = [
        Span(round(each.start + shift, 6), round(each.end + shift, 6), each.stretches)
        for each in spans(given)
    ]
    assert spans(given, start=shift) == moved


@given(probabilities, st.integers(20, 100))
def test_silence_before_does_not_matter(given: Probabilities, frames: int) -> None:
    lead = [SILENCE] * 20
    shift = frames * FRAME_SECONDS
    assert spans([SILENCE] * frames + lead + given, start=-shift) == spans(lead + given)


@given(probabilities, st.integers(0, 100))
def test_silence_after_an_ended_utterance_does_not_matter(given: Probabilities, frames: int) -> None:
    ended = [*given, *([SILENCE] * 40)]
    assert spans(ended + [SILENCE] * frames) == spans(ended)


@given(probabilities)
def test_the_size_of_frames_does_not_matter(given: Probabilities) -> None:
    def count(pieces: int) -> tuple[int, int]:
        endpointer = Endpointer()
        found: list[Boundary] = []
        for frame, probability in zip(blank_frames(len(given)), given, strict=True):
            size = frame.samples.size // pieces
            for piece in range(pieces):
                small = Frame(frame.start + piece * FRAME_SECONDS / pieces, frame.samples[:size])
                found += endpointer.hear(small, probability)
        return kinds(found).count(UtteranceEnded), kinds(found).count(StretchEnded)

    whole = count(1)
    assert count(2) == whole
    assert count(4) == whole
