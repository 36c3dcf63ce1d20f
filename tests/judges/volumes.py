"""SimpleITK, nifti_tool and nibabel's nib-diff on NIfTI and NRRD."""

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tests.judges.asking import Word, absent, run, tool
from tests.judges.fixtures import Fixture


def judge_nifti(fixture: Fixture, file: Path, scratch: Path) -> Iterator[Word]:
    yield from simple_itk(fixture, file, "nifti")
    yield from nifti_tool(fixture, file)
    yield from nib_diff(fixture, file, scratch)


def simple_itk(fixture: Fixture, file: Path, format_: str) -> list[Word]:
    """Voxels, and where the outermost of them lie."""
    try:
        import SimpleITK
    except ImportError:
        return absent("SimpleITK", format_, ["SimpleITK"])
    found = SimpleITK.ReadImage(str(file))
    mask, geometry = fixture.case.written_mask(), fixture.case.image.geometry
    equal = bool(np.array_equal(SimpleITK.GetArrayFromImage(found), mask))
    off = 0.0
    if geometry.oriented and geometry.affine is not None:
        depth, height, width = mask.shape
        for corner in ((0, 0, 0), (width - 1, 0, 0), (0, height - 1, 0), (width - 1, height - 1, depth - 1)):
            theirs = np.asarray(found.TransformIndexToPhysicalPoint(corner))
            off = max(off, float(np.abs(theirs - (geometry.affine @ (*corner, 1.0))[:3]).max()))
    return [Word("SimpleITK", format_, fixture.name, equal and off < 0.11,
                 f"voxels {'equal' if equal else 'DIFFER'}, corners off by {off:.2g} mm")]


def nifti_tool(fixture: Fixture, file: Path) -> list[Word]:
    if tool("nifti_tool") is None:
        return absent("nifti_tool", "nifti", ["nifti-bin"])
    _, text = run("nifti_tool", "-check_hdr", "-check_nim", "-infiles", file)
    good = "header IS GOOD" in text and "nifti_image IS GOOD" in text
    return [Word("nifti_tool", "nifti", fixture.name, good, "header and image are good" if good else text[-110:])]


def nib_diff(fixture: Fixture, file: Path, scratch: Path) -> list[Word]:
    """Against the same mask as SimpleITK writes it."""
    try:
        import SimpleITK
    except ImportError:
        return absent("nib-diff", "nifti", ["SimpleITK"])
    other = scratch / "other.nii.gz"
    SimpleITK.WriteImage(SimpleITK.ReadImage(str(file)), str(other))
    code, text = run(Path(sys.executable).parent / "nib-diff", file, other)
    fields = [line for line in text.splitlines() if "DATA" in line]
    return [Word("nib-diff", "nifti", fixture.name, not fields and code in (0, 1),
                 "data equal" if not fields else fields[0][:110])]


def judge_nrrd(fixture: Fixture, file: Path, scratch: Path) -> Iterator[Word]:
    yield from simple_itk(fixture, file, "nrrd")
