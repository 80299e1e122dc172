"""Reflections that no stock phrase gives away: clauses about the partner that say their words or feelings back."""

from collections.abc import Sequence
from dataclasses import dataclass

from coach.reply.clauses import AUXILIARIES, LEAD_INS, Clause
from coach.reply.feelings import FeelingWords
from coach.reply.moves import Depth
from coach.reply.tokens import Tokens

_FUNCTION_WORDS = frozenset(
    "a an the and or but so if then than that this these those there here of to in on at for from with about into "
    "by as it its i me my mine myself you your yours yourself we us our he him his she her they them their what "
    "which who how why when where am is are was were be been being do does did done doing have has had having "
    "can could will would shall should may might must not no yes just really very too also even still only well "
    "oh okay right yeah like know mean get got go going all some any more much many lot lots bit little kind sort "
    "up out down off over again because until while thing things something anything everything nothing think guess "
    "say said want one now back never always maybe sure let come came way day time people make makes made good".split()
)
_ADVICE = frozenset("should need must ought better could can might may try".split())
_ACCUSING = frozenset("always never dramatic ridiculous stupid fault".split())
_OWN = frozenset({"i", "me", "my", "mine", "myself"})
_PARROT_SHARE = 0.85
"""A clause this full of the partner's own words, in their order, is hardly more than an echo."""


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner's line, read once."""

    tokens: Tokens
    stems: frozenset[str]
    """Stems of the words that carry its content."""

    speaks_of_you: bool
    """Whether it is about the person who replies: `you never help`."""

    has_feeling: bool


@dataclass(frozen=True, slots=True)
class Echo:
    """How far a clause says something back."""

    depth: Depth
    confidence: float
    reason: str


def read_partner(tokens: Tokens, feelings: FeelingWords) -> Partner:
    """Read a partner's line."""
    return Partner(
        tokens=tokens,
        stems=frozenset(stem(text) for text in tokens.texts if text not in _FUNCTION_WORDS),
        speaks_of_you=any(text in {"you", "your"} for text in tokens.texts),
        has_feeling=feelings.find(tokens.texts, 0, len(tokens.texts)) is not None,
    )


def stem(word: str) -> str:
    """Cut a word to what its inflections share, roughly: `worried` and `worries` meet in `worr`."""
    for ending in ("ings", "ing", "ied", "ies", "ed", "es", "ly", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:  # noqa: PLR2004 - what is left must still tell
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word  # noqa: PLR2004 - `stopp` is `stop`


def echo_of(
    texts: Sequence[str], clause: Clause, partner: Partner | None, feelings: FeelingWords
) -> Echo | None:
    """Judge whether a clause that does not ask reflects; None when it does not."""
    said = texts[clause.core : clause.end]
    if not said or said[0] in _OWN or not _ADVICE.isdisjoint(said[:4]) or not _ACCUSING.isdisjoint(said):
        return None
    content = [text for text in said if text not in _FUNCTION_WORDS]
    shared = (
        [text for text in content if stem(text) in partner.stems] if partner is not None and content else []
    )
    feeling = feelings.find(texts, clause.core, clause.end)
    lead = texts[clause.start : clause.core]
    about_you = said[0] in {"you", "your"}
    mentions_you = any(text in {"you", "your", "yourself"} for text in said)
    own = any(text in _OWN for text in said)
    if about_you:
        return _about_you(said, lead, shared, content, own=own, has_feeling=feeling is not None, partner=partner)
    if own or partner is None:
        return None
    if len(shared) >= 2 and (mentions_you or said[0] in {"he", "she", "they", "it", "that", "there", "not", "when"}):  # noqa: PLR2004 - two words may still meet by chance
        return Echo(_depth(shared, content), 0.62, "this says back what they told you")
    if shared and len(shared) == len(content) and len(said) <= 8 and said[0] not in AUXILIARIES:  # noqa: PLR2004 - a short echo
        return Echo("simple", 0.6, "this says back a word of theirs")
    if mentions_you and shared and lead and lead[-1] in {"so", "and"}:
        return Echo("complex", 0.5, "this may say back what they told you")
    return None


def _about_you(
    said: Sequence[str],
    lead: Sequence[str],
    shared: Sequence[str],
    content: Sequence[str],
    *,
    own: bool,
    has_feeling: bool,
    partner: Partner | None,
) -> Echo | None:
    if said[1:2] and said[1] in {"too", "guys", "welcome", "know"} or said[:3] == ["you", "are", "welcome"]:
        return None
    if len(said) < 3:  # noqa: PLR2004 - `you are` says nothing back
        return None
    so = bool(lead) and "so" in lead
    if partner is not None and partner.speaks_of_you and not so and not shared and not has_feeling:
        return None
    confidence = 0.55 + 0.12 * min(2, len(shared)) + 0.1 * has_feeling + 0.12 * so - 0.15 * own
    if not shared and not has_feeling and not so:
        confidence -= 0.1
    if partner is None and not has_feeling and not so:
        return None
    if confidence < 0.45:  # noqa: PLR2004 - less than this is a coin toss
        return None
    depth: Depth = "complex" if has_feeling and not shared else _depth(shared, content)
    return Echo(depth, min(0.9, confidence), "this says back what they told you")


def _depth(shared: Sequence[str], content: Sequence[str]) -> Depth:
    """Most of the words theirs: simple. Something added: complex."""
    return "simple" if content and len(shared) >= 0.5 * len(content) else "complex"


def parrots(said: Sequence[str], partner: Partner) -> bool:
    """Tell whether words repeat the partner's nearly unchanged, pronouns turned or not."""
    words = [text for text in said if text not in LEAD_INS]
    if len(words) < 4:  # noqa: PLR2004 - repeating two words is an echo that invites
        return False
    turned = [_turn(text) for text in words]
    theirs = [_turn(text) for text in partner.tokens.texts]
    common = _longest_common(turned, theirs)
    return common >= _PARROT_SHARE * len(turned) and common >= 0.6 * min(len(theirs), 2 * len(turned))


def _turn(text: str) -> str:
    match text:
        case "i" | "me" | "you" | "we" | "us":
            return "you"
        case "my" | "your" | "our" | "mine" | "yours":
            return "your"
        case "am" | "are" | "is" | "was" | "were":
            return "be"
        case _:
            return text


def _longest_common(first: Sequence[str], second: Sequence[str]) -> int:
    """Length of the longest common subsequence."""
    row = [0] * (len(second) + 1)
    for left in first:
        diagonal = 0
        for column, right in enumerate(second, start=1):
            diagonal, row[column] = (
                row[column],
                diagonal + 1 if left == right else max(row[column], row[column - 1]),
            )
    return row[-1]
