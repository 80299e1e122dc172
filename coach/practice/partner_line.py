"""A partner's line, read for how it wants to be met."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coach.practice.texts import FeelingTexts, Tone, texts
from coach.reply.rulebook import feeling_words
from coach.reply.tokens import expand
from coach.reply.words import WORD

_CLAUSE_EDGE = re.compile(
    r"(,?\s*\bbut\b|[.!?;:,\u2026\u2013\u2014]+|\s-+\s|\b(?:and|because|so|then|though)\b)", re.IGNORECASE
)
_ASKED_FIRST: tuple[Tone, ...] = ("about_you", "asking", "gave", "space", "sorry")
"""Tones that speak to the one who answers, and come before a feeling in the line."""

_EVENT_WORDS = range(3, 11)


@dataclass(frozen=True, slots=True)
class PartnerMood:
    """What a partner's line seems to hold."""

    tone: Tone
    feeling: str
    """Completes "you are ..."."""

    sounds: str
    """Completes "that sounds ..."."""

    event: str | None
    """What happened, turned towards the partner; None when that cannot be said safely."""


def read_mood(line: str | None) -> PartnerMood:
    """Read a partner's line for how it wants to be met."""
    said = f" {' '.join(WORD.findall((line or '').lower().replace(chr(0x2019), chr(0x27))))} "
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
    return PartnerMood(
        tone=tone,
        feeling=match[0].feeling if match else "upset",
        sounds=match[0].sounds if match else "hard",
        event=_event(line or "", match[1] if match else None) if found.tones[tone].event else None,
    )


def _holds(said: str, cues: Sequence[str]) -> bool:
    return any(f" {cue} " in said for cue in cues)


def _feeling(said: str, tone: Tone) -> tuple[FeelingTexts, str] | None:
    """Return the first feeling of a tone whose cue is said and not denied, and that cue."""
    for entry in texts().feelings:
        if entry.tone != tone:
            continue
        for cue in entry.cues:
            place = said.find(f" {cue[:-1]}" if cue.endswith("*") else f" {cue} ")
            if place >= 0 and not _denied(said[:place].split()):
                return entry, cue.removesuffix("*")
    return None


def _tone_of_feeling(said: str) -> Tone:
    """Read the tone off a feeling word that stands in no list here."""
    texts_said = [token for word in said.split() for token in expand(word)]
    feeling = feeling_words().find(texts_said, 0, len(texts_said))
    if feeling is None:
        return "open"
    place = texts_said.index(expand(feeling.word.split()[0])[0])
    if feeling.word in texts().grammar.negators or _denied(texts_said[:place]):
        return "open"
    return "good" if feeling.quadrant in {"yellow", "green"} else "hard"


def _denied(before: list[str]) -> bool:
    grammar = texts().grammar
    for word in reversed(before[-4:]):
        if word in grammar.negators or word.endswith("n't"):
            return True
        if word not in grammar.fillers and word != "i'm":
            return False
    return False


def _event(line: str, cue: str | None) -> str | None:
    """Find the clause that tells what happened, and turn it: "my boss yelled at me".

    It is the one with the cue, or else the first about somebody other than the partner.
    """
    found: str | None = None
    parts = _CLAUSE_EDGE.split(line)
    for clause, edge, rest in zip(parts[::2], [*parts[1::2], ""], [*parts[2::2], ""], strict=True):
        words = WORD.findall(clause.replace("\u2019", "'"))
        lower = [word.lower() for word in words]
        if not _tells_what_happened(lower) or (
            edge.lower().endswith("but") and len(rest.split()) not in _EVENT_WORDS
        ):
            continue
        turned = [_turn(word, lower[index - 1] if index else "") for index, word in enumerate(words)]
        sentence = turned[0][:1].upper() + " ".join(turned)[1:]
        if cue is None or f" {cue}" in f" {' '.join(lower)}":
            return sentence
        if found is None and lower[0] != "i":
            found = sentence
    return found


def _tells_what_happened(clause: Sequence[str]) -> bool:
    grammar = texts().grammar
    return (
        len(clause) in _EVENT_WORDS
        and clause[0] in grammar.subjects
        and clause[-1] not in grammar.hanging
        and grammar.not_turned.isdisjoint(clause)
        and any(
            word in grammar.verbs or word.endswith("ed")
            for word in clause[1 : 2 if clause[0] == "i" else None]
        )
    )


def _turn(word: str, before: str) -> str:
    grammar = texts().grammar
    lower = word.lower()
    if before == "i" and lower in grammar.after_i:
        return grammar.after_i[lower]
    return grammar.turned.get(lower, word if before else lower)
