"""Guided scripts: those that ship, and files that are none."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import InputError
from coach.practice.script import LINE_WORDS, SIZE_LIMIT, Script, list_scripts, load_script
from coach.reply.assessment import assess
from coach.reply.moves import BLOCKING, HELPFUL, FindingName
from coach.reply.words import words_from_text

SCRIPTS = Path(__file__).parents[2] / "scripts"
SHIPPED = list_scripts(SCRIPTS).scripts
MODEL_REPLIES = [(scene.line, reply) for script in SHIPPED for scene in script.scenes for reply in scene.good]
SMALL = """\
title = "Far away"
skill = "Being close on the phone"
kind = "drill"
why = "The voice is all there is."
source = "A counsellor's practice"
level = "easy"
minutes = 5
setting = "On the phone."

[partner]
feeling = "lonely"

[[scenes]]
line = "It's so quiet without you."
hint = "Say what the quiet may feel like."
good = ["That sounds lonely."]

[[scenes]]
setting = "The next morning."
line = "I slept with the light on."
hint = "Something was hard about the night."
good = ["That sounds frightening.", "Tell me about it."]
"""


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "far-away.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_every_shipped_script_loads() -> None:
    shelf = list_scripts(SCRIPTS)
    assert shelf.problems == ()
    assert {script.name for script in shelf.scripts} == {
        "first-five-minutes",
        "good-news",
        "hard-feelings",
        "i-statements-and-repair",
        "listen-not-fix",
        "specific-gratitude",
    }


@pytest.mark.parametrize("script", SHIPPED, ids=lambda script: script.name)
def test_a_shipped_script_is_as_long_as_it_should_be(script: Script) -> None:
    assert 6 <= len(script.scenes) <= 10
    assert all(2 <= len(scene.good) <= 4 for scene in script.scenes)
    assert len({scene.line for scene in script.scenes}) == len(script.scenes)


@pytest.mark.parametrize("spoken", [False, True], ids=["typed", "spoken"])
@pytest.mark.parametrize(
    ("line", "reply"),
    MODEL_REPLIES,
)
def test_a_model_reply_helps_and_nothing_in_it_gets_in_the_way(
    line: str, reply: str, *, spoken: bool
) -> None:
    words = words_from_text(reply)
    found = assess([replace(word, mark="") for word in words] if spoken else words, partner=line)
    moves = {span.move for span in found.moves}
    assert moves & HELPFUL
    assert not moves & BLOCKING
    assert all(finding.finding is not FindingName.PREMATURE_FIXING for finding in found.findings)


def test_the_readme_names_every_shipped_script_and_its_example_loads(tmp_path: Path) -> None:
    readme = (SCRIPTS / "README.md").read_text()
    assert all(f"`{script.name}`" in readme for script in SHIPPED)
    example = readme.split("```toml\n")[1].split("```")[0]
    assert load_script(write(tmp_path, example)).partner.name == "Sam"


def test_a_script_gives_what_a_session_needs(tmp_path: Path) -> None:
    script = load_script(write(tmp_path, SMALL))
    assert (script.name, script.title, script.level) == ("far-away", "Far away", "easy")
    assert script.partner.name is None
    assert [scene.setting for scene in script.scenes] == ["On the phone.", "The next morning."]
    assert script.scenes[1].line == "I slept with the light on."
    assert script.scenes[1].good == ("That sounds frightening.", "Tell me about it.")


def test_text_over_several_lines_becomes_one_line(tmp_path: Path) -> None:
    text = SMALL.replace('"The voice is all there is."', '"""\nThe voice\n  is all there is."""')
    assert load_script(write(tmp_path, text)).why == "The voice is all there is."


def test_windows_line_ends_and_a_byte_order_mark_are_fine(tmp_path: Path) -> None:
    text = b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode()
    assert load_script(write(tmp_path, text)) == load_script(write(tmp_path, SMALL))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('title = "Far away"\n', "", "far-away.toml: title: it is missing."),
        (
            "minutes = 5",
            'minutes = "5"',
            "far-away.toml, line 7: minutes: expected a whole number, got text.",
        ),
        ("minutes = 5", "minutes = 0", "far-away.toml, line 7: minutes: expected a whole number >= 1."),
        ('"drill"', '"branches"', "far-away.toml, line 3: kind: invalid enum value 'branches'."),
        ("level =", "levle =", "far-away.toml, line 6: levle: no such field is known; check its spelling."),
        ('"lonely"', "3", "far-away.toml, line 11: partner.feeling: expected text, got a whole number."),
        (
            '["That sounds lonely."]',
            '"That sounds lonely."',
            "far-away.toml, line 16: scenes[0].good: expected a list, got text.",
        ),
        (
            '"Tell me about it."',
            "7",
            "far-away.toml, line 22: scenes[1].good[1]: expected text, got a whole number.",
        ),
        (
            'hint = "Something was hard about the night."\n',
            "",
            "far-away.toml, line 18: scenes[1].hint: it is missing.",
        ),
        (
            '"I slept with the light on."',
            '"' + "so " * LINE_WORDS + 'dark"',
            "far-away.toml, line 20: scenes[1].line: expected at most 30 words, to be said in 12 seconds.",
        ),
        (
            '"lonely"',
            r'"\u001b[2J lonely"',
            "far-away.toml, line 11: partner.feeling: expected plain text, and it holds a control character.",
        ),
        (
            '"lonely"',
            '"  "',
            "far-away.toml, line 11: partner.feeling: expected some words, and it is empty.",
        ),
        ('"lonely"', "lonely", "far-away.toml, line 11: this is not TOML: Invalid value."),
        (
            "[[scenes]]",
            "[scenes]",
            "far-away.toml, line 18: this is not TOML: Cannot declare ('scenes',) twice.",
        ),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in SMALL
    with pytest.raises(InputError) as error:
        load_script(write(tmp_path, SMALL.replace(old, new)))
    assert str(error.value) == message


def test_no_line_is_named_when_the_scenes_are_written_in_another_way(tmp_path: Path) -> None:
    head = SMALL.split("[partner]", maxsplit=1)[0]
    text = head + 'partner = {feeling = "lonely"}\nscenes = [{line = 1, hint = "h", good = ["g"]}]\n'
    with pytest.raises(InputError, match=r"^far-away\.toml: scenes\[0\]\.line: expected text"):
        load_script(write(tmp_path, text))


def test_only_regular_files_of_a_sensible_size_are_read(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / "dangling.toml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "large.toml").write_text("#" * (SIZE_LIMIT + 1))
    (tmp_path / "latin.toml").write_bytes(b'title = "a"\nskill = "caf\xe9"\n')
    (tmp_path / "good.toml").write_text(SMALL)
    shelf = list_scripts(tmp_path)
    assert [script.name for script in shelf.scripts] == ["good"]
    assert sorted(map(str, shelf.problems)) == [
        "dangling.toml: it cannot be opened: No such file or directory.",
        "folder.toml: expected a regular file, and this is a folder.",
        "large.toml: expected at most 256 KB; split it in two scripts.",
        "latin.toml, line 2: expected UTF-8 text; save it again as UTF-8.",
        "pipe.toml: expected a regular file.",
    ]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere cannot be read: No such file or directory\.$"):
        list_scripts(tmp_path / "nowhere")


def test_the_easy_scripts_come_first(tmp_path: Path) -> None:
    for name, level in (("a", "hard"), ("b", "easy"), ("c", "middle")):
        (tmp_path / f"{name}.toml").write_text(SMALL.replace('"easy"', f'"{level}"'))
    assert [script.name for script in list_scripts(tmp_path).scripts] == ["b", "c", "a"]


@given(
    cut=st.integers(0, len(SMALL)),
    noise=st.binary(max_size=40) | st.text(max_size=20).map(lambda text: text.encode(errors="replace")),
    length=st.integers(0, 60),
)
def test_a_damaged_script_loads_or_is_refused_in_one_line(
    tmp_path_factory: pytest.TempPathFactory, cut: int, noise: bytes, length: int
) -> None:
    content = SMALL.encode()
    path = tmp_path_factory.getbasetemp() / "damaged.toml"
    path.write_bytes(content[:cut] + noise + content[cut + length :])
    try:
        script = load_script(path)
    except InputError as error:
        message = str(error)
        assert message.startswith("damaged.toml")
        assert message.isprintable() or all(letter.isprintable() or letter.isspace() for letter in message)
        assert len(message.splitlines()) == 1
    else:
        assert script.name == "damaged"
        assert all(scene.line.isprintable() for scene in script.scenes)


@pytest.mark.parametrize(
    "hostile",
    [
        "title = " + "[" * 100_000,
        "title = " + "{a=" * 20_000,
        "a" + ".a" * 100_000 + " = 1",
        "partner" + ".name" * 50_000 + " = 1",
        "minutes = " + "9" * 100_000,
        "title = '" + "a" * 200_000 + "'",
    ],
    ids=["lists", "tables", "keys", "partner", "number", "text"],
)
def test_hostile_files_are_refused(tmp_path: Path, hostile: str) -> None:
    with pytest.raises(InputError) as error:
        load_script(write(tmp_path, hostile))
    assert len(str(error.value)) < 400
