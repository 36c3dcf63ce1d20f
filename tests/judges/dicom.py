"""dciodvfy, dcmqi, highdicom and plastimatch on DICOM SEG and RTSTRUCT."""

import re
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path

import nibabel
import numpy as np

from tests.judges.asking import Array, Word, absent, dice, errors, run, tool
from tests.judges.fixtures import Fixture
from urwkv_desktop.imaging import ThirdAxis

_RAS = np.diag([-1.0, -1.0, 1.0, 1.0])
_ROUNDED_MM = 0.11  # positions that a source has written with one decimal
# Decoders of dcmtk that turn a file into what plastimatch reads.
_UNPACK = {"1.2.840.10008.1.2.4.70": "dcmdjpeg", "1.2.840.10008.1.2.4.80": "dcmdjpls", "1.2.840.10008.1.2.5": "dcmdrle",
           "1.2.840.10008.1.2.4.57": "dcmdjpeg"}


def dciodvfy(fixture: Fixture, file: Path, format_: str) -> list[Word]:
    """No error that the source's own files lack."""
    if tool("dciodvfy") is None:
        return absent("dciodvfy", format_, ["dicom3tools"])
    code, text = run("dciodvfy", "-new", file)
    own = {_plain(line) for line in errors(text)}
    inherited = set[str]()
    for name in fixture.case.source_files[:3]:
        inherited |= {_plain(line) for line in errors(run("dciodvfy", "-new", fixture.folder / name)[1])}
    fresh = {line for line in own if not _is_inherited(line, inherited)}
    said = f"rc {code}" if not own else f"{len(own)} kinds of error, all of them the source's own"
    return [Word("dciodvfy", format_, fixture.name, not fresh and (code == 0 or fixture.is_real),
                 next(iter(sorted(fresh)), said)[:110])]


def _plain(line: str) -> str:
    """Without the numbers of items, places and values."""
    return re.sub(r"\[\d+\]|<[^>]*>", "", re.sub(r"</.*?/?([A-Z]\w+\(\w{4},\w{4}\))>", r"\1", line))


def _is_inherited(line: str, inherited: set[str]) -> bool:
    if line in inherited:
        return True
    fault = line.rpartition(" - ")[2]  # the same bad identifier is named in other places too
    return "Illegal root for UID" in fault and any("Illegal root for UID" in one for one in inherited)


def highdicom_reads(fixture: Fixture, file: Path) -> list[Word]:
    """By its own reader, frames asked for by the source."""
    import highdicom

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        seg = highdicom.seg.segread(file)
        mask = fixture.case.written_mask()
        pairs = seg.get_source_image_uids()
        again = np.zeros(mask.shape, np.uint16)
        uids = _uids(fixture)
        frames = sorted({uid for _, _, uid in pairs}) == sorted(set(uids)) and len(set(uids)) == len(uids)
        if frames:
            kept = seg.get_pixels_by_source_instance(uids, combine_segments=True,
                                                     assert_missing_frames_are_empty=True)
        else:
            kept = seg.get_pixels_by_source_frame(uids[0], _frames(fixture), combine_segments=True,
                                                  assert_missing_frames_are_empty=True)
        again[:] = kept
    return [Word("highdicom", "dicom-seg", fixture.name, bool(np.array_equal(again, _numbered(mask))), "voxels equal")]


def _uids(fixture: Fixture) -> list[str]:
    from urwkv_desktop.formats.writing.dicom.asking import SourceFiles
    from urwkv_desktop.formats.writing.dicom.sources import load

    case = fixture.case
    assert case.root is not None
    return [place.sop_uid for place in load(SourceFiles(case.root, case.source_files, case.part)).places]


def _frames(fixture: Fixture) -> list[int]:
    from urwkv_desktop.formats.writing.dicom.asking import SourceFiles
    from urwkv_desktop.formats.writing.dicom.sources import load

    case = fixture.case
    assert case.root is not None
    return [place.frame or 1 for place in load(SourceFiles(case.root, case.source_files, case.part)).places]


def _numbered(mask: Array) -> Array:
    """Label ids as the numbers of segments: those present, in their order."""
    present = [one for one in np.unique(mask) if one]
    again = np.zeros_like(mask)
    for number, label in enumerate(present, start=1):
        again[mask == label] = number
    return again


def dcmqi(fixture: Fixture, file: Path, scratch: Path) -> list[Word]:
    """Voxels and affine of each segment, on the image's grid; only where it has a place in a patient."""
    program = tool("segimage2itkimage")
    if program is None:
        return absent("dcmqi", "dicom-seg", ["dcmqi"])
    geometry = fixture.case.image.geometry
    if not geometry.oriented or geometry.affine is None:
        return []
    out = _fresh(scratch / "dcmqi")
    code, text = run(program, "--inputDICOM", file, "--outputDirectory", out, "--outputType", "nii")
    files = sorted(out.glob("*.nii*"))
    if code or not files:
        return [Word("dcmqi", "dicom-seg", fixture.name, False, text.strip().splitlines()[-1][:110] if text else "")]
    mask, off, wrong = fixture.case.written_mask(), 0.0, 0
    numbered = _numbered(mask)
    found = np.zeros_like(numbered)
    for number, one in enumerate(files, start=1):
        voxels, away = _on_grid(one, geometry.affine, mask.shape)
        found[voxels > 0] = number
        off = max(off, away)
    wrong = int(np.count_nonzero(found != numbered))
    limit = 1e-4 if not fixture.is_real else _ROUNDED_MM
    return [Word("dcmqi", "dicom-seg", fixture.name, wrong == 0 and off < limit,
                 f"{wrong} voxels differ, affine off by {off:.2g} mm")]


def _on_grid(file: Path, affine: Array, shape: tuple[int, ...]) -> tuple[Array, float]:
    """The file's voxels where the image has them ([Z, H, W]), and how far its own grid is from the image's, mm.

    A file may hold a part of the slices, and in another order: its voxels are looked for by their place in the patient.
    """
    found = nibabel.load(file)
    voxels = np.asarray(found.dataobj)
    theirs = _RAS @ np.asarray(found.affine, np.float64)  # to LPS
    ours = np.linalg.inv(np.asarray(affine, np.float64))
    corners = np.asarray([[i, j, k, 1.0] for i in (0, voxels.shape[0] - 1) for j in (0, voxels.shape[1] - 1)
                          for k in (0, voxels.shape[2] - 1)]).T
    inside = ours @ theirs
    steps = np.rint(inside)
    off = float(np.abs(theirs @ corners - np.asarray(affine) @ (steps @ corners)).max())
    again = np.zeros(shape, np.uint8)
    places = np.argwhere(voxels > 0)
    at = np.rint(inside @ np.c_[places, np.ones(len(places))].T)[:3].astype(int)
    keep = np.all((at >= 0) & (at < np.asarray(shape)[::-1][:, None]), axis=0)
    again[at[2][keep], at[1][keep], at[0][keep]] = 1
    return again, off if keep.all() else 1e9


def plastimatch(fixture: Fixture, file: Path, scratch: Path) -> list[Word]:
    """Dice of each structure, drawn by plastimatch onto the series. It reads native series of files."""
    if tool("plastimatch") is None:
        return absent("plastimatch", "rtstruct", ["plastimatch"])
    geometry, case = fixture.case.image.geometry, fixture.case
    if geometry.third_axis is not ThirdAxis.space or geometry.affine is None:
        return []
    if abs(np.cross(geometry.along_columns, geometry.along_rows)[2]) < 0.5:
        return [Word("plastimatch", "rtstruct", fixture.name, None, "draws contours of axial slices only")]
    series = _fresh(scratch / "series")
    if len(case.source_files) < 2 or not _unpacked(fixture, series):
        return [Word("plastimatch", "rtstruct", fixture.name, None, "reads no such images (enhanced, or compressed)")]
    out = _fresh(scratch / "plastimatch")
    code, text = run("plastimatch", "convert", "--input", file, "--referenced-ct", series, "--output-prefix", out,
                     "--prefix-format", "nii.gz")
    mask, least = case.written_mask(), 1.0
    found = {one.name: one for one in out.glob("*.nii.gz")}
    present = [label for label in case.labels if (mask == label.id).any()]
    if code or len(found) != len(present):
        return [Word("plastimatch", "rtstruct", fixture.name, False, text.strip()[-110:])]
    drawn = [_on_grid(one, geometry.affine, mask.shape)[0] for one in found.values()]  # it spells names its own way
    for label in present:
        least = min(least, max(dice(voxels, mask == label.id) for voxels in drawn))
    return [Word("plastimatch", "rtstruct", fixture.name, least > 0.99, f"least Dice {least:.4f}")]


def _unpacked(fixture: Fixture, target: Path) -> bool:
    from pydicom import dcmread

    for number, name in enumerate(fixture.case.source_files):
        source = fixture.folder / name
        syntax = str(dcmread(source, stop_before_pixels=True).file_meta.TransferSyntaxUID)
        program = _UNPACK.get(syntax)
        if program is None and syntax not in ("1.2.840.10008.1.2", "1.2.840.10008.1.2.1"):
            return False
        copy = target / f"{number:04d}.dcm"
        if program is None:
            shutil.copyfile(source, copy)
        elif tool(program) is None or run(program, source, copy)[0]:
            return False
    return True


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def judge_seg(fixture: Fixture, file: Path, scratch: Path) -> Iterator[Word]:
    yield from dciodvfy(fixture, file, "dicom-seg")
    yield from highdicom_reads(fixture, file)
    yield from dcmqi(fixture, file, scratch)


def judge_rtstruct(fixture: Fixture, file: Path, scratch: Path) -> Iterator[Word]:
    yield from dciodvfy(fixture, file, "rtstruct")
    yield from plastimatch(fixture, file, scratch)
