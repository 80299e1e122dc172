"""What the README says about the command line is true."""

import re
import shlex

import click
import pytest
from click.testing import CliRunner

from coach.cli import main
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text()
COMMANDS = sorted({shlex.join(shlex.split(line)) for line in re.findall(r"`(coach(?: [^`]*)?)`", README)})


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_of_the_readme_is_accepted(line: str) -> None:
    words = shlex.split(line)[1:]
    if words:
        command = main.commands[words[0]]
        options = {name for parameter in command.params for name in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= options
    assert CliRunner().invoke(main, [*words[:1], "--help"]).exit_code == 0


@pytest.mark.parametrize("name", sorted(main.commands))
def test_a_command_is_in_the_readme(name: str) -> None:
    assert f"`coach {name}" in README


@pytest.mark.parametrize("command", [main, *main.commands.values()], ids=lambda command: command.name)
def test_every_option_says_what_it_does(command: click.Command) -> None:
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    assert command.help
    assert all(option.help for option in options)


def test_make_targets_of_the_readme_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {
        target
        for line in re.findall(r"(?:`|\$ )make ([a-z]+(?: [a-z]+)*)", README)
        for target in line.split()
    }
    assert {"run", "test"} <= named <= targets
