import re
import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.homes import places, tiny_models
from urwkv_desktop.cli import run
from urwkv_desktop.workflow.places import Places

PROGRESS = re.compile(r"\w+: \d+ of \d+")
__all__ = ["places", "tiny_models"]


@dataclass(frozen=True)
class Said:
    """code: the exit code. lines: of stderr without the progress."""

    code: int
    out: str
    lines: tuple[str, ...]


@pytest.fixture
def shell(places: Places, capsys: pytest.CaptureFixture[str],
          monkeypatch: pytest.MonkeyPatch) -> Callable[..., Said]:
    """Runs one command in a fresh home that has the model `tiny`."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)

    def call(*words: object) -> Said:
        code = run([str(word) for word in words])
        said = capsys.readouterr()
        return Said(code, said.out, tuple(line for line in said.err.splitlines() if not PROGRESS.match(line)))

    return call
