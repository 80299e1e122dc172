"""A partner's line, read for how it wants to be met."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

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
    line = " ".join((line or "").split())
    said = f" {' '.join(WORD.findall(line.lower().replace(chr(0x2019), chr(0x27))))} "
    found = texts()
    unmasked = said
    for mask, _ in _cues("masks").found_in(said):
        unmasked = unmasked.replace(mask, " | ")
    hard = _feeling(said, "hard")
    good = _feeling(said, "good")
    match = hard or good
    tone: Tone = "open"
    if _holds(unmasked, "at_you"):
        tone = "at_you"
    elif asked := next((tone for tone in _ASKED_FIRST if _holds(said, tone)), None):
        tone = asked
    elif hard:
        tone = "hard"
    elif _holds(said, "warm"):
        tone = "warm"
    elif good:
        tone = "good"
    else:
        tone = _tone_of_feeling(said)
    return PartnerMood(
        tone=tone,
        feeling=match[0].feeling if match else "upset",
        sounds=match[0].sounds if match else "hard",
        event=_event(line, match[1] if match else None) if found.tones[tone].event else None,
    )


class _Cues:
    """Words to look for in a line, each under its first, because a line holds few of them."""

    def __init__(self, cues: Sequence[str]) -> None:
        """Take cues; one that ends in `*` is how a word begins."""
        self._sought = [f" {cue[:-1]}" if cue.endswith("*") else f" {cue} " for cue in cues]
        self._beginnings = [number for number, cue in enumerate(cues) if cue.endswith("*")]
        self._by_word: dict[str, list[int]] = {}
        for number, cue in enumerate(cues):
            if not cue.endswith("*"):
                self._by_word.setdefault(cue.split(" ")[0], []).append(number)

    def found_in(self, said: str) -> Iterator[tuple[str, int]]:
        """Yield each cue that stands in a line between spaces, as it is sought, and its number, in order."""
        words = self._by_word.keys() & said.split()
        numbers = [number for word in words for number in self._by_word[word]]
        for number in sorted(numbers + self._beginnings):
            if self._sought[number] in said:
                yield self._sought[number], number


@cache
def _cues(of: Tone | Literal["masks"]) -> _Cues:
    found = texts()
    return _Cues((*found.masks.words, *found.tones["warm"].cues) if of == "masks" else found.tones[of].cues)


@cache
def _feeling_cues(tone: Tone) -> tuple[_Cues, tuple[tuple[FeelingTexts, str], ...]]:
    """The cues of a tone's feelings, and under the number of each its feeling and its words."""
    owned = [(entry, cue) for entry in texts().feelings if entry.tone == tone for cue in entry.cues]
    return _Cues([cue for _, cue in owned]), tuple((entry, cue.removesuffix("*")) for entry, cue in owned)


def _holds(said: str, tone: Tone) -> bool:
    return any(True for _ in _cues(tone).found_in(said))


def _feeling(said: str, tone: Tone) -> tuple[FeelingTexts, str] | None:
    """Return the first feeling of a tone whose cue is said and not denied, and that cue."""
    cues, owned = _feeling_cues(tone)
    for sought, number in cues.found_in(said):
        if not _denied(said[: said.index(sought)].split()):
            return owned[number]
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
