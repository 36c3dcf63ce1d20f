"""No sequence of events brings the window down."""

import sys
from pathlib import Path

import nibabel
import numpy as np

from tests.gui.live import living
from tests.gui.monkey import Monkey
from tests.homes import make_folder, places, tiny_models  # noqa: F401 - fixtures
from urwkv_desktop.workflow import Places

EVENTS = 2_000


def test_two_thousand_random_events_do_no_harm(places: Places, tmp_path: Path) -> None:  # noqa: F811
    let_loose(places, tmp_path, seed=20260511, events=EVENTS)


def let_loose(places: Places, folder: Path, *, seed: int, events: int) -> None:  # noqa: F811
    """Pictures, a volume and a file that is none; ended, the project opens again with what was acknowledged."""
    sys.stdout.write(f"monkey: seed {seed}\n")
    images = make_folder(folder / f"images-{seed}")
    values = np.random.default_rng(seed).integers(0, 1000, (40, 32, 12)).astype(np.int16)
    nibabel.save(nibabel.Nifti1Image(values, np.diag([1.0, 1.0, 2.5, 1.0])), images / "volume.nii.gz")
    (images / "broken.png").write_bytes(b"no picture")
    with living(places, images) as live:
        monkey = Monkey(live, seed, images)
        try:
            monkey.play(events)
            live.main.commands._let_go()
            live.until(live.is_saved)
        except BaseException:
            sys.stdout.write("the last events:\n  " + "\n  ".join(monkey.log))
            raise
