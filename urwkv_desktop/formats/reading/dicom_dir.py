"""DICOMDIR: the list of files on a CD or in an export. Source: DICOM PS3.3 F.3, PS3.10 8.2."""

import os
from pathlib import Path, PurePosixPath

from urwkv_desktop.formats.reading.dicom_values import BAD_VALUE, items, text, values
from urwkv_desktop.formats.refusals import COPY_AGAIN, OPENING, damaged
from urwkv_desktop.imaging import Message, Refusal

_KINDS = {"IMAGE", "RT STRUCTURE SET"}  # what is an image or belongs to one
_DELETED = "0"


def listed(path: Path) -> tuple[str, ...]:
    """The files that it names, relative to its own folder, posix, each once. Paths that lead elsewhere are left out.

    Raises Refusal.
    """
    from pydicom import dcmread
    from pydicom.errors import BytesLengthException, InvalidDicomError

    found: dict[str, None] = {}
    try:
        whole = dcmread(path, specific_tags=["DirectoryRecordSequence"])
        for record in items(whole, "DirectoryRecordSequence"):
            parts = [str(part).strip() for part in values(record, "ReferencedFileID")]
            if (text(record, "DirectoryRecordType").upper() in _KINDS and text(record, "RecordInUseFlag") != _DELETED
                    and parts and all(_is_plain(part) for part in parts)):
                found["/".join(parts)] = None
    except (*BAD_VALUE, InvalidDicomError, BytesLengthException) as error:
        raise damaged("DICOM") from error
    return tuple(found)


class Disk:
    """Finds the files of one list. listing: the list itself, relative to root, posix."""

    def __init__(self, root: Path, listing: str) -> None:
        self._root, self._folder = root, PurePosixPath(listing).parent
        self._there: dict[PurePosixPath, dict[str, str]] = {}

    def place(self, name: str) -> str:
        """Where the list says that the file lies, relative to root."""
        return str(self._folder / name)

    def find(self, name: str) -> str | None:
        """Where it does, relative to root; None where it is missing. The disk may spell it in small letters, or with a
        version behind it, as CDs do."""
        place = self._folder
        for part in PurePosixPath(name).parts:
            there = self._listed(place)
            spelled = there.get(part) or there.get(_bare(part))
            if spelled is None:
                return None
            place /= spelled
        return str(place)

    def _listed(self, folder: PurePosixPath) -> dict[str, str]:
        if folder not in self._there:
            try:
                names = os.listdir(self._root / folder)  # noqa: PTH208
            except OSError:
                names = []
            self._there[folder] = {_bare(name): name for name in names} | {name: name for name in names}
        return self._there[folder]


def missing(listing: str) -> Refusal:
    return Refusal(tried=OPENING, cause=Message("{listing} names this file, and it is not there.", listing=listing),
                   cure=COPY_AGAIN)


def names_none() -> Refusal:
    return Refusal(tried=OPENING, cause=Message("This list of DICOM files names no image."),
                   cure=Message("Open the folder in which the images lie."))


def _is_plain(part: str) -> bool:
    return part not in ("", ".", "..") and not any(sign in part for sign in "/\\:\0")


def _bare(name: str) -> str:
    return name.casefold().partition(";")[0].rstrip(".")
