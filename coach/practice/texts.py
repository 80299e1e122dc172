"""The sentences of `texts.toml`, read and checked once."""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from coach.errors import InputError
from coach.reply.moves import HELPFUL

SPOKEN_WORDS = 25
"""Words in what is said aloud, at most."""

Tone = Literal["hard", "good", "at_you", "about_you", "asking", "gave", "space", "sorry", "warm", "open"]
"""How a partner's line wants to be met; `texts.toml` says what each is."""

_Variants = Annotated[tuple[str, ...], msgspec.Meta(min_length=2)]


class Landed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is said about a helpful move."""

    said: _Variants
    meaning: str


class StepTexts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is said about one thing to try."""

    opening: _Variants
    spoken: _Variants
    next_step: _Variants


class ToneTexts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a partner's line of one tone may be met."""

    event: tuple[str, ...]
    met: _Variants
    ask: _Variants
    example: _Variants
    question: _Variants
    cues: tuple[str, ...]


class FeelingTexts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A feeling that a partner's line may hold."""

    tone: Literal["hard", "good"]
    feeling: str
    sounds: str
    cues: tuple[str, ...]


class Masks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that look like a cue and are none."""

    words: tuple[str, ...]


class Grammar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words by what they do in a sentence."""

    negators: frozenset[str]
    fillers: frozenset[str]
    subjects: frozenset[str]
    verbs: frozenset[str]
    not_turned: frozenset[str]
    dangling: frozenset[str]
    hanging: frozenset[str]
    asking: frozenset[str]
    lead_ins: frozenset[str]
    openers: frozenset[str]
    not_kept: frozenset[str]
    turned: dict[str, str]
    after_i: dict[str, str]


class Texts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of it."""

    setback: _Variants
    landed: dict[str, Landed]
    """By helpful move."""

    steps: dict[str, StepTexts]
    """By `feedback.Step`."""

    tones: dict[Tone, ToneTexts]
    masks: Masks
    feelings: tuple[FeelingTexts, ...]
    grammar: Grammar


@cache
def texts() -> Texts:
    """Return the sentences that Coach brings along.

    Raises:
        InputError: `texts.toml` cannot be read.
    """
    path = Path(__file__).with_name("texts.toml")
    try:
        found = msgspec.toml.decode(path.read_bytes(), type=Texts)
    except (OSError, msgspec.MsgspecError, ValueError) as error:
        raise InputError(f"{path.name}: {' '.join(str(error).split())}. Install Coach again.") from error
    if missing := [move.value for move in HELPFUL if move not in found.landed]:
        raise InputError(f"{path.name}: landed has nothing for {', '.join(sorted(missing))}.")
    return found
