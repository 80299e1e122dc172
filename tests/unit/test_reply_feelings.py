"""Feeling words, their families and quadrants."""

import pytest

from coach.reply.feelings import feelings_from
from coach.reply.rulebook import feeling_words


def test_there_are_more_than_two_hundred_feelings_in_every_quadrant() -> None:
    listed = [feeling for group in feeling_words().by_first.values() for _, feeling, _ in group]

    assert len({feeling.word for feeling in listed}) > 200
    assert {feeling.quadrant for feeling in listed} == {"red", "yellow", "blue", "green"}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("you are so worried", "worried"),
        ("you feel left out", "left out"),
        ("you feel low", "low"),
        ("that is a low wall", None),
        ("he is good at it", None),
        ("the cat sat there", None),
    ],
)
def test_a_feeling_is_found_where_it_is_meant(text: str, word: str | None) -> None:
    texts = text.split()
    feeling = feeling_words().find(texts, 0, len(texts))

    assert (feeling.word if feeling else None) == word


@pytest.mark.parametrize("data", [{"joy": {"purple": "happy"}}, {"joy": "happy"}, {"joy": {"red": 3}}])
def test_a_mistake_in_the_file_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"joy|commas"):
        feelings_from(data)
