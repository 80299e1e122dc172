"""The README's picture can be made."""

from tests.tui.picture import LINE, judged_reply, picture


async def test_the_picture_shows_a_judged_reply() -> None:
    svg = (await picture(judged_reply())).replace("&#160;", " ")
    assert svg.startswith("<svg")
    assert LINE in svg
    assert "One thing to try" in svg
