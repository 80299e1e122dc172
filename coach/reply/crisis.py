"""Words that point to danger, in a reply or in the partner's line. Coaching is no help there, and says so."""

from functools import cache
from pathlib import Path

from coach.reply.reading import Reading, rules_found
from coach.reply.rulebook import RuleBook, load_rules

_SENTENCES = {
    "self-harm": (
        "These words matter more than practice, and Coach is not the right help for this. "
        "Please reach your local emergency services or a crisis line, or someone you trust, now."
    ),
    "violence": (
        "This sounds like someone could get hurt, and Coach is not the right help for that. "
        "Please get to safety and reach your local emergency services or someone you trust."
    ),
    "coercion": (
        "This sounds like somebody may not be free or safe, and Coach is not the right help for that. "
        "Please talk to local emergency services, a domestic abuse line, or someone you trust."
    ),
}
"""What is said instead of coaching."""


def crisis_sentence(reading: Reading) -> str | None:
    """Return what to say instead of coaching; None when nothing points to danger."""
    for lines in (reading.lines, reading.partner_lines):
        cares = {found.match.rule.care for found in rules_found(_book(), lines)}
        for care, sentence in _SENTENCES.items():
            if care in cares:
                return sentence
    return None


@cache
def _book() -> RuleBook:
    return load_rules([Path(__file__).parent / "crisis.toml"])
