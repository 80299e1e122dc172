"""Where the rehearsal stands, as far as it can be seen from the outside. Pure."""

from dataclasses import dataclass, replace
from enum import Enum, auto

from coach import events as ev


class Activity(Enum):
    """What is going on."""

    OPENING = auto()
    """The session begins."""

    READY = auto()
    """A reply is awaited and no ear is open (yet)."""

    LISTENING = auto()
    HEARING = auto()
    """Somebody speaks."""

    HEARING_RECORDING = auto()
    THINKING = auto()
    SPEAKING = auto()
    """The coach speaks."""

    PAUSED = auto()


@dataclass(frozen=True, slots=True)
class Situation:
    """What the state line shows."""

    activity: Activity = Activity.OPENING
    can_hear: bool = True
    """False when replies can only be typed or opened."""

    def after(self, report: ev.Event | ev.Command) -> "Situation":
        """The situation once `report` happened or was commanded."""
        if isinstance(report, ev.HearingFailed):
            activity = Activity.READY if self.activity in _AWAITING_SOUND else self.activity
            return Situation(activity, can_hear=False)
        if isinstance(report, ev.ListeningStarted) and self.activity is Activity.READY:
            return Situation(Activity.LISTENING)
        return replace(self, activity=_next_activity(self.activity, report))


_AWAITING_SOUND = frozenset(
    {Activity.READY, Activity.LISTENING, Activity.HEARING, Activity.HEARING_RECORDING}
)


def _next_activity(activity: Activity, report: ev.Event | ev.Command) -> Activity:
    match report:
        case ev.Listen():
            return Activity.READY
        case ev.HearRecording():
            return Activity.HEARING_RECORDING
        case ev.Say() if activity is Activity.PAUSED:
            return Activity.READY
        case ev.PauseToggled():
            return Activity.READY if activity is Activity.PAUSED else Activity.PAUSED
        case _ if activity is Activity.PAUSED:
            return activity
        case ev.SpeechStarted() if activity is Activity.LISTENING:
            return Activity.HEARING
        case ev.StopListening() if activity in (Activity.LISTENING, Activity.HEARING):
            return Activity.READY
        case ev.EndTurn() | ev.Assess():
            return Activity.THINKING
        case ev.CoachStartedSpeaking():
            return Activity.SPEAKING
        case ev.CoachFinishedSpeaking() if activity is Activity.SPEAKING:
            return Activity.READY
        case _:
            return activity
