"""What the coach says about a reply: one thing that landed, one thing to try."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from zlib import crc32

from coach.practice.partner_line import PartnerMood, read_mood
from coach.practice.texts import SPOKEN_WORDS, texts
from coach.practice.wording import (
    better_wording,
    clearly_heard,
    filled,
    helpful_spans,
    is_plain_word,
    rotated,
    shortened,
    with_capital_i,
)
from coach.reply.assessment import Assessment
from coach.reply.moves import Move, MoveSpan
from coach.reply.words import Word, text_of

QUOTE_WORDS = 7
"""Words in a quote of what landed, at most."""

BLOCK_QUOTE_WORDS = 4
"""Words in a spoken quote of what may get in the way, at most."""


SURE = 0.6
"""Confidence from which on a move is praised before a less certain one."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """Feedback for one reply."""

    spoken: str
    """At most 25 words, to be said aloud."""

    strength: str | None
    """What landed, with the person's words quoted; None when nothing did."""

    next_step: str
    """One thing to try, and why; empty when the words point to danger."""

    better_wording: str | None
    """The reply, said in a way that may land better; None when it needs none."""


class Step(StrEnum):
    """One thing to try, in the order in which it is chosen."""

    NOTHING_HEARD = "nothing-heard"
    PREMATURE_FIXING = "premature-fixing"
    VALIDATION_CANCELLED = "validation-cancelled"
    ACCUSING_WHY = "accusing-why"
    BLAMING = "blaming"
    MINIMIZING = "minimizing"
    DEFENDING = "defending"
    HIJACKING = "hijacking"
    DEFLECTING = "deflecting"
    FIXING = "fixing"
    MEET_FEELING = "meet-feeling"
    STACKED_QUESTIONS = "stacked-questions"
    CLOSED_QUESTION = "closed_question"
    INVITE = "invite"
    PARROTING = "parroting"
    FEELING_UNNAMED = "feeling-unnamed"
    GENERIC_PRAISE = "generic-praise"
    TOO_LONG = "too-long"
    DEEPEN = "deepen"
    SOUNDED_LIKE_A_QUESTION = "reflection-sounded-like-a-question"
    HARSH = "harsh"
    RUSHED = "rushed"
    FLAT = "flat"
    BARELY_AUDIBLE = "barely-audible"
    STAY_QUIET = "stay-quiet"


_WORDS_ARE_FINE = frozenset(
    {
        Step.SOUNDED_LIKE_A_QUESTION,
        Step.HARSH,
        Step.RUSHED,
        Step.FLAT,
        Step.BARELY_AUDIBLE,
        Step.STAY_QUIET,
    }
)
_MEETS_FEELING = frozenset({Move.VALIDATION, Move.REFLECTION, Move.OWNERSHIP})
_MEETS_GLADNESS = frozenset({Move.AFFIRMATION, Move.DISCLOSURE})
_GLAD = frozenset({"good", "warm", "gave", "sorry", "open", "about_you"})
_INVITES = frozenset({Move.OPEN_QUESTION, Move.PERMISSION, Move.AUTONOMY})
_STRENGTHS = (
    Move.VALIDATION,
    Move.REFLECTION,
    Move.OWNERSHIP,
    Move.SUPPORT,
    Move.PERMISSION,
    Move.OPEN_QUESTION,
    Move.AFFIRMATION,
    Move.DISCLOSURE,
    Move.AUTONOMY,
)
"""The order in which a move is praised."""


def feedback_for(assessment: Assessment, *, previous: Feedback | None = None) -> Feedback:
    """Choose what to say about a reply. The same arguments always give the same feedback.

    Args:
        assessment: the reply as it was judged.
        previous: the feedback given before it; no sentence of it is said again. None when there was none.
    """
    if assessment.crisis is not None:
        return Feedback(spoken=assessment.crisis, strength=None, next_step="", better_wording=None)
    turn = crc32(f"{text_of(assessment.words)} {assessment.partner}".encode(errors="replace"))
    mood = read_mood(assessment.partner)
    step = next_step_for(assessment, mood)
    landed = _landed_span(assessment)
    openings = _openings(assessment, step, landed, turn=turn, again=previous is not None)
    opening, spoken = _spoken(openings, _steps(assessment, step, mood, turn), previous)
    shown = _filled(texts().steps[step].next_step, mood, turn, _blocking(assessment, step, QUOTE_WORDS))
    wording = None
    if step not in _WORDS_ARE_FINE:
        before = previous.better_wording if previous else None
        wording = better_wording(assessment, mood, turn=turn, previous=before)
    return Feedback(
        spoken=spoken,
        strength=None if landed is None else f"{opening} {texts().landed[landed.move].meaning}",
        next_step=next((text for text in shown if previous is None or text != previous.next_step), shown[0]),
        better_wording=wording,
    )


def next_step_for(assessment: Assessment, mood: PartnerMood) -> Step:
    """Choose the one thing to try, by what gets most in the way of being heard."""
    if not assessment.words:
        return Step.NOTHING_HEARD
    moves = {span.move for span in assessment.moves}
    present: set[str] = {*moves, *(finding.finding for finding in assessment.findings)}
    if Move.PERMISSION in moves or mood.tone == "asking":
        present.discard(Step.FIXING)
    meets = _MEETS_FEELING | (_MEETS_GLADNESS if mood.tone in _GLAD else frozenset())
    if moves.isdisjoint(meets):
        present.add(Step.MEET_FEELING)
    if moves.isdisjoint(_INVITES):
        present.add(Step.INVITE)
    else:
        present.discard(Step.CLOSED_QUESTION)
    depths = {span.depth for span in assessment.moves if span.move is Move.REFLECTION}
    if depths == {"simple"} and Move.VALIDATION not in moves:
        present.add(Step.DEEPEN)
    return next((step for step in Step if step in present), Step.STAY_QUIET)


def _landed_span(assessment: Assessment) -> MoveSpan | None:
    """Return the span to praise: the kind that does most, then the surest, then the first."""
    return min(
        helpful_spans(assessment),
        key=lambda span: (
            span.confidence < SURE,
            span.depth != "complex",
            _STRENGTHS.index(span.move),
            -span.confidence,
            span.start_word,
        ),
        default=None,
    )


def _openings(
    assessment: Assessment, step: Step, landed: MoveSpan | None, *, turn: int, again: bool
) -> list[str]:
    """Sentences to begin with: what landed, or something true and kind."""
    if landed is None:
        gentle = again and step is not Step.NOTHING_HEARD
        return rotated(texts().setback if gentle else texts().steps[step].opening, turn)
    said = rotated(texts().landed[landed.move].said, turn)
    quote = _quoted(assessment.words[landed.start_word : landed.end_word], limit=QUOTE_WORDS)
    plain = [text for text in said if "{quote}" not in text]
    if quote is None:
        return plain
    return [_sentence(text.format(quote=quote)) for text in said if "{quote}" in text] + plain


def _steps(assessment: Assessment, step: Step, mood: PartnerMood, turn: int) -> list[str]:
    """Sentences that say what to try, to be said aloud."""
    return _filled(texts().steps[step].spoken, mood, turn, _blocking(assessment, step, BLOCK_QUOTE_WORDS))


def _spoken(openings: list[str], steps: list[str], previous: Feedback | None) -> tuple[str, str]:
    """Return the opening that was taken and all that is said: short enough, and new since last time."""
    before = previous.spoken if previous else ""
    fitting = [
        (opening, step)
        for opening, step in product(openings, steps)
        if len(opening.split()) + len(step.split()) <= SPOKEN_WORDS
    ]
    fresh = (pair for pair in fitting if pair[0] not in before and pair[1] not in before)
    changed = (pair for pair in fitting if " ".join(pair) != before)
    opening, step = next(fresh, None) or next(changed, fitting[0])
    return opening, f"{opening} {step}"


def _filled(templates: Sequence[str], mood: PartnerMood, turn: int, block: str | None) -> list[str]:
    """Fill sentences in, those that show an example first; leave out those with nothing to put there."""
    tone = texts().tones[mood.tone]
    example = next(filter(None, (filled(text, mood) for text in rotated(tone.example, turn))))
    question = rotated(tone.question, turn)[0]
    said = [
        _sentence(
            text.format(block=block, example=f"\u201c{example}\u201d", question=f"\u201c{question}\u201d")
        )
        for text in rotated(templates, turn)
        if block is not None or "{block}" not in text
    ]
    return sorted(said, key=lambda text: "\u201c" not in text)


def _blocking(assessment: Assessment, step: Step, limit: int) -> str | None:
    """Quote the words a step is about; None when it is about none, or they were not clearly heard."""
    move = Move.FIXING if step is Step.PREMATURE_FIXING else step
    found = next((span for span in assessment.moves if span.move == move), None)
    if found is None:
        return None
    return _quoted(assessment.words[found.start_word : found.end_word], limit=limit)


def _quoted(words: Sequence[Word], *, limit: int) -> str | None:
    """Quote words; None when they were not clearly heard or are no words."""
    kept = shortened(words, limit=limit)
    if not kept or not clearly_heard(kept) or not all(is_plain_word(word.word) for word in kept):
        return None
    return f"\u201c{with_capital_i(text_of(kept))}\u201d"


def _sentence(text: str) -> str:
    """Begin with a capital letter, also inside quotes, and end once."""
    place = 1 if text.startswith("\u201c") else 0
    return (text[:place] + text[place : place + 1].upper() + text[place + 1 :]).replace("?\u201d.", "?\u201d")
