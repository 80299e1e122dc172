"""Two warm, quiet themes with one accent colour."""

from textual.theme import Theme

DARK = Theme(
    name="coach-dark",
    dark=True,
    primary="#d9a066",
    accent="#d9a066",
    foreground="#e9e1d5",
    background="#1f1c19",
    surface="#2a2622",
    panel="#2a2622",
    success="#a3bf8f",
    warning="#e0a3a8",
    error="#e0a3a8",
    variables={
        "helps": "#a3bf8f",
        "blocks": "#e0a3a8",
        "neutral": "#b5aca0",
        "heard": "#c9bfb1",
        "rule": "#453f38",
        "footer-background": "#1f1c19",
        "footer-item-background": "#1f1c19",
        "footer-key-foreground": "#d9a066",
        "footer-key-background": "#1f1c19",
        "footer-description-background": "#1f1c19",
        "footer-description-foreground": "#b5aca0",
    },
)

LIGHT = Theme(
    name="coach-light",
    dark=False,
    primary="#9a5b1f",
    accent="#9a5b1f",
    foreground="#38322b",
    background="#faf6f0",
    surface="#f1eae0",
    panel="#f1eae0",
    success="#44682f",
    warning="#9c3f4d",
    error="#9c3f4d",
    variables={
        "helps": "#44682f",
        "blocks": "#9c3f4d",
        "neutral": "#6b6257",
        "heard": "#5a5248",
        "rule": "#d8cdbd",
        "footer-background": "#faf6f0",
        "footer-item-background": "#faf6f0",
        "footer-key-foreground": "#9a5b1f",
        "footer-key-background": "#faf6f0",
        "footer-description-background": "#faf6f0",
        "footer-description-foreground": "#6b6257",
    },
)
