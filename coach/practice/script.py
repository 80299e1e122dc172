"""Guided scripts: partner's lines to answer, one TOML file each, that a counsellor can read and edit.

A script is data. Nothing in it is run, and no name in it is looked up anywhere.
"""

import os
import re
import stat
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, NoReturn, TypeVar

import msgspec

from coach.errors import InputError
from coach.practice.script_places import explain, fold, is_unsafe, line_of, one_line

SIZE_LIMIT = 256 * 1024
"""Bytes in a script, at most."""

LINE_WORDS = 30
"""Words in a partner's line, at most: about 12 seconds when it is spoken."""

LINE_DOTS = 60
"""Full stops in one line of the file, at most; a key `a.b.c` takes time that grows with their square."""

Level = Literal["easy", "middle", "hard"]
_LEVELS: tuple[Level, ...] = ("easy", "middle", "hard")

_Struct = TypeVar("_Struct", bound=msgspec.Struct)
_Short = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
_Text = Annotated[str, msgspec.Meta(min_length=1, max_length=600)]
_Spoken = Annotated[str, msgspec.Meta(min_length=1, max_length=240)]

_TOML_LINE = re.compile(r" \(at line (\d+), column \d+\)$")


class Partner(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is being answered."""

    feeling: _Text
    """How they feel when the script begins."""

    name: _Short | None = None
    """None means that they are called "your partner"."""


class Scene(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of the partner's, and help with the reply."""

    line: _Spoken
    """What the partner says, as they would say it."""

    hint: _Text
    """What to reach for in the reply."""

    good: Annotated[tuple[_Spoken, ...], msgspec.Meta(min_length=1, max_length=8)]
    """Model replies, as one would say them."""

    setting: Annotated[str, msgspec.Meta(max_length=240)] = ""
    """Where and when. Left out of the file, it is the script's."""


class ScriptFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the file of a script holds."""

    title: _Short
    skill: _Short
    """What is practised, in a few words."""

    kind: Literal["drill"]
    """`drill`: one line, one reply, then the next line."""

    why: _Text
    """Why it helps, in plain words."""

    source: _Text
    """The research or the practice it rests on."""

    level: Level
    minutes: Annotated[int, msgspec.Meta(ge=1, le=60)]
    setting: Annotated[str, msgspec.Meta(min_length=1, max_length=240)]
    """Where and when the scenes take place."""

    partner: Partner
    scenes: Annotated[tuple[Scene, ...], msgspec.Meta(min_length=1, max_length=60)]


class Script(ScriptFile, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A script that was read and checked."""

    name: str
    """The file's name without `.toml`; what the person types to choose it."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The scripts of a folder."""

    scripts: tuple[Script, ...]
    """The easy ones first, then by name."""

    problems: tuple[InputError, ...]
    """One for each file that cannot be used."""


def load_script(path: Path) -> Script:
    """Read and check one script.

    Raises:
        InputError: the file cannot be read, or what it holds is no script; names the file, the line
            when it is known, the field, and what was expected.
    """
    text = _read(path)
    for number, line in enumerate(text.split("\n")):
        if line.count(".") > LINE_DOTS:
            _refuse(path, number + 1, f"expected at most {LINE_DOTS} full stops in a line.")
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits is a plain ValueError
        found = _TOML_LINE.search(str(error))
        reason = _TOML_LINE.sub("", str(error)) or "too deeply nested"
        _refuse(path, int(found[1]) if found else None, f"this is not TOML: {one_line(reason)}.")
    try:
        content = msgspec.convert(document, ScriptFile)
    except msgspec.ValidationError as error:
        where, what = explain(str(error))
        _refuse(path, line_of(where, text, document), f"{where or 'the script'}: {what}")
    for where, value in _texts(document):
        _check_text(path, text, document, where=where, value=value)
    scenes = tuple(
        msgspec.structs.replace(_folded(scene), setting=fold(scene.setting or content.setting))
        for scene in content.scenes
    )
    for number, scene in enumerate(scenes):
        if len(scene.line.split()) > LINE_WORDS:
            where = f"scenes[{number}].line"
            reason = f"expected at most {LINE_WORDS} words, to be said in 12 seconds."
            _refuse(path, line_of(where, text, document), f"{where}: {reason}")
    fields = msgspec.structs.asdict(_folded(content)) | {
        "partner": _folded(content.partner),
        "scenes": scenes,
    }
    return Script(name=path.stem, **fields)


def find_script(wanted: str, folder: Path) -> Script:
    """Read the script of that name in `folder`, or the one at that path.

    Raises:
        InputError: there is none, or it is no script.
    """
    path = Path(wanted)
    if path.suffix == ".toml" or path.parent != Path():
        return load_script(path)
    path = folder / f"{wanted}.toml"
    if not path.exists():
        names = ", ".join(script.name for script in list_scripts(folder).scripts) or "none"
        raise InputError(f"There is no script named {one_line(wanted)}; there are: {names}.")
    return load_script(path)


def list_scripts(folder: Path) -> Shelf:
    """Read every `*.toml` of a folder, without looking into folders below it.

    Raises:
        InputError: the folder cannot be read.
    """
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".toml")
    except OSError as error:
        raise InputError(f"The scripts in {folder} cannot be read: {error.strerror}.") from error
    scripts: list[Script] = []
    problems: list[InputError] = []
    for path in paths:
        try:
            scripts.append(load_script(path))
        except InputError as error:
            problems.append(error)
    scripts.sort(key=lambda script: (_LEVELS.index(script.level), script.name))
    return Shelf(scripts=tuple(scripts), problems=tuple(problems))


def _refuse(path: Path, line: int | None, reason: str) -> NoReturn:
    place = path.name if line is None else f"{path.name}, line {line}"
    raise InputError(f"{one_line(place)}: {reason}")


def _read(path: Path) -> str:
    # A pipe would keep `open` waiting for a writer; O_NONBLOCK does not exist on every system.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(path, flags), "rb") as file:  # noqa: PTH123 - `Path.open` takes no descriptor
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                _refuse(path, None, "expected a regular file.")
            content = file.read(SIZE_LIMIT + 1)
    except IsADirectoryError:
        _refuse(path, None, "expected a regular file, and this is a folder.")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is no file name"
        _refuse(path, None, f"it cannot be opened: {reason}.")
    if len(content) > SIZE_LIMIT:
        _refuse(path, None, f"expected at most {SIZE_LIMIT // 1024} KB; split it in two scripts.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        _refuse(path, line, "expected UTF-8 text; save it again as UTF-8.")


def _texts(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Every text of the document, with the field it stands in."""
    match value:
        case str():
            yield where, value
        case list():
            for number, item in enumerate(value):
                yield from _texts(item, f"{where}[{number}]")
        case dict():
            for key, item in value.items():
                yield from _texts(item, f"{where}.{key}" if where else key)
        case _:
            pass


def _check_text(path: Path, text: str, document: dict[str, Any], *, where: str, value: str) -> None:
    if any(is_unsafe(letter) for letter in value):
        reason = "expected plain text, and it holds a control character."
        _refuse(path, line_of(where, text, document), f"{where}: {reason}")
    if not value.strip() and not where.endswith("setting"):
        _refuse(path, line_of(where, text, document), f"{where}: expected some words, and it is empty.")


def _folded(struct: _Struct) -> _Struct:
    """Write each text of a struct on one line."""
    changes: dict[str, Any] = {}
    for name, value in msgspec.structs.asdict(struct).items():
        match value:
            case str():
                changes[name] = fold(value)
            case tuple() if all(isinstance(item, str) for item in value):
                changes[name] = tuple(fold(item) for item in value)
            case _:
                pass
    return msgspec.structs.replace(struct, **changes)
