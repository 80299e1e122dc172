"""Colours that can be read."""

import pytest
from textual.color import Color
from textual.theme import Theme

from coach.tui.themes import DARK, LIGHT


def luminance(colour: Color) -> float:
    """Relative luminance (WCAG 2.2)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: str(theme.name))
@pytest.mark.parametrize(
    "name", ["helps", "blocks", "neutral", "heard", "foreground-muted", "foreground", "accent"]
)
@pytest.mark.parametrize("ground", ["background", "surface"])
def test_text_stands_out_from_its_ground(theme: Theme, name: str, ground: str) -> None:
    colours = theme.to_color_system().generate() | theme.variables
    lighter, darker = sorted((luminance(Color.parse(colours[one])) for one in (name, ground)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_both_themes_have_the_same_colours() -> None:
    assert DARK.variables.keys() == LIGHT.variables.keys()
