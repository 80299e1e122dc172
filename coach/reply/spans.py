"""The moves of a reply: what rules, questions and echoes found, with contradictions settled."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from coach.reply.moves import BLOCKING, HELPFUL, Depth, Move, MoveSpan
from coach.reply.questions import question_form
from coach.reply.reading import Reading
from coach.reply.reflections import echo_of
from coach.reply.words import text_of

_INFORMING_WORDS = 6
"""A stretch without any other move says something when it is at least this long."""

_SURE_ECHO = 0.7
"""Beside advice, an echo less sure than this is more likely its reason: `because you need rest`."""

_LONG_REFLECTION = 12
"""A stock phrase with this many words after all of them adds meaning of its own."""

_QUESTIONS = frozenset({Move.OPEN_QUESTION, Move.CLOSED_QUESTION})


class Span(msgspec.Struct, frozen=True):
    """A move, and the words that gave it away."""

    shown: MoveSpan
    core_end: int
    """The word after the last that gave it away; `shown` may go on to the end of the clause."""

    beats: tuple[Move, ...] = ()
    """Moves that give way where they share words with it."""

    @property
    def move(self) -> Move:
        """The move's name."""
        return self.shown.move


class _Draft(msgspec.Struct, frozen=True):
    move: Move
    start: int
    core_end: int
    end: int
    confidence: float
    depth: Depth | None
    reason: str
    by: str
    beats: tuple[Move, ...] = ()


def spans_of(reading: Reading) -> tuple[Span, ...]:
    """Find the moves of a reply, in the order of their first words."""
    drafts = _from_rules(reading)
    drafts += _from_clauses(reading, drafts)
    kept = _settled(_merged(drafts))
    kept += _informing(reading, kept)
    kept.sort(key=lambda draft: (draft.start, draft.end, draft.move))
    return tuple(_span(reading, draft) for draft in kept)


def _from_rules(reading: Reading) -> list[_Draft]:
    return [
        _Draft(
            move=rule.move,
            start=found.start_word,
            core_end=found.end_word,
            end=found.extended_word,
            confidence=0.8 if rule.confidence is None else rule.confidence,
            depth=rule.depth,
            reason=rule.reason,
            by=f"rule {rule.id}",
            beats=rule.beats,
        )
        for found in reading.found
        if (rule := found.match.rule).move is not None
    ]


def _from_clauses(reading: Reading, drafts: Sequence[_Draft]) -> list[_Draft]:
    """Questions and echoes, clause by clause."""
    tokens = reading.tokens
    more: list[_Draft] = []
    advised = any(draft.move is Move.FIXING for draft in drafts)
    taken = _covered((draft.start, draft.core_end) for draft in drafts if draft.move is not Move.VALIDATION)
    for clause in reading.clauses:
        start = tokens.indices[clause.core]
        end = tokens.indices[clause.end - 1] + 1
        form = question_form(tokens.texts, clause)
        if form is not None:
            more.append(_question(form, start, end))
            continue
        if not taken.isdisjoint(range(start, end)):
            continue
        echo = echo_of(tokens.texts, clause, reading.partner, reading.feelings)
        if echo is not None and not (advised and echo.confidence < _SURE_ECHO):
            more.append(
                _Draft(
                    Move.REFLECTION,
                    start,
                    end,
                    end,
                    echo.confidence,
                    echo.depth,
                    echo.reason,
                    "echo of their words",
                )
            )
    return more


def _covered(stretches: Iterable[tuple[int, int]]) -> frozenset[int]:
    return frozenset(index for start, end in stretches for index in range(start, end))


def _question(form: str, start: int, end: int) -> _Draft:
    if form == "open":
        return _Draft(
            Move.OPEN_QUESTION, start, end, end, 0.8, None, "this leaves the answer to them", "question form"
        )
    return _Draft(
        Move.CLOSED_QUESTION, start, end, end, 0.75, None, "this can be answered in a word", "question form"
    )


def _merged(drafts: Sequence[_Draft]) -> list[_Draft]:
    """Join drafts of one move that share words; the surest gives the reason."""
    merged: list[_Draft] = []
    for draft in sorted(drafts, key=lambda item: (item.move, item.start, -item.end)):
        last = merged[-1] if merged else None
        if last is None or last.move is not draft.move or draft.start >= last.end:
            merged.append(draft)
            continue
        best = max(last, draft, key=lambda item: item.confidence)
        merged[-1] = _Draft(
            move=best.move,
            start=last.start,
            core_end=max(last.core_end, draft.core_end),
            end=max(last.end, draft.end),
            confidence=best.confidence,
            depth="complex" if "complex" in (last.depth, draft.depth) else last.depth or draft.depth,
            reason=best.reason,
            by=best.by,
            beats=tuple(dict.fromkeys((*last.beats, *draft.beats))),
        )
    return merged


def _settled(drafts: Sequence[_Draft]) -> list[_Draft]:
    """Drop moves that contradict a surer one on the same words."""
    order = sorted(
        drafts,
        key=lambda item: (item.confidence, item.core_end - item.start, item.move in BLOCKING),
        reverse=True,
    )
    kept: dict[_Draft, None] = {}
    by_word: defaultdict[int, set[_Draft]] = defaultdict(set)
    for draft in order:
        near = set().union(*(by_word[index] for index in range(draft.start, draft.core_end)))
        if any(_gives_way(draft, other) for other in near):
            continue
        for other in near:
            if _beaten(other, draft):
                del kept[other]
                for index in range(other.start, other.core_end):
                    by_word[index].remove(other)
        kept[draft] = None
        for index in range(draft.start, draft.core_end):
            by_word[index].add(draft)
    return list(kept)


def _beaten(draft: _Draft, by: _Draft) -> bool:
    return draft.move in by.beats and draft.start < by.core_end and by.start < draft.core_end


def _gives_way(draft: _Draft, other: _Draft) -> bool:
    """Tell whether `draft` cannot stand beside the surer `other`."""
    if draft.start >= other.core_end or other.start >= draft.core_end:
        return False
    if _beaten(draft, other):
        return True
    if _beaten(other, draft):
        return False
    pair = {draft.move, other.move}
    if pair <= HELPFUL or pair <= BLOCKING:
        return False
    if pair & BLOCKING and pair & (HELPFUL | _QUESTIONS):
        return True
    return pair <= _QUESTIONS or Move.CLOSED_QUESTION in pair


def _informing(reading: Reading, drafts: Sequence[_Draft]) -> list[_Draft]:
    """What is left over and long enough tells something."""
    tokens = reading.tokens
    taken = _covered((draft.start, draft.end) for draft in drafts)
    more: list[_Draft] = []
    for clause in reading.clauses:
        start, end = tokens.indices[clause.core], tokens.indices[clause.end - 1] + 1
        if end - start < _INFORMING_WORDS or not taken.isdisjoint(range(start, end)):
            continue
        more.append(
            _Draft(Move.INFORMING, start, end, end, 0.5, None, "this tells them something", "statement")
        )
    return more


def _span(reading: Reading, draft: _Draft) -> Span:
    tokens = reading.tokens
    first = bisect_left(tokens.indices, draft.start)
    last = bisect_left(tokens.indices, draft.end)
    feeling = reading.feelings.find(tokens.texts, first, last)
    depth = draft.depth
    if draft.move is Move.REFLECTION:
        long = draft.end - draft.start > _LONG_REFLECTION
        depth = "complex" if feeling is not None or (depth is None and long) else depth or "simple"
    return Span(
        shown=MoveSpan(
            move=draft.move,
            start_word=draft.start,
            end_word=draft.end,
            words=text_of(reading.words[draft.start : draft.end]),
            confidence=round(draft.confidence, 2),
            depth=depth,
            feeling=feeling,
            reason=draft.reason,
            by=draft.by,
        ),
        core_end=draft.core_end,
        beats=draft.beats,
    )
