"""project.toml, which names models, spacings, titles and order for a folder; and the sample project that has one."""

import fnmatch
import shutil
import tomllib
from dataclasses import replace
from pathlib import Path

import msgspec

from urwkv_desktop.imaging import Finding, Image, Message, Refusal, SpacingKind
from urwkv_desktop.workflow.places import Places

PROJECT_FILE = "project.toml"


class KindEntry(msgspec.Struct, frozen=True):
    """files: names or patterns of one image kind; model: its model's name; spacing_mm: (rows, columns)."""

    files: tuple[str, ...] = ()
    model: str | None = None
    spacing_mm: tuple[float, float] | None = None

    def covers(self, file: str) -> bool:
        return any(fnmatch.fnmatch(file, pattern) for pattern in self.files)


class CaseEntry(msgspec.Struct, frozen=True):
    file: str
    title: str = ""


class ProjectFile(msgspec.Struct, frozen=True):
    """What a folder's project.toml says; everything in it is optional."""

    name: str = ""
    kind: tuple[KindEntry, ...] = ()
    case: tuple[CaseEntry, ...] = ()

    def model_for(self, file: str) -> str | None:
        return next((kind.model for kind in self.kind if kind.model and kind.covers(file)), None)

    def title_for(self, file: str) -> str | None:
        return next((case.title for case in self.case if case.file == file and case.title), None)

    def place_of(self, file: str) -> int:
        """The file's place in the stated order; those that are not named come behind."""
        return next((place for place, case in enumerate(self.case) if case.file == file), len(self.case))

    def with_spacing(self, image: Image, file: str) -> Image:
        """The image with the stated spacing, where the file has none of its own."""
        spacing = next((kind.spacing_mm for kind in self.kind if kind.spacing_mm and kind.covers(file)), None)
        if spacing is None or image.geometry.has_lengths:
            return image
        geometry = replace(image.geometry, row_spacing=spacing[0], column_spacing=spacing[1],
                           kind=SpacingKind.calibrated)
        return replace(image, geometry=geometry)


def read_project_file(root: Path) -> tuple[ProjectFile, tuple[Finding, ...]]:
    """The folder's project.toml; an empty one with a Finding where it cannot be used."""
    try:
        text = (root / PROJECT_FILE).read_text(encoding="utf-8")
    except OSError:
        return ProjectFile(), ()
    except UnicodeDecodeError as error:
        return ProjectFile(), (_unusable(str(error)),)
    try:
        return msgspec.convert(tomllib.loads(text), ProjectFile), ()
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        return ProjectFile(), (_unusable(str(error)),)


def sample_folder(places: Places) -> Path:
    """The person's copy of the sample project; files that are missing there are copied. Raises Refusal."""
    target = places.data / "Sample project"
    copy_samples(places.samples, target)
    return target


def copy_samples(samples: Path, target: Path) -> None:
    """Those files that are missing there. Raises Refusal."""
    tried = Message("Opening the sample project.")
    if not samples.is_dir():
        raise Refusal(tried=tried, cause=Message("The samples do not lie beside the program."),
                      cure=Message("Install it again, or open a folder of images."))
    try:
        for source in sorted(samples.rglob("*")):
            _copy(source, target / source.relative_to(samples))
    except OSError as error:
        cause = Message("It cannot be copied to {folder}: {reason}.", folder=target.parent.name,
                        reason=error.strerror or "error")
        raise Refusal(tried=tried, cause=cause,
                      cure=Message("Make room there, or open a folder of images.")) from error


def _copy(source: Path, copy: Path) -> None:
    if not source.is_dir() and not copy.exists():
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, copy)


def _unusable(reason: str) -> Finding:
    return Finding("project_file.unusable", Message("The file project.toml here is not used: {reason}.", reason=reason))
