"""The rehearsal: the partner's line, where it stands, the reply and what the coach says about it."""

from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.events import Key
from textual.screen import Screen
from textual.widgets import Input

from coach import events as ev
from coach.handle import Setup
from coach.reply.words import text_of
from coach.tui import texts
from coach.tui.keys import KEYS
from coach.tui.messages import Reported, Requested
from coach.tui.screens.help import HelpScreen
from coach.tui.situation import Activity, Situation
from coach.tui.widgets.entry import Entry, RecordingEntry, existing_file
from coach.tui.widgets.key_line import KeyLine
from coach.tui.widgets.level import LevelBar
from coach.tui.widgets.notices import Notices
from coach.tui.widgets.partner import PartnerCard
from coach.tui.widgets.reply_area import ReplyArea
from coach.tui.widgets.state import StateLine
from coach.tui.widgets.status import StatusLine

_READING_KEYS = frozenset(
    {"up", "down", "left", "right", "pageup", "pagedown", "home", "end", "tab", "shift+tab"}
)
"""Keys that move over the screen; they leave the coach speaking."""

_EAR_IS_OPEN = frozenset({Activity.LISTENING, Activity.HEARING})


class PracticeScreen(Screen[None]):
    """Shows what the engine reports and passes on what the person asks for."""

    AUTO_FOCUS = "#reply-area"
    BINDINGS: ClassVar[list[BindingType]] = [binding for key in KEYS for binding in key.bindings()]

    def __init__(self, setup: Setup) -> None:
        super().__init__()
        self._setup = setup
        self._situation = Situation(can_hear=setup.microphone is not None)
        self._voice_works = setup.voice is not None
        self._line = ""
        """The partner's line."""
        self._interrupted = False
        """The coach was asked to be quiet since it began to speak."""
        self._lost_seconds = 0.0

    def compose(self) -> ComposeResult:
        """From what the partner says down to what is in use."""
        with Vertical(classes="page"):
            yield PartnerCard()
            yield StateLine()
            yield LevelBar()
            yield Notices()
            yield ReplyArea(id="reply-area")
            yield Entry(placeholder=texts.REPLY_PLACEHOLDER, id="reply-entry")
            yield RecordingEntry(placeholder=texts.RECORDING_PLACEHOLDER, id="recording-entry")
            yield StatusLine()
            yield KeyLine(show_command_palette=False)

    def on_mount(self) -> None:
        """Show what is known before the engine says anything."""
        self.query_one(StateLine).show(self._situation)
        self._show_status()

    # What the engine reports.

    def on_reported(self, message: Reported) -> None:
        """Show what the engine reported."""
        situation = self._situation.after(message.report)
        if situation != self._situation:
            self._situation = situation
            self.query_one(StateLine).show(situation)
            self._show_status()
        if situation.activity not in _EAR_IS_OPEN:
            self.query_one(LevelBar).rest()
        self._show(message.report)

    def _show(self, report: ev.Event | ev.Command) -> None:
        match report:
            case ev.LevelMeasured(level_db) if self._situation.activity in _EAR_IS_OPEN:
                self.query_one(LevelBar).measure(level_db)
            case ev.PartialTranscript(text):
                self._replies.take_in(text)
            case ev.ShowPartner(setting, line):
                self._show_partner(setting, line)
            case ev.SpeechStarted() | ev.HearRecording():
                self._notices.hearing_works()
                self._notices.remark(None)
                self._replies.take_in("")
            case ev.Assess(utterance):
                self._notices.remark(None)
                self._notices.clear_voice()
                self._replies.take_in(text_of(utterance.words))
            case ev.UtteranceAssessed(assessment, feedback):
                self._replies.judge(assessment, feedback)
            case ev.Listen() | ev.StopListening():
                self._replies.take_back()
            case ev.CoachStartedSpeaking(text):
                self._interrupted = False
                if not self._voice_works and text != self._line:
                    self._replies.caption(text)
            case ev.Finish():
                self.app.exit()
            case _:
                self._tell(report)

    def _tell(self, report: ev.Event | ev.Command) -> None:
        match report:
            case ev.HearingFailed(title, message):
                self._notices.hearing_failed(title, message)
                self._replies.take_back()
            case ev.RecordingFailed(title, message, _):
                self._notices.remark(f"{title}: {message}")
                self._replies.take_back()
            case ev.VoiceFailed(message):
                self._notices.voice_failed(message)
                self._voice_works = False
                self._show_status()
            case ev.SpeechWithoutWords():
                self._notices.remark(texts.NO_WORDS_HEARD)
            case ev.ShowNotice(text):
                self._notices.remark(text)
            case ev.HearingReady(recognizer, advice, source):
                self._setup = replace(
                    self._setup, recognizer=recognizer, recognizer_advice=advice, microphone=source
                )
                self._show_status()
            case ev.SoundDropped(seconds):
                self._lost_seconds += seconds
                self._show_status()
            case _:
                pass

    def _show_partner(self, setting: str, line: str) -> None:
        self._line = line
        self.query_one(PartnerCard).show(setting=setting, line=line)
        self._replies.clear()
        self._notices.remark(None)

    def _show_status(self) -> None:
        self.query_one(StatusLine).show(
            self._setup,
            can_hear=self._situation.can_hear,
            voice_works=self._voice_works,
            lost_seconds=self._lost_seconds,
        )

    @property
    def _notices(self) -> Notices:
        return self.query_one(Notices)

    @property
    def _replies(self) -> ReplyArea:
        return self.query_one(ReplyArea)

    # What the person asks for.

    def on_key(self, event: Key) -> None:
        """Any key quiets the coach, and then does what it does."""
        if event.key not in _READING_KEYS and event.key != "space":
            self._quiet_coach()

    def _quiet_coach(self) -> None:
        if self._situation.activity is Activity.SPEAKING and not self._interrupted:
            self._interrupted = True
            self.post_message(Requested(ev.InterruptRequested()))

    def action_interrupt(self) -> None:
        """Be quiet, or: I am done."""
        self._interrupted = True
        self.post_message(Requested(ev.InterruptRequested()))

    def action_repeat(self) -> None:
        """Say that again."""
        self.post_message(Requested(ev.RepeatRequested()))

    def action_next(self) -> None:
        """On to the next line."""
        self.post_message(Requested(ev.NextRequested()))

    def action_pause(self) -> None:
        """Pause, or go on."""
        self.post_message(Requested(ev.PauseToggled()))

    def action_type(self) -> None:
        """Type a reply."""
        self._close_entries()
        self.query_one("#reply-entry", Entry).ask()

    def action_open(self) -> None:
        """Open a recording."""
        self._close_entries()
        self.query_one("#recording-entry", Entry).ask()

    def action_details(self) -> None:
        """Show or hide the reasons."""
        self._replies.toggle_details()

    def action_help(self) -> None:
        """Show all keys."""
        self.app.push_screen(HelpScreen(in_use=self.query_one(StatusLine).lines))

    @on(Input.Changed)
    def _typed(self) -> None:
        self._quiet_coach()

    @on(Entry.Left)
    def _close_entries(self) -> None:
        for entry in self.query(Entry):
            entry.display = False
        self._replies.focus()

    @on(Input.Submitted, "#reply-entry")
    def _reply_typed(self, message: Input.Submitted) -> None:
        self._close_entries()
        if message.value.strip():
            self.post_message(Requested(ev.ReplyTyped(message.value)))

    @on(Input.Submitted, "#recording-entry")
    def _recording_chosen(self, message: Input.Submitted) -> None:
        typed = message.value.strip()
        if not typed:
            self._close_entries()
        elif (path := existing_file(typed)) is None:
            self._notices.remark(texts.no_such_file(typed))
        else:
            self._close_entries()
            self.post_message(Requested(ev.RecordingOpened(path)))
