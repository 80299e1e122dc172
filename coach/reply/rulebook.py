"""The rules in `rules/*.toml`: read, checked, and tried on a reply."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from coach.errors import InputError
from coach.reply.feelings import FeelingWords, feelings_from
from coach.reply.moves import Depth, FindingName, Move
from coach.reply.phrases import Encoded, Phrase, PhraseError, PhraseIndex, Vocabulary

_HERE = Path(__file__).parent
_Probability = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]
Care = Literal["self-harm", "violence", "coercion"]
_NonEmpty = Annotated[str, msgspec.Meta(min_length=1)]


_GUARD_REACH = 24
"""How many tokens before a find its guards look at."""


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


class Match(msgspec.Struct, frozen=True):
    """A rule found in a reply."""

    rule: Rule
    start: int
    """The first token."""

    end: int
    """The token after the last."""


class RuleBook:
    """All rules, ready to be tried."""

    def __init__(
        self, rules: Sequence[Rule], classes: dict[str, tuple[str, ...]], origins: Mapping[str, str]
    ) -> None:
        """Take rules, classes of words, and under each rule's id the name of its file.

        Raises:
            InputError: a phrase is not written in the language of `phrases`.
        """
        self.rules = rules
        self._origins = origins
        self._vocabulary = Vocabulary(
            classes, [text for rule in rules for text in (rule.phrases, *_guards_of(rule).values())]
        )
        self._phrases: list[Phrase] = []
        self._owner: list[int] = []
        self._guards: dict[int, dict[str, list[Phrase]]] = {}
        for number, rule in enumerate(rules):
            for phrase in _phrases_in(rule.phrases):
                self._phrases.append(phrase)
                self._owner.append(number)
        try:
            self._index = PhraseIndex(self._phrases, self._vocabulary)
        except PhraseError:
            self.check()
            raise

    def check(self) -> None:
        """Read every phrase now, rather than when it is first tried.

        Raises:
            InputError: one is not written in the language of `phrases`; names file, rule and field.
        """
        for rule in self.rules:
            for field, text in {"phrases": rule.phrases, **_guards_of(rule)}.items():
                for phrase in _phrases_in(text):
                    try:
                        self._vocabulary.pattern_of(phrase)
                    except PhraseError as error:
                        place = f"{self._origins[rule.id]}: rule {rule.id}, {field}"
                        raise InputError(f"{place}: {error}") from None

    def matches(
        self,
        texts: Sequence[str],
        starts: frozenset[int],
        ends: frozenset[int],
        sentences: tuple[int, ...],
    ) -> Iterator[Match]:
        """Yield every rule found in the tokens within one sentence, in the order of the rules.

        Clauses may begin at `starts` and have ended at `ends`; marked sentences ended at `sentences`.

        Raises:
            InputError: a phrase that is tried for the first time is not written in the language.
        """
        encoded = Encoded(self._vocabulary.encode(texts), starts, ends, sentences)
        try:
            for number, start, end in self._index.matches(texts, encoded):
                if sentences[bisect_right(sentences, start)] < end:
                    continue
                rule = self.rules[self._owner[number]]
                if not self._guarded(self._owner[number], rule, encoded, start, end):
                    yield Match(rule, start, end)
        except PhraseError:
            self.check()
            raise

    def _guarded(self, number: int, rule: Rule, encoded: Encoded, start: int, end: int) -> bool:
        """Tell whether a guard of the rule speaks against what was found."""
        guards = self._guards.get(number)
        if guards is None:
            guards = self._guards[number] = {
                field: _phrases_in(text) for field, text in _guards_of(rule).items()
            }
        pattern_of = self._vocabulary.pattern_of
        first = max(0, start - _GUARD_REACH)
        last = encoded.sentences[bisect_left(encoded.sentences, end)]
        for phrase in guards["unless_before"]:
            found = pattern_of(phrase, suffix=r"\Z").search(encoded.text, first, start)
            if found and (not phrase.at_start or found.start() in encoded.starts):
                return True
        for phrase in guards["unless_after"]:
            found = pattern_of(phrase).match(encoded.text, end, last)
            if found and (not phrase.at_end or found.end() in encoded.ends):
                return True
        for phrase in guards["unless"]:
            for found in pattern_of(phrase).finditer(encoded.text, first, last):
                if found.start() >= end:
                    break
                if found.end() > start and (not phrase.at_end or found.end() in encoded.ends):
                    return True
        return False


def _guards_of(rule: Rule) -> dict[str, str]:
    return {
        "unless_before": rule.unless_before,
        "unless_after": rule.unless_after,
        "unless": rule.unless,
    }


def _phrases_in(lines: str) -> list[Phrase]:
    return [Phrase(line) for line in map(str.strip, lines.splitlines()) if line]


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

    Phrases are read when they are first tried; `RuleBook.check` reads them all.

    Raises:
        InputError: a file cannot be read, or a rule in it is not as it should be; names file, rule and field.
    """
    files = {path: _decode(path, RuleFile) for path in paths}
    classes = dict(feeling_words().classes)
    for file in files.values():
        for name, words in file.classes.items():
            classes[name] = tuple([" ".join(word.split()) for word in words.split(",") if word.strip()])
    rules: dict[str, Rule] = {}
    origins: dict[str, str] = {}
    for path, file in files.items():
        for rule in file.rule:
            if rule.id in rules:
                raise InputError(f"{path.name}: rule {rule.id}: this id is used twice; give it another")
            rules[rule.id] = _completed(rule, file, path)
            origins[rule.id] = path.name
    return RuleBook(tuple(rules.values()), classes, origins)


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
