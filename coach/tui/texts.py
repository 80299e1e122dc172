"""Everything the screen says, in one place, ready for translation."""

from coach.reply.moves import FindingName, Move

TITLE = "Coach"

# Where the rehearsal stands.

WAITING = "One moment"
READY_WITHOUT_EAR = "Your turn \u2014 t to type, o to open a recording"
READY = "One moment, then it is your turn"
LISTENING = "Listening \u2014 speak when you are ready"
HEARING = "I hear you"
HEARING_RECORDING = "Listening to your recording"
THINKING = "Thinking"
SPEAKING = "Coach is speaking \u2014 any key to interrupt"
PAUSED = "Paused"
PAUSED_HINT = "p to go on"
HEARING_HINT = "space when you are done"

# The partner's line and the reply.

YOU_SAID = "You said"
NO_WORDS_YET = "\u2026"
COACH_SAYS = "Coach"

# What the marks mean: one line under the reply.

MAY_HELP = "may help"
MAY_BLOCK = "may get in the way"
NEUTRAL = "neutral"

MOVES: dict[Move, str] = {
    Move.VALIDATION: "validation",
    Move.REFLECTION: "reflecting back",
    Move.OPEN_QUESTION: "open question",
    Move.AFFIRMATION: "appreciation",
    Move.SUPPORT: "being there",
    Move.DISCLOSURE: "sharing your feeling",
    Move.OWNERSHIP: "taking responsibility",
    Move.PERMISSION: "asking first",
    Move.AUTONOMY: "leaving room",
    Move.FIXING: "advice",
    Move.MINIMIZING: "playing it down",
    Move.DEFENDING: "defending",
    Move.BLAMING: "blame",
    Move.HIJACKING: "your own story",
    Move.DEFLECTING: "changing the subject",
    Move.CLOSED_QUESTION: "yes-or-no question",
    Move.INFORMING: "information",
}

FINDINGS: dict[FindingName, str] = {
    FindingName.PREMATURE_FIXING: "a solution came first",
    FindingName.VALIDATION_CANCELLED: "a \u201cbut\u201d took it back",
    FindingName.PARROTING: "their own words back",
    FindingName.STACKED_QUESTIONS: "several questions at once",
    FindingName.ACCUSING_WHY: "a \u201cwhy\u201d that may accuse",
    FindingName.FEELING_UNNAMED: "no feeling named yet",
    FindingName.GENERIC_PRAISE: "general praise",
    FindingName.TOO_LONG: "long",
    FindingName.REFLECTION_SOUNDED_LIKE_A_QUESTION: "it rose like a question",
    FindingName.RUSHED: "quick",
    FindingName.FLAT: "little melody",
    FindingName.HARSH: "a hard edge",
    FindingName.BARELY_AUDIBLE: "very quiet",
}

WHY = "Why"
NO_DETAILS = "Nothing stood out in this reply."

# Feedback.

LANDED = "What landed"
TO_TRY = "One thing to try"
BETTER_WORDING = "You might say"

# Typing and opening.

REPLY_PLACEHOLDER = "Type your reply"
RECORDING_PLACEHOLDER = "Path of a recording (WAV or FLAC)"
SEND = "Send"
OPEN = "Open"
COMPLETE = "Complete"
BACK = "Back"

# Notices.

FALLBACK = "Press t to type your reply, or o to open a recording."
VOICE_FAILED = "The coach cannot be heard"
WORDS_ARE_SHOWN = "What it says is shown here instead."
NO_WORDS_HEARD = "I heard you, but could not make out words. Say it again, or press t to type it."


def no_such_file(path: str) -> str:
    """A recording that is not there."""
    return f"There is no file at {path}. Check the path, or press t to type your reply."


def sound_dropped(seconds: float) -> str:
    """Sound was lost in this session, `seconds` in all."""
    return f"{seconds:.1f} s of sound was lost: this computer was busy"


# The status line.

RECOGNIZER_LOADING = "getting ready to listen"
NO_MICROPHONE = "no microphone"
NO_VOICE = "coach\u2019s words as text"


def microphone(name: str) -> str:
    """The microphone in use."""
    return f"microphone {name}"


def voice(name: str) -> str:
    """The voice in use."""
    return f"voice {name}"


# Keys: in the footer, in the help, in the command palette.

INTERRUPT_SHORT = "Done"
INTERRUPT = "I am done, or: hush"
INTERRUPT_HELP = "End your reply now. While the coach speaks: quiet it, as any key does."
TYPE_SHORT = "Type"
TYPE = "Type a reply"
TYPE_HELP = "Type your reply instead of speaking it."
OPEN_SHORT = "Open"
OPEN_RECORDING = "Open a recording"
OPEN_HELP = "Hear a recording as your reply."
REPEAT_SHORT = "Again"
REPEAT = "Say that again"
REPEAT_HELP = "Hear the coach\u2019s last words once more."
NEXT_SHORT = "Next"
NEXT = "Next line"
NEXT_HELP = "Go on to the next thing your partner says."
PAUSE_SHORT = "Pause"
PAUSE = "Pause or go on"
PAUSE_HELP = "Stop listening for a while, or listen again."
DETAILS_SHORT = "Why"
DETAILS = "Show or hide the reasons"
DETAILS_HELP = "What was found in your reply, with your words and the reason."
HELP_SHORT = "Help"
HELP = "Help"
HELP_HELP = "How this works, and all keys."
QUIT_SHORT = "Quit"
QUIT = "Quit"
QUIT_HELP = "End the rehearsal. Press it twice to leave at once."
PALETTE_HELP = "Find any of these by name."
SCROLL_HELP = "Read what does not fit on the screen."
THEME = "Light or dark colours"
THEME_HELP = "Change between light and dark colours."

# The help screen.

HELP_TEXT = (
    "Your partner says something. Answer aloud, the way you would like to. Take your time: pauses are fine."
    "\n\n"
    "The coach then names one thing that landed and one thing to try. "
    "Say it again as often as you like; nobody else hears it, and nothing leaves this computer."
)
MARKS_TITLE = "Marks in your reply"
KEYS_TITLE = "Keys"
IN_USE_TITLE = "In use"
CLOSE = "Close"
