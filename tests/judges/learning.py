"""nnU-Net, pycocotools, labelme on what is written to learn from."""

import contextlib
import io
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np

from tests.judges.asking import VENV, Word, absent, run
from tests.judges.fixtures import Fixture
from urwkv_desktop.formats.writing.names import table_id

_CHECK = """
import io, sys, contextlib
from nnunetv2.experiment_planning.verify_dataset_integrity import verify_dataset_integrity
if __name__ == "__main__":
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        verify_dataset_integrity(sys.argv[1], 1)
    print(said.getvalue())
"""
_LOAD = """
import sys, json
from labelme._label_file import LabelFile
for name in sys.argv[1:]:
    try:
        shapes = [[s["label"], int(s["mask"].sum())] for s in LabelFile(name).shapes]
    except Exception as error:
        shapes = [[repr(error), 0]]
    print("word " + json.dumps([name, shapes]))
"""


def judge_coco(fixtures: Sequence[Fixture], out: Path, name: str) -> Iterator[Word]:
    """Its own reader, image by image."""
    from pycocotools.coco import COCO

    with contextlib.redirect_stdout(io.StringIO()):
        found = COCO(str(out / name))
    images = {(one["case"], one.get("slice", 0)): one for one in found.dataset["images"]}
    format_ = name.removesuffix(".json")
    for fixture in fixtures:
        mask = fixture.case.written_mask()
        again = np.zeros_like(mask)
        for k in range(len(mask)):
            image = images[(fixture.name, k)]
            for one in found.loadAnns(found.getAnnIds(imgIds=image["id"])):
                again[k][found.annToMask(one).astype(bool)] = one["category_id"]
        equal = again.tobytes() == mask.tobytes()
        yield Word("pycocotools", format_, fixture.name, equal, "bytes equal" if equal else "bytes differ")


def judge_labelme(fixtures: Sequence[Fixture], out: Path, scratch: Path) -> Iterator[Word]:
    script = _script(scratch, "load.py", _LOAD)
    if not (VENV / "bin" / "python").exists() or run(VENV / "bin" / "python", "-c", "import labelme")[0]:
        yield from absent("labelme", "labelme", ["labelme"])
        return
    files = {fixture.name: out / "labelme" / f"{_last(fixture)}.json" for fixture in fixtures}
    _, text = run("env", "QT_QPA_PLATFORM=offscreen", VENV / "bin" / "python", script, *files.values(), seconds=600)
    said = dict(json.loads(line.removeprefix("word ")) for line in text.splitlines() if line.startswith("word "))
    for fixture in fixtures:
        mask = fixture.case.written_mask()[-1]
        names = {label.id: label.name for label in fixture.case.labels}
        wanted = {names[int(one)]: int(np.count_nonzero(mask == one)) for one in np.unique(mask) if one}
        loaded: dict[str, int] = {}
        for label, count in said.get(str(files[fixture.name]), [["nothing", 0]]):
            loaded[label] = loaded.get(label, 0) + count
        yield Word("labelme", "labelme", fixture.name, loaded == wanted,
                   f"loads, {sum(loaded.values())} pixels" if loaded == wanted else str(loaded)[:110])


def _last(fixture: Fixture) -> str:
    """The stem of its last slice's files."""
    count = len(fixture.case.mask)
    return table_id(fixture.name) + (f"_{count:04d}" if count > 1 else "")


def judge_yolo(fixtures: Sequence[Fixture], out: Path) -> Iterator[Word]:
    """Filled by OpenCV at eight times the size, as trainers fill them."""
    folder = out / "yolo" / "labels" / "train"
    for fixture in fixtures:
        mask, labels = fixture.case.written_mask()[-1], list(fixture.case.labels)
        least, height, width = 1.0, *mask.shape
        again = np.zeros_like(mask)
        for line in (folder / f"{_last(fixture)}.txt").read_text("ascii").splitlines():
            number, *places = line.split()
            points = np.asarray(places, np.float64).reshape(-1, 2) * (width * 8, height * 8)
            large = np.zeros((height * 8, width * 8), np.uint8)
            cv2.fillPoly(large, [np.rint(points).astype(np.int32)], 1)
            again[cv2.resize(large, (width, height), interpolation=cv2.INTER_AREA) > 0] = labels[int(number)].id
        centre = np.count_nonzero(again != mask) / max(1, np.count_nonzero(mask))
        least = 1 - centre
        yield Word("OpenCV", "yolo", fixture.name, least > 0.5 and set(np.unique(again)) == set(np.unique(mask)),
                   f"{least:.3f} of the pixels by fillPoly, borders included")


def judge_nnunet(out: Path, scratch: Path) -> Iterator[Word]:
    """Clean as written; and each planted fault is caught, which shows that the judge judges."""
    script = _script(scratch, "check.py", _CHECK)
    code, _ = run(VENV / "bin" / "python", "-c", "import nnunetv2.experiment_planning.verify_dataset_integrity") \
        if (VENV / "bin" / "python").exists() else (1, "")
    if code:
        yield from absent("nnU-Net", "nnunet", ["nnunetv2"])
        return
    for folder in sorted((out / "nnunet").glob("Dataset*")):
        faults = _faults(script, folder)
        yield Word("nnU-Net", "nnunet", folder.name, not faults, faults[0][:110] if faults else "integrity verified")
    volumes = next((out / "nnunet").glob("Dataset*_volumes"), None)
    for name, plant in _PLANTED.items() if volumes is not None else ():
        copy = scratch / "planted" / f"Dataset600_{name}"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(volumes or out, copy)
        plant(copy)
        yield Word("nnU-Net", "nnunet", f"planted: {name}", bool(_faults(script, copy)), "caught")


def _faults(script: Path, folder: Path) -> list[str]:
    code, text = run("env", "nnUNet_raw=/", "nnUNet_preprocessed=/", "nnUNet_results=/", VENV / "bin" / "python",
                     script, folder, seconds=300)
    lines = [line for line in text.splitlines() if "Error" in line or "Warning" in line or "RuntimeError" in line]
    return lines or ([] if code == 0 else text.strip().splitlines()[-1:])


def _numbers(folder: Path) -> None:
    described = json.loads((folder / "dataset.json").read_text())
    described["numTraining"] += 1
    (folder / "dataset.json").write_text(json.dumps(described))


def _gap(folder: Path) -> None:
    described = json.loads((folder / "dataset.json").read_text())
    described["labels"] = {name: number + (number > 1) for name, number in described["labels"].items()}
    (folder / "dataset.json").write_text(json.dumps(described))


def _lost(folder: Path) -> None:
    next(iter(sorted((folder / "labelsTr").iterdir()))).unlink()


_PLANTED: dict[str, Callable[[Path], None]] = {"count": _numbers, "gap": _gap, "lost": _lost}


def _script(scratch: Path, name: str, text: str) -> Path:
    scratch.mkdir(parents=True, exist_ok=True)
    (scratch / name).write_text(text)
    return scratch / name
