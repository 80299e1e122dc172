"""Feeling words: which one was said, its family and its quadrant of the mood meter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from coach.reply.moves import Feeling
from coach.reply.tokens import expand

Quadrant = Literal["red", "yellow", "blue", "green"]
_QUADRANTS = ("red", "yellow", "blue", "green")
_NEXT_TO_FEELINGS = frozenset(
    "feel feels felt feeling am is are was were be been being getting get got so very really pretty kind sort "
    "bit little too as more all make makes made".split()
)


@dataclass(frozen=True, slots=True)
class FeelingWords:
    """The feelings a file names."""

    by_first: Mapping[str, tuple[tuple[tuple[str, ...], Feeling, bool], ...]]
    """Under its first token, each expression, longest first, its feeling, and whether it needs `feel` near."""

    classes: Mapping[str, tuple[str, ...]]
    """Classes for phrases: `feeling`, `unpleasant`, `pleasant`."""

    def find(self, texts: Sequence[str], start: int, end: int) -> Feeling | None:
        """Return the first feeling said in `texts[start:end]`."""
        for position in range(start, end):
            for tokens, feeling, needs_feel in self.by_first.get(texts[position], ()):
                if tuple(texts[position : min(end, position + len(tokens))]) != tokens:
                    continue
                if needs_feel and _NEXT_TO_FEELINGS.isdisjoint(texts[max(0, position - 2) : position]):
                    continue
                return feeling
        return None


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
