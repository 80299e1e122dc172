"""What stands out about a reply as a whole."""

import pytest

from coach.reply.assessment import assess
from coach.reply.delivery import Delivery, FinalPitch
from coach.reply.words import words_from_text


def findings(reply: str, partner: str | None = None, delivery: Delivery | None = None) -> set[str]:
    assessment = assess(words_from_text(reply), partner=partner, delivery=delivery)
    return {finding.finding.value for finding in assessment.findings}


@pytest.mark.parametrize(
    ("partner", "reply", "early"),
    [
        ("my boss yelled at me", "you should call him", True),
        ("my boss yelled at me", "that sounds awful you should call him", False),
        ("my boss yelled at me", "can i share an idea you should call him", False),
        ("my boss yelled at me", "you should call him that sounds awful", True),
        ("my boss yelled at me what should i do", "you should call him", False),
        (None, "you should call him", True),
    ],
)
def test_fixing_is_premature_when_nobody_was_heard_and_nobody_asked(
    *, partner: str | None, reply: str, early: bool
) -> None:
    assert ("premature-fixing" in findings(reply, partner)) is early


@pytest.mark.parametrize(
    ("reply", "cancelled"),
    [
        ("that makes sense but you should quit", True),
        ("i hear you but you always do this", True),
        ("i'm sorry but you were being boring", True),
        ("that makes sense and i'm sorry", False),
        ("that sounds hard but i'm here with you", False),
        ("but that sounds hard", False),
    ],
)
def test_a_but_may_cancel_what_came_before(*, reply: str, cancelled: bool) -> None:
    assert ("validation-cancelled" in findings(reply)) is cancelled


def test_repeating_their_words_is_parroting_and_saying_them_anew_is_not() -> None:
    partner = "i am so tired of doing the dishes every night"

    assert "parroting" in findings("you are so tired of doing the dishes every night", partner)
    assert "parroting" not in findings("you do the dishes night after night and nobody sees it", partner)


def test_three_questions_are_stacked_and_two_are_not() -> None:
    assert "stacked-questions" in findings("what happened who was there did you say anything")
    assert "stacked-questions" not in findings("what happened how did that feel")


def test_an_accusing_why() -> None:
    assert "accusing-why" in findings("why didn't you tell me")
    assert "accusing-why" not in findings("what kept you from telling me")


def test_a_feeling_that_was_said_and_not_met() -> None:
    partner = "i feel so lonely in this town"

    assert "feeling-unnamed" in findings("the town has a new library by the river now", partner)
    assert "feeling-unnamed" not in findings("you feel lonely here and nobody calls", partner)
    assert "feeling-unnamed" not in findings("okay", partner)


def test_generic_praise() -> None:
    assert "generic-praise" in findings("good job")
    assert "generic-praise" not in findings("you stayed so calm with your mom")


def test_a_long_reply_is_too_long() -> None:
    assert "too-long" in findings("we went there and then we came back " * 12)


def delivery(
    *,
    seconds: float = 4.0,
    pace: float | None = 150,
    pitch_range: float | None = 6.0,
    final_pitch: FinalPitch | None = "fall",
    loudness: float | None = -25.0,
    calm: float | None = 0.8,
) -> Delivery:
    return Delivery(
        seconds=seconds,
        words_per_minute=pace,
        pauses=(),
        pitch_median_hz=118.0,
        pitch_range_semitones=pitch_range,
        final_pitch=final_pitch,
        loudness_db=loudness,
        tone=None if calm is None else {"calm": calm},
    )


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        (delivery(), set()),
        (delivery(pace=290), {"rushed"}),
        (delivery(pitch_range=0.8), {"flat"}),
        (delivery(calm=0.05), {"harsh"}),
        (delivery(loudness=-62), {"barely-audible"}),
        (delivery(final_pitch="rise"), {"reflection-sounded-like-a-question"}),
        (delivery(seconds=0.8, pace=300, pitch_range=0.2, calm=0.0), set()),
        (delivery(pace=None, pitch_range=None, final_pitch=None, loudness=None, calm=None), set()),
    ],
)
def test_how_a_reflection_was_said(how: Delivery, expected: set[str]) -> None:
    assert findings("it sounds like you felt alone", "nobody called me", how) == expected


def test_a_question_may_rise() -> None:
    assert findings("what was that like", None, delivery(final_pitch="rise")) == set()
