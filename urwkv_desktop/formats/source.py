"""A case-to-be: what the index found, before a pixel is decoded."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from urwkv_desktop.imaging import Finding, Refusal, legible


class SourceKind(Enum):
    image = "image"
    labels = "labels"
    index = "index"
    refused = "refused"


@dataclass(frozen=True)
class Source:
    """One image, label object, index or refused file.

    files: relative to the root, posix, in the order in which they are read (a series: along the normal).
    part: which volume, time point or page of the files, "" where there is only one.
    identity: found again by it, wherever the files lie: series UID + part for DICOM, else the file's SHA-256 + part.
    title: unique within one index; the path below the root without its suffix, the folder's name for a series.
    dimension: "2d", "slices" (a volume) or "frames" (in time). colour: None where only the pixels can tell.
    group_hint: who the patient is (PatientID with its issuer, to be hashed by the caller) or ""; time points of one
    file share one.
    series_name: what DICOM calls the series, "" where it does not. caption: whose image it is, as Image.caption; for
    the screen alone.
    pages: of a stack in one file, each of which was a case of its own in projects of before.
    refusal: why it can't be opened, for kinds other than image. mask_file: a mask beside the image, relative.
    """

    kind: SourceKind
    files: tuple[str, ...]
    part: str = ""
    identity: str = ""
    title: str = ""
    modality: str = ""
    body_part: str = ""
    colour: bool | None = None
    dimension: str = "2d"
    group_hint: str = ""
    refusal: Refusal | None = None
    findings: tuple[Finding, ...] = ()
    mask_file: str | None = None
    series_name: str = ""
    caption: Mapping[str, str] = field(default_factory=dict, compare=False)
    pages: tuple[int, ...] = ()

    @property
    def shown(self) -> str:
        """The first file's name, as a text may hold it."""
        return legible(self.files[0])

    @property
    def format(self) -> str:
        """"dicom", "nifti", "tiff" or "picture", as the identity says."""
        return self.identity.partition(":")[0]


def page_by_page(source: Source) -> list[Source]:
    """The cases that the pages of a stack were before; the source itself where it is none."""
    if not source.pages:
        return [source]
    whole = ":".join(source.identity.split(":")[:2])
    title = source.title.removesuffix(f"_{source.part}") if source.part else source.title
    return [replace(source, part=f"p{page}", identity=f"{whole}:p{page}", title=f"{title}_p{page}", dimension="2d",
                    group_hint=whole.partition(":")[2], mask_file=None, pages=()) for page in source.pages]


def natural_key(text: str) -> tuple[tuple[int, int | str], ...]:
    """Sorts CTHead9 before CTHead10, without regard to case."""
    pieces = re.split(r"(\d+)", text.casefold())
    return tuple((0, int(piece)) if piece.isdecimal() else (1, piece) for piece in pieces if piece)
