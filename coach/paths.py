"""Where Coach finds what it ships and keeps what it makes."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    """A folder that lies in the wheel beside the code, and in a checkout beside the package."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def scripts_folder() -> Path:
    """The guided scripts that Coach ships."""
    return _shipped("scripts")


def demo_folder() -> Path:
    """The recorded rehearsals of `coach demo`."""
    return _PACKAGE / "demo"


def models_folders() -> tuple[Path, ...]:
    """Where recognizer models are looked for: `models/` of a checkout, then the person's data folder."""
    return (_PACKAGE.parent / "models", data_folder() / "models")


def data_folder() -> Path:
    """The person's own data; not created here."""
    from platformdirs import user_data_path  # `coach --help` does without

    return user_data_path("coach", appauthor=False)


def cache_folder() -> Path:
    """What can be made again at any time; not created here."""
    from platformdirs import user_cache_path  # `coach --help` does without

    return user_cache_path("coach", appauthor=False)


def log_file() -> Path:
    """Where the noise of sound libraries goes, never what was said. Its folder is made if it can be."""
    from platformdirs import user_log_path  # `coach --help` does without

    folder = user_log_path("coach", appauthor=False)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return Path("/dev/null")
    return folder / "coach.log"
