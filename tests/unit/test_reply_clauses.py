"""Words made ready for reading, and clauses found in speech without punctuation."""

import pytest

from coach.reply.clauses import clauses_of
from coach.reply.questions import question_form
from coach.reply.tokens import PAUSE_SECONDS, expand, tokens_of
from coach.reply.words import Word, words_from_text


def clauses(text: str) -> list[str]:
    tokens = tokens_of(words_from_text(text))
    return [" ".join(tokens.texts[clause.start : clause.end]) for clause in clauses_of(tokens)]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("You're sad", "you are sad"),
        ("it's been hard", "it has been hard"),
        ("you'd been there", "you had been there"),
        ("i'm gonna um wanna go", "i am going to want to go"),
        ("that that sounds sounds hard", "that sounds hard"),
        ("i was i was there", "i was there"),
        ("it was, like, so hard", "it was like so hard"),
        ("well like that hurts", "well that hurts"),
        ("what was that like", "what was that like"),
        ("it was you know hard", "it was hard"),
        ("do you know him", "do you know him"),
        ("your sister's fault", "your sister fault"),
        ("dont worry", "do not worry"),
        ("i shouldn't've gone", "i should not have gone"),
        ("you'd've known", "you would have known"),
    ],
)
def test_contractions_open_and_fillers_go(text: str, tokens: str) -> None:
    assert " ".join(tokens_of(words_from_text(text)).texts) == tokens


def test_a_word_of_endless_endings_is_opened_only_so_far() -> None:
    assert expand("x" + "'re" * 3000) == ("x" + "'re" * 2998, "are", "are")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("that sounds hard i am sorry", ["that sounds hard", "i am sorry"]),
        ("that sounds hard want to talk about it", ["that sounds hard", "want to talk about it"]),
        ("that makes sense but you should quit", ["that makes sense", "but you should quit"]),
        ("i think you are right", ["i think you are right"]),
        ("that hurt you what happened", ["that hurt you", "what happened"]),
        ("i know how tired you are", ["i know how tired you are"]),
        ("he gave it to you", ["he gave it to you"]),
        ("you felt alone do you want to talk", ["you felt alone", "do you want to talk"]),
        ("Oh no. You poor thing", ["oh no", "you poor thing"]),
        ("you look worn-out today", ["you look worn out today"]),
    ],
)
def test_clauses_are_found_without_marks(text: str, expected: list[str]) -> None:
    assert clauses(text) == expected


def spoken(text: str, pause_after: int, pause: float) -> list[Word]:
    words: list[Word] = []
    start = 0.0
    for index, word in enumerate(text.split()):
        words.append(Word(word, start, start + 0.2))
        start += 0.2 + (pause if index == pause_after else 0.05)
    return words


def test_a_long_pause_ends_a_clause_and_a_breath_does_not() -> None:
    text = "really hard my love"
    long = clauses_of(tokens_of(spoken(text, 1, PAUSE_SECONDS + 0.05)))
    short = clauses_of(tokens_of(spoken(text, 1, PAUSE_SECONDS - 0.05)))

    assert [clause.start for clause in long] == [0, 2]
    assert [clause.start for clause in short] == [0]


def test_a_pause_after_the_does_not_end_a_clause() -> None:
    assert len(clauses_of(tokens_of(spoken("that is the worst", 2, 1.0)))) == 1


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("what was that like", "open"),
        ("so how are you feeling", "open"),
        ("why did he say that", "open"),
        ("what kind of day did you have", "open"),
        ("how ready are you", "open"),
        ("in what way", "open"),
        ("did you eat", "closed"),
        ("is your mom coming", "closed"),
        ("how many were there", "closed"),
        ("when did it start", "closed"),
        ("you left early?", "closed"),
        ("so three times a week is that right", "closed"),
        ("what a day", None),
        ("how much you care", None),
        ("what i hear is pain", None),
        ("when you came home", None),
        ("you left early", None),
        ("uh huh", None),
    ],
)
def test_questions_are_found_without_marks(text: str, form: str | None) -> None:
    tokens = tokens_of(words_from_text(text))

    assert question_form(tokens.texts, clauses_of(tokens)[-1]) == form
