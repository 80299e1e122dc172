"""Marks on the words of a reply, and text from outside."""

import asyncio

from hypothesis import given, settings
from hypothesis import strategies as st
from textual.content import Content

from coach import events as ev
from coach.practice.feedback import Feedback
from coach.reply.moves import Move, MoveSpan
from coach.reply.words import Word
from coach.shown import plain
from coach.signs import Sign, sign_of
from coach.tui.app import CoachApp
from coach.tui.marking import runs
from coach.tui.widgets.reply import marked
from tests.fakes import FakeSession
from tests.tui import scenes

ANY_TEXT = st.text(st.characters())
"""Lone surrogates and control characters among it."""


@st.composite
def replies(draw: st.DrawFn) -> tuple[tuple[Word, ...], tuple[MoveSpan, ...]]:
    """Words and moves over them that may overlap."""
    words = tuple(Word(text) for text in draw(st.lists(ANY_TEXT, min_size=1, max_size=12)))
    moves = []
    for move in draw(st.lists(st.sampled_from(Move), max_size=5)):
        start = draw(st.integers(0, len(words) - 1))
        moves.append(scenes.span(move, words, start, draw(st.integers(start + 1, len(words))), "why"))
    return words, tuple(sorted(moves, key=lambda one: one.start_word))


@given(replies())
def test_every_word_comes_once_and_in_order(reply: tuple[tuple[Word, ...], tuple[MoveSpan, ...]]) -> None:
    words, moves = reply
    assert [word for run in runs(words, moves) for word in run.words] == list(words)


@given(replies())
def test_a_word_is_marked_when_a_move_holds_it(reply: tuple[tuple[Word, ...], tuple[MoveSpan, ...]]) -> None:
    words, moves = reply
    signs = [run.sign for run in runs(words, moves) for _ in run.words]
    for index, sign in enumerate(signs):
        held_by = {sign_of(span.move) for span in moves if span.start_word <= index < span.end_word}
        assert sign in held_by if held_by else sign is None


@given(replies())
def test_every_move_begins_with_its_sign(reply: tuple[tuple[Word, ...], tuple[MoveSpan, ...]]) -> None:
    words, moves = reply
    found: dict[int, tuple[Sign, ...]] = {}
    index = 0
    for run in runs(words, moves):
        found[index] = run.begins
        index += len(run.words)
    assert all(sign_of(span.move) in found[span.start_word] for span in moves)


@given(ANY_TEXT)
def test_text_from_outside_becomes_one_line_that_can_be_written(text: str) -> None:
    shown = plain(text)
    shown.encode()
    assert not any(character < " " or "\x7f" <= character < "\xa0" for character in shown)
    assert plain(shown) == shown


@given(st.text(st.characters(exclude_categories=["C", "Z"])))
def test_text_that_can_be_seen_stays_as_it_is(text: str) -> None:
    assert plain(text) == text


@given(replies())
def test_marking_changes_no_text(reply: tuple[tuple[Word, ...], tuple[MoveSpan, ...]]) -> None:
    words, moves = reply
    unmarked = " ".join(plain(word.word) for word in words)
    assert marked(words, ()).plain == Content(unmarked).plain
    signs = sum(len(run.begins) for run in runs(words, moves))
    assert len(marked(words, moves).plain) == len(unmarked) + signs


@settings(max_examples=5, deadline=None)  # each starts the app
@given(ANY_TEXT)
def test_any_text_is_shown_by_every_part_of_the_screen(text: str) -> None:
    asyncio.run(show_everywhere(f"[b]{text}[/b] [@click=app.quit]x[/] \x1b[31m"))


async def show_everywhere(text: str) -> None:
    session = FakeSession()
    words = (Word(text), Word("hard"))
    reply = scenes.assessed(words, scenes.span(Move.FIXING, words, 0, 1, text))
    app = CoachApp(session)
    async with app.run_test(size=(120, 60)) as pilot:
        await pilot.pause()
        session.report(
            ev.ShowPartner(setting=text, line=text),
            ev.HearingFailed(text, text),
            ev.VoiceFailed(text),
            ev.ShowNotice(text),
            ev.CoachStartedSpeaking(text),
            ev.UtteranceAssessed(reply, Feedback(text, text, text, text)),
        )
        await pilot.press("d")
        await pilot.pause()
        lines = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
        assert lines.count("[b]") >= 8
        assert "\x1b" not in lines
        assert "[31m" in lines
