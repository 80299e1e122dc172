"""Reflections that no stock phrase gives away: clauses that say the partner's words or feelings back."""

from collections.abc import Sequence

import msgspec

from coach.reply.clauses import AUXILIARIES, LEAD_INS, Clause
from coach.reply.feelings import FeelingWords
from coach.reply.moves import Depth
from coach.reply.tokens import Tokens, listed

_FUNCTION_WORDS = listed(
    "a an the and or but so if then than that this these those there here of to in on at for from with "
    "about into by as it its i me my mine myself you your yours yourself we us our he him his she her "
    "they them their what which who how why when where am is are was were be been being do does did done "
    "doing have has had having can could will would shall should may might must not no yes just really "
    "very too also even still only well oh okay right yeah like know mean get got go going all some any "
    "more much many lot lots bit little kind sort up out down off over again because until while thing "
    "things something anything everything nothing think guess say said want one now back never always "
    "maybe sure let come came way day time people make makes made good"
)
_ADVICE = listed("should need must ought better could can might may try will")
_ACCUSING = listed(
    "always never fault personally wrong messed knew either again same excuse excuses attention great "
    "deserved lucky screwed spine kidding"
)
"""Words with which what is said of `you` is held against them."""

_JUDGING = listed(
    "annoying arrogant baby boring brat careless childish clingy clueless clumsy coward crazy crybaby "
    "dramatic dumb dumbass embarrassing embarrassment failure fool foolish hysterical idiot idiotic "
    "ignorant immature incompetent insane irrational jerk joke lame lazy liar loser mental mess moody "
    "moron naive nag needy oversensitive paranoid pathetic pest petty princess quitter ridiculous rude "
    "selfish sensitive silly slob soft spoiled stubborn stupid ugly ungrateful unreasonable useless "
    "weak weird whiner whiny wimp worthless wuss hopeless impossible disgusting clown"
)
"""Words that judge somebody, where no `feel` or `think` makes them the judged one's own."""

_INNER = listed(
    "feel feels feeling felt think thinking thought want wanted wanting wish wished wishing hope hoped "
    "hoping need needed needing know knew wonder wondering believe care cared expect expected expecting "
    "love loved miss missed fear trying tried struggling looking rather afraid sure seem noticed "
    "noticing value decided considering worry see saw find found remember understand"
)
"""Words of feeling, wishing and thinking: what is inside of somebody, not what is wrong with them."""
_ORDERS = listed(
    "take start follow know rest do stop keep find try tell make go get be think remember consider look let "
    "just please does would could talk ask call see give use read write focus"
)
"""First words of advice, where no subject stands before them."""

_OWNED = listed(
    "feel feels feeling felt think thought thinking worry worried afraid scared believe wonder said called"
)
"""Words that make a judgement the judged one's own fear, or somebody else's."""

_THIRD = listed("he she they it that this there not when if the")
_OTHERS = frozenset({"he", "she", "they"})
_OWN = frozenset({"i", "me", "my", "mine", "myself"})
_NOT_YOU_ALONE = (("too",), ("guys",), ("welcome",), ("two",), ("both",))
_SHORTEST = 3
"""Tokens; `you are` says nothing back."""

_LONG = 14
"""A clause of this many tokens adds meaning of its own."""

_TELLING = 7
"""Remarks on somebody are shorter than a clause of this many tokens."""

_PARROT_SHARE = 0.85
"""A clause this full of the partner's own words, in their order, is hardly more than an echo."""


_WHERE = listed("not at in on with here now back there today")
"""Words after `you are` that say where somebody stands."""


class Partner(msgspec.Struct, frozen=True):
    """A partner's line, read once."""

    tokens: Tokens
    words: frozenset[str]
    stems: frozenset[str]
    """Stems of the words that carry its content."""

    speaks_of_you: bool
    """Whether it is about the person who replies: `you never help`."""

    has_feeling: bool


class Echo(msgspec.Struct, frozen=True):
    """How far a clause says something back."""

    depth: Depth
    confidence: float
    reason: str


def read_partner(tokens: Tokens, feelings: FeelingWords) -> Partner:
    """Read a partner's line."""
    return Partner(
        tokens=tokens,
        words=frozenset(tokens.texts),
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
    if not said or said[0] in _OWN or _directs(said) or _warns(said):
        return None
    content = [text for text in said if text not in _FUNCTION_WORDS]
    shared = [text for text in content if partner is not None and stem(text) in partner.stems]
    clue = _Clue(
        said=said,
        so="so" in texts[clause.start : clause.core],
        lead=not {"and", "but", "so"}.isdisjoint(texts[clause.start : clause.core]),
        shared=len(shared),
        content=len(content),
        own=not _OWN.isdisjoint(said),
        has_feeling=feelings.find(texts, clause.core, clause.end) is not None,
        thin=partner is None or len(partner.stems) < _SHORTEST,
    )
    if said[0] in {"you", "your"}:
        return _about_you(clue, partner)
    return None if clue.own or partner is None else _about_the_rest(clue)


class _Clue(msgspec.Struct, frozen=True):
    said: Sequence[str]
    so: bool
    """Whether a `so` opens the clause."""

    lead: bool
    """Whether it goes on from what was said, with `and`, `so` or `but`."""

    shared: int
    """How many of its content words the partner said."""

    content: int
    own: bool
    """Whether the speaker comes up in it."""

    has_feeling: bool
    thin: bool
    """Whether the partner said too little to be echoed."""

    @property
    def depth(self) -> Depth:
        """Most of the words theirs: simple. Something added: complex."""
        if self.has_feeling and not self.shared:
            return "complex"
        mostly_theirs = self.content and self.shared >= self.content / 2
        return "simple" if mostly_theirs or (self.thin and len(self.said) < _LONG) else "complex"


def _directs(said: Sequence[str]) -> bool:
    """Tell whether a clause tells them what to do: `you should`, `you could try`, but not `you can not`."""
    opening = said[1:3] if said[0] == "you" else said[:3]
    return any(
        text in _ADVICE and said[place + 1 : place + 2] != ("not",)
        for place, text in enumerate(opening, start=1 if said[0] == "you" else 0)
    )


def _warns(said: Sequence[str]) -> bool:
    """`If you drop out`; but not `if you could find a way`, which says a wish back."""
    return said[:2] == ("if", "you") and said[2:3] not in (("could",), ("can",), ("were",), ("had",))


def _insists(said: Sequence[str]) -> bool:
    """`You did mess up`, `you do the same`: said against them; `you know how he is`: past them."""
    if said[1] == "know" and said[2] in {"how", "what"} and len(said) < _TELLING:
        return True
    return said[1] in {"do", "did"} and said[2] != "not"


def _judges(said: Sequence[str]) -> bool:
    """Tell whether a clause finds fault with `you`: `you are a crybaby`, not `you feel like a loser`."""
    return not _JUDGING.isdisjoint(said) and _OWNED.isdisjoint(said)


def _tells_of_their_life(said: Sequence[str]) -> bool:
    """Tell whether a clause that echoes nothing follows their thoughts, or what is under way for them.

    `You want more from it`, `you have been carrying on`, `you are growing up`, `your plate is full`; a bare
    `you said nothing` or `you look old` is a remark on them.
    """
    under_way = said[1] == "have" or (
        said[1] in {"are", "were"} and (said[2] in _WHERE or any(text.endswith("ing") for text in said[2:5]))
    )
    return said[0] == "your" or under_way or len(said) >= _TELLING or not _INNER.isdisjoint(said[1:4])


def _about_you(clue: _Clue, partner: Partner | None) -> Echo | None:
    """A clause whose subject is `you` or yours."""
    said = clue.said
    thanked = said[1:2] in _NOT_YOU_ALONE or said[:3] == ("you", "are", "welcome")
    if len(said) < _SHORTEST or thanked or _insists(said) or not _ACCUSING.isdisjoint(said):
        return None
    if _judges(said):
        return None
    evidence = clue.shared or clue.has_feeling or clue.so
    if not evidence and (partner is None or partner.speaks_of_you or not _tells_of_their_life(said)):
        return None
    confidence = (
        0.55 + 0.12 * min(2, clue.shared) + 0.1 * clue.has_feeling + 0.12 * clue.so - 0.15 * clue.own
    ) - (0 if evidence else 0.08)
    if confidence < 0.45:  # noqa: PLR2004 - less than this is a coin toss
        return None
    return Echo(clue.depth, min(0.9, confidence), "this says back what they told you")


def _about_the_rest(clue: _Clue) -> Echo | None:
    """A clause about others, or about nobody, that the partner's own words run through."""
    said = clue.said
    if said[0] in _ORDERS:
        return None
    mentions_you = any(text in {"you", "your", "yourself"} for text in said)
    if clue.shared >= 2 and (mentions_you or said[0] in _THIRD):  # noqa: PLR2004 - one word may meet by chance
        return Echo(clue.depth, 0.62, "this says back what they told you")
    if clue.shared and clue.shared == clue.content and len(said) <= 8 and said[0] not in AUXILIARIES:  # noqa: PLR2004 - a short echo
        return Echo("simple", 0.6, "this says back a word of theirs")
    if said[0] in _OTHERS and mentions_you:
        return Echo(clue.depth, 0.5, "this may say back what they told you")
    if clue.so and (said[0] in _THIRD or mentions_you) and (clue.shared or mentions_you or len(said) <= 12):  # noqa: PLR2004 - longer ones tell something new
        return Echo(clue.depth, 0.5, "this may say back what they told you")
    if mentions_you and (clue.thin or clue.lead) and len(said) < 20:  # noqa: PLR2004 - longer ones tell something new
        return Echo(clue.depth, 0.47, "this may say back what they told you")
    return None


def parrots(said: Sequence[str], partner: Partner) -> bool:
    """Tell whether words repeat the partner's nearly unchanged, pronouns turned or not."""
    words = [text for text in said if text not in LEAD_INS]
    if len(words) < 4:  # noqa: PLR2004 - repeating two words is an echo that invites
        return False
    if sum(text in partner.words for text in words) < 0.5 * len(words):
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
    """Length of the longest common subsequence; one number holds a row of its table (Hyyr\u00f6 2004)."""
    places: dict[str, int] = {}
    for place, word in enumerate(second):
        places[word] = places.get(word, 0) | 1 << place
    full = (1 << len(second)) - 1
    row = full
    for word in first:
        found = row & places.get(word, 0)
        row = (row + found | row - found) & full
    return len(second) - row.bit_count()
