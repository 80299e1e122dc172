"""What the voice is given to say. The voice itself speaks in e2e/test_voice_speaks.py."""

import os
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.speech.sound_folder import new_sound_folder, remove_stale_sound_folders
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


@pytest.mark.skipif(os.name != "posix", reason="only there a process can be asked whether it lives")
def test_only_folders_whose_process_is_gone_are_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        pass
    own, elsewhere = new_sound_folder(), tmp_path / "elsewhere"
    stale, link = (tmp_path / f"coach-voice-{gone.pid}-{end}" for end in ("abc", "link"))
    others = [
        tmp_path / name for name in ("coach-voice-abc", f"voice-{gone.pid}-abc", f"coach-voice-{9**30}-a")
    ]
    for folder in (stale, elsewhere, *others):
        folder.mkdir()
        (folder / "1.wav").touch()
    link.symlink_to(elsewhere)
    (stale / "link").symlink_to(elsewhere)
    remove_stale_sound_folders()
    assert not stale.exists()
    assert set(tmp_path.iterdir()) == {own, link, elsewhere, *others}
    assert (elsewhere / "1.wav").exists()


def test_without_a_folder_to_look_into_nothing_happens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    remove_stale_sound_folders()
    assert not list(tmp_path.iterdir())
