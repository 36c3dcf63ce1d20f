"""Images with values that are no numbers: the mask is that of the rest, and a finding says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from tests.homes import picture, shell, working
from urwkv_desktop.workflow.places import Places

__all__ = ["shell"]

Shell = Callable[..., Any]


def make_holed(folder: Path) -> Path:
    """whole.tif in fractions of 1, and holed.tif, the same with a corner that is NaN."""
    folder.mkdir()
    values = (picture(0) / 255).astype(np.float32)
    cv2.imwrite(str(folder / "whole.tif"), values)
    values[:3, :3] = np.nan
    cv2.imwrite(str(folder / "holed.tif"), values)
    (folder / "project.toml").write_text('[[kind]]\nfiles = ["*.tif"]\nmodel = "tiny"\n')
    return folder


def test_a_hole_of_no_numbers_leaves_the_mask_and_is_said_over_the_image(places: Places, tmp_path: Path) -> None:
    with working(make_holed(tmp_path / "images"), places) as work:
        work.settle()
        masks = {}
        for name in ("whole", "holed"):
            document = work.show(name)
            work.settle()
            masks[name] = document.mask.voxels.copy()
            said = [str(finding.message) for finding in document.image.findings]
            assert bool(said) == (name == "holed")
        assert masks["whole"].any()
        assert np.mean(masks["whole"] != masks["holed"]) < 0.02
        assert "9 values of this image are no numbers" in said[0]


def test_the_shell_names_the_image_whose_values_are_no_numbers(shell: Shell, tmp_path: Path) -> None:
    said = shell("segment", make_holed(tmp_path / "images"), "--model", "tiny", "--out", tmp_path / "out")
    assert said.code == 0
    assert len(said.lines) == 1
    assert said.lines[0].startswith("holed.tif: 9 values of this image are no numbers")
