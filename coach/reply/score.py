"""What a reply's moves add up to: one behaviour and one number.

The score starts at 40. Each kind of helpful move adds its worth once, whatever its place; a feeling word in a
validation or reflection adds 6. Each kind of blocking move takes its worth once: all of it when nothing that
helps stands before it, half of it when something does, because a person who feels heard can take more. Each
finding takes a little. The sum is held between 0 and 100.

Validation and reflection are worth most and advice costs, because these tell good sessions from poor ones in
AnnoMI (Wu et al. 2022), where the share of open questions does not.
"""

from collections.abc import Sequence

from coach.reply.moves import BLOCKING, HELPFUL, Finding, FindingName, MainBehavior, Move
from coach.reply.spans import Span

START = 40
FEELING_WORTH = 6
WORTH: dict[Move, int] = {
    Move.VALIDATION: 24,
    Move.REFLECTION: 22,
    Move.OPEN_QUESTION: 12,
    Move.AFFIRMATION: 14,
    Move.SUPPORT: 14,
    Move.DISCLOSURE: 8,
    Move.OWNERSHIP: 22,
    Move.PERMISSION: 14,
    Move.AUTONOMY: 10,
    Move.FIXING: -24,
    Move.MINIMIZING: -24,
    Move.DEFENDING: -26,
    Move.BLAMING: -34,
    Move.HIJACKING: -20,
    Move.DEFLECTING: -26,
    Move.CLOSED_QUESTION: 2,
    Move.INFORMING: 0,
}
COMPLEX_WORTH = 6
"""What a complex reflection adds to a simple one."""

FINDING_COST: dict[FindingName, int] = {
    FindingName.PREMATURE_FIXING: 6,
    FindingName.VALIDATION_CANCELLED: 14,
    FindingName.PARROTING: 10,
    FindingName.STACKED_QUESTIONS: 8,
    FindingName.ACCUSING_WHY: 6,
    FindingName.FEELING_UNNAMED: 6,
    FindingName.GENERIC_PRAISE: 4,
    FindingName.TOO_LONG: 6,
    FindingName.REFLECTION_SOUNDED_LIKE_A_QUESTION: 3,
    FindingName.RUSHED: 3,
    FindingName.FLAT: 3,
    FindingName.HARSH: 8,
    FindingName.BARELY_AUDIBLE: 3,
}


def score_of(spans: Sequence[Span], findings: Sequence[Finding]) -> int:
    """Score a reply from 0 to 100, as the module says."""
    total: float = START
    seen: set[Move] = set()
    opened = False
    named = False
    for span in spans:
        move = span.move
        worth: float = WORTH[move]
        if move is Move.REFLECTION and span.shown.depth == "complex":
            worth += COMPLEX_WORTH
        if move not in seen:
            total += worth / 2 if move in BLOCKING and opened else worth
        seen.add(move)
        opened = opened or move in HELPFUL
        named = named or (move in {Move.VALIDATION, Move.REFLECTION} and span.shown.feeling is not None)
    total += FEELING_WORTH * named - sum(FINDING_COST[found.finding] for found in findings)
    return max(0, min(100, round(total)))


def main_behavior_of(spans: Sequence[Span]) -> MainBehavior:
    """Name what a reply mostly does, as AnnoMI's coders would: reflection, question, input or other.

    A question asks for the next word, so it names the turn; then advice and telling, then reflection,
    each weighed by the words it takes.
    """
    weights: dict[MainBehavior, float] = {"reflection": 0.0, "question": 0.0, "input": 0.0}
    for span in spans:
        words = span.shown.end_word - span.shown.start_word
        match span.move:
            case Move.REFLECTION:
                weights["reflection"] += 4 + words
            case Move.OPEN_QUESTION | Move.CLOSED_QUESTION | Move.PERMISSION:
                weights["question"] += 8 + words
            case Move.FIXING:
                weights["input"] += 4 + words
            case Move.INFORMING:
                weights["input"] += words * 0.8
            case _:
                continue
    best = max(weights, key=lambda name: weights[name])
    return best if weights[best] > 0 else "other"
