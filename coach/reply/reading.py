"""A reply read for judging: its tokens, its clauses, the partner's line, and the rules that were found."""

from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from coach.reply.clauses import Clause, clauses_of
from coach.reply.feelings import FeelingWords
from coach.reply.reflections import Partner, read_partner
from coach.reply.rulebook import Match, RuleBook, feeling_words, rule_book
from coach.reply.tokens import Tokens, tokens_of
from coach.reply.words import Word, words_from_text

JUDGED_WORDS = 2000
"""Words of a reply that are judged: over ten minutes of speech, and still judged while a person waits."""


class Line(msgspec.Struct, frozen=True):
    """What one person said, split."""

    words: tuple[Word, ...]
    tokens: Tokens
    clauses: tuple[Clause, ...]


class Found(msgspec.Struct, frozen=True):
    """A rule found in a line, in words."""

    match: Match
    start_word: int
    """The first word it rests on."""

    end_word: int
    """The word after the last it rests on."""

    extended_word: int
    """The word after the last that belongs to it."""


class Reading(msgspec.Struct, frozen=True):
    """Everything the judge looks at."""

    words: tuple[Word, ...]
    """All words of the reply."""

    tokens: Tokens
    """Of the first `JUDGED_WORDS` words."""

    clauses: tuple[Clause, ...]
    lines: tuple[Line, ...]
    """The whole reply, read once or twice: with words that may be fillers, and without them."""

    partner: Partner | None
    partner_lines: tuple[Line, ...]
    """The partner's line, read in the same way; empty when there was none."""

    feelings: FeelingWords
    found: tuple[Found, ...]
    """The rules found in the first `JUDGED_WORDS` words."""


def read_reply(words: Sequence[Word], partner: str | None) -> Reading:
    """Read a reply and try every rule on it."""
    feelings = feeling_words()
    lines = read_line(words)
    judged = lines if len(words) <= JUDGED_WORDS else read_line(words[:JUDGED_WORDS])
    theirs = read_line(words_from_text(partner)) if partner else ()
    return Reading(
        words=lines[0].words,
        tokens=judged[0].tokens,
        clauses=judged[0].clauses,
        lines=lines,
        partner=read_partner(theirs[0].tokens, feelings) if theirs and theirs[0].words else None,
        partner_lines=theirs,
        feelings=feelings,
        found=rules_found(rule_book(), judged),
    )


def read_line(words: Sequence[Word]) -> tuple[Line, ...]:
    """Split words; twice when some of them may be fillers or may carry meaning."""
    tokens = tokens_of(words)
    line = Line(tuple(words), tokens, clauses_of(tokens))
    if not tokens.maybe_fillers:
        return (line,)
    bare = tokens_of(words, strip_soft_fillers=True)
    return (line, Line(tuple(words), bare, clauses_of(bare)))


def rules_found(book: RuleBook, lines: Sequence[Line]) -> tuple[Found, ...]:
    """Try every rule of a book on a line."""
    found: dict[Found, None] = {}
    for line in lines:
        found |= dict.fromkeys(_found(book, line.tokens, line.clauses))
    return tuple(found)


def _found(book: RuleBook, tokens: Tokens, clauses: Sequence[Clause]) -> list[Found]:
    starts = frozenset(position for clause in clauses for position in range(clause.start, clause.core + 1))
    ends = [clause.end for clause in clauses]
    sentences = (*(position for position, strong in tokens.breaks.items() if strong), len(tokens.texts))
    found: list[Found] = []
    for match in book.matches(tokens.texts, starts, frozenset(ends), sentences):
        end = match.end
        if match.rule.to_clause_end:
            end = ends[bisect_left(ends, end)]
        found.append(
            Found(
                match=match,
                start_word=tokens.indices[match.start],
                end_word=tokens.indices[match.end - 1] + 1,
                extended_word=tokens.indices[end - 1] + 1,
            )
        )
    return found
