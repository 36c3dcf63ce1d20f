"""What every test stands on: a Qt that needs no screen, a home of its own, no network, one thread a library."""

from __future__ import annotations

import os
import socket
import tempfile
from pathlib import Path

import pytest

# Before anything imports Qt, numpy or torch. Where a display was asked for by name, the window's tests use it.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LANGUAGE"] = "en"  # the window's words are English here, whatever the system speaks
for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

# Settings, caches and projects of the person who runs the tests are neither read nor written, in subprocesses neither.
_HOME = tempfile.TemporaryDirectory(prefix="urwkv-tests-", ignore_cleanup_errors=True)
os.environ["URWKV_DESKTOP_HOME"] = _HOME.name


def pytest_unconfigure() -> None:
    _HOME.cleanup()


class _NoNetwork(socket.socket):
    """The program opens no socket to anywhere; local ones of the desktop and between our processes are not meant."""

    def __init__(self, family: int = -1, type: int = -1, proto: int = -1, fileno: int | None = None) -> None:
        if fileno is None and family in (-1, socket.AF_INET, socket.AF_INET6):
            raise AssertionError(f"a network socket was asked for (family {family})")
        super().__init__(family, type, proto, fileno)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", _NoNetwork)


@pytest.fixture
def program_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh home (settings, data, cache, logs) for one test that must not meet another's."""
    home = tmp_path / "home"
    monkeypatch.setenv("URWKV_DESKTOP_HOME", str(home))
    return home


@pytest.fixture(scope="session")
def lent_data() -> Path:
    """The data lent beside the checkout, never inside it; the test is skipped with a word where it is missing."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the lent data is not beside this checkout")
    return folder
