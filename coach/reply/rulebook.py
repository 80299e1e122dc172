"""The rules in `rules/*.toml`: read, checked, and tried on a reply."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from coach.errors import InputError
from coach.reply.feelings import FeelingWords, feelings_from
from coach.reply.moves import Depth, FindingName, Move
from coach.reply.phrases import Encoded, Phrase, PhraseError, PhraseIndex, Vocabulary, parse_phrase

_HERE = Path(__file__).parent
_Probability = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]
Care = Literal["self-harm", "violence", "coercion"]
_NonEmpty = Annotated[str, msgspec.Meta(min_length=1)]


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One way of saying something, as it is written in a rule file."""

    id: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9-]+$")]
    """Unique over all files."""

    phrases: _NonEmpty
    """One phrase a line, in the language of `phrases`."""

    examples: _NonEmpty
    """One a line: replies in which the rule must be found."""

    counter_examples: str = ""
    """One a line: replies in which it must not be found."""

    move: Move | None = None
    """What the words do; None takes the file's, or names nothing when `finding` is set."""

    finding: FindingName | None = None
    """What the words give away about the reply as a whole; None for most rules."""

    care: Care | None = None
    """Which danger the words point to; None for all rules but those of `crisis.toml`."""

    depth: Depth | None = None
    """For reflections."""

    confidence: _Probability | None = None
    """How sure the rule is; None takes the file's."""

    to_clause_end: bool = False
    """Whether the move goes on to the end of its clause."""

    unless_before: str = ""
    """Phrases, one a line, that must not stand directly before."""

    unless_after: str = ""
    """Phrases, one a line, that must not follow directly."""

    unless: str = ""
    """Phrases, one a line, that must not share a word with what was found."""

    beats: tuple[Move, ...] = ()
    """Moves that are dropped where they share words with this one."""

    reason: str = ""
    """A tentative sentence; empty takes the file's."""

    source: str = ""
    """Paper, manual or kind of article; empty takes the file's."""


class RuleFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A family of rules, and what they share."""

    move: Move | None = None
    confidence: _Probability = 0.8
    reason: str = ""
    source: str = ""
    classes: dict[str, str] = {}
    """Classes of words, with commas between them."""

    rule: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A rule found in a reply."""

    rule: Rule
    start: int
    """The first token."""

    end: int
    """The token after the last."""


class RuleBook:
    """All rules, ready to be tried."""

    def __init__(self, rules: Sequence[Rule], classes: dict[str, tuple[str, ...]]) -> None:
        """Read every phrase.

        Raises:
            PhraseError: a phrase is not written in the language of `phrases`.
        """
        self.rules = rules
        self._vocabulary = Vocabulary(classes)
        phrases: list[Phrase] = []
        self._owner: list[int] = []
        self._guards: dict[int, tuple[list[Phrase], list[Phrase], list[Phrase]]] = {}
        for number, rule in enumerate(rules):
            field = "phrases"
            try:
                for phrase in self._read(rule.phrases):
                    phrases.append(phrase)
                    self._owner.append(number)
                if rule.unless_before or rule.unless_after or rule.unless:
                    field = "unless"
                    self._guards[number] = (
                        self._read(rule.unless_before),
                        self._read(rule.unless_after),
                        self._read(rule.unless),
                    )
            except PhraseError as error:
                raise PhraseError(f"rule {rule.id}, {field}: {error}") from None
        for guards in self._guards.values():
            for guard in guards:
                for phrase in guard:
                    self._vocabulary.learn_phrase(phrase)
        self._index = PhraseIndex(phrases, self._vocabulary)

    def matches(self, texts: Sequence[str], starts: frozenset[int], ends: frozenset[int]) -> Iterator[Match]:
        """Yield every rule found in the tokens, in the order of the rules."""
        encoded = Encoded(self._vocabulary.encode(texts), starts, ends)
        for number, start, end in self._index.matches(texts, encoded):
            owner = self._owner[number]
            if owner in self._guards and self._guarded(owner, encoded, start, end):
                continue
            yield Match(self.rules[owner], start, end)

    def _read(self, lines: str) -> list[Phrase]:
        return [
            parse_phrase(line, self._vocabulary.classes) for line in map(str.strip, lines.splitlines()) if line
        ]

    def _guarded(self, owner: int, encoded: Encoded, start: int, end: int) -> bool:
        before, after, anywhere = self._guards[owner]
        for phrase in before:
            if phrase.pattern is None:
                phrase.pattern = self._vocabulary.compile(phrase.parts, suffix=r"\Z")
            found = phrase.pattern.search(encoded.text, max(0, start - 8), start)
            if found and (not phrase.at_start or found.start() in encoded.starts):
                return True
        for phrase in after:
            if phrase.pattern is None:
                phrase.pattern = self._vocabulary.compile(phrase.parts)
            found = phrase.pattern.match(encoded.text, end)
            if found and (not phrase.at_end or found.end() in encoded.ends):
                return True
        for phrase in anywhere:
            if phrase.pattern is None:
                phrase.pattern = self._vocabulary.compile(phrase.parts)
            for found in phrase.pattern.finditer(encoded.text, max(0, start - 8)):
                if found.start() >= end:
                    break
                if found.end() > start and (not phrase.at_end or found.end() in encoded.ends):
                    return True
        return False


@cache
def feeling_words() -> FeelingWords:
    """Return the feelings of `feelings.toml`."""
    path = _HERE / "feelings.toml"
    try:
        return feelings_from(_decode(path, dict[str, Any]))
    except ValueError as error:
        raise InputError(f"{path.name}: {error}") from None


@cache
def rule_book() -> RuleBook:
    """Return the rules that Coach brings along."""
    return load_rules(sorted((_HERE / "rules").glob("*.toml")))


def load_rules(paths: Sequence[Path]) -> RuleBook:
    """Read rule files.

    Raises:
        InputError: a file cannot be read, or a rule in it is not as it should be; names file, rule and field.
    """
    files = {path: _decode(path, RuleFile) for path in paths}
    classes = dict(feeling_words().classes)
    for file in files.values():
        for name, words in file.classes.items():
            classes[name] = tuple(" ".join(word.split()) for word in words.split(",") if word.strip())
    rules: dict[str, Rule] = {}
    for path, file in files.items():
        for rule in file.rule:
            if rule.id in rules:
                raise InputError(f"{path.name}: rule {rule.id}: this id is used twice; give it another")
            rules[rule.id] = _completed(rule, file, path)
    try:
        return RuleBook(tuple(rules.values()), classes)
    except PhraseError as error:
        name = next((path.name for path, file in files.items() if _names(file, str(error))), "rules")
        raise InputError(f"{name}: {error}") from None


def _completed(rule: Rule, file: RuleFile, path: Path) -> Rule:
    """Fill in what a rule leaves to its file."""
    completed = msgspec.structs.replace(
        rule,
        move=rule.move or (None if rule.finding or rule.care else file.move),
        confidence=file.confidence if rule.confidence is None else rule.confidence,
        reason=rule.reason or file.reason,
        source=rule.source or file.source,
    )
    for field in ("reason", "source"):
        if not getattr(completed, field):
            raise InputError(f"{path.name}: rule {rule.id}: {field} is missing, in the rule and in its file")
    if completed.move is None and completed.finding is None and completed.care is None:
        raise InputError(f"{path.name}: rule {rule.id}: move is missing, in the rule and in its file")
    return completed


def _names(file: RuleFile, message: str) -> bool:
    return any(message.startswith(f"rule {rule.id}, ") for rule in file.rule)


def _decode(path: Path, kind: type[Any]) -> Any:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {error.strerror}") from None
    try:
        return msgspec.toml.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path.name}: {_placed(data, error)}") from None


def _placed(data: bytes, error: Exception) -> str:
    """Say which rule an error is in; msgspec names it by number."""
    message = str(error)
    marker = "$.rule["
    if marker not in message:
        return message
    number = message.partition(marker)[2].partition("]")[0]
    try:
        rules = msgspec.toml.decode(data).get("rule", [])
        name = rules[int(number)].get("id", f"number {int(number) + 1}")
    except (ValueError, IndexError, AttributeError):
        return message
    return f"rule {name}: {message.replace(f'{marker}{number}]', 'field ')}"
