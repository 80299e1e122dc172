"""Text from outside, made fit to be shown: as it is, on the screen and nowhere else."""

import unicodedata

_SPACES = frozenset("\t\n\r\v\f\x85\u2028\u2029")
_DIRECTION_CHANGES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Could make the words around them read backwards."""


def plain(text: str) -> str:
    """Return `text` on one line without control characters; lone surrogates become U+FFFD.

    The result is for widgets that parse no markup.
    """
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if character in _SPACES:
        return " "
    if character in _DIRECTION_CHANGES:
        return ""
    match unicodedata.category(character):
        case "Cc":
            return ""
        case "Cs":
            return "\ufffd"
        case _:
            return character
