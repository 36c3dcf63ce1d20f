"""Makes the sample project again, bit for bit: `make samples`; and other phantoms to measure on: `make phantoms`.

Everything comes out of the simulator or of packages that are installed; nothing is downloaded, and a package of which
only files are wanted is not imported.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from urwkv_desktop.training.phantom import SPACING_MM, Kind, Phantom, make_phantom


@dataclass(frozen=True)
class Sample:
    """One file of the sample project; make() gives its bytes."""

    file: str
    title: str
    source: str
    licence: str
    make: Callable[[], bytes]
    model: str | None = None


def _installed(package: str, path: str) -> Path:
    """A file of an installed package, found without importing it. Raises FileNotFoundError where it is not there."""
    spec = find_spec(package)
    for folder in (spec.submodule_search_locations if spec else None) or ():
        if (Path(folder) / path).is_file():
            return Path(folder) / path
    raise FileNotFoundError(f"{package}/{path} is not installed; `make samples` installs what it needs")


def _png(pixels: NDArray[np.uint8]) -> bytes:
    from PIL import Image

    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "PNG", optimize=True)
    return stream.getvalue()


@lru_cache(maxsize=1)  # picture and truth of one are asked for one after the other
def _phantom(kind: Kind, seed: int) -> Phantom:
    return make_phantom(kind, seed)


def _phantom_picture(kind: Kind, seed: int) -> Callable[[], bytes]:
    return lambda: _png(_phantom(kind, seed).pixels)


def _phantom_truth(kind: Kind, seed: int) -> bytes:
    return _png(_phantom(kind, seed).truth * np.uint8(255))


def _copy(package: str, path: str) -> Callable[[], bytes]:
    return lambda: _installed(package, path).read_bytes()


def _nuclei() -> bytes:
    """The picture is stored as 16 bit and reaches 235: eight bits hold it without loss."""
    import tifffile

    pixels = tifffile.imread(_installed("stardist", "data/images/img2d.tif"))
    if pixels.max() > 255:
        raise ValueError("img2d.tif is not the picture that was expected: it has values above 255")
    return _png(pixels.astype(np.uint8))


def _hippocampus(centre_mm: int) -> Callable[[], bytes]:
    """36 x 52 x 36 mm around one hippocampus of the template; centre_mm: along x, below 0 on the patient's left."""

    def make() -> bytes:
        import nibabel

        template = nibabel.Nifti1Image.from_filename(
            _installed("nilearn", "datasets/data/mni_icbm152_t1_tal_nlin_sym_09a_converted.nii.gz")
        )
        low = np.linalg.inv(template.affine) @ np.array([centre_mm - 18, -46, -32, 1.0])
        i, j, k = (round(float(v)) for v in low[:3])
        box = template.slicer[i : i + 36, j : j + 52, k : k + 36]  # the slicer moves the affine's origin along
        image = nibabel.Nifti1Image(np.asanyarray(box.dataobj), box.affine)
        image.set_sform(box.affine, code="mni")
        image.set_qform(box.affine, code="mni")
        image.header.set_xyzt_units("mm")
        return gzip.compress(image.to_bytes(), mtime=0)

    return make


_SIMULATED = "simulated by urwkv_desktop/training/phantom.py, kind {kind}, seed {seed}"
_PHANTOMS: tuple[tuple[str, str, Kind, int], ...] = (
    ("01-phantom-benign-1.png", "Simulated benign 1", "benign", 20),
    ("02-phantom-malignant-1.png", "Simulated cancer 1", "malignant", 21),
    ("03-phantom-cyst.png", "Simulated cyst", "cyst", 22),
    ("04-phantom-benign-2.png", "Simulated benign 2", "benign", 25),
    ("05-phantom-malignant-2.png", "Simulated cancer 2", "malignant", 24),
    ("06-phantom-nothing.png", "Simulated normal", "normal", 23),
)
_PYDICOM = "pydicom {version}, data/test_files/{name}"
_MNI = (
    "ICBM 152 nonlinear template 2009a as packaged in nilearn {version}, cut to 36 x 52 x 36 mm around one hippocampus"
)
# Those of models/; a kind whose model does not come with the program names none.
_SHIPPED = {"busi", "nuclei", "hippocampus"}
_MNI_NOTICE = "the ICBM notice below (nilearn's own description of the template names no licence)"


def _dicom(file: str, title: str, name: str) -> Sample:
    source = _PYDICOM.format(version=version("pydicom"), name=name)
    return Sample(file, title, source, "MIT (pydicom)", _copy("pydicom", f"data/test_files/{name}"))


def samples() -> tuple[Sample, ...]:
    """All samples in the order of the worklist. Raises PackageNotFoundError where a package isn't installed."""
    phantoms = [
        Sample(
            file,
            title,
            _SIMULATED.format(kind=kind, seed=seed),
            "MIT, as the program",
            _phantom_picture(kind, seed),
            "busi",
        )
        for file, title, kind, seed in _PHANTOMS
    ]
    stardist = f"stardist {version('stardist')}, data/images/img2d.tif, from BBBC038 (2018 Data Science Bowl)"
    ihc = f"scikit-image {version('scikit-image')}, data/ihc.png (Center for Microscopy And Molecular Imaging)"
    mni = _MNI.format(version=version("nilearn"))
    return (
        *phantoms,
        Sample("07-nuclei-fluorescence.png", "Nuclei, fluorescent", stardist, "CC0", _nuclei, "nuclei"),
        Sample(
            "08-nuclei-ihc.png",
            "Colon, IHC",
            ihc,
            "no known copyright restrictions",
            _copy("skimage", "data/ihc.png"),  # no model: nuclei finds hardly any of this stain's (looked at)
        ),
        Sample("09-mr-hippocampus-left.nii.gz", "Hippocampus left", mni, _MNI_NOTICE, _hippocampus(-26), "hippocampus"),
        Sample(
            "10-mr-hippocampus-right.nii.gz", "Hippocampus right", mni, _MNI_NOTICE, _hippocampus(26), "hippocampus"
        ),
        _dicom("11-us-cine.dcm", "Cine, 30 frames", "examples_ybr_color.dcm"),
        _dicom("12-us-power-doppler.dcm", "Power Doppler", "examples_rgb_color.dcm"),
        _dicom("13-mr-abdomen.dcm", "MR abdomen", "examples_overlay.dcm"),
        _dicom("14-ct-slice.dcm", "CT slice", "CT_small.dcm"),
    )


_ATTRIBUTION = """# Where the sample project comes from

Made by `make samples` out of the program's own simulator and of installed packages. The ultrasound pictures called
phantoms are **simulated**: they show no person. `truth/` holds their true masks (0 outside, 255 in the lesion).

| file | source | licence | SHA-256 |
|---|---|---|---|
{rows}

*pydicom's files* are its own test files, with names that were made up or removed there.

*The ICBM 152 template's notice:* Copyright (C) 1993-2009 Louis Collins, McConnell Brain Imaging Centre, Montreal
Neurological Institute, McGill University. Permission to use, copy, modify, and distribute this software and its
documentation for any purpose and without fee is hereby granted, provided that the above copyright notice appear in all
copies. The authors and McGill University make no representations about the suitability of this software for any
purpose. It is provided "as is" without express or implied warranty. The authors are not responsible for any data loss,
equipment damage, property loss, or injury to subjects or patients resulting from the use or misuse of this software
package.
"""


def _project(everything: tuple[Sample, ...]) -> str:
    """project.toml: which model looks at which files, the phantoms' spacing, the order and titles of the worklist."""
    blocks = [
        "# The sample project, made by `make samples`: kinds of image and their model; cases as the worklist has them.",
        'name = "Sample project"',
    ]
    for model in dict.fromkeys(s.model for s in everything if s.model in _SHIPPED):
        files = ", ".join(f'"{s.file}"' for s in everything if s.model == model)
        spacing = f"\nspacing_mm = [{SPACING_MM}, {SPACING_MM}] # rows, columns" if model == "busi" else ""
        blocks.append(f'[[kind]]\nfiles = [{files}]\nmodel = "{model}"{spacing}')
    blocks += [f'[[case]]\nfile = "{s.file}"\ntitle = "{s.title}"' for s in everything]
    return "\n\n".join(blocks) + "\n"


def write_samples(folder: Path) -> None:
    """Write the whole sample project into `folder`; files of the same name are replaced, nothing else is touched."""
    everything = samples()
    (folder / "truth").mkdir(parents=True, exist_ok=True)
    made, truths = [], []
    phantoms = {file: (kind, seed) for file, _, kind, seed in _PHANTOMS}
    for s in everything:
        made.append((s.file, s.source, s.licence, s.make()))
        if s.file in phantoms:
            truths.append((f"truth/{s.file}", s.source, s.licence, _phantom_truth(*phantoms[s.file])))
    made += truths
    for file, _, _, content in made:
        (folder / file).write_bytes(content)
    rows = "\n".join(
        f"| `{f}` | {source} | {licence} | `{hashlib.sha256(c).hexdigest()}` |" for f, source, licence, c in made
    )
    (folder / "ATTRIBUTION.md").write_text(_ATTRIBUTION.format(rows=rows), encoding="utf-8")
    (folder / "project.toml").write_text(_project(everything), encoding="utf-8")
    print(f"{len(made)} files, {sum(len(c) for *_, c in made) / 1e6:.1f} MB, in {folder}")


def write_phantoms(folder: Path, count: int, *, first_seed: int = 1000) -> None:
    """`count` phantoms that the samples do not hold: `folder`/images and `folder`/masks, for `evaluate`."""
    kinds: tuple[Kind, ...] = ("benign", "malignant", "cyst", "benign", "normal")
    for part in ("images", "masks"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for n in range(count):
        made = make_phantom(kinds[n % len(kinds)], first_seed + n)
        name = f"{n:03d}-{made.kind}.png"
        (folder / "images" / name).write_bytes(_png(made.pixels))
        (folder / "masks" / name).write_bytes(_png(made.truth * np.uint8(255)))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--phantoms"]:
        write_phantoms(Path(sys.argv[2]), 50)
    else:
        write_samples(Path(sys.argv[1] if len(sys.argv) > 1 else "resources/samples"))
