"""The command line as a person or a program uses it: real processes, recognizer, voice and files."""

import json
import os
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest

from coach.demo import rehearsals
from tests.conftest import ROOT

KEYS = {
    "schema", "id", "source", "recognizer", "partner", "transcript", "words", "moves", "main_behavior",
    "findings", "delivery", "score", "feedback", "crisis",
}  # fmt: skip


def coach(
    *arguments: str | Path, typed: str = "", env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "coach", *map(str, arguments)],
        input=typed,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        check=False,
    )


def test_without_a_terminal_the_demo_runs_to_its_end() -> None:
    done = coach()
    assert done.returncode == 0, done.stderr
    text = " ".join(done.stdout.split())
    assert "that sounds really hard want to talk more about it" in text
    assert text.count("You said") == 3
    assert "+ validation" in text
    assert "+ open question" in text
    assert "! premature fixing" in text
    assert "Your turn" in text


def test_a_recording_is_analyzed_as_the_contract_says() -> None:
    one = rehearsals()[0]
    done = coach("analyze", one.recording, "--partner", one.partner.line, "--json")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert set(result) == KEYS
    assert result["recognizer"] == "pocketsphinx:en-us"
    assert {"validation", "open_question"} <= {move["move"] for move in result["moves"]}
    starts = [word["start"] for word in result["words"]]
    assert starts == sorted(starts)
    assert all(word["start"] < word["end"] and 0 <= word["confidence"] <= 1 for word in result["words"])
    assert all(set(word) == {"word", "start", "end", "confidence"} for word in result["words"])
    assert result["delivery"]["seconds"] == pytest.approx(3.5, abs=0.5)
    for move in result["moves"]:
        said = [word["word"] for word in result["words"][move["start_word"] : move["end_word"]]]
        assert move["words"] == " ".join(said)


def test_premature_fixing_is_found_in_text() -> None:
    done = coach(
        "analyze",
        "--json",
        "--text",
        "you should just talk to your boss",
        "--partner",
        "my boss yelled at me",
    )
    result = json.loads(done.stdout)
    (fixing,) = (move for move in result["moves"] if move["move"] == "fixing")
    assert (fixing["start_word"], fixing["end_word"]) == (0, 7)
    assert "premature-fixing" in {finding["finding"] for finding in result["findings"]}
    assert result["words"][0] == {"word": "you", "start": None, "end": None, "confidence": None}
    assert result["delivery"] is None


def test_lines_are_answered_in_order_with_their_ids_and_a_broken_one_stops_nothing() -> None:
    lines = '{"id": "a", "reply": "that sounds hard"}\nnonsense\n\n{"id": 2, "partner": "x", "reply": ""}\n'
    done = coach("analyze", "--jsonl", "-", typed=lines)
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["a", 2]
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "line 2" in done.stderr


def test_every_labelled_reply_beside_the_checkout_is_answered(shared: Path) -> None:
    data = shared / "eval" / "bolt.jsonl"
    done = coach("analyze", "--jsonl", data)
    assert done.returncode == 0, done.stderr
    ids = [json.loads(line)["id"] for line in data.read_text().splitlines()]
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ids


def test_evaluation_prints_the_agreement_on_each_label(shared: Path) -> None:
    done = coach("evaluate", shared / "eval" / "bolt.jsonl", "--errors", "2")
    assert done.returncode == 0, done.stderr
    assert "372 replies" in done.stdout
    assert done.stdout.count("people ") == 2


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["analyze", "README.md"], "README.md"),
        (["analyze", "gone.wav"], "gone.wav"),
        (["analyze", "coach"], "coach"),
        (["analyze", "--jsonl", "gone.jsonl"], "gone.jsonl"),
        (["practice", "no-such-script"], "first-five-minutes"),
        (["evaluate", "gone.jsonl"], "gone.jsonl"),
        (["analyze", "coach/demo/mixed.flac", "--model", "gone"], "gone"),
        (["practice", "--recording", "gone.wav"], "gone.wav"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_used_gets_one_line_that_names_it(arguments: list[str], named: str) -> None:
    done = coach(*arguments)
    assert done.returncode == 1
    assert named in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("arguments", [["analyze"], ["nonsense"], ["analyze", "--recognizer", "ears"]])
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    assert coach(*arguments).returncode == 2


def test_a_good_file_is_analyzed_beside_a_broken_one(tmp_path: Path) -> None:
    silent = tmp_path / "silent.wav"
    with wave.open(str(silent), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(np.zeros(16_000, np.int16).tobytes())
    done = coach("analyze", "--json", silent, rehearsals()[1].recording)
    assert done.returncode == 1
    assert "silent.wav" in done.stderr
    assert "fixing" in done.stdout


def test_a_recording_is_practised_as_if_it_were_spoken() -> None:
    one = rehearsals()[1]
    done = coach("practice", "--mute", "--partner", one.partner.line, "--recording", one.recording)
    assert done.returncode == 0, done.stderr
    assert "! fixing" in done.stdout


def test_where_nothing_can_be_heard_replies_are_typed(tmp_path: Path) -> None:
    """No sound server, no card: the session goes on in writing and ends with what was typed."""
    no_sound = {"HOME": str(tmp_path), "PULSE_SERVER": "none", "XDG_CACHE_HOME": str(tmp_path)}
    done = coach(
        "practice", "--plain", "--partner", "i am so tired", typed="that sounds hard\n", env=no_sound
    )
    assert done.returncode == 0, done.stderr
    assert "that sounds hard" in done.stdout
    assert "No microphone" in done.stdout


def test_check_names_what_is_missing_and_what_would_be_better() -> None:
    done = coach("check")
    assert done.returncode in {0, 1}
    for thing in ("microphone", "recognizer", "voice", "loudspeaker"):
        assert thing in done.stdout
    assert "pocketsphinx:en-us" in done.stdout
    assert "vosk-model-small-en-us-0.15" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_closed_pipe_ends_quietly() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "coach", "analyze", "--jsonl", "tests/data/replies.jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    with process:
        assert json.loads(process.stdout.readline())["schema"] == 1
        process.stdout.close()
        assert process.stderr.read() == b""
