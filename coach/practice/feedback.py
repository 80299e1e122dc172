"""What the coach says about a reply: one thing that landed, one thing to try."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Feedback:
    """Feedback for one reply."""

    spoken: str
    """At most 25 words, to be said aloud."""

    strength: str | None
    """What landed, with the person's words quoted; None when nothing did."""

    next_step: str
    """One thing to try, and why."""

    better_wording: str | None
    """The reply, said in a way that may land better; None when it needs none."""
