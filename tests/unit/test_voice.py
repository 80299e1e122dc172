"""What the voice is given to say. The voice itself speaks in e2e/test_voice_speaks.py."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.speech.voice import MAX_CHARACTERS, speakable


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("You named it, and that landed.", "You named it, and that landed."),
        ("\u201cThat sounds hard\u201d: it\u2019s heard.", '"That sounds hard": it\'s heard.'),
        ("Heard \u2014 and held.", "Heard, and held."),
        ("Heard - and held.", "Heard, and held."),
        ("well-being", "well-being"),
        ("Ten \u2026 twelve", "Ten ... twelve"),
        ("<speak><b>Softly</b></speak>", "Softly"),
        ("3 < 5 and 7 > 5", "3 5 and 7 5"),
        ("**Softly**, `she` said _now_", "Softly , she said now"),
        ("Well done \U0001f642", "Well done"),
        ("one\x00two\x01three\nfour", "one two three four"),
        ("Ren\u00e9e na\u00efve", "Ren\u00e9e na\u00efve"),
        ("\U0001f642 ... !", ""),
        ("", ""),
    ],
)
def test_text_is_spoken_as_text(written: str, said: str) -> None:
    assert speakable(written) == said


@given(st.text())
def test_nothing_but_words_and_marks_is_left(text: str) -> None:
    said = speakable(text)
    assert not said or any(character.isalnum() for character in said)
    assert not any(unicodedata.category(character) in {"Cc", "Cs", "So"} for character in said)
    assert "<" not in said
    assert said == said.strip()


@given(st.lists(st.text("abc", min_size=1, max_size=9), max_size=30))
def test_plain_words_stay(words: list[str]) -> None:
    assert speakable(" ".join(words)) == " ".join(words)


def test_a_text_too_long_is_cut_at_a_word() -> None:
    said = speakable("landed " * MAX_CHARACTERS)
    assert MAX_CHARACTERS - len("landed ") <= len(said) <= MAX_CHARACTERS
    assert said.endswith("landed")


def test_a_word_too_long_is_cut() -> None:
    assert len(speakable("a" * (3 * MAX_CHARACTERS))) == MAX_CHARACTERS
