"""What stands out about a reply as a whole, in its words and in how it was said."""

from collections import defaultdict
from collections.abc import Sequence

from coach.reply.delivery import Delivery
from coach.reply.moves import HELPFUL, Finding, FindingName, Move
from coach.reply.reading import Reading
from coach.reply.reflections import parrots
from coach.reply.spans import Span
from coach.reply.words import text_of

TOO_LONG_WORDS = 90
"""About 40 s of speech; more than a partner who is upset takes in at once."""

LONG_ENOUGH_TO_MEET_A_FEELING = 6
"""A reply shorter than this, in words, may be only the beginning of one."""

RUSHED_WORDS_PER_MINUTE = 265
"""Pauses left out; a careful choice and no measurement, above what unhurried talk reaches."""

FLAT_SEMITONES = 1.5
"""A careful choice and no measurement: a voice that moves less stays on about one note."""

HARSH_CALM = 0.1
"""A tone this far from calm; rather miss some than call a loving voice harsh."""

BARELY_AUDIBLE_DB = -50.0
"""In dB relative to full scale; a careful choice and no measurement, well under a spoken reply."""

SHORTEST_TO_JUDGE_SECONDS = 1.5
"""How a shorter reply was said cannot be told fairly."""

_STACKED_QUESTIONS = 3
_OPENING_MOVES = frozenset({Move.VALIDATION, Move.REFLECTION, Move.PERMISSION})
_MEETS_FEELING = frozenset(
    {Move.VALIDATION, Move.REFLECTION, Move.SUPPORT, Move.OWNERSHIP, Move.OPEN_QUESTION, Move.AFFIRMATION}
)
_CAN_BE_CANCELLED = frozenset({Move.VALIDATION, Move.REFLECTION, Move.OWNERSHIP, Move.AFFIRMATION})
_A_FEW_WORDS = 2
_QUESTIONS = frozenset({Move.OPEN_QUESTION, Move.CLOSED_QUESTION})
_ASKS_FOR_IDEAS = (
    "what should i",
    "what do i do",
    "what would you do",
    "what do you think",
    "what can i do",
    "what could i do",
    "what am i supposed to",
    "any ideas",
    "any advice",
    "do you think i should",
    "should i ",
    "how do i ",
    "how can i ",
    "can you help",
    "i need your advice",
    "i need advice",
    "tell me what to do",
    "i do not know what to do",
    "help me ",
)


def findings_of(reading: Reading, spans: Sequence[Span], delivery: Delivery | None) -> tuple[Finding, ...]:
    """Find what stands out, in words first, then in delivery."""
    if not reading.words:
        return ()
    found = [
        _premature_fixing(reading, spans),
        _cancelled(reading, spans),
        _parroting(reading, spans),
        _stacked(reading, spans),
        _feeling_unnamed(reading, spans),
        _too_long(reading),
        *_from_rules(reading),
        *(_from_delivery(reading, spans, delivery) if delivery is not None else ()),
    ]
    seen: dict[FindingName, Finding] = {}
    for finding in found:
        if finding is not None:
            seen.setdefault(finding.finding, finding)
    return tuple(seen.values())


def asks_for_ideas(reading: Reading) -> bool:
    """Tell whether the partner's line asks what to do."""
    if reading.partner is None:
        return False
    line = " ".join(reading.partner.tokens.texts) + " "
    return any(words in line for words in _ASKS_FOR_IDEAS)


def _finding(reading: Reading, name: FindingName, start: int, end: int, reason: str) -> Finding:
    return Finding(name, start, end, text_of(reading.words[start:end]), reason)


def _whole(reading: Reading, name: FindingName, reason: str) -> Finding:
    return _finding(reading, name, 0, len(reading.words), reason)


def _premature_fixing(reading: Reading, spans: Sequence[Span]) -> Finding | None:
    fixing = next((span.shown for span in spans if span.move is Move.FIXING), None)
    if fixing is None or asks_for_ideas(reading):
        return None
    if any(span.move in _OPENING_MOVES and span.shown.start_word <= fixing.start_word for span in spans):
        return None
    return _finding(
        reading,
        FindingName.PREMATURE_FIXING,
        fixing.start_word,
        fixing.end_word,
        "advice came before anything that shows they were heard; meeting the feeling first may open the door",
    )


def _cancelled(reading: Reading, spans: Sequence[Span]) -> Finding | None:
    """A `but` within or right after what validates, reflects or owns, with nothing gentle behind it."""
    texts, indices = reading.tokens.texts, reading.tokens.indices
    met: dict[int, int] = {}  # under each word that a span reaches which can be cancelled: its first word
    begun: defaultdict[int, set[Move]] = defaultdict(set)
    for span in spans:
        begun[span.shown.start_word].add(span.move)
        if span.move in _CAN_BE_CANCELLED:
            reach = range(span.shown.start_word + 1, span.shown.end_word + _A_FEW_WORDS + 1)
            met |= dict.fromkeys(reach, span.shown.start_word)
    for place, text in enumerate(texts):
        if text not in {"but", "although", "though", "however"}:
            continue
        index = indices[place]
        sorry = "sorry" in texts[max(0, place - 3) : place]
        after = set[Move]().union(*(begun[start] for start in range(index, index + 4)))
        more = len(texts) - place > _A_FEW_WORDS
        if (index in met or sorry) and more and after.isdisjoint(HELPFUL):
            start = met.get(index, max(0, index - 3))
            end = next(
                (clause_end for clause_end in _clause_ends(reading) if clause_end > index), len(reading.words)
            )
            return _finding(
                reading,
                FindingName.VALIDATION_CANCELLED,
                start,
                end,
                "the but may cancel what came before it; a full stop there would let it stand",
            )
    return None


def _clause_ends(reading: Reading) -> list[int]:
    return [reading.tokens.indices[clause.end - 1] + 1 for clause in reading.clauses]


def _parroting(reading: Reading, spans: Sequence[Span]) -> Finding | None:
    if reading.partner is None or any(span.move is Move.VALIDATION for span in spans):
        return None
    if not parrots(reading.tokens.texts, reading.partner):
        return None
    return _whole(
        reading,
        FindingName.PARROTING,
        "this repeats their words nearly as they were; your own words, or the feeling beneath, may show more",
    )


def _stacked(reading: Reading, spans: Sequence[Span]) -> Finding | None:
    questions = [span.shown for span in spans if span.move in _QUESTIONS]
    if len(questions) < _STACKED_QUESTIONS:
        return None
    return _finding(
        reading,
        FindingName.STACKED_QUESTIONS,
        questions[0].start_word,
        questions[-1].end_word,
        "several questions in a row may feel like an interview; one, and then waiting, may bring more",
    )


def _feeling_unnamed(reading: Reading, spans: Sequence[Span]) -> Finding | None:
    if reading.partner is None or not reading.partner.has_feeling:
        return None
    if len(reading.words) < LONG_ENOUGH_TO_MEET_A_FEELING:
        return None
    if any(span.move in _MEETS_FEELING for span in spans):
        return None
    if reading.feelings.find(reading.tokens.texts, 0, len(reading.tokens.texts)) is not None:
        return None
    return _whole(
        reading,
        FindingName.FEELING_UNNAMED,
        "they said how they feel and this does not touch it; naming the feeling may help them feel met",
    )


def _too_long(reading: Reading) -> Finding | None:
    if len(reading.words) <= TOO_LONG_WORDS:
        return None
    return _whole(
        reading, FindingName.TOO_LONG, "this is a lot to take in at once; the first part alone may be enough"
    )


def _from_rules(reading: Reading) -> list[Finding]:
    return [
        _finding(reading, rule.finding, found.start_word, found.extended_word, rule.reason)
        for found in reading.found
        if (rule := found.match.rule).finding is not None
    ]


def _from_delivery(reading: Reading, spans: Sequence[Span], delivery: Delivery) -> list[Finding]:
    found: list[Finding] = []
    last = spans[-1].shown if spans else None
    if (
        last is not None
        and last.move is Move.REFLECTION
        and last.end_word == len(reading.words)
        and delivery.final_pitch == "rise"
    ):
        found.append(
            _finding(
                reading,
                FindingName.REFLECTION_SOUNDED_LIKE_A_QUESTION,
                last.start_word,
                last.end_word,
                "your voice rose at the end, so this may sound like a question; letting it fall says it back",
            )
        )
    if delivery.loudness_db is not None and delivery.loudness_db < BARELY_AUDIBLE_DB:
        found.append(
            _whole(
                reading,
                FindingName.BARELY_AUDIBLE,
                "this was hard to hear; a little more voice may carry the care",
            )
        )
    if delivery.seconds < SHORTEST_TO_JUDGE_SECONDS:
        return found
    if delivery.words_per_minute is not None and delivery.words_per_minute > RUSHED_WORDS_PER_MINUTE:
        found.append(
            _whole(
                reading,
                FindingName.RUSHED,
                "this went by quickly; slowing down may give the words room to land",
            )
        )
    if delivery.pitch_range_semitones is not None and delivery.pitch_range_semitones < FLAT_SEMITONES:
        found.append(
            _whole(
                reading,
                FindingName.FLAT,
                "your voice stayed on one note; a little warmth in it may carry the words",
            )
        )
    if delivery.tone is not None and delivery.tone.get("calm", 1.0) < HARSH_CALM:
        found.append(
            _whole(
                reading,
                FindingName.HARSH,
                "your voice may have come across as sharp; a breath before speaking may soften it",
            )
        )
    return found
