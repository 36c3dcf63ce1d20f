"""The other commands: what they print, and how they end."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from tests.homes import make_folder, picture, stroke, working
from urwkv_desktop import __version__
from urwkv_desktop.training.cases import DataPlace, read_cases
from urwkv_desktop.training.reading import read_image, read_truth
from urwkv_desktop.workflow.places import Places

Shell = Callable[..., Any]


def test_version_and_help(shell: Shell) -> None:
    assert shell("--version").out == f"urwkv-desktop {__version__}\n"
    said = shell("--help")
    assert said.code == 0
    for command in ("segment", "export", "models", "train", "evaluate", "learn"):
        assert command in said.out


def test_models_lists_cards(shell: Shell) -> None:
    names = [card["name"] for card in json.loads(shell("models", "--json").out)]
    assert "tiny" in names
    assert "tiny" in shell("models").out


def test_a_model_with_a_wrong_hash_is_refused_and_the_others_stay(shell: Shell, places: Places) -> None:
    bad = places.user_models / "bad"
    bad.mkdir()
    for file in (places.user_models / "tiny").iterdir():
        (bad / file.name).write_bytes(file.read_bytes() + (b" " if file.suffix == ".bin" else b""))
    said = shell("models")
    assert said.code == 1
    assert "tiny" in said.out
    assert len(said.lines) == 1
    assert said.lines[0].startswith("bad: ")


def test_export_takes_accepted_cases_and_the_mask_is_the_one_on_screen(shell: Shell, places: Places,
                                                                     tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "images")
    with working(folder, places) as work:
        work.settle()
        document = work.show("b")
        stroke(document)
        work.session.accept(then_next=False)
        work.settle()
        mask = document.mask.voxels[0].copy()
    said = shell("export", folder, "--out", tmp_path / "out", "--format", "png,nifti,coco,training")
    assert (said.code, said.lines) == (0, ())
    assert np.array_equal(cv2.imread(str(tmp_path / "out/b.png"), cv2.IMREAD_UNCHANGED), mask)
    assert np.array_equal(cv2.imread(str(tmp_path / "out/masks/b.png"), cv2.IMREAD_UNCHANGED), mask)
    assert not (tmp_path / "out/a.png").exists()
    with (tmp_path / "out/cases.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert [(row["id"], row["status"], row["reader"]) for row in rows] == [("b", "accepted", "Ada")]
    manifest = json.loads((tmp_path / "out/manifest.json").read_text())
    assert len(manifest["split_key_fingerprint"]) == 16


def test_a_training_export_is_read_by_training_as_it_is(shell: Shell, places: Places, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "images", ("a", "ward/b"))
    with working(folder, places) as work:
        work.settle()
    shell("export", folder, "--out", tmp_path / "out", "--format", "training", "--status", "predicted")
    cases = read_cases(DataPlace(folder=tmp_path / "out"))
    assert [case.split in ("train", "validation", "test") for case in cases] == [True, True]
    for case in cases:
        image = read_image(case)
        assert image.shape == (1, 48, 64)
        assert read_truth(case, image, 1).any()


def test_every_command_is_in_the_guide(shell: Shell) -> None:
    guide = (Path(__file__).resolve().parents[2] / "docs" / "guide.md").read_text()
    listed = [line.split()[0] for line in shell("--help").out.partition("Commands:")[2].splitlines() if line.strip()]
    assert set(listed) == {"segment", "export", "models", "train", "evaluate", "learn"}
    assert [command for command in listed if command not in guide] == []


def test_export_of_other_statuses_and_under_another_key(shell: Shell, places: Places, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "images")
    with working(folder, places) as work:
        work.settle()
    assert shell("export", folder, "--out", tmp_path / "none", "--format", "png").code == 2
    words = ("export", folder, "--format", "png", "--status", "predicted,edited")
    assert shell(*words, "--out", tmp_path / "one").code == 0
    (tmp_path / "key").write_text("another key\n")
    assert shell(*words, "--out", tmp_path / "two", "--split-key", tmp_path / "key").code == 0
    one, two = (json.loads((tmp_path / name / "manifest.json").read_text()) for name in ("one", "two"))
    assert [case["id"] for case in one["cases"]] == ["a", "b", "c"]
    assert one["split_key_fingerprint"] != two["split_key_fingerprint"]
    assert one["cases"][0]["group"] != two["cases"][0]["group"]


def test_evaluate_counts_empty_truths_apart(shell: Shell, tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "images")
    shell("segment", folder, "--model", "tiny", "--out", tmp_path / "masks")
    (tmp_path / "masks/manifest.json").unlink()
    cv2.imwrite(str(tmp_path / "masks/b.png"), np.zeros_like(picture(0)))
    said = shell("evaluate", "--model", "tiny", "--images", folder, "--masks", tmp_path / "masks", "--json")
    found = json.loads(said.out)
    assert said.code == 0
    assert (found["n"], found["dice_mean"], found["iou_mean"], found["iou_lo"], found["iou_hi"]) == (2, 1, 1, 1, 1)
    assert found["empty"] == {"n": 1, "fired_over_50px": 1}
    assert [(case["id"], case["dice"], case["iou"], case["hd95"]) for case in found["cases"]] == [
        ("a", 1, 1, 0), ("c", 1, 1, 0)]


def test_train_and_evaluate_say_what_is_missing(shell: Shell, tmp_path: Path) -> None:
    for words, sentence in (
        (("train", "--data", tmp_path, "--out", tmp_path), "No recipe was named."),
        (("train", "nothing", "--data", tmp_path, "--out", tmp_path), "There is no recipe nothing."),
        (("evaluate", "--model", "tiny"), "Neither --data nor --images"),
        (("evaluate", "--model", "tiny", "--data", tmp_path / "no"), "There is no"),
        (("evaluate", "--model", "none", "--data", tmp_path), "There is no model called none."),
    ):
        said = shell(*words)
        assert said.code == 2
        assert len(said.lines) == 1
        assert sentence in said.lines[0]


def test_ctrl_c_leaves_whole_files_only(places: Places, tmp_path: Path) -> None:
    folder, out = make_folder(tmp_path / "images", [f"p{number:03}" for number in range(400)]), tmp_path / "out"
    process = subprocess.Popen(
        [sys.executable, "-m", "urwkv_desktop", "segment", str(folder), "--model", "tiny", "--out", str(out)],
        stderr=subprocess.PIPE, env=os.environ, text=True)
    deadline = time.monotonic() + 60
    while not list(out.glob("p*.png")) and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=60)
    assert process.returncode == 130, error
    assert "what stands is whole" in error
    assert "Traceback" not in error
    manifest = json.loads((out / "manifest.json").read_text())
    listed = {file["path"] for file in manifest["files"]}
    assert not manifest["complete"]
    assert 0 < len(listed) < 400
    assert {file.name for file in out.iterdir()} == listed | {"manifest.json"}
    for name in listed:
        assert cv2.imread(str(out / name), cv2.IMREAD_UNCHANGED) is not None


def test_the_self_test_reaches_a_mask_and_compares_its_export(shell: Shell, places: Places) -> None:
    (places.user_models / "tiny").rename(places.user_models / "busi")
    card = places.user_models / "busi" / "card.json"
    card.write_text(card.read_text().replace('"name": "tiny"', '"name": "busi"'))
    said = shell("--self-test")
    assert said.code == 0, said.lines
    assert said.out.splitlines()[-1] == "self-test passed"
