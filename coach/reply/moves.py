"""The names of what a reply does, and the shape in which it is found.

The names follow OARS and MITI 4.2 (Moyers, Manuel & Ernst 2014) and Linehan's levels of validation (1997).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Move(StrEnum):
    """One thing a span of words does for, or to, the listener."""

    VALIDATION = "validation"
    REFLECTION = "reflection"
    OPEN_QUESTION = "open_question"
    AFFIRMATION = "affirmation"
    SUPPORT = "support"
    DISCLOSURE = "disclosure"
    OWNERSHIP = "ownership"
    PERMISSION = "permission"
    AUTONOMY = "autonomy"
    FIXING = "fixing"
    MINIMIZING = "minimizing"
    DEFENDING = "defending"
    BLAMING = "blaming"
    HIJACKING = "hijacking"
    DEFLECTING = "deflecting"
    CLOSED_QUESTION = "closed_question"
    INFORMING = "informing"


HELPFUL = frozenset(
    {
        Move.VALIDATION,
        Move.REFLECTION,
        Move.OPEN_QUESTION,
        Move.AFFIRMATION,
        Move.SUPPORT,
        Move.DISCLOSURE,
        Move.OWNERSHIP,
        Move.PERMISSION,
        Move.AUTONOMY,
    }
)
"""Moves that help the partner feel heard."""

BLOCKING = frozenset(
    {Move.FIXING, Move.MINIMIZING, Move.DEFENDING, Move.BLAMING, Move.HIJACKING, Move.DEFLECTING}
)
"""Moves that get in the way of it."""

NEUTRAL = frozenset({Move.CLOSED_QUESTION, Move.INFORMING})
"""Moves that do neither."""

Depth = Literal["simple", "complex"]
MainBehavior = Literal["reflection", "question", "input", "other"]


@dataclass(frozen=True, slots=True)
class Feeling:
    """A feeling word that was said."""

    word: str
    """The word as said: `overwhelmed`."""

    family: str
    """The family it belongs to: `anger`, `fear`, `sadness`, `joy`, ..."""

    quadrant: Literal["red", "yellow", "blue", "green"]
    """Mood-meter quadrant: red unpleasant and high in energy, yellow pleasant and high,
    blue unpleasant and low, green pleasant and low."""


@dataclass(frozen=True, slots=True)
class MoveSpan:
    """A move and the words that make it."""

    move: Move
    start_word: int
    """Index of the first word."""

    end_word: int
    """Index after the last word."""

    words: str
    """The words themselves, joined by spaces."""

    confidence: float
    """How sure the judge is, 0 to 1."""

    depth: Depth | None
    """For a reflection: simple, or complex when it adds meaning or feeling. None for other moves."""

    feeling: Feeling | None
    """The feeling that the words name; None when they name none."""

    reason: str
    """One tentative sentence in plain words, such as "this may land as advice"."""

    by: str
    """What found it, such as `rule sounds-hard`."""


class FindingName(StrEnum):
    """Something about the reply as a whole."""

    PREMATURE_FIXING = "premature-fixing"
    VALIDATION_CANCELLED = "validation-cancelled"
    PARROTING = "parroting"
    STACKED_QUESTIONS = "stacked-questions"
    ACCUSING_WHY = "accusing-why"
    FEELING_UNNAMED = "feeling-unnamed"
    GENERIC_PRAISE = "generic-praise"
    TOO_LONG = "too-long"
    REFLECTION_SOUNDED_LIKE_A_QUESTION = "reflection-sounded-like-a-question"
    RUSHED = "rushed"
    FLAT = "flat"
    HARSH = "harsh"
    BARELY_AUDIBLE = "barely-audible"


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding about the whole reply, and the words it rests on."""

    finding: FindingName
    start_word: int
    """Index of the first word."""

    end_word: int
    """Index after the last word."""

    words: str
    reason: str
    """One tentative sentence that says what it is and what would change it."""
