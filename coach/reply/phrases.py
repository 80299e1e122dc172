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

import msgspec

from coach.reply.tokens import expand

_PIECE = re.compile(r"[a-z']+|<[a-z-]+>|\{\d+-\d+\}|[()\[\]|^$]|\s+|.")
_FIRST_CODE = 0x4E00
"""Every known word is one character from here on, so a phrase is a short regular expression."""

_UNKNOWN = "_"
_WORDS = re.compile(r"(?<![<\w-])[a-z']+")
_INNERMOST = re.compile(r"[(\[][^()\[\]]*[)\]]")


class PhraseError(ValueError):
    """A phrase is not written in the language above."""


class _Any(msgspec.Struct, frozen=True):
    least: int
    most: int


class _Choice(msgspec.Struct, frozen=True):
    options: tuple["_Sequence", ...]
    optional: bool


_Part = str | _Any | _Choice
_Sequence = tuple[_Part, ...]


class Phrase:
    """One phrase, read when it is first tried, because a reply needs few of them."""

    __slots__ = ("at_end", "at_start", "pattern", "source")

    def __init__(self, source: str) -> None:
        """Take a phrase as it is written."""
        self.source = source
        self.at_start = source.startswith("^")
        self.at_end = source.endswith("$")
        self.pattern: re.Pattern[str] | None = None


class Encoded(msgspec.Struct, frozen=True):
    """A reply in the characters of a vocabulary, one a token."""

    text: str
    starts: frozenset[int]
    """Token positions at which a clause may begin."""

    ends: frozenset[int]
    """Token positions at which a clause may have ended."""

    sentences: tuple[int, ...]
    """Token positions, in order, at which a marked sentence ended; the end of the text is the last."""


class Vocabulary:
    """The words that phrases know, each with the character that stands for it."""

    def __init__(self, classes: Mapping[str, Iterable[str]], sources: Iterable[str]) -> None:
        """Take classes of words, in which an entry may hold several, and every phrase there will be."""
        self.classes: dict[str, tuple[tuple[str, ...], ...]] = {
            name: tuple([_opened(entry) for entry in entries]) for name, entries in classes.items()
        }
        self.uses = Counter(_WORDS.findall("\n".join(sources)))
        """How often each word is used in phrases, as it is written there."""

        words = [token for word in self.uses for token in expand(word)]
        listed = [token for entries in self.classes.values() for entry in entries for token in entry]
        self._codes = {
            token: chr(_FIRST_CODE + code) for code, token in enumerate(dict.fromkeys([*listed, *words]))
        }

    def encode(self, tokens: Sequence[str]) -> str:
        """Write tokens as characters, unknown ones as one and the same."""
        codes = self._codes
        return "".join([codes.get(token, _UNKNOWN) for token in tokens])

    def pattern_of(self, phrase: Phrase, *, suffix: str = "") -> re.Pattern[str]:
        """Return the regular expression over encoded replies that a phrase stands for.

        Raises:
            PhraseError: the phrase is not written in the language.
        """
        if phrase.pattern is None:
            parts = parse_phrase(phrase.source, self.classes)
            phrase.pattern = re.compile(self._expression(parts) + suffix)
        return phrase.pattern

    def _expression(self, parts: _Sequence) -> str:
        return "".join([self._part(part) for part in parts])

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
                inner = "|".join([self._expression(option) for option in options])
                return f"(?:{inner}){'?' if optional else ''}"


class PhraseIndex:
    """Many phrases, each under its rarest required word, so a reply tries only those that could match."""

    def __init__(self, phrases: Sequence[Phrase], vocabulary: Vocabulary) -> None:
        """Index the phrases; their place in `phrases` is their number.

        Raises:
            PhraseError: a phrase in which no word stands outside of brackets is not written in the language.
        """
        self._phrases = phrases
        self._vocabulary = vocabulary
        self._by_word: dict[str, list[int]] = {}
        for number, phrase in enumerate(phrases):
            for word in self._required(phrase.source):
                self._by_word.setdefault(word, []).append(number)

    def matches(self, tokens: Sequence[str], encoded: Encoded) -> Iterator[tuple[int, int, int]]:
        """Yield (number of the phrase, first token, token after the last), phrase by phrase."""
        by_word = self._by_word
        numbers = {number for token in set(tokens) if token in by_word for number in by_word[token]}
        for number in sorted(numbers):
            phrase = self._phrases[number]
            pattern = phrase.pattern or self._vocabulary.pattern_of(phrase)
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

    def _required(self, source: str) -> Iterable[str]:
        """Find words of which a match must hold one: the rarest outside of brackets, when there is any."""
        bare = source
        while (outer := _INNERMOST.sub(" ", bare)) != bare:
            bare = outer
        uses = self._vocabulary.uses
        words = _WORDS.findall(bare)
        if words:
            return expand(min(words, key=uses.__getitem__))[-1:]
        classes = self._vocabulary.classes
        required = _cheapest(parse_phrase(source, classes), classes, uses)
        return required[1] if required is not None else ()


def parse_phrase(source: str, classes: Mapping[str, object]) -> _Sequence:
    """Read one phrase; raise PhraseError that says what is wrong with it."""
    pieces = [piece for piece in _PIECE.findall(source) if not piece.isspace()]
    at_start = bool(pieces) and pieces[0] == "^"
    at_end = bool(pieces) and pieces[-1] == "$"
    inner = pieces[at_start : len(pieces) - at_end]
    options, rest = _parse(inner, 0, source, classes)
    if rest != len(inner):
        raise PhraseError(f"`{source}` closes a bracket that it never opened")
    parts = options[0] if len(options) == 1 else (_Choice(tuple(options), optional=False),)
    if not _requires_a_word(parts):
        raise PhraseError(f"`{source}` holds no word that must be there")
    return parts


def _opened(entry: str) -> tuple[str, ...]:
    return expand(entry) if " " not in entry else tuple([t for word in entry.split() for t in expand(word)])


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


def _requires_a_word(parts: _Sequence) -> bool:
    return any(
        isinstance(part, str)
        or (
            isinstance(part, _Choice)
            and not part.optional
            and all(_requires_a_word(option) for option in part.options)
        )
        for part in parts
    )


def _cheapest(
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
            needs = [_cheapest(option, classes, uses) for option in part.options]
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
