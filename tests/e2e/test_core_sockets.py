"""No process of ours creates a network socket: traced from outside, through prediction, editing and export."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.homes import places, tiny_models
from urwkv_desktop.workflow.places import Places

__all__ = ["places", "tiny_models"]


def _can_trace() -> bool:
    tracer = shutil.which("strace")
    return tracer is not None and subprocess.run([tracer, "-f", "true"], capture_output=True).returncode == 0


def test_the_self_test_creates_no_network_socket_in_any_of_its_processes(places: Places, tmp_path: Path) -> None:
    if not _can_trace():
        pytest.skip("strace cannot trace here")
    (places.user_models / "tiny").rename(places.user_models / "busi")
    card = places.user_models / "busi" / "card.json"
    card.write_text(card.read_text().replace('"name": "tiny"', '"name": "busi"'))
    trace = tmp_path / "trace"
    words = ["strace", "-f", "-e", "trace=socket", "-o", str(trace)]
    program = [sys.executable, "-m", "urwkv_desktop", "--self-test"]
    done = subprocess.run([*words, *program], capture_output=True, text=True, timeout=180, env=os.environ)
    assert done.returncode == 0, done.stderr
    calls = [line for line in trace.read_text().splitlines() if "socket(" in line]
    assert not [line for line in calls if "AF_INET" in line]
