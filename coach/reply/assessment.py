"""One reply judged: its moves, what they add up to, and what else was noticed."""

from dataclasses import dataclass

from coach.reply.delivery import Delivery
from coach.reply.moves import Finding, MainBehavior, MoveSpan
from coach.reply.words import Word


@dataclass(frozen=True, slots=True)
class Assessment:
    """What was found in one reply."""

    words: tuple[Word, ...]
    partner: str | None
    """The partner's line it answers; None when there was none."""

    moves: tuple[MoveSpan, ...]
    """In the order of their first words."""

    findings: tuple[Finding, ...]
    main_behavior: MainBehavior
    score: int | None
    """0 to 100; None when the reply is not scored (no words, or words that call for care)."""

    delivery: Delivery | None
    """None for a typed reply."""

    crisis: str | None
    """A gentle sentence to say instead of coaching, when the words point to danger; else None."""
