"""What the engine reports in the situations that the screen is tested in."""

from coach import events as ev
from coach.practice.feedback import Feedback
from coach.reply.assessment import Assessment
from coach.reply.moves import Finding, FindingName, Move, MoveSpan
from coach.reply.words import Word, text_of, words_from_text

Report = ev.Event | ev.Command

SETTING = "Tuesday evening, in the kitchen"
LINE = "I feel like I do everything around here, and nobody even notices."

PARTNER = (ev.ShowPartner(setting=SETTING, line=LINE),)
LISTENING: tuple[Report, ...] = (*PARTNER, ev.Listen(), ev.ListeningStarted())
LOUD = (ev.LevelMeasured(level_db=-20.0, speech=0.99),) * 3
"""As many levels as move the line once."""

SPEAKING: tuple[Report, ...] = (
    *LISTENING,
    ev.SpeechStarted(start=1.0),
    *LOUD,
    ev.PartialTranscript("that sounds really lonely and you"),
)


def span(move: Move, words: tuple[Word, ...], start: int, end: int, reason: str) -> MoveSpan:
    """A move over the words from `start` to `end`."""
    return MoveSpan(
        move=move,
        start_word=start,
        end_word=end,
        words=text_of(words[start:end]),
        confidence=0.9,
        depth=None,
        feeling=None,
        reason=reason,
        by="test",
    )


def assessed(
    words: tuple[Word, ...], *moves: MoveSpan, findings: tuple[Finding, ...] = (), crisis: str | None = None
) -> Assessment:
    """A judged reply."""
    return Assessment(
        words=words,
        partner=LINE,
        moves=moves,
        findings=findings,
        main_behavior="other",
        score=None if crisis else 70,
        delivery=None,
        crisis=crisis,
    )


def judged(assessment: Assessment, feedback: Feedback) -> tuple[Report, ...]:
    """From the end of a reply until the coach has spoken and listens again."""
    heard = ev.UtteranceHeard(words=assessment.words)
    return (
        *SPEAKING,
        heard,
        ev.Assess(heard, LINE),
        ev.UtteranceAssessed(assessment, feedback),
        ev.Say(feedback.spoken),
        ev.CoachStartedSpeaking(feedback.spoken),
    )


HELPFUL_WORDS = words_from_text(
    "that sounds really lonely and you have been carrying so much what has been the hardest part"
)
HELPFUL = assessed(
    HELPFUL_WORDS,
    span(Move.VALIDATION, HELPFUL_WORDS, 0, 4, "It names how hard it is, and lets it be hard."),
    span(Move.REFLECTION, HELPFUL_WORDS, 3, 11, "It says back what may lie under the words."),
    span(Move.OPEN_QUESTION, HELPFUL_WORDS, 11, 17, "It invites more."),
)
HELPFUL_FEEDBACK = Feedback(
    spoken="Naming how lonely it sounds landed. Next time, leave a breath before you ask.",
    strength="\u201cThat sounds really lonely\u201d names the feeling before anything else.",
    next_step="Leave a breath before the question, so that the first part can sink in.",
    better_wording=None,
)

FIXING_WORDS = words_from_text(
    "I hear you, but you should just make a list. Do you know who does the dishes?"
)
FIXING = assessed(
    FIXING_WORDS,
    span(Move.VALIDATION, FIXING_WORDS, 0, 3, "It says that you are listening."),
    span(Move.FIXING, FIXING_WORDS, 4, 10, "This may land as advice that nobody asked for."),
    span(Move.CLOSED_QUESTION, FIXING_WORDS, 10, 17, "It asks for a fact."),
    findings=(
        Finding(
            finding=FindingName.VALIDATION_CANCELLED,
            start_word=0,
            end_word=4,
            words="i hear you but",
            reason="The \u201cbut\u201d may take back what came before it. A full stop keeps it.",
        ),
    ),
)
FIXING_FEEDBACK = Feedback(
    spoken="You began by listening. Try staying with the feeling before the list.",
    strength="\u201cI hear you\u201d is a good place to begin.",
    next_step="Stay with the feeling a little longer. \u201cYou should\u201d may land as advice.",
    better_wording="I hear you. Doing all of it and not being seen, that sounds exhausting.",
)

CRISIS_WORDS = words_from_text("I cannot go on like this, I want to end my life")
CRISIS = assessed(
    CRISIS_WORDS,
    span(Move.DISCLOSURE, CRISIS_WORDS, 0, 6, "An own feeling."),
    crisis=(
        "What you just said matters more than this exercise. "
        "Please talk to someone now: a person you trust, or a crisis line near you."
    ),
)
CRISIS_FEEDBACK = Feedback(
    spoken="What you just said matters more.", strength=None, next_step="", better_wording=None
)

NO_MICROPHONE = ev.HearingFailed(
    title="No microphone", message="No microphone was found: plug one in, then run coach check."
)
VOICE_FAILED = ev.VoiceFailed("No loudspeaker was found: plug one in, then run coach check.")
