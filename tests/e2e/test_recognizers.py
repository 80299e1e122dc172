"""Real recognizers on real sound."""

import csv
import os
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from coach.audio.frames import FRAME_SAMPLES, SAMPLE_RATE, Samples
from coach.audio.recording import Recording
from coach.errors import ModelError, RecognizerError
from coach.events import LevelMeasured, SpeechStarted, UtteranceHeard
from coach.hearing import Ear, hear_recording
from coach.reply.words import Word, text_of
from coach.speech.models import check_vosk_model, find_vosk_models
from coach.speech.recognizer import Recognizer, choose_recognizer
from tests.strategies import write_wav

SAID = "i can see why you felt alone in that"


@pytest.fixture(scope="session")
def pocketsphinx() -> Recognizer:
    return choose_recognizer("pocketsphinx")


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the person's models nor what is remembered of them."""
    for name in ("XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))


@pytest.fixture
def vosk_model(shared: Path, tmp_path: Path) -> Path:
    """A working model, copied so that a test may damage it."""
    source = shared / "vosk-small-model" / "model"
    if not source.is_dir():
        pytest.skip("no Vosk model lies beside this checkout")
    return Path(shutil.copytree(source, tmp_path / "vosk-model-en-tiny", copy_function=shutil.copyfile))


def speak(text: str, path: Path, *, voice: str = "slt") -> Path:
    """Have flite say `text` into a WAV file."""
    if shutil.which("flite") is None:
        pytest.skip("flite is not installed: sudo apt install flite")
    subprocess.run(["flite", "-voice", voice, "-t", text, "-o", path], check=True)
    return path


def errors(said: Sequence[str], heard: Sequence[str]) -> int:
    """Words put in, left out or mistaken, at the least."""
    row = list(range(len(heard) + 1))
    for i, one in enumerate(said, start=1):
        before, row[0] = row[0], i
        for j, other in enumerate(heard, start=1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (one != other))
    return row[-1]


def words_of(text: str) -> list[str]:
    return re.findall(r"[a-z']+", text.lower())


def are_spoken(words: Sequence[Word]) -> bool:
    """Whether the words follow each other in time, each with a confidence."""
    times = [time for word in words for time in (word.start, word.end)]
    return times == sorted(times, key=lambda time: time or 0.0) and all(
        word.confidence is not None and 0 <= word.confidence <= 1 for word in words
    )


@pytest.mark.parametrize("voice", ["slt", "rms", "kal16"])
def test_pocketsphinx_hears_a_sentence(pocketsphinx: Recognizer, tmp_path: Path, voice: str) -> None:
    recording = Recording(speak(SAID, tmp_path / "reply.wav", voice=voice))
    heard = hear_recording(recording, Ear(pocketsphinx))
    assert heard is not None
    assert errors(words_of(SAID), [word.word for word in heard.words]) <= 2
    assert are_spoken(heard.words)
    assert heard.words[-1].end is not None
    assert heard.words[-1].end <= recording.seconds


def test_pocketsphinx_hears_people(pocketsphinx: Recognizer, shared: Path) -> None:
    folder = shared / "speech" / "read_clean"
    rows = sorted(
        csv.DictReader((folder / "manifest.csv").read_text().splitlines()),
        key=lambda row: float(row["duration_s"]),
    )[:4]
    wrong = total = 0
    for row in rows:
        heard = hear_recording(Recording(folder / row["file"]), Ear(pocketsphinx))
        assert heard is not None
        assert are_spoken(heard.words)
        said = words_of(row["transcript"])
        wrong += errors(said, [word.word for word in heard.words])
        total += len(said)
    assert wrong / total < 0.5


def test_a_recording_is_heard_the_same_again(pocketsphinx: Recognizer, tmp_path: Path) -> None:
    slt, rms = (speak(SAID, tmp_path / f"{voice}.wav", voice=voice) for voice in ("slt", "rms"))
    first = hear_recording(Recording(slt), Ear(pocketsphinx))
    hear_recording(Recording(rms), Ear(pocketsphinx))
    again = hear_recording(Recording(slt), Ear(pocketsphinx))
    assert first is not None
    assert again is not None
    assert first.words == again.words


def test_pocketsphinx_makes_no_words_of_silence(pocketsphinx: Recognizer) -> None:
    for _ in range(50):
        pocketsphinx.accept(np.zeros(FRAME_SAMPLES, np.float32))
    assert pocketsphinx.finish() == ()
    assert pocketsphinx.finish() == ()


def test_pocketsphinx_survives_any_sound(pocketsphinx: Recognizer) -> None:
    noise = np.random.default_rng(0).normal(0, 1, (20, FRAME_SAMPLES)).astype(np.float32)
    for samples in noise:
        pocketsphinx.accept(samples * 5)
    pocketsphinx.finish()
    pocketsphinx.accept(noise[0][:1])
    assert are_spoken(pocketsphinx.finish())


def test_a_person_who_pauses_is_heard_as_one(pocketsphinx: Recognizer, shared: Path) -> None:
    path = shared / "speech" / "spontaneous" / "acoustic_corpus.wav"
    heard = hear_recording(Recording(path), Ear(pocketsphinx))
    assert heard is not None
    assert len(heard.words) > 30
    assert are_spoken(heard.words)


def test_a_long_recording_can_be_stopped(pocketsphinx: Recognizer, tmp_path: Path) -> None:
    spoken = Recording(speak(SAID, tmp_path / "reply.wav"))
    once = np.concatenate([frame.samples for frame in spoken.frames()])
    write_wav(tmp_path / "long.wav", np.tile(once, 40))
    recording = Recording(tmp_path / "long.wav")
    closing = threading.Timer(1.0, recording.close)
    closing.start()
    began = time.monotonic()
    assert hear_recording(recording, Ear(pocketsphinx)) is None
    assert 1.0 <= time.monotonic() - began < 3.0
    closing.join()


def test_vosk_hears_a_sentence(vosk_model: Path, tmp_path: Path) -> None:
    said = "that sounds really hard want to talk more about it"
    recognizer = choose_recognizer("vosk", vosk_model)
    assert recognizer.info.name == "vosk:vosk-model-en-tiny"
    heard = hear_recording(Recording(speak(said, tmp_path / "reply.wav")), Ear(recognizer))
    assert heard is not None
    assert text_of(heard.words) == said
    assert are_spoken(heard.words)


def test_vosk_keeps_time_over_stretches(vosk_model: Path, tmp_path: Path) -> None:
    recognizer = choose_recognizer("vosk", vosk_model)
    path = speak("that sounds really hard", tmp_path / "reply.wav")
    sound = np.concatenate([frame.samples for frame in Recording(path).frames()])
    starts = []
    for _ in range(3):
        for begin in range(0, sound.size, FRAME_SAMPLES):
            partial = recognizer.accept(sound[begin : begin + FRAME_SAMPLES])
        assert partial == "that sounds really hard"
        starts.append([word.start for word in recognizer.finish()])
    assert starts[1] == pytest.approx(starts[0], abs=0.04)
    assert starts[2] == pytest.approx(starts[0], abs=0.04)


def test_vosk_makes_no_words_of_silence(vosk_model: Path) -> None:
    recognizer = choose_recognizer("vosk", vosk_model)
    hiss: Samples = np.random.default_rng(0).normal(0, 0.001, 3 * SAMPLE_RATE).astype(np.float32)
    recognizer.accept(hiss)
    assert recognizer.finish() == ()


def test_events_come_while_somebody_speaks(vosk_model: Path, tmp_path: Path) -> None:
    ear = Ear(choose_recognizer("vosk", vosk_model))
    path = speak("that sounds really hard want to talk more about it", tmp_path / "reply.wav")
    events = [event for frame in Recording(path).frames() for event in ear.hear(frame)]
    events = [event for event in events if not isinstance(event, LevelMeasured)]
    assert isinstance(events[0], SpeechStarted)
    assert isinstance(events[-1], UtteranceHeard)
    assert len(events) > 5


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("am/final.mdl", None),
        ("am/final.mdl", 600_000),
        ("graph/HCLr.fst", 0),
        ("graph/Gr.fst", 5_000),
        ("graph/words.txt", None),
        ("conf/mfcc.conf", 40),
        ("conf/model.conf", 2),
    ],
)
def test_a_damaged_model_is_refused_in_one_line(vosk_model: Path, name: str, size: int | None) -> None:
    if size is None:
        (vosk_model / name).unlink()
    else:
        os.truncate(vosk_model / name, size)
    with pytest.raises(ModelError) as refused:
        choose_recognizer("vosk", vosk_model)
    message = str(refused.value)
    assert "\n" not in message
    assert str(vosk_model) in message
    assert "unpack" in message


def test_something_else_in_a_model_is_named(vosk_model: Path) -> None:
    (vosk_model / "am" / "final.mdl").write_bytes(b"<!DOCTYPE html>" * 1000)
    with pytest.raises(ModelError, match=r"am/final\.mdl holds something else"):
        check_vosk_model(vosk_model)


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="not a folder"):
        choose_recognizer("auto", tmp_path / "none")


def test_a_model_is_tried_out_again_when_it_changed(vosk_model: Path) -> None:
    check_vosk_model(vosk_model)
    os.truncate(vosk_model / "am" / "final.mdl", 1000)
    with pytest.raises(ModelError, match="damaged"):
        check_vosk_model(vosk_model)


def test_a_model_in_the_data_folder_is_chosen(vosk_model: Path, tmp_path: Path) -> None:
    models = tmp_path / "XDG_DATA_HOME" / "coach" / "models"
    models.mkdir(parents=True)
    vosk_model.rename(models / vosk_model.name)
    shutil.copytree(models / vosk_model.name, models / "vosk-model-small-fr-0.22")
    assert models / vosk_model.name in find_vosk_models()
    assert models / "vosk-model-small-fr-0.22" not in find_vosk_models()


def test_pocketsphinx_takes_no_model(tmp_path: Path) -> None:
    with pytest.raises(RecognizerError, match="own model"):
        choose_recognizer("pocketsphinx", tmp_path)


def test_pocketsphinx_says_what_would_be_better(pocketsphinx: Recognizer) -> None:
    info = pocketsphinx.info
    assert info.name == "pocketsphinx:en-us"
    assert info.advice is not None
    assert "vosk-model-small-en-us-0.15" in info.advice
