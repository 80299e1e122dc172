"""Where clauses begin and end, in speech that has no punctuation.

Marks and pauses are believed when there are any. Otherwise a clause begins at a conjunction, at a question's
opening, or at a subject with its verb, unless the word before asks for something to follow it.
"""

from collections.abc import Sequence

import msgspec

from coach.reply.tokens import Tokens, listed

SUBJECTS = listed("i you we he she they it that this there these those everyone everybody nobody anyone")
AUXILIARIES = listed(
    "am is are was were be been do does did have has had can could will would shall should may might must"
)
WH_WORDS = listed("what how why when where who which whose")
LEAD_INS = listed(
    "and but so or well oh yeah yes yep yup no nope okay right look listen hey honey babe baby "
    "sweetheart love darling dear wow man ah aw ooh gosh god sure exactly because then now anyway "
    "actually also all aww ugh oof whoa damn dang jesus jeez geez yikes omg hell holy shit fuck crap "
    "finally see good great hun sweetie ouch alright guess maybe please"
)
"""Words that may stand before a clause's own first word."""

_ALWAYS_SUBJECTS = listed("i we he she they")
_ASKED_WITH_DO = listed("you we they i these those")
_HOLDS_ITS_VERB = _ALWAYS_SUBJECTS | listed("you it that this these those everyone everybody nobody")
_AFTER_SUBJECT = AUXILIARIES | listed(
    "feel felt feels want wanted need needed think thought know knew seem seems sound sounds look looks "
    "like liked love loved hate hated wish hope hoped care cared deserve deserved handled managed tried "
    "try worked work got get said say told tell made make makes took take takes went go goes came come "
    "keep kept always never really just still also even only actually probably already better hurts hurt "
    "matters sucks happens happened means meant mentioned enjoy enjoyed miss missed spend spent find "
    "found see saw hear heard understand understood gave give deal started start drink smoke use used "
    "live lived believe expect expected remember forgot left lost put let must ought should stop talk "
    "talked ask asked cannot noticed noticing worry stay"
)
"""Words that make a subject of the `you`, `it` or `that` before them, which are objects as often."""

_CONJUNCTIONS = listed("and but so because or though although cause then")
_MODALS = listed("can could will would shall should may might must")
_OPENERS = listed("sorry thanks thank please tell let maybe perhaps anyway")
"""Words that may begin a clause without a subject."""

_BEFORE_OPENERS = _MODALS | listed("you please am so very")
_ADDRESSES = listed("have yeah okay honey babe wow oh well")
_BEFORE_WANT = SUBJECTS | _MODALS | listed("to not do did really just always people")
"""Words after which `want` is no question of its own."""

_AFTER_CONJUNCTION = SUBJECTS | WH_WORDS | AUXILIARIES | listed("not maybe")
_AFTER_LEAD_IN = SUBJECTS | WH_WORDS | AUXILIARIES | LEAD_INS
_MEANT_LEAD_INS = listed(
    "hell holy fuck damn finally shit well good great right sure look see love listen maybe guess please all"
)
"""Lead-ins that carry meaning when no subject follows: `good job`, `love you`."""

_AFTER_MEANT_NO = listed("wonder one matter way need rush pressure")
_REPORTS = listed("how tell told telling remind reminded what whatever which")
_HANGS = listed("the a an my your to of and but so because")
_AFTER_WHAT = AUXILIARIES | listed("brings happened happens made makes else about")
_BEFORE_EMBEDDED = listed("of about to in on for with at from by the and or but so than if")
_NO_BREAK_AFTER = listed(
    "a an the my your his her our their its to of for with about from at by on in into than as if when "
    "while because that who what how why where which whether until unless since before after and or but "
    "so though although like think thought know knew feel felt feels guess believe hope wish hear heard "
    "see saw say said else says saying tell told mean means bet suppose swear understand understood "
    "realize realized notice noticed remember forget sure glad everything anything something nothing all "
    "way time times thing things person people one reason moment day not never always just really only "
    "even still also do does did am is are was were be been have has had can could will would shall "
    "should may might must sounds seems looks sound seem look whatever however whenever maybe perhaps i "
    "we he she they imagine wonder wondering then most part much more less every any some no ask asked "
    "let make makes made watch help picture hearing thinking knowing feeling guessing"
)


class Clause(msgspec.Struct, frozen=True):
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
    if text in _OPENERS and following:
        return _opens(text, previous, following)
    if text == "want":
        return previous not in _BEFORE_WANT
    if text in WH_WORDS and inverts(texts, position + 1, position + 2) and previous not in _BEFORE_EMBEDDED:
        return True
    if previous in _NO_BREAK_AFTER or (text in SUBJECTS and _reported(texts, position)):
        return False
    if text in WH_WORDS:
        return _asks(texts, position)
    if text in AUXILIARIES:
        asked_before = not WH_WORDS.isdisjoint(texts[max(started, position - 2) : position])
        asks = following in SUBJECTS and (text != "do" or following in _ASKED_WITH_DO)
        return asks and previous not in _HOLDS_ITS_VERB and not asked_before
    if text in SUBJECTS:
        return text in _ALWAYS_SUBJECTS or following in _AFTER_SUBJECT
    return text in _ADDRESSES and following != ""


def _reported(texts: Sequence[str], position: int) -> bool:
    """A subject inside of something longer: `how tired you are`, `tell him you are`."""
    return texts[max(0, position - 2)] in _REPORTS


def _asks(texts: Sequence[str], position: int) -> bool:
    """A wh-word that asks: `what is`, `when did he`; not one that relates, as in `the man who is`."""
    following = texts[position + 1] if position + 1 < len(texts) else ""
    match texts[position]:
        case "what":
            return following in _AFTER_WHAT or inverts(texts, position + 2, position + 6)
        case "how" | "why":
            return (
                following in AUXILIARIES
                or following in {"about", "come"}
                or inverts(texts, position + 2, position + 4)
            )
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
            return following in _AFTER_CONJUNCTION


def _opens(text: str, previous: str, following: str) -> bool:
    """Tell whether `tell me`, `let us`, `thank you`, `sorry` and such begin a clause."""
    if previous in _NO_BREAK_AFTER or previous in _BEFORE_OPENERS:
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
    return texts[position - 1] in _HANGS


def _core(texts: Sequence[str], start: int, end: int) -> int:
    position = start
    while position < end - 1 and texts[position] in LEAD_INS:
        text, following = texts[position], texts[position + 1]
        if text == "no" and following in _AFTER_MEANT_NO:
            break
        if text in _MEANT_LEAD_INS and following not in _AFTER_LEAD_IN:
            break
        position += 1
    return position
