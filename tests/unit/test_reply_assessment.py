"""One reply judged, as a partner would take it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coach.reply.assessment import Assessment, assess
from coach.reply.moves import BLOCKING, HELPFUL, FindingName, Move
from coach.reply.reading import JUDGED_WORDS
from coach.reply.rulebook import rule_book
from coach.reply.words import Word, words_from_text

REPLIES: list[dict[str, Any]] = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "data" / "replies.jsonl").read_text("utf-8").splitlines()
]


def judged(reply: str, partner: str | None = None) -> Assessment:
    return assess(words_from_text(reply), partner=partner)


def moves(reply: str, partner: str | None = None) -> set[str]:
    return {span.move.value for span in judged(reply, partner).moves}


@pytest.mark.parametrize("item", [pytest.param(item, id=item["reply"][:60]) for item in REPLIES])
def test_replies_between_partners(item: dict[str, Any]) -> None:
    found = moves(item["reply"], item["partner"])

    assert found >= set(item["moves"])
    assert found.isdisjoint(item["not"])
    assert found.isdisjoint(item.get("missed", [])), "heard at last: move it from `missed` to `moves`"


def test_the_demo_of_a_reply_that_helps() -> None:
    assessment = judged("that sounds really hard want to talk more about it", "my boss yelled at me")

    assert [(span.move, span.words) for span in assessment.moves] == [
        (Move.VALIDATION, "that sounds really hard"),
        (Move.OPEN_QUESTION, "want to talk more about it"),
    ]
    assert assessment.findings == ()
    assert assessment.score is not None
    assert assessment.score > 70


def test_the_demo_of_a_reply_that_fixes() -> None:
    assessment = judged("you should just talk to your boss", "my boss yelled at me")

    assert [(span.move, span.words) for span in assessment.moves] == [
        (Move.FIXING, "you should just talk to your boss")
    ]
    assert [finding.finding.value for finding in assessment.findings] == ["premature-fixing"]
    assert assessment.main_behavior == "input"
    assert assessment.score is not None
    assert assessment.score < 30


@pytest.mark.parametrize(
    ("reply", "present", "absent"),
    [
        ("you should be proud", "affirmation", "fixing"),
        ("i should have noticed", "ownership", "fixing"),
        ("you should have told me", "blaming", "fixing"),
        ("should i just listen", "permission", "fixing"),
        ("tell me about it", "open_question", "hijacking"),
        ("tell me about it my boss is worse", "hijacking", "open_question"),
        ("i feel that you never listen", "blaming", "disclosure"),
        ("it sounds like you don't want to hear my side", "blaming", "reflection"),
        ("would ideas help or should i just listen", "permission", "fixing"),
        ("have you tried asking", "fixing", "closed_question"),
        ("do you want to talk", "open_question", "closed_question"),
        ("did you eat", "closed_question", "open_question"),
        ("i'm sorry you feel that way", "minimizing", "ownership"),
        ("you're so brave", "affirmation", "blaming"),
        ("that's known is really hard", "validation", "informing"),
        ("that sound really hard want talk more about it", "validation", "informing"),
    ],
)
def test_traps_for_a_phrase_list(reply: str, present: str, absent: str) -> None:
    found = moves(reply)

    assert present in found
    assert absent not in found


def test_the_same_words_are_never_both_helpful_and_blocking() -> None:
    for item in REPLIES:
        spans = judged(item["reply"], item["partner"]).moves
        for helpful in spans:
            for blocking in spans:
                if helpful.move in HELPFUL and blocking.move in BLOCKING:
                    shared = range(
                        max(helpful.start_word, blocking.start_word), min(helpful.end_word, blocking.end_word)
                    )
                    assert not shared, (item["reply"], helpful, blocking)


@pytest.mark.parametrize(
    ("reply", "partner", "depth"),
    [
        ("your boss yelled at you", "my boss yelled at me", "simple"),
        ("you felt humiliated", "my boss yelled at me", "complex"),
        ("part of you wants to leave", "my boss yelled at me", "complex"),
    ],
)
def test_a_reflection_has_a_depth(reply: str, partner: str, depth: str) -> None:
    (span,) = judged(reply, partner).moves

    assert (span.move, span.depth) == (Move.REFLECTION, depth)


def test_a_feeling_that_is_named_has_a_family_and_a_quadrant() -> None:
    feeling = judged("you must be so frustrated").moves[0].feeling

    assert feeling is not None
    assert (feeling.word, feeling.family, feeling.quadrant) == ("frustrated", "anger", "red")


@pytest.mark.parametrize(
    ("reply", "main"),
    [
        ("it sounds like you felt alone", "reflection"),
        ("what was that like", "question"),
        ("you should call him", "input"),
        ("okay", "other"),
    ],
)
def test_main_behavior(reply: str, main: str) -> None:
    assert judged(reply, "i had a bad day").main_behavior == main


def test_advice_after_being_heard_costs_less_than_advice_alone() -> None:
    partner = "my boss yelled at me"
    alone = judged("you should talk to him", partner).score
    after = judged("that sounds awful you should talk to him", partner).score
    before = judged("you should talk to him that sounds awful", partner).score

    assert alone is not None
    assert after is not None
    assert before is not None
    assert alone < before < after


def test_no_words_have_no_score() -> None:
    assessment = judged("")

    assert assessment.score is None
    assert assessment.moves == ()
    assert assessment.findings == ()
    assert assessment.main_behavior == "other"


@given(
    st.lists(st.sampled_from(sorted({word for item in REPLIES for word in item["reply"].lower().split()})))
)
def test_any_words_are_judged_within_bounds_and_twice_alike(texts: list[str]) -> None:
    words = words_from_text(" ".join(texts))
    assessment = assess(words, partner="i feel so alone")

    assert assessment == assess(words, partner="i feel so alone")
    assert (assessment.score is None) == (not words or assessment.crisis is not None)
    assert assessment.score is None or 0 <= assessment.score <= 100
    starts = [span.start_word for span in assessment.moves]
    assert starts == sorted(starts)
    found = [(span.start_word, span.end_word, span.words) for span in assessment.moves]
    found += [(finding.start_word, finding.end_word, finding.words) for finding in assessment.findings]
    for start, end, said in found:
        assert 0 <= start < end <= len(words)
        assert said == " ".join(word.word for word in words[start:end])


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_can_be_judged(reply: str, partner: str) -> None:
    assert judged(reply, partner).partner == partner


@given(
    st.text(st.characters() | st.sampled_from("\ud800\udcff\x00\x1b\u2028")),
    st.none() | st.text(st.characters() | st.sampled_from("\ud800\udcff\x00\x1b\u2028")),
)
@example("that\udcff sounds\x00 hard", "i\udcffm sad")
def test_any_text_gives_an_assessment_that_can_be_written_as_json(reply: str, partner: str | None) -> None:
    assessment = judged(reply, partner)

    assert msgspec.json.decode(msgspec.json.encode(assessment), type=Assessment) == assessment


LONG = "You should just relax, because I know how you feel and it is not that bad. " * 540


def test_a_long_reply_is_judged_by_its_first_words() -> None:
    words = words_from_text(LONG)
    assessment = assess(words)
    first = assess(words[:JUDGED_WORDS])

    assert assessment.words == words
    assert assessment.moves == first.moves
    assert assessment.moves[-1].end_word <= JUDGED_WORDS
    (too_long,) = [found for found in assessment.findings if found.finding is FindingName.TOO_LONG]
    assert (too_long.start_word, too_long.end_word) == (0, len(words))


def test_danger_is_found_at_the_end_of_a_long_reply() -> None:
    assert judged(LONG).crisis is None
    assert judged(f"{LONG} I want to kill myself.").crisis is not None


def test_what_was_judged_before_changes_nothing() -> None:
    reply = "you should just talk to your boss"
    first = judged(reply)
    rule_book().check()

    assert judged(reply) == first


def test_words_of_fillers_alone_are_judged() -> None:
    assert assess([Word("um", 0.1, 0.2), Word("uh", 0.3, 0.4)]).moves == ()


def test_judging_loads_no_heavy_library() -> None:
    code = (
        "import sys\n"
        "from coach.reply.assessment import assess\n"
        "from coach.reply.words import words_from_text\n"
        "assess(words_from_text('that sounds hard'))\n"
        "heavy = {'numpy', 'librosa', 'textual', 'sounddevice', 'vosk', 'sqlite3', 'asyncio', 'rich'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_what_commands_a_terminal_is_no_word() -> None:
    assert [word.word for word in words_from_text("that sounds \x1b[31mhard\x1b[0m")] == [
        "that",
        "sounds",
        "hard",
    ]
