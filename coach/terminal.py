"""A terminal on which only the screen draws.

Textual draws on `sys.__stderr__` (`textual.drivers.linux_driver`), which is descriptor 2, and ALSA, JACK and
Kaldi write their remarks there too. Here Python's stderr gets a duplicate of the terminal for itself, and
descriptor 2 becomes a log.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def quiet_terminal(log: Path) -> Iterator[None]:
    """Send what libraries and child processes write on descriptor 2 to `log` until the end.

    Enter it before Textual is imported. Python's own stderr, tracebacks included, still reaches the terminal:
    a traceback may hold what somebody said, and that belongs in no log. Where stderr is no terminal and
    stdout is one, the screen is drawn on stdout. Where the log cannot be opened the noise is dropped.
    """
    noise = _open_log(log)
    sys.stderr.flush()
    before = os.dup(2)
    drawn_on = 1 if os.isatty(1) and not os.isatty(2) else 2
    original = sys.stderr, sys.__stderr__
    with os.fdopen(os.dup(drawn_on), "w", encoding="utf-8", errors="replace") as screen:
        os.dup2(noise, 2)
        os.close(noise)
        sys.stderr = sys.__stderr__ = screen  # type: ignore[misc]  # Textual reads this very name
        try:
            yield
        finally:
            screen.flush()
            sys.stderr, sys.__stderr__ = original  # type: ignore[misc]  # as above
            os.dup2(before, 2)
            os.close(before)


def _open_log(log: Path) -> int:
    try:
        return os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    except OSError:
        return os.open(os.devnull, os.O_WRONLY)
