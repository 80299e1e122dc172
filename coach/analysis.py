"""One reply in, one result out: what `coach analyze` prints and other programs read."""

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from coach.errors import CoachError, InputError, RecordingError
from coach.practice.feedback import Feedback, feedback_for
from coach.reply.assessment import assess
from coach.reply.delivery import Delivery
from coach.reply.moves import Finding, MainBehavior, MoveSpan
from coach.reply.words import Word, heard_clearly, text_of, words_from_text
from coach.shown import plain

if TYPE_CHECKING:
    from coach.events import UtteranceHeard
    from coach.speech.recognizer import Recognizer  # pulls in numpy, which text alone does without

SCHEMA = 1
"""Version of the shape of `Result`."""


@dataclass(frozen=True, slots=True)
class Result:
    """One reply, analyzed."""

    schema: int
    id: str | int | None
    """The `id` of its JSON line; None elsewhere."""
    source: str | None
    """The recording's path; None for text."""
    recognizer: str | None
    """Engine and model; None for text."""
    partner: str | None
    transcript: str
    words: tuple[Word, ...]
    moves: tuple[MoveSpan, ...]
    main_behavior: MainBehavior
    findings: tuple[Finding, ...]
    delivery: Delivery | None
    """None for text."""
    score: int | None
    feedback: Feedback
    crisis: str | None


def analyze_words(
    words: tuple[Word, ...],
    *,
    partner: str | None = None,
    delivery: Delivery | None = None,
    source: str | None = None,
    recognizer: str | None = None,
    id: str | int | None = None,  # noqa: A002  (the contract's name)
) -> Result:
    """Judge words that were heard or typed."""
    assessment = assess(words, partner=partner, delivery=delivery)
    return Result(
        schema=SCHEMA,
        id=id,
        source=source,
        recognizer=recognizer,
        partner=assessment.partner,
        transcript=text_of(words),
        words=words,
        moves=assessment.moves,
        main_behavior=assessment.main_behavior,
        findings=assessment.findings,
        delivery=assessment.delivery,
        score=assessment.score,
        feedback=feedback_for(assessment),
        crisis=assessment.crisis,
    )


def analyze_text(reply: str, *, partner: str | None = None, id: str | int | None = None) -> Result:  # noqa: A002
    """Judge a written reply."""
    return analyze_words(words_from_text(reply), partner=partner, id=id)


def analyze_recordings(
    paths: Iterable[Path], *, recognizer: "Recognizer", partner: str | None = None
) -> Iterator[tuple[Result | CoachError, tuple[str, ...]]]:
    """Hear recordings, each as one reply, and judge them, in order.

    Yields:
        The result, or what kept the recording from being judged; and a line for each thing that was wrong
        with the recording and did not stop it.
    """
    from coach.reply import delivery
    from coach.warming import warm_up

    warming = Thread(target=warm_up, name="coach-warm", daemon=True)
    warming.start()  # librosa loads while the first recording is recognized
    for path in paths:
        try:
            utterance, notes = _hear(path, recognizer)
        except CoachError as error:
            yield error, ()
            continue
        warming.join()
        sound = utterance.samples
        measured = None
        if sound is not None and delivery.is_warm():
            measured = delivery.measure(sound, utterance.words, start=utterance.start)
        yield (
            analyze_words(
                utterance.words,
                partner=partner,
                delivery=measured,
                source=plain(str(path)),
                recognizer=recognizer.info.name,
            ),
            notes,
        )


def _hear(path: Path, recognizer: "Recognizer") -> tuple["UtteranceHeard", tuple[str, ...]]:
    from coach.audio.recording import Recording
    from coach.hearing import Ear, hear_recording

    recording = Recording(path)
    utterance = hear_recording(recording, Ear(recognizer))
    if utterance is None:
        raise RecordingError(
            f"{path}: no words could be made out: speak a little closer to the microphone, "
            "or try a Vosk model (`coach check` says how)."
        )
    if heard_clearly(utterance.words):
        return utterance, recording.notes
    return utterance, (*recording.notes, f"{path} was heard unclearly: some words are likely wrong.")


def analyze_lines(lines: Iterable[bytes], *, name: str) -> Iterator[Result | InputError]:
    """Judge JSON lines `{"id", "partner"?, "reply"}`, in order; a broken line gives its error instead.

    Blank lines are passed over.
    """
    import msgspec

    class Line(msgspec.Struct):
        reply: str
        id: str | int | None = None
        partner: str | None = None

    decoder = msgspec.json.Decoder(Line)
    for number, text in enumerate(lines, start=1):
        line = text.removeprefix(codecs.BOM_UTF8)
        if not line.strip():
            continue
        try:
            item = decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            yield InputError(
                f'{name}, line {number}: {error}; a line is {{"id": ..., "partner": ..., "reply": ...}}'
            )
        else:
            yield analyze_text(item.reply, partner=item.partner or None, id=item.id)


def as_json(result: Result) -> bytes:
    """One line of JSON, without its line end."""
    import msgspec

    fields = msgspec.to_builtins(result)
    for word in fields["words"]:
        del word["mark"]
    return msgspec.json.encode(fields)
