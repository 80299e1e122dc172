"""Where the rehearsal stands, as far as it can be seen from the outside. Pure."""

from dataclasses import dataclass, replace
from enum import Enum, auto

from coach import events as ev


class Activity(Enum):
    """What is going on."""

    WAITING = auto()
    """Between two steps of the session."""

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

    activity: Activity = Activity.WAITING
    can_hear: bool = True
    """False when replies can only be typed or opened."""

    def after(self, report: ev.Event | ev.Command) -> "Situation":
        """The situation once `report` happened or was commanded."""
        if isinstance(report, ev.HearingFailed):
            return Situation(_WITHOUT_HEARING.get(self.activity, self.activity), can_hear=False)
        if isinstance(report, ev.ListeningStarted) and self.activity is Activity.READY:
            return Situation(Activity.LISTENING)
        return replace(self, activity=_next_activity(self.activity, report))


_WITHOUT_HEARING = {
    Activity.LISTENING: Activity.READY,
    Activity.HEARING: Activity.READY,
    Activity.HEARING_RECORDING: Activity.WAITING,
}


def _next_activity(activity: Activity, report: ev.Event | ev.Command) -> Activity:
    match report:
        case ev.Listen():
            return Activity.READY
        case ev.HearRecording():
            return Activity.HEARING_RECORDING
        case ev.Say() if activity is Activity.PAUSED:
            return Activity.WAITING
        case ev.PauseToggled():
            return Activity.PAUSED  # a command ends the pause
        case _ if activity is Activity.PAUSED:
            return activity
        case ev.SpeechStarted() if activity is Activity.LISTENING:
            return Activity.HEARING
        case ev.StopListening() if activity in (Activity.READY, Activity.LISTENING, Activity.HEARING):
            return Activity.WAITING
        case ev.EndTurn() | ev.Assess():
            return Activity.THINKING
        case ev.CoachStartedSpeaking():
            return Activity.SPEAKING
        case ev.CoachFinishedSpeaking() if activity is Activity.SPEAKING:
            return Activity.WAITING
        case _:
            return activity
