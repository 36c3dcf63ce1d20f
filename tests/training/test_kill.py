"""A run that is killed with SIGKILL while it writes its checkpoint goes on as if it had never stopped."""

from __future__ import annotations

import csv
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from tests.training.small_sets import RECIPE, write_recipe, write_set
from urwkv_desktop.training.loop import run

KILLED = """
import os, signal, sys
from pathlib import Path
import torch
from urwkv_desktop.training.loop import run

recipe, data, out = map(Path, sys.argv[1:])
written = 0
save = torch.save

def save_half(state, path):
    global written
    written += 1
    save(state, path)
    if written == 4:
        path.write_bytes(path.read_bytes()[:1000])
        os.kill(os.getpid(), signal.SIGKILL)

torch.save = save_half
run(recipe, data, out, fold=0, save_every_s=0)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_a_run_killed_in_the_middle_of_a_checkpoint_goes_on_bit_for_bit(tmp_path: Path) -> None:
    data = write_set(tmp_path / "set", list("abcdef"), [0, 0, 1, 1, 1, 1])
    recipe = write_recipe(tmp_path, RECIPE + "\n[augmentation]\nelastic = 0.04\nspeckle = 0.1\ncut = 0.5\n")
    straight, broken = tmp_path / "straight", tmp_path / "broken"
    run(recipe, data, straight, fold=0)
    child = subprocess.run([sys.executable, "-c", KILLED, str(recipe), str(data), str(broken)], check=False)
    assert child.returncode == -signal.SIGKILL
    resumed = run(recipe, data, broken, fold=0, resume=True)
    assert (resumed.state, resumed.step) == ("finished", 6)
    for name in ("weights", "best"):
        ours, theirs = (load_file(folder / f"{name}.safetensors") for folder in (straight, broken))
        assert all(torch.equal(ours[key], theirs[key]) for key in ours)
    assert _curve(straight) == _curve(broken)


def _curve(folder: Path) -> list[dict[str, str]]:
    with (folder / "curve.csv").open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [{key: row[key] for key in row if key != "seconds"} for row in rows]
