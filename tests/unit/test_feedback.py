"""What the coach says: short, kind, never twice the same, with a wording the judge itself would praise."""

import re
import subprocess
import sys
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.practice.feedback import Feedback, Step, feedback_for, next_step_for
from coach.practice.partner_line import read_mood
from coach.practice.texts import SPOKEN_WORDS, texts
from coach.practice.wording import WORDING_WORDS
from coach.reply.assessment import Assessment, assess
from coach.reply.moves import BLOCKING, HELPFUL, Depth, Feeling, Finding, FindingName, Move, MoveSpan
from coach.reply.words import Word, words_from_text

PARTNERS = (
    "I'm so tired tonight.",
    "My boss yelled at me in front of everyone today.",
    "I got the job!",
    "The biopsy came back benign.",
    "i didn't get the promotion again",
    "You never listen to me.",
    "you were on your phone all through dinner",
    "I should have been there when my dad died.",
    "I just feel so alone in this house",
    "my mom told me to calm down and stop being dramatic",
    "I love you.",
    "Thank you for coming with me today.",
    "What should I do about my sister?",
    "I don't want to talk about it.",
    "We're behind on the rent and I can't sleep.",
    "I feel like a terrible mother.",
    "Everyone was invited but us.",
    "I got the kids to bed so that you could rest.",
    "I'm sorry I slammed the door.",
    "What's going on with you?",
    "I won, but I'm terrified of what comes next.",
    "My problem is that he always interrupts me and never stops.",
    "Nothing.",
    "whatever",
    "Der Hund ist krank.",
    "\u202e\x1b[31mred",
    "",
    None,
)
REPLIES = (
    "That sounds really hard.",
    "that sounds really hard but you should talk to hr",
    "You should talk to your manager about it tomorrow morning.",
    "have you tried going to bed earlier",
    "At least you still have your job.",
    "don't worry it'll be fine",
    "That's not true, I was just at work.",
    "why do you always do this",
    "the same thing happened to me last year and mine was worse",
    "anyway what's for dinner",
    "You felt alone in it. What was that like?",
    "i'm here with you",
    "i'm sorry i was on my phone and that wasn't fair to you",
    "Congratulations! I'm so proud of you.",
    "do you want ideas or should i just listen",
    "thank you for telling me",
    "i feel sad because we fought",
    "take all the time you need",
    "Did you eat? Did you sleep? Did you call her?",
    "okay",
    "blub",
    "",
)
partners = st.sampled_from(PARTNERS)
replies = st.sampled_from(REPLIES)
unhurried = settings(deadline=None)  # the first example reads the rules
HARM = (FindingName.PREMATURE_FIXING, FindingName.VALIDATION_CANCELLED, FindingName.ACCUSING_WHY)


def judged(reply: str, partner: str | None = None) -> Assessment:
    return assess(words_from_text(reply), partner=partner)


def span(
    move: Move,
    words: str,
    reply: str,
    *,
    depth: Depth | None = None,
    confidence: float = 0.9,
    feeling: Feeling | None = None,
) -> MoveSpan:
    start = len(reply[: reply.index(words)].split())
    return MoveSpan(
        move, start, start + len(words.split()), words, confidence, depth, feeling, "may land so", "rule test"
    )


def assessment(
    reply: str,
    *moves: MoveSpan,
    findings: tuple[FindingName, ...] = (),
    partner: str | None = None,
    confidence: float | None = None,
) -> Assessment:
    words = tuple(replace(word, confidence=confidence) for word in words_from_text(reply))
    found = tuple(Finding(name, 0, len(words), reply, "it may be so") for name in findings)
    return Assessment(words, partner, moves, found, "other", 50, None, None)


def sentences(spoken: str) -> list[str]:
    return re.split(r"(?<=[.?!]) (?=[A-Z\u201c])|(?<=[.?!]\u201d) ", spoken)


MET = "that sounds really hard what was that like"
VALIDATED = (
    span(Move.VALIDATION, "that sounds really hard", MET),
    span(Move.OPEN_QUESTION, "what was that like", MET),
)


# What is said.


@unhurried
@given(partner=partners, chain=st.lists(replies, min_size=1, max_size=4))
def test_feedback_is_short_clean_and_never_the_same_twice(partner: str | None, chain: list[str]) -> None:
    previous: Feedback | None = None
    for reply in chain:
        feedback = feedback_for(judged(reply, partner), previous=previous)
        assert 0 < len(feedback.spoken.split()) <= SPOKEN_WORDS
        for text in (feedback.spoken, feedback.strength, feedback.next_step, feedback.better_wording):
            assert text is None or not any(unicodedata.category(letter).startswith("C") for letter in text)
            assert text is None or not re.search(r"[{}<>*_\[\]#]", text)
        if previous is not None:
            assert set(sentences(feedback.spoken)).isdisjoint(sentences(previous.spoken))
            assert feedback.next_step != previous.next_step
            assert feedback.better_wording is None or feedback.better_wording != previous.better_wording
        previous = feedback


@unhurried
@given(partner=partners, reply=replies)
def test_the_same_reply_gives_the_same_feedback(partner: str | None, reply: str) -> None:
    assert feedback_for(judged(reply, partner)) == feedback_for(judged(reply, partner))


@unhurried
@given(words=st.lists(st.text(max_size=60), max_size=8), move=st.sampled_from(Move))
def test_strange_words_are_never_quoted(words: list[str], move: Move) -> None:
    heard = tuple(Word(word=word, confidence=0.9) for word in words)
    found = MoveSpan(move, 0, len(words), " ".join(words), 0.9, None, None, "", "rule test")
    feedback = feedback_for(Assessment(heard, None, (found,), (), "other", 50, None, None))
    shown = f"{feedback.spoken} {feedback.strength} {feedback.next_step} {feedback.better_wording}"
    assert len(feedback.spoken.split()) <= SPOKEN_WORDS
    assert not any(unicodedata.category(letter).startswith("C") for letter in shown)


def test_what_landed_is_quoted_and_one_thing_to_try_follows() -> None:
    feedback = feedback_for(judged("That sounds really hard.", "My boss yelled at me."))
    assert feedback.strength is not None
    assert "\u201cThat sounds really hard\u201d" in feedback.strength
    assert feedback.spoken.startswith("\u201cThat sounds really hard\u201d")
    assert len(sentences(feedback.spoken)) == 2


def test_a_long_quote_ends_where_it_does_not_hang() -> None:
    reply = "it sounds like you felt small in the meeting with everybody watching you"
    feedback = feedback_for(assessment(reply, span(Move.REFLECTION, reply, reply, depth="complex")))
    assert "\u201cIt sounds like you felt small\u201d" in feedback.spoken


def test_words_that_were_hardly_heard_are_not_quoted() -> None:
    clear = feedback_for(assessment(MET, *VALIDATED, confidence=0.9))
    unclear = feedback_for(assessment(MET, *VALIDATED, confidence=0.2))
    assert "sounds" in clear.spoken
    assert "sounds" not in unclear.spoken
    assert unclear.strength is not None
    assert "\u201c" not in unclear.strength


def test_a_quote_ends_before_a_last_word_that_was_hardly_heard() -> None:
    heard = assessment(MET, *VALIDATED, confidence=0.9)
    words = (*heard.words[:3], replace(heard.words[3], confidence=0.6), *heard.words[4:])
    assert "\u201cThat sounds\u201d" in feedback_for(replace(heard, words=words)).spoken


def test_with_nothing_to_praise_it_begins_kindly_without_praise() -> None:
    feedback = feedback_for(judged("You should talk to your manager.", "My boss yelled at me."))
    assert feedback.strength is None
    assert sentences(feedback.spoken)[0] in texts().steps[Step.PREMATURE_FIXING].opening


def test_a_setback_is_met_more_warmly() -> None:
    first = feedback_for(judged("That sounds really hard.", "My boss yelled at me."))
    second = feedback_for(judged("You should talk to your manager.", "My boss yelled at me."), previous=first)
    assert sentences(second.spoken)[0] in texts().setback


def test_words_that_point_to_danger_are_not_coached() -> None:
    feedback = feedback_for(replace(assessment(MET, *VALIDATED), crisis="Please stop here and get help."))
    assert feedback == Feedback("Please stop here and get help.", None, "", None)


def test_no_words_are_no_failure() -> None:
    feedback = feedback_for(judged("", "I'm tired."))
    assert feedback.strength is None
    assert sentences(feedback.spoken)[0] in texts().steps[Step.NOTHING_HEARD].opening


# What is chosen.


ALL = (
    FindingName.BARELY_AUDIBLE,
    FindingName.FLAT,
    FindingName.RUSHED,
    FindingName.HARSH,
    FindingName.REFLECTION_SOUNDED_LIKE_A_QUESTION,
    FindingName.TOO_LONG,
    FindingName.GENERIC_PRAISE,
    FindingName.FEELING_UNNAMED,
    FindingName.PARROTING,
    FindingName.STACKED_QUESTIONS,
    FindingName.ACCUSING_WHY,
    FindingName.VALIDATION_CANCELLED,
    FindingName.PREMATURE_FIXING,
)


@pytest.mark.parametrize("count", range(1, len(ALL) + 1))
def test_what_gets_most_in_the_way_comes_first(count: int) -> None:
    found = assessment(MET, *VALIDATED, findings=ALL[:count])
    assert next_step_for(found, read_mood(None)).value == ALL[count - 1].value


@pytest.mark.parametrize("move", sorted(BLOCKING - {Move.FIXING}))
def test_a_blocking_move_comes_before_any_other_wish(move: Move) -> None:
    found = assessment("some words here", span(move, "some words", "some words here"))
    assert next_step_for(found, read_mood(None)).value == move.value


@pytest.mark.parametrize(
    ("reply", "partner", "step"),
    [
        ("okay", "I'm so tired.", Step.MEET_FEELING),
        ("that sounds really hard", "I'm so tired.", Step.INVITE),
        ("that sounds really hard did you sleep", "I'm so tired.", Step.CLOSED_QUESTION),
        ("that sounds exhausting what was the worst of it", "I'm so tired.", Step.STAY_QUIET),
        ("i'm so proud of you tell me everything", "I got the job!", Step.STAY_QUIET),
        ("you should quit", "I'm so tired.", Step.PREMATURE_FIXING),
    ],
)
def test_the_next_step_is_the_smallest_that_is_missing(reply: str, partner: str, step: Step) -> None:
    assert next_step_for(judged(reply, partner), read_mood(partner)) is step


def test_advice_that_was_asked_for_is_not_held_against_anyone() -> None:
    reply = "that sounds hard you could call her what do you think"
    moves = (
        span(Move.VALIDATION, "that sounds hard", reply),
        span(Move.FIXING, "you could call her", reply),
        span(Move.OPEN_QUESTION, "what do you think", reply),
    )
    asked, unasked = "What should I do about my sister?", "My sister isn't talking to me."
    assert next_step_for(assessment(reply, *moves), read_mood(asked)) is Step.STAY_QUIET
    assert next_step_for(assessment(reply, *moves), read_mood(unasked)) is Step.FIXING


@pytest.mark.parametrize("finding", ALL[:5])
def test_words_that_are_fine_need_no_better_wording(finding: FindingName) -> None:
    assert feedback_for(assessment(MET, *VALIDATED, findings=(finding,))).better_wording is None


# What could be said instead.


@unhurried
@given(partner=partners, reply=replies, spoken=st.booleans())
def test_the_judge_finds_help_and_nothing_in_the_way_in_the_better_wording(
    partner: str | None, reply: str, *, spoken: bool
) -> None:
    feedback = feedback_for(judged(reply, partner))
    if feedback.better_wording is None:
        return
    assert len(feedback.better_wording.split()) <= WORDING_WORDS
    words = words_from_text(feedback.better_wording)
    if spoken:
        words = tuple(replace(word, mark="") for word in words)
    better = assess(words, partner=partner)
    moves = {found.move for found in better.moves}
    assert moves & HELPFUL
    assert not moves & BLOCKING
    assert not any(found.finding in HARM for found in better.findings)


@pytest.mark.parametrize("tone", sorted(texts().tones))
def test_every_way_of_meeting_a_line_helps(tone: str) -> None:
    said = texts().tones[tone]  # type: ignore[index]  # the keys are the tones
    feelings = [entry for entry in texts().feelings if entry.tone == tone] or texts().feelings[:1]
    wordings = {
        f"{met} {ask}".format(feeling=entry.feeling, sounds=entry.sounds, event="Your sister called")
        for entry in feelings
        for met in (*said.event, *said.met)
        for ask in said.ask
    }
    for wording in sorted(wordings):
        moves = {found.move for found in judged(wording).moves}
        assert moves & HELPFUL, wording
        assert not moves & BLOCKING, wording


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("My boss yelled at me in front of everyone.", "Your boss yelled at you in front of everyone"),
        ("I got the job!", "You got the job"),
        ("I was late and he shouted at me", "He shouted at you"),
        ("they told me I'm too slow", "They told you you're too slow"),
        ("My friend Sarah forgot my birthday.", "Your friend Sarah forgot your birthday"),
        ("my mom told me to calm down", None),
        ("I should have called my dad", None),
        ("Everyone was invited but us.", None),
        ("You never help.", None),
    ],
)
def test_what_happened_is_turned_towards_the_partner(line: str, said: str | None) -> None:
    assert read_mood(line).event == said


@pytest.mark.parametrize(
    ("line", "tone", "feeling"),
    [
        ("I got the job!", "good", "proud"),
        ("I didn't get the job.", "hard", "disappointed"),
        ("I hope I get the job", "open", "upset"),
        ("I won, but I'm terrified", "hard", "scared"),
        ("I'm not scared of him", "open", "upset"),
        ("You never help.", "at_you", "upset"),
        ("You won't believe it, I passed my exam!", "good", "proud"),
        ("I love it when you sing", "warm", "upset"),
        ("I can't stop crying", "hard", "sad"),
        ("I feel so cherished", "good", "upset"),
        ("You know, you never help.", "at_you", "upset"),
        ("I'm not scared, but I'm grieving", "hard", "heartbroken"),
        ("   My boss   yelled\nat me", "hard", "hurt"),
        (None, "open", "upset"),
    ],
)
def test_a_line_is_read_for_how_it_wants_to_be_met(line: str | None, tone: str, feeling: str) -> None:
    mood = read_mood(line)
    assert (mood.tone, mood.feeling) == (tone, feeling)


def test_joy_is_not_met_with_pity_nor_anger_with_distance() -> None:
    joy = feedback_for(judged("okay", "I got the job!")).better_wording
    anger = feedback_for(judged("okay", "You never help.")).better_wording
    assert joy is not None
    assert anger is not None
    assert "hard" not in joy
    assert re.search(r"sorry|upset with me", anger)


def test_own_helpful_words_are_kept() -> None:
    feedback = feedback_for(
        judged("that sounds really hard but you should talk to hr", "My boss yelled at me.")
    )
    assert feedback.better_wording is not None
    assert feedback.better_wording.startswith("That sounds really hard. ")


# The sentences themselves.


def test_there_is_a_text_for_every_step_and_no_other() -> None:
    assert set(texts().steps) == {step.value for step in Step}
    assert set(texts().landed) == {move.value for move in HELPFUL}


def test_every_sentence_is_short_enough_and_can_do_without_a_quote() -> None:
    for move, landed in texts().landed.items():
        assert sum("{quote}" not in text for text in landed.said) >= 2, move
        assert all(len(text.replace("{quote}", "").split()) <= 5 for text in landed.said if "{" in text), move
    for name, step in texts().steps.items():
        plain = [text for text in step.spoken if "{" not in text]
        assert len(plain) >= 2 or name in {"blaming", "premature-fixing"}, name
        assert all(len(text.split()) <= 13 for text in plain), name
        assert all(len(text.split()) <= 10 for text in (*step.opening, *texts().setback)), name
        assert sum("{block}" not in text for text in step.next_step) >= 2, name
    for tone in texts().tones.values():
        assert all(len(text.split()) <= 5 for text in (*tone.example, *tone.question))


def test_no_sentence_guesses_who_the_partner_is_or_judges_the_person() -> None:
    said = [
        text for step in texts().steps.values() for text in (*step.opening, *step.spoken, *step.next_step)
    ]
    said += [text for landed in texts().landed.values() for text in (*landed.said, landed.meaning)]
    for text in (*said, *texts().setback):
        assert not re.search(
            r"\b(he|she|him|her|his|hers|husband|wife|wrong|mistake|failed)\b", text, re.IGNORECASE
        )


def test_feedback_needs_no_numpy() -> None:
    code = "import sys, coach.practice.feedback; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
