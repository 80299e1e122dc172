"""Fixtures for every test: the network stays shut, and no thread outlives its test."""

import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
"""Labelled replies and recordings that lie beside some checkouts; tests that use them skip without."""

_NETWORK = frozenset({"socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo"})
_shut = threading.Event()


def _refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    if not _shut.is_set() or event not in _NETWORK:
        return
    address = arguments[1] if len(arguments) > 1 else None
    if event == "socket.getaddrinfo" or isinstance(address, tuple):
        raise AssertionError(f"a test reached for the network: {event} {arguments[1:]}")


# A speed belongs in `make bench`; a run of CI can be repeated.
settings.register_profile("coach", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("coach")

sys.addaudithook(_refuse_network)


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    """Fail a test that opens an internet socket; a socket between processes of this machine may be."""
    _shut.set()
    yield
    _shut.clear()


@pytest.fixture(autouse=True)
def no_surviving_thread() -> Iterator[None]:
    """Fail a test that leaves a thread behind."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + 2.0
    while survivors := [one for one in threading.enumerate() if one not in before and one.is_alive()]:
        if time.monotonic() > deadline:
            pytest.fail(f"threads survived: {sorted(one.name for one in survivors)}")
        time.sleep(0.01)


@pytest.fixture
def shared() -> Path:
    """The folder of labelled replies and recordings; skips where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the folder `shared` does not lie beside this checkout")
    return SHARED
