"""A reply that could be said now, and how words are quoted."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import assert_never

from coach.practice.partner_line import PartnerMood
from coach.practice.texts import texts
from coach.reply.assessment import Assessment
from coach.reply.moves import BLOCKING, HELPFUL, Move, MoveSpan
from coach.reply.words import WORD, Word, text_of

WORDING_WORDS = 32
"""Words in a better wording, at most."""

QUOTABLE_CONFIDENCE = 0.5
"""Mean confidence of recognized words, from which on they are quoted."""

LAST_WORD_CONFIDENCE = 0.7
"""Confidence of a recognized word, from which on a quote may end with it."""

LONGEST_WORD = 30
"""Letters in a word that is shown, at most."""

KEPT_CONFIDENCE = 0.8
"""How sure the judge must be of a move before its words are kept in a better wording."""

KEPT_FEELING_CONFIDENCE = 0.6
"""The same, when the words name a feeling."""

_KEPT_WORDS = range(3, 13)
_MEETING = frozenset({Move.VALIDATION, Move.REFLECTION, Move.OWNERSHIP})
_CLOSENESS = frozenset({Move.SUPPORT, Move.AFFIRMATION, Move.AUTONOMY})
_INVITATIONS = frozenset({Move.OPEN_QUESTION, Move.PERMISSION})


def filled(template: str, mood: PartnerMood) -> str | None:
    """Put what a partner's line holds into a sentence; None when it has no {event} to put there."""
    if "{event}" in template and mood.event is None:
        return None
    return template.format(feeling=mood.feeling, sounds=mood.sounds, event=mood.event)


def better_wording(assessment: Assessment, mood: PartnerMood, *, turn: int, previous: str | None) -> str:
    """Build a reply that meets the partner's line, with the person's own helpful words where they can stand.

    Args:
        assessment: the reply as it was judged.
        mood: the partner's line, read.
        turn: which of several wordings comes first.
        previous: the wording shown before, not to be shown again; None when there was none.
    """
    tone = texts().tones[mood.tone]
    templates = [*rotated(tone.event, turn), *rotated(tone.met, turn)]
    met = [said for text in templates if (said := filled(text, mood))]
    ask = rotated(tone.ask, turn // 7)
    own = _own_words(assessment, mood)
    first = [*own.meeting, *met]
    second = [*own.closeness, *own.questions, *ask]
    for opening, closing in product(first, second):
        wording = f"{opening} {closing}"
        if wording != previous and len(wording.split()) <= WORDING_WORDS:
            return wording
    return f"{met[0]} {ask[0]}"


def with_capital_i(words: str) -> str:
    """Write recognized words as one would: `and i'm here` becomes `and I'm here`."""
    return re.sub(r"\bi\b", "I", words)


def is_plain_word(word: str) -> bool:
    """Say whether a word can be shown and spoken: no mark such as `[unk]`, and no endless string."""
    return len(word) <= LONGEST_WORD and WORD.fullmatch(word) is not None


def shortened(words: Sequence[Word], *, limit: int) -> tuple[Word, ...]:
    """Keep the first words, `limit` at most; end on none that hangs in the air or was hardly heard."""
    end = min(limit, len(words))
    while end > 1 and _heard_as(words[end - 1]) < LAST_WORD_CONFIDENCE:
        end -= 1
    if end == len(words):
        return tuple(words)
    dangling = texts().grammar.dangling
    shorter = end
    while shorter > 1 and words[shorter - 1].word in dangling:
        shorter -= 1
    return tuple(words[: shorter if shorter > 1 else end])


def rotated(items: Sequence[str], turn: int) -> list[str]:
    """Return the items beginning with another one, so that the same things are not said every time."""
    start = turn % max(1, len(items))
    return [*items[start:], *items[:start]]


def _heard_as(word: Word) -> float:
    return 1.0 if word.confidence is None else word.confidence


def clearly_heard(words: Sequence[Word]) -> bool:
    """Say whether words were heard well enough to be quoted; typed words always are."""
    return sum(map(_heard_as, words)) >= QUOTABLE_CONFIDENCE * len(words)


def helpful_spans(assessment: Assessment) -> Iterator[MoveSpan]:
    """Yield the helpful spans that no blocking span speaks through."""
    blocked = {
        index
        for span in assessment.moves
        if span.move in BLOCKING
        for index in range(span.start_word, span.end_word)
    }
    for span in assessment.moves:
        if span.move in HELPFUL and blocked.isdisjoint(range(span.start_word, span.end_word)):
            yield span


@dataclass(frozen=True, slots=True)
class _OwnWords:
    """The person's own helpful words that can stand in a better wording, each as a sentence."""

    meeting: list[str]
    """They meet the feeling."""

    closeness: list[str]
    """They say something about the two."""

    questions: list[str]


def _own_words(assessment: Assessment, mood: PartnerMood) -> _OwnWords:
    grammar = texts().grammar
    own = _OwnWords([], [], [])
    for span in helpful_spans(assessment):
        words = list(assessment.words[span.start_word : span.end_word])
        while words and words[0].word in grammar.lead_ins:
            del words[0]
        if (
            span.confidence < (KEPT_CONFIDENCE if span.feeling is None else KEPT_FEELING_CONFIDENCE)
            or not _is_sentence(words)
            or not _ends(assessment.words, span.end_word)
        ):
            continue
        sentence = with_capital_i(text_of(words))
        sentence = sentence[:1].upper() + sentence[1:]
        asks = words[0].word in grammar.asking
        if span.move in _INVITATIONS:
            own.questions.append(f"{sentence}{'?' if asks else '.'}")
        elif asks:
            continue
        elif span.move in _MEETING | _gladness(mood) and _suits(span, mood):
            own.meeting.append(f"{sentence}.")
        elif span.move in _CLOSENESS and mood.tone in {"hard", "open", "space"}:
            own.closeness.append(f"{sentence}.")
    return own


def _is_sentence(words: Sequence[Word]) -> bool:
    """Say whether words were clearly heard and can stand alone."""
    plain = [word.word for word in words]
    grammar = texts().grammar
    return (
        len(plain) in _KEPT_WORDS
        and plain[-1] not in grammar.hanging
        and plain[:2] != ["that", "you"]
        and grammar.not_kept.isdisjoint(plain)
        and all(map(is_plain_word, plain))
        and clearly_heard(words)
    )


def _ends(words: Sequence[Word], end: int) -> bool:
    """Say whether a sentence may end before `words[end]`."""
    if end >= len(words) or words[end - 1].mark:
        return True
    grammar = texts().grammar
    follows = words[end].word
    typed_with_marks = any(word.mark for word in words)
    return follows in grammar.lead_ins or (
        not typed_with_marks and follows in grammar.asking | grammar.openers
    )


def _gladness(mood: PartnerMood) -> frozenset[Move]:
    return frozenset({Move.AFFIRMATION}) if mood.tone in {"good", "warm", "gave", "sorry"} else frozenset()


def _suits(span: MoveSpan, mood: PartnerMood) -> bool:
    """Say whether words that meet a feeling meet this partner's."""
    pleasant = span.feeling is not None and span.feeling.quadrant in {"yellow", "green"}
    match mood.tone:
        case "hard" | "asking":
            return not pleasant
        case "good" | "warm" | "gave" | "sorry":
            return pleasant or span.move is Move.AFFIRMATION
        case "at_you":
            return span.move in {Move.OWNERSHIP, Move.REFLECTION}
        case "open" | "space" | "about_you":
            return True
        case _:
            assert_never(mood.tone)
