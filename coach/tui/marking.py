"""Which words of a reply carry which mark. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from coach.reply.moves import MoveSpan
from coach.reply.words import Word
from coach.signs import Sign, sign_of


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring words that carry the same marks."""

    words: tuple[Word, ...]
    begins: tuple[Sign, ...]
    """Signs of the moves that begin with its first word, each once."""

    sign: Sign | None
    """How its words look: the gravest of the moves they belong to; None when they belong to none."""


_GRAVEST_FIRST = (Sign.BLOCKS, Sign.HELPS, Sign.NEUTRAL)


def runs(words: Sequence[Word], spans: Iterable[MoveSpan]) -> Iterator[Run]:
    """Split a reply where a move begins or ends; moves may overlap. Every word comes once, in order."""
    spans = tuple(spans)
    covered = [
        frozenset(number for number, span in enumerate(spans) if span.start_word <= index < span.end_word)
        for index in range(len(words))
    ]
    for cover, indexes in groupby(range(len(words)), key=covered.__getitem__):
        first, *others = indexes
        signs = {sign_of(spans[number].move) for number in cover}
        begins = {sign_of(spans[number].move) for number in cover if spans[number].start_word == first}
        yield Run(
            words=tuple(words[index] for index in (first, *others)),
            begins=tuple(sign for sign in _GRAVEST_FIRST if sign in begins),
            sign=next((sign for sign in _GRAVEST_FIRST if sign in signs), None),
        )
