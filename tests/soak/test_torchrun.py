"""Two processes that torchrun has started train one network."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from tests.training.small_sets import RECIPE, write_recipe, write_set
from urwkv_desktop.inference.library import ModelLibrary
from urwkv_desktop.training.progress import Progress


@pytest.mark.soak
def test_two_processes_train_and_publish_one_model(tmp_path: Path) -> None:
    data = write_set(tmp_path / "set", list("abcdef"), [0, 0, 1, 1, 1, 1])
    recipe, out = write_recipe(tmp_path, RECIPE.replace("batch = 2", "batch = 4")), tmp_path / "out"
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2",
               "-m", "urwkv_desktop", "train", str(recipe), "--data", str(data), "--fold", "0", "--out", str(out)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "URWKV_DESKTOP_HOME": str(tmp_path / "home"),
                   "CUDA_VISIBLE_DEVICES": ""}
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr[-2000:]
    assert ran.stderr.count("The model stands in") == 1
    kept = msgspec.json.decode((out / "run.json").read_bytes(), type=Progress)
    assert (kept.state, kept.step, kept.steps) == ("finished", 3, 3)
    with (out / "curve.csv").open(newline="") as lines:
        assert len(list(csv.DictReader(lines))) == 3
    library = ModelLibrary([out])
    assert library.refused == ()
    assert library.models[0].card.data["trained"]["steps"] == 3  # type: ignore[index]
