"""Questions without question marks: wh-words, and verbs before their subjects."""

from collections.abc import Sequence
from typing import Literal

from coach.reply.clauses import AUXILIARIES, SUBJECTS, WH_WORDS, Clause, inverts
from coach.reply.tokens import listed

QuestionForm = Literal["open", "closed"]

_AFTER_WHAT = AUXILIARIES | listed(
    "about else if kind kinds sort sorts type part way ways made makes other happens happened brings "
    "brought led got gets worries bothers helps keeps hurts scares things steps ways changes concerns"
)
_AFTER_HOW = AUXILIARIES | listed("about come so else important confident ready interested willing likely")
_COUNTS = listed("many much long old often far soon big late tall early frequently")
"""After `how` they ask for a number."""

_EXCLAIMS = listed("this it you that i he she they")
"""After `how much` and such they tell: `how much you care`."""

_DETERMINERS = listed("your my his her our their the any anybody someone people")
_AFTER_HAVE = listed("you they we he she it i anyone there your")
"""Subjects that may follow `have` in a question; others are its objects."""

_NEVER_ASK = listed("be been may")
_PREPOSITIONS = listed("in to on for at with from about maybe just like")
_TAGS = frozenset({("is", "that", "right"), ("is", "it", "not"), ("do", "you", "not"), ("is", "that", "it")})
_SHORT_TAGS = frozenset({("how", "often"), ("how", "long"), ("or", "what"), ("or", "not")})


def question_form(texts: Sequence[str], clause: Clause) -> QuestionForm | None:
    """Tell whether a clause asks, and whether it leaves the answer open; None when it does not ask."""
    start = _after_preposition(texts, clause)
    said = texts[start : clause.end]
    if not said:
        return None
    form: QuestionForm | None = None
    if said[0] in WH_WORDS:
        form = _wh_form(said, asked=clause.asked, opens=clause.core == clause.start)
    elif _inverted(said) or _tagged(said) or (said[0] in {"any", "ever"} and len(said) > 1):
        form = "closed"
    return "closed" if form is None and clause.asked else form


def _wh_form(said: Sequence[str], *, asked: bool, opens: bool) -> QuestionForm | None:
    """The form of a clause that begins with a wh-word."""
    first, second, third = (*said[:3], "", "")[:3]
    if not second:
        return "open" if first in {"why", "how", "what"} and (opens or asked) else None
    match first:
        case "what":
            if said[1:4] in (("is", "that", "is"), ("a",), ("an",)) or second in {"a", "an"}:
                return None
            return "open" if second in _AFTER_WHAT or asked or inverts(said, 2, 6) else None
        case "how" if second in _COUNTS:
            return None if third in _EXCLAIMS else "closed"
        case "how":
            return "open" if second in _AFTER_HOW or asked or inverts(said, 2, 4) else None
        case "why":
            return "open" if second in AUXILIARIES or second == "not" or asked else None
        case "who" | "which" | "whose":
            listed_after = second in AUXILIARIES or (first == "which" and second in {"one", "part"})
            return "closed" if listed_after or asked else None
        case _:
            inverted = second in AUXILIARIES - _NEVER_ASK and third not in {"", "to"}
            return "closed" if inverted or asked else None


def _inverted(said: Sequence[str]) -> bool:
    """A verb before its subject: `do you`, `is your boss`, `have they not`, `would it`."""
    verb = said[0]
    if verb not in AUXILIARIES or verb in _NEVER_ASK or len(said) < 2:  # noqa: PLR2004 - a verb and its subject
        return False
    negated = said[1] == "not"
    subject = said[2] if negated and len(said) > 2 else said[1]  # noqa: PLR2004 - the word after `not`
    if verb == "do" and negated:
        return subject in {"you", "they", "we", "i"}
    if verb in {"have", "has", "had"}:
        return subject in _AFTER_HAVE
    return subject in SUBJECTS or subject in _DETERMINERS


def _tagged(said: Sequence[str]) -> bool:
    """A statement that asks at its end: `is that right`, `how often`, `huh`."""
    if len(said) < 3:  # noqa: PLR2004 - a tag and something before it
        return False
    return tuple(said[-3:]) in _TAGS or tuple(said[-2:]) in _SHORT_TAGS or said[-1] == "huh"


def _after_preposition(texts: Sequence[str], clause: Clause) -> int:
    """Skip what may stand before a question's own first word: `in what way`, `to what extent`."""
    first = clause.core
    if (
        first + 2 < clause.end
        and texts[first] in _PREPOSITIONS
        and texts[first + 1] in {"what", "which", "how", "who"}
    ):
        return first + 1
    return first
