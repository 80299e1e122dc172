"""The little language of phrases, and what must never hide one."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.reply.reading import read_line, rules_found
from coach.reply.rulebook import RuleBook, load_rules, rule_book
from coach.reply.words import Word, words_from_text

HEAD = 'move = "fixing"\nreason = "r"\nsource = "s"\n[classes]\ncolour = "red, dark blue"\n'


def book(folder: Path, phrase: str, **guards: str) -> RuleBook:
    fields = "".join(f'{name} = "{value}"\n' for name, value in guards.items())
    path = folder / "one.toml"
    path.write_text(
        f'{HEAD}[[rule]]\nid = "one"\nphrases = "{phrase}"\nexamples = "x"\n{fields}', encoding="utf-8"
    )
    return load_rules([path])


def found(rules: RuleBook, text: str) -> list[tuple[int, int]]:
    return [(one.start_word, one.end_word) for one in rules_found(rules, read_line(words_from_text(text)))]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("paint it", "please paint it now", [(1, 3)]),
        ("paint it", "paint and it", []),
        ("you're late", "you are late", [(0, 3)]),
        ("you are late", "well you're late", [(1, 3)]),
        ("do not go", "don't go", [(0, 2)]),
        ("paint (it|the wall) red", "paint the wall red", [(0, 4)]),
        ("paint [it|the wall] red", "paint red", [(0, 2)]),
        ("paint it <colour>", "paint it dark blue", [(0, 4)]),
        ("paint {0-2} <colour>", "paint my old door red", []),
        ("paint {0-3} <colour>", "paint my old door red", [(0, 5)]),
        ("^ paint it", "i said paint it", []),
        ("^ paint it", "and so honey paint it", [(3, 5)]),
        ("paint it $", "paint it today", []),
        ("paint it $", "paint it because you can", [(0, 2)]),
        ("sounds hard", "that sounds like um really hard", []),
        ("sounds really hard", "that sounds like um really really hard", [(1, 7)]),
        ("paint the wall", "did you paint. the wall", []),
    ],
)
def test_the_language_of_phrases(
    tmp_path: Path, phrase: str, text: str, expected: list[tuple[int, int]]
) -> None:
    assert found(book(tmp_path, phrase), text) == expected


def test_guards_look_directly_before_directly_after_and_over_what_was_found(tmp_path: Path) -> None:
    before = book(tmp_path, "paint it", unless_before="do not")
    assert found(before, "do not paint it") == []
    assert found(before, "do paint it")

    after = book(tmp_path, "paint it", unless_after="later")
    assert found(after, "paint it later") == []
    assert found(after, "paint it. later") != []

    over = book(tmp_path, "you should [have]", unless="you should have")
    assert found(over, "you should have") == []
    assert found(over, "you should")


FILLERS = st.lists(st.sampled_from(["um", "uh", "you know", "like", "i mean", "er", "kind of"]), max_size=3)
SPOKEN = st.sampled_from(
    [
        (rule.id, line.strip())
        for rule in rule_book().rules
        for line in rule.examples.splitlines()
        if line.strip() and line.strip().islower()
    ]
)


@given(SPOKEN, FILLERS, FILLERS)
def test_fillers_around_a_phrase_never_hide_it(
    example: tuple[str, str], before: list[str], after: list[str]
) -> None:
    rule, line = example
    words = words_from_text(" ".join([*before, line, *after]))

    assert rule in {one.match.rule.id for one in rules_found(rule_book(), read_line(words))}


@given(SPOKEN, st.integers(0, 30), st.sampled_from(["um", "uh", "er"]))
def test_a_filler_in_the_middle_never_hides_a_phrase(
    example: tuple[str, str], place: int, filler: str
) -> None:
    rule, line = example
    words = list(words_from_text(line))
    words.insert(place % (len(words) + 1), Word(filler))

    assert rule in {one.match.rule.id for one in rules_found(rule_book(), read_line(words))}


@given(SPOKEN)
def test_a_stutter_never_hides_a_phrase(example: tuple[str, str]) -> None:
    rule, line = example
    first, *rest = words_from_text(line)

    assert rule in {one.match.rule.id for one in rules_found(rule_book(), read_line([first, first, *rest]))}
