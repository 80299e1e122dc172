"""Where in a script something is not as expected, said in one line."""

import re
import unicodedata
from typing import Any

_SHOWN_LETTERS = 120
_JOINERS = "\u200c\u200d"  # invisible, and needed to write some languages
_UNSAFE_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_SCENE_HEADER = re.compile(r"\s*\[\[\s*scenes\s*\]\]")
_HEADER = re.compile(r"\s*\[")
_PATH = re.compile(r"^(?P<what>.*?) - at `(?P<where>[^`]*)`$", re.DOTALL)


def explain(message: str) -> tuple[str, str]:
    """Split msgspec's message into the field it is about and what was expected there."""
    found = _PATH.match(message)
    where = found["where"].removeprefix("$").removeprefix(".") if found else ""
    what = found["what"] if found else message
    missing = re.match(r"Object missing required field `(\w+)`", what)
    unknown = re.match(r"Object contains unknown field `(.+)`", what, re.DOTALL)
    if missing:
        return one_line(".".join(filter(None, (where, missing[1])))), "it is missing."
    if unknown:
        name = one_line(".".join(filter(None, (where, unknown[1]))))
        return name, "no such field is known; check its spelling."
    plain = what.replace("`object`", "a table").replace("`array`", "a list").replace("`str`", "text")
    plain = plain.replace("`int`", "a whole number").replace("`", "")
    return one_line(where), f"{plain[:1].lower()}{one_line(plain[1:])}."


def line_of(where: str, text: str, document: dict[str, Any]) -> int | None:
    """Find the line in which a field such as `scenes[2].good[0]` is written; None when that is not sure."""
    lines = text.splitlines()
    headers = [number for number, line in enumerate(lines) if _SCENE_HEADER.match(line)]
    scenes = document.get("scenes", [])
    if not isinstance(scenes, list) or len(headers) != len(scenes):
        return None
    start, end = 0, next((number for number, line in enumerate(lines) if _HEADER.match(line)), len(lines))
    field = where
    if found := re.match(r"scenes\[(\d+)\](?:\.(\w+))?", where):
        start = headers[int(found[1])]
        end = next((number for number in headers if number > start), len(lines))
        field = found[2] or ""
    elif where.startswith("partner."):
        start = next((number for number, line in enumerate(lines) if re.match(r"\s*\[\s*partner", line)), 0)
        end = headers[0] if headers and headers[0] > start else len(lines)
        field = where.removeprefix("partner.")
    name = re.compile(rf"""\s*["']?{re.escape(field.split("[")[0])}["']?\s*=""")
    return next(
        (number + 1 for number in range(start, end) if field and name.match(lines[number])),
        start + 1 if start else None,
    )


def is_unsafe(letter: str) -> bool:
    """Say whether a letter is a control character, or another that is not seen."""
    return letter not in "\n\t\r" + _JOINERS and unicodedata.category(letter) in _UNSAFE_CATEGORIES


def fold(text: str) -> str:
    """Write a text on one line."""
    return " ".join(text.split())


def one_line(text: str) -> str:
    """Make words from a file fit to be shown: one line, nothing invisible, not too long."""
    shown = "".join(letter for letter in fold(text) if not is_unsafe(letter))
    return shown if len(shown) <= _SHOWN_LETTERS else f"{shown[: _SHOWN_LETTERS - 1]}\u2026"
