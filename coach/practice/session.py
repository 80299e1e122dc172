"""What comes next in a rehearsal: a state machine from events to commands, without a clock or a device.

    OPENING ─▶ SPEAKING ─▶ LISTENING ─▶ HEARING ─▶ JUDGING ─▶ SPEAKING ─▶ LISTENING (the same line again)
                                  ▲                                │
                                  └── PAUSED ◀─ from anywhere ─────┴─▶ FINISHED

The laws:

1. The ear is open in LISTENING and HEARING only: the coach never hears itself.
2. A reply heard clearly is judged, unless the person has moved on; an unclear one is asked for again.
3. A failure of sound ends nothing: replies can be typed and words can be read.
4. Nothing follows `Finish`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import assert_never

from coach import events as ev
from coach.reply.words import Word, heard_clearly, text_of, words_from_text


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """What the partner says, to be answered."""

    line: str
    """May be empty: then any reply is practised."""

    setting: str = ""
    """Where and when, in a few words."""


class Phase(Enum):
    """What the session is doing."""

    OPENING = auto()
    SPEAKING = auto()
    LISTENING = auto()
    HEARING = auto()
    JUDGING = auto()
    PAUSED = auto()
    FINISHED = auto()


_AWAITING = frozenset({Phase.LISTENING, Phase.HEARING, Phase.JUDGING})
"""A reply is awaited."""

_IDLE = frozenset({Phase.LISTENING, Phase.HEARING, Phase.PAUSED})
"""Nothing more will come when no sound does."""

NO_WORDS = "I heard you, but could not make out words. Say it again, a little closer, or type it."
NOT_SURE = "I'm not sure I heard you right. Could you say it once more?"
HEARD_UNCLEARLY = "I may have misheard: \u201c{heard}\u201d. Say it once more, a little closer, or type it."
EMPTY_REPLY = "That was empty. Say or type what you would answer."

Commands = tuple[ev.Command, ...]


class Session:
    """A rehearsal over some partner's lines.

    With `one_try_each` every line is answered once and the session ends after the last;
    without it a line is practised until the person asks for the next.
    """

    def __init__(self, lines: Sequence[PartnerLine], *, one_try_each: bool = False) -> None:
        self.lines = tuple(lines) or (PartnerLine(line=""),)
        self.phase = Phase.OPENING
        self.index = 0
        """Which of `lines` is being answered."""
        self._one_try_each = one_try_each
        self._said = ev.Say(text="")
        self._turn = 0
        """Of the last `Listen` or `HearRecording` whose reply is still wanted."""
        self._answered = False
        self._sound_ended = False

    @property
    def line(self) -> PartnerLine:
        """The line that is being answered."""
        return self.lines[self.index]

    def handle(self, event: ev.Event) -> Commands:
        """Take one event; return the commands that follow from it, in order."""
        if self.phase is Phase.FINISHED:
            return ()
        match event:
            case ev.SessionStarted():
                return self._introduce() if self.phase is Phase.OPENING else ()
            case ev.SpeechStarted(_, turn):
                if self.phase is Phase.LISTENING and turn == self._turn:
                    self.phase = Phase.HEARING
                return ()
            case ev.UtteranceHeard(words, _, _, turn):
                if turn is not None and turn != self._turn:
                    return ()
                return self._judge(event) if heard_clearly(words) else self._ask_again(words)
            case ev.ReplyTyped(text):
                words = words_from_text(text)
                if not words:
                    return (ev.ShowNotice(EMPTY_REPLY),)
                return self._judge(ev.UtteranceHeard(words=words))
            case ev.RecordingOpened(path):
                quiet = self._quiet()
                self.phase = Phase.JUDGING
                self._turn += 1
                return (*quiet, ev.HearRecording(path, self._turn))
            case ev.UtteranceAssessed(_, feedback):
                self._answered = True
                if self.phase is Phase.JUDGING:
                    return (self._say(feedback.spoken),)
                self._said = ev.Say(feedback.spoken, self._said.number)
                return ()
            case ev.CoachFinishedSpeaking(_, _, number):
                if self.phase is Phase.SPEAKING and number == self._said.number:
                    return self._go_on()
                return ()
            case ev.SpeechWithoutWords(turn):
                if turn == self._turn and self.phase in _AWAITING:
                    return (ev.ShowNotice(NO_WORDS), *self._listen())
                return ()
            case ev.RecordingFlawed(message):
                return (ev.ShowNotice(message),)
            case ev.RecordingFailed(_, _, turn):
                return self._listen() if turn == self._turn and self.phase is Phase.JUDGING else ()
            case ev.HearingFailed():
                return self._listen() if self.phase is Phase.HEARING else ()
            case ev.SoundEnded():
                self._sound_ended = True
                return self._finish() if self.phase in _IDLE else ()
            case (
                ev.InterruptRequested()
                | ev.RepeatRequested()
                | ev.NextRequested()
                | ev.PauseToggled()
                | ev.QuitRequested()
            ):
                return self._asked(event)
            case (
                ev.HearingReady()
                | ev.ListeningStarted()
                | ev.LevelMeasured()
                | ev.PartialTranscript()
                | ev.SoundDropped()
                | ev.CoachStartedSpeaking()
                | ev.VoiceFailed()
            ):
                return ()
            case _:
                assert_never(event)

    def _asked(
        self,
        request: ev.InterruptRequested
        | ev.RepeatRequested
        | ev.NextRequested
        | ev.PauseToggled
        | ev.QuitRequested,
    ) -> Commands:
        match request:
            case ev.InterruptRequested():
                match self.phase:
                    case Phase.SPEAKING:
                        return (ev.Hush(),)
                    case Phase.HEARING:
                        return (ev.EndTurn(),)
                    case _:
                        return ()
            case ev.RepeatRequested():
                if self.phase in (Phase.SPEAKING, Phase.LISTENING) and self._said.text:
                    quiet = self._quiet()
                    self._turn += 1
                    return (*quiet, self._say(self._said.text))
                return ()
            case ev.NextRequested():
                quiet = self._quiet()
                self._turn += 1
                self.index = (self.index + 1) % len(self.lines)
                return (*quiet, *self._introduce())
            case ev.PauseToggled():
                if self.phase is Phase.PAUSED:
                    return self._listen()
                quiet = self._quiet()
                self.phase = Phase.PAUSED
                return quiet
            case ev.QuitRequested():
                return self._finish()
            case _:
                assert_never(request)

    def _introduce(self) -> Commands:
        self._answered = False
        shown = ev.ShowPartner(setting=self.line.setting, line=self.line.line)
        if not self.line.line:
            return (shown, *self._listen())
        return (shown, self._say(self.line.line))

    def _say(self, text: str) -> ev.Say:
        self.phase = Phase.SPEAKING
        self._said = ev.Say(text, self._said.number + 1)
        return self._said

    def _listen(self) -> Commands:
        if self._sound_ended:
            return self._finish()
        self.phase = Phase.LISTENING
        self._turn += 1
        return (ev.Listen(self._turn),)

    def _quiet(self) -> Commands:
        match self.phase:
            case Phase.SPEAKING:
                return (ev.Hush(),)
            case Phase.LISTENING | Phase.HEARING | Phase.JUDGING:
                return (ev.StopListening(),)
            case _:
                return ()

    def _judge(self, utterance: ev.UtteranceHeard) -> Commands:
        quiet = self._quiet()
        self._turn += 1
        if self.phase is not Phase.PAUSED:
            self.phase = Phase.JUDGING
        return (*quiet, ev.Assess(utterance, self.line.line or None))

    def _ask_again(self, words: Sequence[Word]) -> Commands:
        self._answered = True
        notice = ev.ShowNotice(HEARD_UNCLEARLY.format(heard=text_of(words)))
        if self.phase is Phase.PAUSED:
            return (notice,)
        return (*self._quiet(), notice, self._say(NOT_SURE))

    def _go_on(self) -> Commands:
        if not (self._one_try_each and self._answered):
            return self._listen()
        if self.index + 1 == len(self.lines):
            return self._finish()
        self.index += 1
        return self._introduce()

    def _finish(self) -> Commands:
        quiet = self._quiet()
        self.phase = Phase.FINISHED
        return (*quiet, ev.Finish())
