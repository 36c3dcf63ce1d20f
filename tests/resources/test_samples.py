"""The sample project in resources/: complete, attributed, small, and made again by its maker."""

from __future__ import annotations

import hashlib
import re
import tomllib
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from urwkv_desktop.training.phantom import make_phantom

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"


def project() -> dict[str, list[dict[str, object]]]:
    return tomllib.loads((SAMPLES / "project.toml").read_text(encoding="utf-8"))


def attributed() -> dict[str, str]:
    text = (SAMPLES / "ATTRIBUTION.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|$", text, re.MULTILINE))


def pictures() -> set[str]:
    files = (p for p in SAMPLES.rglob("*") if p.suffix in {".png", ".gz", ".dcm"})
    return {p.relative_to(SAMPLES).as_posix() for p in files}


def test_every_file_is_attributed_with_its_hash() -> None:
    assert attributed().keys() == pictures()
    for file, digest in attributed().items():
        assert hashlib.sha256((SAMPLES / file).read_bytes()).hexdigest() == digest, file


def test_all_samples_together_weigh_less_than_8_mb() -> None:
    assert sum(p.stat().st_size for p in SAMPLES.rglob("*") if p.is_file()) < 8_000_000


def test_the_worklist_names_each_image_once_and_never_a_truth() -> None:
    cases = [case["file"] for case in project()["case"]]
    assert cases == sorted(p for p in pictures() if not p.startswith("truth/"))


def test_each_kind_names_files_that_are_there() -> None:
    for kind in project()["kind"]:
        files = kind["files"]
        assert isinstance(files, list)
        assert all((SAMPLES / file).is_file() for file in files), kind


def test_no_model_is_named_that_does_not_come_with_the_program() -> None:
    models = {folder.parent.name for folder in SAMPLES.parents[1].glob("models/*/card.json")}
    if not models:
        pytest.skip("the models are not in this checkout")
    assert {kind["model"] for kind in project()["kind"] if "model" in kind} <= models


def test_no_two_cases_have_one_title() -> None:
    titles = [case["title"] for case in project()["case"]]
    assert len(titles) == len(set(titles))


def test_phantoms_are_called_simulated() -> None:
    titles = {str(case["file"]): str(case["title"]) for case in project()["case"]}
    assert all("imulated" in title for file, title in titles.items() if "phantom" in file)


def test_a_phantom_and_its_truth_are_what_the_simulator_makes() -> None:
    made = make_phantom("benign", 20)
    assert np.array_equal(np.asarray(Image.open(SAMPLES / "01-phantom-benign-1.png")), made.pixels)
    assert np.array_equal(np.asarray(Image.open(SAMPLES / "truth" / "01-phantom-benign-1.png")) > 0, made.truth > 0)


def test_hippocampus_boxes_lie_where_the_template_has_them() -> None:
    import nibabel

    left = nibabel.Nifti1Image.from_filename(SAMPLES / "09-mr-hippocampus-left.nii.gz")
    right = nibabel.Nifti1Image.from_filename(SAMPLES / "10-mr-hippocampus-right.nii.gz")
    assert left.shape == right.shape == (36, 52, 36)
    assert np.allclose(np.diag(left.affine), 1)
    assert (left.affine @ [18, 0, 0, 1])[0] == -26  # RAS: the patient's left lies below 0
    assert (right.affine @ [18, 0, 0, 1])[0] == 26


def test_the_maker_gives_the_committed_bytes(tmp_path: Path) -> None:
    from urwkv_desktop.training.samples import write_samples

    try:
        write_samples(tmp_path)
    except (PackageNotFoundError, FileNotFoundError) as missing:
        pytest.skip(f"`make samples` has not installed its packages here: {missing}")
    assert {f: hashlib.sha256((tmp_path / f).read_bytes()).hexdigest() for f in pictures()} == attributed()
    for file in ("project.toml", "ATTRIBUTION.md"):
        assert (tmp_path / file).read_bytes() == (SAMPLES / file).read_bytes()
