"""The little language in which rules say what people say, and how it is found in a reply.

A phrase is written in words:

    that (sounds|seems) [<intensifier>] hard

    word        the word itself; contractions are opened, so `you're` finds `you are` as well
    (a|b c)     one of these
    [a|b c]     one of these, or nothing
    <name>      any word of a class: `<feeling>`, `<intensifier>`; classes are lists in the rule files
    {0-3}       between none and three words, whatever they are
    ^           at the start, the phrase begins a clause; words like `and`, `so`, `well`, `honey` may precede
    $           at the end, the phrase ends a clause

Fillers (`um`, `you know`, `like`) and stutters are gone before phrases are tried. Every phrase must hold a
word or a class outside of `[ ]` and `{ }`: a phrase is only tried on replies that have its rarest such word.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from coach.reply.tokens import expand

_PIECE = re.compile(r"[a-z']+|<[a-z-]+>|\{\d+-\d+\}|[()\[\]|^$]|\s+|.")
_FIRST_CODE = 0x4E00
"""Every known word is one character from here on, so a phrase is a short regular expression."""

_UNKNOWN = "_"


class PhraseError(ValueError):
    """A phrase is not written in the language above."""


@dataclass(frozen=True, slots=True)
class _Any:
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class _Choice:
    options: tuple["_Sequence", ...]
    optional: bool


_Part = str | _Any | _Choice
_Sequence = tuple[_Part, ...]


@dataclass(slots=True)
class Phrase:
    """One phrase, read."""

    source: str
    """As it is written in the rule file."""

    at_start: bool
    """Whether it must begin a clause."""

    at_end: bool
    """Whether it must end a clause."""

    parts: _Sequence
    pattern: re.Pattern[str] | None = field(default=None, compare=False)
    """None until the phrase is first tried."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A reply in the characters of a vocabulary, one a token."""

    text: str
    starts: frozenset[int]
    """Token positions at which a clause may begin."""

    ends: frozenset[int]
    """Token positions at which a clause may have ended."""


class Vocabulary:
    """The words that phrases know, each with the character that stands for it."""

    def __init__(self, classes: Mapping[str, Iterable[str]]) -> None:
        """Take classes of words; a class may hold expressions of several words."""
        self.classes: dict[str, tuple[tuple[str, ...], ...]] = {
            name: tuple(tuple(token for word in entry.split() for token in expand(word)) for entry in entries)
            for name, entries in classes.items()
        }
        self._codes: dict[str, str] = {}
        for entries in self.classes.values():
            for entry in entries:
                self.learn(entry)

    def learn(self, tokens: Iterable[str]) -> None:
        """Give each token its character."""
        codes = self._codes
        for token in tokens:
            if token not in codes:
                codes[token] = chr(_FIRST_CODE + len(codes))

    def learn_phrase(self, phrase: Phrase) -> None:
        """Give each word of a phrase its character."""
        self.learn(_literals(phrase.parts))

    def encode(self, tokens: Sequence[str]) -> str:
        """Write tokens as characters, unknown ones as one and the same."""
        codes = self._codes
        return "".join([codes.get(token, _UNKNOWN) for token in tokens])

    def compile(self, parts: _Sequence, *, suffix: str = "") -> re.Pattern[str]:
        """Turn a phrase into a regular expression over encoded replies."""
        return re.compile(self._expression(parts) + suffix)

    def _expression(self, parts: _Sequence) -> str:
        return "".join(self._part(part) for part in parts)

    def _part(self, part: _Part) -> str:
        match part:
            case str() if part.startswith("<"):
                entries = [self.encode(entry) for entry in self.classes[part[1:-1]]]
                singles = "".join(sorted(entry for entry in entries if len(entry) == 1))
                longer = sorted((entry for entry in entries if len(entry) > 1), key=len, reverse=True)
                return f"(?:{'|'.join([*longer, f'[{_ranges(singles)}]'] if singles else longer)})"
            case str():
                return self._codes[part]
            case _Any(least, most):
                return f".{{{least},{most}}}?"
            case _Choice(options, optional):
                inner = "|".join(self._expression(option) for option in options)
                return f"(?:{inner}){'?' if optional else ''}"


class PhraseIndex:
    """Many phrases, each under its rarest required word, so a reply tries only those that could match."""

    def __init__(self, phrases: Sequence[Phrase], vocabulary: Vocabulary) -> None:
        """Index the phrases; their place in `phrases` is their number."""
        self._phrases = phrases
        self._vocabulary = vocabulary
        uses = Counter(token for phrase in phrases for token in _literals(phrase.parts))
        vocabulary.learn(uses)
        self._by_word: dict[str, list[int]] = {}
        for number, phrase in enumerate(phrases):
            required = _required(phrase.parts, vocabulary.classes, uses)
            if required is None:
                raise PhraseError(f"`{phrase.source}` holds no word that must be there")
            for word in required[1]:
                self._by_word.setdefault(word, []).append(number)

    def matches(self, tokens: Sequence[str], encoded: Encoded) -> Iterator[tuple[int, int, int]]:
        """Yield (number of the phrase, first token, token after the last), phrase by phrase."""
        by_word = self._by_word
        numbers = {number for token in set(tokens) if token in by_word for number in by_word[token]}
        for number in sorted(numbers):
            phrase = self._phrases[number]
            pattern = phrase.pattern
            if pattern is None:
                pattern = phrase.pattern = self._vocabulary.compile(phrase.parts)
            position = 0
            while match := pattern.search(encoded.text, position):
                start, end = match.span()
                position = start + 1
                if phrase.at_start and start not in encoded.starts:
                    continue
                if phrase.at_end and end not in encoded.ends:
                    continue
                position = end
                yield number, start, end


def parse_phrase(source: str, classes: Mapping[str, object]) -> Phrase:
    """Read one phrase; raise PhraseError that says what is wrong with it."""
    pieces = [piece for piece in _PIECE.findall(source) if not piece.isspace()]
    at_start = bool(pieces) and pieces[0] == "^"
    at_end = bool(pieces) and pieces[-1] == "$"
    inner = pieces[at_start : len(pieces) - at_end]
    parts, rest = _parse(inner, 0, source, classes)
    if rest != len(inner):
        raise PhraseError(f"`{source}` closes a bracket that it never opened")
    if len(parts) != 1:
        parts = [(_Choice(tuple(parts), optional=False),)]
    return Phrase(source, at_start=at_start, at_end=at_end, parts=parts[0])


def _parse(
    pieces: Sequence[str], position: int, source: str, classes: Mapping[str, object]
) -> tuple[list[_Sequence], int]:
    """Read alternatives up to a closing bracket or the end; return them and where reading stopped."""
    options: list[_Sequence] = []
    parts: list[_Part] = []
    while position < len(pieces):
        piece = pieces[position]
        if piece in ")]":
            break
        position += 1
        if piece[0].isalpha():
            parts.extend(expand(piece))
        elif piece in "([":
            inner, position = _parse(pieces, position, source, classes)
            closing = ")" if piece == "(" else "]"
            if position >= len(pieces) or pieces[position] != closing:
                raise PhraseError(f"`{source}` opens a {piece} that it does not close")
            position += 1
            parts.append(_Choice(tuple(inner), optional=piece == "["))
        elif piece == "|":
            options.append(tuple(parts))
            parts = []
        elif piece[0] == "<" and len(piece) > 1:
            if piece[1:-1] not in classes:
                raise PhraseError(f"`{source}` uses the class {piece}, which no rule file defines")
            parts.append(piece)
        elif piece[0] == "{" and len(piece) > 1:
            least, most = piece[1:-1].split("-")
            parts.append(_Any(int(least), int(most)))
        else:
            raise PhraseError(f"`{source}` holds `{piece}`, which means nothing there")
    options.append(tuple(parts))
    if not all(options):
        raise PhraseError(f"`{source}` has an empty place where words should be")
    return options, position


def _literals(parts: _Sequence) -> Iterator[str]:
    for part in parts:
        if isinstance(part, str):
            if not part.startswith("<"):
                yield part
        elif isinstance(part, _Choice):
            for option in part.options:
                yield from _literals(option)


def _required(
    parts: _Sequence, classes: Mapping[str, tuple[tuple[str, ...], ...]], uses: Mapping[str, int]
) -> tuple[int, set[str]] | None:
    """Find the cheapest set of words of which a match must hold one; None when nothing is required."""
    best: tuple[int, set[str]] | None = None
    for part in parts:
        found: tuple[int, set[str]] | None = None
        if isinstance(part, str):
            words = {entry[0] for entry in classes[part[1:-1]]} if part.startswith("<") else {part}
            found = sum(uses.get(word, 1) for word in words), words
        elif isinstance(part, _Choice) and not part.optional:
            needs = [_required(option, classes, uses) for option in part.options]
            if all(needs):
                known = [need for need in needs if need is not None]
                found = sum(cost for cost, _ in known), set().union(*(words for _, words in known))
        if found is not None and (best is None or found[0] < best[0]):
            best = found
    return best


def _ranges(characters: str) -> str:
    """Write sorted characters as the ranges of a character class."""
    pieces: list[str] = []
    start = previous = ""
    for character in [*characters, ""]:
        if character and previous and ord(character) == ord(previous) + 1:
            previous = character
            continue
        if start:
            pieces.append(start if start == previous else f"{start}-{previous}")
        start = previous = character
    return "".join(pieces)
