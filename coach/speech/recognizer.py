"""What a recognizer is: words from sound, wherever they come from; and which one this machine has."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol, assert_never, runtime_checkable

from coach.audio.frames import Samples
from coach.errors import ModelError, RecognizerError
from coach.paths import models_folders
from coach.reply.words import Word

RecognizerKind = Literal["auto", "vosk", "pocketsphinx"]
"""`auto` is Vosk where a sound model is found, else PocketSphinx."""

RECOMMENDED_MODEL = "vosk-model-small-en-us-0.15"


@dataclass(frozen=True, slots=True)
class RecognizerInfo:
    """Which recognizer is in use and what would be better."""

    name: str
    """Engine and model, such as `pocketsphinx:en-us` or `vosk:vosk-model-small-en-us-0.15`."""

    advice: str | None
    """One line that names a better choice and the way to it; None when there is none."""


class Recognizer(Protocol):
    """Turns the sound of one stretch of speech at a time into words.

    A stretch is speech between two pauses. `accept` is called for every frame of it, then `finish`;
    the next `accept` begins a new stretch. Not for use by two threads at once.
    """

    info: RecognizerInfo

    def accept(self, samples: Samples) -> str:
        """Take sound at 16 kHz; return the words so far, lower case, empty when there are none."""
        ...

    def finish(self) -> tuple[Word, ...]:
        """End the stretch; return its words, times in seconds from the stretch's first sample."""
        ...


@runtime_checkable
class VoiceLearner(Protocol):
    """A recognizer that gets used to a voice, and so hears a new one better after it forgot the last."""

    def forget_voice(self) -> None:
        """Expect another speaker, room or microphone."""
        ...


@dataclass(frozen=True, slots=True)
class _Choice:
    """What was chosen, before it is loaded."""

    folder: Path | None
    """Of a Vosk model that was tried out; None means PocketSphinx."""
    advice: str | None


def choose_recognizer(kind: RecognizerKind = "auto", model: Path | None = None) -> Recognizer:
    """Load the recognizer of that kind; `model` is a Vosk model's folder, None means the first one found.

    Raises:
        ModelError: Vosk was asked for, by kind or by `model`, and that model is missing or damaged.
        RecognizerError: a `model` was given for PocketSphinx, or its library cannot be loaded.
    """
    choice = _choose(kind, model)
    if choice.folder is not None:
        from coach.speech.vosk import VoskRecognizer

        return VoskRecognizer(choice.folder)
    from coach.speech.pocketsphinx import PocketSphinxRecognizer

    return PocketSphinxRecognizer(advice=choice.advice)


def _choose(kind: RecognizerKind, model: Path | None) -> _Choice:
    if model is not None and kind == "pocketsphinx":
        raise RecognizerError("PocketSphinx brings its own model: leave the model out, or choose Vosk.")
    install = f"unpack {RECOMMENDED_MODEL} into {_models_folder()}."
    better = _Choice(None, f"A Vosk model mishears far fewer words: {install}")
    match kind:
        case "pocketsphinx":
            return better
        case "vosk":
            folder, damage = _first_sound_model(model)
            if folder is None:
                raise damage or ModelError(f"No Vosk model was found: {install}")
            return _Choice(folder, None)
        case "auto":
            folder, damage = _first_sound_model(model)
            if folder is not None:
                return _Choice(folder, None)
            if damage is None:
                return better
            if model is not None:
                raise damage
            return _Choice(None, str(damage))
        case _:
            assert_never(kind)


def _first_sound_model(model: Path | None) -> tuple[Path | None, ModelError | None]:
    """Find the first sound model among those installed, or try `model`; else say what is wrong with it."""
    from coach.speech.models import check_vosk_model, find_vosk_models

    damage = None
    for folder in find_vosk_models() if model is None else [model]:
        try:
            check_vosk_model(folder)
        except ModelError as error:
            damage = error
        else:
            return folder, None
    return None, damage


def _models_folder() -> Path:
    """Where a model is best put: the checkout's folder, or else the person's own."""
    folders = models_folders()
    return next((folder for folder in folders if folder.is_dir()), folders[-1])
