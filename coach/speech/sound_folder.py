"""The folder that holds the sounds of one run of the app: private, and gone with it sooner or later."""

import os
import re
import shutil
import tempfile
from pathlib import Path

_NAME = re.compile(r"coach-voice-(\d+)-")


def new_sound_folder() -> Path:
    """Make a folder that only this user can open; its name tells which process it belongs to."""
    return Path(tempfile.mkdtemp(prefix=f"coach-voice-{os.getpid()}-"))  # mkdtemp makes it 0700


def remove_stale_sound_folders() -> None:
    """Remove this user's folders whose process is gone: it and its voice were both killed."""
    if os.name != "posix":  # elsewhere nobody can be asked whether a process lives
        return
    try:
        with os.scandir(tempfile.gettempdir()) as entries:
            stale = [entry.path for entry in entries if _is_stale(entry)]
    except OSError:
        return
    for path in stale:
        shutil.rmtree(path, ignore_errors=True)  # which follows no link either


def _is_stale(entry: "os.DirEntry[str]") -> bool:
    name = _NAME.match(entry.name)
    try:
        if not name or not entry.is_dir(follow_symlinks=False):
            return False
        if entry.stat(follow_symlinks=False).st_uid != os.getuid():
            return False
        os.kill(int(name[1]), 0)  # signal 0 only asks
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False
