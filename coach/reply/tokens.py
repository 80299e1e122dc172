"""The words of a reply made ready for reading: contractions opened, fillers and stutters left out.

A token keeps the index of the word it came from, so whatever is found in tokens can be shown in words.
"""

from collections.abc import Sequence

import msgspec

from coach.reply.words import Word


def listed(words: str) -> frozenset[str]:
    """Take words written one after the other, as people read them."""
    return frozenset(words.split())


PAUSE_SECONDS = 0.35
"""A silence between two spoken words that is longer than this may end a clause; shorter ones are breath."""

_STRONG_MARKS = frozenset(".!?;\u2026")

_IRREGULAR: dict[str, tuple[str, ...]] = {
    "can't": ("can", "not"),
    "cannot": ("can", "not"),
    "won't": ("will", "not"),
    "ain't": ("is", "not"),
    "let's": ("let", "us"),
    "lets": ("let", "us"),
    "c'mon": ("come", "on"),
    "y'all": ("you", "all"),
    "gonna": ("going", "to"),
    "wanna": ("want", "to"),
    "gotta": ("got", "to"),
    "kinda": ("kind", "of"),
    "sorta": ("sort", "of"),
    "lemme": ("let", "me"),
    "gimme": ("give", "me"),
    "dunno": ("do", "not", "know"),
    "shoulda": ("should", "have"),
    "coulda": ("could", "have"),
    "woulda": ("would", "have"),
    "cause": ("because",),
    "cuz": ("because",),
    "alright": ("all", "right"),
    "ok": ("okay",),
    "u": ("you",),
    "ur": ("your",),
    "im": ("i", "am"),
    "ive": ("i", "have"),
    "hes": ("he", "is"),
    "shes": ("she", "is"),
    "dont": ("do", "not"),
    "cant": ("can", "not"),
    "wont": ("will", "not"),
}
_IRREGULAR |= {
    f"{verb}nt": (verb, "not")
    for verb in ("did", "does", "is", "was", "are", "were", "could", "would", "should", "have", "has", "had")
}
_IRREGULAR |= {
    f"{subject}{ending}": (subject, full)
    for subject, endings in {
        "you": {"re": "are", "ve": "have", "ll": "will", "d": "would"},
        "they": {"re": "are", "ve": "have"},
        "we": {"ve": "have"},
        "that": {"s": "is"},
        "what": {"s": "is"},
        "there": {"s": "is"},
    }.items()
    for ending, full in endings.items()
}
_ENDINGS = {"'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'m": "am"}
_MOST_ENDINGS = 2
"""Endings one after the other that are opened: `you'd've` has two, and no word has more."""

_TAKES_IS = listed(
    "he she it that this what who there here how where when why everything something nothing everyone "
    "everybody nobody somebody someone"
)

_FILLERS = listed("um uh er erm uhm umm mm hmm hm mmm eh")
"""Sounds that never carry meaning."""

_SOFT_FILLERS = (("you", "know"), ("i", "mean"), ("kind", "of"), ("sort", "of"), ("like",))
"""Words that are fillers in some places and meaning in others."""

_BEFORE_BEEN = {"is": "has", "would": "had"}
"""What `it's been` and `you'd been` mean."""

_FILLER_STARTS = _FILLERS | {filler[0] for filler in _SOFT_FILLERS}

_BEFORE_MEANT_LIKE = listed(
    "me feel feels felt feeling sound sounds sounded sounding look looks looked looking seem seems seemed is "
    "was are were be been would do does did not i you we they he she it that this to really more nothing "
    "something anything much just always never also what things days times people stuff someone somebody "
    "treated acts act acting talk talking"
)
_AFTER_MEANT_KNOW = listed("what how that why if about i you we who it when this where")
_BEFORE_MEANT_KNOW = listed("do did if let as what how that when would could not should")


class Tokens(msgspec.Struct, frozen=True):
    """A reply, or a partner's line, as tokens."""

    texts: tuple[str, ...]
    """Each token, lower case: `that`, `is`, `hard`."""

    indices: tuple[int, ...]
    """For each token, the index of its word."""

    breaks: dict[int, bool]
    """Token positions that a mark or a pause stands before; True for the end of a sentence."""

    asked: frozenset[int]
    """Token positions that a question mark stands before (the position after a question)."""

    maybe_fillers: bool
    """Whether it holds a `like`, `you know` or such that may be a filler or may carry meaning."""


def expand(word: str) -> tuple[str, ...]:
    """Open a contraction: `you're` gives `you are`, `gonna` gives `going to`; others stay as they are."""
    if (found := _IRREGULAR.get(word)) is not None:
        return found
    if "'" not in word:
        return (word,)
    endings: tuple[str, ...] = ()
    while len(endings) < _MOST_ENDINGS and word not in _IRREGULAR:
        rest, mark, ending = word.rpartition("'")
        if (full := _ENDINGS.get(mark + ending)) is None:
            break
        word, endings = rest, (full, *endings)
    return (*_without_ending(word), *endings)


def _without_ending(word: str) -> tuple[str, ...]:
    if (found := _IRREGULAR.get(word)) is not None:
        return found
    if word.endswith("n't"):
        return (word[:-3], "not")
    if word.endswith("'s"):
        return (word[:-2], "is") if word[:-2] in _TAKES_IS else (word[:-2],)
    return (word,)


def tokens_of(words: Sequence[Word], *, strip_soft_fillers: bool = False) -> Tokens:
    """Read words as tokens.

    `strip_soft_fillers` leaves out every `like`, `you know`, `i mean`, `kind of` and `sort of`, even where
    they may carry meaning; otherwise only where they hardly can.
    """
    spread: list[tuple[str, int]] = []
    for index, word in enumerate(words):
        for text in expand(word.word):
            spread.append((text, index))  # noqa: PERF401 - a comprehension of two loops is slower here
    texts: list[str] = []
    indices: list[int] = []
    maybe_fillers = False
    position = 0
    while position < len(spread):
        text, index = spread[position]
        if text in _FILLER_STARTS:
            skipped = _filler_length(spread, position, texts, strip_soft_fillers=strip_soft_fillers)
            if skipped > 0:
                position += skipped
                continue
            maybe_fillers = maybe_fillers or skipped < 0
        position += 1
        if texts and texts[-1] == text:
            continue
        if text == "been" and texts and texts[-1] in _BEFORE_BEEN:
            texts[-1] = _BEFORE_BEEN[texts[-1]]
        texts.append(text)
        indices.append(index)
        if texts[-4:-2] == texts[-2:] and len(texts) > 3:  # noqa: PLR2004 - a pair said twice
            del texts[-2:], indices[-2:]
    has_marks = any(word.mark for word in words)
    return Tokens(
        texts=tuple(texts),
        indices=tuple(indices),
        breaks=_breaks(words, indices) if has_marks or (words and words[0].end is not None) else {},
        asked=_asked(words, indices) if has_marks else frozenset(),
        maybe_fillers=maybe_fillers,
    )


def _filler_length(
    spread: Sequence[tuple[str, int]], position: int, before: Sequence[str], *, strip_soft_fillers: bool
) -> int:
    """Count the tokens of the filler that starts at `position`; 0 when none does, -1 when one may."""
    text = spread[position][0]
    if text in _FILLERS:
        return 1
    for filler in _SOFT_FILLERS:
        if text != filler[0]:
            continue
        end = position + len(filler)
        if tuple(token for token, _ in spread[position:end]) != filler:
            continue
        previous = before[-1] if before else ""
        following = spread[end][0] if end < len(spread) else ""
        if strip_soft_fillers or _surely_filler(filler, previous, following):
            return len(filler)
        return -1
    return 0


def _surely_filler(filler: tuple[str, ...], previous: str, following: str) -> bool:
    match filler:
        case ("like",):
            return previous not in _BEFORE_MEANT_LIKE
        case ("you", "know"):
            return previous not in _BEFORE_MEANT_KNOW and following not in _AFTER_MEANT_KNOW
        case ("i", "mean"):
            return following not in {"it", "that", "what"}
        case _:
            return previous not in {
                "some",
                "what",
                "any",
                "this",
                "that",
                "the",
                "a",
                "same",
                "other",
                "right",
            }


def _breaks(words: Sequence[Word], indices: Sequence[int]) -> dict[int, bool]:
    breaks: dict[int, bool] = {}
    for position in range(1, len(indices)):
        first, last = indices[position - 1], indices[position]
        for index in range(first, last):
            word, following = words[index], words[index + 1]
            if word.mark.strip("-"):
                strong = not _STRONG_MARKS.isdisjoint(word.mark)
                breaks[position] = breaks.get(position, False) or strong
            elif word.end is None or following.start is None:
                continue
            elif following.start - word.end > PAUSE_SECONDS:
                breaks.setdefault(position, False)
    return breaks


def _asked(words: Sequence[Word], indices: Sequence[int]) -> frozenset[int]:
    asked: set[int] = set()
    for position in range(1, len(indices) + 1):
        last = indices[position] if position < len(indices) else len(words)
        if any("?" in words[index].mark for index in range(indices[position - 1], last)):
            asked.add(position)
    return frozenset(asked)
