"""Words that point to danger stop the coaching; words that only sound like it do not."""

import pytest

from coach.reply.assessment import assess
from coach.reply.words import words_from_text


@pytest.mark.parametrize(
    "line",
    [
        "i want to kill myself",
        "sometimes i just want to die",
        "everyone would be better off without me",
        "i don't want to be here anymore i don't want to live",
        "she said she is going to hurt herself",
        "i'm going to kill him",
        "he hit me last night",
        "i'm scared he will hurt me",
        "he doesn't let me see my friends",
        "if you leave me you will never see your kids again",
        "he put his hands around my neck",
    ],
)
def test_danger_in_either_line_stops_the_coaching(line: str) -> None:
    said = assess(words_from_text(line), partner="hello")
    heard = assess(words_from_text("that sounds hard"), partner=line)

    for assessment in (said, heard):
        assert assessment.score is None
        assert assessment.crisis is not None
        assert "not the right help" in assessment.crisis
        assert "emergency services" in assessment.crisis
        assert "someone you trust" in assessment.crisis


@pytest.mark.parametrize(
    "line",
    [
        "i could kill for a coffee",
        "i'm dying to hear about it",
        "shoot me an email",
        "you're killing it at work",
        "my feet are killing me",
        "she's going to kill me if i'm late",
        "that joke killed me",
        "i nearly died laughing",
        "it hit me hard when you left",
        "he beat me at chess",
        "my phone died",
        "i'd die of embarrassment",
        "you scared me to death",
        "i hurt my back at the gym",
        "we lost the fight with the insurance",
        "you can't kill my mood",
        "he cut me off in traffic",
        "let's kill some time",
        "it hurts me to see you like this",
    ],
)
def test_words_that_only_sound_like_danger_are_coached(line: str) -> None:
    assessment = assess(words_from_text(line), partner=line)

    assert assessment.crisis is None
    assert assessment.score is not None
