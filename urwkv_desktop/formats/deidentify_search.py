"""Whether a file that leaves still holds an identifier: its bytes are searched, not its tags.

Each identifier is looked for in the writings it may have: whole and, of a name, part by part; lower and upper case;
UTF-8, Latin-1, UTF-16 and what else can spell it; a date also with dots and dashes. Among compressed or raw pixels only
long ones are meant: any three letters stand there by chance.
"""

import re
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from urwkv_desktop.formats.deidentify import Identifier
from urwkv_desktop.formats.writing.proven import ExportStoppedError
from urwkv_desktop.imaging import Message

_ENCODINGS = ("utf-8", "latin-1", "utf-16-le", "utf-16-be", "iso8859-2", "iso8859-5", "iso8859-7", "iso8859-9",
              "shift_jis", "iso2022_jp", "euc_kr", "gb18030")
_SHORTEST, _FREE_STANDING, _LONG = 3, 6, 8
# Words that every export of ours may hold; a part of a name that is one of them is searched for as the whole name only.
_OURS = frozenset((
    "case", "cases", "image", "images", "mask", "masks", "label", "labels", "test", "train", "training", "validation",
    "file", "files", "volume", "patient", "anonymous", "removed", "segmentation", "lesion", "urwkv", "desktop", "none",
    "unknown", "accepted", "edited", "dicom"))
_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_PIXELS = re.compile(rb"\xe0\x7f[\x08\x09\x10]\x00O[BWFD]\0\0")
_NIFTI_HEADER = 352


@dataclass(frozen=True)
class _Needle:
    """text: as it stands in bytes, ASCII letters in lower case. alone: only where no letter or digit adjoins it."""

    text: bytes
    alone: bool
    wide: bool
    source: Identifier


class Search:
    """pardoned: words that stay on purpose (names of labels, of models): what is not sure may be one of them."""

    def __init__(self, identifiers: Iterable[Identifier], pardoned: Iterable[str] = ()) -> None:
        words = " ".join(pardoned).casefold()
        meant = [one for one in identifiers if not one.stays and (
            one.is_sure or not (len(one.value) < _FREE_STANDING or one.value.casefold() in words))]
        found: dict[bytes, _Needle] = {}
        for one in meant:
            for needle in _needles(one):
                found.setdefault(needle.text, needle)
        self._needles = tuple(found.values())

    def first(self, name: str, data: bytes) -> Identifier | None:
        """name: the file's; its own letters are searched as well."""
        for text, is_pixels in ((name.encode(), False), *_regions(name, data)):
            low = text.lower()
            for needle in self._needles:
                if is_pixels and (len(needle.text) < _LONG or not needle.source.is_sure):
                    continue
                if needle.text in low and (not needle.alone or _stands_alone(needle, low)):
                    return needle.source
        return None

    def guard(self, path: Path, name: str) -> None:
        """Raises ExportStoppedError where the file at `path`, to be called `name`, holds an identifier."""
        found = self.first(name, path.read_bytes())
        if found is not None:
            raise ExportStoppedError(
                tried=Message("Searching what was written for what identifies a patient."),
                cause=Message("{name} would still hold the value of {tag} ({where}).", name=_safe(name, found),
                              tag=found.name, where=found.where),
                cure=Message("It was not written. Rename the label or file that holds it, or leave the case out."))


def _safe(name: str, found: Identifier) -> str:
    return "a file" if found.value.casefold() in name.casefold() else name


def forms(one: Identifier) -> list[str]:
    """The writings of a value: whole, and of a name its parts and their other orders; of a date its usual ones."""
    value = one.value.strip()
    many = [value]
    if one.is_name:
        parts = [part for part in re.split(r"[\^=\s,]+", value) if part]
        many += [" ".join(parts), ", ".join(parts), "".join(parts), " ".join(reversed(parts)), "_".join(parts)]
        many += [part for part in parts if part.casefold() not in _OURS]
    date = _DATE.fullmatch(value)
    if date:
        year, month, day = date.groups()
        many += [f"{year}-{month}-{day}", f"{day}.{month}.{year}", f"{month}/{day}/{year}", f"{day}/{month}/{year}"]
    return [text for text in dict.fromkeys(many) if len(text) >= _SHORTEST or (not text.isascii() and len(text) > 1)]


def _needles(one: Identifier) -> Iterable[_Needle]:
    if one.is_uid:
        yield _Needle(one.value.encode(), True, False, one)
        return
    for text in forms(one):
        alone = (len(text) < _FREE_STANDING and text.isascii()) or text.isdigit()
        for spelled in dict.fromkeys((text, text.lower(), text.upper())):
            for encoding in _ENCODINGS:
                try:
                    yield _Needle(spelled.encode(encoding).lower(), alone, encoding.startswith("utf-16"), one)
                except UnicodeEncodeError:
                    continue


def _stands_alone(needle: _Needle, low: bytes) -> bool:
    before, after = rb"(?<![0-9a-z])", rb"(?![0-9a-z])"
    if needle.wide:  # little endian: letter, 0; big endian: 0, letter
        before, after = rb"(?<![0-9a-z]\0)(?<!\0[0-9a-z])", rb"(?![0-9a-z]\0)(?!\0[0-9a-z])"
    return re.search(before + re.escape(needle.text) + after, low) is not None


def _regions(name: str, data: bytes) -> Sequence[tuple[bytes, bool]]:
    """(bytes, whether they are pixels), by what the file is."""
    split = next((divide for ending, divide in _DIVIDED.items() if name.endswith(ending)), None)
    return ((data, False),) if split is None else split(data)


def _dicom(data: bytes) -> Sequence[tuple[bytes, bool]]:
    at = pixels_at(data)
    return ((data, False),) if at is None else ((data[:at], False), (data[at:], True))


def pixels_at(data: bytes) -> int | None:
    """Where the element of the pixels begins in an explicit little endian file."""
    at = _PIXELS.search(data)
    return None if at is None else at.start()


def _gzip(data: bytes) -> Sequence[tuple[bytes, bool]]:
    plain = zlib.decompressobj(wbits=31).decompress(data)
    return (data[:64], False), (plain[:_NIFTI_HEADER], False), (plain[_NIFTI_HEADER:], True)


def _png(data: bytes) -> Sequence[tuple[bytes, bool]]:
    """The chunks that hold no pixels, and the whole."""
    at, words = 8, b""
    while at + 12 <= len(data):
        length = int.from_bytes(data[at:at + 4])
        if data[at + 4:at + 8] != b"IDAT":
            words += data[at + 4:at + 8 + length] + b"\n"
        at += 12 + length
    return (words, False), (data, True)


def _nrrd(data: bytes) -> Sequence[tuple[bytes, bool]]:
    header, _, pixels = data.partition(b"\n\n")
    return (header, False), (pixels, True)


_DIVIDED: dict[str, Callable[[bytes], Sequence[tuple[bytes, bool]]]] = {
    ".dcm": _dicom, ".nii.gz": _gzip, ".png": _png, ".nrrd": _nrrd}
