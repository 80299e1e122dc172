"""Each rule finds its own examples and none of its counter-examples."""

from pathlib import Path

import pytest

import coach.reply.rulebook
from coach.errors import InputError
from coach.reply.moves import FindingName, Move
from coach.reply.reading import read_line, rules_found
from coach.reply.rulebook import Rule, RuleBook, load_rules, rule_book
from coach.reply.words import words_from_text

FOLDER = Path(coach.reply.rulebook.__file__).parent
CRISIS = load_rules([FOLDER / "crisis.toml"])
RULES = [(book, rule) for book in (rule_book(), CRISIS) for rule in book.rules]


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


EXAMPLES = [
    pytest.param(book, rule, line, fires, id=f"{rule.id}-{'' if fires else 'not-'}{line.replace(' ', '-')}")
    for book, rule in RULES
    for fires, text in ((True, rule.examples), (False, rule.counter_examples))
    for line in lines(text)
]


@pytest.mark.parametrize(("book", "rule", "line", "fires"), EXAMPLES)
def test_a_rule_finds_its_examples_and_not_its_counter_examples(
    *, book: RuleBook, rule: Rule, line: str, fires: bool
) -> None:
    found = {match.match.rule.id for match in rules_found(book, read_line(words_from_text(line)))}

    assert (rule.id in found) is fires


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for _, rule in RULES])
def test_a_rule_says_why_and_from_where_and_when_not(rule: Rule) -> None:
    assert rule.reason
    assert rule.source
    assert lines(rule.counter_examples)


def test_every_move_that_words_alone_can_show_has_a_rule() -> None:
    covered = {rule.move for _, rule in RULES}

    assert covered >= set(Move) - {Move.CLOSED_QUESTION, Move.INFORMING}


def test_rules_may_name_a_finding_instead_of_a_move() -> None:
    findings = {rule.finding for _, rule in RULES if rule.finding}

    assert findings == {FindingName.GENERIC_PRAISE, FindingName.ACCUSING_WHY}


def test_every_phrase_and_every_guard_compiles() -> None:
    rule_book().check()
    CRISIS.check()


GOOD = """
move = "fixing"
reason = "this may land as advice"
source = "a test"
[[rule]]
id = "just-do"
phrases = "just do"
examples = "just do it"
"""


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (
            'phrases = "just do"',
            'phrases = "just (do"',
            r"bad\.toml: rule just-do, phrases: .*does not close",
        ),
        ('phrases = "just do"', 'phrases = "just do)"', r"bad\.toml: rule just-do, phrases: .*never opened"),
        (
            'phrases = "just do"',
            'phrases = "just <nope>"',
            r"rule just-do, phrases: .*<nope>, which no rule file",
        ),
        ('phrases = "just do"', 'phrases = "just (|do)"', r"rule just-do, phrases: .*empty place"),
        ('phrases = "just do"', 'phrases = "just $ do"', r"rule just-do, phrases: .*means nothing there"),
        (
            'phrases = "just do"',
            'phrases = "[just] {0-2}"',
            r"bad\.toml: rule just-do, phrases: .*must be there",
        ),
        ('phrases = "just do"', "", r"bad\.toml: rule just-do: .*phrases"),
        ('move = "fixing"', 'move = "scolding"', r"bad\.toml: .*scolding.*move"),
        ('move = "fixing"', "", r"bad\.toml: rule just-do: move is missing"),
        ('reason = "this may land as advice"', "", r"bad\.toml: rule just-do: reason is missing"),
        ('source = "a test"', "", r"bad\.toml: rule just-do: source is missing"),
        (
            'id = "just-do"',
            'id = "just-do"\nconfidence = 2',
            r"bad\.toml: rule just-do: .*field \.confidence",
        ),
        ('id = "just-do"', 'id = "just-do"\ncolour = "red"', r"bad\.toml: rule just-do: .*colour"),
        (
            'id = "just-do"',
            'id = "just-do"\nunless = "(x"',
            r"bad\.toml: rule just-do, unless: .*does not close",
        ),
        ("[[rule]]", "[[rule]", r"bad\.toml: "),
    ],
)
def test_a_mistake_in_a_rule_file_is_named_by_file_rule_and_field(
    tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")

    with pytest.raises(InputError, match=complaint) as caught:
        load_rules([path]).check()

    assert "\n" not in str(caught.value)


def test_a_rule_id_is_used_once(tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(GOOD + GOOD[GOOD.index("[[rule]]") :], encoding="utf-8")

    with pytest.raises(InputError, match=r"bad\.toml: rule just-do: this id is used twice"):
        load_rules([path])


def test_a_rule_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.toml cannot be read"):
        load_rules([tmp_path / "gone.toml"])
