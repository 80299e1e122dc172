"""Vosk models on this machine: where they lie, and whether libvosk can be trusted with them.

libvosk aborts the whole process on some damaged models. So a model's files are looked at first, and then it
is loaded once in a child process; that it came through is remembered until one of its files changes.
"""

import hashlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from coach.errors import ModelError
from coach.paths import cache_folder, models_folders

TRIAL_SECONDS = 120
"""Time a model may take to load in the child process; the largest takes a fraction of it."""

_PARTS: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("am/final.mdl",), ("final.mdl",)),
    (("conf/mfcc.conf",), ("mfcc.conf",)),
    (("graph/HCLG.fst",), ("graph/HCLr.fst", "graph/Gr.fst"), ("HCLG.fst",), ("HCLr.fst", "Gr.fst")),
    (("graph/words.txt",), ("words.txt",), ("graph/Gr.fst",)),
)
"""What a model consists of: for each part, the sets of files of which one must be there whole."""

_MAGIC = {
    "final.mdl": b"\0B",
    "HCLG.fst": b"\xd6\xfd\xb2\x7e",
    "HCLr.fst": b"\xd6\xfd\xb2\x7e",
    "Gr.fst": b"\xd6\xfd\xb2\x7e",
}
"""First bytes of Kaldi's binary files and of OpenFst's."""

_OTHER_LANGUAGE = re.compile(r"vosk-model-(?:small-)?(?!en\b)[a-z]{2,3}\b")
_RATE = re.compile(r"^--sample-frequency=(\d+)", re.MULTILINE)


def find_vosk_models() -> list[Path]:
    """List the folders that look like English Vosk models, the checkout's before the person's own."""
    return [
        folder
        for parent in models_folders()
        if parent.is_dir()
        for folder in sorted(parent.iterdir())
        if any((folder / mdl).is_file() for mdl in ("am/final.mdl", "final.mdl"))
        and not _OTHER_LANGUAGE.match(folder.name)
    ]


def check_vosk_model(folder: Path) -> None:
    """Make sure that loading the model cannot hurt this process.

    Raises:
        ModelError: a file is missing, empty or of another kind, or the model does not load.
    """
    if not folder.is_dir():
        raise ModelError(f"{folder} is not a folder: name the folder of an unpacked Vosk model.")
    for choices in _PARTS:
        present = next((files for files in choices if (folder / files[0]).is_file()), choices[0])
        for name in present:
            _check_file(folder, name)
    passed = cache_folder() / "models" / _fingerprint(folder)
    if not passed.exists():
        _try_in_child(folder)
        try:
            passed.parent.mkdir(parents=True, exist_ok=True)
            passed.touch()
        except OSError:
            pass  # it is tried again next time


def vosk_sample_rate(folder: Path) -> int:
    """Samples a second a model was made for; 16000 when it does not say."""
    for name in ("conf/mfcc.conf", "mfcc.conf"):
        try:
            text = (folder / name).read_text("utf-8", errors="replace")
        except OSError:
            continue
        if stated := _RATE.search(text):
            return int(stated[1])
    return 16_000


def _check_file(folder: Path, name: str) -> None:
    path = folder / name
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        raise ModelError(
            f"{folder} is no whole Vosk model: {name} is missing; unpack the model again."
        ) from error
    if size == 0:
        raise ModelError(f"{folder} is no whole Vosk model: {name} is empty; unpack the model again.")
    if not start.startswith(_MAGIC.get(path.name, b"")):
        raise ModelError(f"{folder} is no Vosk model: {name} holds something else; unpack the model again.")


def _try_in_child(folder: Path) -> None:
    """Load and use the model in a process of its own, since libvosk may abort."""
    try:
        trial = subprocess.run(
            [sys.executable, "-P", "-m", "coach.speech.vosk", str(folder)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=TRIAL_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ModelError(
            f"{folder} could not be tried out ({type(error).__name__}): unpack the model again."
        ) from error
    if trial.returncode != 0:
        raise ModelError(f"{folder} is damaged, or no model for Vosk 0.3.45: unpack the model again.")


def _fingerprint(folder: Path) -> str:
    """A name that changes when a file of the model does."""
    digest = hashlib.sha256(str(folder.resolve()).encode())
    for path, size, changed in sorted(_files(folder)):
        digest.update(f"{path}\0{size}\0{changed}\n".encode())
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[tuple[str, int, int]]:
    for path in folder.rglob("*"):
        if path.is_file():
            status = path.stat()
            yield str(path.relative_to(folder)), status.st_size, status.st_mtime_ns
