"""Writes every format of every fixture, asks every judge, prints their words. Exit code 1 where one says no."""

import argparse
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.formats.builders import SHARED
from tests.judges import dicom, learning, volumes
from tests.judges.asking import Word
from tests.judges.fixtures import Fixture, made, real
from urwkv_desktop.formats.catalogue import FORMATS
from urwkv_desktop.formats.export import export

_PROGRAM = {"name": "urwkv-desktop", "version": "0.1"}


def words(folder: Path, formats: Sequence[str]) -> Iterator[Word]:
    fixtures = [*made(folder / "made"), *real()]
    if not (SHARED / "dicom").is_dir():
        yield Word("-", "-", "real images", None, "the shared data is not here; made images alone")
    out, scratch = folder / "out", folder / "scratch"
    report = export([one.case for one in fixtures], out, formats, program=_PROGRAM)
    for stem, why in report.refused:
        yield Word("urwkv-desktop", "-", stem, None, str(why.cause))
    written = {one.relative_to(out).as_posix() for one in report.written}
    for fixture in fixtures:
        for ending, judge in (("seg.dcm", dicom.judge_seg), ("rtstruct.dcm", dicom.judge_rtstruct),
                              ("nii.gz", volumes.judge_nifti), ("seg.nrrd", volumes.judge_nrrd)):
            if f"{fixture.name}.{ending}" in written:
                yield from judge(fixture, out / f"{fixture.name}.{ending}", scratch)
    yield from _of_sets(fixtures, out, scratch, formats)


def _of_sets(fixtures: Sequence[Fixture], out: Path, scratch: Path, formats: Sequence[str]) -> Iterator[Word]:
    for name in ("coco", "coco-polygons"):
        if name in formats:
            yield from learning.judge_coco(fixtures, out, f"{name}.json")
    if "labelme" in formats:
        yield from learning.judge_labelme(fixtures, out, scratch)
    if "yolo" in formats:
        yield from learning.judge_yolo(fixtures, out)
    if "nnunet" in formats:
        yield from learning.judge_nnunet(out, scratch)


def main() -> int:
    parser = argparse.ArgumentParser(prog="judges", description=__doc__)
    parser.add_argument("--short", action="store_true", help="one line for each judge and format")
    parser.add_argument("--only", default="", help="formats, instead of all of them: nnunet,labelme")
    options = parser.parse_args()
    warnings.simplefilter("ignore")  # of pydicom, about what the real files hold
    chosen = options.only.split(",") if options.only else [one for one in FORMATS if one not in ("png", "png-labels")]
    tally: Counter[tuple[str, str, str]] = Counter()
    verdicts = {True: "yes", False: "NO", None: "-"}
    print(f"{'judge':<14}{'format':<15}{'image':<52}{'ok':<5}word\n" + "-" * 130)
    with tempfile.TemporaryDirectory() as folder:
        for word in words(Path(folder), chosen):
            tally[word.judge, word.format, verdicts[word.ok]] += 1
            if not options.short or not word.ok:
                print(f"{word.judge:<14}{word.format:<15}{word.fixture[:50]:<52}{verdicts[word.ok]:<5}{word.said}",
                      flush=True)
    print("\n" + f"{'judge':<14}{'format':<15}{'yes':>5}{'no':>5}{'not asked':>11}")
    for judge, format_ in sorted({(judge, format_) for judge, format_, _ in tally}):
        counts = [tally[judge, format_, verdict] for verdict in ("yes", "NO", "-")]
        print(f"{judge:<14}{format_:<15}{counts[0]:>5}{counts[1]:>5}{counts[2]:>11}")
    return 1 if any(verdict == "NO" for _, _, verdict in tally) else 0


if __name__ == "__main__":
    sys.exit(main())
