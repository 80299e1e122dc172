"""The words of a reply, spoken or typed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
"""A word as it is typed: letters and digits, with apostrophes inside; no control character, no surrogate."""

_MARKS = re.compile(r"[.,;:!?\u2026\u2014-]")

_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[@-Z\\-_])")
"""What commands a terminal, and is no word."""

CLEAR_CONFIDENCE = 0.45
"""Mean confidence of a reply's words under which they are not to be trusted: of 48 recordings of people
13 lay below, and in each of those PocketSphinx had at least four words in ten wrong."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a reply, in lower case and without punctuation."""

    word: str
    """The word as a recognizer writes it: `that's`, `hard`."""

    start: float | None = None
    """Seconds from the start of the recording; None when it was typed."""

    end: float | None = None
    """Seconds from the start of the recording; None when it was typed."""

    confidence: float | None = None
    """How sure the recognizer is, 0 to 1; None when it was typed."""

    mark: str = ""
    """Punctuation that followed the word when it was typed; empty when it was spoken."""


def words_from_text(text: str) -> tuple[Word, ...]:
    """Split typed text into words without times, each with the marks that follow it."""
    text = _ESCAPES.sub(" ", text)
    words: list[Word] = []
    matches = list(WORD.finditer(text))
    for match, following in zip(matches, [*matches[1:], None], strict=False):
        gap = text[match.end() : following.start() if following else len(text)]
        words.append(
            Word(
                word=match.group().lower().replace("\u2019", "'"),
                mark="".join(_MARKS.findall(gap)),
            )
        )
    return tuple(words)


def text_of(words: Iterable[Word]) -> str:
    """Join words with single spaces, as a recognizer would write them."""
    return " ".join(word.word for word in words)


def shifted(words: Sequence[Word], *, seconds: float) -> tuple[Word, ...]:
    """Move the times of spoken words by `seconds`; typed words stay as they are."""
    return tuple(
        Word(
            word=word.word,
            start=None if word.start is None else word.start + seconds,
            end=None if word.end is None else word.end + seconds,
            confidence=word.confidence,
            mark=word.mark,
        )
        for word in words
    )


def heard_clearly(words: Iterable[Word]) -> bool:
    """Whether the recognizer was sure enough of spoken words to judge them; typed words are clear."""
    sure = [word.confidence for word in words if word.confidence is not None]
    return not sure or sum(sure) / len(sure) >= CLEAR_CONFIDENCE
