"""A reply that could be said now: the partner's line read for its feeling, and met in plain words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import assert_never

from coach.practice.texts import FeelingTexts, Tone, texts
from coach.reply.assessment import Assessment
from coach.reply.moves import BLOCKING, HELPFUL, Move, MoveSpan
from coach.reply.rulebook import feeling_words
from coach.reply.tokens import expand
from coach.reply.words import Word

WORDING_WORDS = 32
"""Words in a better wording, at most."""

QUOTABLE_CONFIDENCE = 0.5
"""Mean confidence of recognized words, from which on they are quoted."""

LONGEST_WORD = 30
"""Letters in a word that is shown, at most."""

_CLAUSE_EDGE = re.compile(
    r"[.!?;:,\u2026\u2013\u2014]+|\s-+\s|\b(?:and|but|because|so|then|though)\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_ASKED_FIRST: tuple[Tone, ...] = ("about_you", "asking", "gave", "space")
"""Tones that speak to the one who answers, and come before a feeling in the line."""

_EVENT_WORDS = range(3, 11)
_KEPT_WORDS = range(3, 13)
_MEETING = frozenset({Move.VALIDATION, Move.REFLECTION, Move.OWNERSHIP})
_CLOSENESS = frozenset({Move.SUPPORT, Move.AFFIRMATION, Move.AUTONOMY})
_INVITATIONS = frozenset({Move.OPEN_QUESTION, Move.PERMISSION})


@dataclass(frozen=True, slots=True)
class Reading:
    """What a partner's line seems to hold."""

    tone: Tone
    feeling: str
    """Completes "you are ..."."""

    sounds: str
    """Completes "that sounds ..."."""

    event: str | None
    """What happened, turned towards the partner; None when that cannot be said safely."""


def read_partner(line: str | None) -> Reading:
    """Read a partner's line for how it wants to be met."""
    said = f" {' '.join(_WORD.findall((line or '').lower().replace(chr(0x2019), chr(0x27))))} "
    found = texts()
    unmasked = said
    for mask in (*found.masks.words, *found.tones["warm"].cues):
        unmasked = unmasked.replace(f" {mask} ", " | ")
    hard = _feeling(said, "hard")
    good = _feeling(said, "good")
    match = hard or good
    tone: Tone = "open"
    if _holds(unmasked, found.tones["at_you"].cues):
        tone = "at_you"
    elif asked := next((tone for tone in _ASKED_FIRST if _holds(said, found.tones[tone].cues)), None):
        tone = asked
    elif hard:
        tone = "hard"
    elif _holds(said, found.tones["warm"].cues):
        tone = "warm"
    elif good:
        tone = "good"
    else:
        tone = _tone_of_feeling(said)
    return Reading(
        tone=tone,
        feeling=match.feeling if match else "upset",
        sounds=match.sounds if match else "hard",
        event=_event(line or "") if found.tones[tone].event else None,
    )


def filled(template: str, reading: Reading) -> str | None:
    """Put a reading into a sentence; None when it has no {event} to put there."""
    if "{event}" in template and reading.event is None:
        return None
    return template.format(feeling=reading.feeling, sounds=reading.sounds, event=reading.event)


def better_wording(assessment: Assessment, reading: Reading, *, turn: int, previous: str | None) -> str:
    """Build a reply that meets the partner's line, with the person's own helpful words where they can stand.

    Args:
        assessment: the reply as it was judged.
        reading: the partner's line, read.
        turn: which of several wordings comes first.
        previous: the wording shown before, not to be shown again; None when there was none.
    """
    tone = texts().tones[reading.tone]
    templates = [*rotated(tone.event, turn), *rotated(tone.met, turn)]
    met = [said for text in templates if (said := filled(text, reading))]
    ask = rotated(tone.ask, turn // 7)
    own = _own_words(assessment, reading)
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
    return len(word) <= LONGEST_WORD and _WORD.fullmatch(word) is not None


def shortened(words: Sequence[Word], *, limit: int) -> tuple[Word, ...]:
    """Keep the first words, `limit` at most, and do not end on one that hangs in the air."""
    if len(words) <= limit:
        return tuple(words)
    dangling = texts().grammar.dangling
    end = limit
    while end > 1 and words[end - 1].word in dangling:
        end -= 1
    return tuple(words[: end if end > 1 else limit])


def rotated(items: Sequence[str], turn: int) -> list[str]:
    """Return the items beginning with another one, so that the same things are not said every time."""
    start = turn % max(1, len(items))
    return [*items[start:], *items[:start]]


def clearly_heard(words: Sequence[Word]) -> bool:
    """Say whether words were heard well enough to be quoted; typed words always are."""
    heard = [word.confidence for word in words if word.confidence is not None]
    return not heard or sum(heard) / len(heard) >= QUOTABLE_CONFIDENCE


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


def _holds(said: str, cues: Sequence[str]) -> bool:
    return any(f" {cue} " in said for cue in cues)


def _feeling(said: str, tone: Tone) -> FeelingTexts | None:
    """Return the first feeling of a tone whose cue is said and not denied."""
    for entry in texts().feelings:
        if entry.tone != tone:
            continue
        for cue in entry.cues:
            place = said.find(f" {cue[:-1]}" if cue.endswith("*") else f" {cue} ")
            if place >= 0 and not _denied(said[:place].split()):
                return entry
    return None


def _tone_of_feeling(said: str) -> Tone:
    """Read the tone off a feeling word that stands in no list here."""
    texts_said = [token for word in said.split() for token in expand(word)]
    feeling = feeling_words().find(texts_said, 0, len(texts_said))
    if feeling is None:
        return "open"
    place = texts_said.index(expand(feeling.word.split()[0])[0])
    if feeling.quadrant in {"yellow", "green"}:
        return "open" if _denied(texts_said[:place]) else "good"
    return "open" if _denied(texts_said[:place]) else "hard"


def _denied(before: list[str]) -> bool:
    grammar = texts().grammar
    for word in reversed(before[-4:]):
        if word in grammar.negators or word.endswith("n't"):
            return True
        if word not in grammar.fillers and word != "i'm":
            return False
    return False


def _event(line: str) -> str | None:
    """Find the first clause that tells what happened, and turn it: "my boss yelled at me"."""
    grammar = texts().grammar
    for clause in _CLAUSE_EDGE.split(line):
        words = _WORD.findall(clause.replace("\u2019", "'"))
        lower = [word.lower() for word in words]
        if (
            len(words) not in _EVENT_WORDS
            or lower[0] not in grammar.subjects
            or not grammar.not_turned.isdisjoint(lower)
        ):
            continue
        verbs = lower[1:2] if lower[0] == "i" else lower[1:]
        if lower[-1] in grammar.hanging or not any(
            word in grammar.verbs or word.endswith("ed") for word in verbs
        ):
            continue
        turned = [_turn(word, lower[index - 1] if index else "") for index, word in enumerate(words)]
        return turned[0][:1].upper() + " ".join(turned)[1:]
    return None


def _turn(word: str, before: str) -> str:
    grammar = texts().grammar
    lower = word.lower()
    if before == "i" and lower in grammar.after_i:
        return grammar.after_i[lower]
    return grammar.turned.get(lower, word if before else lower)


@dataclass(frozen=True, slots=True)
class _OwnWords:
    """The person's own helpful words that can stand in a better wording, each as a sentence."""

    meeting: list[str]
    """They meet the feeling."""

    closeness: list[str]
    """They say something about the two."""

    questions: list[str]


def _own_words(assessment: Assessment, reading: Reading) -> _OwnWords:
    grammar = texts().grammar
    own = _OwnWords([], [], [])
    for span in helpful_spans(assessment):
        words = list(assessment.words[span.start_word : span.end_word])
        while words and words[0].word in grammar.lead_ins:
            del words[0]
        plain = [word.word for word in words]
        if (
            len(words) not in _KEPT_WORDS
            or plain[-1] in grammar.hanging
            or not grammar.not_kept.isdisjoint(plain)
            or not clearly_heard(words)
            or not all(map(is_plain_word, plain))
        ):
            continue
        sentence = with_capital_i(" ".join(plain))
        sentence = sentence[:1].upper() + sentence[1:]
        if span.move in _INVITATIONS:
            own.questions.append(f"{sentence}{'?' if plain[0] in grammar.asking else '.'}")
        elif span.move in _MEETING | _gladness(reading) and _suits(span, reading):
            own.meeting.append(f"{sentence}.")
        elif span.move in _CLOSENESS and reading.tone in {"hard", "open", "space"}:
            own.closeness.append(f"{sentence}.")
    return own


def _gladness(reading: Reading) -> frozenset[Move]:
    return frozenset({Move.AFFIRMATION}) if reading.tone in {"good", "warm", "gave"} else frozenset()


def _suits(span: MoveSpan, reading: Reading) -> bool:
    """Say whether words that meet a feeling meet this partner's."""
    pleasant = span.feeling is not None and span.feeling.quadrant in {"yellow", "green"}
    match reading.tone:
        case "hard" | "asking":
            return not pleasant
        case "good" | "warm" | "gave":
            return pleasant or span.move is Move.AFFIRMATION
        case "at_you":
            return span.move in {Move.OWNERSHIP, Move.REFLECTION}
        case "open" | "space" | "about_you":
            return True
        case _:
            assert_never(reading.tone)
