"""Questions without question marks: wh-words and verbs before their subjects."""

from collections.abc import Sequence
from typing import Literal

from coach.reply.clauses import AUXILIARIES, SUBJECTS, WH_WORDS, Clause, inverts

QuestionForm = Literal["open", "closed"]

_CLOSED_HOW = frozenset("many much long old often far soon big late tall early frequently".split())
_DETERMINERS = frozenset("your my his her our their the any anyone anybody someone everybody everyone people".split())
_NEVER_ASKED = frozenset("be been may".split())
_STATEMENT_AFTER_WHAT = frozenset("i you he she they we a an matters happened-is".split())


def question_form(texts: Sequence[str], clause: Clause) -> QuestionForm | None:
    """Tell whether a clause asks, and whether it leaves the answer open; None when it does not ask."""
    start = _after_preposition(texts, clause)
    if start >= clause.end:
        return None
    first = texts[start]
    second = texts[start + 1] if start + 1 < clause.end else ""
    third = texts[start + 2] if start + 2 < clause.end else ""
    form: QuestionForm | None = None
    if first in WH_WORDS:
        form = _wh_form(texts, start, clause, second, third)
    elif _inverted(first, second, third):
        form = "closed"
    elif first in {"any", "ever"} and clause.end - start > 1:
        form = "closed"
    elif clause.end - clause.start >= 3 and _tagged(texts[clause.start : clause.end]):  # noqa: PLR2004 - a tag and something before it
        form = "closed"
    if form is None and clause.asked:
        form = "closed"
    return form


def _wh_form(
    texts: Sequence[str], start: int, clause: Clause, second: str, third: str
) -> QuestionForm | None:
    first = texts[start]
    if second == "":
        if clause.end - clause.start > 1 and not clause.asked:
            return None
        return "open" if first in {"why", "how", "what"} else "closed" if clause.asked else None
    match first:
        case "what":
            if second in {"about", "else", "if", "kind", "sort", "would", "made", "makes", "other", "type", "part", "are", "is", "was", "were"}:
                if second in {"is", "was"} and third in {"that"} and start + 3 < clause.end and texts[start + 3] == "is":
                    return None
                return "open"
            if second in AUXILIARIES or second in {"happens", "brings", "brought", "led", "worries", "bothers", "helps", "happened", "got", "keeps", "gets", "hurts", "scares", "things", "steps", "ways", "changes", "do", "sorts", "concerns"}:
                return "open"
            asks = clause.asked or inverts(texts, start + 2, min(start + 6, clause.end))
            return "open" if asks and second not in {"a", "an"} else None
        case "how":
            if second in _CLOSED_HOW:
                return "closed" if third in AUXILIARIES or third not in {"this", "it", "you", "that", "i", "he", "she", "they"} else None
            if second in AUXILIARIES or second in {"about", "come", "so", "else"}:
                return "open"
            if second in {"important", "confident", "ready", "interested", "willing", "motivated", "likely", "does"}:
                return "open"
            asks = clause.asked or inverts(texts, start + 2, min(start + 4, clause.end))
            return "open" if asks else None
        case "why":
            return "open" if second in AUXILIARIES or second == "not" or clause.asked else None
        case "who" | "which" | "whose":
            return "closed" if second in AUXILIARIES or clause.asked or first == "which" and second in {"one", "part"} else None
        case _:
            if second in AUXILIARIES and third not in {"", "to"} and second not in _NEVER_ASKED:
                return "closed"
            return "closed" if clause.asked else None


def _inverted(first: str, second: str, third: str) -> bool:
    """A verb before its subject: `do you`, `is your boss`, `have not they`, `would it`."""
    if first not in AUXILIARIES or first in _NEVER_ASKED or first == "been":
        return False
    subject = third if second == "not" else second
    if first == "do" and second == "not":
        return third in {"you", "they", "we", "i"}
    if first in {"have", "has", "had"}:
        return subject in {"you", "they", "we", "he", "she", "it", "i", "anyone", "there", "your"}
    return subject in SUBJECTS or subject in _DETERMINERS


def _tagged(texts: Sequence[str]) -> bool:
    """A statement that asks at its end: `is that right`, `is it not`, `do you not`, `you know right`."""
    tail = tuple(texts[-3:])
    return (
        tail in {("is", "that", "right"), ("is", "it", "not"), ("do", "you", "not"), ("is", "that", "it")}
        or texts[-1] == "huh"
        or tail[-2:] in {("how", "often"), ("how", "long"), ("or", "what"), ("or", "not")}
    )


def _after_preposition(texts: Sequence[str], clause: Clause) -> int:
    """Skip what may stand before a question's own first word: `in what way`, `to what extent`, `so what`."""
    position = clause.core
    while position + 2 < clause.end and texts[position] in {"in", "to", "on", "for", "at", "with", "from", "about", "maybe", "just", "like"}:
        if texts[position + 1] in {"what", "which", "whom", "how", "who"}:
            return position + 1
        break
    return position
