"""Feeling words: which one was said, its family and its quadrant of the mood meter."""

from collections.abc import Mapping, Sequence
from typing import Literal, cast

import msgspec

from coach.reply.moves import Feeling
from coach.reply.tokens import expand, listed

Quadrant = Literal["red", "yellow", "blue", "green"]
_QUADRANTS = ("red", "yellow", "blue", "green")
_BEFORE_FEELINGS = listed("feel feels felt feeling am are were be been being get gets getting got you")
_BETWEEN = listed("so very really pretty kind of sort a bit little too all more just still such completely")
"""Words that may stand between `feel` and the feeling."""

_AFTER_SKILLS = listed("at with idea job news point question time to")
"""Words after which `good` and such were no feeling: `good at it`."""


class FeelingWords(msgspec.Struct, frozen=True):
    """The feelings a file names."""

    by_first: Mapping[str, tuple[tuple[tuple[str, ...], Feeling, bool], ...]]
    """Under its first token: the expression, its feeling, whether it needs `feel` near; longest first."""

    classes: Mapping[str, tuple[str, ...]]
    """Classes for phrases: `feeling`, `unpleasant`, `pleasant`."""

    def find(self, texts: Sequence[str], start: int, end: int) -> Feeling | None:
        """Return the first feeling said in `texts[start:end]`."""
        for position in range(start, end):
            for tokens, feeling, needs_feel in self.by_first.get(texts[position], ()):
                if tuple(texts[position : min(end, position + len(tokens))]) != tokens:
                    continue
                if needs_feel and not _felt(texts, position, position + len(tokens)):
                    continue
                return feeling
        return None


def _felt(texts: Sequence[str], start: int, end: int) -> bool:
    """Tell whether `feel` or such stands before `texts[start:end]`, and nothing after it says otherwise."""
    before = start - 1
    while before >= 0 and texts[before] in _BETWEEN:
        before -= 1
    return (
        before >= 0 and texts[before] in _BEFORE_FEELINGS and _AFTER_SKILLS.isdisjoint(texts[end : end + 1])
    )


def feelings_from(data: Mapping[str, object]) -> FeelingWords:
    """Read the content of `feelings.toml`.

    Raises:
        ValueError: a family or a quadrant is not written as it should be.
    """
    near_feel = set(_entries(data.get("only_after_feel", "")))
    by_first: dict[str, list[tuple[tuple[str, ...], Feeling, bool]]] = {}
    classes: dict[str, list[str]] = {"feeling": [], "unpleasant": [], "pleasant": []}
    for family, quadrants in data.items():
        if family == "only_after_feel":
            continue
        if not isinstance(quadrants, dict) or not set(quadrants) <= set(_QUADRANTS):
            raise ValueError(f"family `{family}` must hold only red, yellow, blue or green")
        for quadrant, entries in quadrants.items():
            for entry in _entries(entries):
                tokens = tuple(token for word in entry.split() for token in expand(word))
                feeling = Feeling(word=entry, family=family, quadrant=cast(Quadrant, quadrant))
                by_first.setdefault(tokens[0], []).append((tokens, feeling, entry in near_feel))
                classes["feeling"].append(entry)
                classes["pleasant" if quadrant in {"yellow", "green"} else "unpleasant"].append(entry)
    return FeelingWords(
        by_first={
            first: tuple(sorted(found, key=lambda item: -len(item[0]))) for first, found in by_first.items()
        },
        classes={name: tuple(dict.fromkeys(entries)) for name, entries in classes.items()},
    )


def _entries(text: object) -> list[str]:
    if not isinstance(text, str):
        raise ValueError("feelings are written as words with commas between them")  # noqa: TRY004 - one kind of error for a file
    return [" ".join(entry.split()) for entry in text.split(",") if entry.strip()]
