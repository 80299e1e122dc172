"""How well the judge agrees with people: precision, recall and F1 on a file of labelled replies."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from coach.errors import InputError
from coach.reply.assessment import Assessment, assess
from coach.reply.moves import FindingName, Move
from coach.reply.words import words_from_text

_NONE = "n/a"
_MAIN = {"therapist_input": "input"}
_QUESTION_MOVES = frozenset({Move.OPEN_QUESTION, Move.CLOSED_QUESTION, Move.PERMISSION})
_BOLT = {
    "Reflections": "reflection",
    "Questions": "question",
    "Problem-Solving": "input",
    "Planning": "input",
    "Psychoeducation": "input",
}


@dataclass(frozen=True, slots=True)
class Scores:
    """Agreement on one label."""

    precision: float
    recall: float
    f1: float
    support: int
    """How many replies people gave this label."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A reply that people and the judge see differently."""

    label: str
    expected: str
    found: str
    partner: str
    reply: str


@dataclass(slots=True)
class Report:
    """What came out of an evaluation."""

    replies: int = 0
    confusions: dict[str, Counter[tuple[str, str]]] = field(default_factory=dict)
    """Under each question that was asked, how often people said one thing and the judge another."""

    errors: list[Disagreement] = field(default_factory=list)

    def scores(self, question: str) -> dict[str, Scores]:
        """Return the agreement on each answer to a question, such as `main`."""
        counts = self.confusions[question]
        answers = sorted({answer for pair in counts for answer in pair})
        scores: dict[str, Scores] = {}
        for answer in answers:
            hits = counts[answer, answer]
            support = sum(count for (expected, _), count in counts.items() if expected == answer)
            claimed = sum(count for (_, found), count in counts.items() if found == answer)
            precision = hits / claimed if claimed else 0.0
            recall = hits / support if support else 0.0
            f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
            scores[answer] = Scores(precision, recall, f1, support)
        return scores

    def macro_f1(self, question: str) -> float:
        """Return the mean F1 over the answers that people gave."""
        values = [score.f1 for score in self.scores(question).values() if score.support]
        return sum(values) / len(values) if values else 0.0


class _Labelled(msgspec.Struct, frozen=True):
    """A line of the file. A label that people were not asked for is None."""

    reply: str
    reply_asr: str | None = None
    """The reply as a recognizer would write it, without punctuation."""

    partner: str | None = None
    main: str | None = None
    reflection: str | None = None
    question: str | None = None
    input: str | None = None
    label: str | None = None
    good: tuple[str, ...] | None = None
    bad: tuple[str, ...] | None = None
    moves: tuple[Move, ...] | None = None
    """Moves that the reply holds."""

    without: tuple[Move, ...] | None = msgspec.field(default=None, name="not")
    """Moves that it does not hold."""

    def __post_init__(self) -> None:
        if (self.good is None) != (self.bad is None):
            raise ValueError("`good` and `bad` belong together")


def evaluate(path: Path) -> Report:
    """Judge every reply of a JSONL file and compare with its labels.

    The labels are known by their keys: `main`, `reflection`, `question` and `input` (AnnoMI, PAIR), `label`
    (BOLT), `good` and `bad` (feedback of supervisors), `moves` and `not` (moves by their names). Of a line
    with `reply_asr` that text is judged.

    Raises:
        InputError: the file cannot be read, or a line holds no reply or no label that is known.
    """
    report = Report()
    decoder = msgspec.json.Decoder(_Labelled)
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            item = decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise InputError(
                f'{path}, line {number}: {error}; a line is {{"reply": ..., "partner": ...}} with its labels'
            ) from None
        reply = item.reply_asr or item.reply
        partner = item.partner or None
        compared = _compare(item, assess(words_from_text(reply), partner=partner))
        if not compared:
            raise InputError(
                f"{path}, line {number}: no label: "
                "main, reflection, question, input, label, moves and not, or good and bad"
            )
        report.replies += 1
        for question, expected, found in compared:
            report.confusions.setdefault(question, Counter())[expected, found] += 1
            if expected != found:
                report.errors.append(Disagreement(question, expected, found, partner or "", reply))
    return report


def _compare(item: _Labelled, assessment: Assessment) -> list[tuple[str, str, str]]:
    """List what was asked, what people answered and what the judge answers."""
    moves = {span.move for span in assessment.moves}
    compared: list[tuple[str, str, str]] = []
    if item.main is not None:
        compared.append(("main", _MAIN.get(item.main, item.main), assessment.main_behavior))
    if item.reflection is not None:
        compared.append(("reflection", _yes(item.reflection != _NONE), _yes(Move.REFLECTION in moves)))
        compared.append(("depth", item.reflection, _depth(assessment)))
    if item.question is not None:
        compared.append(("question", _yes(item.question != _NONE), _yes(bool(moves & _QUESTION_MOVES))))
        compared.append(("form", item.question, _form(moves)))
    if item.input is not None:
        compared.append(("advice", _yes(item.input == "advice"), _yes(Move.FIXING in moves)))
    if item.label is not None:
        expected = next((name for prefix, name in _BOLT.items() if item.label.startswith(prefix)), "other")
        compared.append(("main", expected, assessment.main_behavior))
    if item.good is not None and item.bad is not None:
        compared.extend(_supervised(item.good, item.bad, assessment))
    for labelled, expected in ((item.moves, "yes"), (item.without, "no")):
        compared.extend((move.value, expected, _yes(move in moves)) for move in labelled or ())
    return compared


def _supervised(
    good: Sequence[str], bad: Sequence[str], assessment: Assessment
) -> list[tuple[str, str, str]]:
    moves = {span.move for span in assessment.moves}
    early = any(found.finding is FindingName.PREMATURE_FIXING for found in assessment.findings)
    blocking = moves & {Move.BLAMING, Move.DEFENDING, Move.DEFLECTING, Move.MINIMIZING}
    met = bool(moves & {Move.VALIDATION, Move.REFLECTION})
    return [
        ("bad Suggestions", _yes("Suggestions" in bad), _yes(Move.FIXING in moves)),
        ("bad Suggestions (premature)", _yes("Suggestions" in bad), _yes(early)),
        ("bad Self-disclosure", _yes("Self-disclosure" in bad), _yes(Move.HIJACKING in moves)),
        ("good Empathy", _yes("Empathy" in good or "Validation" in good or "Reflections" in good), _yes(met)),
        (
            "blocking on a wholly good reply",
            _yes(bool(bad)),
            _yes(bool(blocking or early or Move.HIJACKING in moves)),
        ),
    ]


def _depth(assessment: Assessment) -> str:
    depths = {span.depth for span in assessment.moves if span.move is Move.REFLECTION}
    return "complex" if "complex" in depths else "simple" if depths else _NONE


def _form(moves: set[Move]) -> str:
    if Move.OPEN_QUESTION in moves:
        return "open"
    return "closed" if moves & _QUESTION_MOVES else _NONE


def _yes(answer: bool) -> str:  # noqa: FBT001 - the answer is all there is
    return "yes" if answer else "no"
