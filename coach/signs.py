"""What a move may do, as a mark that needs no colour."""

from enum import StrEnum

from coach.reply.moves import BLOCKING, HELPFUL, Move


class Sign(StrEnum):
    """What a move may do, as a character that needs no colour."""

    HELPS = "+"
    BLOCKS = "!"
    NEUTRAL = "\u00b7"


def sign_of(move: Move) -> Sign:
    """The sign of a move."""
    if move in HELPFUL:
        return Sign.HELPS
    return Sign.BLOCKS if move in BLOCKING else Sign.NEUTRAL
