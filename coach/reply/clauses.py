"""Where clauses begin and end, in speech that has no punctuation.

Marks and pauses are believed when there are any. Otherwise a clause begins at a conjunction, at a question's
opening, or at a subject with its verb, unless the word before asks for something to follow it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from coach.reply.tokens import Tokens

SUBJECTS = frozenset(
    "i you we he she they it that this there these those everyone everybody nobody anyone".split()
)
AUXILIARIES = frozenset(
    "am is are was were be been do does did have has had can could will would shall should may might must".split()
)
WH_WORDS = frozenset("what how why when where who which whose".split())
LEAD_INS = frozenset(
    "and but so or well oh yeah yes yep yup no nope okay right look listen hey honey babe baby sweetheart love "
    "darling dear wow man ah aw ooh gosh god sure exactly because then now anyway actually also all see good great "
    "hun sweetie ouch alright guess maybe and please uh-huh um".split()
)
"""Words that may stand before a clause's own first word."""

_ALWAYS_SUBJECTS = frozenset("i we he she they".split())
_AFTER_SUBJECT = AUXILIARIES | frozenset(
    "feel felt feels want wanted need needed think thought know knew seem seems sound sounds look looks like liked "
    "love loved hate hated wish hope hoped care cared deserve deserved handled managed tried try worked work got "
    "get said say told tell made make makes took take takes went go goes came come keep kept always never really "
    "just still also even only actually probably already better got hurts hurt matters sucks happens happened "
    "means meant mentioned enjoy enjoyed miss missed spend spent find found see saw hear heard understand "
    "understood gave give deal started start drink smoke use used live lived believe expect expected remember "
    "forgot left lost put let must ought should stop talk talked ask asked cannot noticed noticing worry stay".split()
)
"""Words that make a subject of the `you`, `it` or `that` before them, which are objects as often."""

_CONJUNCTIONS = frozenset("and but so because or though although cause then".split())
_MODALS = frozenset("can could will would shall should may might must".split())
_BREAKS_BEFORE_NOUNLESS = frozenset("sorry thanks thank please tell let maybe perhaps anyway".split())
_NO_BREAK_AFTER = frozenset(
    "a an the my your his her our their its to of for with about from at by on in into than as if when while "
    "because that who what how why where which whether until unless since before after and or but so though "
    "although like think thought know knew feel felt feels guess believe hope wish hear heard see saw say said "
    "else else says saying tell told mean means bet suppose swear understand understood realize realized notice "
    "noticed remember forget sure glad everything anything something nothing all way time "
    "times thing things person people one reason moment day not never always just really only even still also "
    "do does did am is are was were be been have has had can could will would shall should may might must "
    "sounds seems looks feels sound seem look whatever however whenever maybe perhaps i we he she they "
    "imagine wonder wondering if then most part much more less every any some no every ask asked let "
    "make makes made watch help saw imagine picture hearing thinking knowing feeling saying guessing".split()
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of tokens that says one thing."""

    start: int
    """Its first token."""

    core: int
    """Its first token after words such as `and`, `so`, `well`, `honey`."""

    end: int
    """The token after its last."""

    asked: bool
    """Whether a question mark followed it."""


def clauses_of(tokens: Tokens) -> tuple[Clause, ...]:
    """Split a reply into clauses, in order and without gaps."""
    texts = tokens.texts
    if not texts:
        return ()
    starts = [0]
    for position in range(1, len(texts)):
        if position in tokens.breaks:
            if tokens.breaks[position] or not _hanging(texts, position):
                starts.append(position)
        elif begins_clause(texts, position, starts[-1]):
            starts.append(position)
    ends = [*starts[1:], len(texts)]
    return tuple(
        Clause(start=start, core=_core(texts, start, end), end=end, asked=end in tokens.asked)
        for start, end in zip(starts, ends, strict=True)
    )


def begins_clause(texts: Sequence[str], position: int, started: int) -> bool:
    """Tell whether a clause begins at `position`, the one before it having begun at `started`."""
    text = texts[position]
    previous = texts[position - 1]
    following = texts[position + 1] if position + 1 < len(texts) else ""
    if text in _CONJUNCTIONS:
        return _conjunction_begins(texts, position)
    if previous in _CONJUNCTIONS and position - 1 == started:
        return False
    if position - started < 2 and previous in LEAD_INS:  # noqa: PLR2004 - a lead-in and its clause
        return False
    if text in _BREAKS_BEFORE_NOUNLESS and following:
        return _let_or_thank(text, previous, following)
    if text == "want":
        return previous not in SUBJECTS | _MODALS | {"to", "not", "do", "did", "really", "just", "always", "people"}
    if previous in _NO_BREAK_AFTER:
        return False
    if text in WH_WORDS:
        return _asks(texts, position)
    if text in AUXILIARIES:
        asked_before = not WH_WORDS.isdisjoint(texts[max(started, position - 2) : position])
        return following in SUBJECTS and previous not in SUBJECTS and not asked_before
    if text in SUBJECTS:
        return text in _ALWAYS_SUBJECTS or following in _AFTER_SUBJECT
    return text in {"have", "yeah", "okay", "honey", "babe", "wow", "oh", "well"} and following != ""


def _asks(texts: Sequence[str], position: int) -> bool:
    """A wh-word that asks: `what is`, `when did he`; not one that relates, as in `the man who is`."""
    following = texts[position + 1] if position + 1 < len(texts) else ""
    match texts[position]:
        case "what":
            listed = following in {"brings", "happened", "happens", "made", "makes", "else", "about"}
            return following in AUXILIARIES or listed or inverts(texts, position + 2, position + 6)
        case "how" | "why":
            listed = following in {"about", "come"}
            return following in AUXILIARIES or listed or inverts(texts, position + 2, position + 4)
        case _:
            return inverts(texts, position + 1, position + 2)


def inverts(texts: Sequence[str], start: int, end: int) -> bool:
    """Tell whether a verb stands before its subject somewhere from `start` to before `end`."""
    return any(
        texts[place] in AUXILIARIES and texts[place + 1] in SUBJECTS
        for place in range(start, min(end, len(texts) - 1))
    )


def _conjunction_begins(texts: Sequence[str], position: int) -> bool:
    """A conjunction begins a clause when a subject, a question or a verb without subject follows it."""
    text = texts[position]
    previous = texts[position - 1]
    following = texts[position + 1] if position + 1 < len(texts) else ""
    match text:
        case "so":
            return following in SUBJECTS or following in WH_WORDS or following in AUXILIARIES
        case "then":
            return following in SUBJECTS and previous not in _CONJUNCTIONS
        case "but" | "because":
            return True
        case _:
            return following in SUBJECTS or following in WH_WORDS or following in (AUXILIARIES | {"not", "maybe"})


def _let_or_thank(text: str, previous: str, following: str) -> bool:
    if previous in _NO_BREAK_AFTER or previous in _MODALS or previous in {"you", "please", "am", "so", "very"}:
        return False
    match text:
        case "tell" | "let":
            return following in {"me", "us"}
        case "thank":
            return following == "you"
        case _:
            return True


def _hanging(texts: Sequence[str], position: int) -> bool:
    """A pause or a comma in the middle of something: `because ... i`, `the ... thing`."""
    return texts[position - 1] in {"the", "a", "an", "my", "your", "to", "of", "and", "but", "so", "because"}


def _core(texts: Sequence[str], start: int, end: int) -> int:
    position = start
    while position < end - 1 and texts[position] in LEAD_INS:
        if texts[position] == "no" and texts[position + 1] in {"wonder", "one", "matter", "way", "need", "rush"}:
            break
        if texts[position] in {"well", "good", "great", "right", "sure", "look", "see", "love", "listen", "maybe", "guess", "please", "all"}:
            if texts[position + 1] not in SUBJECTS | WH_WORDS | AUXILIARIES | LEAD_INS:
                break
        position += 1
    return position
