"""One reply judged: its moves, what they add up to, and what else was noticed."""

from collections.abc import Sequence
from dataclasses import dataclass

from coach.reply.crisis import crisis_sentence
from coach.reply.delivery import Delivery
from coach.reply.findings import findings_of
from coach.reply.moves import Finding, MainBehavior, MoveSpan
from coach.reply.reading import read_reply
from coach.reply.score import main_behavior_of, score_of
from coach.reply.spans import spans_of
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


def assess(
    words: Sequence[Word], *, partner: str | None = None, delivery: Delivery | None = None
) -> Assessment:
    """Judge a reply to a partner's line.

    The same words give the same assessment, whatever was judged before. Moves are looked for in the first
    `JUDGED_WORDS` words, danger in all of them; a longer reply is `too-long`. What cannot be written as UTF-8
    in the partner's line becomes `?`.

    Raises:
        InputError: a rule file that Coach brings along was changed and cannot be read.
    """
    partner = None if partner is None else partner.encode(errors="replace").decode()
    reading = read_reply(words, partner)
    moves = spans_of(reading)
    findings = findings_of(reading, moves, delivery)
    crisis = crisis_sentence(reading)
    return Assessment(
        words=reading.words,
        partner=partner,
        moves=tuple(span.shown for span in moves),
        findings=findings,
        main_behavior=main_behavior_of(moves),
        score=None if crisis or not words else score_of(moves, findings),
        delivery=delivery,
        crisis=crisis,
    )
